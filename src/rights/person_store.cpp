#include "rights/person_store.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <ranges>

namespace comity::rights {
namespace {

using store::Row;
using store::Transaction;

constexpr std::string_view person_columns
    = "place, claims, identity_check, language, received_on, registered_at, officer, deadline, "
      "deadline_source, searched_at, letter_at, letter_sha256, sent_on";
constexpr std::string_view item_columns
    = "request, message, case_number, found_by, chosen, comment, answer, decided_at, decided_by, "
      "settled";
constexpr std::string_view comment_columns
    = "place, ours, request, party, case_number, item, claim, message, at, answer_by, position, "
      "answer, answered_at";

template <class Time> std::optional<std::string> text_of(std::optional<Time> const& time)
{
    return time ? std::optional { to_text(*time) } : std::nullopt;
}

/// This node wrote all that is read here.
Instant instant_in(std::string const& text)
{
    auto const read = parse_instant(text);
    MUST(read.ok());
    return read.value();
}
Date date_in(std::string const& text)
{
    auto const read = parse_date(text);
    MUST(read.ok());
    return read.value();
}
std::optional<Instant> instant_if(std::optional<std::string> const& text)
{
    return text ? std::optional { instant_in(*text) } : std::nullopt;
}
std::optional<Date> date_if(std::optional<std::string> const& text)
{
    return text ? std::optional { date_in(*text) } : std::nullopt;
}

template <class Enum> Enum word_in(std::string_view text)
{
    auto const word = json::from_word<Enum>(text);
    MUST(word.has_value());
    return *word;
}
template <class Enum> std::optional<Enum> word_if(std::optional<std::string> const& text)
{
    return text ? std::optional { word_in<Enum>(*text) } : std::nullopt;
}
template <class Enum> std::optional<std::string> word_of(std::optional<Enum> const& word)
{
    return word ? std::optional { json::word(*word) } : std::nullopt;
}

std::string words_of(std::vector<message::PersonClaim> const& claims)
{
    std::vector<std::string> words;
    for (auto const claim : claims) words.push_back(json::word(claim));
    return fmt::format("{}", fmt::join(words, " "));
}
std::vector<message::PersonClaim> claims_in(std::string_view words)
{
    std::vector<message::PersonClaim> out;
    for (auto const word : std::views::split(words, ' '))
        out.push_back(word_in<message::PersonClaim>(std::string_view { word.begin(), word.end() }));
    return out;
}

PersonRow read_person(Row const& row)
{
    PersonRow out;
    out.place = row.integer(0);
    out.claims = claims_in(row.text(1));
    out.identity_check = word_in<IdentityCheck>(row.text(2));
    out.language = row.text(3);
    out.received_on = date_in(row.text(4));
    out.registered_at = instant_in(row.text(5));
    out.officer = row.text(6);
    out.deadline = date_if(row.text_if(7));
    out.deadline_source = row.text(8);
    out.searched_at = instant_if(row.text_if(9));
    out.letter_at = instant_if(row.text_if(10));
    out.letter_sha256 = row.text(11);
    out.sent_on = date_if(row.text_if(12));
    return out;
}

PersonItemRow read_item(Row const& row)
{
    return { row.integer(0), row.text(1), row.text(2), row.text(3), row.integer(4) == 1,
        row.integer(5), word_if<ItemAnswer>(row.text_if(6)), instant_if(row.text_if(7)),
        row.text(8), row.integer(9) == 1 };
}

CommentRow read_comment(Row const& row)
{
    return { row.integer(0), row.integer(1) == 1, row.integer(2), row.text(3), row.text(4),
        row.text(5), word_in<message::PersonClaim>(row.text(6)), row.text(7),
        instant_in(row.text(8)), instant_in(row.text(9)),
        word_if<message::CommentPosition>(row.text_if(10)), row.text(11),
        instant_if(row.text_if(12)) };
}

std::string persons_where(std::string_view condition)
{
    return fmt::format("SELECT {} FROM rights_person WHERE {}", person_columns, condition);
}
std::string items_where(std::string_view condition)
{
    return fmt::format("SELECT {} FROM rights_person_item WHERE {}", item_columns, condition);
}
std::string comments_where(std::string_view condition)
{
    return fmt::format("SELECT {} FROM rights_person_comment WHERE {}", comment_columns, condition);
}

} // namespace

Result<std::int64_t> insert_person(Transaction& transaction, PersonRow const& row)
{
    auto const place = TRY(transaction.one(
        "INSERT INTO rights_person (claims, identity_check, language, received_on, registered_at, "
        "officer, deadline, deadline_source, letter_sha256) VALUES ($1, $2, $3, $4, $5, $6, $7, "
        "$8, $9) RETURNING place",
        [](Row const& made) { return made.integer(0); }, words_of(row.claims),
        json::word(row.identity_check), row.language, to_text(row.received_on),
        to_text(row.registered_at), row.officer, text_of(row.deadline), row.deadline_source,
        row.letter_sha256));
    MUST(place.has_value());
    return *place;
}

Result<void> update_person(Transaction& transaction, PersonRow const& row)
{
    TRY(transaction.run("UPDATE rights_person SET deadline = $2, deadline_source = $3, "
                        "searched_at = $4, letter_at = $5, letter_sha256 = $6, sent_on = $7 "
                        "WHERE place = $1",
        row.place, text_of(row.deadline), row.deadline_source, text_of(row.searched_at),
        text_of(row.letter_at), row.letter_sha256, text_of(row.sent_on)));
    return {};
}

Result<std::optional<PersonRow>> find_person(Transaction& transaction, std::int64_t place)
{
    return transaction.one(persons_where("place = $1"), read_person, place);
}

Result<std::vector<PersonRow>> newest_persons(Transaction& transaction, std::int64_t limit)
{
    return transaction.all(persons_where("1 = 1 ORDER BY place DESC LIMIT $1"), read_person, limit);
}

Result<void> put_person_item(Transaction& transaction, PersonItemRow const& row)
{
    TRY(transaction.run(
        "INSERT INTO rights_person_item (request, message, case_number, found_by, chosen, comment, "
        "decided_by, settled) VALUES ($1, $2, $3, $4, 0, 0, '', 1) "
        "ON CONFLICT (request, message) DO UPDATE SET found_by = excluded.found_by",
        row.request, row.message, row.case_number, row.found_by));
    return {};
}

Result<void> update_person_item(Transaction& transaction, PersonItemRow const& row)
{
    TRY(transaction.run("UPDATE rights_person_item SET chosen = $3, comment = $4, answer = $5, "
                        "decided_at = $6, decided_by = $7, settled = $8 "
                        "WHERE request = $1 AND message = $2",
        row.request, row.message, row.chosen ? 1 : 0, row.comment, word_of(row.answer),
        text_of(row.decided_at), row.decided_by, row.settled ? 1 : 0));
    return {};
}

Result<std::vector<PersonItemRow>> person_items(Transaction& transaction, std::int64_t request)
{
    return transaction.all(items_where("request = $1 ORDER BY place"), read_item, request);
}

Result<std::vector<PersonItemRow>> unsettled_items(Transaction& transaction, std::int64_t limit)
{
    return transaction.all(items_where("settled = 0 ORDER BY place LIMIT $1"), read_item, limit);
}

Result<std::int64_t> insert_comment(Transaction& transaction, CommentRow const& row)
{
    auto const place = TRY(transaction.one(
        "INSERT INTO rights_person_comment (ours, request, party, case_number, item, claim, "
        "message, at, answer_by, answer) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, '') "
        "RETURNING place",
        [](Row const& made) { return made.integer(0); }, row.ours ? 1 : 0, row.request, row.party,
        row.case_number, row.item, json::word(row.claim), row.message, to_text(row.at),
        to_text(row.answer_by)));
    MUST(place.has_value());
    return *place;
}

Result<void> update_comment(Transaction& transaction, CommentRow const& row)
{
    TRY(transaction.run("UPDATE rights_person_comment SET position = $2, answer = $3, "
                        "answered_at = $4 WHERE place = $1",
        row.place, word_of(row.position), row.answer, text_of(row.answered_at)));
    return {};
}

Result<std::optional<CommentRow>> find_comment(Transaction& transaction, std::int64_t place)
{
    return transaction.one(comments_where("place = $1"), read_comment, place);
}

Result<std::optional<CommentRow>> comment_asked(Transaction& transaction, std::string_view message)
{
    return transaction.one(comments_where("message = $1"), read_comment, message);
}

Result<std::vector<CommentRow>> comments_of(Transaction& transaction, std::int64_t request)
{
    return transaction.all(
        comments_where("ours = 1 AND request = $1 ORDER BY place"), read_comment, request);
}

Result<std::vector<CommentRow>> comments_asked_of_us(Transaction& transaction, std::int64_t limit)
{
    return transaction.all(
        comments_where("ours = 0 ORDER BY place DESC LIMIT $1"), read_comment, limit);
}

} // namespace comity::rights
