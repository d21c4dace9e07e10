#include "ledger/reader.h"

#include "ledger/ledger.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace comity::ledger {
namespace {

/// How many tiles of one level are remembered: walks go from left to right.
constexpr std::size_t tiles_kept = 64;

/// The tiles of one tree that were fetched lately.
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
        if (known == tiles_.end()) {
            if (tiles_.size() >= tiles_kept) tiles_.clear();
            known = tiles_.emplace(path, TRY(read(path, width))).first;
        }
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

Error does_not_fit(std::string_view what, std::uint64_t at)
{
    return { Error::Kind::conflict, fmt::format("the {} {} does not fit the others", what, at) };
}

/// Of the tiles before the minimum there are only the upper ones: each of their hashes is the root
/// of the tile below.
Result<void> check_pruned(Tiles& tiles, std::uint64_t minimum)
{
    for (unsigned level = 2; minimum >> (level * tile_height) > 0; ++level)
        for (std::uint64_t i = 0; i < minimum >> (level * tile_height); ++i) {
            auto const below
                = perfect_root(TRY(tiles.hashes(level - 1, i * tile_width, tile_width)));
            if (TRY(tiles.hashes(level, i, 1)).front() != below)
                return does_not_fit("hash of a pruned tile", i);
        }
    return {};
}

Result<std::vector<Bytes>> fetch_entries(
    Fetch const& fetch, std::uint64_t begin, std::uint64_t width)
{
    auto const path = "register/tile/entries/" + tile_path(begin / tile_width, width);
    auto entries = TRY(read_bundle(TRY(fetch(path))));
    if (entries.size() == width) return entries;
    return Error { Error::Kind::conflict,
        fmt::format("{} has {} entries where {} belong", path, entries.size(), width) };
}

} // namespace

Result<void> read_whole(
    Fetch const& fetch, Checkpoint const& head, std::uint64_t minimum, TakeLeaf const& take)
{
    if (minimum > head.size || minimum % tile_width != 0)
        return Error { Error::Kind::conflict,
            fmt::format("a minimum index of {} in a tree of {}", minimum, head.size) };
    Tiles tiles { fetch, head.size };
    TRY(check_pruned(tiles, minimum));
    auto edge = TRY(edge_at(minimum, subtrees_of(fetch, head.size)));
    constexpr unsigned steps_a_tile = tile_height / step_height;
    Edge::Completed const completed
        = [&](unsigned step, std::uint64_t position, Digest const& node) -> Result<void> {
        if (step % steps_a_tile != 0) return {};
        auto const served = TRY(tiles.hashes(step / steps_a_tile, position, 1)).front();
        return served == node ? Result<void> {} : does_not_fit("hash of tile", position);
    };
    for (auto begin = minimum; begin < head.size; begin += tile_width) {
        auto const width = std::min(tile_width, head.size - begin);
        auto const entries = TRY(fetch_entries(fetch, begin, width));
        for (std::uint64_t i = 0; i < width; ++i) {
            auto const hash = leaf_hash(entries[i]);
            if (TRY(tiles.hashes(0, begin + i, 1)).front() != hash)
                return does_not_fit("entry", begin + i);
            TRY(edge.append(hash, completed));
            TRY(take(begin + i, entries[i]));
        }
    }
    if (edge.root() == head.root) return {};
    return Error { Error::Kind::conflict,
        fmt::format("{}: the entries do not give the signed root", head.origin) };
}

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
