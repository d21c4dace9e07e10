#pragma once

#include "ledger/ledger.h"
#include "message/register_entry.h"

/// How long the register is kept (Art. 31(4)(e): three years at least) and what may go after that.
namespace comity::exchange {

/// Until which day an entry of an instant must be kept; the law and the node's zone say so.
using KeptUntil = std::function<Result<Date>(Instant entry)>;

/// How far the register may be pruned on a day, and why no further.
struct Prunable {
    std::uint64_t until = 0; ///< The first entry that must stay.
    std::string because; ///< One sentence on that entry; empty where every entry may go.
};

/// Entries may go from the first on, each after its day, unless it is held or its data were to be
/// destroyed and the register does not say that they were. Reads the whole register: not for a
/// write. Error: not_permitted where `kept_until` names less than three years.
Result<Prunable> prunable(store::Transaction& transaction, KeptUntil const& kept_until, Date today);

/// Prunes as far as `until` allows, whole tiles and pruned_entries_max at once, and enters it. The
/// new minimum index; nothing where there is no whole tile to prune. Errors as Ledger::prune.
Result<std::optional<std::uint64_t>> prune_register(store::Transaction& transaction,
    ledger::Ledger& ledger, std::string const& own_state, std::uint64_t until, Instant now);

} // namespace comity::exchange
