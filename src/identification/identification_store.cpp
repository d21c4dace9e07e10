#include "identification/identification_store.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::identification {
namespace {

using store::Row;
using store::Transaction;

constexpr store::Migration steps[] = {
    { "identification", 1, R"sql(
CREATE TABLE identification_profile (item TEXT PRIMARY KEY, owner TEXT NOT NULL,
    reference TEXT NOT NULL, purpose TEXT NOT NULL, erase_by TEXT NOT NULL,
    case_number TEXT NOT NULL, UNIQUE (owner, reference));
CREATE INDEX identification_due ON identification_profile (erase_by);
CREATE TABLE identification_task (id BIGINT PRIMARY KEY, kind TEXT NOT NULL,
    subject TEXT NOT NULL UNIQUE);
)sql" },
    { "identification", 2, R"sql(
CREATE TABLE identification_sent_relative (reference TEXT NOT NULL, message TEXT NOT NULL,
    party TEXT NOT NULL, case_number TEXT NOT NULL, PRIMARY KEY (reference, message));
CREATE INDEX identification_sent_message ON identification_sent_relative (message);
ALTER TABLE identification_task ADD COLUMN failures BIGINT NOT NULL DEFAULT 0;
ALTER TABLE identification_task ADD COLUMN not_before TEXT NOT NULL DEFAULT '';
CREATE TABLE identification_asked (state TEXT NOT NULL, day TEXT NOT NULL,
    requests BIGINT NOT NULL, PRIMARY KEY (state, day));
)sql" },
    { "identification", 3, R"sql(
CREATE TABLE identification_run (number TEXT PRIMARY KEY, peer_number TEXT NOT NULL,
    peer TEXT NOT NULL, ours BIGINT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL,
    stopped_here BIGINT NOT NULL, stopped_there BIGINT NOT NULL, profiles BIGINT NOT NULL,
    portions BIGINT NOT NULL, portions_sent BIGINT NOT NULL, portions_done BIGINT NOT NULL,
    profiles_done BIGINT NOT NULL, hits BIGINT NOT NULL, chance TEXT NOT NULL,
    proposal TEXT NOT NULL, proposed_at TEXT NOT NULL, begun_at TEXT NOT NULL,
    due_at TEXT NOT NULL, moved_at TEXT NOT NULL, failures BIGINT NOT NULL,
    not_before TEXT NOT NULL);
CREATE TABLE identification_run_profile (number TEXT NOT NULL, place BIGINT NOT NULL,
    item TEXT NOT NULL, PRIMARY KEY (number, place));
CREATE TABLE identification_run_portion (number TEXT NOT NULL, portion BIGINT NOT NULL,
    message TEXT NOT NULL, profiles BIGINT NOT NULL, hits BIGINT NOT NULL,
    sheets_missing BIGINT NOT NULL, PRIMARY KEY (number, portion));
CREATE INDEX identification_run_message ON identification_run_portion (message);
)sql" },
    { "identification", 4, R"sql(
CREATE TABLE identification_kept_family (message TEXT PRIMARY KEY, number TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL, erase_by TEXT NOT NULL);
)sql" },
    // Profiles of before have numbers below every change.
    { "identification", 5, R"sql(
CREATE TABLE identification_change (number BIGINT PRIMARY KEY, gone BIGINT NOT NULL);
ALTER TABLE identification_profile ADD COLUMN put BIGINT NOT NULL DEFAULT 0;
UPDATE identification_profile SET put = -numbered.place FROM (SELECT item,
    ROW_NUMBER() OVER (ORDER BY item) AS place FROM identification_profile) AS numbered
    WHERE numbered.item = identification_profile.item;
CREATE UNIQUE INDEX identification_put ON identification_profile (put);
CREATE INDEX identification_of_case ON identification_profile (case_number);
)sql" },
};

constexpr std::string_view columns = "item, owner, reference, purpose, erase_by, case_number, put";

ProfileRow read_profile(Row const& row)
{
    auto day = parse_date(row.text(4));
    MUST(day.ok()); // this node wrote it
    return { row.text(0), row.text(1), row.text(2), row.text(3), day.take(), row.text(5),
        row.integer(6) };
}

Result<std::int64_t> add_change(Transaction& transaction, std::int64_t gone)
{
    auto const made = TRY(transaction.one(
        "INSERT INTO identification_change (gone) VALUES ($1) RETURNING number",
        [](Row const& row) { return row.integer(0); }, gone));
    return made.value();
}

Task read_task(Row const& row)
{
    auto const kind = json::from_word<TaskKind>(row.text(0));
    MUST(kind.has_value());
    return { *kind, row.text(1) };
}

} // namespace

std::span<store::Migration const> const migrations { steps };

