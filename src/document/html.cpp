#include "document/document.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::document {
namespace {

// Colours by role, so that the dark ones stand in one place. Contrast of every text is above 4.5.
constexpr std::string_view style = R"css(
:root { color-scheme: light dark; --page: #fff; --ink: #1a1c1f; --faint: #5a6068; --line: #d5d9de;
  --shade: #f3f4f6; --link: #0b57a4; --warning: #8a4b00; --warning-shade: #fff4e0; }
@media (prefers-color-scheme: dark) { :root {
  --page: #131518; --ink: #e6e8eb; --faint: #a0a7b0;
  --line: #343a41; --shade: #1d2126; --link: #83b9f2; --warning: #f0b65c;
  --warning-shade: #2c2313; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); overflow-wrap: anywhere;
  font: 16px/1.55 "Liberation Sans", Arial, "Helvetica Neue", "DejaVu Sans", sans-serif; }
body > * { max-width: 60rem; margin: 0 auto; padding: 0 1.25rem; }
.running { color: var(--faint); font-size: .8125rem; padding-top: 1rem; }
footer.running { border-top: 1px solid var(--line); margin-top: 3rem; padding-bottom: 2rem; }
h1, h2, h3, h4 { line-height: 1.25; margin: 2em 0 .5em; text-wrap: balance; }
h1 { font-size: 1.75rem; margin: .5rem 0 1rem; }
h2 { font-size: 1.3125rem; border-bottom: 1px solid var(--line); padding-bottom: .3rem; }
h3 { font-size: 1.0625rem; }
h4 { font-size: 1rem; color: var(--faint); }
p, ul, ol, dl, table, pre, .note { margin: 0 0 1rem; }
p, li, dd, td, .note { white-space: pre-line; }
a { color: var(--link); text-underline-offset: .15em; }
.faint { color: var(--faint); }
code { font: .9em "Liberation Mono", Consolas, "DejaVu Sans Mono", monospace; }
pre { background: var(--shade); padding: .75rem .875rem; border-radius: .375rem; overflow-x: auto;
  font: .8125rem/1.5 "Liberation Mono", Consolas, "DejaVu Sans Mono", monospace;
  overflow-wrap: normal; tab-size: 4; }
dl { display: grid; grid-template-columns: minmax(7rem, 11rem) 1fr; gap: .25rem 1.25rem; }
dt { color: var(--faint); }
dd { margin: 0; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; font-size: .875rem;
  line-height: 1.45; }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0;
  border-bottom: 1px solid var(--line); }
th { color: var(--faint); font-weight: 600; }
.note { border-left: .25rem solid var(--line); background: var(--shade); padding: .625rem .875rem; }
.warning { border-color: var(--warning); background: var(--warning-shade); }
.signature { display: grid; grid-template-columns: repeat(3, 1fr); gap: 1rem 2rem;
  margin: 3.5rem 0 1rem; }
.signature span { border-top: 1px solid var(--ink); padding-top: .25rem;
  margin-bottom: 2.5rem; color: var(--faint); font-size: .8125rem; }
@media screen and (max-width: 40rem) {
  dl { display: block; } dt { margin-top: .5rem; font-size: .8125rem; }
  table, tbody, tr, td { display: block; }
  thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  tr { border-bottom: 1px solid var(--line); padding: .5rem 0; }
  td { border: 0; padding: .1rem 0; }
  td[data-title]::before { content: attr(data-title) ": "; color: var(--faint); }
  td:empty { display: none; }
  .signature { grid-template-columns: 1fr; }
}
@media print {
  :root { color-scheme: light; --page: #fff; --ink: #000; --faint: #444; --line: #bbb;
    --shade: #f3f4f6; --link: #000; --warning: #8a4b00; --warning-shade: #fff; }
  body { font-size: 9.5pt; } body > * { max-width: none; padding: 0; }
  .running { display: none; } a { text-decoration: none; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 7.5pt; }
  h1, h2, h3, h4 { break-after: avoid; } tr, .signature, .note { break-inside: avoid; }
}
)css";

/// Text inside an element or a quoted attribute.
std::string escaped(std::string_view text)
{
    std::string out;
    for (char const c : clean(text)) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        default: out += c;
        }
    }
    return out;
}

/// Text inside a string of the style sheet: letters, digits and what is no ASCII as they are.
std::string in_style(std::string_view text)
{
    std::string out;
    for (char const c : clean(text)) {
        bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
            || static_cast<unsigned char>(c) >= 0x80;
        out += plain ? std::string(1, c) : fmt::format("\\{:x} ", static_cast<unsigned char>(c));
    }
    return '"' + out + '"';
}

/// "{page} / {pages}" as the counters of the style sheet.
std::string counters(std::string_view pattern)
{
    constexpr std::pair<std::string_view, std::string_view> all[]
        = { { "{page}", " counter(page) " }, { "{pages}", " counter(pages) " } };
    std::string out;
    std::string words;
    while (!pattern.empty()) {
        auto const* const found = std::ranges::find_if(
            all, [&](auto const& each) { return pattern.starts_with(each.first); });
        if (found == std::ranges::end(all)) {
            words += pattern.front();
            pattern.remove_prefix(1);
            continue;
        }
        out += in_style(words);
        out += found->second;
        words.clear();
        pattern.remove_prefix(found->first.size());
    }
    return out + in_style(words);
}

