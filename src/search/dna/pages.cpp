#include "search/dna/segment.h"

#include <sys/mman.h>

#include <mutex>
#include <utility>

namespace comity::search::dna {
namespace {

constexpr std::size_t page_bytes = 4096, large_page_bytes = 2 << 20, run_bytes = 64 << 20;

std::size_t round_up(std::size_t bytes, std::size_t step)
{
    return (bytes + step - 1) / step * step;
}

} // namespace

/// Addresses that begin with a large page. The machine gives a large page to whole ones only: of
/// segments mapped each by itself a third lay in small pages.
class Pages::Run {
public:
    explicit Run(std::size_t bytes)
        : mapped_bytes_(bytes + large_page_bytes)
        , mapped_(::mmap(nullptr, mapped_bytes_, PROT_READ | PROT_WRITE,
              MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0))
        , left_(bytes)
    {
        MUST(mapped_ != MAP_FAILED);
        auto const at = reinterpret_cast<std::uintptr_t>(mapped_);
        next_ = static_cast<std::byte*>(mapped_) + (round_up(at, large_page_bytes) - at);
        ::madvise(next_, bytes, MADV_HUGEPAGE);
    }
    ~Run() { ::munmap(mapped_, mapped_bytes_); }
    Run(Run const&) = delete;
    Run& operator=(Run const&) = delete;

    std::size_t left() const { return left_; }
    std::byte* take(std::size_t bytes)
    {
        left_ -= bytes;
        return std::exchange(next_, next_ + bytes);
    }
    /// The run with room that all share; what is larger than half of one has its own.
    static std::shared_ptr<Run> with_room(std::size_t bytes)
    {
        static std::shared_ptr<Run> open;
        if (bytes > run_bytes / 2) return std::make_shared<Run>(round_up(bytes, large_page_bytes));
        if (open == nullptr || open->left() < bytes) open = std::make_shared<Run>(run_bytes);
        return open;
    }

private:
    std::size_t mapped_bytes_;
    void* mapped_;
    std::byte* next_;
    std::size_t left_;
};

Pages::Pages(std::size_t bytes)
    : bytes_(round_up(bytes, page_bytes))
{
    static std::mutex mutex;
    std::lock_guard const lock { mutex };
    run_ = Run::with_room(bytes_);
    words_ = reinterpret_cast<std::uint64_t*>(run_->take(bytes_));
}

/// Gives the memory back; the addresses when nobody is left in the run.
Pages::~Pages()
{
    ::madvise(words_, bytes_, MADV_DONTNEED);
}

} // namespace comity::search::dna
