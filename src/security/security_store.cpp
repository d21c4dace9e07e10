#include "security/security_store.h"

#include <fmt/format.h>

namespace comity::security {
namespace {

using store::Row;
using store::Transaction;

constexpr store::Migration steps[] = {
    { "security", 1, R"sql(
CREATE TABLE security_notice (place BIGINT PRIMARY KEY, sent BIGINT NOT NULL, kind TEXT NOT NULL,
    party TEXT NOT NULL, item TEXT NOT NULL, case_number TEXT NOT NULL,
    level_before BIGINT NOT NULL, level_after BIGINT NOT NULL, at TEXT NOT NULL,
    message TEXT NOT NULL, state TEXT NOT NULL, settled_at TEXT, answer TEXT NOT NULL,
    copies_marked BIGINT NOT NULL, copies_missing BIGINT NOT NULL, settled_by TEXT NOT NULL);
CREATE INDEX security_notice_item ON security_notice (item, place);
CREATE INDEX security_notice_message ON security_notice (message, place);
CREATE INDEX security_notice_owed ON security_notice (place) WHERE answer = '';
)sql" },
    // A notice that was sent again: each time a message of its own.
    { "security", 2, R"sql(
CREATE TABLE security_chase (message TEXT PRIMARY KEY, place BIGINT NOT NULL, at TEXT NOT NULL);
CREATE INDEX security_chase_of ON security_chase (place, at);
)sql" },
};

constexpr std::string_view columns
    = "place, sent, kind, party, item, case_number, level_before, level_after, at, message, state, "
      "settled_at, answer, copies_marked, copies_missing, settled_by";

/// This node wrote it.
Instant instant_in(std::string const& text)
{
    auto const read = parse_instant(text);
    MUST(read.ok());
    return read.value();
}

NoticeRow read_notice(Row const& row)
{
    NoticeRow out { row.integer(0), row.integer(1) == 1, row.text(2), row.text(3), row.text(4),
        row.text(5), row.integer(6), row.integer(7), instant_in(row.text(8)), row.text(9) };
    auto const state = json::from_word<NoticeState>(row.text(10));
    MUST(state.has_value());
    out.state = *state;
    if (auto const at = row.text_if(11)) out.settled_at = instant_in(*at);
    out.answer = row.text(12);
    out.copies_marked = row.integer(13);
    out.copies_missing = row.integer(14);
    out.settled_by = row.text(15);
    return out;
}

std::optional<std::string> text_of(std::optional<Instant> const& at)
{
    return at ? std::optional { to_text(*at) } : std::nullopt;
}

std::string where(std::string_view condition)
{
    return fmt::format("SELECT {} FROM security_notice WHERE {}", columns, condition);
}

} // namespace

std::span<store::Migration const> const migrations { steps };

Result<std::int64_t> insert_notice(Transaction& transaction, NoticeRow const& row)
{
    auto const place = TRY(transaction.one(
        "INSERT INTO security_notice (sent, kind, party, item, case_number, level_before, "
        "level_after, at, message, state, settled_at, answer, copies_marked, copies_missing, "
        "settled_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) "
        "RETURNING place",
        [](Row const& made) { return made.integer(0); }, row.sent ? 1 : 0, row.kind, row.party,
        row.item, row.case_number, row.level_before, row.level_after, to_text(row.at), row.message,
        json::word(row.state), text_of(row.settled_at), row.answer, row.copies_marked,
        row.copies_missing, row.settled_by));
    MUST(place.has_value());
    return *place;
}

Result<void> update_notice(Transaction& transaction, NoticeRow const& row)
{
    TRY(transaction.run("UPDATE security_notice SET message = $2, state = $3, settled_at = $4, "
                        "answer = $5, copies_marked = $6, copies_missing = $7, settled_by = $8 "
                        "WHERE place = $1",
        row.place, row.message, json::word(row.state), text_of(row.settled_at), row.answer,
        row.copies_marked, row.copies_missing, row.settled_by));
    return {};
}

Result<std::optional<NoticeRow>> find_notice(Transaction& transaction, std::int64_t place)
{
    return transaction.one(where("place = $1"), read_notice, place);
}

Result<std::vector<NoticeRow>> notices_by_message(
    Transaction& transaction, std::string_view message)
{
    return transaction.all(where("message = $1 OR place IN (SELECT place FROM security_chase "
                                 "WHERE message = $1) ORDER BY place"),
        read_notice, message);
}

Result<void> insert_chase(Transaction& transaction, std::int64_t place, Chase const& chase)
{
    TRY(transaction.run("INSERT INTO security_chase (message, place, at) VALUES ($1, $2, $3)",
        chase.message, place, to_text(chase.at)));
    return {};
}

Result<std::vector<Chase>> chases_of(Transaction& transaction, std::int64_t place)
{
    return transaction.all(
        "SELECT message, at FROM security_chase WHERE place = $1 ORDER BY at, message",
        [](Row const& row) { return Chase { row.text(0), instant_in(row.text(1)) }; }, place);
}

Result<std::vector<NoticeRow>> notices_on(Transaction& transaction, std::string_view item)
{
    return transaction.all(where("item = $1 ORDER BY place"), read_notice, item);
}

Result<std::vector<NoticeRow>> notices_owed(Transaction& transaction, std::int64_t limit)
{
    return transaction.all(where("answer = '' ORDER BY place LIMIT $1"), read_notice, limit);
}

Result<std::vector<NoticeRow>> list_notices(Transaction& transaction, std::int64_t limit)
{
    return transaction.all(
        where("1 = 1 ORDER BY CASE state WHEN 'open' THEN 0 ELSE 1 END, place DESC LIMIT $1"),
        read_notice, limit);
}

} // namespace comity::security
