#include "protection/key_file.h"

#include "base/file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace comity::protection {
namespace {

namespace fs = std::filesystem;

fs::path beside(fs::path const& path, std::string_view ending)
{
    return path.string() + std::string { ending };
}

Error failure(char const* act, fs::path const& path, std::error_code const& code)
{
    return { Error::Kind::unavailable,
        fmt::format("cannot {} {}: {}", act, path.string(), code.message()) };
}

/// Zeros, then nothing, then no name.
Result<void> wipe(fs::path const& path)
{
    std::error_code code;
    if (!fs::exists(path, code)) return {};
    auto const bytes = fs::file_size(path, code);
    if (code) return failure("measure", path, code);
    TRY(overwrite_file(path, bytes));
    fs::resize_file(path, 0, code);
    if (!code) fs::remove(path, code);
    if (code) return failure("remove", path, code);
    return {};
}

/// What a crash or a full disk left: another name of the file itself, or the file before it.
Result<void> clear_old(fs::path const& path)
{
    auto const old = beside(path, ".old");
    std::error_code code;
    if (!fs::exists(old, code)) return {};
    if (!fs::exists(path, code) || !fs::equivalent(path, old, code)) return wipe(old);
    fs::remove(old, code);
    if (code) return failure("remove", old, code);
    return {};
}

/// The old bytes keep a name until they are overwritten: a crash leaves them to the next opening.
Result<void> replace(fs::path const& path, ByteView content)
{
    TRY(clear_old(path));
    std::error_code code;
    if (fs::exists(path, code)) fs::create_hard_link(path, beside(path, ".old"), code);
    if (code) return failure("keep the name of", path, code);
    TRY(write_file(path, content, Readable::by_owner));
    return clear_old(path);
}

} // namespace

/// One process at a time writes, and nobody reads meanwhile.
class KeyFile::Turn {
public:
    Turn(int descriptor, int how)
        : descriptor_(descriptor)
    {
        while (::flock(descriptor_, how) != 0 && errno == EINTR) { }
    }
    ~Turn() { ::flock(descriptor_, LOCK_UN); }
    Turn(Turn const&) = delete;
    Turn& operator=(Turn const&) = delete;

private:
    int descriptor_;
};

KeyFile::KeyFile(Places places, crypto::Key256 const& node_key, Random random)
    : places_(std::move(places))
    , node_key_(node_key)
    , random_(std::move(random))
{
}

KeyFile::~KeyFile()
{
    if (lock_ >= 0) ::close(lock_);
}

KeyFile::Stamp KeyFile::stamp_of(fs::path const& file)
{
    struct stat found {};
    if (::stat(file.c_str(), &found) != 0) return {};
    return { static_cast<std::int64_t>(found.st_ino), found.st_size, found.st_mtim.tv_sec,
        found.st_mtim.tv_nsec };
}

Result<std::unique_ptr<KeyFile>> KeyFile::open(
    Places const& places, crypto::Key256 const& node_key, Random random)
{
    auto out = std::make_unique<KeyFile>(places, node_key, std::move(random));
    TRY(out->start());
    return out;
}

Result<void> KeyFile::start()
{
    auto const lock = beside(places_.file, ".lock");
    lock_ = ::open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock_ < 0)
        return Error { Error::Kind::unavailable, fmt::format("cannot create {}", lock.string()) };
    Turn const turn { lock_, LOCK_EX };
    auto bytes = read_file(places_.file, ring_bytes_max);
    if (!bytes.ok() && !places_.copy.empty()) bytes = read_file(places_.copy, ring_bytes_max);
    if (bytes.ok())
        ring_ = std::make_shared<KeyRing const>(TRY(open_ring(bytes.value(), node_key_)));
    else if (bytes.error().kind != Error::Kind::not_found)
        return bytes.error();
    TRY(wipe(beside(places_.file, ".new")));
    if (!places_.copy.empty()) TRY(wipe(beside(places_.copy, ".new")));
    return save(*ring_);
}

/// Whether another process changed it.
Result<void> KeyFile::look() const
{
    auto const stamp = stamp_of(places_.file);
    if (stamp != Stamp {} && stamp == stamp_) return {};
    Turn const turn { lock_, LOCK_SH };
    return read_again();
}

Result<void> KeyFile::read_again() const
{
    auto const stamp = stamp_of(places_.file);
    if (stamp != Stamp {} && stamp == stamp_) return {};
    stamp_ = {};
    ring_ = std::make_shared<KeyRing const>();
    ring_ = std::make_shared<KeyRing const>(
        TRY(open_ring(TRY(read_file(places_.file, ring_bytes_max)), node_key_)));
    stamp_ = stamp;
    return {};
}

std::shared_ptr<KeyRing const> KeyFile::ring() const
{
    std::scoped_lock const hold { mutex_ };
    if (!look().ok()) return std::make_shared<KeyRing const>();
    return ring_;
}

std::shared_ptr<KeyRing const> KeyFile::ring(std::uint64_t moment) const
{
    std::scoped_lock const hold { mutex_ };
    if (looked_at_ == moment) return ring_;
    if (!look().ok()) return std::make_shared<KeyRing const>();
    looked_at_ = moment;
    return ring_;
}

std::optional<PeriodKey> KeyFile::find(std::uint64_t id) const
{
    return ring()->find(id);
}

std::vector<std::pair<std::uint64_t, PeriodKey>> KeyFile::those(
    std::function<bool(PeriodKey const&)> const& fits) const
{
    std::vector<std::pair<std::uint64_t, PeriodKey>> out;
    auto const now = ring();
    for (auto const& each : now->keys)
        if (fits(each.second)) out.emplace_back(each);
    return out;
}

Result<void> KeyFile::change(std::function<Result<void>(KeyRing&)> const& edit)
{
    std::scoped_lock const hold { mutex_ };
    Turn const turn { lock_, LOCK_EX };
    TRY(read_again());
    auto next = *ring_;
    TRY(edit(next));
    if (next == *ring_) return {};
    if (next.keys.size() > ring_keys_max)
        return Error { Error::Kind::too_large,
            fmt::format("the vault has {} keys, its limit", ring_keys_max) };
    TRY(save(next));
    ring_ = std::make_shared<KeyRing const>(std::move(next));
    return {};
}

Result<void> KeyFile::save(KeyRing const& ring)
{
    auto const bytes = seal_ring(ring, node_key_, random_);
    TRY(replace(places_.file, bytes));
    stamp_ = stamp_of(places_.file);
    if (!places_.copy.empty()) TRY(replace(places_.copy, bytes));
    return {};
}

} // namespace comity::protection
