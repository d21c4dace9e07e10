#include "http/case_access.h"

#include <algorithm>

namespace comity::http {
namespace {

using access::Access;
using access::Action;
using access::Session;
using casework::Casework;

struct Named {
    std::string officer; ///< Name of the account.
    std::optional<std::string> reason {};
};
BOOST_DESCRIBE_STRUCT(Named, (), (officer, reason))

struct Reasoned {
    std::optional<std::string> reason {};
};
BOOST_DESCRIBE_STRUCT(Reasoned, (), (reason))

std::string const& number_in(Request const& request)
{
    return request.path_value("number");
}

bool may_be_named(access::Account const& account, std::string const& party)
{
    return !access::refused({ account.roles, account.party == party }, Action::send_request);
}

/// The list as it is now, or why it stays as it was.
Result<Response> changed(DeskRooms const& rooms, Request const& request,
    casework::Officer const& officer, std::optional<access::Refusal> const& refused)
{
    if (refused) return closed_to(*refused);
    return json_response(
        200, json::write(TRY(rooms.casework.access_of(number_in(request), officer))));
}

Result<Response> read_access(DeskRooms const& rooms, Request const& request, Session const& session)
{
    return changed(rooms, request, officer_of(session), {});
}

Result<Response> take_case(DeskRooms const& rooms, Request const& request, Session const& session)
{
    auto const officer = officer_of(session);
    auto const refused = TRY(rooms.casework.take_case(number_in(request), officer));
    return changed(rooms, request, officer, refused);
}

Result<Response> name_officer(
    DeskRooms const& rooms, Access& access, Request const& request, Session const& session)
{
    auto const named = TRY(body_as<Named>(request));
    auto const account = access.account(named.officer);
    if (!account.ok() || !may_be_named(account.value(), rooms.facts.party))
        return Error { Error::Kind::malformed, "no officer of this desk has that name", "officer" };
    auto const officer = officer_of(session);
    auto const refused = TRY(rooms.casework.add_to_case(number_in(request),
        { account.value().id, account.value().display_name }, named.reason.value_or(""), officer));
    return changed(rooms, request, officer, refused);
}

Result<Response> end_officer(DeskRooms const& rooms, Request const& request, Session const& session)
{
    auto const given = TRY(body_as<Reasoned>(request));
    auto const officer = officer_of(session);
    auto const refused = TRY(rooms.casework.end_on_case(
        number_in(request), request.path_value("account"), given.reason.value_or(""), officer));
    return changed(rooms, request, officer, refused);
}

Result<Response> open_in_emergency(
    DeskRooms const& rooms, Request const& request, Session const& session)
{
    auto const given = TRY(body_as<Reasoned>(request));
    auto const officer = officer_of(session);
    auto const refused = TRY(
        rooms.casework.open_in_emergency(number_in(request), given.reason.value_or(""), officer));
    return changed(rooms, request, officer, refused);
}

Result<Response> list_officers(DeskRooms const& rooms, Access& access)
{
    json::Array out;
    for (auto const& account : TRY(access.accounts()))
        if (may_be_named(account, rooms.facts.party))
            out.push_back(
                json::Object { { "name", account.name }, { "displayName", account.display_name } });
    return json_response(200, json::Object { { "officers", out } });
}

} // namespace

std::vector<Endpoint> case_access_endpoints(DeskRooms const& rooms, Access& access)
{
    auto const by_officer = [rooms](auto function) -> EndpointHandler {
        return [rooms, function](Request const& request, Session const* session) {
            MUST(session != nullptr);
            return function(rooms, request, *session);
        };
    };
    auto const names = [rooms, &access](Request const& request, Session const* session) {
        MUST(session != nullptr);
        return name_officer(rooms, access, request, *session);
    };
    auto const officers
        = [rooms, &access](Request const&, Session const*) { return list_officers(rooms, access); };
    return {
        { "GET", "/v1/officers", "list_officers", Action::send_request, officers },
        { "GET", "/v1/cases/{number}/access", "read_case_access", Action::read_cases,
            by_officer(read_access) },
        { "POST", "/v1/cases/{number}/access", "name_officer", Action::send_request, names },
        { "POST", "/v1/cases/{number}/access/{account}/end", "end_officer", Action::send_request,
            by_officer(end_officer) },
        { "POST", "/v1/cases/{number}/take", "take_case", Action::assign_case,
            by_officer(take_case) },
        { "POST", "/v1/cases/{number}/emergency", "open_in_emergency", Action::open_in_emergency,
            by_officer(open_in_emergency) },
    };
}

} // namespace comity::http
