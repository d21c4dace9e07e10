#pragma once

#include "store/transaction.h"

#include <span>
#include <string>

/// Background work of several processes on one database: each piece is claimed before it is begun,
/// so that two do not do it at once. A claim only spares work; that a thing is done once is held by
/// the commit that does it (a row deleted, a number taken).
namespace comity::store {

/// Who claims, and for how long: a process that died holds a piece no longer than this. Clocks of
/// the processes may differ by less than `length`.
struct Lease {
    std::int64_t process; ///< Store::process()
    Instant now;
    std::chrono::seconds length { 60 };
};

/// True when `what` ("casework task/<id>") is this process's until now + length: nobody had it, or
/// it ran out, or it was this process's already.
Result<bool> claim(Transaction& transaction, std::string_view what, Lease const& lease);

/// Gives `what` back; nothing happens where another process has it by now.
Result<void> release(Transaction& transaction, std::string_view what, std::int64_t process);

/// Whoever claims reads in the same transaction that the work is still to be done: a claim that was
/// given back leaves no trace.
///
/// The first `count_max` of `wanted` that could be claimed, each as "<kind>/<name>".
Result<std::vector<std::string>> claim_some(Transaction& transaction, std::string_view kind,
    std::span<std::string const> wanted, std::size_t count_max, Lease const& lease);

} // namespace comity::store
