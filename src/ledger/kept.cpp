#include "ledger/kept.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::ledger {

using store::Row;
using store::Transaction;

Digest to_digest(Bytes const& bytes)
{
    Digest out {};
    MUST(bytes.size() == out.size());
    std::ranges::copy(bytes, out.begin());
    return out;
}

Error not_found(char const* what, std::uint64_t index)
{
    return { Error::Kind::not_found, fmt::format("the ledger has no {} {}", what, index) };
}

Result<std::vector<Digest>> kept_hashes(
    Transaction& transaction, unsigned level, std::uint64_t first, std::uint64_t count)
{
    auto const make = [](Row const& row) { return to_digest(row.blob(0)); };
    auto hashes = level == 0
        ? TRY(transaction.all(
              "SELECT hash FROM ledger_entry WHERE position >= $1 AND position < $2 "
              "ORDER BY position",
              make, signed_of(first), signed_of(first + count)))
        : TRY(transaction.all("SELECT hash FROM ledger_tile WHERE level = $1 AND position >= $2 "
                              "AND position < $3 ORDER BY position",
              make, static_cast<std::int64_t>(level), signed_of(first), signed_of(first + count)));
    if (hashes.size() != count && level == 0) TRY(refuse_pruned(transaction, first));
    if (hashes.size() != count) return not_found("hash at", first + hashes.size());
    return hashes;
}

Subtrees subtrees_of(Transaction& transaction)
{
    return [&transaction](unsigned level, std::uint64_t position) -> Result<Digest> {
        auto const within = level % tile_height;
        return perfect_root(TRY(kept_hashes(
            transaction, level / tile_height, position << within, std::uint64_t { 1 } << within)));
    };
}

Result<void> refuse_pruned(Transaction& transaction, std::uint64_t index)
{
    auto const minimum = TRY(minimum_index(transaction));
    if (index >= minimum) return {};
    return Error { Error::Kind::not_found,
        fmt::format("entry {} was pruned at the end of its retention; the register is kept from "
                    "entry {} on",
            index, minimum) };
}

} // namespace comity::ledger