class Writer {
public:
    explicit Writer(Document const& document)
        : document_(document)
    {
    }

    std::string write()
    {
        head();
        out_ += "<body>\n";
        if (!document_.header.empty())
            put("<header class=\"running\">{}</header>\n", escaped(document_.header));
        put("<main>\n<h1>{}</h1>\n", escaped(document_.title));
        for (auto const& block : document_.blocks)
            std::visit([this](auto const& each) { add(each); }, block);
        out_ += "</main>\n";
        if (!document_.footer.empty())
            put("<footer class=\"running\">{}</footer>\n", escaped(document_.footer));
        out_ += "</body>\n</html>\n";
        return std::move(out_);
    }

private:
    template <class... Values> void put(fmt::format_string<Values...> pattern, Values&&... values)
    {
        fmt::format_to(std::back_inserter(out_), pattern, std::forward<Values>(values)...);
    }

    void head()
    {
        put("<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\"/>\n",
            escaped(document_.language));
        out_ += "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                "style-src 'unsafe-inline'\"/>\n"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n";
        put("<meta name=\"author\" content=\"{}\"/>\n<meta name=\"date\" content=\"{}\"/>\n",
            escaped(document_.author), to_text(document_.created));
        put("<title>{}</title>\n<style>{}", escaped(document_.title), style);
        put("@page {{ size: A4; margin: 22mm 20mm; font-family: sans-serif; @top-left {{ content: "
            "{}; font-size: 8pt; }}\n",
            in_style(document_.header));
        put("@bottom-left {{ content: {}; font-size: 8pt; }} @bottom-right {{ content: {}; "
            "font-size: 8pt; }} }}\n</style>\n</head>\n",
            in_style(document_.footer), counters(document_.page_number));
    }

    std::string text(Text const& text) const
    {
        std::string out;
        for (auto const& run : text.runs) {
            auto part = escaped(run.text);
            switch (run.style) {
            case Style::plain: break;
            case Style::strong: part = fmt::format("<strong>{}</strong>", part); break;
            case Style::faint: part = fmt::format("<span class=\"faint\">{}</span>", part); break;
            case Style::code: part = fmt::format("<code>{}</code>", part); break;
            }
            if (run.link) part = fmt::format("<a href=\"{}\">{}</a>", address(*run.link), part);
            out += part;
        }
        return out;
    }

    static std::string address(Link const& link)
    {
        std::string out;
        if (!link.document.empty()) out = place_of(link.document) + ".html";
        if (!link.place.empty() || out.empty()) out += '#' + place_of(link.place);
        return out;
    }

    void add(Heading const& heading)
    {
        auto const level = std::clamp(heading.level, 1, 3) + 1;
        auto const place = place_of(heading.place);
        put("<h{}{}>{}</h{}>\n", level, place.empty() ? "" : fmt::format(" id=\"{}\"", place),
            text(heading.text), level);
    }

    void add(Paragraph const& paragraph) { put("<p>{}</p>\n", text(paragraph.text)); }

    void add(List const& list)
    {
        auto const* const name = list.numbered ? "ol" : "ul";
        put("<{}>\n", name);
        for (auto const& item : list.items) put("<li>{}</li>\n", text(item));
        put("</{}>\n", name);
    }

    void add(Particulars const& particulars)
    {
        if (particulars.all.empty()) return;
        out_ += "<dl>\n";
        for (auto const& [name, value] : particulars.all)
            put("<dt>{}</dt><dd>{}</dd>\n", escaped(name), text(value));
        out_ += "</dl>\n";
    }

    // Where the screen is narrow a row becomes a card; the roles say that it is still a table.
    void add(Table const& table)
    {
        int shares = 0;
        for (auto const& column : table.columns) shares += std::max(column.share, 1);
        out_ += "<table role=\"table\">\n<colgroup>";
        for (auto const& column : table.columns)
            put("<col style=\"width: {}%\"/>", 100 * std::max(column.share, 1) / shares);
        out_ += "</colgroup>\n<thead><tr role=\"row\">";
        for (auto const& column : table.columns)
            put("<th scope=\"col\" role=\"columnheader\">{}</th>", escaped(column.title));
        out_ += "</tr></thead>\n<tbody>\n";
        for (auto const& row : table.rows) {
            out_ += "<tr role=\"row\">";
            for (std::size_t i = 0; i < table.columns.size(); ++i)
                put("<td role=\"cell\" data-title=\"{}\">{}</td>", escaped(table.columns[i].title),
                    i < row.size() ? text(row[i]) : std::string {});
            out_ += "</tr>\n";
        }
        out_ += "</tbody>\n</table>\n";
    }

    void add(Note const& note)
    {
        put("<div role=\"note\" class=\"note{}\">{}</div>\n", note.warning ? " warning" : "",
            text(note.text));
    }

    // What scrolls must be reachable by keys.
    void add(Verbatim const& verbatim)
    {
        put("<pre tabindex=\"0\">{}</pre>\n", escaped(verbatim.text));
    }

    void add(Signature const& signature)
    {
        out_ += "<div class=\"signature\">";
        for (auto const& line : signature.lines) put("<span>{}</span>", escaped(line));
        out_ += "</div>\n";
    }

    Document const& document_;
    std::string out_;
};

} // namespace

std::string html(Document const& document)
{
    return Writer { document }.write();
}

} // namespace comity::document
