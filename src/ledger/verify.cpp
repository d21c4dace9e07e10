#include "ledger/kept.h"

#include <fmt/format.h>

namespace comity::ledger {
namespace {

using store::Row;
using store::Transaction;

Error changed(char const* what, std::uint64_t at)
{
    return { Error::Kind::conflict, fmt::format("{} {} was changed", what, at) };
}

/// What pruning left of the tree: each kept hash must still be the root of those below it.
Result<void> verify_kept(Transaction& transaction, std::uint64_t minimum)
{
    for (unsigned level = 2; minimum >> (level * tile_height) > 0; ++level)
        for (std::uint64_t i = 0; i < minimum >> (level * tile_height); ++i) {
            auto const below = TRY(kept_hashes(transaction, level - 1, i * tile_width, tile_width));
            auto const kept = TRY(kept_hashes(transaction, level, i, 1));
            if (perfect_root(below) != kept.front()) return changed("tile hash", i);
        }
    return {};
}

/// One entry after the other, from the edge that the pruned ones left.
Result<void> verify_entries(Transaction& transaction, Edge& edge)
{
    auto const completed
        = [&](unsigned level, std::uint64_t position, Digest const& node) -> Result<void> {
        auto const kept = TRY(kept_hashes(transaction, level, position, 1));
        return kept.front() == node ? Result<void> {} : changed("tile hash", position);
    };
    return transaction.each("SELECT position, leaf, hash FROM ledger_entry ORDER BY position",
        [&](Row const& row) -> Result<void> {
            auto const at = static_cast<std::uint64_t>(row.integer(0));
            if (at != edge.size()) return changed("the place of entry", edge.size());
            auto const hash = leaf_hash(row.blob(1));
            if (!std::ranges::equal(hash, row.blob(2))) return changed("entry", at);
            return edge.append(hash, completed);
        });
}

} // namespace

Result<std::uint64_t> verify(Transaction& transaction, Verifier const& verifier)
{
    auto const checkpoint = TRY(open_checkpoint(TRY(newest_checkpoint(transaction)), verifier));
    auto const minimum = TRY(minimum_index(transaction));
    if (minimum > 0) {
        auto const said = TRY(open_minimum(TRY(minimum_statement(transaction)), verifier));
        if (said.minimum != minimum) return changed("the minimum index", minimum);
        TRY(verify_kept(transaction, minimum));
    }
    auto edge = TRY(edge_at(minimum, subtrees_of(transaction)));
    TRY(verify_entries(transaction, edge));
    if (edge.size() != checkpoint.size)
        return Error { Error::Kind::conflict,
            fmt::format("{} entries, but the signed head names {}", edge.size(), checkpoint.size) };
    if (edge.root() != checkpoint.root)
        return Error { Error::Kind::conflict, "the entries do not give the signed root" };
    return edge.size() - minimum;
}

} // namespace comity::ledger
