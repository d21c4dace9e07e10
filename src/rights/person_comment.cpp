#include "rights/need.h"
#include "rights/person_file.h"

#include "casework/arrival.h"
#include "message/content.h"

#include <fmt/format.h>

#include <algorithm>

/// The sender's chance to comment before the person is answered (A31(4)(g)-3), from both sides.
namespace comity::rights {

using exchange::Delivered;
using message::CommentPosition;
using message::Type;
using protection::Operation;
using store::Transaction;

namespace {

constexpr std::size_t messages_max = 500; ///< Of one letter, as of every list of a content.
constexpr std::int64_t comments_listed_max = 200;
constexpr auto comment_provision = "A31(4)(g)-3";

Error conflict(std::string field, std::string what)
{
    return { Error::Kind::conflict, std::move(what), std::move(field) };
}

/// Items of one sender in one case.
struct Asking {
    std::string party, number;
    std::vector<PersonItemRow> items {};
};

message::Identity identity_of(PersonDraft const& asked)
{
    message::Identity out { message::IdentityKind::lawful };
    out.family_name = asked.names.front().family;
    out.given_name = asked.names.front().given;
    out.birth_date = asked.birth_date;
    return out;
}

} // namespace

Result<PersonTold> PersonRequests::ask_comments(
    std::int64_t place, std::string const& draft, Officer const& officer)
{
    TRY(check_text("draft", draft));
    std::optional<PersonDraft> who;
    std::vector<Asking> all;
    auto const file = TRY(rooms_.store.write([&](Transaction& t) -> Result<File> {
        auto found = TRY(file_of(t, place));
        TRY(found.refuse_where_sent());
        who = TRY(asked(t, place, officer, Operation::disclose));
        for (auto const& item : found.items) {
            if (closed_to(t, item.message, officer)) continue;
            auto const message = exchange::message_by_id(t, item.message);
            bool const theirs = message.ok() && message.value().direction == "in";
            if (!item.chosen || item.answer || item.comment != 0 || !theirs) continue;
            auto const& party = message.value().peer;
            auto at = std::ranges::find_if(all, [&](Asking const& each) {
                return each.party == party && each.number == item.case_number
                    && each.items.size() < messages_max;
            });
            if (at == all.end()) at = all.insert(all.end(), { party, item.case_number });
            at->items.push_back(item);
        }
        return found;
    }));
    if (!who) return no_request(place);
    if (!file.row.deadline)
        return conflict("deadline", "state the day by which the law of this Party wants an answer");
    if (clock_() >= Instant { *file.row.deadline })
        return conflict("deadline", "it is over: nobody could comment in time any more");
    PersonTold out;
    for (auto const& each : all)
        out.messages.push_back(
            TRY(ask_one(file, *who, each.items, { each.party, draft }, officer)));
    out.done = true;
    return out;
}

Result<std::string> PersonRequests::ask_one(File const& file, PersonDraft const& asked,
    std::vector<PersonItemRow> const& items, ToParty const& what, Officer const& officer)
{
    message::CommentRequest said { std::ranges::max(file.row.claims), {}, identity_of(asked),
        what.text, Instant { *file.row.deadline } };
    for (auto const& item : items) said.messages.push_back({ item.message, {} });
    TRY(message::check_body(said));
    auto const& first = items.front();
    auto letter = TRY(post_.letter_on(first.case_number, what.party, first.message,
        Type::comment_request, json::write(said).as_object()));
    if (!letter.erase_by) return conflict("item", "it was destroyed meanwhile");
    letter.provisions = { comment_provision };
    auto const sealed = TRY(post_.seal(letter));
    return rooms_.store.write([&](Transaction& t) -> Result<std::string> {
        auto const fresh = TRY(file_of(t, file.row.place));
        auto id = TRY(post_.submit(
            t, letter, sealed, officer.name, { { "request", std::to_string(file.row.place) } }));
        auto const comment = TRY(insert_comment(t,
            { 0, true, file.row.place, what.party, first.case_number, first.message, said.claim, id,
                clock_(), said.answer_by }));
        for (auto const& item : items) {
            auto row = TRY(fresh.item(item.message));
            if (row.comment != 0) return conflict("item", "its sender was asked just now");
            row.comment = comment;
            TRY(update_person_item(t, row));
        }
        return id;
    });
}

/// Another State holds what we sent it, and somebody asks there.
PersonRequests::Taken PersonRequests::receive_request(
    Transaction& transaction, Delivered const& delivered)
{
    auto const& manifest = delivered.manifest;
    auto const& from = manifest.from.state;
    auto const text = as_text(delivered.parts.at(0).content);
    auto const read = json::read_text<message::CommentRequest>(text, json::Unknown::keep);
    if (!read.ok()) return casework::rejected(read.error());
    auto const& said = read.value();
    std::vector<std::string> not_ours;
    std::string item;
    for (std::size_t i = 0; i < said.messages.size(); ++i) {
        if (!went_to(transaction, said.messages[i].id, from))
            not_ours.push_back(fmt::format("messages[{}]", i));
        else if (item.empty())
            item = said.messages[i].id;
    }
    if (item.empty())
        return casework::rejected({ Error::Kind::not_found,
            "nothing that it speaks of was sent to the State that asks", "messages" });
    auto const number = TRY(case_of_item(transaction, item));
    if (auto rejected = TRY(post_.keep(transaction, delivered, number, {}))) return *rejected;
    TRY(insert_comment(transaction,
        { 0, false, 0, from, number, item, said.claim, manifest.id, delivered.received_at,
            said.answer_by }));
    return post_.taken(std::move(not_ours));
}

Result<std::vector<CommentView>> PersonRequests::asked_of_us()
{
    auto const rows = TRY(rooms_.store.read(
        [](Transaction& t) { return comments_asked_of_us(t, comments_listed_max); }));
    std::vector<CommentView> out;
    for (auto const& row : rows) out.push_back(rights::view_of(row));
    return out;
}

namespace {

Result<CommentRow> ours_to_give(Transaction& transaction, std::int64_t place)
{
    auto const row = TRY(find_comment(transaction, place));
    if (row && !row->ours) return *row;
    return Error { Error::Kind::not_found, "nobody asked for such a comment", "place" };
}

} // namespace

Result<CommentView> PersonRequests::open_comment(std::int64_t place, Officer const& officer)
{
    return rooms_.store.write([&](Transaction& t) -> Result<CommentView> {
        auto const row = TRY(ours_to_give(t, place));
        auto out = rights::view_of(row);
        out.text = TRY(text_of(
            t, row.message, "draft", { place, "to comment on it", Operation::consult, officer }));
        return out;
    });
}

Result<PersonTold> PersonRequests::answer_comment(
    std::int64_t place, CommentDraft const& draft, Officer const& officer)
{
    bool const objects = draft.position != CommentPosition::no_objection;
    auto const text = draft.text.value_or("");
    if (objects || !text.empty()) TRY(check_text("text", text));
    auto const row = TRY(rooms_.store.read([&](Transaction& t) { return ours_to_give(t, place); }));
    if (row.position) return conflict("place", "it was answered already");
    if (clock_() >= row.answer_by) return conflict("place", "its day is over");
    message::Comment const said { draft.position, text.empty() ? "No objection." : text,
        draft.provisions.value_or(std::vector<std::string> {}) };
    TRY(message::check_body(said));
    auto letter = TRY(post_.letter_on(
        row.case_number, row.party, row.item, Type::comment, json::write(said).as_object()));
    letter.provisions = { comment_provision };
    letter.answers = TRY(post_.reply_to(row.message));
    auto const sealed = TRY(post_.seal(letter));
    PersonTold out;
    out.messages.push_back(TRY(rooms_.store.write([&](Transaction& t) -> Result<std::string> {
        auto fresh = TRY(ours_to_give(t, place));
        if (fresh.position) return conflict("place", "it was answered just now");
        fresh.answer = TRY(post_.submit(
            t, letter, sealed, officer.name, { { "position", json::word(draft.position) } }));
        fresh.position = draft.position;
        fresh.answered_at = clock_();
        TRY(update_comment(t, fresh));
        return fresh.answer;
    })));
    out.done = true;
    return out;
}

/// Nothing where it comments on what is not ours: a doubt.
Result<std::optional<exchange::Disposition>> PersonRequests::receive_comment(
    Transaction& transaction, Delivered const& delivered)
{
    auto const& manifest = delivered.manifest;
    auto const answered = manifest.in_reply_to ? manifest.in_reply_to->id : std::string {};
    auto row = TRY(comment_asked(transaction, answered));
    if (!row || !row->ours) return std::optional<exchange::Disposition> {};
    auto const text = as_text(delivered.parts.at(0).content);
    auto const read = json::read_text<message::Comment>(text, json::Unknown::keep);
    if (!read.ok()) return std::optional { casework::rejected(read.error()) };
    if (row->party != manifest.from.state || row->position)
        return std::optional { casework::rejected(
            { Error::Kind::not_found, "no comment of that State is waited for", "inReplyTo" }) };
    auto const position = json::word(read.value().position);
    if (auto rejected
        = TRY(post_.keep(transaction, delivered, row->case_number, { { "position", position } })))
        return rejected;
    row->position = read.value().position;
    row->answer = manifest.id;
    row->answered_at = delivered.received_at;
    TRY(update_comment(transaction, *row));
    return std::optional { post_.taken() };
}

} // namespace comity::rights
