#include "casework/casework.h"
#include "casework/step.h"
#include "protection/items.h"

#include <fmt/format.h>

/// An officer's step in a case: judged, and where permitted every message of it in one commit.
namespace comity::casework {

using store::Transaction;

namespace {

/// The notice names the message that passed the request on, which has its id only now.
void name_forwarded(std::vector<exchange::Sealed> const& earlier, json::Object& content)
{
    if (earlier.empty()) return;
    content["forwarded"] = json::Object { { "id", earlier.front().manifest.id } };
}

exchange::OutgoingPart part_of(message::Type type, json::Object const& content)
{
    return { json::word(type), message::schema_of(type), to_bytes(json::print(content)) };
}

bool settles(CaseState state)
{
    return state == CaseState::answered || state == CaseState::refused
        || state == CaseState::forwarded;
}

} // namespace

Result<Composed> Casework::try_step(std::string_view number, StepDraft const& draft) const
{
    auto const file = TRY(store_.read(
        [&](Transaction& transaction) { return case_file(transaction, number, settings_.party); }));
    return compose(law_, settings_, file, draft, clock_());
}

Result<TakenStep> Casework::take_step(
    std::string_view number, StepDraft const& draft, std::string_view actor)
{
    auto const now = clock_();
    auto const file = TRY(store_.read(
        [&](Transaction& transaction) { return case_file(transaction, number, settings_.party); }));
    TakenStep out;
    out.composed = TRY(compose(law_, settings_, file, draft, now));
    auto& composed = out.composed;
    for (auto const& each : composed.judged)
        if (each.decision.verdict != treaty::Verdict::permitted) return out;
    if (!composed.missing.empty())
        return Error { Error::Kind::malformed,
            fmt::format("{} is missing", composed.missing.front()), composed.missing.front() };
    bool const answers = message::message_type(composed.letters.front().outgoing.type).answers;
    if (answers && !file.replied_to)
        return Error { Error::Kind::conflict,
            "there is nothing in writing yet that this could answer (A4(6))", "type" };
    std::vector<exchange::Sealed> sealed;
    for (auto& letter : composed.letters) {
        if (letter.outgoing.type == message::Type::forwarding_notice)
            name_forwarded(sealed, letter.content);
        auto outgoing = letter.outgoing;
        outgoing.parts = { part_of(outgoing.type, letter.content) };
        sealed.push_back(TRY(exchange_.seal(std::move(outgoing))));
    }
    out.messages = TRY(store_.write([&](Transaction& transaction) {
        return keep_step(transaction, file, composed, sealed, actor);
    }));
    return out;
}

Result<std::vector<std::string>> Casework::keep_step(Transaction& transaction, CaseFile const& file,
    Composed const& composed, std::vector<exchange::Sealed> const& sealed, std::string_view actor)
{
    auto const now = clock_();
    auto const& number = file.row.number;
    auto const row = TRY(find_case(transaction, number));
    if (!row || row->state != file.row.state)
        return Error { Error::Kind::conflict, "the case has changed meanwhile", "number" };
    std::vector<std::string> out;
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        auto const& letter = composed.letters[i];
        auto const& manifest = sealed[i].manifest;
        auto const id = TRY(exchange_.submit(transaction, sealed[i]));
        TRY(insert_body(transaction, id, number, manifest.type, json::print(letter.content)));
        if (manifest.retention)
            TRY(protection::keep(transaction,
                { id, settings_.party, manifest.purpose, manifest.retention->erase_by }));
        auto facts = composed.facts;
        facts["party"] = manifest.to.state;
        TRY(insert_event(transaction,
            { number, now, now, letter.act, std::string { actor }, id,
                manifest.legal_basis.provisions, facts }));
        out.push_back(id);
    }
    for (auto const& each : composed.judged)
        TRY(insert_decision(transaction, number,
            { each.what == "request" && file.row.requested == settings_.party ? "receiver"
                                                                              : each.what,
                settings_.party, now, treaty::record(each.situation, each.decision) }));
    if (settles(composed.state) && file.request_message && file.request_message->direction == "in")
        TRY(exchange_.give_receipt(
            transaction, file.request_message->id, message::ReceiptKind::answered));
    if (composed.letters.front().outgoing.type == message::Type::oral_request_confirmation)
        TRY(set_confirmed(transaction, number, out.front(), now));
    TRY(set_state(transaction, number, composed.state));
    TRY(set_stated(transaction, number, composed.stated));
    tell(transaction, number);
    return out;
}

} // namespace comity::casework
