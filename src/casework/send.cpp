#include "casework/arrival.h"
#include "casework/casework.h"
#include "casework/direct_contact.h"
#include "casework/related.h"
#include "casework/request_kind.h"

#include <fmt/format.h>

/// The officer's side: a draft is judged, and what is permitted leaves.
namespace comity::casework {
namespace {

using store::Transaction;

constexpr auto retention_rule = "A31(4)(b)-1";
constexpr std::string_view received = "-received"; // ends the act of a message that came

bool tells_of_persons(treaty::Situation const& situation)
{
    return situation.facts.number(treaty::fact::personal_data.id) != 0;
}

std::uint8_t level_of(RequestDraft const& draft)
{
    return draft.classification ? draft.classification->level : std::uint8_t { 0 };
}

exchange::Outgoing outgoing_of(RequestDraft const& draft, message::Request const& request,
    Outcome const& outcome, Instant now, treaty::Law const& law)
{
    auto const& decision = outcome.decision;
    auto const urgency = json::from_word<message::Urgency>(draft.urgency.value_or("routine"));
    auto const word = urgency.value_or(message::Urgency::routine);
    std::optional<message::Retention> retention;
    if (draft.erase_by) retention = message::Retention { *draft.erase_by, retention_rule };
    auto const& situation = outcome.situation;
    auto const secret
        = stamp_of(law, { situation.requesting, situation.requested, level_of(draft) }, now);
    return { message::Type::request, draft.to.value(), { draft.case_number.value(), {} }, {},
        { "PCC SEE", provisions_held(decision), law.version() }, json::word(decision.verdict),
        request.purpose, word, tells_of_persons(outcome.situation), retention,
        now + answer_target(json::word(word)), {}, {},
        { { "request", message::schema_of(message::Type::request),
            to_bytes(json::to_text(request)) } },
        {}, secret.classification, secret.channel };
}

} // namespace

Casework::Casework(store::Store& store, ledger::Ledger& ledger, exchange::Exchange& exchange,
    protection::Vault& vault, treaty::Law const& law, Settings settings, Clock clock)
    : store_(store)
    , ledger_(ledger)
    , exchange_(exchange)
    , vault_(vault)
    , law_(law)
    , settings_(std::move(settings))
    , clock_(std::move(clock))
    , files_(store_, vault_, settings_.party, clock_)
{
    exchange_.set_receiver({
        [this](Transaction& transaction, exchange::Delivered const& delivered) {
            return receive(transaction, delivered);
        },
        [this](Transaction& transaction, message::Receipt const& receipt) {
            return receive_receipt(transaction, receipt);
        },
        [this](Transaction& transaction, exchange::Stored const& message) {
            return tell_expired(transaction, message);
        },
    });
}

/// What leaves is this State's own, but what it passes on for another.
Result<void> Casework::keep_sent(Transaction& transaction, message::Manifest const& manifest,
    NewContent content, json::Object const& said, std::string_view officer)
{
    auto supplied = supplied_by(manifest);
    auto const* origin = said.if_contains("originalFrom");
    if (origin && origin->is_string()) supplied.owner = origin->get_string();
    content.label = label_of(settings_, supplied, content.row.type, said, clock_());
    TRY(keep_content(transaction, vault_, content, officer));
    return tell_related(transaction, content.row);
}

/// Their lines of the inbox count it from now on.
Result<void> Casework::tell_related(Transaction& transaction, ContentRow const& content)
{
    if (content.number.empty()) return {};
    for (auto const& number : TRY(related_numbers(transaction, content.number, content.message)))
        tell(transaction, number);
    return {};
}

void Casework::tell(Transaction& transaction, std::string const& case_number)
{
    auto const notice = std::make_shared<Notice>(Notice { case_number, 0 });
    transaction.before_commit([this, notice](Transaction& late) -> Result<void> {
        notice->register_size = TRY(ledger::size(late));
        notice->moved = TRY(case_moved(late, notice->case_number, clock_()));
        return {};
    });
    transaction.after_commit([this, notice] { changed_(*notice); });
}

Result<Outcome> Casework::try_draft(RequestDraft const& draft, Officer const& officer) const
{
    auto situation = TRY(situation_of(law_, settings_, draft, clock_()));
    auto decision = treaty::decide(law_, situation);
    hold_to_clearance(law_, situation, level_of(draft), officer.clearance, decision);
    return Outcome { std::move(situation), std::move(decision), warnings_of(draft),
        missing_of(draft), {} };
}

Result<Outcome> Casework::send(RequestDraft const& draft, Officer const& officer)
{
    return send_as(draft, officer, nullptr);
}

Result<Outcome> Casework::send_as(
    RequestDraft const& draft, Officer const& officer, Confirmation const* confirmation)
{
    auto const now = clock_();
    auto outcome = TRY(try_draft(draft, officer));
    if (outcome.decision.verdict != treaty::Verdict::permitted) return outcome;
    if (!outcome.missing.empty())
        return Error { Error::Kind::malformed,
            fmt::format("{} is missing", outcome.missing.front()), outcome.missing.front() };
    if (auto const act = guarded(settings_.four_eyes, "request", {}); act && !confirmation) {
        auto const text = json::write(draft).as_object();
        outcome.proposal = TRY(
            propose_case({ *draft.case_number, {}, *draft.kind, *draft.purpose, draft.need_ground,
                             settings_.party, *draft.to, CaseState::proposed, now, {}, {} },
                { *draft.case_number, "request", *draft.purpose, *act, text, draft.erase_by,
                    officer, level_of(draft) }));
        return outcome;
    }
    auto const files = draft.files.value_or(std::vector<FileNumber> {});
    auto attached = TRY(
        files_.outgoing(files, confirmation ? confirmation->proposal.account : officer.account));
    auto request = request_of(
        law_, settings_, draft, treaty::record(outcome.situation, outcome.decision), now);
    if (!attached.empty()) request.attachments = names_of(attached);
    auto outgoing = outgoing_of(draft, request, outcome, now, law_);
    outgoing.attachments = std::move(attached);
    outgoing.handling = handling_codes(json::write(request).as_object());
    auto sealed = TRY(exchange_.seal(std::move(outgoing)));
    auto const number = request.case_number;
    auto const due = sealed.manifest.due_at;
    auto const copy = TRY(seal_copy(exchange_, request, sealed, now));
    outcome.message = TRY(store_.write([&](Transaction& transaction) -> Result<std::string> {
        auto const id = TRY(exchange_.submit(transaction, sealed));
        if (!confirmation) TRY(enter_maker(transaction, number, officer, now));
        TRY(put_case(transaction,
            { number, {}, request.kind, request.purpose, request.need_ground, settings_.party,
                *draft.to, CaseState::waiting, now, due, id, {}, {},
                draft.facts.value_or(json::Object {}) }));
        auto const content = json::write(request);
        TRY(keep_sent(transaction, sealed.manifest,
            { { id, number, "request" }, json::print(content), {}, heading_of(request),
                { { "sender", settings_.party, now, request.decision } } },
            content.get_object(), officer.account));
        json::Object const facts { { "party", *draft.to },
            { "verdict", json::word(outcome.decision.verdict) } };
        TRY(insert_event(transaction,
            { number, now, now, "request-judged", officer.name, id,
                provisions_held(outcome.decision), facts }));
        if (confirmation) TRY(settle_proposal(transaction, *confirmation, id));
        TRY(insert_event(
            transaction, { number, now, now, "request-sent", officer.name, id, {}, facts }));
        if (copy) TRY(send_copy(transaction, exchange_, *this, request, *copy, officer.name));
        tell(transaction, number);
        return id;
    }));
    files_.left(files);
    return outcome;
}

bool fails_with(CaseRow const& row, std::string_view message_id, std::string_view type)
{
    // Each portion of a first connection asks; of what was said, the writing alone has failed.
    if (type == json::word(message::Type::dna_run_portion)) return true;
    return row.request_message == message_id && row.state != CaseState::informed
        && type != json::word(message::Type::oral_request_confirmation);
}

/// A request that is not taken is none: its case has failed. Of anything else only the message
/// has, and its officer may send anew.
Result<void> Casework::leave_without(
    Transaction& transaction, std::string const& message_id, Event event)
{
    auto const row = TRY(find_case(transaction, event.case_number));
    auto const message = TRY(exchange::message_by_id(transaction, message_id));
    bool const fails = !row || fails_with(*row, message_id, message.type);
    event.act = fails ? "delivery-failed" : "message-not-taken";
    event.message = message_id;
    event.facts["type"] = message.type;
    TRY(insert_event(transaction, event));
    if (fails)
        TRY(set_state(transaction, event.case_number, CaseState::failed));
    else
        TRY(undo_step(transaction, *row, message_id));
    for (auto const& hears : failed_) TRY(hears(transaction, message_id));
    tell(transaction, event.case_number);
    return {};
}

/// The case stands where it stood before the step, unless another one came or left since.
Result<void> Casework::undo_step(
    Transaction& transaction, CaseRow const& row, std::string const& message_id)
{
    if (row.request_message == message_id && row.called_at)
        return set_unconfirmed(transaction, row.number, id_of_call(row.number));
    std::optional<CaseState> before, meant;
    auto const events = TRY(events_of(transaction, row.number));
    auto first = message_id; // of its step
    for (auto const& event : events)
        if (event.message == message_id && event.facts.contains(step_begun))
            first = text_at(event.facts, step_begun);
    for (auto const& event : events) {
        bool const own = event.facts.contains(state_before);
        bool const theirs = event.act.ends_with(received) && event.message
            && find_step(event.act.substr(0, event.act.size() - received.size()));
        if (own && event.message == first) {
            before = json::from_word<CaseState>(text_at(event.facts, state_before));
            meant = json::from_word<CaseState>(text_at(event.facts, state_meant));
        } else if (own || theirs) {
            before.reset();
        }
    }
    if (!before || row.state != meant) return {};
    return set_state(transaction, row.number, *before);
}

Result<void> Casework::receive_receipt(Transaction& transaction, message::Receipt const& receipt)
{
    // The answer itself stands in the timeline.
    if (receipt.kind == message::ReceiptKind::answered) return {};
    auto const message = TRY(exchange::message_by_id(transaction, receipt.message_id));
    auto const content = TRY(find_content(transaction, receipt.message_id));
    Event event { content ? content->number : message.case_number, receipt.persisted_at, clock_(),
        "receipt-received", node_of(receipt.from), receipt.message_id };
    event.facts = { { "party", receipt.from }, { "receipt", json::word(receipt.kind) } };
    if (receipt.reason) event.facts["reason"] = receipt.reason->text;
    if (receipt.kind == message::ReceiptKind::rejected
        || receipt.kind == message::ReceiptKind::expired)
        return leave_without(transaction, receipt.message_id, std::move(event));
    TRY(insert_event(transaction, event));
    for (auto const& hears : taken_) TRY(hears(transaction, receipt.message_id));
    tell(transaction, event.case_number);
    return {};
}

/// It waited here past its time, so nothing of it left.
Result<void> Casework::tell_expired(Transaction& transaction, exchange::Stored const& message)
{
    auto const content = TRY(find_content(transaction, message.id));
    auto const now = clock_();
    Event event { content ? content->number : message.case_number, now, now, {},
        node_of(settings_.party) };
    event.facts = { { "party", message.peer }, { "receipt", "expired" } };
    return leave_without(transaction, message.id, std::move(event));
}

} // namespace comity::casework
