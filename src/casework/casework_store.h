#pragma once

#include "store/store.h"

#include "base/json.h"

/// Casework's own tables. What an entry says stands; a change is a new event.
namespace comity::casework {

extern std::span<store::Migration const> const migrations;

/// Where a case stands, the same word on both sides but for the first and the last of the old ones.
enum class CaseState : std::uint8_t {
    waiting, ///< We asked; nothing came yet.
    answered,
    refused,
    failed, ///< It could not be delivered, or was rejected.
    received, ///< Ours to answer.
    partly_answered, ///< The rest is still to come; the clock goes on.
    conditions, ///< Help is offered under conditions that nobody accepted yet.
    clarification, ///< The requested Party asked back.
    forwarded, ///< Another authority is competent and has it.
    withdrawn, ///< The requesting Party needs no answer any more.
    informed, ///< Told without a request: nothing to answer.
    proposed, ///< Nothing left yet: a second officer has to confirm it.
    sent_back, ///< The second officer did not.
};
BOOST_DESCRIBE_ENUM(CaseState, waiting, answered, refused, failed, received, partly_answered,
    conditions, clarification, forwarded, withdrawn, informed, proposed, sent_back)
/// A clock runs.
bool is_open(CaseState state);
/// A clock runs, or somebody here has to act.
bool waits(CaseState state);

struct CaseRow {
    std::string number; ///< Ours: the officer's own, or "BG/2026-0417" for another State's.
    std::string peer_number;
    std::string kind, purpose;
    std::optional<std::string> need_ground;
    std::string requesting, requested;
    CaseState state;
    Instant opened_at;
    std::optional<Instant> due_at;
    std::string request_message; ///< Empty while there is nothing in writing.
    std::optional<Instant> called_at {}; ///< Of a request by word of mouth: when it was said.
    std::optional<Instant> confirmed_at {}; ///< When its written confirmation was made or came.
    json::Object stated {}; ///< Facts by name that our officers stated.
    std::int64_t related = 0; ///< Other cases like its request (related.h); put_case leaves it.
};

struct Event {
    std::string case_number;
    Instant at; ///< When it happened; when it was recorded is the store's to add.
    Instant recorded_at;
    std::string act;
    std::string actor;
    std::optional<std::string> message {};
    std::vector<std::string> provisions {};
    json::Object facts {};
};

struct DecisionRow {
    std::string role; ///< "sender" or "receiver": of the request.
    std::string party;
    Instant at;
    json::Value decision;
};
BOOST_DESCRIBE_STRUCT(DecisionRow, (), (role, party, at, decision))

/// Our number for another State's case: "BG/2026-0417".
std::string incoming_number(std::string_view state, std::string_view number);

/// A further request under a number already known makes itself the case's current one.
Result<void> put_case(store::Transaction& transaction, CaseRow const& row);
Result<std::optional<CaseRow>> find_case(store::Transaction& transaction, std::string_view number);
Result<std::vector<CaseRow>> list_cases(store::Transaction& transaction, std::int64_t limit);
/// Cases to be acted on, by time left: those on whose list the account stands or stood.
Result<std::vector<CaseRow>> open_cases_named(
    store::Transaction& transaction, std::string_view account, std::int64_t limit);
/// The same: those that came to us and that nobody has.
Result<std::vector<CaseRow>> open_cases_untaken(
    store::Transaction& transaction, std::string_view own, std::int64_t limit);
Result<void> set_state(store::Transaction& transaction, std::string_view number, CaseState state);

Result<void> set_stated(
    store::Transaction& transaction, std::string_view number, json::Object const& stated);
/// A4(6)-3: the message that says in writing what was said.
Result<void> set_confirmed(
    store::Transaction& transaction, std::string_view number, std::string_view message, Instant at);
/// What said it in writing was not taken: what was said, under `request`, stands alone again.
Result<void> set_unconfirmed(
    store::Transaction& transaction, std::string_view number, std::string_view request);
/// A4(1)-2: another Party has it now.
Result<void> set_requested(
    store::Transaction& transaction, std::string_view number, std::string_view party);

Result<void> insert_event(store::Transaction& transaction, Event const& event);
Result<std::vector<Event>> events_of(store::Transaction& transaction, std::string_view number);
/// Recorded at or after `since` in cases on whose list the account stands or stood, the newest
/// first.
Result<std::vector<Event>> events_since(
    store::Transaction& transaction, std::string_view account, Instant since, std::int64_t limit);

/// That a message's content lies in the vault, under the message's id.
struct ContentRow {
    std::string message;
    std::string number; ///< Of our case.
    std::string type;
    std::uint8_t level = 0; ///< Art. 32; the label in the vault says the same.
};
Result<void> insert_content(store::Transaction& transaction, ContentRow const& row);
/// The oldest first.
Result<std::vector<ContentRow>> contents_of(
    store::Transaction& transaction, std::string_view number);
Result<std::optional<ContentRow>> find_content(
    store::Transaction& transaction, std::string_view message);
/// With its marks.
Result<void> delete_content(store::Transaction& transaction, std::string_view message);
Result<void> set_content_level(
    store::Transaction& transaction, std::string_view message, std::uint8_t level);
/// Those that are classified, the newest first.
Result<std::vector<ContentRow>> classified_contents(
    store::Transaction& transaction, std::int64_t limit);
/// How many there are of each level, 0 first.
Result<std::vector<std::int64_t>> contents_by_level(store::Transaction& transaction);

/// A content that was opened.
struct Body {
    std::string message, number, type, text;
};

/// Messages that were destroyed here while the exchange still needs their sealed parts.
Result<void> insert_owed(store::Transaction& transaction, std::string_view message);
/// Those after `after`, in the order of their ids.
Result<std::vector<std::string>> owed(
    store::Transaction& transaction, std::string_view after, std::int64_t limit);
/// False where it is not there any more.
Result<bool> delete_owed(store::Transaction& transaction, std::string_view message);

/// Requests that wait for this node's answer, oldest first.
Result<void> insert_task(store::Transaction& transaction, std::string_view message);
Result<std::vector<std::string>> tasks(store::Transaction& transaction, std::int64_t limit);
/// Error: conflict when another worker has done it.
Result<void> finish_task(store::Transaction& transaction, std::string_view message);

} // namespace comity::casework
