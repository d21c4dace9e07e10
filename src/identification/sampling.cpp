#include "identification/sampling.h"

#include "casework/arrival.h"
#include "casework/draft.h"
#include "identification/result.h"
#include "message/content.h"

#include <fmt/format.h>

#include <algorithm>

/// What officers do with a sample. What comes in stands in sampling_receive.cpp.
namespace comity::identification {

using casework::CaseRow;
using casework::CaseState;
using message::SamplingStep;
using message::Type;
using store::Transaction;

std::string_view const sampling_kind = "dna-sampling";

casework::Heading heading_of(message::DnaSamplingRequest const& request)
{
    auto const& person = request.person;
    auto name = person.given_name.value_or("");
    if (person.family_name) name += (name.empty() ? "" : " ") + *person.family_name;
    return { {}, name, {} };
}

namespace {

constexpr auto retention_rule = "A31(4)(b)-1";
constexpr std::string_view asks = "dna-sampling-request";

Error in_use(std::string const& number)
{
    return { Error::Kind::conflict, number + " is in use", "caseNumber" };
}

Error not_found(std::string_view number)
{
    return { Error::Kind::not_found, fmt::format("no sample has the number '{}'", number),
        "number" };
}

Date day_of(Instant at)
{
    return std::chrono::floor<std::chrono::days>(at);
}

/// Errors: not_found where it is destroyed; not_permitted with the provision that refuses.
Result<std::string> text_of(Transaction& transaction, protection::Vault& vault,
    std::string_view message, CaseRow const& row, casework::Officer const& officer,
    protection::Operation operation)
{
    auto const content = TRY(casework::find_content(transaction, message));
    if (!content)
        return Error { Error::Kind::not_found, "this content of the case is destroyed", "number" };
    auto opened = TRY(casework::open_content(
        transaction, vault, *content, row, officer, { .operation = operation }));
    if (opened.judgement.permitted()) return std::move(opened.body.text);
    auto const& against = opened.judgement.objections.front();
    return Error { Error::Kind::not_permitted, against.reason, against.provision };
}

SamplingStatus status_of(CaseState state)
{
    switch (state) {
    case CaseState::partly_answered: return SamplingStatus::permitted;
    case CaseState::refused: return SamplingStatus::refused;
    case CaseState::answered: return SamplingStatus::typed;
    default: return SamplingStatus::not_permitted;
    }
}

Result<CaseRow> row_of(Transaction& transaction, std::string_view number)
{
    auto row = TRY(casework::find_case(transaction, number));
    if (!row || row->kind != sampling_kind) return not_found(number);
    return std::move(*row);
}

/// Error besides: not_permitted where he does not need to know it, with the paragraph in `field`.
Result<CaseRow> row_for(Transaction& transaction, std::string_view number,
    casework::Officer const& officer, Instant now)
{
    auto row = TRY(row_of(transaction, number));
    if (auto const refused = TRY(casework::refused_to_open(transaction, number, officer, now)))
        return Error { Error::Kind::not_permitted, refused->what, refused->provision };
    return row;
}

Error missing(std::string const& path)
{
    return { Error::Kind::malformed, fmt::format("{} is missing", path), path };
}

exchange::Outgoing request_out(Ways const& ways, SamplingDraft const& draft,
    treaty::Decision const& decision, Instant now, std::string_view text)
{
    auto const word = json::from_word<message::Urgency>(draft.urgency.value_or("routine"))
                          .value_or(message::Urgency::routine);
    return { .type = Type::dna_sampling_request,
        .to = draft.to.value(),
        .case_reference = { draft.case_number.value(), {} },
        .legal_basis = { "PCC SEE", provisions_held(decision), ways.law.version() },
        .verdict = json::word(decision.verdict),
        .purpose = draft.purpose.value(),
        .urgency = word,
        .retention = message::Retention { draft.erase_by.value(), retention_rule },
        .due_at = now + casework::answer_target(json::word(word)), // no comparison: not A20(1)-2
        .parts = { { "dna-sampling-request", message::schema_of(Type::dna_sampling_request),
            to_bytes(text) } } };
}

} // namespace

bool waits_for(CaseState state, SamplingStep step)
{
    bool const asked = state == CaseState::waiting || state == CaseState::received;
    bool const permitted = state == CaseState::partly_answered;
    switch (step) {
    case SamplingStep::permitted: return asked;
    case SamplingStep::refused: return asked || permitted;
    case SamplingStep::typed: return permitted;
    }
    return false;
}

CaseState state_after(SamplingStep step)
{
    switch (step) {
    case SamplingStep::permitted: return CaseState::partly_answered;
    case SamplingStep::refused: return CaseState::refused;
    case SamplingStep::typed: break;
    }
    return CaseState::answered;
}

Sampling::Sampling(Identification::Rooms rooms, Settings settings, Clock clock, Random random)
    : rooms_(rooms)
    , settings_(std::move(settings))
    , clock_(std::move(clock))
    , random_(std::move(random))
{
    rooms_.casework.on_message(Type::dna_sampling_request,
        [this](Transaction& transaction, exchange::Delivered const& delivered) {
            return receive_request(transaction, delivered);
        });
    rooms_.casework.on_message(Type::dna_sampling_answer,
        [this](Transaction& transaction, exchange::Delivered const& delivered) {
            return receive_answer(transaction, delivered);
        });
    rooms_.casework.on_confirmed(std::string { asks },
        [this](casework::Confirmation const& confirmation, json::Object const& draft) {
            return let_leave(confirmation, draft);
        });
}

Result<dna::RuleSet> Sampling::rules_with(std::string_view party) const
{
    auto const today = day_of(clock_());
    return rooms_.database.knowledge().rules_named(
        rooms_.terms.rules_between(settings_.party, party, today), today);
}

Result<Outcome> Sampling::try_request(SamplingDraft const& draft) const
{
    auto situation = TRY(situation_of(ways(), draft, clock_()));
    auto decision = treaty::decide(rooms_.law, situation);
    auto lacks = TRY(missing_of(draft));
    return Outcome { std::move(situation), std::move(decision), std::move(lacks), {} };
}

Result<Outcome> Sampling::send(SamplingDraft const& draft, casework::Officer const& officer)
{
    return send_as(draft, officer, nullptr);
}

/// Errors: conflict for a number that is in use by anything but what a second officer sent back.
Result<std::int64_t> Sampling::propose(SamplingDraft const& draft, casework::Officer const& officer)
{
    auto const& number = *draft.case_number;
    auto const found
        = TRY(rooms_.store.read([&](Transaction& t) { return casework::find_case(t, number); }));
    if (found && (found->kind != sampling_kind || found->state != CaseState::sent_back))
        return in_use(number);
    auto const told = json::write(draft).as_object();
    return rooms_.casework.propose_case(
        { number, {}, std::string { sampling_kind }, *draft.purpose, {}, settings_.party, *draft.to,
            CaseState::proposed, clock_(), {}, {} },
        { number, asks, *draft.purpose, casework::GuardedAct::send, told, draft.erase_by,
            officer });
}

Result<Outcome> Sampling::send_as(SamplingDraft const& draft, casework::Officer const& officer,
    casework::Confirmation const* confirmation)
{
    auto outcome = TRY(try_request(draft));
    if (!may_leave(outcome.decision)) return outcome;
    if (!outcome.missing.empty()) return missing(outcome.missing.front());
    auto const& account = confirmation ? confirmation->proposal.account : officer.account;
    auto attached = TRY(rooms_.casework.files().outgoing(*draft.files, account));
    if (!confirmation && casework::guarded(settings_.four_eyes, asks, {})) {
        outcome.proposal = TRY(propose(draft, officer));
        return outcome;
    }
    auto const request = request_of(draft, attached);
    auto out = request_out(ways(), draft, outcome.decision, clock_(), json::to_text(request));
    out.attachments = std::move(attached);
    auto const sealed = TRY(rooms_.exchange.seal(std::move(out)));
    outcome.message = TRY(rooms_.store.write([&](Transaction& t) {
        return keep_request(t, outcome, request, sealed, officer, confirmation);
    }));
    rooms_.casework.files().left(*draft.files);
    return outcome;
}

Result<std::string> Sampling::keep_request(Transaction& t, Outcome const& outcome,
    message::DnaSamplingRequest const& request, exchange::Sealed const& sealed,
    casework::Officer const& officer, casework::Confirmation const* confirmation)
{
    auto const now = clock_();
    auto const& number = request.case_number;
    auto const& to = sealed.manifest.to.state;
    if (!confirmation && TRY(casework::find_case(t, number))) return in_use(number);
    auto id = TRY(rooms_.exchange.submit(t, sealed));
    if (!confirmation) TRY(casework::enter_maker(t, number, officer, now));
    TRY(casework::put_case(t,
        { number, {}, std::string { sampling_kind }, sealed.manifest.purpose, {}, settings_.party,
            to, CaseState::waiting, now, sealed.manifest.due_at, id }));
    TRY(rooms_.casework.keep(t, sealed.manifest, number, json::to_text(request),
        heading_of(request),
        { { "sender", settings_.party, now,
            treaty::record(outcome.situation, outcome.decision) } }));
    json::Object const facts { { "party", to },
        { "verdict", json::word(outcome.decision.verdict) } };
    if (confirmation) TRY(rooms_.casework.settle_proposal(t, *confirmation, id));
    for (auto const* act : { "request-judged", "dna-sampling-asked" })
        TRY(casework::insert_event(t,
            { number, now, now, act, officer.name, id, provisions_held(outcome.decision), facts }));
    rooms_.casework.tell(t, number);
    return id;
}

/// A second officer's word on what was proposed.
Result<casework::TakenStep> Sampling::let_leave(
    casework::Confirmation const& confirmation, json::Object const& draft)
{
    auto const& proposal = confirmation.proposal;
    json::Value const value = draft;
    auto sent = TRY(send_as(TRY(json::read<SamplingDraft>(value, json::Unknown::refuse)),
        { proposal.account, proposal.name, confirmation.second.clearance }, &confirmation));
    casework::TakenStep out;
    out.composed.judged.push_back(
        { "request", std::move(sent.situation), std::move(sent.decision) });
    out.composed.missing = std::move(sent.missing);
    if (sent.message) out.messages.push_back(std::move(*sent.message));
    return out;
}

Result<SamplingCase> Sampling::open_case(std::string_view number, casework::Officer const& officer)
{
    return rooms_.store.write([&](Transaction& t) -> Result<SamplingCase> {
        auto const row = TRY(row_of(t, number));
        SamplingCase out { row.number, row.requesting, row.requested, status_of(row.state) };
        for (auto const& each :
            TRY(casework::open_contents(t, rooms_.vault, row, officer, casework::Wanted {}))) {
            if (!each.judgement.permitted()) continue;
            auto const& body = each.body;
            if (body.type == json::word(Type::dna_sampling_request))
                out.request = TRY(
                    json::read_text<message::DnaSamplingRequest>(body.text, json::Unknown::keep));
            if (body.type != json::word(Type::dna_sampling_answer)) continue;
            auto answer
                = TRY(json::read_text<message::DnaSamplingAnswer>(body.text, json::Unknown::keep));
            auto const at = TRY(exchange::message_by_id(t, body.message)).at;
            out.answers.push_back({ body.message, at, std::move(answer) });
        }
        return out;
    });
}

Result<Sampling::Waiting> Sampling::waiting(Transaction& transaction, std::string_view number,
    SamplingStep step, casework::Officer const& officer)
{
    auto row = TRY(row_for(transaction, number, officer, clock_()));
    if (row.requested != settings_.party || !waits_for(row.state, step))
        return Error { Error::Kind::conflict,
            fmt::format("a sample that is {} waits for no '{}' of ours",
                json::word(status_of(row.state)), json::word(step)),
            "step" };
    auto const text = TRY(text_of(
        transaction, rooms_.vault, row.request_message, row, officer, protection::Operation::use));
    auto request = TRY(json::read_text<message::DnaSamplingRequest>(text, json::Unknown::keep));
    auto const stored = TRY(exchange::message_by_id(transaction, row.request_message));
    auto manifest
        = TRY(json::read_text<message::Manifest>(as_text(stored.manifest), json::Unknown::keep));
    return Waiting { std::move(row), std::move(request), std::move(manifest),
        to_hex(crypto::sha256(stored.manifest)) };
}

Result<Sampling::Prepared> Sampling::prepare(
    std::string_view number, SamplingStepDraft const& draft, casework::Officer const& officer)
{
    auto const now = clock_();
    auto found = TRY(rooms_.store.write(
        [&](Transaction& t) { return waiting(t, number, draft.step, officer); }));
    SamplingAsked const asked { found.request, found.manifest };
    bool const refuses = draft.step == SamplingStep::refused;
    auto stated = draft.facts.value_or(json::Object {});
    // What was confirmed when it was permitted stands in our own answer.
    if (draft.step == SamplingStep::typed) stated["sampling-lawful"] = true;
    auto const situation = refuses ? TRY(refusal_situation(ways(), asked, draft, now))
                                   : TRY(situation_of(ways(), asked, stated, now));
    auto decision = treaty::decide(rooms_.law, situation);
    auto const rules = TRY(rules_with(found.row.requesting));
    auto answer = TRY(answer_of(draft, found.request.case_number, rules,
        rooms_.database.knowledge().table, decision.requested.date));
    auto lacks = TRY(
        message::missing_of(message::shape_of(Type::dna_sampling_answer), json::write(answer)));
    if (draft.step == SamplingStep::typed && !answer.sampled_on) lacks.emplace_back("sampledOn");
    if (refuses && (!draft.ground || draft.ground->empty())) lacks.emplace_back("ground");
    auto record = treaty::record(situation, decision);
    return Prepared { std::move(found), { std::move(decision), std::move(lacks) },
        std::move(answer), std::move(record) };
}

exchange::Outgoing Sampling::answer_out(
    Prepared const& prepared, SamplingStepDraft const& draft, std::string_view text) const
{
    auto const& [row, request, manifest, sha256] = prepared.waiting;
    auto provisions = provisions_held(prepared.taken.decision);
    if (draft.ground == json::word(treaty::RefusalGround::national_law))
        provisions.emplace_back("A20(3)(c)");
    bool const refuses = draft.step == SamplingStep::refused;
    return { .type = Type::dna_sampling_answer,
        .to = row.requesting,
        .case_reference = { row.number, request.case_number },
        .in_reply_to = message::InReplyTo { row.request_message, sha256 },
        .legal_basis = { "PCC SEE", std::move(provisions), rooms_.law.version() },
        .verdict = json::word(refuses ? treaty::Verdict::refused : treaty::Verdict::permitted),
        .purpose = row.purpose,
        .urgency = manifest.urgency,
        .retention
        = message::Retention { day_of(clock_()) + std::chrono::days { settings_.retention_days },
            retention_rule },
        .parts = { { "dna-sampling-answer", message::schema_of(Type::dna_sampling_answer),
            to_bytes(text) } } };
}

/// The timeline's word on an answer, sent or received, and the ledger's where it tells of costs.
Result<void> Sampling::note(Transaction& transaction, CaseRow const& row,
    message::DnaSamplingAnswer const& answer, casework::Event event)
{
    event.case_number = row.number;
    event.act = "dna-sampling-" + json::word(answer.sampling_step);
    event.facts["party"] = row.requesting == settings_.party ? row.requested : row.requesting;
    if (answer.costs) {
        event.facts["amountMinor"] = std::to_string(answer.costs->amount_minor);
        event.facts["currency"] = answer.costs->currency;
        TRY(costs_(transaction,
            { row.number, row.requesting, row.requested, *answer.costs, event.message.value_or(""),
                event.at }));
    }
    TRY(casework::set_state(transaction, row.number, state_after(answer.sampling_step)));
    TRY(casework::insert_event(transaction, event));
    rooms_.casework.tell(transaction, row.number);
    return {};
}

Result<void> Sampling::keep_step(Transaction& transaction, Prepared const& prepared,
    exchange::Sealed const& sealed, std::string_view text, casework::Officer const& officer,
    std::string& id)
{
    auto const now = clock_();
    auto const& answer = prepared.answer;
    auto const row = TRY(row_of(transaction, prepared.waiting.row.number));
    if (!waits_for(row.state, answer.sampling_step))
        return Error { Error::Kind::conflict, "a colleague was quicker", "step" };
    id = TRY(rooms_.exchange.submit(transaction, sealed));
    if (answer.sampling_step != SamplingStep::permitted)
        TRY(rooms_.exchange.give_receipt(
            transaction, row.request_message, message::ReceiptKind::answered));
    TRY(rooms_.casework.keep(transaction, sealed.manifest, row.number, text, {},
        { { "answer", settings_.party, now, prepared.record } }));
    return note(transaction, row, answer,
        { {}, now, now, {}, officer.name, id, sealed.manifest.legal_basis.provisions });
}

Result<SamplingTaken> Sampling::try_step(
    std::string_view number, SamplingStepDraft const& draft, casework::Officer const& officer)
{
    return TRY(prepare(number, draft, officer)).taken;
}

Result<SamplingTaken> Sampling::take_step(
    std::string_view number, SamplingStepDraft const& draft, casework::Officer const& officer)
{
    auto prepared = TRY(prepare(number, draft, officer));
    auto& taken = prepared.taken;
    if (taken.decision.verdict != treaty::Verdict::permitted) return taken;
    if (!taken.missing.empty()) return missing(taken.missing.front());
    auto const text = json::to_text(prepared.answer);
    auto const sealed = TRY(rooms_.exchange.seal(answer_out(prepared, draft, text)));
    std::string id;
    TRY(rooms_.store.write(
        [&](Transaction& t) { return keep_step(t, prepared, sealed, text, officer, id); }));
    taken.message = id;
    return taken;
}

Result<SampleCompared> Sampling::compare(std::string_view number, casework::Officer const& officer)
{
    auto const profile = TRY(rooms_.store.write([&](Transaction& t) -> Result<message::Profile> {
        auto const row = TRY(row_for(t, number, officer, clock_()));
        if (row.requesting != settings_.party || row.state != CaseState::answered)
            return Error { Error::Kind::conflict, "no profile came for us in this case", "number" };
        for (auto const& content : TRY(casework::contents_of(t, row.number))) {
            if (content.type != json::word(Type::dna_sampling_answer)) continue;
            auto const text = TRY(text_of(
                t, rooms_.vault, content.message, row, officer, protection::Operation::use));
            auto answer
                = TRY(json::read_text<message::DnaSamplingAnswer>(text, json::Unknown::keep));
            if (answer.profile) return std::move(*answer.profile);
        }
        return Error { Error::Kind::not_found, "the profile is destroyed", "number" };
    }));
    auto& database = rooms_.database;
    auto const& table = database.knowledge().table;
    auto const rules = TRY(rules_with(settings_.party));
    auto const query = TRY(profile_of(profile, table));
    auto const searched = TRY(database.search(query, rules, File::national));
    SampleCompared out { fmt::format("{} {}", rules.name, rules.version),
        static_cast<std::int64_t>(searched.profiles), {},
        static_cast<std::int64_t>(searched.found.size()) };
    for (auto const& found : searched.found) {
        if (out.matches.size() == matches_max) break;
        out.matches.push_back(match_of(
            found, searched.profiles, database.theta(), query, table, uuid_v7(clock_(), random_)));
    }
    auto const now = clock_();
    TRY(rooms_.store.write([&](Transaction& t) -> Result<void> {
        TRY(casework::insert_event(t,
            { std::string { number }, now, now, "dna-sampling-compared", officer.name, {},
                { "A20(3)-1" }, { { "matches", std::to_string(out.matches_found) } } }));
        rooms_.casework.tell(t, std::string { number });
        return {};
    }));
    return out;
}

} // namespace comity::identification
