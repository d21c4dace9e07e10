#include "document/document.h"

#include "base/file.h"
#include "base/scratch.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <memory>

namespace comity::document {
namespace {

bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

Document letter()
{
    Document out;
    out.title = "Отговор TEST";
    out.language = "bg";
    out.author = "NCU Sofia TEST";
    out.created = parse_instant("2026-04-17T09:14:00Z").value();
    out.header = "Comity";
    out.footer = "TEST";
    out.page_number = "{page}/{pages}";
    return out;
}

Document letter(std::vector<Block> blocks)
{
    auto out = letter();
    out.blocks = std::move(blocks);
    return out;
}

/// What a program of poppler says of a PDF.
std::string ask(std::string const& program, Bytes const& pdf, std::string const& after = {})
{
    ScratchFolder const folder;
    EXPECT_TRUE(write_file(folder / "it.pdf", pdf).ok());
    auto const command = fmt::format("{} '{}' {}", program, (folder / "it.pdf").string(), after);
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> const pipe { ::popen(command.c_str(), "r"),
        &::pclose };
    EXPECT_NE(pipe, nullptr);
    std::string out;
    std::array<char, 4096> chunk {};
    while (auto const count = std::fread(chunk.data(), 1, chunk.size(), pipe.get()))
        out.append(chunk.data(), count);
    return out;
}

std::string text_of(Bytes const& pdf)
{
    return ask("pdftotext -layout -enc UTF-8", pdf, "-");
}

std::string text_of(Document const& document)
{
    return text_of(pdf(document).value());
}

std::size_t count(std::string_view text, std::string_view part)
{
    std::size_t out = 0;
    for (auto at = text.find(part); at != text.npos; at = text.find(part, at + part.size())) ++out;
    return out;
}

/// The first tag that is closed by another; empty where all is well.
std::string badly_nested(std::string_view html)
{
    std::vector<std::string> open;
    html.remove_prefix(html.find("<html"));
    for (auto at = html.find('<'); at != html.npos; at = html.find('<', at + 1)) {
        auto const tag = html.substr(at + 1, html.find('>', at) - at - 1);
        if (tag.ends_with('/')) continue;
        std::string const name { tag.substr(0, tag.find(' ')) };
        if (!name.starts_with('/')) {
            open.push_back(name);
        } else if (open.empty() || open.back() != name.substr(1)) {
            return name;
        } else {
            open.pop_back();
        }
    }
    return open.empty() ? "" : open.back();
}

std::vector<Block> one_of_each()
{
    return { Heading { 1, "Лице", "A13(5)(b)" },
        Paragraph { { { "Ђорђевић ", Style::strong }, { "Șerban Țîrlea, Gjoka Tepër" } } },
        List { { "one", "two" } }, List { { "first" }, true },
        Particulars { { { "Case", "2026-0417" } } },
        Table { { { "Party" }, { "Answer", 3 } }, { { "BG", "да" }, { "RO" } } },
        Note { "A TEST note" }, Note { "A TEST warning", true },
        Verbatim { "if (a < b)\n    return c;" },
        Paragraph { { { "see ", Style::faint }, { "there", Style::plain, Link { "", "A13(5)(b)" } },
            { " or " }, { "elsewhere", Style::code, Link { "article-04", "A4(1)" } } } },
        Signature { { "Name", "Date", "Signature", "Seal" } } };
}

} // namespace

TEST(Document, a_place_is_letters_digits_and_hyphens)
{
    EXPECT_EQ(place_of("A31(4)(b)-1"), "A31-4-b-1");
    EXPECT_EQ(place_of("A3.1(e)"), "A3-1-e");
    EXPECT_EQ(place_of("ANX-0"), "ANX-0");
    EXPECT_EQ(place_of("//"), "");
}

TEST(Document, clean_keeps_every_script_and_replaces_what_is_no_text)
{
    EXPECT_EQ(clean("Ђорђе Țîrlea 𝄞\n\t"), "Ђорђе Țîrlea 𝄞\n\t");
    EXPECT_EQ(clean("a\x01z"), "a\uFFFDz");
    EXPECT_EQ(clean("a\xFFz"), "a\uFFFDz");
    EXPECT_EQ(clean("a\xC3"), "a\uFFFD") << "cut off";
    EXPECT_EQ(clean("\xC0\xAF"), "\uFFFD\uFFFD") << "overlong";
    EXPECT_EQ(clean("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD") << "surrogate";
    EXPECT_EQ(clean("\xF4\x90\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD") << "beyond the last";
    EXPECT_EQ(clean("\xEF\xBF\xBF"), "\uFFFD") << "no character";
    EXPECT_EQ(clean("a\u202Ez"), "a\uFFFDz") << "would turn the rest";
    EXPECT_EQ(clean("a\u00ADz"), "a\u00ADz");
}

TEST(Document, html_is_well_formed_whatever_the_text)
{
    auto document = letter(one_of_each());
    EXPECT_EQ(badly_nested(html(document)), "");
    std::string const bad = "</title></style>\"'><script>alert(1)</script>&amp;\x01";
    document.title = document.author = document.header = document.footer = bad;
    document.language = document.page_number = bad;
    document.blocks = { Heading { 1, bad, bad }, Paragraph { bad }, List { { bad } },
        Particulars { { { bad, bad } } }, Table { { { bad } }, { { bad } } }, Note { bad },
        Verbatim { bad }, Signature { { bad } },
        Paragraph { { { bad, Style::code, Link { bad, bad } } } } };
    auto const text = html(document);
    EXPECT_EQ(badly_nested(text), "");
    EXPECT_FALSE(contains(text, "<script"));
    EXPECT_FALSE(contains(text, "\x01"));
    EXPECT_TRUE(contains(text, "&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;"));
}

TEST(Document, html_needs_nothing_from_elsewhere)
{
    auto const text = html(letter(one_of_each()));
    for (auto const* part : { "http:", "https:", "url(", "@import", "<script", "<img", "<link" })
        EXPECT_FALSE(contains(text, part)) << part;
    EXPECT_TRUE(contains(text, "default-src 'none'"));
    EXPECT_TRUE(contains(text, "<html lang=\"bg\">"));
}

TEST(Document, html_links_to_places_and_to_neighbours)
{
    auto const text = html(letter(one_of_each()));
    EXPECT_TRUE(contains(text, "<h2 id=\"A13-5-b\">Лице</h2>"));
    EXPECT_TRUE(contains(text, "<a href=\"#A13-5-b\">there</a>"));
    EXPECT_TRUE(contains(text, "<a href=\"article-04.html#A4-1\"><code>elsewhere</code></a>"));
}

TEST(Document, pdf_holds_every_kind_of_block_in_both_scripts)
{
    auto const text = text_of(letter(one_of_each()));
    for (auto const* part : { "Отговор TEST", "Лице", "Ђорђевић", "Șerban Țîrlea", "Tepër", "one",
             "1.", "first", "2026-0417", "Answer", "да", "A TEST warning", "    return c;",
             "elsewhere", "Seal", "1/1", "Comity" })
        EXPECT_TRUE(contains(text, part)) << part << " in\n" << text;
}

TEST(Document, pdf_says_its_title_author_and_the_date_it_was_given)
{
    auto const text = ask("TZ=UTC pdfinfo -isodates", pdf(letter(one_of_each())).value());
    EXPECT_TRUE(contains(text, "Отговор TEST")) << text;
    EXPECT_TRUE(contains(text, "NCU Sofia TEST"));
    EXPECT_TRUE(contains(text, "2026-04-17T09:14:00"));
    EXPECT_TRUE(contains(text, "595.28 x 841.89 pts (A4)") || contains(text, "(A4)")) << text;
}

TEST(Document, the_same_document_gives_the_same_bytes)
{
    auto const document = letter(one_of_each());
    EXPECT_EQ(pdf(document).value(), pdf(document).value());
    EXPECT_EQ(html(document), html(document));
    auto later = document;
    later.created += std::chrono::seconds { 1 };
    EXPECT_NE(pdf(document).value(), pdf(later).value());
}

TEST(Document, a_table_breaks_across_pages_under_its_titles)
{
    Table table { { { "Nr" }, { "Beschreibung", 4 } }, {} };
    for (int i = 0; i < 120; ++i)
        table.rows.push_back({ std::to_string(i), fmt::format("row-{} of the table", i) });
    auto const text = text_of(letter({ std::move(table) }));
    auto const pages = count(text, "\f");
    EXPECT_GT(pages, 2);
    EXPECT_EQ(count(text, "Beschreibung"), pages);
    for (int i = 0; i < 120; ++i) EXPECT_EQ(count(text, fmt::format("row-{} of", i)), 1) << i;
    EXPECT_TRUE(contains(text, fmt::format("{}/{}", pages, pages)));
}

TEST(Document, a_cell_higher_than_a_page_breaks_and_loses_no_line)
{
    std::string high;
    for (int i = 0; i < 150; ++i) high += fmt::format("line-{}.\n", i);
    auto const text = text_of(letter({ Table { { { "a" }, { "b" } }, { { high, "short" } } } }));
    for (int i = 0; i < 150; ++i) EXPECT_EQ(count(text, fmt::format("line-{}.", i)), 1) << i;
    EXPECT_GT(count(text, "\f"), 2);
}

TEST(Document, a_heading_stands_on_the_page_of_what_follows)
{
    for (int lines = 40; lines < 62; ++lines) {
        std::string text;
        for (int i = 0; i < lines; ++i) text += "x\n";
        auto const all = text_of(letter(
            { Paragraph { text }, Heading { 2, "Heading-here" }, Paragraph { "follows-it" } }));
        auto const between = all.substr(
            all.find("Heading-here"), all.find("follows-it") - all.find("Heading-here"));
        EXPECT_FALSE(contains(between, "\f")) << lines;
    }
}

TEST(Document, more_pages_than_the_limit_are_refused)
{
    Table table { { { "Nr" } }, {} };
    while (count(text_of(letter({ table })), "\f") < 3) table.rows.push_back({ "x" });
    EXPECT_TRUE(pdf(letter({ table }), 3).ok());
    auto const made = pdf(letter({ table }), 2);
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(made.error().kind, Error::Kind::too_large);
    EXPECT_EQ(made.error().what, "the document has more than 2 pages");
    std::vector<Block> const many(100'000, Paragraph { "x" });
    EXPECT_EQ(pdf(letter(many), 10).error().kind, Error::Kind::too_large);
}

TEST(Document, a_text_over_the_limit_is_refused)
{
    Paragraph const most { std::string(text_bytes_max - 1, '\n') + "x" };
    EXPECT_EQ(pdf(letter({ most }), 2).error().what, "the document has more than 2 pages");
    Paragraph const over { std::string(text_bytes_max, '\n') + "x" };
    EXPECT_EQ(pdf(letter({ over }), 2).error().what, "a text has more than 262144 bytes");
}

TEST(Document, a_character_without_a_glyph_is_an_error_and_no_empty_box)
{
    auto const made = pdf(letter({ Paragraph { "cuneiform \U00012000" } }));
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(made.error().kind, Error::Kind::malformed);
    EXPECT_TRUE(contains(made.error().what, "cuneiform"));
}

TEST(Document, a_link_to_nowhere_and_two_headings_of_one_place_are_errors)
{
    Paragraph const lost { { { "see", Style::plain, Link { "", "nowhere" } } } };
    EXPECT_TRUE(contains(pdf(letter({ lost })).error().what, "nowhere"));
    Heading const heading { 1, "twice", "A1" };
    EXPECT_TRUE(contains(pdf(letter({ heading, heading })).error().what, "A1"));
}

TEST(Document, an_empty_document_is_one_page_with_its_title)
{
    auto const text = text_of(letter());
    EXPECT_TRUE(contains(text, "Отговор TEST"));
    EXPECT_EQ(count(text, "\f"), 1);
    for (Block const& empty : std::vector<Block> {
             Paragraph {}, List {}, Particulars {}, Table {}, Note {}, Verbatim {}, Signature {} })
        EXPECT_TRUE(pdf(letter({ empty })).ok()) << empty.index();
}

} // namespace comity::document
