#include "http/rights.h"

#include "rights/oversight.h"

#include <charconv>

namespace comity::http {
namespace {

using access::Action;
using access::Session;
using rights::Rights;

constexpr std::size_t operations_shown = 500;

Result<std::int64_t> place_in(Request const& request)
{
    auto const& text = request.path_value("place");
    std::int64_t place = 0;
    auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), place);
    if (code != std::errc {} || end != text.data() + text.size() || place < 1)
        return Error { Error::Kind::malformed, "a whole number from 1", "place" };
    return place;
}

/// 201 where something left; 200 where the law did not permit it, or nothing had to leave.
Result<Response> told(Result<rights::Told> const& result)
{
    auto const& out = TRY(result);
    if (out.refused) return closed_to(*out.refused);
    json::Object body { { "messages", json::write(out.messages) } };
    if (out.decision) body["decision"] = treaty::write(*out.decision);
    return json_response(out.messages.empty() ? 200 : 201, body);
}

Result<Response> read_protection(Rights& rights, Request const& request, Session const& session)
{
    auto const shown = TRY(rights.of_case(request.path_value("number"), officer_of(session)));
    if (shown.refused) return closed_to(*shown.refused);
    return json_response(200, json::write(shown));
}

Result<Response> correct_item(Rights& rights, Request const& request, Session const& session)
{
    auto const draft = TRY(body_as<rights::CorrectionDraft>(request));
    return told(rights.correct(request.path_value("number"), draft, officer_of(session)));
}

Result<Response> doubt_item(Rights& rights, Request const& request, Session const& session)
{
    auto const draft = TRY(body_as<rights::DoubtDraft>(request));
    return told(rights.doubt(request.path_value("number"), draft, officer_of(session)));
}

Result<Response> report_unlawful_use(Rights& rights, Request const& request, Session const& session)
{
    auto const draft = TRY(body_as<rights::UnlawfulUseDraft>(request));
    return told(
        rights.report_unlawful_use(request.path_value("number"), draft, officer_of(session)));
}

Result<Response> settle_notice(Rights& rights, Request const& request, Session const& session)
{
    auto const place = TRY(place_in(request));
    auto const draft = TRY(body_as<rights::SettlementDraft>(request));
    return told(rights.settle(request.path_value("number"), place, draft, officer_of(session)));
}

Result<Response> ask_consent(Rights& rights, Request const& request, Session const& session)
{
    auto const draft = TRY(body_as<rights::ConsentDraft>(request));
    return told(rights.ask_consent(request.path_value("number"), draft, officer_of(session)));
}

Result<Response> answer_consent(Rights& rights, Request const& request, Session const& session)
{
    auto const place = TRY(place_in(request));
    auto const draft = TRY(body_as<rights::ConsentAnswerDraft>(request));
    return told(
        rights.answer_consent(request.path_value("number"), place, draft, officer_of(session)));
}

struct Reasoned {
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(Reasoned, (), (reason))

Result<Response> withdraw_consent(Rights& rights, Request const& request, Session const& session)
{
    auto const place = TRY(place_in(request));
    auto const given = TRY(body_as<Reasoned>(request));
    return told(rights.withdraw_consent(
        request.path_value("number"), place, given.reason, officer_of(session)));
}

/// By an item or by an officer, one of the two.
Result<Response> list_operations(DeskRooms const& rooms, Request const& request)
{
    auto const item = request.parameter("item").value_or("");
    auto const officer = request.parameter("officer").value_or("");
    if (item.empty() == officer.empty())
        return Error { Error::Kind::malformed, "name an item or an officer", "item" };
    auto found = TRY(rooms.store.read([&](store::Transaction& t) {
        return item.empty() ? protection::operations_of(t, officer)
                            : protection::operations_on(t, item);
    }));
    if (found.size() > operations_shown) found.resize(operations_shown);
    return json_response(200, json::Object { { "operations", json::write(found) } });
}

struct SampleDraft {
    std::string seed;
    std::int64_t count;
};
BOOST_DESCRIBE_STRUCT(SampleDraft, (), (seed, count))

Result<Response> sample_operations(DeskRooms const& rooms, Request const& request)
{
    auto const draft = TRY(body_as<SampleDraft>(request));
    auto const count = static_cast<std::size_t>(std::max<std::int64_t>(0, draft.count));
    return json_response(
        200, json::write(TRY(rights::draw_sample(rooms.store, draft.seed, count))));
}

} // namespace

std::vector<Endpoint> rights_endpoints(
    DeskRooms const& rooms, Rights& rights, protection::Vault const& vault)
{
    auto const by_officer = [&rights](auto function) -> EndpointHandler {
        return [&rights, function](Request const& request, Session const* session) {
            MUST(session != nullptr);
            return function(rights, request, *session);
        };
    };
    auto const looking = [rooms](auto function) -> EndpointHandler {
        return [rooms, function](
                   Request const& request, Session const*) { return function(rooms, request); };
    };
    auto const overseen = [rooms, &vault](Request const&, Session const*) -> Result<Response> {
        return json_response(200,
            json::write(
                TRY(rights::oversee(rooms.store, vault, rights::usual_patience, rooms.clock()))));
    };
    auto const supervise = Action::supervise_cases;
    return {
        { "GET", "/v1/cases/{number}/protection", "read_case_protection", Action::read_cases,
            by_officer(read_protection) },
        { "POST", "/v1/cases/{number}/corrections", "correct_item", Action::decide_case,
            by_officer(correct_item) },
        { "POST", "/v1/cases/{number}/doubts", "doubt_item", Action::decide_case,
            by_officer(doubt_item) },
        { "POST", "/v1/cases/{number}/unlawful-uses", "report_unlawful_use", Action::decide_case,
            by_officer(report_unlawful_use) },
        { "POST", "/v1/cases/{number}/notices/{place}/settlement", "settle_notice",
            Action::decide_case, by_officer(settle_notice) },
        { "POST", "/v1/cases/{number}/consents", "ask_consent", Action::decide_case,
            by_officer(ask_consent) },
        { "POST", "/v1/cases/{number}/consents/{place}/answer", "answer_consent",
            Action::decide_case, by_officer(answer_consent) },
        { "POST", "/v1/cases/{number}/consents/{place}/withdrawal", "withdraw_consent",
            Action::decide_case, by_officer(withdraw_consent) },
        { "GET", "/v1/protection", "read_protection", supervise, overseen },
        { "GET", "/v1/protection/operations", "list_operations", supervise,
            looking(list_operations) },
        { "POST", "/v1/protection/samples", "sample_operations", supervise,
            looking(sample_operations) },
    };
}

} // namespace comity::http
