#include "casework/casework.h"
#include "casework/request_kind.h"
#include "protection/items.h"

#include <fmt/format.h>

/// The officer's side: a draft is judged, and what is permitted leaves.
namespace comity::casework {
namespace {

using store::Transaction;

constexpr auto retention_rule = "A31(4)(b)-1";

bool tells_of_persons(treaty::Situation const& situation)
{
    return situation.facts.number(treaty::fact::personal_data.id) != 0;
}

exchange::Outgoing outgoing_of(RequestDraft const& draft, message::Request const& request,
    Outcome const& outcome, Instant now, treaty::Law const& law)
{
    auto const& decision = outcome.decision;
    auto const urgency = json::from_word<message::Urgency>(draft.urgency.value_or("routine"));
    auto const word = urgency.value_or(message::Urgency::routine);
    std::optional<message::Retention> retention;
    if (draft.erase_by) retention = message::Retention { *draft.erase_by, retention_rule };
    return { message::Type::request, draft.to.value(), { draft.case_number.value(), {} }, {},
        { "PCC SEE", provisions_held(decision), law.version() }, json::word(decision.verdict),
        request.purpose, word, tells_of_persons(outcome.situation), retention,
        now + answer_target(json::word(word)), {}, {},
        { { "request", message::schema_of(message::Type::request),
            to_bytes(json::to_text(request)) } } };
}

} // namespace

Casework::Casework(store::Store& store, ledger::Ledger& ledger, exchange::Exchange& exchange,
    treaty::Law const& law, Settings settings, Clock clock)
    : store_(store)
    , ledger_(ledger)
    , exchange_(exchange)
    , law_(law)
    , settings_(std::move(settings))
    , clock_(std::move(clock))
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

void Casework::tell(Transaction& transaction, std::string const& case_number)
{
    auto const size = std::make_shared<std::uint64_t>(0);
    transaction.before_commit([size](Transaction& late) -> Result<void> {
        *size = TRY(ledger::size(late));
        return {};
    });
    transaction.after_commit([this, case_number, size] { changed_({ case_number, *size }); });
}

Result<Outcome> Casework::try_draft(RequestDraft const& draft) const
{
    auto situation = TRY(situation_of(law_, settings_, draft, clock_()));
    auto decision = treaty::decide(law_, situation);
    return Outcome { std::move(situation), std::move(decision), warnings_of(draft),
        missing_of(draft), {} };
}

Result<Outcome> Casework::send(RequestDraft const& draft, std::string_view actor)
{
    auto const now = clock_();
    auto outcome = TRY(try_draft(draft));
    if (outcome.decision.verdict != treaty::Verdict::permitted) return outcome;
    if (!outcome.missing.empty())
        return Error { Error::Kind::malformed,
            fmt::format("{} is missing", outcome.missing.front()), outcome.missing.front() };
    auto const request = request_of(
        law_, settings_, draft, treaty::record(outcome.situation, outcome.decision), now);
    auto sealed = TRY(exchange_.seal(outgoing_of(draft, request, outcome, now, law_)));
    auto const number = request.case_number;
    auto const due = sealed.manifest.due_at;
    outcome.message = TRY(store_.write([&](Transaction& transaction) -> Result<std::string> {
        auto const id = TRY(exchange_.submit(transaction, sealed));
        auto const plate = request.vehicle ? request.vehicle->plate.value_or("") : std::string {};
        TRY(put_case(transaction,
            { number, {}, request.kind, request.purpose, request.offence, request.need_ground,
                settings_.party, *draft.to, CaseState::waiting, now, due, id, plate,
                subject_line(request), {}, {}, draft.facts.value_or(json::Object {}) }));
        TRY(insert_body(transaction, id, number, "request", json::to_text(request)));
        if (draft.erase_by)
            TRY(protection::keep(
                transaction, { id, settings_.party, request.purpose, *draft.erase_by }));
        TRY(insert_decision(
            transaction, number, { "sender", settings_.party, now, request.decision }));
        json::Object const facts { { "party", *draft.to },
            { "verdict", json::word(outcome.decision.verdict) } };
        std::string const officer { actor };
        TRY(insert_event(transaction,
            { number, now, now, "request-judged", officer, id, provisions_held(outcome.decision),
                facts }));
        TRY(insert_event(
            transaction, { number, now, now, "request-sent", officer, id, {}, facts }));
        tell(transaction, number);
        return id;
    }));
    return outcome;
}

Result<void> Casework::receive_receipt(Transaction& transaction, message::Receipt const& receipt)
{
    // The answer itself stands in the timeline.
    if (receipt.kind == message::ReceiptKind::answered) return {};
    auto const now = clock_();
    auto const message = TRY(exchange::message_by_id(transaction, receipt.message_id));
    auto const body = TRY(body_of(transaction, receipt.message_id));
    auto const number = body ? body->number : message.case_number;
    bool const failed = receipt.kind == message::ReceiptKind::rejected
        || receipt.kind == message::ReceiptKind::expired;
    json::Object facts { { "party", receipt.from }, { "receipt", json::word(receipt.kind) } };
    if (receipt.reason) facts["reason"] = receipt.reason->text;
    TRY(insert_event(transaction,
        { number, receipt.persisted_at, now, failed ? "delivery-failed" : "receipt-received",
            fmt::format("{} node", receipt.from), receipt.message_id, {}, facts }));
    if (failed) TRY(set_state(transaction, number, CaseState::failed));
    tell(transaction, number);
    return {};
}

/// It waited here past its time, so nothing of it left.
Result<void> Casework::tell_expired(Transaction& transaction, exchange::Stored const& message)
{
    auto const body = TRY(body_of(transaction, message.id));
    auto const number = body ? body->number : message.case_number;
    auto const now = clock_();
    TRY(insert_event(transaction,
        { number, now, now, "delivery-failed", fmt::format("{} node", settings_.party), message.id,
            {}, { { "party", message.peer }, { "receipt", "expired" } } }));
    TRY(set_state(transaction, number, CaseState::failed));
    tell(transaction, number);
    return {};
}

Result<std::vector<std::string>> Casework::register_destruction(
    Transaction& transaction, exchange::Stored const& message, Instant now)
{
    auto const leaf = TRY(ledger::leaf(transaction, *message.entry));
    auto const fulfilled
        = TRY(json::read_text<message::RegisterEntry>(as_text(leaf), json::Unknown::keep));
    auto const entry = protection::destruction_of(fulfilled, *message.entry, now);
    auto const place = TRY(ledger_.append(transaction, as_view(json::to_text(entry))));
    if (message.direction == "in")
        TRY(exchange_.give_receipt(
            transaction, message.id, message::ReceiptKind::destroyed, place));
    return entry.provisions;
}

Result<bool> Casework::destroy(Transaction& transaction, std::string const& message_id)
{
    auto const now = clock_();
    auto const message = TRY(exchange::message_by_id(transaction, message_id));
    // Numbers have no gaps: what is still under way goes first, and its receiver destroys it too.
    if (message.state == "sent") return false;
    if (!TRY(protection::forget(transaction, message_id))) return false;
    std::vector<std::string> provisions;
    if (message.entry) {
        provisions = TRY(register_destruction(transaction, message, now));
    } else {
        TRY(exchange_.withdraw(transaction, message_id)); // It never left.
    }
    TRY(exchange::destroy_parts(transaction, message_id));
    auto const body = TRY(body_of(transaction, message_id));
    if (body && !message.entry) TRY(set_state(transaction, body->number, CaseState::failed));
    TRY(erase(transaction, message_id, provisions));
    return true;
}

/// Nothing was transmitted, so the register has no entry that this would fulfil.
Result<bool> Casework::destroy_call(Transaction& transaction, std::string const& id)
{
    if (!TRY(protection::forget(transaction, id))) return false;
    TRY(erase(transaction, id, { "A31(4)(b)-1" }));
    return true;
}

/// What the case still says of it goes with it.
Result<void> Casework::erase(
    Transaction& transaction, std::string const& id, std::vector<std::string> const& provisions)
{
    auto const body = TRY(body_of(transaction, id));
    if (!body) return {};
    TRY(delete_body(transaction, id));
    TRY(transaction.run(
        "UPDATE casework_case SET plate = '', subject = '' WHERE request_message = $1", id));
    auto const now = clock_();
    TRY(insert_event(transaction,
        { body->number, now, now, "erased", fmt::format("{} node", settings_.party), id, provisions,
            {} }));
    tell(transaction, body->number);
    return {};
}

/// Large ones go before their message, in small writes that hold nobody up.
Result<void> Casework::clear_attachments(std::string const& message_id)
{
    auto const message
        = TRY(store_.read([&](Transaction& t) { return exchange::message_by_id(t, message_id); }));
    if (message.state == "sent") return {};
    return exchange_.attachments().clear(message_id);
}

Result<std::size_t> Casework::destroy_due(Date today)
{
    auto const due = TRY(store_.read([&](Transaction& t) { return protection::due(t, today); }));
    std::size_t destroyed = 0;
    for (auto const& item : due) {
        auto const said = is_call(item.message);
        if (!said) TRY(clear_attachments(item.message));
        destroyed += TRY(store_.write([&](Transaction& t) {
            return said ? destroy_call(t, item.message) : destroy(t, item.message);
        }));
    }
    return destroyed;
}

} // namespace comity::casework
