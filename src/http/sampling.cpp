#include "http/sampling.h"

#include "http/desk.h"

namespace comity::http {
namespace {

using access::Action;
using access::Session;
using identification::Sampling;
using identification::SamplingDraft;
using identification::SamplingStepDraft;
using identification::SamplingTaken;

json::Object view_of(treaty::Decision const& decision, std::string_view what,
    std::vector<std::string> const& missing, bool lets, std::optional<std::string> const& message)
{
    json::Array decisions;
    decisions.push_back(json::Object { { "what", what }, { "decision", treaty::write(decision) } });
    json::Object out { { "decisions", std::move(decisions) }, { "missing", json::write(missing) },
        { "permitted", lets && missing.empty() } };
    if (message) out["messages"].emplace_array().emplace_back(*message);
    return out;
}

json::Object view_of(identification::Outcome const& outcome)
{
    auto out = view_of(outcome.decision, "request", outcome.missing,
        identification::may_leave(outcome.decision), outcome.message);
    if (outcome.proposal) out["proposal"] = *outcome.proposal;
    return out;
}

json::Object view_of(SamplingStepDraft const& draft, SamplingTaken const& taken)
{
    bool const refuses = draft.step == message::SamplingStep::refused;
    return view_of(taken.decision, refuses ? "refusal" : "request", taken.missing,
        taken.decision.verdict == treaty::Verdict::permitted, taken.message);
}

Result<Response> try_dna_sample(Sampling& sampling, Request const& request, Session const&)
{
    auto const outcome = TRY(sampling.try_request(TRY(body_as<SamplingDraft>(request))));
    return json_response(200, view_of(outcome));
}

Result<Response> send_dna_sample(Sampling& sampling, Request const& request, Session const& session)
{
    auto const draft = TRY(body_as<SamplingDraft>(request));
    auto const outcome = TRY(sampling.send(draft, officer_of(session)));
    auto const status = outcome.proposal ? 202 : outcome.message ? 201 : 200;
    return json_response(status, view_of(outcome));
}

Result<Response> read_dna_sample(Sampling& sampling, Request const& request, Session const& session)
{
    auto const shown = TRY(sampling.open_case(request.path_value("number"), officer_of(session)));
    return json_response(200, json::write(shown));
}

Result<Response> try_dna_sample_step(
    Sampling& sampling, Request const& request, Session const& session)
{
    auto const draft = TRY(body_as<SamplingStepDraft>(request));
    auto const tried
        = TRY(sampling.try_step(request.path_value("number"), draft, officer_of(session)));
    return json_response(200, view_of(draft, tried));
}

Result<Response> take_dna_sample_step(
    Sampling& sampling, Request const& request, Session const& session)
{
    auto const draft = TRY(body_as<SamplingStepDraft>(request));
    auto const taken
        = TRY(sampling.take_step(request.path_value("number"), draft, officer_of(session)));
    return json_response(taken.message ? 201 : 200, view_of(draft, taken));
}

Result<Response> compare_dna_sample(
    Sampling& sampling, Request const& request, Session const& session)
{
    auto const compared = TRY(sampling.compare(request.path_value("number"), officer_of(session)));
    return json_response(200, json::write(compared));
}

} // namespace

std::vector<Endpoint> sampling_endpoints(Sampling& sampling)
{
    auto const by_officer = [&sampling](auto function) -> EndpointHandler {
        return [&sampling, function](
                   Request const& request, Session const* session) -> Result<Response> {
            MUST(session != nullptr);
            auto answered = function(sampling, request, *session);
            bool const closed
                = !answered.ok() && answered.error().kind == Error::Kind::not_permitted;
            if (closed) return closed_to({ answered.error().field, answered.error().what });
            return answered;
        };
    };
    return {
        { "POST", "/v1/dna/samples/decisions", "try_dna_sample", Action::send_request,
            by_officer(try_dna_sample) },
        { "POST", "/v1/dna/samples", "send_dna_sample", Action::send_request,
            by_officer(send_dna_sample) },
        { "GET", "/v1/dna/samples/{number}", "read_dna_sample", Action::read_cases,
            by_officer(read_dna_sample) },
        { "POST", "/v1/dna/samples/{number}/decisions", "try_dna_sample_step", Action::decide_case,
            by_officer(try_dna_sample_step) },
        { "POST", "/v1/dna/samples/{number}/steps", "take_dna_sample_step", Action::decide_case,
            by_officer(take_dna_sample_step) },
        { "POST", "/v1/dna/samples/{number}/comparisons", "compare_dna_sample", Action::decide_case,
            by_officer(compare_dna_sample) },
    };
}

} // namespace comity::http
