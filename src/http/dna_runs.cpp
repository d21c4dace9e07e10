#include "http/dna_runs.h"

#include "http/desk.h"

#include <charconv>
#include <fmt/format.h>

namespace comity::http {
namespace {

using access::Action;
using access::Session;
using identification::FirstConnection;
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

Result<Response> list_dna_runs(DnaRooms const& rooms, Request const&)
{
    return json_response(200, json::Object { { "runs", json::write(TRY(rooms.runs.list())) } });
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
Result<Response> read_dna_run(DnaRooms const& rooms, Request const& request)
{
    auto const number = request.path_value("number");
    std::int64_t from = 0;
    if (auto const after = request.parameter("after")) from = TRY(whole(*after, "after"));
    auto const run = TRY(rooms.runs.find(number));
    return json_response(200,
        json::Object { { "run", json::write(run) },
            { "portionsWithHits", json::write(TRY(rooms.runs.hits(number, from))) } });
}

Result<Response> read_dna_run_portion(
    DnaRooms const& rooms, Request const& request, Session const& session)
{
    auto const portion = TRY(whole(request.path_value("portion"), "portion"));
    auto const found
        = TRY(rooms.runs.matches(request.path_value("number"), portion, officer_of(session)));
    return json_response(200, json::write(found));
}

Result<Response> take_dna_run_step(
    DnaRooms const& rooms, Request const& request, Session const& session)
{
    auto const step = TRY(body_as<RunStep>(request));
    return json_response(200,
        TRY(take_run_step(rooms.runs, request.path_value("number"), step, officer_of(session))));
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

Result<json::Object> take_run_step(FirstConnection& runs, std::string_view number,
    RunStep const& step, casework::Officer const& officer)
{
    auto const reason = step.reason.value_or("");
    json::Object out;
    if (step.step == "agree" || step.step == "refuse") {
        auto const answered = TRY(runs.answer(number, step.step == "agree", reason, officer));
        if (!answered.message) out["decision"] = treaty::write(answered.decision);
    } else if (step.step == "begin") {
        TRY(runs.begin(number, officer));
    } else if (step.step == "stop") {
        TRY(runs.stop(number, reason, officer));
    } else if (step.step == "resume") {
        TRY(runs.resume(number, officer));
    } else {
        return Error { Error::Kind::malformed,
            fmt::format(
                "'{}' is none of agree, refuse, begin, stop, resume", step.step.substr(0, 40)),
            "step" };
    }
    out["run"] = json::write(TRY(runs.find(number)));
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
        { "GET", "/v1/dna/runs", "list_dna_runs", Action::read_cases, with(list_dna_runs) },
        { "POST", "/v1/dna/runs/decisions", "try_dna_run", Action::send_request,
            with(try_dna_run) },
        { "POST", "/v1/dna/runs", "propose_dna_run", Action::send_request,
            by_officer(propose_dna_run) },
        { "GET", "/v1/dna/runs/{number}", "read_dna_run", Action::read_cases, with(read_dna_run) },
        { "GET", "/v1/dna/runs/{number}/portions/{portion}", "read_dna_run_portion",
            Action::read_cases, by_officer(read_dna_run_portion) },
        { "POST", "/v1/dna/runs/{number}/steps", "take_dna_run_step", Action::decide_case,
            by_officer(take_dna_run_step) },
    };
}

} // namespace comity::http
