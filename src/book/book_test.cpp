#include "book/book.h"

#include "book/article_page.h"
#include "book/case_words.h"

#include "base/file.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace comity::book {
namespace {

using namespace document;

/// Not for security: the tests ask only that other bytes give another edition.
std::string plain_hash(std::string_view text)
{
    std::uint64_t state = 14695981039346656037ULL;
    for (auto const byte : as_view(text)) state = (state ^ byte) * 1099511628211ULL;
    auto const half = fmt::format("{:016x}", state);
    return half + half + half + half;
}

std::string text_of(std::filesystem::path const& path)
{
    return std::string { as_text(read_file(path).value()) };
}

treaty::Law const& law()
{
    static treaty::Law const made = [] {
        treaty::Files files;
        for (auto const name : treaty::law_file_names())
            files.push_back(
                { std::string { name }, text_of("data/treaty/" + std::string { name }) });
        return treaty::read_law(files, plain_hash).value();
    }();
    return made;
}

Material material()
{
    Material out;
    for (auto const& each : std::filesystem::directory_iterator { "tests/cases/treaty" })
        out.cases.push_back({ each.path().filename().string(), text_of(each.path()) });
    std::ranges::sort(out.cases, {}, &treaty::File::name);
    out.requirements
        = treaty::read_requirements({ "requirements.tsv", text_of("data/treaty/requirements.tsv") })
              .value();
    out.on = parse_date("2026-04-17").value();
    return out;
}

std::vector<Page> const& book()
{
    static auto const made = make_book(law(), material(), plain_hash).value();
    return made;
}

Page const& page(std::vector<Page> const& all, std::string_view name)
{
    auto const found = std::ranges::find(all, name, &Page::name);
    MUST(found != all.end());
    return *found;
}
Page const& page(std::string_view name)
{
    return page(book(), name);
}

template <class Wanted> std::vector<Wanted> all_of(Page const& page)
{
    std::vector<Wanted> out;
    for (auto const& block : page.document.blocks)
        if (auto const* each = std::get_if<Wanted>(&block)) out.push_back(*each);
    return out;
}

std::string plain(Text const& text)
{
    std::string out;
    for (auto const& run : text.runs) out += run.text;
    return out;
}

std::string particular(Page const& page, std::string_view name)
{
    for (auto const& block : all_of<Particulars>(page))
        for (auto const& each : block.all)
            if (each.name == name) return plain(each.value);
    return {};
}

/// The blocks between the heading of a paragraph and the next heading.
std::vector<Block> paragraph(std::string_view id)
{
    std::vector<Block> out;
    bool open = false;
    for (auto const& block : page(page_of(id)).document.blocks) {
        if (auto const* heading = std::get_if<Heading>(&block)) open = heading->place == id;
        if (open) out.push_back(block);
    }
    return out;
}

std::string code_of(std::string_view id)
{
    std::string out;
    for (auto const& block : paragraph(id))
        if (auto const* code = std::get_if<Verbatim>(&block)) out += code->text + "\n";
    return out;
}

bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != text.npos;
}

} // namespace

TEST(Book, has_an_index_and_one_page_for_every_article_the_lists_and_the_reservations)
{
    std::vector<std::string> names;
    for (auto const& each : book()) names.push_back(each.name);
    ASSERT_EQ(names.size(), 1 + 43 + 2);
    EXPECT_EQ(names.front(), "index");
    EXPECT_EQ(names[1], "preamble");
    EXPECT_EQ(names[14], "article-13");
    EXPECT_EQ(names[44], "annexed-lists");
    EXPECT_EQ(names[45], "reservations");
    EXPECT_EQ(page("article-13").document.title, "Article 13. Hot pursuit");
}

TEST(Book, every_provision_and_every_other_duty_stands_on_exactly_one_page)
{
    std::multiset<std::string> places;
    for (auto const& each : book())
        for (auto const& heading : all_of<Heading>(each))
            if (page_of(heading.place) == each.name) places.insert(heading.place);
    for (auto const* provision : treaty::provisions())
        EXPECT_EQ(places.count(std::string { provision->id }), 1) << provision->id;
    for (auto const& duty : material().requirements) {
        if (duty.id.starts_with("RES-")) continue; // carried by its parts
        EXPECT_EQ(places.count(duty.id), 1) << duty.id;
    }
}

