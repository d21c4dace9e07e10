#include "casework/casework_store.h"

#include "casework/files.h"
#include "casework/related.h"

#include <fmt/format.h>

namespace comity::casework {
namespace {

using store::Row;
using store::Transaction;

constexpr store::Migration steps[] = {
    { "casework", 1, R"sql(
CREATE TABLE casework_case (number TEXT PRIMARY KEY, peer_number TEXT NOT NULL, kind TEXT NOT NULL,
    purpose TEXT NOT NULL, offence TEXT NOT NULL, need_ground TEXT, requesting TEXT NOT NULL,
    requested TEXT NOT NULL, state TEXT NOT NULL, opened_at TEXT NOT NULL, due_at TEXT,
    request_message TEXT NOT NULL, plate TEXT NOT NULL);
CREATE INDEX casework_open ON casework_case (state, due_at);
CREATE TABLE casework_event (id BIGINT PRIMARY KEY, case_number TEXT NOT NULL, at TEXT NOT NULL,
    recorded_at TEXT NOT NULL, act TEXT NOT NULL, actor TEXT NOT NULL, message TEXT,
    provisions TEXT NOT NULL, facts TEXT NOT NULL);
CREATE INDEX casework_timeline ON casework_event (case_number, at);
CREATE TABLE casework_decision (id BIGINT PRIMARY KEY, case_number TEXT NOT NULL,
    role TEXT NOT NULL, party TEXT NOT NULL, at TEXT NOT NULL, decision TEXT NOT NULL);
CREATE INDEX casework_decided ON casework_decision (case_number);
CREATE TABLE casework_body (id BIGINT PRIMARY KEY, message TEXT NOT NULL UNIQUE,
    case_number TEXT NOT NULL, type TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX casework_body_of ON casework_body (case_number);
CREATE TABLE casework_task (message TEXT PRIMARY KEY);
CREATE TABLE vehicle (id BIGINT PRIMARY KEY, plate_key TEXT NOT NULL, vin_key TEXT NOT NULL,
    body TEXT NOT NULL);
CREATE INDEX vehicle_by_plate ON vehicle (plate_key);
CREATE INDEX vehicle_by_vin ON vehicle (vin_key);
)sql" },
    { "casework", 2, R"sql(
ALTER TABLE casework_case ADD COLUMN subject TEXT NOT NULL DEFAULT '';
ALTER TABLE casework_case ADD COLUMN called_at TEXT;
ALTER TABLE casework_case ADD COLUMN confirmed_at TEXT;
ALTER TABLE casework_case ADD COLUMN stated TEXT NOT NULL DEFAULT '{}';
)sql" },
    // What the tables say in the clear before this goes into the vault: carry_over.cpp.
    { "casework", 3, R"sql(
CREATE TABLE casework_content (id BIGINT PRIMARY KEY, message TEXT NOT NULL UNIQUE,
    case_number TEXT NOT NULL, type TEXT NOT NULL);
CREATE INDEX casework_content_of ON casework_content (case_number);
CREATE TABLE casework_owed (message TEXT PRIMARY KEY);
)sql" },
    // Who needs to know a case: entries only, none is ever changed (access_list.h).
    { "casework access", 1, R"sql(
CREATE TABLE casework_access (id BIGINT PRIMARY KEY, case_number TEXT NOT NULL, act TEXT NOT NULL,
    account TEXT NOT NULL, name TEXT NOT NULL, at TEXT NOT NULL, by_name TEXT NOT NULL,
    reason TEXT NOT NULL);
CREATE INDEX casework_access_of ON casework_access (case_number, id);
CREATE INDEX casework_access_by ON casework_access (account, case_number);
)sql" },
    // What waits for a second officer (four_eyes.h); what it says lies in the vault.
    { "casework proposals", 1, R"sql(
CREATE TABLE casework_proposal (id BIGINT PRIMARY KEY, place BIGINT NOT NULL,
    case_number TEXT NOT NULL, act TEXT NOT NULL, what TEXT NOT NULL, state TEXT NOT NULL,
    at TEXT NOT NULL, account TEXT NOT NULL, name TEXT NOT NULL, decided_at TEXT, decided_by TEXT,
    reason TEXT NOT NULL, UNIQUE (case_number, place));
CREATE INDEX casework_proposal_waiting ON casework_proposal (state, case_number);
)sql" },
    // Tasks and shifts (handover.h).
    { "casework shifts", 1, R"sql(
CREATE TABLE casework_errand (id BIGINT PRIMARY KEY, place BIGINT NOT NULL,
    case_number TEXT NOT NULL, account TEXT NOT NULL, name TEXT NOT NULL, by_name TEXT NOT NULL,
    made_at TEXT NOT NULL, due_at TEXT, done_at TEXT, done_by TEXT, UNIQUE (case_number, place));
CREATE INDEX casework_errand_of ON casework_errand (account, done_at, due_at);
CREATE TABLE casework_shift (id BIGINT PRIMARY KEY, account TEXT NOT NULL, name TEXT NOT NULL,
    begun_at TEXT NOT NULL, offered_at TEXT, note TEXT, ended_at TEXT, taken_by TEXT);
CREATE INDEX casework_shift_of ON casework_shift (account, ended_at);
CREATE INDEX casework_event_recorded ON casework_event (recorded_at);
)sql" },
    // Totals by month, kept from the timelines (statistics.h).
    { "casework statistics", 1, R"sql(
CREATE TABLE casework_total (month TEXT NOT NULL, direction TEXT NOT NULL, party TEXT NOT NULL,
    kind TEXT NOT NULL, figure TEXT NOT NULL, count BIGINT NOT NULL,
    PRIMARY KEY (month, direction, party, kind, figure));
CREATE TABLE casework_total_time (month TEXT NOT NULL, direction TEXT NOT NULL,
    party TEXT NOT NULL, seconds_range BIGINT NOT NULL, count BIGINT NOT NULL,
    PRIMARY KEY (month, direction, party, seconds_range));
CREATE TABLE casework_counted (place BIGINT PRIMARY KEY, event BIGINT NOT NULL);
)sql" },
    // What contents may be found by, blinded (related.h); those up to `content` have none yet.
    { "casework marks", 1, R"sql(
CREATE TABLE casework_mark (id BIGINT PRIMARY KEY, mark BYTEA NOT NULL, case_number TEXT NOT NULL,
    message TEXT NOT NULL);
CREATE INDEX casework_mark_by ON casework_mark (mark, case_number);
CREATE INDEX casework_mark_of ON casework_mark (message);
CREATE TABLE casework_unmarked (place BIGINT PRIMARY KEY, content BIGINT NOT NULL);
INSERT INTO casework_unmarked (place, content) SELECT 1, COALESCE(MAX(id), 0) FROM casework_content;
)sql" },
    // Names have other keys since search/spoken_key.h knows more spellings: marked anew.
    { "casework marks", 2, R"sql(
DELETE FROM casework_mark;
UPDATE casework_unmarked SET content = (SELECT COALESCE(MAX(id), 0) FROM casework_content);
)sql" },
    // What left on paper (exports.h).
    { "casework exports", 1, R"sql(
CREATE TABLE casework_export (id BIGINT PRIMARY KEY, place BIGINT NOT NULL,
    case_number TEXT NOT NULL, piece TEXT NOT NULL, format TEXT NOT NULL, purpose TEXT NOT NULL,
    at TEXT NOT NULL, account TEXT NOT NULL, name TEXT NOT NULL, masked BIGINT NOT NULL,
    sha256 TEXT NOT NULL, UNIQUE (case_number, place));
)sql" },
    // The newest of a million without looking at all of them.
    { "casework newest", 1, "CREATE INDEX casework_newest ON casework_case (opened_at);" },
    // The times of a month, a direction and a Party in one row; counted anew from the timelines.
    { "casework statistics", 2, R"sql(
DROP TABLE casework_total_time;
CREATE TABLE casework_total_times (month TEXT NOT NULL, direction TEXT NOT NULL,
    party TEXT NOT NULL, counts TEXT NOT NULL, PRIMARY KEY (month, direction, party));
DELETE FROM casework_total;
DELETE FROM casework_counted;
)sql" },
    // Contacts of every Party (directory.h) and copies of direct contact (direct_contact.h).
    { "casework directory", 1, R"sql(
CREATE TABLE casework_contact (id BIGINT PRIMARY KEY, state TEXT NOT NULL, authority TEXT NOT NULL,
    act TEXT NOT NULL, at TEXT NOT NULL, by_name TEXT NOT NULL, edition BIGINT NOT NULL,
    contact TEXT NOT NULL);
CREATE INDEX casework_contact_of ON casework_contact (state, authority, id);
CREATE TABLE casework_edition (id BIGINT PRIMARY KEY, state TEXT NOT NULL, edition BIGINT NOT NULL,
    at TEXT NOT NULL, UNIQUE (state, edition));
CREATE TABLE casework_copy (id BIGINT PRIMARY KEY, message TEXT NOT NULL UNIQUE,
    case_number TEXT NOT NULL, direction TEXT NOT NULL, party TEXT NOT NULL, ground TEXT NOT NULL,
    from_authority TEXT NOT NULL, to_authority TEXT NOT NULL, at TEXT NOT NULL);
)sql" },
    { "casework files", 1, file_tables },
    // Marks that a content would be related by (related.h): the inbox counts by them.
    { "casework marks", 3, R"sql(
CREATE TABLE casework_sought (message TEXT NOT NULL, mark BYTEA NOT NULL,
    PRIMARY KEY (message, mark));
UPDATE casework_unmarked SET content = (SELECT COALESCE(MAX(id), 0) FROM casework_content);
)sql" },
    // Emergency openings whose end no desk has heard of yet (access_list.h).
    { "casework emergencies", 1, R"sql(
CREATE TABLE casework_emergency (opened_at TEXT NOT NULL, case_number TEXT NOT NULL,
    PRIMARY KEY (opened_at, case_number));
INSERT INTO casework_emergency (opened_at, case_number)
    SELECT DISTINCT at, case_number FROM casework_access WHERE act = 'emergency';
)sql" },
    // Art. 32: before this no case showed what is classified, so none has a row.
    { "casework levels", 1, R"sql(
ALTER TABLE casework_content ADD COLUMN level BIGINT NOT NULL DEFAULT 0;
CREATE INDEX casework_content_classified ON casework_content (id) WHERE level > 0;
CREATE INDEX casework_export_at ON casework_export (at);
)sql" },
    // Names in one part and names of files have marks: marked anew.
    { "casework marks", 4, R"sql(
UPDATE casework_unmarked SET content = (SELECT COALESCE(MAX(id), 0) FROM casework_content);
)sql" },
    // What is closed to a compartment has marks too, under words of its own (related.h).
    // Open cases are found before closed ones, then the newest (related.h). The inbox reads how
    // many there are; while contents are marked anew it may say too few.
    { "casework marks", 5, open_first },
    // Each export has an entry of the register; older ones have none.
    { "casework exports", 2, R"sql(
ALTER TABLE casework_export ADD COLUMN masking TEXT NOT NULL DEFAULT '';
ALTER TABLE casework_export ADD COLUMN level BIGINT NOT NULL DEFAULT 0;
ALTER TABLE casework_export ADD COLUMN entry BIGINT;
)sql" },
    // How many there are of each level, so that nobody counts them all (content_rows.cpp).
    { "casework levels", 2, R"sql(
CREATE TABLE casework_level (level BIGINT NOT NULL, contents BIGINT NOT NULL,
    PRIMARY KEY (level));
INSERT INTO casework_level (level, contents)
    SELECT level, count(*) FROM casework_content GROUP BY level;
)sql" },
};

constexpr std::string_view case_columns
    = "number, peer_number, kind, purpose, need_ground, requesting, requested, state, opened_at, "
      "due_at, request_message, called_at, confirmed_at, stated, related";

/// States in which a clock runs or somebody here has to act, for SQL.
constexpr std::string_view open_states
    = "('waiting', 'received', 'partly-answered', 'conditions', 'clarification', 'proposed')";

/// A text that this node wrote itself; anything else is a broken database.
template <class T> T own(Result<T> read)
{
    MUST(read.ok());
    return read.take();
}

std::optional<Instant> instant_if(Row const& row, int column)
{
    auto const text = row.text_if(column);
    return text ? std::optional { own(parse_instant(*text)) } : std::nullopt;
}

std::optional<std::string> text_if(std::optional<Instant> at)
{
    return at ? std::optional { to_text(*at) } : std::nullopt;
}

CaseRow read_case(Row const& row)
{
    auto const state = json::from_word<CaseState>(row.text(7));
    MUST(state.has_value());
    return { row.text(0), row.text(1), row.text(2), row.text(3), row.text_if(4), row.text(5),
        row.text(6), *state, own(parse_instant(row.text(8))), instant_if(row, 9), row.text(10),
        instant_if(row, 11), instant_if(row, 12),
        own(json::read_text<json::Object>(row.text(13), json::Unknown::refuse)), row.integer(14) };
}

Event read_event(Row const& row)
{
    return { row.text(0), own(parse_instant(row.text(1))), own(parse_instant(row.text(2))),
        row.text(3), row.text(4), row.text_if(5),
        own(json::read_text<std::vector<std::string>>(row.text(6), json::Unknown::refuse)),
        own(json::read_text<json::Object>(row.text(7), json::Unknown::refuse)) };
}

} // namespace

std::span<store::Migration const> const migrations { steps };

bool is_open(CaseState state)
{
    switch (state) {
    case CaseState::waiting:
    case CaseState::received:
    case CaseState::partly_answered:
    case CaseState::conditions:
    case CaseState::clarification: return true;
    case CaseState::answered:
    case CaseState::refused:
    case CaseState::failed:
    case CaseState::forwarded:
    case CaseState::withdrawn:
    case CaseState::informed:
    case CaseState::proposed:
    case CaseState::sent_back: break;
    }
    return false;
}

bool waits(CaseState state)
{
    return is_open(state) || state == CaseState::proposed;
}

std::string incoming_number(std::string_view state, std::string_view number)
{
    return fmt::format("{}/{}", state, number);
}

Result<void> put_case(Transaction& transaction, CaseRow const& row)
{
    TRY(transaction.run(
        fmt::format("INSERT INTO casework_case ({}, offence, plate) VALUES "
                    "($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 0, '', '') "
                    "ON CONFLICT (number) DO UPDATE SET kind = excluded.kind, "
                    "purpose = excluded.purpose, need_ground = excluded.need_ground, "
                    "requested = excluded.requested, state = excluded.state, "
                    "due_at = excluded.due_at, request_message = excluded.request_message, "
                    "called_at = excluded.called_at, confirmed_at = excluded.confirmed_at, "
                    "stated = excluded.stated",
            case_columns),
        row.number, row.peer_number, row.kind, row.purpose, row.need_ground, row.requesting,
        row.requested, json::word(row.state), to_text(row.opened_at), text_if(row.due_at),
        row.request_message, text_if(row.called_at), text_if(row.confirmed_at),
        json::to_text(row.stated)));
    TRY(mark_open(transaction, row.number, row.state));
    return recount_related(transaction, row.number);
}

Result<std::optional<CaseRow>> find_case(Transaction& transaction, std::string_view number)
{
    return transaction.one(
        fmt::format("SELECT {} FROM casework_case WHERE number = $1", case_columns), read_case,
        number);
}

Result<std::vector<CaseRow>> list_cases(Transaction& transaction, std::int64_t limit)
{
    // Open ones by time left, then the settled ones, the newest first.
    auto out
        = TRY(transaction.all(fmt::format("SELECT {} FROM casework_case WHERE state IN {} "
                                          "ORDER BY due_at NULLS FIRST, opened_at DESC LIMIT $1",
                                  case_columns, open_states),
            read_case, limit));
    auto const settled
        = TRY(transaction.all(fmt::format("SELECT {} FROM casework_case WHERE state NOT IN {} "
                                          "ORDER BY opened_at DESC LIMIT $1",
                                  case_columns, open_states),
            read_case, limit - std::ssize(out)));
    out.insert(out.end(), settled.begin(), settled.end());
    return out;
}

Result<std::vector<CaseRow>> open_cases_named(
    Transaction& transaction, std::string_view account, std::int64_t limit)
{
    return transaction.all(
        fmt::format("SELECT {} FROM casework_case WHERE state IN {} AND EXISTS (SELECT 1 FROM "
                    "casework_access WHERE account = $1 AND case_number = casework_case.number) "
                    "ORDER BY due_at NULLS LAST, opened_at LIMIT $2",
            case_columns, open_states),
        read_case, account, limit);
}

Result<std::vector<CaseRow>> open_cases_untaken(
    Transaction& transaction, std::string_view own, std::int64_t limit)
{
    // Somebody has it where the newest entry of his account is neither an end nor an emergency.
    return transaction.all(
        fmt::format("SELECT {} FROM casework_case WHERE state IN {} AND requested = $1 AND NOT "
                    "EXISTS (SELECT 1 FROM casework_access a WHERE a.case_number = number AND "
                    "a.act NOT IN ('ended', 'emergency') AND NOT EXISTS (SELECT 1 FROM "
                    "casework_access b WHERE b.case_number = a.case_number AND "
                    "b.account = a.account AND b.id > a.id)) "
                    "ORDER BY due_at NULLS LAST, opened_at LIMIT $2",
            case_columns, open_states),
        read_case, own, limit);
}

Result<void> set_state(Transaction& transaction, std::string_view number, CaseState state)
{
    TRY(transaction.run(
        "UPDATE casework_case SET state = $1 WHERE number = $2", json::word(state), number));
    return mark_open(transaction, number, state);
}

Result<void> set_stated(
    Transaction& transaction, std::string_view number, json::Object const& stated)
{
    TRY(transaction.run(
        "UPDATE casework_case SET stated = $1 WHERE number = $2", json::to_text(stated), number));
    return {};
}

Result<void> set_confirmed(
    Transaction& transaction, std::string_view number, std::string_view message, Instant at)
{
    TRY(transaction.run("UPDATE casework_case SET request_message = $1, confirmed_at = $2 "
                        "WHERE number = $3",
        message, to_text(at), number));
    return recount_related(transaction, number);
}

Result<void> set_unconfirmed(
    Transaction& transaction, std::string_view number, std::string_view request)
{
    TRY(transaction.run("UPDATE casework_case SET request_message = $1, confirmed_at = NULL "
                        "WHERE number = $2",
        request, number));
    return recount_related(transaction, number);
}

Result<void> set_requested(
    Transaction& transaction, std::string_view number, std::string_view party)
{
    TRY(transaction.run(
        "UPDATE casework_case SET requested = $1 WHERE number = $2", party, number));
    return {};
}

Result<void> insert_event(Transaction& transaction, Event const& event)
{
    TRY(transaction.run(
        "INSERT INTO casework_event (case_number, at, recorded_at, act, actor, message, "
        "provisions, facts) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        event.case_number, to_text(event.at), to_text(event.recorded_at), event.act, event.actor,
        event.message, json::to_text(event.provisions), json::to_text(event.facts)));
    return {};
}

Result<std::vector<Event>> events_of(Transaction& transaction, std::string_view number)
{
    return transaction.all("SELECT case_number, at, recorded_at, act, actor, message, provisions, "
                           "facts FROM casework_event WHERE case_number = $1 ORDER BY at, id",
        read_event, number);
}

Result<std::vector<Event>> events_since(
    Transaction& transaction, std::string_view account, Instant since, std::int64_t limit)
{
    return transaction.all(
        "SELECT case_number, at, recorded_at, act, actor, message, provisions, facts "
        "FROM casework_event WHERE recorded_at >= $1 AND case_number IN (SELECT case_number FROM "
        "casework_access WHERE account = $2) ORDER BY recorded_at DESC, id DESC LIMIT $3",
        read_event, to_text(since), account, limit);
}

Result<void> insert_owed(Transaction& transaction, std::string_view message)
{
    TRY(transaction.run(
        "INSERT INTO casework_owed (message) VALUES ($1) ON CONFLICT DO NOTHING", message));
    return {};
}

Result<std::vector<std::string>> owed(
    Transaction& transaction, std::string_view after, std::int64_t limit)
{
    return transaction.all(
        "SELECT message FROM casework_owed WHERE message > $1 ORDER BY message LIMIT $2",
        [](Row const& row) { return row.text(0); }, after, limit);
}

Result<bool> delete_owed(Transaction& transaction, std::string_view message)
{
    auto const gone = TRY(transaction.run("DELETE FROM casework_owed WHERE message = $1", message));
    return gone == 1;
}

Result<void> insert_task(Transaction& transaction, std::string_view message)
{
    TRY(transaction.run("INSERT INTO casework_task (message) VALUES ($1)", message));
    return {};
}

Result<std::vector<std::string>> tasks(Transaction& transaction, std::int64_t limit)
{
    return transaction.all(
        "SELECT message FROM casework_task ORDER BY message LIMIT $1",
        [](Row const& row) { return row.text(0); }, limit);
}

Result<void> finish_task(Transaction& transaction, std::string_view message)
{
    auto const done = TRY(transaction.run("DELETE FROM casework_task WHERE message = $1", message));
    if (done == 1) return {};
    return Error { Error::Kind::conflict, "this task is done already" };
}

} // namespace comity::casework
