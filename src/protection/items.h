#pragma once

#include "ledger/ledger.h"
#include "message/register_entry.h"

/// Personal data that this node holds, each item with the purpose it came for and the day by which
/// it must be destroyed (Art. 31(4)(a) and (b)).
namespace comity::protection {

extern std::span<store::Migration const> const migrations;

struct Item {
    std::string message; ///< The message it travelled in.
    std::string owner; ///< The State whose data it is.
    std::string purpose;
    Date erase_by;
};

Result<void> keep(store::Transaction& transaction, Item const& item);
/// Items whose last day has come: destroyed at the latest on the day itself.
Result<std::vector<Item>> due(store::Transaction& transaction, Date today);
/// False when it is forgotten already: another process was first.
Result<bool> forget(store::Transaction& transaction, std::string_view message);

/// The register entry of a destruction, made from the entry of the sending or receipt it fulfils.
message::RegisterEntry destruction_of(
    message::RegisterEntry const& fulfilled, std::uint64_t entry, Instant at);

} // namespace comity::protection
