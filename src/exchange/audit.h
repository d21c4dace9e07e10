#pragma once

#include "ledger/ledger.h"
#include "message/register_entry.h"

/// Two States' registers held against each other: every sending here must be a receipt there, and
/// the other way round (Art. 31(4)(e)).
namespace comity::exchange {

struct Register {
    ledger::Checkpoint head;
    std::vector<message::RegisterEntry> entries;
};

/// Reads a whole register through its tlog-tiles paths ("register/checkpoint", ...), hashes every
/// leaf again and compares with the signed head. Error: not_authentic, conflict.
using Fetch = std::function<Result<Bytes>(std::string const& path)>;
Result<Register> fetch_register(Fetch const& fetch, ledger::Verifier const& verifier);
/// The same from this node's own tables.
Result<Register> own_register(store::Transaction& transaction, ledger::Verifier const& verifier);

/// "x001/234" for 1234; with ".p/<width>" where the tile is not full.
std::string tile_path(std::uint64_t position, std::uint64_t width);

struct Difference {
    std::uint64_t entry; ///< In the register of `holder`.
    std::string holder;
    std::string message;
    std::string what;
};

/// Entries of one that the other lacks or tells otherwise. What is still under way is a difference
/// too: the caller says when it looked.
std::vector<Difference> differences(Register const& ours, std::string const& own_state,
    Register const& theirs, std::string const& peer_state);

} // namespace comity::exchange