TEST(Book, a_page_goes_as_the_text_goes)
{
    auto const places = [](std::string_view name) {
        std::string out;
        for (auto const& heading : all_of<Heading>(page(name)))
            if (page_of(heading.place) == name) out += heading.place + " ";
        return out;
    };
    EXPECT_EQ(places("article-02"), "A2(a) A2(b) A2(c) A2(d) A2(e) A2(f) A2(g) A2(h) ");
    EXPECT_TRUE(places("article-24").starts_with("A24(1) A24(2)(a)"));
    EXPECT_TRUE(places("reservations").starts_with("RES-BG(1) RES-BG(2) "));
}

TEST(Book, an_id_has_one_page)
{
    EXPECT_EQ(page_of("PRE-1"), "preamble");
    EXPECT_EQ(page_of("A3.1(e)"), "article-03");
    EXPECT_EQ(page_of("A31(4)(b)-1"), "article-31");
    EXPECT_EQ(page_of("ANX-32-L1"), "annexed-lists");
    EXPECT_EQ(page_of("RES-BG(1)"), "reservations");
    EXPECT_EQ(page_of("A43"), "");
    EXPECT_EQ(page_of("nothing"), "");
}

TEST(Book, every_case_stands_on_the_page_of_each_of_its_provisions)
{
    std::map<std::string, std::set<std::pair<std::string, std::string>>> shown;
    for (auto const& each : book())
        for (auto const& table : all_of<Table>(each))
            if (table.columns.front().title == "Nr")
                for (auto const& row : table.rows)
                    shown[each.name].emplace(plain(row[1]), plain(row[3]));
    auto const sources = material();
    std::size_t count = 0;
    for (auto const& file : sources.cases) {
        for (auto const& each : treaty::read_cases(law(), file).value()) {
            std::set<std::string> pages;
            for (auto const& expected : each.expectations)
                if (!expected.provision.empty()) pages.insert(page_of(expected.provision));
            EXPECT_FALSE(pages.empty()) << file.name << ": " << each.title;
            auto const& first = each.expectations.front();
            auto const& told = first.provision.empty() ? first.words : first.provision;
            for (auto const& name : pages) {
                auto const& on_page = shown[name];
                EXPECT_TRUE(std::ranges::any_of(on_page,
                    [&](auto const& row) {
                        return row.first == each.title && contains(row.second, told);
                    }))
                    << name << ": " << each.title;
            }
            ++count;
        }
    }
    EXPECT_GT(count, 1000);
}

TEST(Book, every_case_comes_out_as_expected)
{
    for (auto const& each : book())
        for (auto const& note : all_of<Note>(each)) ADD_FAILURE() << plain(note.text);
}

TEST(Book, a_rule_shows_its_function_the_words_above_it_and_what_it_calls)
{
    auto const code = code_of("A13(6)-2");
    EXPECT_TRUE(contains(code, "// A13(6)-2. Who is no national is released six hours after"));
    EXPECT_TRUE(contains(code, "Outcome a13_6_2(View& view)\n{\n    return released_in_time("));
    EXPECT_TRUE(contains(code, "Outcome released_in_time(View& view, ArrestFollowed followed"))
        << "from another file of the chapter";
    EXPECT_TRUE(contains(code, "Truth extradition_requested_in_time(")) << "called by that";
    EXPECT_TRUE(contains(code, "inline constexpr Term release_after_pursuit {"));
    EXPECT_FALSE(contains(code, "a13_6_3(View& view)"));
    EXPECT_TRUE(contains(code_of("A13(5)(f)"), "Truth allowed_after_detention("));
}

TEST(Book, the_source_of_every_rule_is_there)
{
    for (auto const* provision : treaty::provisions()) {
        auto const code = code_of(provision->id);
        EXPECT_TRUE(contains(code, "(View&")) << provision->id;
        EXPECT_TRUE(contains(code, "\n}\n")) << provision->id;
        EXPECT_TRUE(code.starts_with("//")) << provision->id;
        auto const* const term
            = provision->term ? provision->term : treaty::find_term(provision->id);
        if (!term || term->provision.empty()) continue;
        EXPECT_TRUE(contains(code, fmt::format("{{ \"{}\",", term->provision))) << provision->id;
    }
}

TEST(Book, a_term_without_a_rule_and_one_that_its_rule_does_not_name_are_shown)
{
    EXPECT_TRUE(contains(code_of("A33(3)-1"), "inline constexpr Term committee_meeting"));
    EXPECT_TRUE(contains(code_of("A40(1)"), "inline constexpr Term entry_of_convention"));
    EXPECT_TRUE(contains(code_of("A40(1)"), "calendar_days(90)"));
}

