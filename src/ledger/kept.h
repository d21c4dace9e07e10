#pragma once

#include "ledger/ledger.h"

/// The hashes that the tables keep; included by this room's sources only.
namespace comity::ledger {

Digest to_digest(ByteView bytes);
Error not_found(char const* what, std::uint64_t index);
Error changed(char const* what, std::uint64_t at);
inline std::int64_t signed_of(std::uint64_t number)
{
    return static_cast<std::int64_t>(number);
}

/// The key of a kept node in its table.
inline std::int64_t node_id(unsigned step, std::uint64_t position)
{
    constexpr unsigned position_bits = 56;
    MUST(step <= 64 / step_height && position >> position_bits == 0);
    return signed_of(std::uint64_t { step } << position_bits | position);
}

constexpr std::uint64_t step_width = 1U << step_height;

/// Kept hashes of one step from `first` on, `count` where there are so many: leaves at step 0.
Result<std::vector<Digest>> kept_nodes(
    store::Transaction& transaction, unsigned step, std::uint64_t first, std::uint64_t count);
/// The same, all of them. Error: not_found.
Result<std::vector<Digest>> kept_hashes(
    store::Transaction& transaction, unsigned step, std::uint64_t first, std::uint64_t count);
Subtrees subtrees_of(store::Transaction& transaction);
/// Error: not_found for an entry that was pruned.
Result<void> refuse_pruned(store::Transaction& transaction, std::uint64_t index);

} // namespace comity::ledger
