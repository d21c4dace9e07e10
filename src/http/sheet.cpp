#include "http/sheet.h"

namespace comity::http {
namespace {

std::string text_of(document::Text const& text)
{
    std::string out;
    for (auto const& run : text.runs) out += document::clean(run.text);
    return out;
}

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
    if (auto const* paragraph = std::get_if<document::Paragraph>(&block)) {
        line({ text_of(paragraph->text) });
        return { { "form", "paragraph" }, { "lines", lines } };
    }
    if (auto const* signature = std::get_if<document::Signature>(&block)) {
        for (auto const& each : signature->lines) line({ each });
        return { { "form", "signature" }, { "lines", lines } };
    }
    auto const* note = std::get_if<document::Note>(&block);
    MUST(note != nullptr); // what is shown at a desk has no other blocks
    line({ text_of(note->text) });
    return { { "form", "note" }, { "lines", lines } };
}

} // namespace

json::Array blocks_of(document::Document const& document)
{
    json::Array out;
    for (auto const& block : document.blocks) out.emplace_back(block_of(block));
    return out;
}

} // namespace comity::http
