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
    std::int64_t put = 0; ///< Number of the change that brought it: its own for ever.
};

/// The number of the change that it makes. Error: conflict where the owner has a profile of that
/// reference here.
Result<std::int64_t> insert_profile(store::Transaction& transaction, ProfileRow const& row);
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
/// The number of the change that it makes; nothing where it is gone.
Result<std::optional<std::int64_t>> delete_profile(
    store::Transaction& transaction, ProfileRow const& row);
/// Whether any of another State's is kept here.
Result<bool> any_kept(store::Transaction& transaction, std::string_view own_state);
/// Those that a request of that case asked to keep, in the order of their items.
Result<std::vector<ProfileRow>> profiles_of(
    store::Transaction& transaction, std::string_view case_number);

/// That a profile came or went. Every process of a State follows these numbers, which grow in the
/// order of the commits; nothing in a line says whose profile it was.
struct ProfileChange {
    std::int64_t number;
    std::int64_t gone; ///< The `put` of the profile that went; 0 where one came.
};
/// 0 before the first.
Result<std::int64_t> last_change(store::Transaction& transaction);
/// In their order. A profile that came and went is told of as gone alone.
Result<std::vector<ProfileChange>> changes_after(
    store::Transaction& transaction, std::int64_t number, std::int64_t limit);
Result<std::optional<ProfileRow>> profile_put(store::Transaction& transaction, std::int64_t put);

/// That a relative's profile went to another Party, so that a withdrawn consent follows it.
struct SentRelative {
    std::string reference;
    std::string message;
    std::string party;
    std::string case_number; ///< Ours.
};
Result<void> insert_sent_relative(store::Transaction& transaction, SentRelative const& row);
Result<std::vector<SentRelative>> sent_relatives(
    store::Transaction& transaction, std::string_view reference);
/// Every row of a message: it is destroyed as a whole.
Result<void> delete_sent_relatives(store::Transaction& transaction, std::string_view message);

/// A family whose missing member is looked for among later bodies too, A20(2). What it says is the
/// request itself, which lies in the vault with its case until its day or its destruction.
struct KeptFamily {
    std::string message; ///< Id of the request.
    std::string number; ///< Of our case.
    std::string state; ///< That asked.
    Date erase_by;
};
/// In place of an earlier one of the case, whose message it returns.
Result<std::optional<std::string>> insert_kept_family(
    store::Transaction& transaction, KeptFamily const& row);
/// Those whose day has not come, in the order of their messages, after `message`.
Result<std::vector<KeptFamily>> kept_families_after(
    store::Transaction& transaction, std::string_view message, Date today, std::int64_t limit);
/// Those whose day has not come; of one State where it is named.
Result<std::int64_t> count_kept_families(
    store::Transaction& transaction, std::string_view state, Date today);
Result<void> delete_kept_family(store::Transaction& transaction, std::string_view message);
/// Those whose day has come.
Result<void> delete_kept_families_due(store::Transaction& transaction, Date today);

/// What waits: a request that came, a profile of our own that those kept for others have not been
/// held against, or a portion of a first connection.
enum class TaskKind : std::uint8_t { request, profile, portion };
BOOST_DESCRIBE_ENUM(TaskKind, request, profile, portion)
struct Task {
    TaskKind kind;
    std::string subject; ///< Id of a message, or item.
};
Result<void> insert_task(store::Transaction& transaction, Task const& task);
/// Requests and profiles whose turn has come, the oldest first.
Result<std::vector<Task>> tasks(store::Transaction& transaction, Instant now, std::int64_t limit);
/// The same of portions.
Result<std::vector<Task>> portion_tasks(
    store::Transaction& transaction, Instant now, std::int64_t limit);
/// One that failed comes again later, each time after twice as long, a day at most: it holds
/// nobody up. How often it failed.
Result<std::int64_t> postpone_task(store::Transaction& transaction, Task const& task, Instant now);
constexpr std::chrono::seconds postponed_first { 30 };
constexpr std::chrono::seconds postponed_most { std::chrono::days { 1 } };
Result<bool> has_task(store::Transaction& transaction, std::string_view subject);
/// False where another process has done it.
Result<bool> finish_task(store::Transaction& transaction, Task const& task);

/// How many profiles and families a State had us compare on a day.
struct Asked {
    std::string state;
    Date day;
    std::int64_t requests;
};
/// One more; how many that makes.
Result<std::int64_t> count_asked(store::Transaction& transaction, std::string_view state, Date day);
/// Since a day, the latest first.
Result<std::vector<Asked>> asked_since(store::Transaction& transaction, Date day);

} // namespace comity::identification
