#pragma once

#include "store/store.h"

#include "base/instant.h"
#include "base/json.h"

#include <optional>

/// What this room keeps in tables: which profiles there are, never what they say.
namespace comity::identification {

extern std::span<store::Migration const> const migrations;

/// A profile that is compared. Its loci lie in the vault under `item`.
struct ProfileRow {
    std::string item;
    std::string owner; ///< The State whose profile it is.
    std::string reference;
    std::string purpose; ///< What it came for.
    Date erase_by;
    std::string
        case_number {}; ///< Ours, of the request that asked to keep it (A20(2)); else empty.
};

/// Error: conflict where the owner has a profile of that reference here.
Result<void> insert_profile(store::Transaction& transaction, ProfileRow const& row);
Result<std::optional<ProfileRow>> find_profile(
    store::Transaction& transaction, std::string_view owner, std::string_view reference);
Result<std::optional<ProfileRow>> find_profile(
    store::Transaction& transaction, std::string_view item);
/// In the order of their items, after `item`.
Result<std::vector<ProfileRow>> profiles_after(
    store::Transaction& transaction, std::string_view item, std::int64_t limit);
/// Those whose day has come.
Result<std::vector<ProfileRow>> profiles_due(
    store::Transaction& transaction, Date today, std::int64_t limit);
Result<void> delete_profile(store::Transaction& transaction, std::string_view item);

/// What waits: a request that came, or a profile of our own that those kept for others have not
/// been held against.
enum class TaskKind : std::uint8_t { request, profile };
BOOST_DESCRIBE_ENUM(TaskKind, request, profile)
struct Task {
    TaskKind kind;
    std::string subject; ///< Id of a message, or item.
};
Result<void> insert_task(store::Transaction& transaction, Task const& task);
Result<std::vector<Task>> tasks(store::Transaction& transaction, std::int64_t limit);
/// False where another process has done it.
Result<bool> finish_task(store::Transaction& transaction, Task const& task);

} // namespace comity::identification
