#include "casework/arrival.h"
#include "casework/casework.h"
#include "casework/step.h"

#include <fmt/format.h>

/// An officer's step in a case: judged, and where permitted every message of it in one commit.
namespace comity::casework {

using store::Transaction;

namespace {

/// The notice names the message that passed the request on, which has its id only now.
void name_forwarded(std::vector<exchange::Sealed> const& earlier,
    std::optional<PassedOn> const& before, json::Object& content)
{
    if (!earlier.empty())
        content["forwarded"] = json::Object { { "id", earlier.front().manifest.id } };
    else if (before && text_at(content, "competentState") == before->to)
        content["forwarded"] = json::Object { { "id", before->message } };
}

/// Who asked may have said it in its manifest alone; it binds whoever the request goes on to.
void add_codes(std::vector<std::string>& to, std::vector<std::string> const& codes)
{
    for (auto const& code : codes)
        if (!std::ranges::count(to, code)) to.push_back(code);
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

/// To which State a request goes on, by what the officer writes; we, where it stays here.
std::string passed_on_to(StepDraft const& draft, std::string const& own)
{
    if (draft.type != json::word(message::Type::forwarding_notice) || !draft.content) return own;
    auto const* state = draft.content->if_contains("competentState");
    return state && state->is_string() ? std::string { state->get_string() } : own;
}

/// The case, as far as he may use it for the step. Passing its request on is a use of its own,
/// which the State that asked may have closed (Art. 31(4)(i), 5(2)).
Result<CaseFile> file_for(Transaction& transaction, protection::Vault& vault,
    std::string const& own, std::string_view number, StepDraft const& draft, Officer const& officer)
{
    auto out = TRY(case_file(transaction, vault, number, own, officer));
    auto const to = passed_on_to(draft, own);
    if (out.closed || to == own) return out;
    auto const request = TRY(find_content(transaction, out.row.request_message));
    if (!request) return out;
    auto const opened = TRY(open_content(transaction, vault, *request, out.row, officer,
        { .onward_to = to, .operation = protection::Operation::disclose }));
    if (!opened.judgement.permitted()) out.closed = opened.judgement;
    return out;
}

} // namespace

void hold_to_clearance(treaty::Law const& law, Officer const& officer, Composed& composed)
{
    int level = 0;
    for (auto const& each : composed.letters)
        level = std::max(level, int { each.outgoing.classification.level });
    if (composed.judged.empty()) return;
    auto& first = composed.judged.front();
    hold_to_clearance(
        law, first.situation, static_cast<std::uint8_t>(level), officer.clearance, first.decision);
}

namespace {

std::vector<DecisionRow> decisions_of(
    CaseFile const& file, Composed const& composed, std::string const& own, Instant now)
{
    std::vector<DecisionRow> out;
    for (auto const& each : composed.judged) {
        bool const as_receiver = each.what == "request" && file.row.requested == own;
        out.push_back({ as_receiver ? "receiver" : each.what, own, now,
            treaty::record(each.situation, each.decision) });
    }
    return out;
}

} // namespace

Result<Composed> Casework::try_step(
    std::string_view number, StepDraft const& draft, Officer const& officer)
{
    auto const file = TRY(store_.write([&](Transaction& transaction) {
        return file_for(transaction, vault_, settings_.party, number, draft, officer);
    }));
    if (file.closed) return Composed { .closed = file.closed };
    auto out = TRY(compose(law_, settings_, file, draft, clock_()));
    hold_to_clearance(law_, officer, out);
    return out;
}

Result<TakenStep> Casework::take_step(
    std::string_view number, StepDraft const& draft, Officer const& officer)
{
    return take_step_as(number, draft, officer, nullptr);
}

Result<TakenStep> Casework::take_step_as(std::string_view number, StepDraft const& draft,
    Officer const& officer, Confirmation const* confirmation)
{
    auto const now = clock_();
    auto const& reader = confirmation ? confirmation->second : officer;
    auto const file = TRY(store_.write([&](Transaction& transaction) {
        return file_for(transaction, vault_, settings_.party, number, draft, reader);
    }));
    TakenStep out;
    out.composed.closed = file.closed;
    if (file.closed) return out;
    out.composed = TRY(compose(law_, settings_, file, draft, now));
    hold_to_clearance(law_, reader, out.composed);
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
    auto const act = guarded(settings_.four_eyes, draft.type, composed.letters.front().content);
    if (act && !confirmation) {
        auto const text = json::write(draft).as_object();
        out.proposal = TRY(store_.write([&](Transaction& transaction) -> Result<std::int64_t> {
            return propose(transaction,
                { number, draft.type, file.row.purpose, *act, text, draft.erase_by, officer,
                    composed.letters.front().outgoing.classification.level });
        }));
        return out;
    }
    auto const files = draft.files.value_or(std::vector<FileNumber> {});
    auto const attached = TRY(
        files_.outgoing(files, confirmation ? confirmation->proposal.account : officer.account));
    std::vector<exchange::Sealed> sealed;
    for (auto& letter : composed.letters) {
        if (letter.outgoing.type == message::Type::forwarding_notice)
            name_forwarded(sealed, file.passed_on, letter.content);
        auto outgoing = letter.outgoing;
        outgoing.handling = handling_codes(letter.content);
        if (outgoing.type == message::Type::forwarded_request && file.manifest) {
            outgoing.attachments = passed_on(store_, exchange_, *file.manifest);
            add_codes(outgoing.handling, file.manifest->handling);
        } else if (!attached.empty()) {
            outgoing.attachments = attached;
            name_files(letter.content, outgoing.type, attached);
        }
        outgoing.parts = { part_of(outgoing.type, letter.content) };
        sealed.push_back(TRY(exchange_.seal(std::move(outgoing))));
    }
    out.messages = TRY(store_.write([&](Transaction& transaction) {
        return keep_step(transaction, file, composed, sealed, officer, confirmation);
    }));
    files_.left(files);
    return out;
}

Result<std::vector<std::string>> Casework::keep_step(Transaction& transaction, CaseFile const& file,
    Composed const& composed, std::vector<exchange::Sealed> const& sealed, Officer const& officer,
    Confirmation const* confirmation)
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
        auto const text = json::print(letter.content);
        NewContent content { { id, number, manifest.type }, text };
        if (i == 0) content.decisions = decisions_of(file, composed, settings_.party, now);
        if (letter.outgoing.type == message::Type::oral_request_confirmation)
            content.heading = heading_of(file.request); // It takes the request's place.
        TRY(keep_sent(transaction, manifest, std::move(content), letter.content, officer.account));
        auto facts = composed.facts;
        facts["party"] = manifest.to.state;
        if (i == 0) { // What is undone where its receiver does not take it.
            facts[state_before] = json::word(row->state);
            facts[state_meant] = json::word(composed.state);
        } else {
            facts[step_begun] = out.front();
        }
        TRY(insert_event(transaction,
            { number, now, now, letter.act, officer.name, id, manifest.legal_basis.provisions,
                facts }));
        out.push_back(id);
    }
    if (settles(composed.state) && file.request_message && file.request_message->direction == "in")
        TRY(exchange_.give_receipt(
            transaction, file.request_message->id, message::ReceiptKind::answered));
    if (composed.letters.front().outgoing.type == message::Type::oral_request_confirmation)
        TRY(set_confirmed(transaction, number, out.front(), now));
    if (confirmation) TRY(settle_proposal(transaction, *confirmation, out.front()));
    TRY(set_state(transaction, number, composed.state));
    TRY(set_stated(transaction, number, composed.stated));
    tell(transaction, number);
    return out;
}

} // namespace comity::casework
