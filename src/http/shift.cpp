#include "http/shift.h"

#include <charconv>

namespace comity::http {
namespace {

using access::Action;
using access::Session;

struct ErrandDraft {
    std::string text;
    std::optional<Instant> due_at {};
    std::optional<std::string> officer {}; ///< Name of an account; oneself where missing.
};
BOOST_DESCRIBE_STRUCT(ErrandDraft, (), (text, due_at, officer))

struct Note {
    std::optional<std::string> note {};
};
BOOST_DESCRIBE_STRUCT(Note, (), (note))

Result<std::int64_t> number_at(Request const& request, std::string_view name)
{
    auto const& text = request.path_value(name);
    std::int64_t out = 0;
    auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), out);
    if (code != std::errc {} || end != text.data() + text.size())
        return Error { Error::Kind::malformed, "this is a whole number", std::string { name } };
    return out;
}

/// What the calls below need.
struct ShiftRooms {
    access::Access& access;
    casework::Handover& handover;
};

Result<Response> list_errands(
    ShiftRooms const& rooms, Request const& request, Session const& session)
{
    auto const found
        = TRY(rooms.handover.errands(request.path_value("number"), officer_of(session)));
    return json_response(200, json::Object { { "errands", json::write(found) } });
}

Result<Response> add_errand(ShiftRooms const& rooms, Request const& request, Session const& session)
{
    auto const draft = TRY(body_as<ErrandDraft>(request));
    std::string account = session.account.id;
    if (draft.officer) {
        auto const found = rooms.access.account(*draft.officer);
        if (!found.ok())
            return Error { Error::Kind::malformed, "no officer of this desk has that name",
                "officer" };
        account = found.value().id;
    }
    auto const refused = TRY(rooms.handover.add_errand(
        request.path_value("number"), { draft.text, draft.due_at }, account, officer_of(session)));
    if (refused) return closed_to(*refused);
    return list_errands(rooms, request, session);
}

Result<Response> finish_errand(
    ShiftRooms const& rooms, Request const& request, Session const& session)
{
    auto const place = TRY(number_at(request, "place"));
    auto const refused = TRY(
        rooms.handover.finish_errand(request.path_value("number"), place, officer_of(session)));
    if (refused) return closed_to(*refused);
    return list_errands(rooms, request, session);
}

Result<Response> read_shift(ShiftRooms const& rooms, Request const&, Session const& session)
{
    return json_response(200, json::write(TRY(rooms.handover.shift_of(officer_of(session)))));
}

Result<Response> begin_shift(
    ShiftRooms const& rooms, Request const& request, Session const& session)
{
    TRY(rooms.handover.begin_shift(officer_of(session)));
    return read_shift(rooms, request, session);
}

Result<Response> offer_shift(
    ShiftRooms const& rooms, Request const& request, Session const& session)
{
    auto const given = TRY(body_as<Note>(request));
    TRY(rooms.handover.offer_shift(given.note.value_or(""), officer_of(session)));
    return read_shift(rooms, request, session);
}

Result<Response> take_shift(ShiftRooms const& rooms, Request const& request, Session const& session)
{
    auto const id = TRY(number_at(request, "id"));
    if (auto const refused = TRY(rooms.handover.take_shift(id, officer_of(session))))
        return closed_to(*refused);
    return read_shift(rooms, request, session);
}

} // namespace

std::vector<Endpoint> shift_endpoints(access::Access& access, casework::Handover& handover)
{
    ShiftRooms const rooms { access, handover };
    auto const by_officer = [rooms](auto function) -> EndpointHandler {
        return [rooms, function](Request const& request, Session const* session) {
            MUST(session != nullptr);
            return function(rooms, request, *session);
        };
    };
    return {
        { "GET", "/v1/cases/{number}/errands", "list_errands", Action::read_cases,
            by_officer(list_errands) },
        { "POST", "/v1/cases/{number}/errands", "add_errand", Action::send_request,
            by_officer(add_errand) },
        { "POST", "/v1/cases/{number}/errands/{place}/done", "finish_errand", Action::send_request,
            by_officer(finish_errand) },
        { "GET", "/v1/shift", "read_shift", Action::send_request, by_officer(read_shift) },
        { "POST", "/v1/shift", "begin_shift", Action::send_request, by_officer(begin_shift) },
        { "POST", "/v1/shift/offer", "offer_shift", Action::send_request, by_officer(offer_shift) },
        { "POST", "/v1/shifts/{id}/take", "take_shift", Action::assign_case,
            by_officer(take_shift) },
    };
}

} // namespace comity::http
