#include "casework/arrival.h"
#include "casework/casework.h"
#include "casework/request_kind.h"
#include "casework/vehicle_register.h"
#include "search/plate.h"
#include "store/claim.h"

#include <fmt/format.h>

/// The requested side: a request is judged as it arrives, then answered from the national register
/// or refused in writing with its reasons. What waits for an officer: receive_step.cpp, step.h.
namespace comity::casework {
namespace {

using exchange::Delivered;
using exchange::Disposition;
using store::Transaction;

constexpr std::size_t tasks_per_round = 64;
constexpr std::int64_t tasks_seen = 1024; // among which another process may be at the first ones
constexpr std::string_view task_claim = "casework task";
constexpr std::string_view node_officer = "node";
constexpr auto use = protection::Operation::use;

bool names_vehicle(message::Request const& request)
{
    if (!request.vehicle) return false;
    auto const& vehicle = *request.vehicle;
    return !search::plate_key(vehicle.plate.value_or("")).empty()
        || !search::vin_key(vehicle.vin.value_or("")).empty() || vehicle.engine_number.has_value();
}

} // namespace

std::vector<message::Check> checks_of(treaty::Decision const& decision)
{
    std::vector<message::Check> out;
    for (auto const& finding : treaty::in_words(decision).findings)
        if (finding.result != treaty::Outcome::not_applicable)
            out.push_back({ finding.provision, json::word(finding.result) });
    return out;
}

void Casework::on_message(message::Type type, Takes takes)
{
    takes_.emplace(json::word(type), std::move(takes));
}

Result<void> Casework::keep(Transaction& transaction, message::Manifest const& manifest,
    std::string_view number, std::string_view text, Heading heading,
    std::vector<DecisionRow> decisions)
{
    auto const said = json::parse(text);
    MUST(said.ok() && said.value().is_object());
    NewContent content { { manifest.id, std::string { number }, manifest.type }, text, {},
        std::move(heading), std::move(decisions) };
    auto const& object = said.value().get_object();
    if (manifest.from.state == settings_.party)
        return keep_sent(transaction, manifest, std::move(content), object, node_officer);
    return keep_received(transaction, supplied_by(manifest), std::move(content), object);
}

void Casework::tell_task(Transaction& transaction)
{
    transaction.after_commit([this] { task_(); });
}

Result<Disposition> Casework::receive(Transaction& transaction, Delivered const& delivered)
{
    auto const text = as_text(delivered.parts.at(0).content);
    auto const& type = delivered.manifest.type;
    if (type == json::word(message::Type::request))
        return receive_request(transaction, delivered, text);
    if (type == json::word(message::Type::forwarded_request))
        return receive_forwarded(transaction, delivered, text);
    if (type == json::word(message::Type::oral_request_confirmation))
        return receive_confirmation(transaction, delivered, text);
    if (find_notice_kind(type)) return receive_notice(transaction, delivered, text);
    if (find_step(type)) return receive_step(transaction, delivered, text);
    if (auto const room = takes_.find(type); room != takes_.end())
        return room->second(transaction, delivered);
    // Kept and shown among the messages; the signed receipt says that nobody here acts on it.
    return keep_unfiled(transaction, delivered, "type");
}

Result<void> Casework::keep_received(Transaction& transaction, Supplied const& supplied,
    NewContent content, json::Object const& said)
{
    content.label = label_of(settings_, supplied, content.row.type, said, clock_());
    TRY(keep_content(transaction, vault_, content, node_officer));
    return tell_related(transaction, content.row);
}

Result<Disposition> Casework::keep_unfiled(
    Transaction& transaction, Delivered const& delivered, std::string not_understood)
{
    auto const& manifest = delivered.manifest;
    auto const kept = keep_received(transaction, supplied_by(manifest),
        { { manifest.id, {}, manifest.type }, as_text(delivered.parts.at(0).content) }, {});
    if (!kept.ok() && is_fault_of_message(kept.error())) return rejected(kept.error());
    if (!kept.ok()) return kept.error();
    return Disposition { json::word(treaty::Verdict::incomplete), law_.version(), {}, {}, {},
        { std::move(not_understood) } };
}

Result<Disposition> Casework::receive_request(
    Transaction& transaction, Delivered const& delivered, std::string_view text)
{
    auto request = json::read_text<message::Request>(text, json::Unknown::keep);
    if (!request.ok()) return rejected(request.error());
    auto const said = json::write(request.value());
    return open_request(transaction, delivered,
        { request.take(), delivered.manifest.from.state, "request", text, said.get_object() });
}

Result<Disposition> Casework::open_request(
    Transaction& transaction, Delivered const& delivered, Arrival const& arrival)
{
    auto const& manifest = delivered.manifest;
    auto const& asked = arrival.request;
    auto const& requesting = arrival.requesting;
    auto const now = delivered.received_at;
    if (asked.kind == json::word(treaty::Kind::vehicle_owner) && !names_vehicle(asked))
        return rejected({ Error::Kind::malformed,
            "a request for the owner of a vehicle names its plate, its VIN or its engine number",
            "vehicle" });
    json::Object const nothing_stated;
    auto const situation = situation_of(law_, settings_,
        Received { asked, requesting, erase_by(manifest),
            manifest.urgency != message::Urgency::routine, manifest.personal_data, nothing_stated,
            manifest.classification.level },
        now);
    if (!situation.ok()) return rejected(situation.error());
    auto const decision = treaty::decide(law_, situation.value());

    auto const number = incoming_number(requesting, asked.case_number);
    if (requesting != manifest.from.state)
        if (auto const known = TRY(find_case(transaction, number)))
            return rejected({ Error::Kind::conflict,
                fmt::format("{} has a case of the number '{}' here already: only it may ask anew",
                    requesting, asked.case_number),
                "request.caseNumber" });
    auto const due = now + answer_target(json::word(manifest.urgency));
    NewContent content { { manifest.id, number, arrival.type }, arrival.text, {}, heading_of(asked),
        {} };
    if (json::read<treaty::DecisionText>(asked.decision, json::Unknown::keep).ok())
        content.decisions.push_back({ "sender", requesting, manifest.created_at, asked.decision });
    content.decisions.push_back(
        { "receiver", settings_.party, now, treaty::record(situation.value(), decision) });
    auto supplied = supplied_by(manifest);
    supplied.owner = requesting;
    supplied.purpose = asked.purpose;
    auto const kept = keep_received(transaction, supplied, std::move(content), arrival.said);
    if (!kept.ok() && is_fault_of_message(kept.error())) return rejected(kept.error());
    if (!kept.ok()) return kept.error();
    TRY(put_case(transaction,
        { number, asked.case_number, asked.kind, asked.purpose, asked.need_ground, requesting,
            settings_.party, CaseState::received, now, due, manifest.id, arrival.called_at,
            arrival.confirmed_at }));
    json::Object facts { { "party", manifest.from.state },
        { "verdict", json::word(decision.verdict) } };
    if (requesting != manifest.from.state) facts["origin"] = requesting;
    TRY(insert_event(transaction,
        { number, manifest.created_at, now, arrival.type + "-received",
            node_of(manifest.from.state), manifest.id, manifest.legal_basis.provisions, facts }));
    TRY(insert_event(transaction,
        { number, now, now, "request-judged", node_of(settings_.party), manifest.id,
            provisions_held(decision), facts }));
    if (node_answers(asked)) {
        TRY(insert_task(transaction, manifest.id));
        tell_task(transaction);
    }
    tell(transaction, number);
    return Disposition { json::word(decision.verdict), law_.version(), checks_of(decision), {},
        due };
}

/// Of a request that an officer was quicker with, that was destroyed meanwhile, or whose place a
/// later one took, there is nothing.
Result<std::optional<Question>> Casework::question_of(
    Transaction& transaction, std::string const& message_id)
{
    auto const content = TRY(find_content(transaction, message_id));
    auto const row = content ? TRY(find_case(transaction, content->number)) : std::nullopt;
    if (!row || row->state != CaseState::received || row->request_message != message_id)
        return std::optional<Question> {};
    auto const opened = TRY(
        open_content(transaction, vault_, *content, *row, node_officer, { .operation = use }));
    if (!opened.judgement.permitted()) return std::optional<Question> {};
    Question out;
    out.number = row->number;
    out.requesting = row->requesting;
    out.request = TRY(request_in(opened.body));
    out.message = TRY(exchange::message_by_id(transaction, message_id));
    if (out.requesting != out.message.peer)
        address_to_us(out.request, law_, settings_, out.message.at);
    if (out.request.vehicle) out.vehicles = TRY(find_vehicles(transaction, *out.request.vehicle));
    return std::optional { std::move(out) };
}

Result<std::vector<Task>> Casework::claim_tasks()
{
    auto const any = TRY(store_.read([](Transaction& t) { return tasks(t, 1); }));
    if (any.empty()) return std::vector<Task> {};
    store::Lease const lease { store_.process(), clock_() };
    // Read again where it is claimed: a task that is done has no claim either.
    return store_.write([&](Transaction& transaction) -> Result<std::vector<Task>> {
        auto const waiting = TRY(tasks(transaction, tasks_seen));
        std::vector<Task> out;
        for (auto& id :
            TRY(store::claim_some(transaction, task_claim, waiting, tasks_per_round, lease))) {
            auto question = question_of(transaction, id);
            out.push_back({ std::move(id), std::move(question) });
        }
        return out;
    });
}

Result<void> Casework::finish(Transaction& transaction, std::string const& message_id)
{
    TRY(finish_task(transaction, message_id));
    return store::release(
        transaction, fmt::format("{}/{}", task_claim, message_id), store_.process());
}

Result<std::size_t> Casework::work()
{
    auto const waiting = TRY(claim_tasks());
    std::optional<Error> first;
    for (auto const& task : waiting) {
        auto const done = settle(task);
        if (!done.ok() && !first) first = done.error(); // one that fails must not hold up the rest
    }
    if (first) return *first;
    return waiting.size();
}

Result<void> Casework::settle(Task const& task)
{
    if (!task.question.ok()) return task.question.error();
    auto const& question = task.question.value();
    auto reply
        = question ? TRY(reply_to(law_, settings_, *question, clock_())) : std::optional<Reply> {};
    // Nor does it say alone what this State wants two officers for.
    if (reply && !guarded(settings_.four_eyes, json::word(reply->outgoing.type), reply->facts))
        return send_reply(*question, std::move(*reply));
    // It stays open in the inbox: an officer has to say what is not known.
    return store_.write([&](Transaction& t) -> Result<void> { return finish(t, task.message); });
}

Result<void> Casework::send_reply(Question const& question, Reply reply)
{
    auto const now = clock_();
    auto const content = reply.outgoing.parts.at(0).content;
    auto const said = TRY(json::parse(as_text(content))).as_object();
    auto const& number = question.number;
    auto sealed = TRY(exchange_.seal(std::move(reply.outgoing)));
    return store_.write([&](Transaction& transaction) -> Result<void> {
        TRY(finish(transaction, question.message.id));
        auto const row = TRY(find_case(transaction, number));
        // An officer was quicker, or a later request took its place.
        if (!row || row->state != CaseState::received
            || row->request_message != question.message.id)
            return {};
        auto const id = TRY(exchange_.submit(transaction, sealed));
        TRY(exchange_.give_receipt(
            transaction, question.message.id, message::ReceiptKind::answered));
        auto const& manifest = sealed.manifest;
        TRY(keep_sent(transaction, manifest, { { id, number, manifest.type }, as_text(content) },
            said, node_officer));
        TRY(set_state(transaction, number, reply.state));
        auto facts = reply.facts;
        facts[state_before] = json::word(row->state);
        facts[state_meant] = json::word(reply.state);
        TRY(insert_event(transaction,
            { number, now, now, reply.act, node_of(settings_.party), id,
                manifest.legal_basis.provisions, facts }));
        tell(transaction, number);
        return {};
    });
}

} // namespace comity::casework