TEST(Book, every_kind_of_duty_is_told)
{
    auto const kind = [](std::string_view id) {
        for (auto const& block : paragraph(id))
            if (auto const* all = std::get_if<Particulars>(&block)) return plain(all->all[0].value);
        return std::string {};
    };
    EXPECT_EQ(kind("A13(5)(b)"), "Rule: a requirement");
    EXPECT_EQ(kind("A13(5)(c)"), "Rule: a prohibition");
    EXPECT_EQ(kind("A13(6)-3"), "Duty");
    EXPECT_EQ(kind("A13(6)-2"), "Rule: a requirement; sets a deadline");
    EXPECT_EQ(kind("A13(6)-1"), "Rule: a requirement; a part is left to a person");
    EXPECT_EQ(kind("A40(1)"), "Rule: a requirement; sets a deadline");
    EXPECT_EQ(kind("A33(3)-1"), "Deadline");
    EXPECT_EQ(kind("ANX-4(2)"), "Register data");
    EXPECT_EQ(kind("A36"), "Delegated: a person decides");
    EXPECT_EQ(kind("PRE-2"), "Later: not carried yet");
}

TEST(Book, parameters_stand_with_dates_and_references_by_pair_of_Parties)
{
    std::vector<Text> found;
    for (auto const& table : all_of<Table>(page("article-34")))
        for (auto const& row : table.rows)
            if (plain(row[1]) == "BG-RS-2010") found = row;
    ASSERT_EQ(found.size(), 5);
    EXPECT_EQ(plain(found[0]), "BG, RS");
    EXPECT_EQ(plain(found[3]), "2010-12-10 to open");
    EXPECT_TRUE(contains(plain(found[4]), "State Gazette 11/2011"));
}

TEST(Book, a_page_that_nobody_reviewed_says_so)
{
    for (auto const& each : book()) {
        auto const expected = each.name == "index" ? "" : "not yet reviewed";
        EXPECT_EQ(particular(each, "Review"), expected) << each.name;
    }
}

TEST(Book, a_review_holds_for_the_edition_that_was_signed)
{
    auto with = material();
    auto const edition = particular(page("article-13"), "Edition");
    auto const day = parse_date("2026-04-01").value();
    with.reviews = { { "article-13", "A. Jurist TEST", day, edition },
        { "article-14", "A. Jurist TEST", day, edition },
        { "article-15", "A. Jurist TEST", day, edition },
        { "article-15", "B. Jurist TEST", day + std::chrono::days { 1 },
            particular(page("article-15"), "Edition") } };
    auto const made = make_book(law(), with, plain_hash).value();
    EXPECT_EQ(
        particular(page(made, "article-13"), "Review"), "reviewed by A. Jurist TEST on 2026-04-01");
    EXPECT_EQ(all_of<Note>(page(made, "article-13")).size(), 0);
    EXPECT_EQ(particular(page(made, "article-14"), "Review"),
        "reviewed by A. Jurist TEST on 2026-04-01; changed since");
    auto const notes = all_of<Note>(page(made, "article-14"));
    ASSERT_EQ(notes.size(), 1);
    EXPECT_TRUE(notes[0].warning);
    EXPECT_TRUE(contains(plain(notes[0].text), "changed after A. Jurist TEST reviewed"));
    EXPECT_EQ(
        particular(page(made, "article-15"), "Review"), "reviewed by B. Jurist TEST on 2026-04-02")
        << "the last one counts";
    EXPECT_EQ(particular(page(made, "index"), "Reviewed as they are"), "2 of 45 pages");
}

TEST(Book, an_edition_changes_with_the_words_and_not_with_the_day_or_a_case_more)
{
    auto other = material();
    other.on = parse_date("2007-01-01").value();
    other.cases.clear();
    auto const made = make_book(law(), other, plain_hash).value();
    std::set<std::string> editions;
    for (auto const& each : book()) {
        if (each.name == "index") continue;
        auto const edition = particular(each, "Edition");
        EXPECT_EQ(particular(page(made, each.name), "Edition"), edition) << each.name;
        editions.insert(edition);
    }
    EXPECT_EQ(editions.size(), 45);
    for (auto& duty : other.requirements)
        if (duty.id == "A36") duty.where = "somebody else";
    auto const changed = make_book(law(), other, plain_hash).value();
    EXPECT_NE(particular(page(changed, "article-36"), "Edition"),
        particular(page("article-36"), "Edition"));
    EXPECT_EQ(particular(page(changed, "article-35"), "Edition"),
        particular(page("article-35"), "Edition"));
}

