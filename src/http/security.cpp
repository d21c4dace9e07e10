#include "http/security.h"

#include "http/rights.h"
#include "security/overview.h"

namespace comity::http {
namespace {

using access::Action;
using access::Session;
using security::Security;

/// Today where the request names no day. Error: malformed, `on`.
Result<Date> day_in(DeskRooms const& rooms, Request const& request)
{
    auto const given = request.parameter("on");
    if (!given || given->empty()) return std::chrono::floor<std::chrono::days>(rooms.clock());
    auto const day = parse_date(*given);
    if (day.ok()) return day.value();
    return Error { Error::Kind::malformed, "a day such as 2026-04-17", "on" };
}

Result<Response> read_security(DeskRooms const& rooms, Request const&)
{
    return json_response(200, json::write(TRY(security::oversee(rooms.store, rooms.clock()))));
}

Result<Response> read_rules(DeskRooms const& rooms, Request const& request)
{
    auto const day = TRY(day_in(rooms, request));
    return json_response(200, json::write(security::rules_on(rooms.law, rooms.facts.party, day)));
}

Result<Response> map_marking(DeskRooms const& rooms, Request const& request)
{
    auto const day = TRY(day_in(rooms, request));
    auto const found = TRY(security::map_marking(rooms.law, request.parameter("party").value_or(""),
        request.parameter("marking").value_or(""), day));
    return json_response(200, json::Object { { "meanings", json::write(found) } });
}

Result<Response> change_level(Security& security, Request const& request, Session const& session)
{
    auto const draft = TRY(body_as<security::LevelDraft>(request));
    return told(security.change_level(draft, officer_of(session)));
}

Result<Response> report_breach(Security& security, Request const& request, Session const& session)
{
    auto const draft = TRY(body_as<security::BreachDraft>(request));
    return told(security.report_breach(draft, officer_of(session)));
}

Result<Response> read_notice(Security& security, Request const& request, Session const& session)
{
    auto const place = TRY(place_in(request));
    return json_response(200, TRY(security.read_notice(place, officer_of(session))));
}

Result<Response> settle_notice(Security& security, Request const& request, Session const& session)
{
    auto const place = TRY(place_in(request));
    auto const draft = TRY(body_as<security::SettlementDraft>(request));
    return told(security.settle(place, draft, officer_of(session)));
}

} // namespace

std::vector<Endpoint> security_endpoints(DeskRooms const& rooms, Security& security)
{
    auto const by_officer = [&security](auto function) -> EndpointHandler {
        return [&security, function](Request const& request, Session const* session) {
            MUST(session != nullptr);
            return function(security, request, *session);
        };
    };
    auto const looking = [rooms](auto function) -> EndpointHandler {
        return [rooms, function](
                   Request const& request, Session const*) { return function(rooms, request); };
    };
    auto const guard = Action::guard_classified;
    return {
        { "GET", "/v1/security", "read_security", guard, looking(read_security) },
        { "GET", "/v1/security/rules", "read_security_rules", guard, looking(read_rules) },
        { "GET", "/v1/security/mapping", "map_marking", guard, looking(map_marking) },
        { "POST", "/v1/security/level-changes", "change_level", guard, by_officer(change_level) },
        { "POST", "/v1/security/breaches", "report_breach", guard, by_officer(report_breach) },
        { "GET", "/v1/security/notices/{place}", "read_security_notice", guard,
            by_officer(read_notice) },
        { "POST", "/v1/security/notices/{place}/settlement", "settle_security_notice", guard,
            by_officer(settle_notice) },
    };
}

} // namespace comity::http
