#pragma once

#include "ledger/witness.h"

/// The tables of what was seen of other logs; included by this room's sources only.
namespace comity::ledger {

struct Head {
    Checkpoint checkpoint;
    std::string note;
};

/// A decimal without leading zeros, as C2SP writes sizes.
Result<std::uint64_t> read_decimal(std::string_view text);

/// The newest head of a log that this node has cosigned.
Result<std::optional<Head>> witnessed(store::Transaction& transaction, std::string_view origin);
/// Replaces it, and forgets smaller ones that were proven.
Result<void> set_witnessed(store::Transaction& transaction, Head const& head);

/// Signed heads that were seen elsewhere: the largest proven one, and those that wait.
Result<std::vector<Head>> shown_heads(store::Transaction& transaction, std::string_view origin);
Result<std::optional<Head>> shown_head(
    store::Transaction& transaction, std::string_view origin, std::uint64_t size);
Result<std::optional<Head>> largest_shown(store::Transaction& transaction, std::string_view origin);
Result<bool> any_unproven(store::Transaction& transaction, std::string_view origin);
/// Of more than shown_heads_max the largest gives way, so that a flood hides nothing before it.
Result<void> wait_for_proof(store::Transaction& transaction, Head const& head);
/// All of `heads` stand on one line with the largest, or in an alarm; only the largest stays.
Result<void> set_proven(
    store::Transaction& transaction, Head const& largest, std::span<Head const> heads);

Result<void> keep(store::Transaction& transaction, Alarm const& alarm);

} // namespace comity::ledger
