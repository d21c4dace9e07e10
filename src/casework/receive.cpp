#include "casework/casework.h"
#include "casework/vehicle_register.h"
#include "protection/items.h"
#include "search/plate.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

/// The requested side: a request is judged as it arrives, then answered from the national register
/// or refused in writing with its reasons; replies find their case.
namespace comity::casework {
namespace {

using exchange::Delivered;
using exchange::Disposition;
using store::Transaction;

constexpr std::size_t tasks_per_round = 64;

exchange::Disposition rejected(Error const& error)
{
    return { "rejected", {}, {}, message::Reason { "schema", error.field, error.what }, {} };
}

std::vector<message::Check> checks_of(treaty::Decision const& decision)
{
    std::vector<message::Check> out;
    for (auto const& finding : treaty::in_words(decision).findings)
        if (finding.result != treaty::Outcome::not_applicable)
            out.push_back({ finding.provision, json::word(finding.result) });
    return out;
}

std::string node_of(std::string_view state)
{
    return fmt::format("{} node", state);
}

std::optional<Date> erase_by(message::Manifest const& manifest)
{
    return manifest.retention ? std::optional { manifest.retention->erase_by } : std::nullopt;
}

Result<void> keep_item(Transaction& transaction, message::Manifest const& manifest)
{
    if (!manifest.retention) return {};
    return protection::keep(transaction,
        { manifest.id, manifest.from.state, manifest.purpose, manifest.retention->erase_by });
}

/// Written and reasoned, Art. 30(1): which provisions stand in the way and what each says.
message::Refusal refusal_of(message::Request const& request, treaty::Decision const& decision)
{
    auto const against = provisions_against(decision);
    std::vector<std::string> reasons;
    for (auto const& finding : treaty::in_words(decision).findings)
        if (std::ranges::count(against, finding.provision))
            reasons.push_back(fmt::format("{}: {}", finding.provision, finding.reason));
    return { request.kind, request.case_number, json::word(treaty::RefusalGround::national_law),
        against, fmt::format("{}", fmt::join(reasons, " ")), treaty::write(decision) };
}

} // namespace

Result<Disposition> Casework::receive(Transaction& transaction, Delivered const& delivered)
{
    if (delivered.manifest.classification.level > 0)
        return rejected({ Error::Kind::not_permitted,
            "this node has no channel for classified information yet (A32(7))",
            "classification.level" });
    auto const text = as_text(delivered.parts.at(0).content);
    switch (delivered.manifest.type) {
    case message::Type::request: return receive_request(transaction, delivered, text);
    case message::Type::answer:
    case message::Type::refusal: break;
    }
    return receive_reply(transaction, delivered, text);
}

Result<Disposition> Casework::receive_request(
    Transaction& transaction, Delivered const& delivered, std::string_view text)
{
    auto const& manifest = delivered.manifest;
    auto const now = delivered.received_at;
    auto const request = json::read_text<message::Request>(text, json::Unknown::keep);
    if (!request.ok()) return rejected(request.error());
    auto const& asked = request.value();
    bool const named = asked.vehicle
        && (!search::plate_key(asked.vehicle->plate.value_or("")).empty()
            || !search::vin_key(asked.vehicle->vin.value_or("")).empty());
    if (asked.kind == json::word(treaty::Kind::vehicle_owner) && !named)
        return rejected({ Error::Kind::malformed,
            "a request for the owner of a vehicle names its plate or its VIN", "vehicle" });
    auto const situation
        = situation_of(law_, asked, manifest.from.state, settings_, erase_by(manifest), now);
    if (!situation.ok()) return rejected(situation.error());
    auto const decision = treaty::decide(law_, situation.value());

    auto const number = incoming_number(manifest.from.state, asked.case_number);
    auto const due = now + answer_target(json::word(manifest.urgency));
    auto const plate = asked.vehicle ? asked.vehicle->plate.value_or("") : std::string {};
    TRY(put_case(transaction,
        { number, asked.case_number, asked.kind, asked.purpose, asked.offence, asked.need_ground,
            manifest.from.state, settings_.party, CaseState::received, now, due, manifest.id,
            plate }));
    TRY(insert_body(transaction, manifest.id, number, "request", text));
    TRY(keep_item(transaction, manifest));
    if (json::read<treaty::DecisionText>(asked.decision, json::Unknown::keep).ok())
        TRY(insert_decision(transaction, number,
            { "sender", manifest.from.state, manifest.created_at, asked.decision }));
    TRY(insert_decision(
        transaction, number, { "receiver", settings_.party, now, treaty::write(decision) }));
    json::Object const facts { { "party", manifest.from.state },
        { "verdict", json::word(decision.verdict) } };
    TRY(insert_event(transaction,
        { number, manifest.created_at, now, "request-received", node_of(manifest.from.state),
            manifest.id, manifest.legal_basis.provisions, facts }));
    TRY(insert_event(transaction,
        { number, now, now, "request-judged", node_of(settings_.party), manifest.id,
            provisions_held(decision), facts }));
    TRY(insert_task(transaction, manifest.id));
    transaction.after_commit([this] { task_(); });
    tell(transaction, number);
    return Disposition { json::word(decision.verdict), law_.version(), checks_of(decision), {},
        due };
}

Result<Disposition> Casework::receive_reply(
    Transaction& transaction, Delivered const& delivered, std::string_view text)
{
    auto const& manifest = delivered.manifest;
    auto const now = delivered.received_at;
    bool const answer = manifest.type == message::Type::answer;
    auto const unreadable = [&]() -> std::optional<Error> {
        auto const wrong = [](auto const& read) {
            return read.ok() ? std::optional<Error> {} : std::optional { read.error() };
        };
        return answer ? wrong(json::read_text<message::Answer>(text, json::Unknown::keep))
                      : wrong(json::read_text<message::Refusal>(text, json::Unknown::keep));
    }();
    if (unreadable) return rejected(*unreadable);
    auto const number = manifest.case_reference.yours.value_or("");
    auto const found = TRY(find_case(transaction, number));
    if (!found || found->requested != manifest.from.state)
        return rejected({ Error::Kind::not_found,
            fmt::format(
                "no request of this State to {} has the number '{}'", manifest.from.state, number),
            "caseReference.yours" });

    auto const body = TRY(json::parse(text));
    TRY(insert_body(transaction, manifest.id, number, json::word(manifest.type), text));
    TRY(keep_item(transaction, manifest));
    TRY(insert_decision(transaction, number,
        { "receiver", manifest.from.state, manifest.created_at, body.at("requestDecision") }));
    TRY(set_state(transaction, number, answer ? CaseState::answered : CaseState::refused));
    json::Object facts { { "party", manifest.from.state } };
    facts[answer ? "result" : "ground"] = body.at(answer ? "result" : "ground");
    TRY(insert_event(transaction,
        { number, manifest.created_at, now, answer ? "answer-received" : "refusal-received",
            node_of(manifest.from.state), manifest.id, manifest.legal_basis.provisions, facts }));
    tell(transaction, number);
    return Disposition { "permitted", law_.version(), {}, {}, {} };
}

Result<std::size_t> Casework::work()
{
    auto const waiting = TRY(store_.read([](Transaction& t) { return tasks(t, tasks_per_round); }));
    for (auto const& message_id : waiting) TRY(settle(message_id));
    return waiting.size();
}

Result<void> Casework::settle(std::string const& message_id)
{
    struct Question {
        exchange::Stored message;
        std::string number;
        message::Request request;
        std::vector<message::Vehicle> vehicles;
    };
    auto const question = TRY(store_.read([&](Transaction& transaction) -> Result<Question> {
        auto const body = TRY(body_of(transaction, message_id));
        if (!body) return Error { Error::Kind::not_found, "the request was destroyed" };
        auto request = TRY(json::read_text<message::Request>(body->text, json::Unknown::keep));
        auto vehicles = request.vehicle ? TRY(find_vehicles(transaction, *request.vehicle))
                                        : std::vector<message::Vehicle> {};
        auto message = TRY(exchange::message_by_id(transaction, message_id));
        return Question { std::move(message), body->number, std::move(request),
            std::move(vehicles) };
    }));
    auto const now = clock_();
    auto const manifest = TRY(message::read_manifest(as_text(question.message.manifest)));
    auto const received = TRY(situation_of(law_, question.request, manifest.from.state, settings_,
        erase_by(manifest), question.message.at));
    auto const judged = treaty::decide(law_, received);
    bool const hit = !question.vehicles.empty();
    auto const last_day = std::chrono::floor<std::chrono::days>(now)
        + std::chrono::days { settings_.answer_retention_days };
    auto const answering = treaty::decide(law_,
        answer_situation(settings_, question.request, manifest.from.state, hit, last_day, now));
    if (judged.verdict == treaty::Verdict::incomplete
        || answering.verdict == treaty::Verdict::incomplete)
        return store_.write([&](Transaction& transaction) -> Result<void> {
            return finish_task(transaction, message_id); // an officer has to say what is not known
        });
    bool const permitted = judged.verdict == treaty::Verdict::permitted
        && answering.verdict == treaty::Verdict::permitted;
    exchange::Outgoing outgoing { permitted ? message::Type::answer : message::Type::refusal,
        manifest.from.state, { question.number, question.request.case_number },
        message::InReplyTo { manifest.id, to_hex(crypto::sha256(question.message.manifest)) },
        { "PCC SEE",
            permitted ? provisions_held(answering)
                      : std::vector<std::string> { "A30(1)-1", "A30(1)-2" },
            law_.version() },
        json::word(permitted ? answering.verdict : judged.verdict), manifest.purpose,
        manifest.urgency, hit && permitted, message::Retention { last_day, "A31(4)(b)-1" } };
    if (permitted) {
        message::Answer const answer { question.request.kind, question.request.case_number,
            hit ? message::Outcome::hit : message::Outcome::no_hit, question.vehicles,
            treaty::write(judged), treaty::write(answering) };
        outgoing.part_name = "answer";
        outgoing.schema = "answer/1";
        outgoing.content = to_bytes(json::to_text(answer));
        return send_reply(question.message, question.number, std::move(outgoing),
            CaseState::answered, "answer-sent",
            { { "party", manifest.from.state }, { "result", json::word(answer.result) } });
    }
    auto const refusal = refusal_of(
        question.request, judged.verdict == treaty::Verdict::permitted ? answering : judged);
    outgoing.part_name = "refusal";
    outgoing.schema = "refusal/1";
    outgoing.content = to_bytes(json::to_text(refusal));
    return send_reply(question.message, question.number, std::move(outgoing), CaseState::refused,
        "refusal-sent", { { "party", manifest.from.state }, { "ground", refusal.ground } });
}

Result<void> Casework::send_reply(exchange::Stored const& request, std::string const& number,
    exchange::Outgoing outgoing, CaseState state, std::string_view act, json::Object facts)
{
    auto const now = clock_();
    auto const content = outgoing.content;
    auto const provisions = outgoing.legal_basis.provisions;
    auto sealed = TRY(exchange_.seal(std::move(outgoing)));
    return store_.write([&](Transaction& transaction) -> Result<void> {
        TRY(finish_task(transaction, request.id));
        auto const sent = TRY(exchange_.submit(transaction, sealed));
        TRY(insert_body(
            transaction, sent.id, number, json::word(sealed.manifest.type), as_text(content)));
        TRY(keep_item(transaction, sealed.manifest));
        TRY(set_state(transaction, number, state));
        TRY(insert_event(transaction,
            { number, now, now, std::string { act }, node_of(settings_.party), sent.id, provisions,
                facts }));
        tell(transaction, number);
        return {};
    });
}

} // namespace comity::casework
