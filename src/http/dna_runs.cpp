#include "http/dna_runs.h"

#include "http/desk.h"

#include <charconv>
#include <fmt/format.h>

namespace comity::http {
namespace {

using access::Action;
using access::Session;
using identification::FirstConnection;
using identification::ForOfficer;
using identification::RunDraft;

Result<std::int64_t> whole(std::string_view text, std::string_view field)
{
    std::int64_t out = 0;
    auto const read = std::from_chars(text.data(), text.data() + text.size(), out);
    if (read.ec == std::errc {} && read.ptr == text.data() + text.size() && out >= 0) return out;
    return Error { Error::Kind::malformed,
        fmt::format("'{}' is no whole number", text.substr(0, 20)), std::string { field } };
}

json::Object view_of(identification::RunExpectation const& it)
{
    json::Object out { { "profiles", it.profiles }, { "portions", it.portions },
        { "leftOut", it.left_out }, { "fileProfiles", it.file_profiles }, { "pairs", it.pairs },
        { "fullExpected", it.full_expected }, { "nearExpected", it.near_expected },
        { "chanceOfAny", it.chance_of_any } };
    if (it.answer_hours) out["answerHours"] = *it.answer_hours;
    return out;
}

Result<Response> list_dna_runs(DnaRooms const& rooms, Request const&, Session const& session)
{
    auto const runs = TRY(rooms.runs.list(officer_of(session)));
    return json_response(200, json::Object { { "runs", json::write(runs) } });
}

Result<Response> try_dna_run(DnaRooms const& rooms, Request const& request)
{
    auto const outcome = TRY(rooms.runs.try_run(TRY(body_as<RunDraft>(request))));
    return json_response(200, run_outcome_view(outcome));
}

Result<Response> propose_dna_run(
    DnaRooms const& rooms, Request const& request, Session const& session)
{
    auto const draft = TRY(body_as<RunDraft>(request));
    auto const outcome = TRY(rooms.runs.propose(draft, officer_of(session)));
    return json_response(outcome.message ? 201 : 200, run_outcome_view(outcome));
}

/// With the portions in which something was found, after the one that `after` names.
Result<Response> read_dna_run(DnaRooms const& rooms, Request const& request, Session const& session)
{
    std::int64_t from = 0;
    if (auto const after = request.parameter("after")) from = TRY(whole(*after, "after"));
    auto const found
        = TRY(rooms.runs.find(request.path_value("number"), from, officer_of(session)));
    if (found.refused) return closed_to(*found.refused);
    return json_response(200, json::write(*found.it));
}

Result<Response> read_dna_run_portion(
    DnaRooms const& rooms, Request const& request, Session const& session)
{
    auto const portion = TRY(whole(request.path_value("portion"), "portion"));
    auto const found
        = TRY(rooms.runs.matches(request.path_value("number"), portion, officer_of(session)));
    if (found.refused) return closed_to(*found.refused);
    return json_response(200, json::write(found.it));
}

Result<Response> take_dna_run_step(
    DnaRooms const& rooms, Request const& request, Session const& session)
{
    auto const step = TRY(body_as<RunStep>(request));
    auto const taken
        = TRY(take_run_step(rooms.runs, request.path_value("number"), step, officer_of(session)));
    if (taken.refused) return closed_to(*taken.refused);
    return json_response(200, taken.it);
}

} // namespace

json::Object run_outcome_view(identification::RunOutcome const& outcome)
{
    json::Array decisions;
    decisions.push_back(
        json::Object { { "what", "request" }, { "decision", treaty::write(outcome.decision) } });
    bool const permitted
        = outcome.decision.verdict == treaty::Verdict::permitted && outcome.missing.empty();
    json::Object out { { "decisions", std::move(decisions) },
        { "missing", json::write(outcome.missing) }, { "permitted", permitted },
        { "expectation", view_of(outcome.expectation) } };
    if (outcome.message) out["messages"].emplace_array().emplace_back(*outcome.message);
    return out;
}

Result<ForOfficer<json::Object>> take_run_step(FirstConnection& runs, std::string_view number,
    RunStep const& step, casework::Officer const& officer)
{
    auto const reason = step.reason.value_or("");
    ForOfficer<json::Object> out;
    if (step.step == "agree" || step.step == "refuse") {
        auto const answered = TRY(runs.answer(number, step.step == "agree", reason, officer));
        out.refused = answered.refused;
        if (answered.decision && !answered.message)
            out.it["decision"] = treaty::write(*answered.decision);
    } else if (step.step == "begin") {
        out.refused = TRY(runs.begin(number, officer));
    } else if (step.step == "stop") {
        out.refused = TRY(runs.stop(number, reason, officer));
    } else if (step.step == "resume") {
        out.refused = TRY(runs.resume(number, officer));
    } else {
        return Error { Error::Kind::malformed,
            fmt::format(
                "'{}' is none of agree, refuse, begin, stop, resume", step.step.substr(0, 40)),
            "step" };
    }
    if (out.refused) return out;
    auto const now = TRY(runs.find(number, 0, officer));
    MUST(now.it.has_value()); // he acted on it just now
    out.it["run"] = json::write(now.it->run);
    return out;
}

std::vector<Endpoint> dna_run_endpoints(DnaRooms const& rooms)
{
    auto const with = [rooms](auto function) -> EndpointHandler {
        return [rooms, function](
                   Request const& request, Session const*) { return function(rooms, request); };
    };
    auto const by_officer = [rooms](auto function) -> EndpointHandler {
        return [rooms, function](Request const& request, Session const* session) {
            MUST(session != nullptr);
            return function(rooms, request, *session);
        };
    };
    return {
        { "GET", "/v1/dna/runs", "list_dna_runs", Action::read_cases, by_officer(list_dna_runs) },
        { "POST", "/v1/dna/runs/decisions", "try_dna_run", Action::send_request,
            with(try_dna_run) },
        { "POST", "/v1/dna/runs", "propose_dna_run", Action::send_request,
            by_officer(propose_dna_run) },
        { "GET", "/v1/dna/runs/{number}", "read_dna_run", Action::read_cases,
            by_officer(read_dna_run) },
        { "GET", "/v1/dna/runs/{number}/portions/{portion}", "read_dna_run_portion",
            Action::read_cases, by_officer(read_dna_run_portion) },
        { "POST", "/v1/dna/runs/{number}/steps", "take_dna_run_step", Action::decide_case,
            by_officer(take_dna_run_step) },
    };
}

} // namespace comity::http