Result<std::int64_t> insert_profile(Transaction& transaction, ProfileRow const& row)
{
    if (TRY(find_profile(transaction, row.owner, row.reference)))
        return Error { Error::Kind::conflict,
            fmt::format("{} has a profile {} here already", row.owner, row.reference),
            "profileNumber" };
    auto const put = TRY(add_change(transaction, 0));
    TRY(transaction.run(fmt::format("INSERT INTO identification_profile ({}) VALUES ($1, $2, $3, "
                                    "$4, $5, $6, $7)",
                            columns),
        row.item, row.owner, row.reference, row.purpose, to_text(row.erase_by), row.case_number,
        put));
    return put;
}

Result<std::optional<ProfileRow>> find_profile(
    Transaction& transaction, std::string_view owner, std::string_view reference)
{
    return transaction.one(
        fmt::format(
            "SELECT {} FROM identification_profile WHERE owner = $1 AND reference = $2", columns),
        read_profile, owner, reference);
}

Result<std::optional<ProfileRow>> find_profile(Transaction& transaction, std::string_view item)
{
    return transaction.one(
        fmt::format("SELECT {} FROM identification_profile WHERE item = $1", columns), read_profile,
        item);
}

Result<std::vector<ProfileRow>> profiles_after(
    Transaction& transaction, std::string_view item, std::int64_t limit)
{
    return transaction.all(
        fmt::format("SELECT {} FROM identification_profile WHERE item > $1 ORDER BY item LIMIT $2",
            columns),
        read_profile, item, limit);
}

Result<std::vector<ProfileRow>> profiles_due(
    Transaction& transaction, Date today, std::int64_t limit)
{
    return transaction.all(fmt::format("SELECT {} FROM identification_profile WHERE erase_by <= $1 "
                                       "ORDER BY erase_by, item LIMIT $2",
                               columns),
        read_profile, to_text(today), limit);
}

Result<std::optional<std::int64_t>> delete_profile(Transaction& transaction, ProfileRow const& row)
{
    auto const deleted
        = TRY(transaction.run("DELETE FROM identification_profile WHERE put = $1", row.put));
    if (deleted == 0) return std::optional<std::int64_t> {};
    TRY(transaction.run("DELETE FROM identification_task WHERE subject = $1", row.item));
    auto const out = TRY(add_change(transaction, row.put)); // first: the newest number never goes
    TRY(transaction.run("DELETE FROM identification_change WHERE number = $1", row.put));
    return std::optional { out };
}

Result<bool> any_kept(Transaction& transaction, std::string_view own_state)
{
    auto const found = TRY(transaction.one(
        "SELECT put FROM identification_profile WHERE owner <> $1 LIMIT 1",
        [](Row const& row) { return row.integer(0); }, own_state));
    return found.has_value();
}

Result<std::vector<ProfileRow>> profiles_of(Transaction& transaction, std::string_view case_number)
{
    return transaction.all(
        fmt::format(
            "SELECT {} FROM identification_profile WHERE case_number = $1 ORDER BY item", columns),
        read_profile, case_number);
}

Result<std::int64_t> last_change(Transaction& transaction)
{
    auto const found = TRY(
        transaction.one("SELECT number FROM identification_change ORDER BY number DESC LIMIT 1",
            [](Row const& row) { return row.integer(0); }));
    return found.value_or(0);
}

Result<std::vector<ProfileChange>> changes_after(
    Transaction& transaction, std::int64_t number, std::int64_t limit)
{
    return transaction.all(
        "SELECT number, gone FROM identification_change WHERE number > $1 ORDER BY number LIMIT $2",
        [](Row const& row) { return ProfileChange { row.integer(0), row.integer(1) }; }, number,
        limit);
}

Result<std::optional<ProfileRow>> profile_put(Transaction& transaction, std::int64_t put)
{
    return transaction.one(
        fmt::format("SELECT {} FROM identification_profile WHERE put = $1", columns), read_profile,
        put);
}

Result<void> insert_sent_relative(Transaction& transaction, SentRelative const& row)
{
    TRY(transaction.run("INSERT INTO identification_sent_relative (reference, message, party, "
                        "case_number) VALUES ($1, $2, $3, $4)",
        row.reference, row.message, row.party, row.case_number));
    return {};
}

Result<std::vector<SentRelative>> sent_relatives(
    Transaction& transaction, std::string_view reference)
{
    return transaction.all(
        "SELECT reference, message, party, case_number FROM "
        "identification_sent_relative WHERE reference = $1 ORDER BY message",
        [](Row const& row) {
            return SentRelative { row.text(0), row.text(1), row.text(2), row.text(3) };
        },
        reference);
}

Result<void> delete_sent_relatives(Transaction& transaction, std::string_view message)
{
    TRY(transaction.run("DELETE FROM identification_sent_relative WHERE message = $1", message));
    return {};
}

