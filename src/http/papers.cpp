#include "http/papers.h"

#include "http/sheet.h"

#include <fmt/format.h>

namespace comity::http {
namespace {

using access::Action;
using access::Session;
using paper::CasePapers;

struct ExportDraft {
    paper::Piece piece {};
    std::string format;
    std::optional<std::string> language {};
    std::optional<std::string> purpose {};
    std::optional<bool> mask_officials {};
    std::optional<std::vector<std::string>> also_mask {};
};
BOOST_DESCRIBE_STRUCT(
    ExportDraft, (), (piece, format, language, purpose, mask_officials, also_mask))

Result<Response> preview_case(CasePapers& papers, Request const& request, Session const& session)
{
    auto const order = TRY(body_as<paper::Order>(request));
    auto const seen = TRY(papers.preview(request.path_value("number"), order, officer_of(session)));
    if (seen.refused) return closed_to(*seen.refused);
    json::Object out;
    out["title"] = seen.sheet.document.title;
    out["blocks"] = blocks_of(seen.sheet.document);
    out["masked"] = json::write(seen.sheet.masked);
    out["mustMask"] = seen.sheet.must_mask;
    out["leftOut"] = json::write(seen.sheet.left_out);
    return json_response(200, out);
}

Result<Response> export_case(CasePapers& papers, Request const& request, Session const& session)
{
    auto draft = TRY(body_as<ExportDraft>(request));
    paper::Order const order { draft.piece, std::move(draft.language), std::move(draft.purpose),
        draft.mask_officials, std::move(draft.also_mask) };
    auto made = TRY(
        papers.export_case(request.path_value("number"), order, draft.format, officer_of(session)));
    if (made.refused) return closed_to(*made.refused);
    auto const name = fmt::format(
        "attachment; filename=\"{}-{}.{}\"", made.entry.piece, made.entry.place, made.entry.format);
    auto const* type = made.entry.format == "pdf" ? "application/pdf" : "text/html; charset=utf-8";
    return Response { .status = 201,
        .headers = { { "content-type", type }, { "content-disposition", name } },
        .body = std::move(made.file) };
}

Result<Response> list_exports(CasePapers& papers, Request const& request, Session const& session)
{
    auto const listed = TRY(papers.exports(request.path_value("number"), officer_of(session)));
    if (listed.refused) return closed_to(*listed.refused);
    return json_response(200, json::Object { { "exports", json::write(listed.exports) } });
}

} // namespace

std::vector<Endpoint> paper_endpoints(CasePapers& papers)
{
    auto const by_officer = [&papers](auto function) -> EndpointHandler {
        return [&papers, function](Request const& request, Session const* session) {
            MUST(session != nullptr);
            return function(papers, request, *session);
        };
    };
    return {
        { "POST", "/v1/cases/{number}/previews", "preview_case", Action::read_cases,
            by_officer(preview_case) },
        { "POST", "/v1/cases/{number}/exports", "export_case", Action::read_cases,
            by_officer(export_case) },
        { "GET", "/v1/cases/{number}/exports", "list_exports", Action::read_cases,
            by_officer(list_exports) },
    };
}

} // namespace comity::http
