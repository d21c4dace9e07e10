#include "rights/rights_store.h"

#include "rights/person_store.h"
#include "rights/reconciliation_store.h"

#include <fmt/format.h>

namespace comity::rights {
namespace {

using store::Row;
using store::Transaction;

constexpr store::Migration steps[] = {
    { "rights", 1, R"sql(
CREATE TABLE rights_notice (place BIGINT PRIMARY KEY, sent BIGINT NOT NULL, kind TEXT NOT NULL,
    party TEXT NOT NULL, item TEXT NOT NULL, case_number TEXT NOT NULL, ground TEXT NOT NULL,
    at TEXT NOT NULL, message TEXT NOT NULL, state TEXT NOT NULL, settled_at TEXT, entry BIGINT,
    answer TEXT NOT NULL, reason TEXT NOT NULL, chases BIGINT NOT NULL, chased_at TEXT);
CREATE INDEX rights_notice_item ON rights_notice (item, place);
CREATE INDEX rights_notice_case ON rights_notice (case_number, place);
CREATE INDEX rights_notice_message ON rights_notice (message);
CREATE INDEX rights_notice_answer ON rights_notice (answer, place);
CREATE TABLE rights_gone (item TEXT PRIMARY KEY, entry BIGINT, at TEXT NOT NULL);
CREATE TABLE rights_consent (place BIGINT PRIMARY KEY, ours BIGINT NOT NULL, party TEXT NOT NULL,
    item TEXT NOT NULL, case_number TEXT NOT NULL, subject TEXT NOT NULL, purpose TEXT NOT NULL,
    recipient_state TEXT NOT NULL, message TEXT NOT NULL, at TEXT NOT NULL, answer_by TEXT,
    state TEXT NOT NULL, number TEXT NOT NULL, answer TEXT NOT NULL, valid_until TEXT,
    decided_at TEXT, ground TEXT NOT NULL);
CREATE INDEX rights_consent_case ON rights_consent (case_number, place);
CREATE INDEX rights_consent_message ON rights_consent (message);
CREATE INDEX rights_consent_number ON rights_consent (party, number);
)sql" },
    { "rights", 2, create_persons },
    { "rights", 3, create_comparisons },
};

constexpr std::string_view notice_columns
    = "place, sent, kind, party, item, case_number, ground, at, message, state, settled_at, entry, "
      "answer, reason, chases, chased_at";
constexpr std::string_view consent_columns
    = "place, ours, party, item, case_number, subject, purpose, recipient_state, message, at, "
      "answer_by, state, number, answer, valid_until, decided_at, ground";

std::optional<std::string> text_of(std::optional<Instant> const& at)
{
    return at ? std::optional { to_text(*at) } : std::nullopt;
}

/// This node wrote it.
std::optional<Instant> instant_in(std::optional<std::string> const& text)
{
    if (!text) return {};
    auto const read = parse_instant(*text);
    MUST(read.ok());
    return read.value();
}

std::optional<Date> date_in(std::optional<std::string> const& text)
{
    if (!text) return {};
    auto const read = parse_date(*text);
    MUST(read.ok());
    return read.value();
}

template <class Enum> Enum word_in(std::string const& text)
{
    auto const word = json::from_word<Enum>(text);
    MUST(word.has_value());
    return *word;
}

NoticeRow read_notice(Row const& row)
{
    NoticeRow out { row.integer(0), row.integer(1) == 1, row.text(2), row.text(3), row.text(4),
        row.text(5), row.text(6), *instant_in(row.text(7)), row.text(8) };
    out.state = word_in<NoticeState>(row.text(9));
    out.settled_at = instant_in(row.text_if(10));
    if (auto const entry = row.integer_if(11)) out.entry = static_cast<std::uint64_t>(*entry);
    out.answer = row.text(12);
    out.reason = row.text(13);
    out.chases = row.integer(14);
    out.chased_at = instant_in(row.text_if(15));
    return out;
}

ConsentRow read_consent(Row const& row)
{
    ConsentRow out { row.integer(0), row.integer(1) == 1, row.text(2), row.text(3), row.text(4),
        row.text(5), row.text(6), row.text(7), row.text(8), *instant_in(row.text(9)) };
    out.answer_by = instant_in(row.text_if(10));
    out.state = word_in<ConsentState>(row.text(11));
    out.number = row.text(12);
    out.answer = row.text(13);
    out.valid_until = date_in(row.text_if(14));
    out.decided_at = instant_in(row.text_if(15));
    out.ground = row.text(16);
    return out;
}

std::string notices_where(std::string_view condition)
{
    return fmt::format("SELECT {} FROM rights_notice WHERE {}", notice_columns, condition);
}

std::string consents_where(std::string_view condition)
{
    return fmt::format("SELECT {} FROM rights_consent WHERE {}", consent_columns, condition);
}

} // namespace

std::span<store::Migration const> const migrations { steps };

Result<std::int64_t> insert_notice(Transaction& transaction, NoticeRow const& row)
{
    auto const place = TRY(transaction.one(
        "INSERT INTO rights_notice (sent, kind, party, item, case_number, ground, at, message, "
        "state, settled_at, entry, answer, reason, chases, chased_at) VALUES ($1, $2, $3, $4, $5, "
        "$6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING place",
        [](Row const& made) { return made.integer(0); }, row.sent ? 1 : 0, row.kind, row.party,
        row.item, row.case_number, row.ground, to_text(row.at), row.message, json::word(row.state),
        text_of(row.settled_at), row.entry, row.answer, row.reason, row.chases,
        text_of(row.chased_at)));
    MUST(place.has_value());
    return *place;
}

Result<void> update_notice(Transaction& transaction, NoticeRow const& row)
{
    TRY(transaction.run("UPDATE rights_notice SET message = $2, state = $3, settled_at = $4, "
                        "entry = $5, answer = $6, reason = $7, chases = $8, chased_at = $9 "
                        "WHERE place = $1",
        row.place, row.message, json::word(row.state), text_of(row.settled_at), row.entry,
        row.answer, row.reason, row.chases, text_of(row.chased_at)));
    return {};
}

Result<std::optional<NoticeRow>> find_notice(Transaction& transaction, std::int64_t place)
{
    return transaction.one(notices_where("place = $1"), read_notice, place);
}

Result<std::vector<NoticeRow>> notices_in(Transaction& transaction, std::string_view case_number)
{
    return transaction.all(
        notices_where("case_number = $1 ORDER BY place"), read_notice, case_number);
}

Result<std::vector<NoticeRow>> notices_on(Transaction& transaction, std::string_view item)
{
    return transaction.all(notices_where("item = $1 ORDER BY place"), read_notice, item);
}

Result<std::optional<NoticeRow>> notice_by_message(
    Transaction& transaction, std::string_view message)
{
    return transaction.one(notices_where("message = $1"), read_notice, message);
}

Result<std::vector<NoticeRow>> notices_open(Transaction& transaction, std::int64_t limit)
{
    return transaction.all(
        notices_where("answer = '' ORDER BY place LIMIT $1"), read_notice, limit);
}

Result<std::vector<NoticeRow>> notices_between(
    Transaction& transaction, Instant from, Instant until)
{
    return transaction.all(notices_where("at >= $1 AND at < $2 ORDER BY place"), read_notice,
        to_text(from), to_text(until));
}

Result<void> insert_gone(Transaction& transaction, std::string_view item, Gone const& gone)
{
    TRY(transaction.run("INSERT INTO rights_gone (item, entry, at) VALUES ($1, $2, $3) "
                        "ON CONFLICT (item) DO UPDATE SET entry = excluded.entry, at = excluded.at",
        item, gone.entry, to_text(gone.at)));
    return {};
}

Result<std::optional<Gone>> find_gone(Transaction& transaction, std::string_view item)
{
    return transaction.one(
        "SELECT entry, at FROM rights_gone WHERE item = $1",
        [](Row const& row) {
            Gone out { {}, *instant_in(row.text(1)) };
            if (auto const entry = row.integer_if(0))
                out.entry = static_cast<std::uint64_t>(*entry);
            return out;
        },
        item);
}

Result<std::int64_t> insert_consent(Transaction& transaction, ConsentRow const& row)
{
    auto const place = TRY(transaction.one(
        "INSERT INTO rights_consent (ours, party, item, case_number, subject, purpose, "
        "recipient_state, message, at, answer_by, state, number, answer, ground) VALUES ($1, $2, "
        "$3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING place",
        [](Row const& made) { return made.integer(0); }, row.ours ? 1 : 0, row.party, row.item,
        row.case_number, row.subject, row.purpose, row.recipient_state, row.message,
        to_text(row.at), text_of(row.answer_by), json::word(row.state), row.number, row.answer,
        row.ground));
    MUST(place.has_value());
    return *place;
}

Result<void> update_consent(Transaction& transaction, ConsentRow const& row)
{
    auto const until = row.valid_until ? std::optional { to_text(*row.valid_until) } : std::nullopt;
    TRY(transaction.run("UPDATE rights_consent SET state = $2, number = $3, answer = $4, "
                        "valid_until = $5, decided_at = $6, ground = $7 WHERE place = $1",
        row.place, json::word(row.state), row.number, row.answer, until, text_of(row.decided_at),
        row.ground));
    return {};
}

Result<std::optional<ConsentRow>> find_consent(Transaction& transaction, std::int64_t place)
{
    return transaction.one(consents_where("place = $1"), read_consent, place);
}

Result<std::vector<ConsentRow>> consents_in(Transaction& transaction, std::string_view case_number)
{
    return transaction.all(
        consents_where("case_number = $1 ORDER BY place"), read_consent, case_number);
}

Result<std::optional<ConsentRow>> consent_asked(Transaction& transaction, std::string_view message)
{
    return transaction.one(consents_where("message = $1"), read_consent, message);
}

Result<std::optional<ConsentRow>> consent_numbered(
    Transaction& transaction, std::string_view party, std::string_view number)
{
    return transaction.one(
        consents_where("party = $1 AND number = $2"), read_consent, party, number);
}

Result<std::vector<ConsentRow>> consents_between(
    Transaction& transaction, Instant from, Instant until)
{
    return transaction.all(consents_where("at >= $1 AND at < $2 ORDER BY place"), read_consent,
        to_text(from), to_text(until));
}

Result<std::vector<ConsentRow>> newest_consents(Transaction& transaction, std::int64_t limit)
{
    return transaction.all(
        consents_where("1 = 1 ORDER BY place DESC LIMIT $1"), read_consent, limit);
}

} // namespace comity::rights
