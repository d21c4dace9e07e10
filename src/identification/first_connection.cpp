#include "identification/first_connection.h"

#include "casework/access_list.h"
#include "casework/arrival.h"
#include "identification/result.h"
#include "identification/run_contents.h"

#include <fmt/format.h>

/// What officers do with a run: propose, agree, begin, stop, look. What the nodes do by themselves
/// stands in first_connection_work.cpp.
namespace comity::identification {

using casework::CaseState;
using message::Type;
using store::Transaction;

std::string_view const run_kind = "dna-first-connection";

namespace {

constexpr auto retention_rule = "A31(4)(b)-1";

Error not_found(std::string_view number)
{
    return { Error::Kind::not_found, fmt::format("no first connection has the number '{}'", number),
        "number" };
}

Error conflict(std::string what)
{
    return { Error::Kind::conflict, std::move(what), "number" };
}

Result<void> check_reason(std::string_view reason, std::size_t bytes_max, std::string_view without)
{
    if (reason.find_first_not_of(" \t\n") == reason.npos)
        return Error { Error::Kind::malformed, std::string { without }, "reason" };
    if (reason.size() > bytes_max)
        return Error { Error::Kind::too_large,
            fmt::format("the reason is longer than {} bytes", bytes_max), "reason" };
    return {};
}

RunView view_of(RunRow const& run)
{
    RunView out { run.number, run.peer, run.ours, run.kind, run.state, run.stopped_here,
        run.stopped_there, run.profiles, run.portions, run.portions_sent, run.portions_done,
        run.profiles_done, run.hits, run.chance, run.proposed_at, run.begun_at, run.due_at };
    bool const runs = run.state == RunState::running && !run.stopped_here && !run.stopped_there;
    if (runs && run.begun_at && run.portions_done > 0) {
        auto const so_far = std::chrono::duration<double>(run.moved_at - *run.begun_at).count();
        auto const left = static_cast<double>(run.portions - run.portions_done);
        out.seconds_left = static_cast<std::int64_t>(
            so_far / static_cast<double>(run.portions_done) * left + 0.5);
    }
    return out;
}

casework::Heading heading_of(message::DnaRunProposal const& proposal)
{
    return { {}, fmt::format("{} x {}", proposal.profiles_to_compare, json::word(proposal.kind)),
        proposal.offence };
}

} // namespace

FirstConnection::FirstConnection(
    Identification::Rooms rooms, Settings settings, Clock clock, Random random)
    : rooms_(rooms)
    , settings_(std::move(settings))
    , clock_(std::move(clock))
    , random_(std::move(random))
{
    using Member = Result<exchange::Disposition> (FirstConnection::*)(
        Transaction&, exchange::Delivered const&);
    constexpr std::pair<Type, Member> taken[] = {
        { Type::dna_run_proposal, &FirstConnection::receive_proposal },
        { Type::dna_run_answer, &FirstConnection::receive_answer },
        { Type::dna_run_portion, &FirstConnection::receive_portion },
        { Type::dna_run_result, &FirstConnection::receive_result },
        { Type::dna_run_stop, &FirstConnection::receive_stop },
    };
    for (auto const& [type, member] : taken)
        rooms_.casework.on_message(
            type, [this, member](Transaction& transaction, exchange::Delivered const& delivered) {
                return (this->*member)(transaction, delivered);
            });
    rooms_.casework.on_failed([this](Transaction& transaction, std::string const& message) {
        return failed(transaction, message);
    });
}

Result<dna::RuleSet> FirstConnection::rules_with(std::string_view party) const
{
    auto const today = std::chrono::floor<std::chrono::days>(clock_());
    return rooms_.database.knowledge().rules_named(
        rooms_.terms.rules_between(settings_.party, party, today), today);
}

Instant FirstConnection::due_of_run(std::string_view peer, Instant from) const
{
    auto const agreed = rooms_.terms.run_within(
        settings_.party, peer, std::chrono::floor<std::chrono::days>(from));
    if (agreed) return from + *agreed;
    return from + casework::answer_target(json::word(message::Urgency::routine));
}

Result<FirstConnection::Known> FirstConnection::known(
    Transaction& transaction, std::string_view number) const
{
    auto run = TRY(find_run(transaction, number));
    auto row = TRY(casework::find_case(transaction, number));
    if (!run || !row) return not_found(number);
    return Known { std::move(*run), std::move(*row) };
}

Result<ForOfficer<std::optional<FirstConnection::Known>>> FirstConnection::known_to(
    Transaction& transaction, std::string_view number, casework::Officer const& officer) const
{
    ForOfficer<std::optional<Known>> out;
    auto found = TRY(known(transaction, number));
    out.refused = TRY(casework::refused_to_open(transaction, number, officer, clock_()));
    if (!out.refused) out.it = std::move(found);
    return out;
}

exchange::Outgoing FirstConnection::outgoing(message::Type type, Known const& known, Date erase_by,
    std::string_view text, std::vector<std::string> provisions) const
{
    auto const word = std::string { json::word(type) };
    std::optional<std::string> theirs;
    if (!known.run.peer_number.empty()) theirs = known.run.peer_number;
    return { .type = type,
        .to = known.run.peer,
        .case_reference = { known.run.number, theirs },
        .legal_basis = { "PCC SEE", std::move(provisions), rooms_.law.version() },
        .verdict = json::word(treaty::Verdict::permitted),
        .purpose = known.row.purpose,
        .personal_data = message::message_type(type).personal_data != message::PersonalData::never,
        .retention = message::Retention { erase_by, retention_rule },
        .parts = { { word, message::schema_of(type), to_bytes(text) } } };
}

Result<RunExpectation> FirstConnection::expectation_of(RunDraft const& draft,
    dna::RuleSet const& rules, dna::Category category, RunProfiles const& profiles) const
{
    auto const& knowledge = rooms_.database.knowledge();
    auto const now = clock_();
    RunExpectation out { static_cast<std::int64_t>(profiles.items.size()),
        static_cast<std::int64_t>(
            (profiles.items.size() + profiles_a_portion - 1) / profiles_a_portion),
        profiles.left_out };
    auto const own = rooms_.database.compared_with(category);
    constexpr std::int64_t file_profiles_max = 1'000'000'000;
    out.file_profiles = draft.file_profiles.value_or(static_cast<std::int64_t>(sum_of(own)));
    if (out.file_profiles < 0 || out.file_profiles > file_profiles_max)
        return Error { Error::Kind::malformed,
            fmt::format("{} profiles; 0 to {}", out.file_profiles, file_profiles_max),
            "fileProfiles" };
    // Of a file that nobody here knows: as if each were typed at every locus that is compared.
    dna::LociCounts const theirs { { ~dna::LocusMask { 0 },
        static_cast<std::uint64_t>(out.file_profiles) } };
    auto const chance = dna::expected_of_connection(profiles.loci, theirs, rules, knowledge.table,
        knowledge.frequencies, rooms_.database.theta());
    out.pairs = chance.pairs;
    out.full_expected = chance.full;
    out.near_expected = chance.near;
    out.chance_of_any = chance.at_least_one;
    auto const agreed = rooms_.terms.run_within(
        settings_.party, draft.to.value_or(""), std::chrono::floor<std::chrono::days>(now));
    if (agreed) out.answer_hours = std::chrono::ceil<std::chrono::hours>(*agreed).count();
    return out;
}

Result<RunOutcome> FirstConnection::try_run(RunDraft const& draft) const
{
    auto const kind = TRY(kind_of(draft));
    auto situation = TRY(situation_of(ways(), as_request(draft), clock_()));
    auto decision = treaty::decide(rooms_.law, situation);
    auto const rules = TRY(rules_with(draft.to.value_or("")));
    auto const profiles = TRY(profiles_of_run(rooms_.database, category_of(kind), rules));
    auto expectation = TRY(expectation_of(draft, rules, category_of(kind), profiles));
    return RunOutcome { std::move(situation), std::move(decision), missing_of(draft, profiles),
        std::move(expectation), {} };
}

Result<RunOutcome> FirstConnection::propose(RunDraft const& draft, casework::Officer const& officer)
{
    auto outcome = TRY(try_run(draft));
    if (outcome.decision.verdict != treaty::Verdict::permitted) return outcome;
    if (!outcome.missing.empty())
        return Error { Error::Kind::malformed,
            fmt::format("{} is missing", outcome.missing.front()), outcome.missing.front() };
    auto const now = clock_();
    auto const kind = TRY(kind_of(draft));
    auto const rules = TRY(rules_with(*draft.to));
    auto const profiles = TRY(profiles_of_run(rooms_.database, category_of(kind), rules));
    auto const asked = request_of(ways(), as_request(draft), now);
    message::DnaRunProposal const proposal { asked.case_number, asked.purpose, asked.offence,
        asked.ground, asked.form_version, kind, static_cast<std::int64_t>(profiles.items.size()),
        static_cast<std::uint32_t>(outcome.expectation.portions),
        loci_typed(profiles.loci, rooms_.database.knowledge().table),
        fmt::format("{} {}", rules.name, rules.version), asked.costs_accepted };
    Known fresh { { .number = asked.case_number,
                      .peer = *draft.to,
                      .ours = true,
                      .kind = kind,
                      .profiles = proposal.profiles_to_compare,
                      .portions = outcome.expectation.portions,
                      .proposed_at = now,
                      .moved_at = now },
        { asked.case_number, {}, std::string { run_kind }, asked.purpose, {}, settings_.party,
            *draft.to, CaseState::waiting, now, due_of_run(*draft.to, now), {} } };
    auto const text = json::to_text(proposal);
    auto const sealed = TRY(rooms_.exchange.seal(outgoing(
        Type::dna_run_proposal, fresh, *draft.erase_by, text, provisions_held(outcome.decision))));
    outcome.message = TRY(rooms_.store.write([&](Transaction& t) -> Result<std::string> {
        if (TRY(casework::find_case(t, fresh.run.number)))
            return Error { Error::Kind::conflict, fmt::format("{} is in use", fresh.run.number),
                "caseNumber" };
        auto const id = TRY(rooms_.exchange.submit(t, sealed));
        fresh.run.proposal = fresh.row.request_message = id;
        TRY(casework::enter_maker(t, fresh.run.number, officer, now));
        TRY(casework::put_case(t, fresh.row));
        TRY(insert_run(t, fresh.run));
        TRY(insert_run_profiles(t, fresh.run.number, profiles.items));
        TRY(rooms_.casework.keep(t, sealed.manifest, fresh.run.number, text, heading_of(proposal),
            { { "sender", settings_.party, now,
                treaty::record(outcome.situation, outcome.decision) } }));
        TRY(note(t, fresh.run, "dna-run-proposed", officer.name, id,
            { { "profiles", std::to_string(fresh.run.profiles) } }));
        return id;
    }));
    return outcome;
}

Result<void> FirstConnection::note(Transaction& transaction, RunRow const& run,
    std::string_view act, std::string_view actor, std::string const& message, json::Object facts)
{
    auto const now = clock_();
    facts["party"] = run.peer;
    TRY(casework::insert_event(transaction,
        { run.number, now, now, std::string { act }, std::string { actor },
            message.empty() ? std::nullopt : std::optional { message }, { "A20(1)-1" },
            std::move(facts) }));
    rooms_.casework.tell(transaction, run.number);
    return {};
}

Result<FirstConnection::Answered> FirstConnection::answer(
    std::string_view number, bool agrees, std::string_view reason, casework::Officer const& officer)
{
    if (!agrees) TRY(check_reason(reason, run_reason_bytes_max, "a refusal says why"));
    auto const now = clock_();
    auto const open
        = TRY(rooms_.store.read([&](Transaction& t) { return known_to(t, number, officer); }));
    if (open.refused) return Answered { open.refused };
    auto const& found = *open.it;
    if (found.run.ours || found.run.state != RunState::proposed)
        return conflict("nothing of this run waits for our answer");
    auto const asked = TRY(rooms_.store.read(
        [&](Transaction& t) { return exchange::message_by_id(t, found.run.proposal); }));
    auto const proposal = TRY(rooms_.store.write(
        [&](Transaction& t) { return run_proposal(t, rooms_.vault, found.row, officer); }));
    auto const manifest
        = TRY(json::read_text<message::Manifest>(as_text(asked.manifest), json::Unknown::keep));
    auto const last_day = manifest.retention ? manifest.retention->erase_by : Date {};
    auto const situation
        = TRY(situation_of(ways(), as_request(proposal), { found.run.peer, last_day, false }, now));
    Answered out { {}, treaty::decide(rooms_.law, situation) };
    if (agrees && out.decision->verdict != treaty::Verdict::permitted) return out;
    message::DnaRunAnswer const content { found.run.peer_number, agrees,
        agrees ? std::nullopt : std::optional { std::string { reason } },
        agrees ? found.run.chance : std::nullopt };
    auto const text = json::to_text(content);
    auto letter = outgoing(Type::dna_run_answer, found,
        std::chrono::floor<std::chrono::days>(now) + std::chrono::days { settings_.retention_days },
        text, provisions_held(*out.decision));
    letter.in_reply_to = message::InReplyTo { asked.id, to_hex(crypto::sha256(asked.manifest)) };
    if (!agrees) letter.verdict = json::word(treaty::Verdict::refused);
    auto const sealed = TRY(rooms_.exchange.seal(letter));
    out.message = TRY(rooms_.store.write([&](Transaction& t) -> Result<std::string> {
        auto run = TRY(known(t, number)).run;
        if (run.state != RunState::proposed)
            return conflict("nothing of this run waits for our answer");
        run.state = agrees ? RunState::agreed : RunState::refused;
        TRY(save_run(t, run));
        if (!agrees) TRY(casework::set_state(t, number, CaseState::refused));
        auto const id = TRY(rooms_.exchange.submit(t, sealed));
        TRY(rooms_.casework.keep(t, sealed.manifest, number, text));
        TRY(note(t, run, agrees ? "dna-run-agreed" : "dna-run-refused", officer.name, id));
        return id;
    }));
    return out;
}

Result<void> FirstConnection::begun(
    Transaction& transaction, RunRow& run, std::string_view actor, std::string const& message)
{
    auto row = TRY(casework::find_case(transaction, run.number));
    MUST(row.has_value()); // a run has its case
    run.state = RunState::running;
    run.begun_at = run.moved_at = clock_();
    row->due_at = run.due_at = due_of_run(run.peer, *run.begun_at);
    TRY(casework::put_case(transaction, *row));
    TRY(save_run(transaction, run));
    return note(transaction, run, "dna-run-begun", actor, message);
}

Result<FirstConnection::Refused> FirstConnection::begin(
    std::string_view number, casework::Officer const& officer)
{
    return rooms_.store.write([&](Transaction& t) -> Result<Refused> {
        auto open = TRY(known_to(t, number, officer));
        if (open.refused) return open.refused;
        auto& run = open.it->run;
        if (!run.ours || run.state != RunState::agreed)
            return conflict("only a run of ours that the other Party agreed to begins");
        TRY(begun(t, run, officer.name, {}));
        rooms_.casework.tell_task(t);
        return Refused {};
    });
}

Result<FirstConnection::Refused> FirstConnection::order(std::string_view number,
    message::RunOrder order, std::string_view reason, casework::Officer const& officer)
{
    bool const stops = order == message::RunOrder::stop;
    auto const check = [&](RunRow const& run) -> Result<void> {
        if (run.state != RunState::running && run.state != RunState::agreed)
            return conflict("only what was agreed and is not complete is stopped or goes on");
        if (run.stopped_here == stops)
            return conflict(stops ? "it is stopped here already" : "it was not stopped here");
        return {};
    };
    auto const open
        = TRY(rooms_.store.read([&](Transaction& t) { return known_to(t, number, officer); }));
    if (open.refused) return open.refused;
    auto const& found = *open.it;
    TRY(check(found.run));
    message::DnaRunStop const content { found.run.number, order,
        reason.empty() ? std::nullopt : std::optional { std::string { reason } } };
    auto const text = json::to_text(content);
    auto const erase_by = std::chrono::floor<std::chrono::days>(clock_())
        + std::chrono::days { settings_.retention_days };
    auto const sealed = TRY(
        rooms_.exchange.seal(outgoing(Type::dna_run_stop, found, erase_by, text, { "A20(1)-1" })));
    return rooms_.store.write([&](Transaction& t) -> Result<Refused> {
        auto current = TRY(known(t, number));
        auto& run = current.run;
        TRY(check(run));
        run.stopped_here = stops;
        TRY(save_run(t, run));
        auto const id = TRY(rooms_.exchange.submit(t, sealed));
        TRY(rooms_.casework.keep(t, sealed.manifest, number, text));
        TRY(note(t, run, stops ? "dna-run-stopped" : "dna-run-resumed", officer.name, id));
        if (stops) return Refused {};
        if (current.row.state == CaseState::failed)
            TRY(casework::set_state(
                t, number, run.ours ? CaseState::waiting : CaseState::received));
        TRY(wake(t, run));
        return Refused {};
    });
}

Result<FirstConnection::Refused> FirstConnection::stop(
    std::string_view number, std::string_view reason, casework::Officer const& officer)
{
    TRY(check_reason(reason, run_reason_bytes_max, "who stops a run says why"));
    return order(number, message::RunOrder::stop, reason, officer);
}

Result<FirstConnection::Refused> FirstConnection::resume(
    std::string_view number, casework::Officer const& officer)
{
    return order(number, message::RunOrder::resume, {}, officer);
}

Result<std::vector<RunLine>> FirstConnection::list(casework::Officer const& officer) const
{
    return rooms_.store.read([&](Transaction& t) -> Result<std::vector<RunLine>> {
        std::vector<RunLine> out;
        for (auto const& run : TRY(list_runs(t, runs_max))) {
            RunLine line { run.number, run.peer, run.ours, run.state, run.proposed_at };
            if (!TRY(casework::refused_to_open(t, run.number, officer, clock_())))
                line.run = view_of(run);
            out.push_back(std::move(line));
        }
        return out;
    });
}

Result<ForOfficer<std::optional<RunPage>>> FirstConnection::find(
    std::string_view number, std::int64_t after, casework::Officer const& officer) const
{
    using Page = ForOfficer<std::optional<RunPage>>;
    return rooms_.store.read([&](Transaction& t) -> Result<Page> {
        auto const open = TRY(known_to(t, number, officer));
        if (open.refused) return Page { open.refused };
        RunPage page { view_of(open.it->run), {} };
        for (auto const& each : TRY(portions_with_hits(t, number, after, portions_shown)))
            page.portions_with_hits.push_back({ each.portion, each.profiles, each.hits });
        return Page { {}, std::move(page) };
    });
}

Result<ForOfficer<PortionFound>> FirstConnection::matches(
    std::string_view number, std::int64_t portion, casework::Officer const& officer)
{
    return rooms_.store.write([&](Transaction& t) -> Result<ForOfficer<PortionFound>> {
        auto const open = TRY(known_to(t, number, officer));
        if (open.refused) return ForOfficer<PortionFound> { open.refused };
        auto const& row = open.it->row;
        ForOfficer<PortionFound> out;
        for (auto& each : TRY(run_results(t, rooms_.vault, row, officer, portion)))
            std::ranges::move(each.matches, std::back_inserter(out.it.matches));
        out.it.confirmations = TRY(run_confirmations(t, rooms_.vault, row, officer));
        return out;
    });
}

} // namespace comity::identification
