#include "http/rights.h"

#include "document/words.h"
#include "rights/oversight.h"
#include "rights/year_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace comity::http {

Result<std::int64_t> place_in(Request const& request)
{
    auto const& text = request.path_value("place");
    std::int64_t place = 0;
    auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), place);
    if (code != std::errc {} || end != text.data() + text.size() || place < 1)
        return Error { Error::Kind::malformed, "a whole number from 1", "place" };
    return place;
}

Result<Response> told(Result<rights::Told> const& result)
{
    auto const& out = TRY(result);
    if (out.refused) return closed_to(*out.refused);
    json::Object body { { "messages", json::write(out.messages) } };
    if (out.decision) body["decision"] = treaty::write(*out.decision);
    return json_response(out.messages.empty() ? 200 : 201, body);
}

namespace {

using access::Action;
using access::Session;
using rights::Rights;

constexpr std::size_t operations_shown = 500;

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

/// What a data protection officer looks into the log with: each look is a line of it
/// (A31(4)(e)-4), and one line only.
struct Log {
    DeskRooms rooms;
    protection::Vault const& vault;
    access::Access* accounts = nullptr; ///< Who stands behind the ids of its lines.

    Result<void> note(Session const& session, std::string_view what) const
    {
        return rooms.store.write([&](store::Transaction& t) {
            return vault.note_reading(t, { session.account.id, "" }, rights::control_purpose, what);
        });
    }
};

/// Each line with the name of its account beside the id.
Result<json::Array> named(Log const& log, std::vector<protection::OperationEntry> const& lines)
{
    auto const names = TRY(log.accounts->names());
    json::Array out;
    for (auto const& each : lines) {
        auto value = json::write(each);
        if (auto const name = names.find(each.officer); name != names.end())
            value.as_object()["account"] = name->second;
        out.push_back(std::move(value));
    }
    return out;
}

/// An officer is looked for by the id or by the name of his account.
Result<std::string> id_of(Log const& log, std::string officer)
{
    for (auto& [id, name] : TRY(log.accounts->names()))
        if (name == officer) return id;
    return officer;
}

/// By an item or by an officer, one of the two.
Result<Response> list_operations(Log const& log, Request const& request, Session const& session)
{
    auto const item = request.parameter("item").value_or("");
    auto const whom = request.parameter("officer").value_or("");
    if (item.empty() == whom.empty())
        return Error { Error::Kind::malformed, "name an item or an officer", "item" };
    auto const officer = TRY(id_of(log, std::string { whom }));
    auto found = TRY(log.rooms.store.read([&](store::Transaction& t) {
        return item.empty() ? protection::operations_of(t, officer)
                            : protection::operations_on(t, item);
    }));
    TRY(log.note(session, item.empty() ? "log: by officer" : "log: by item"));
    if (found.size() > operations_shown) found.resize(operations_shown);
    auto lines = TRY(named(log, found));
    return json_response(200, json::Object { { "operations", std::move(lines) } });
}

struct SampleDraft {
    std::string seed;
    std::int64_t count;
    std::optional<std::int64_t> of {};
};
BOOST_DESCRIBE_STRUCT(SampleDraft, (), (seed, count, of))

Result<Response> sample_operations(Log const& log, Request const& request, Session const& session)
{
    auto const draft = TRY(body_as<SampleDraft>(request));
    auto const count = static_cast<std::size_t>(std::max<std::int64_t>(0, draft.count));
    auto const drawn = TRY(rights::draw_sample(log.rooms.store, draft.seed, count, draft.of));
    TRY(log.note(session, "log: sample"));
    auto out = json::write(drawn);
    out.as_object()["drawn"] = TRY(named(log, drawn.drawn));
    return json_response(200, out);
}

Result<Response> read_protection_desk(Log const& log, Request const&, Session const& session)
{
    auto const seen = TRY(
        rights::oversee(log.rooms.store, log.vault, rights::usual_patience, log.rooms.clock()));
    TRY(log.note(session, "log: overview"));
    return json_response(200, json::write(seen));
}

Result<rights::YearReport> year_of(Log const& log, Request const& request, Session const& session)
{
    auto const& text = request.path_value("year");
    int year = 0;
    auto const [end, code] = std::from_chars(text.data(), text.data() + text.size(), year);
    if (code != std::errc {} || end != text.data() + text.size()) year = 0;
    auto report = TRY(
        rights::report_of_year(log.rooms.store, log.rooms.facts.party, year, log.rooms.clock()));
    TRY(log.note(session, "log: year " + text));
    return report;
}

Result<Response> read_year(Log const& log, Request const& request, Session const& session)
{
    return json_response(200, json::write(TRY(year_of(log, request, session))));
}

Result<Response> read_year_file(Log const& log, Request const& request, Session const& session)
{
    auto const format = request.parameter("format").value_or("pdf");
    if (format != "pdf" && format != "csv")
        return Error { Error::Kind::malformed, "pdf or csv", "format" };
    std::string const language { request.parameter("language").value_or("en") };
    if (!document::speaks(language))
        return Error { Error::Kind::malformed, "en, bg, es, ro, sr or sq", "language" };
    auto const report = TRY(year_of(log, request, session));
    bool const pdf = format == "pdf";
    auto file = pdf ? TRY(document::pdf(rights::paper_of(report, language)))
                    : to_bytes(rights::csv_of(report));
    auto const name
        = fmt::format("attachment; filename=\"data-protection-{}.{}\"", report.year, format);
    return Response { .status = 200,
        .headers = { { "content-type", pdf ? "application/pdf" : "text/csv; charset=utf-8" },
            { "content-disposition", name } },
        .body = std::move(file) };
}

} // namespace

std::vector<Endpoint> rights_endpoints(
    DeskRooms const& rooms, Rights& rights, protection::Vault const& vault, access::Access& access)
{
    auto const by_officer = [&rights](auto function) -> EndpointHandler {
        return [&rights, function](Request const& request, Session const* session) {
            MUST(session != nullptr);
            return function(rights, request, *session);
        };
    };
    auto const log = std::make_shared<Log const>(Log { rooms, vault, &access });
    auto const looking = [log](auto function) -> EndpointHandler {
        return [log, function](Request const& request, Session const* session) {
            MUST(session != nullptr);
            return function(*log, request, *session);
        };
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
        { "GET", "/v1/protection", "read_protection", supervise, looking(read_protection_desk) },
        { "GET", "/v1/protection/operations", "list_operations", supervise,
            looking(list_operations) },
        { "POST", "/v1/protection/samples", "sample_operations", supervise,
            looking(sample_operations) },
        { "GET", "/v1/protection/years/{year}", "read_protection_year", supervise,
            looking(read_year) },
        { "GET", "/v1/protection/years/{year}/file", "read_protection_year_file", supervise,
            looking(read_year_file) },
    };
}

std::vector<Endpoint> with_readings_noted(
    std::vector<Endpoint> endpoints, DeskRooms const& rooms, protection::Vault const& vault)
{
    auto const log = std::make_shared<Log const>(Log { rooms, vault });
    for (auto& endpoint : endpoints) {
        if (!endpoint.path.starts_with("/v1/register")) continue;
        endpoint.handle = [log, handle = std::move(endpoint.handle)](
                              Request const& request, Session const* session) -> Result<Response> {
            auto shown = TRY(handle(request, session));
            MUST(session != nullptr);
            auto const& roles = session->account.roles;
            if (std::ranges::find(roles, access::Role::data_protection_officer) != roles.end())
                TRY(log->note(*session, "register"));
            return shown;
        };
    }
    return endpoints;
}

} // namespace comity::http
