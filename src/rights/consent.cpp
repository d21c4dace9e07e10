#include "rights/need.h"

#include "casework/arrival.h"
#include "message/content.h"
#include "treaty/fact/exchange.h"
#include "treaty/fact/general.h"

#include <fmt/format.h>

#include <algorithm>

/// Consent of the State that an item came from: asked, given with its limits or withheld, taken
/// back. It opens one use of one item until its last day (protection/use.h), and its number stands
/// in every finding that rests on it.
namespace comity::rights {

using exchange::Delivered;
using message::ConsentSubject;
using message::Type;
using store::Transaction;
namespace fact = treaty::fact;

namespace {

/// Art. 27(12)(b): the two grounds that it leaves.
constexpr std::string_view grounds_of_a27[] { "investigations-endangered",
    "cooperation-refusable" };

Error malformed(std::string field, std::string what)
{
    return { Error::Kind::malformed, std::move(what), std::move(field) };
}

std::string_view provision_of(ConsentSubject subject)
{
    switch (subject) {
    case ConsentSubject::other_purpose: return "A31(4)(a)-2";
    case ConsentSubject::other_offences: return "A27(12)(b)";
    case ConsentSubject::equipment_to_third_state: return "A30(2)";
    case ConsentSubject::information_to_third_state: return "A31(4)(i)";
    case ConsentSubject::special_methods:
    case ConsentSubject::evidence_use: break;
    }
    return "A5(2)";
}

bool names_state(ConsentSubject subject)
{
    return subject == ConsentSubject::information_to_third_state
        || subject == ConsentSubject::equipment_to_third_state;
}

ConsentSubject subject_of(ConsentRow const& row)
{
    auto const word = json::from_word<ConsentSubject>(row.subject);
    MUST(word.has_value());
    return *word;
}

Result<void> check(ConsentDraft const& draft, Instant now)
{
    if (draft.purpose_wanted.empty()) return malformed("purposeWanted", "must be given");
    if (draft.justification.empty()) return malformed("justification", "must be given");
    if (draft.justification.size() > text_bytes_max)
        return malformed("justification", fmt::format("over {} bytes", text_bytes_max));
    if (names_state(draft.consent_for) && draft.recipient_state.value_or("").empty())
        return malformed("recipientState", "say to which State it would go");
    if (draft.answer_by && *draft.answer_by <= now)
        return malformed("answerBy", "must be a time to come");
    return {};
}

/// A31(4)(a)-2, 27(12)(b).
Result<void> check(ConsentRow const& row, ConsentAnswerDraft const& draft, Date today)
{
    if (draft.granted && draft.valid_until && *draft.valid_until < today)
        return malformed("validUntil", "its last day is over already");
    if (draft.granted) return {};
    auto const ground = draft.withholding_ground.value_or("");
    if (ground.empty()) return malformed("withholdingGround", "say why it is withheld");
    if (subject_of(row) == ConsentSubject::other_offences
        && std::ranges::count(grounds_of_a27, ground) == 0)
        return Error { Error::Kind::not_permitted,
            "a consent under Art. 27(12)(b) is withheld only where investigations would be "
            "endangered or assistance could be refused",
            "withholdingGround" };
    return {};
}

} // namespace

Result<Told> Rights::ask_consent(
    std::string_view number, ConsentDraft const& draft, Officer const& officer)
{
    TRY(check(draft, clock_()));
    Told out;
    out.refused = TRY(refused_to_see(rooms_, number, officer));
    if (out.refused) return out;
    auto const item
        = TRY(rooms_.store.read([&](Transaction& t) { return item_in(t, number, draft.item); }));
    auto const label
        = TRY(rooms_.store.read([&](Transaction& t) { return rooms_.vault.label(t, draft.item); }));
    if (item.message.direction != "in" || label.owner == settings_.of.party)
        return Error { Error::Kind::conflict, "what is this State's own needs nobody's consent",
            "item" };
    auto const received = TRY(named_to_owner(item, label));
    message::ConsentRequest const said { draft.consent_for, { received }, label.purpose,
        draft.purpose_wanted, draft.recipient, draft.recipient_state, draft.justification,
        draft.answer_by };
    TRY(message::check_body(said));
    Letter letter { Type::consent_request, label.owner, item.row.number, {},
        json::write(said).as_object(), protection::erase_by(label.deadlines), item.row.purpose };
    if (!item.row.peer_number.empty()) letter.peer_number = item.row.peer_number;
    letter.provisions = { std::string { provision_of(draft.consent_for) } };
    auto const sealed = TRY(post_.seal(letter));
    out.messages.push_back(TRY(rooms_.store.write([&](Transaction& t) -> Result<std::string> {
        auto id = TRY(post_.submit(
            t, letter, sealed, officer.name, { { "subject", json::word(draft.consent_for) } }));
        TRY(insert_consent(t,
            { 0, true, label.owner, draft.item, item.row.number, json::word(draft.consent_for),
                draft.purpose_wanted, draft.recipient_state.value_or(""), id, clock_(),
                draft.answer_by }));
        return id;
    })));
    return out;
}

/// Whose it is knows it by the message in which it left: of what another State passed on, the
/// first.
Result<message::MessageReference> Rights::named_to_owner(
    Item const& item, protection::Label const& label)
{
    auto const& id = item.content.message;
    if (label.owner == item.message.peer) return message::MessageReference { id, {} };
    casework::Wanted wanted { .operation = protection::Operation::use };
    wanted.purpose = label.purpose;
    auto const opened = TRY(rooms_.store.write([&](Transaction& t) {
        return casework::open_content(
            t, rooms_.vault, item.content, item.row, node_for(label), wanted);
    }));
    auto const passed_on
        = json::read_text<message::ForwardedRequest>(opened.body.text, json::Unknown::keep);
    if (opened.judgement.permitted() && passed_on.ok()) return passed_on.value().original;
    return Error { Error::Kind::conflict,
        fmt::format("it is {}'s and came through {}, and does not say in which message it left "
                    "{}: ask {} for it itself first",
            label.owner, item.message.peer, label.owner, label.owner),
        "item" };
}

namespace {

/// Whether the State that has the request holds it by a notice of whoever we asked (Art. 4(1)-2).
Result<bool> was_passed_on_to(
    Transaction& transaction, std::string const& case_number, std::string const& party)
{
    auto const row = TRY(casework::find_case(transaction, case_number));
    return row && row->requested == party;
}

} // namespace

Rights::Taken Rights::receive_consent_request(Transaction& transaction, Delivered const& delivered)
{
    auto const& manifest = delivered.manifest;
    auto const& from = manifest.from.state;
    auto const text = as_text(delivered.parts.at(0).content);
    auto const read = json::read_text<message::ConsentRequest>(text, json::Unknown::keep);
    if (!read.ok()) return casework::rejected(read.error());
    auto const& said = read.value();
    if (said.received.empty())
        return casework::rejected(malformed("received", "name what the consent is for"));
    auto const& item = said.received.front().id;
    auto const message = exchange::message_by_id(transaction, item);
    auto const content = TRY(casework::find_content(transaction, item));
    bool const left = content && message.ok() && message.value().direction == "out";
    bool const theirs = left
        && (message.value().peer == from
            || TRY(was_passed_on_to(transaction, content->number, from)));
    if (!theirs)
        return casework::rejected({ Error::Kind::not_found,
            "nothing that is here was sent to that State under this id", "received[0]" });
    if (auto rejected = TRY(post_.keep(transaction, delivered, content->number,
            { { "subject", json::word(said.consent_for) } })))
        return *rejected;
    TRY(insert_consent(transaction,
        { 0, false, from, item, content->number, json::word(said.consent_for), said.purpose_wanted,
            said.recipient_state.value_or(""), manifest.id, delivered.received_at,
            said.answer_by }));
    std::vector<std::string> unread;
    if (said.received.size() > 1) unread.emplace_back("received[1]"); // one item, one consent
    return post_.taken(std::move(unread));
}

Result<Told> Rights::answer_consent(std::string_view number, std::int64_t place,
    ConsentAnswerDraft const& draft, Officer const& officer)
{
    Told out;
    out.refused = TRY(refused_to_see(rooms_, number, officer));
    if (out.refused) return out;
    auto row = TRY(consent_in(number, place));
    if (row.ours || row.state != ConsentState::open)
        return Error { Error::Kind::conflict, "it is not ours to answer, or answered already",
            "place" };
    TRY(check(row, draft, TRY(rooms_.vault.today())));
    auto const now = clock_();
    row.number = draft.granted ? fmt::format("{}-C-{}", settings_.of.party, place) : "";
    message::ConsentAnswer said { draft.granted, {},
        draft.limits.value_or(std::vector<std::string> {}),
        draft.granted ? draft.valid_until : std::nullopt,
        draft.granted ? std::nullopt : draft.withholding_ground, draft.text };
    if (draft.granted) said.consent_number = row.number;
    TRY(message::check_body(said));
    auto letter = TRY(letter_in(row, Type::consent_answer, json::write(said).as_object()));
    letter.answers = TRY(post_.reply_to(row.message));
    auto const sealed = TRY(post_.seal(letter));
    out.messages.push_back(TRY(rooms_.store.write([&](Transaction& t) -> Result<std::string> {
        auto const fresh = TRY(find_consent(t, place));
        if (!fresh || fresh->state != ConsentState::open)
            return Error { Error::Kind::conflict, "it was answered just now", "place" };
        row.state = draft.granted ? ConsentState::granted : ConsentState::withheld;
        row.valid_until = said.valid_until;
        row.decided_at = now;
        row.ground = said.withholding_ground.value_or("");
        row.answer = TRY(
            post_.submit(t, letter, sealed, officer.name, { { "result", json::word(row.state) } }));
        TRY(update_consent(t, row));
        return row.answer;
    })));
    return out;
}

/// It opens what it says and nothing else: the consent goes onto the label of that one item.
Rights::Taken Rights::receive_consent_answer(Transaction& transaction, Delivered const& delivered)
{
    auto const& manifest = delivered.manifest;
    auto const& from = manifest.from.state;
    auto const text = as_text(delivered.parts.at(0).content);
    auto const read = json::read_text<message::ConsentAnswer>(text, json::Unknown::keep);
    if (!read.ok()) return casework::rejected(read.error());
    auto const& said = read.value();
    auto const asked = manifest.in_reply_to
        ? TRY(consent_asked(transaction, manifest.in_reply_to->id))
        : std::nullopt;
    if (!asked || !asked->ours || asked->party != from || asked->state != ConsentState::open)
        return casework::rejected({ Error::Kind::not_found,
            "no consent that was asked of that State waits for this answer", "inReplyTo" });
    if (said.granted && said.consent_number.value_or("").empty())
        return casework::rejected(malformed("consentNumber", "a consent has a number"));
    auto row = *asked;
    row.state = said.granted ? ConsentState::granted : ConsentState::withheld;
    row.number = said.consent_number.value_or("");
    row.answer = manifest.id;
    row.valid_until = said.valid_until;
    row.decided_at = delivered.received_at;
    row.ground = said.withholding_ground.value_or("");
    if (auto rejected = TRY(post_.keep(
            transaction, delivered, row.case_number, { { "result", json::word(row.state) } })))
        return *rejected;
    TRY(update_consent(transaction, row));
    if (!said.granted) return post_.taken();
    protection::Consent consent { subject_of(row), row.number, from, {}, {}, row.valid_until, {} };
    consent.purpose = row.purpose;
    if (!row.recipient_state.empty()) consent.recipient_state = row.recipient_state;
    if (!said.limits.empty()) consent.limits = said.limits;
    auto const added
        = rooms_.vault.add_consent(transaction, row.item, consent, { "node", manifest.id });
    // What was asked about is gone meanwhile: there is nothing left to open.
    if (!added.ok() && added.error().kind != Error::Kind::not_found) return added.error();
    return post_.taken();
}

Result<Told> Rights::withdraw_consent(
    std::string_view number, std::int64_t place, std::string const& reason, Officer const& officer)
{
    if (reason.empty()) return malformed("reason", "must be given");
    Told out;
    out.refused = TRY(refused_to_see(rooms_, number, officer));
    if (out.refused) return out;
    auto row = TRY(consent_in(number, place));
    if (row.ours || row.state != ConsentState::granted)
        return Error { Error::Kind::conflict, "there is no consent of ours to take back", "place" };
    message::ConsentWithdrawal const said { row.number, { row.answer, {} }, clock_(), reason };
    TRY(message::check_body(said));
    auto const letter
        = TRY(letter_in(row, Type::consent_withdrawal, json::write(said).as_object()));
    auto const sealed = TRY(post_.seal(letter));
    out.messages.push_back(TRY(rooms_.store.write([&](Transaction& t) -> Result<std::string> {
        auto id = TRY(post_.submit(t, letter, sealed, officer.name, { { "number", row.number } }));
        row.state = ConsentState::withdrawn;
        row.decided_at = clock_();
        TRY(update_consent(t, row));
        return id;
    })));
    return out;
}

Rights::Taken Rights::receive_withdrawal(Transaction& transaction, Delivered const& delivered)
{
    auto const& manifest = delivered.manifest;
    auto const text = as_text(delivered.parts.at(0).content);
    auto const read = json::read_text<message::ConsentWithdrawal>(text, json::Unknown::keep);
    if (!read.ok()) return casework::rejected(read.error());
    auto const& said = read.value();
    auto found = TRY(consent_numbered(transaction, manifest.from.state, said.consent_number));
    if (!found || !found->ours || found->state != ConsentState::granted)
        return casework::rejected({ Error::Kind::not_found,
            "no consent of that State has this number", "consentNumber" });
    if (auto rejected = TRY(post_.keep(
            transaction, delivered, found->case_number, { { "number", found->number } })))
        return *rejected;
    found->state = ConsentState::withdrawn;
    found->decided_at = delivered.received_at;
    TRY(update_consent(transaction, *found));
    auto const ended = rooms_.vault.end_consent(
        transaction, found->item, found->number, { "node", manifest.id });
    if (!ended.ok() && ended.error().kind != Error::Kind::not_found) return ended.error();
    return post_.taken();
}

Result<ConsentRow> Rights::consent_in(std::string_view number, std::int64_t place)
{
    auto const row = TRY(rooms_.store.read([&](Transaction& t) { return find_consent(t, place); }));
    if (row && row->case_number == number) return *row;
    return Error { Error::Kind::not_found, "there is no such consent in this case", "place" };
}

Result<Letter> Rights::letter_in(ConsentRow const& row, Type type, json::Object content)
{
    auto out = TRY(post_.letter_on(row.case_number, row.party, row.item, type, std::move(content)));
    out.provisions = { std::string { provision_of(subject_of(row)) } };
    return out;
}

} // namespace comity::rights
