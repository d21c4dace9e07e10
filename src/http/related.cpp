#include "http/related.h"

namespace comity::http {
namespace {

using access::Action;
using access::Session;
using casework::Related;

/// What is looked for never stands in an address, which logs keep.
struct Sought {
    std::string sought;
};
BOOST_DESCRIBE_STRUCT(Sought, (), (sought))

Result<Response> list_related(Related& related, Request const& request, Session const& session)
{
    auto const found = TRY(related.of_case(request.path_value("number"), officer_of(session)));
    if (found.refused) return closed_to(*found.refused);
    return json_response(200, json::Object { { "cases", json::write(found.cases) } });
}

Result<Response> look_up(Related& related, Request const& request, Session const& session)
{
    auto const given = TRY(body_as<Sought>(request));
    auto const found = TRY(related.look_up(given.sought, officer_of(session)));
    return json_response(200, json::Object { { "cases", json::write(found) } });
}

} // namespace

std::vector<Endpoint> related_endpoints(Related& related)
{
    auto const by_officer = [&related](auto function) -> EndpointHandler {
        return [&related, function](Request const& request, Session const* session) {
            MUST(session != nullptr);
            return function(related, request, *session);
        };
    };
    return {
        { "GET", "/v1/cases/{number}/related", "list_related", Action::read_cases,
            by_officer(list_related) },
        { "POST", "/v1/look-ups", "look_up", Action::read_cases, by_officer(look_up) },
    };
}

} // namespace comity::http
