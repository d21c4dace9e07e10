#include "ledger/files.h"

#include "ledger/reader.h"
#include "ledger/witness.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace comity::ledger {
namespace {

using store::Transaction;

constexpr std::string_view entries_level = "entries";
constexpr std::uint64_t position_max = 1'000'000'000'000U;
constexpr unsigned level_max = 7;

std::optional<std::uint64_t> decimal(std::string_view text)
{
    std::uint64_t out = 0;
    auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (code != std::errc {} || end != text.data() + text.size()) return std::nullopt;
    return out;
}

/// Takes what stands before the next '/'.
std::string_view take_segment(std::string_view& rest)
{
    auto const end = std::min(rest.find('/'), rest.size());
    auto const out = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    return out;
}

struct TilePlace {
    std::uint64_t position = 0;
    std::uint64_t width = tile_width;
};

/// "x001/x234/067" or "067.p/112": an index in groups of three digits, all but the last marked with
/// x, and the width where the tile is not full. Only the spelling that tile_path gives.
std::optional<TilePlace> tile_place(std::string_view text)
{
    TilePlace out;
    auto rest = text;
    for (bool more = true; more;) {
        auto segment = take_segment(rest);
        more = segment.starts_with('x');
        if (more) segment.remove_prefix(1);
        if (segment.ends_with(".p")) {
            segment.remove_suffix(2);
            auto const width = decimal(rest);
            if (!width || *width == 0 || *width >= tile_width) return std::nullopt;
            out.width = *width;
        }
        auto const group = decimal(segment);
        if (!group || segment.size() != 3 || out.position > position_max) return std::nullopt;
        out.position = out.position * 1000 + *group;
    }
    if (tile_path(out.position, out.width) != text) return std::nullopt;
    return out;
}

Result<Bytes> tile_file(Transaction& transaction, std::string_view path)
{
    auto rest = path;
    auto const level = take_segment(rest);
    auto const place = tile_place(rest);
    auto const number = decimal(level);
    if (place && level == entries_level)
        return entry_bundle(transaction, place->position, place->width);
    if (place && number && *number <= level_max && level.size() == 1)
        return tile(transaction, static_cast<unsigned>(*number), place->position, place->width);
    return Error { Error::Kind::not_found, fmt::format("there is no tile at {}", path) };
}

/// The tiles of one level from an index on, whole ones and the last.
void add_level(
    std::vector<std::string>& out, std::string_view level, std::uint64_t first, std::uint64_t count)
{
    for (auto begin = first; begin < count; begin += tile_width)
        out.push_back(fmt::format("tile/{}/{}", level,
            tile_path(begin / tile_width, std::min(tile_width, count - begin))));
}

} // namespace

Result<Bytes> file(Transaction& transaction, std::string_view path)
{
    constexpr std::string_view tiles = "tile/";
    if (path == "checkpoint") return to_bytes(TRY(newest_cosigned(transaction)));
    if (path == "minimum-index") return to_bytes(TRY(minimum_statement(transaction)));
    if (path.starts_with(tiles)) return tile_file(transaction, path.substr(tiles.size()));
    return Error { Error::Kind::not_found, fmt::format("a register has no file {}", path) };
}

Result<std::vector<std::string>> file_paths(Transaction& transaction)
{
    auto const entries = TRY(size(transaction));
    auto const minimum = TRY(minimum_index(transaction));
    std::vector<std::string> out { "checkpoint" };
    if (minimum > 0) out.emplace_back("minimum-index");
    add_level(out, entries_level, minimum, entries);
    for (unsigned level = 0; entries >> (level * tile_height) > 0; ++level)
        add_level(
            out, std::to_string(level), level == 0 ? minimum : 0, entries >> (level * tile_height));
    return out;
}

} // namespace comity::ledger
