#pragma once

#include "ledger/ledger.h"

/// The hashes that the tables keep; included by this room's sources only.
namespace comity::ledger {

Digest to_digest(Bytes const& bytes);
Error not_found(char const* what, std::uint64_t index);
inline std::int64_t signed_of(std::uint64_t number)
{
    return static_cast<std::int64_t>(number);
}

/// `count` kept hashes of a tile level from `first` on: leaves at level 0, tiles above.
Result<std::vector<Digest>> kept_hashes(
    store::Transaction& transaction, unsigned level, std::uint64_t first, std::uint64_t count);
Subtrees subtrees_of(store::Transaction& transaction);
/// Error: not_found for an entry that was pruned.
Result<void> refuse_pruned(store::Transaction& transaction, std::uint64_t index);

} // namespace comity::ledger