Result<std::optional<std::string>> insert_kept_family(
    Transaction& transaction, KeptFamily const& row)
{
    auto earlier = TRY(transaction.one(
        "SELECT message FROM identification_kept_family WHERE number = $1",
        [](Row const& each) { return each.text(0); }, row.number));
    if (earlier) TRY(delete_kept_family(transaction, *earlier));
    TRY(transaction.run("INSERT INTO identification_kept_family (message, number, state, erase_by) "
                        "VALUES ($1, $2, $3, $4)",
        row.message, row.number, row.state, to_text(row.erase_by)));
    return earlier;
}

Result<std::vector<KeptFamily>> kept_families_after(
    Transaction& transaction, std::string_view message, Date today, std::int64_t limit)
{
    return transaction.all(
        "SELECT message, number, state, erase_by FROM identification_kept_family "
        "WHERE message > $1 AND erase_by > $2 ORDER BY message LIMIT $3",
        [](Row const& row) {
            auto day = parse_date(row.text(3));
            MUST(day.ok()); // this node wrote it
            return KeptFamily { row.text(0), row.text(1), row.text(2), day.take() };
        },
        message, to_text(today), limit);
}

Result<std::int64_t> count_kept_families(
    Transaction& transaction, std::string_view state, Date today)
{
    auto const count = TRY(transaction.one(
        "SELECT COUNT(*) FROM identification_kept_family WHERE erase_by > $1 "
        "AND ($2 = '' OR state = $2)",
        [](Row const& row) { return row.integer(0); }, to_text(today), state));
    return count.value_or(0);
}

Result<void> delete_kept_family(Transaction& transaction, std::string_view message)
{
    TRY(transaction.run("DELETE FROM identification_kept_family WHERE message = $1", message));
    return {};
}

Result<void> delete_kept_families_due(Transaction& transaction, Date today)
{
    TRY(transaction.run(
        "DELETE FROM identification_kept_family WHERE erase_by <= $1", to_text(today)));
    return {};
}

Result<void> insert_task(Transaction& transaction, Task const& task)
{
    TRY(transaction.run("INSERT INTO identification_task (kind, subject) VALUES ($1, $2)",
        json::word(task.kind), task.subject));
    return {};
}

Result<std::vector<Task>> tasks(Transaction& transaction, Instant now, std::int64_t limit)
{
    return transaction.all("SELECT kind, subject FROM identification_task WHERE not_before <= $1 "
                           "AND kind <> 'portion' ORDER BY id LIMIT $2",
        read_task, to_text(now), limit);
}

Result<std::vector<Task>> portion_tasks(Transaction& transaction, Instant now, std::int64_t limit)
{
    return transaction.all("SELECT kind, subject FROM identification_task WHERE not_before <= $1 "
                           "AND kind = 'portion' ORDER BY id LIMIT $2",
        read_task, to_text(now), limit);
}

Result<std::int64_t> postpone_task(Transaction& transaction, Task const& task, Instant now)
{
    auto const before = TRY(transaction.one(
        "SELECT failures FROM identification_task WHERE subject = $1",
        [](Row const& row) { return row.integer(0); }, task.subject));
    if (!before) return 0;
    constexpr std::int64_t doublings_most = 12;
    auto const longer = std::int64_t { 1 } << std::min(*before, doublings_most);
    auto const wait = std::min(postponed_first * longer, postponed_most);
    TRY(transaction.run(
        "UPDATE identification_task SET failures = $1, not_before = $2 WHERE subject = $3",
        *before + 1, to_text(now + wait), task.subject));
    return *before + 1;
}

Result<std::int64_t> count_asked(Transaction& transaction, std::string_view state, Date day)
{
    TRY(transaction.run(
        "INSERT INTO identification_asked (state, day, requests) VALUES ($1, $2, 1) "
        "ON CONFLICT (state, day) DO UPDATE SET requests = "
        "identification_asked.requests + 1",
        state, to_text(day)));
    auto const count = TRY(transaction.one(
        "SELECT requests FROM identification_asked WHERE state = $1 AND day = $2",
        [](Row const& row) { return row.integer(0); }, state, to_text(day)));
    return count.value_or(0);
}

Result<std::vector<Asked>> asked_since(Transaction& transaction, Date day)
{
    return transaction.all(
        "SELECT state, day, requests FROM identification_asked WHERE day >= $1 "
        "ORDER BY day DESC, state",
        [](Row const& row) {
            auto on = parse_date(row.text(1));
            MUST(on.ok()); // this node wrote it
            return Asked { row.text(0), on.take(), row.integer(2) };
        },
        to_text(day));
}

Result<bool> has_task(Transaction& transaction, std::string_view subject)
{
    auto const found = TRY(transaction.one(
        "SELECT COUNT(*) FROM identification_task WHERE subject = $1",
        [](Row const& row) { return row.integer(0); }, subject));
    return found.value_or(0) > 0;
}

Result<bool> finish_task(Transaction& transaction, Task const& task)
{
    return TRY(transaction.run("DELETE FROM identification_task WHERE subject = $1", task.subject))
        == 1;
}

} // namespace comity::identification