TEST(Book, an_edition_changes_with_the_code_of_a_rule_its_words_and_its_order)
{
    Chapter chapter;
    chapter.provisions.resize(2);
    chapter.sources = { { "a.cpp", { "one", "two" } }, { "a.cpp", { "three" } } };
    auto const edition = edition_of(chapter, plain_hash);
    auto const changed = [&](auto const& change) {
        auto other = chapter;
        change(other);
        return edition_of(other, plain_hash) != edition;
    };
    EXPECT_TRUE(changed([](Chapter& it) { it.sources[0].parts[1] = "two "; }));
    EXPECT_TRUE(changed([](Chapter& it) { std::swap(it.sources[0], it.sources[1]); }));
    EXPECT_TRUE(changed([](Chapter& it) { it.sources[0].parts = { "onetwo" }; }));
    EXPECT_TRUE(changed([](Chapter& it) { it.provisions[1].law = "other"; }));
    EXPECT_FALSE(changed([](Chapter& it) { it.provisions[1].cases = 7; }));
    EXPECT_FALSE(changed([](Chapter& it) { it.provisions[1].when = treaty::When::ended; }));
    EXPECT_FALSE(changed([](Chapter& it) { it.parameters.resize(1); }));
}

TEST(Book, a_case_that_comes_out_otherwise_is_seen)
{
    auto wrong = material();
    wrong.cases = { { "a.case",
        "Background\n  information-request from BG to RO\n  at 2026-04-17T09:14:00Z\n"
        "  purpose = investigation # a remark\n\nCase a TEST case\n  offence = vehicle theft\n"
        "  expect A1 fails\n" } };
    auto const made = make_book(law(), wrong, plain_hash).value();
    auto const notes = all_of<Note>(page(made, "article-01"));
    ASSERT_EQ(notes.size(), 1);
    EXPECT_EQ(plain(notes[0].text), "1 case comes out otherwise than expected.");
    auto const row = all_of<Table>(page(made, "article-01")).front().rows.front();
    EXPECT_EQ(plain(row[2]), "offence = vehicle theft");
    EXPECT_EQ(plain(row[3]), "A1 fails\nNOT AS EXPECTED: incomplete");
}

TEST(Book, a_case_begins_with_the_last_background_above_it)
{
    std::string const text = "Background\n  a = 1\nCase one\n  b = 2\nCase two\n  expect A1 holds\n"
                             "# remark\nBackground\n  c = 3\n  d = 4 # why\nCase three\n  e = 5\n";
    auto const words = [&](std::size_t line) {
        treaty::CaseText of;
        of.line = line;
        return words_of(of, text);
    };
    EXPECT_EQ(words(3).background, "a = 1");
    EXPECT_EQ(words(3).changes, "b = 2");
    EXPECT_EQ(words(5).changes, "");
    EXPECT_EQ(words(5).background_line, 1);
    EXPECT_EQ(words(11).background, "c = 3\nd = 4");
    EXPECT_EQ(words(11).background_line, 8);
    EXPECT_EQ(words(11).changes, "e = 5");
}

TEST(Book, every_link_leads_to_a_page_and_a_place_that_exist)
{
    std::map<std::string, std::set<std::string>> places;
    for (auto const& each : book())
        for (auto const& heading : all_of<Heading>(each)) places[each.name].insert(heading.place);
    std::size_t count = 0;
    for (auto const& each : book())
        for (auto const& table : all_of<Table>(each))
            for (auto const& row : table.rows)
                for (auto const& cell : row)
                    for (auto const& run : cell.runs) {
                        if (!run.link) continue;
                        auto const& to = run.link->document;
                        auto const& there = places[to.empty() ? each.name : to];
                        EXPECT_TRUE(run.link->place.empty() || there.contains(run.link->place))
                            << each.name << " " << run.link->place;
                        ++count;
                    }
    EXPECT_GT(count, 1000);
}

TEST(Book, the_same_material_gives_the_same_bytes)
{
    auto const again = make_book(law(), material(), plain_hash).value();
    for (std::size_t i = 0; i < book().size(); ++i)
        EXPECT_EQ(html(again[i].document), html(book()[i].document)) << book()[i].name;
    EXPECT_EQ(
        pdf(page(again, "article-41").document).value(), pdf(page("article-41").document).value());
}

TEST(Book, every_page_can_be_printed)
{
    for (auto const& each : book()) {
        auto const made = pdf(each.document);
        EXPECT_TRUE(made.ok()) << each.name << ": " << made.error().what;
    }
}

TEST(Book, cases_that_cannot_be_read_are_an_error)
{
    auto wrong = material();
    wrong.cases = { { "a.case", "Case x\n  colour = red\n" } };
    EXPECT_EQ(make_book(law(), wrong, plain_hash).error().field, "a.case:2");
}

} // namespace comity::book
