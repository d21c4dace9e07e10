#include "http/papers.h"

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

std::string text_of(document::Text const& text)
{
    std::string out;
    for (auto const& run : text.runs) out += document::clean(run.text);
    return out;
}

/// What a sheet is made of, for a desk to draw: of every block one list of lines, each of cells.
json::Object block_of(document::Block const& block)
{
    json::Array lines;
    auto const line
        = [&](std::vector<std::string> const& cells) { lines.emplace_back(json::write(cells)); };
    if (auto const* heading = std::get_if<document::Heading>(&block)) {
        line({ text_of(heading->text) });
        return { { "form", heading->level == 1 ? "heading" : "subheading" }, { "lines", lines } };
    }
    if (auto const* facts = std::get_if<document::Particulars>(&block)) {
        for (auto const& each : facts->all) line({ each.name, text_of(each.value) });
        return { { "form", "particulars" }, { "lines", lines } };
    }
    if (auto const* table = std::get_if<document::Table>(&block)) {
        std::vector<std::string> titles;
        for (auto const& column : table->columns) titles.push_back(column.title);
        line(titles);
        for (auto const& row : table->rows) {
            std::vector<std::string> cells;
            for (auto const& cell : row) cells.push_back(text_of(cell));
            line(cells);
        }
        return { { "form", "table" }, { "lines", lines } };
    }
    auto const* note = std::get_if<document::Note>(&block);
    MUST(note != nullptr); // a sheet has no other blocks
    line({ text_of(note->text) });
    return { { "form", "note" }, { "lines", lines } };
}

Result<Response> preview_case(CasePapers& papers, Request const& request, Session const& session)
{
    auto const order = TRY(body_as<paper::Order>(request));
    auto const seen = TRY(papers.preview(request.path_value("number"), order, officer_of(session)));
    if (seen.refused) return closed_to(*seen.refused);
    json::Object out;
    json::Array blocks;
    for (auto const& block : seen.sheet.document.blocks) blocks.emplace_back(block_of(block));
    out["title"] = seen.sheet.document.title;
    out["blocks"] = blocks;
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
