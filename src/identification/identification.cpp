#include "identification/identification.h"

#include "casework/arrival.h"
#include "identification/first_connection.h"
#include "identification/run_contents.h"
#include "message/content.h"

#include <fmt/format.h>

#include <algorithm>

/// The requesting side: what an officer asks, what came back, and the experts' word on it.
namespace comity::identification {

using casework::CaseRow;
using casework::CaseState;
using exchange::Delivered;
using exchange::Disposition;
using message::Type;
using store::Transaction;

std::string_view const dna_kind = "dna-comparison";

casework::Heading heading_of(message::DnaRequest const& request)
{
    auto const subject
        = request.profiles.empty() ? std::string {} : request.profiles.front().profile_number;
    return { {}, subject, request.offence };
}

namespace {

constexpr auto retention_rule = "A31(4)(b)-1";

Error not_found(std::string what, std::string field)
{
    return { Error::Kind::not_found, std::move(what), std::move(field) };
}

exchange::Outgoing request_out(Ways const& ways, DnaDraft const& draft,
    message::DnaRequest const& request, treaty::Decision const& decision, Instant now)
{
    auto const urgency = json::from_word<message::Urgency>(draft.urgency.value_or("routine"));
    auto const word = urgency.value_or(message::Urgency::routine);
    return { .type = Type::dna_request,
        .to = draft.to.value(),
        .case_reference = { request.case_number, {} },
        .legal_basis = { "PCC SEE", provisions_held(decision), ways.law.version() },
        .verdict = json::word(decision.verdict),
        .purpose = request.purpose,
        .urgency = word,
        .retention = message::Retention { draft.erase_by.value(), retention_rule },
        .due_at = due_of(ways, draft.to.value(), word, now),
        .parts = { { "dna-request", message::schema_of(Type::dna_request),
            to_bytes(json::to_text(request)) } } };
}

/// Whether some result that came in a case has that hit.
bool has_match(DnaCase const& shown, std::string_view match)
{
    return std::ranges::any_of(shown.results, [&](ResultView const& each) {
        auto const& kin = each.result.candidates;
        return std::ranges::count(each.result.matches, match, &message::DnaMatch::match) > 0
            || (kin && std::ranges::count(*kin, match, &message::KinCandidate::match) > 0);
    });
}

bool has_match(std::span<message::DnaRunResult const> results, std::string_view match)
{
    return std::ranges::any_of(results, [&](message::DnaRunResult const& each) {
        return std::ranges::count(each.matches, match, &message::DnaMatch::match) > 0;
    });
}

Result<void> check(ConfirmationDraft const& draft)
{
    constexpr std::size_t experts_min = 2;
    if (draft.experts.size() < experts_min)
        return Error { Error::Kind::malformed, "two experts confirm a hit, each for himself",
            "experts" };
    for (std::size_t i = 0; i < draft.experts.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (draft.experts[i].code == draft.experts[j].code)
                return Error { Error::Kind::malformed, "the same expert stands there twice",
                    fmt::format("experts[{}].code", i) };
    if (draft.method.empty())
        return Error { Error::Kind::malformed, "how it was looked at is missing", "method" };
    return {};
}

} // namespace

Identification::Identification(Rooms rooms, Settings settings, Clock clock, Random random)
    : rooms_(rooms)
    , settings_(std::move(settings))
    , clock_(std::move(clock))
    , random_(std::move(random))
{
    using Member = Result<Disposition> (Identification::*)(Transaction&, Delivered const&);
    constexpr std::pair<Type, Member> taken[] = {
        { Type::dna_request, &Identification::receive_request },
        { Type::dna_result, &Identification::receive_result },
        { Type::dna_confirmation, &Identification::receive_confirmation },
        { Type::destruction_notice, &Identification::receive_destruction },
    };
    for (auto const& [type, member] : taken)
        rooms_.casework.on_message(
            type, [this, member](Transaction& transaction, Delivered const& delivered) {
                return (this->*member)(transaction, delivered);
            });
    rooms_.casework.on_confirmed(json::word(Type::dna_result),
        [this](casework::Confirmation const& confirmation, json::Object const& draft) {
            return let_leave(confirmation, draft);
        });
}

Result<Outcome> Identification::try_request(DnaDraft const& typed) const
{
    auto const now = clock_();
    auto const draft = TRY(with_relatives(typed));
    auto situation = TRY(situation_of(ways(), draft, now));
    auto decision = treaty::decide(rooms_.law, situation);
    auto missing = TRY(missing_of(ways(), draft, rooms_.database.knowledge(), now));
    return Outcome { std::move(situation), std::move(decision), std::move(missing), {} };
}

Result<Outcome> Identification::send(DnaDraft const& typed, casework::Officer const& officer)
{
    auto const now = clock_();
    auto outcome = TRY(try_request(typed));
    if (outcome.decision.verdict != treaty::Verdict::permitted) return outcome;
    if (!outcome.missing.empty())
        return Error { Error::Kind::malformed,
            fmt::format("{} is missing", outcome.missing.front()), outcome.missing.front() };
    auto const draft = TRY(with_relatives(typed));
    std::optional<message::Pedigree> family;
    if (draft.family) family = TRY(family_of(*draft.family));
    auto const request = request_of(ways(), draft, now, family);
    auto const sealed
        = TRY(rooms_.exchange.seal(request_out(ways(), draft, request, outcome.decision, now)));
    outcome.message = TRY(rooms_.store.write([&](Transaction& t) -> Result<std::string> {
        auto const id = TRY(rooms_.exchange.submit(t, sealed));
        auto const& number = request.case_number;
        if (draft.family) TRY(note_relatives(t, draft, id));
        TRY(casework::enter_maker(t, number, officer, now));
        TRY(casework::put_case(t,
            { number, {}, std::string { dna_kind }, request.purpose, {}, settings_.party, *draft.to,
                CaseState::waiting, now, sealed.manifest.due_at, id }));
        TRY(rooms_.casework.keep(t, sealed.manifest, number, json::to_text(request),
            heading_of(request),
            { { "sender", settings_.party, now,
                treaty::record(outcome.situation, outcome.decision) } }));
        json::Object const facts { { "party", *draft.to },
            { "verdict", json::word(outcome.decision.verdict) },
            { "profiles", std::to_string(request.profiles.size()) } };
        TRY(casework::insert_event(t,
            { number, now, now, "request-judged", officer.name, id,
                provisions_held(outcome.decision), facts }));
        TRY(casework::insert_event(
            t, { number, now, now, "request-sent", officer.name, id, {}, facts }));
        rooms_.casework.tell(t, number);
        return id;
    }));
    return outcome;
}

Result<Disposition> Identification::receive_result(
    Transaction& transaction, Delivered const& delivered)
{
    auto const& manifest = delivered.manifest;
    auto const& from = manifest.from.state;
    auto const text = as_text(delivered.parts.at(0).content);
    auto const read = json::read_text<message::DnaResult>(text, json::Unknown::keep);
    if (!read.ok()) return casework::rejected(read.error());
    auto const& result = read.value();
    auto const number = manifest.case_reference.yours.value_or("");
    auto const row = TRY(casework::find_case(transaction, number));
    if (!row || row->requesting != settings_.party || row->requested != from
        || row->kind != dna_kind)
        return casework::rejected(not_found(
            fmt::format("no comparison between us has the number '{}'", number), "caseReference"));
    auto const kept = rooms_.casework.keep(transaction, manifest, number, text);
    if (!kept.ok() && casework::is_fault_of_message(kept.error()))
        return casework::rejected(kept.error());
    if (!kept.ok()) return kept.error();
    bool const later = result.later.value_or(false);
    if (!later && casework::is_open(row->state))
        TRY(casework::set_state(transaction, number, CaseState::answered));
    auto const found = result.matches.size() + (result.candidates ? result.candidates->size() : 0);
    json::Object const facts { { "party", from }, { "result", json::word(result.result) },
        { "matches", std::to_string(found) } };
    TRY(casework::insert_event(transaction,
        { number, manifest.created_at, delivered.received_at,
            later ? "dna-later-hit-received" : "dna-result-received", casework::node_of(from),
            manifest.id, manifest.legal_basis.provisions, facts }));
    rooms_.casework.tell(transaction, number);
    return Disposition { json::word(treaty::Verdict::permitted), rooms_.law.version(), {}, {}, {} };
}

Result<DnaCase> Identification::open(
    Transaction& transaction, CaseRow const& row, casework::Officer const& officer)
{
    auto const contents = TRY(
        casework::open_contents(transaction, rooms_.vault, row, officer, casework::Wanted {}));
    return dna_case(transaction, row, contents);
}

Result<DnaCase> Identification::open_case(std::string_view number, casework::Officer const& officer)
{
    return rooms_.store.write([&](Transaction& t) -> Result<DnaCase> {
        auto const row = TRY(casework::find_case(t, number));
        if (!row || row->kind != dna_kind)
            return not_found(fmt::format("no comparison has the number '{}'", number), "number");
        auto shown = TRY(open(t, *row, officer));
        TRY(offer_typing(t, *row, shown));
        return shown;
    });
}

Result<std::string> Identification::confirm(
    std::string_view number, ConfirmationDraft const& draft, casework::Officer const& officer)
{
    TRY(check(draft));
    auto const row = TRY(rooms_.store.write([&](Transaction& t) -> Result<CaseRow> {
        auto found = TRY(casework::find_case(t, number));
        bool const run = found && found->kind == run_kind;
        if (!found || (found->kind != dna_kind && !run) || found->requesting != settings_.party)
            return not_found(
                fmt::format("no comparison of ours has the number '{}'", number), "number");
        bool const hit = run
            ? has_match(TRY(run_results(t, rooms_.vault, *found, officer)), draft.match)
            : has_match(TRY(open(t, *found, officer)), draft.match);
        if (!hit) return not_found("no hit of this case has that number", "match");
        return *found;
    }));
    auto const now = clock_();
    message::DnaConfirmation const content { draft.match, draft.confirmed, draft.experts,
        draft.method, draft.text };
    auto const erase_by = std::chrono::floor<std::chrono::days>(now)
        + std::chrono::days { settings_.retention_days };
    auto const sealed = TRY(rooms_.exchange.seal({ .type = Type::dna_confirmation,
        .to = row.requested,
        .case_reference = { row.number, {} },
        .legal_basis = { "PCC SEE", { "A20(1)-2" }, rooms_.law.version() },
        .verdict = json::word(treaty::Verdict::permitted),
        .purpose = row.purpose,
        .retention = message::Retention { erase_by, retention_rule },
        .parts = { { "dna-confirmation", message::schema_of(Type::dna_confirmation),
            to_bytes(json::to_text(content)) } } }));
    return rooms_.store.write([&](Transaction& t) -> Result<std::string> {
        auto const id = TRY(rooms_.exchange.submit(t, sealed));
        TRY(rooms_.casework.keep(t, sealed.manifest, number, json::to_text(content)));
        json::Object const facts { { "party", row.requested }, { "match", draft.match },
            { "confirmed", draft.confirmed ? "yes" : "no" } };
        TRY(casework::insert_event(t,
            { row.number, now, now, "dna-confirmation-sent", officer.name, id, { "A20(1)-2" },
                facts }));
        rooms_.casework.tell(t, row.number);
        return id;
    });
}

} // namespace comity::identification
