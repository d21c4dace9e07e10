#include "http/claims.h"

namespace comity::http {
namespace {

using access::Action;
using access::Session;
using claims::Claims;

json::Object view_of(claims::CostFinding const& finding)
{
    json::Array shares, decisions;
    for (auto const& each : finding.shares) {
        shares.push_back(json::Object { { "party", each.party }, { "amount", each.amount } });
        decisions.push_back(treaty::write(each.decision));
    }
    if (finding.decision) decisions.push_back(treaty::write(*finding.decision));
    return { { "provision", finding.provision }, { "basis", json::word(finding.basis) },
        { "bearer", finding.bearer }, { "shares", std::move(shares) },
        { "decisions", std::move(decisions) }, { "missing", json::write(finding.missing) },
        { "claims", json::write(finding.claims) } };
}

Result<Response> read_case_costs(Claims& claims, Request const& request, Session const& session)
{
    auto const found = TRY(claims.costs_of(request.path_value("number"), officer_of(session)));
    if (found.refused) return closed_to(*found.refused);
    return json_response(200, json::write(found));
}

Result<Response> try_cost(Claims& claims, Request const& request, Session const& session)
{
    auto const draft = TRY(body_as<claims::CostDraft>(request));
    auto const found
        = TRY(claims.try_cost(request.path_value("number"), draft, officer_of(session)));
    if (found.refused) return closed_to(*found.refused);
    return json_response(200, view_of(found));
}

Result<Response> enter_cost(Claims& claims, Request const& request, Session const& session)
{
    auto const draft = TRY(body_as<claims::CostDraft>(request));
    auto const found
        = TRY(claims.enter_cost(request.path_value("number"), draft, officer_of(session)));
    if (found.refused) return closed_to(*found.refused);
    return json_response(201, view_of(found));
}

Result<Response> list_claims(Claims& claims, Request const&, Session const& session)
{
    return json_response(200, json::write(TRY(claims.ledger(officer_of(session)))));
}

Result<Response> read_claims_file(Claims& claims, Request const&, Session const& session)
{
    auto const text = claims::csv_of(TRY(claims.ledger(officer_of(session))));
    return Response { .status = 200,
        .headers = { { "content-type", "text/csv; charset=utf-8" },
            { "content-disposition", "attachment; filename=\"claims.csv\"" } },
        .body = to_bytes(text) };
}

Result<Response> read_claim(Claims& claims, Request const& request, Session const& session)
{
    auto const found = TRY(claims.open_claim(request.path_value("number"), officer_of(session)));
    if (found.refused) return closed_to(*found.refused);
    return json_response(200, json::write(found.view));
}

/// 201 where a message left; 200 for what stays here.
Result<Response> take_claim_step(Claims& claims, Request const& request, Session const& session)
{
    auto const step = TRY(body_as<claims::ClaimStep>(request));
    auto const taken = TRY(claims.step(request.path_value("number"), step, officer_of(session)));
    if (taken.refused) return closed_to(*taken.refused);
    json::Object body { { "proposed", taken.proposed } };
    if (taken.message) body["message"] = *taken.message;
    return json_response(taken.message ? 201 : 200, body);
}

} // namespace

std::vector<Endpoint> claim_endpoints(Claims& claims)
{
    auto const by_officer = [&claims](auto function) -> EndpointHandler {
        return [&claims, function](Request const& request, Session const* session) {
            MUST(session != nullptr);
            return function(claims, request, *session);
        };
    };
    return {
        { "GET", "/v1/cases/{number}/costs", "read_case_costs", Action::read_cases,
            by_officer(read_case_costs) },
        { "POST", "/v1/cases/{number}/cost-findings", "try_cost", Action::enter_costs,
            by_officer(try_cost) },
        { "POST", "/v1/cases/{number}/costs", "enter_cost", Action::enter_costs,
            by_officer(enter_cost) },
        { "GET", "/v1/claims", "list_claims", Action::read_cases, by_officer(list_claims) },
        { "GET", "/v1/claims/file", "read_claims_file", Action::read_cases,
            by_officer(read_claims_file) },
        { "GET", "/v1/claims/{number}", "read_claim", Action::read_cases, by_officer(read_claim) },
        { "POST", "/v1/claims/{number}/steps", "take_claim_step", Action::settle_claims,
            by_officer(take_claim_step) },
    };
}

} // namespace comity::http
