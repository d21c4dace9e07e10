#include "ledger/reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace comity::ledger {
namespace {

/// The tiles of one tree that were fetched so far.
class Tiles {
public:
    Tiles(Fetch fetch, std::uint64_t size)
        : fetch_(std::move(fetch))
        , size_(size)
    {
    }
    Result<std::span<Digest const>> hashes(unsigned level, std::uint64_t first, std::uint64_t count)
    {
        auto const position = first / tile_width;
        auto const whole = size_ >> (level * tile_height);
        MUST(first + count <= whole && first % tile_width + count <= tile_width);
        auto const width = std::min(tile_width, whole - position * tile_width);
        auto const path = fmt::format("register/tile/{}/{}", level, tile_path(position, width));
        auto known = tiles_.find(path);
        if (known == tiles_.end()) known = tiles_.emplace(path, TRY(read(path, width))).first;
        return std::span<Digest const> { known->second }.subspan(first % tile_width, count);
    }

private:
    Result<std::vector<Digest>> read(std::string const& path, std::uint64_t width) const
    {
        std::vector<Digest> out(width);
        auto const bytes = TRY(fetch_(path));
        if (bytes.size() != width * out[0].size())
            return Error { Error::Kind::malformed,
                fmt::format("{} has {} bytes where {} hashes belong", path, bytes.size(), width) };
        for (std::size_t i = 0; i < width; ++i)
            std::copy_n(bytes.begin() + std::ssize(out[i]) * static_cast<std::ptrdiff_t>(i),
                out[i].size(), out[i].begin());
        return out;
    }

    Fetch fetch_;
    std::uint64_t size_;
    std::map<std::string, std::vector<Digest>> tiles_;
};

} // namespace

std::string tile_path(std::uint64_t position, std::uint64_t width)
{
    auto out = fmt::format("{:03}", position % 1000);
    for (position /= 1000; position > 0; position /= 1000)
        out = fmt::format("x{:03}/{}", position % 1000, out);
    return width == tile_width ? out : fmt::format("{}.p/{}", out, width);
}

Subtrees subtrees_of(Fetch fetch, std::uint64_t size)
{
    return [tiles = std::make_shared<Tiles>(std::move(fetch), size)](
               unsigned level, std::uint64_t position) -> Result<Digest> {
        auto const within = level % tile_height;
        auto const hashes = TRY(
            tiles->hashes(level / tile_height, position << within, std::uint64_t { 1 } << within));
        return perfect_root(hashes);
    };
}

} // namespace comity::ledger
