#include "http/proposals.h"

#include <algorithm>
#include <charconv>

namespace comity::http {
namespace {

using access::Action;
using access::Session;

struct Reasoned {
    std::optional<std::string> reason {};
};
BOOST_DESCRIBE_STRUCT(Reasoned, (), (reason))

Result<std::int64_t> place_in(Request const& request)
{
    auto const& text = request.path_value("place");
    std::int64_t place = 0;
    auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), place);
    if (code != std::errc {} || end != text.data() + text.size() || place < 1)
        return Error { Error::Kind::malformed, "a proposal has a whole number from 1", "proposal" };
    return place;
}

Result<Response> list_proposals(
    DeskRooms const& rooms, Request const& request, Session const& session)
{
    auto const found
        = TRY(rooms.casework.proposals(request.path_value("number"), officer_of(session)));
    return json_response(200, json::Object { { "proposals", json::write(found) } });
}

/// A step in a case is the Party's word, and so is confirming it (Art. 9(3), 29(4)).
Result<std::optional<access::Refusal>> refused_to_speak(
    DeskRooms const& rooms, Request const& request, Session const& session, std::int64_t place)
{
    auto const all
        = TRY(rooms.casework.proposals(request.path_value("number"), officer_of(session)));
    auto const found = std::ranges::find(all, place, &casework::Proposal::place);
    if (found == all.end() || found->act == casework::GuardedAct::send)
        return std::optional<access::Refusal> {};
    return session.refused(Action::decide_case);
}

Result<Response> confirm_proposal(
    DeskRooms const& rooms, Request const& request, Session const& session)
{
    auto const place = TRY(place_in(request));
    if (auto const refused = TRY(refused_to_speak(rooms, request, session, place)))
        return closed_to(*refused);
    auto const confirmed
        = TRY(rooms.casework.confirm(request.path_value("number"), place, officer_of(session)));
    if (confirmed.refused) return closed_to(*confirmed.refused);
    return step_response(confirmed.taken);
}

Result<Response> send_back_proposal(
    DeskRooms const& rooms, Request const& request, Session const& session)
{
    auto const place = TRY(place_in(request));
    auto const given = TRY(body_as<Reasoned>(request));
    auto const refused = TRY(rooms.casework.send_back(
        request.path_value("number"), place, given.reason.value_or(""), officer_of(session)));
    if (refused) return closed_to(*refused);
    return list_proposals(rooms, request, session);
}

} // namespace

std::vector<Endpoint> proposal_endpoints(DeskRooms const& rooms)
{
    auto const by_officer = [rooms](auto function) -> EndpointHandler {
        return [rooms, function](Request const& request, Session const* session) {
            MUST(session != nullptr);
            return function(rooms, request, *session);
        };
    };
    return {
        { "GET", "/v1/cases/{number}/proposals", "list_proposals", Action::read_cases,
            by_officer(list_proposals) },
        { "POST", "/v1/cases/{number}/proposals/{place}/confirm", "confirm_proposal",
            Action::send_request, by_officer(confirm_proposal) },
        { "POST", "/v1/cases/{number}/proposals/{place}/send-back", "send_back_proposal",
            Action::send_request, by_officer(send_back_proposal) },
    };
}

} // namespace comity::http
