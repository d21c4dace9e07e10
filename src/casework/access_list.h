#pragma once

#include "casework/contents.h"

/// Who needs to know a case (Art. 31(4)(d), 32(1)). The list is read from entries that are never
/// edited: an end is an entry too. A case on whose list nobody stands has not been taken yet, and
/// lies open to whoever keeps the desk.
namespace comity::casework {

/// What an entry says.
enum class AccessAct : std::uint8_t {
    made, ///< He made the case.
    taken, ///< He took it over when nobody stood on the list.
    added, ///< Somebody else named him.
    emergency, ///< He opened it for a reason that he stated; it ends by itself.
    ended,
};
BOOST_DESCRIBE_ENUM(AccessAct, made, taken, added, emergency, ended)

/// An emergency opening ends by itself after this time.
constexpr std::chrono::hours emergency_lasts { 12 };
constexpr std::size_t access_reason_bytes_max = 1000;
constexpr std::int64_t access_entries_max = 1000; ///< Of a case.

struct AccessEntry {
    AccessAct act {};
    std::string account, name; ///< Whom it is about.
    Instant at;
    std::string by; ///< Name of who made the entry.
    std::string reason {};
    std::optional<Instant> until {}; ///< Of an emergency opening.
};
BOOST_DESCRIBE_STRUCT(AccessEntry, (), (act, account, name, at, by, reason, until))

/// The newest entry of each account that still holds at `now`, in the order of the list.
std::vector<AccessEntry> holding(std::span<AccessEntry const> entries, Instant now);
/// Whether somebody has the case as his own: not for an emergency alone.
bool is_taken(std::span<AccessEntry const> held);

/// Nothing where he may open the case; A32(1) where he does not need to know it.
std::optional<access::Refusal> refused_to_open(
    std::span<AccessEntry const> held, Officer const& officer);
/// Nothing where he may name others or end them: he has the case, or keeps the desk.
std::optional<access::Refusal> refused_to_name(
    std::span<AccessEntry const> held, Officer const& officer);

/// All entries, the oldest first.
Result<std::vector<AccessEntry>> access_entries(
    store::Transaction& transaction, std::string_view number);
/// Error: too_large for the entry after `access_entries_max`.
Result<void> insert_access(
    store::Transaction& transaction, std::string_view number, AccessEntry const& entry);
/// Who makes a case stands on its list; who has no account does not. Before put_case.
/// Error: conflict, `caseNumber`, for a case that is there and that he may not open.
Result<void> enter_maker(
    store::Transaction& transaction, std::string_view number, Officer const& officer, Instant now);
Result<std::optional<access::Refusal>> refused_to_open(
    store::Transaction& transaction, std::string_view number, Officer const& officer, Instant now);

/// Another officer, as his account names him.
struct Colleague {
    std::string account, name;
};

/// What everybody who reads cases may know of one, and its list.
struct AccessView {
    std::string number, kind, requesting, requested;
    std::string state;
    Instant opened_at;
    std::optional<Instant> due_at;
    bool open = false; ///< To who asks.
    bool taken = false;
    std::vector<AccessEntry> holders;
    std::vector<AccessEntry> entries; ///< All of them, the oldest first.
    std::vector<std::string> may; ///< take, name, end-own, open-in-emergency: who asks.
};
BOOST_DESCRIBE_STRUCT(AccessView, (),
    (number, kind, requesting, requested, state, opened_at, due_at, open, taken, holders, entries,
        may))

} // namespace comity::casework
