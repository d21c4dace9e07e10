#include "book/book.h"
#include "book/case_words.h"

#include "base/file.h"
#include "treaty/test_cases.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace comity::book {
namespace {

using namespace document;
using treaty::test::law;
using treaty::test::plain_hash;

std::string text_of(std::string const& path)
{
    return std::string { as_text(read_file(path).value()) };
}

treaty::Wording own_words(std::string const& language)
{
    auto const name = language + ".tsv";
    return treaty::Wording::read({ name, text_of("data/treaty/words/book/" + name) }).value();
}

Words words_in(std::string const& language)
{
    auto const name = language + ".tsv";
    return { language,
        treaty::Translation::read({ name, text_of("data/treaty/words/" + name) }).value(),
        treaty::Wording::read({ name, text_of("data/treaty/words/cases/" + name) }).value(),
        own_words(language) };
}

std::vector<treaty::Requirement> requirements()
{
    return treaty::read_requirements(
        { "requirements.tsv", text_of("data/treaty/requirements.tsv") })
        .value();
}

std::vector<Page> const& book_in(std::string const& language)
{
    static std::map<std::string, std::vector<Page>> made;
    if (auto const found = made.find(language); found != made.end()) return found->second;
    Material with;
    with.cases = treaty::test::case_files();
    with.requirements = requirements();
    with.on = parse_date("2026-04-17").value();
    if (language != "en") with.words = words_in(language);
    return made[language] = make_book(law(), with, plain_hash).value();
}

/// Every piece of text of a page but code, each with its place in the order of the page.
std::vector<std::string> texts(Document const& document)
{
    std::vector<std::string> out { document.title, document.header };
    auto const add = [&](Text const& text) {
        for (auto const& run : text.runs)
            if (run.style != Style::code) out.push_back(run.text);
    };
    for (auto const& block : document.blocks) {
        if (auto const* heading = std::get_if<Heading>(&block)) add(heading->text);
        if (auto const* paragraph = std::get_if<Paragraph>(&block)) add(paragraph->text);
        if (auto const* note = std::get_if<Note>(&block)) add(note->text);
        if (auto const* list = std::get_if<List>(&block))
            for (auto const& item : list->items) add(item);
        if (auto const* signature = std::get_if<Signature>(&block))
            out.insert(out.end(), signature->lines.begin(), signature->lines.end());
        if (auto const* all = std::get_if<Particulars>(&block))
            for (auto const& each : all->all) {
                out.push_back(each.name);
                add(each.value);
            }
        if (auto const* table = std::get_if<Table>(&block)) {
            for (auto const& column : table->columns) out.push_back(column.title);
            for (auto const& row : table->rows)
                for (auto const& cell : row) add(cell);
        }
    }
    return out;
}

/// What is not code, and what one is told of cases in code of its own, line by line.
std::vector<std::string> lines_of(Document const& document)
{
    std::vector<std::string> out;
    for (auto const& text : texts(document))
        for (std::string_view rest = text; !rest.empty();) {
            auto const end = std::min(rest.find('\n'), rest.size());
            out.emplace_back(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    return out;
}

/// Two English words, one after the other, in Latin small letters.
bool has_english(std::string_view line)
{
    int words = 0;
    std::size_t letters = 0;
    for (auto const each : line) {
        if (each >= 'a' && each <= 'z') {
            ++letters;
            continue;
        }
        if (each == ' ' && letters >= 2)
            ++words;
        else if (each != ' ' || letters == 0)
            words = 0;
        if (words == 2) return true;
        letters = 0;
    }
    return words + (letters >= 2 ? 1 : 0) >= 2;
}

std::set<std::string> markings()
{
    std::set<std::string> out;
    for (auto const& each : treaty::parameters(law()))
        if (each.group == treaty::ParameterGroup::marking) out.insert(each.value);
    return out;
}

std::set<std::string> sentences_of_the_law()
{
    std::set<std::string> out;
    for (auto const& each : treaty::law_sentences())
        if (each.part != "fact" && each.part != "word") out.insert(each.english);
    for (auto const& each : treaty::elsewhere_sentences(requirements())) out.insert(each.english);
    return out;
}

} // namespace

TEST(Words, no_English_sentence_of_the_law_is_left_in_a_translated_book)
{
    auto const english = sentences_of_the_law();
    for (auto const* language : { "bg", "es" })
        for (auto const& page : book_in(language))
            for (auto const& text : texts(page.document))
                EXPECT_FALSE(english.contains(text) && text.contains(' '))
                    << language << ' ' << page.name << ": " << text;
}

TEST(Words, a_Bulgarian_page_has_no_English_words)
{
    auto const own_words_of_Parties = markings();
    for (auto const& page : book_in("bg"))
        for (auto const& line : lines_of(page.document)) {
            if (own_words_of_Parties.contains(line)) continue;
            EXPECT_FALSE(has_english(line)) << page.name << ": " << line;
        }
}

TEST(Words, English_words_are_seen)
{
    EXPECT_TRUE(has_english("Изпълнено the provision"));
    EXPECT_TRUE(has_english("a stop is asked for"));
    EXPECT_FALSE(has_english("a13_hot_pursuit.case, ред 5"));
    EXPECT_FALSE(has_english("2009-03-01 CONFIDENTIAL"));
}

TEST(Words, a_translated_page_says_so_and_keeps_the_edition_of_the_English_one)
{
    auto const edition = [](Page const& page) {
        for (auto const& block : page.document.blocks)
            if (auto const* all = std::get_if<Particulars>(&block))
                for (auto const& each : all->all)
                    if (!each.value.runs.empty() && each.value.runs[0].style == Style::code
                        && each.value.runs[0].text.size() < 70)
                        return each.value.runs[0].text;
        return std::string {};
    };
    for (auto const* language : { "bg", "es" }) {
        auto const& pages = book_in(language);
        ASSERT_EQ(pages.size(), book_in("en").size());
        auto const says = own_words(language).of(translated).value();
        for (std::size_t i = 0; i < pages.size(); ++i) {
            EXPECT_EQ(pages[i].document.language, language);
            EXPECT_EQ(std::ranges::count(texts(pages[i].document), says), 1) << pages[i].name;
            EXPECT_EQ(edition(pages[i]), edition(book_in("en")[i])) << pages[i].name;
        }
    }
    for (auto const& page : book_in("en"))
        EXPECT_EQ(std::ranges::count(texts(page.document), translated), 0) << page.name;
}

TEST(Words, every_language_has_as_many_blocks_and_the_same_code)
{
    auto const code = [](Page const& page) {
        std::string out;
        for (auto const& block : page.document.blocks)
            if (auto const* each = std::get_if<Verbatim>(&block))
                if (each->text.contains("(View&")) out += each->text;
        return out;
    };
    for (auto const* language : { "bg", "es" })
        for (std::size_t i = 0; i < book_in(language).size(); ++i) {
            auto const &page = book_in(language)[i], &english = book_in("en")[i];
            EXPECT_EQ(code(page), code(english)) << page.name;
            EXPECT_GE(page.document.blocks.size(), english.document.blocks.size());
        }
}

TEST(Words, both_languages_say_the_same_of_the_book)
{
    std::set<std::string> bulgarian, spanish;
    auto const bg = own_words("bg"), es = own_words("es");
    for (auto const& row : bg.rows()) bulgarian.insert(row.english);
    for (auto const& row : es.rows()) spanish.insert(row.english);
    EXPECT_EQ(bulgarian, spanish);
}

TEST(Words, where_nobody_acts_the_Parties_are_told_by_what_they_do)
{
    auto const words = words_in("bg");
    auto const* provision = treaty::find_provision("A13(1)-4");
    ASSERT_NE(provision, nullptr);
    EXPECT_TRUE(words.law("A13(1)-4", "holds", "ignored").starts_with("Замолената страна "));
    EXPECT_EQ(words.law("A13(1)-4", "title", "another title"), "another title");
}

TEST(Words, a_case_is_told_in_words)
{
    Words const words { "xx",
        treaty::Translation::read({ "xx.tsv", "id\tpart\tenglish\twords\n*\tbecause\tNo.\tNu.\n" })
            .value(),
        treaty::Wording::read({ "xx.tsv", "english\twords\nby land\tpor tierra\n" }).value(),
        treaty::Wording::read({ "xx.tsv",
                                  "english\twords\nmeasure.refusal\tDenegación\n"
                                  "{count} cases\t{count} casos\n" })
            .value() };
    EXPECT_EQ(words.of_case("by land"), "por tierra");
    EXPECT_EQ(words.of_case("by sea"), "by sea");
    EXPECT_EQ(words.word("measure", "refusal"), "Denegación");
    EXPECT_EQ(words.word("measure", "other"), "other");
    EXPECT_EQ(words.say_each("3 cases; others"), "3 casos; others");
    EXPECT_EQ(words.reason("A1", "No."), "Nu.");
    EXPECT_EQ(words.fact("no-fact"), "no-fact");
}

TEST(Words, what_a_case_changes_is_told_in_words_and_in_English_as_it_stands)
{
    std::string const lines = "hot-pursuit from BG to RO\nat 2026-04-17T11:02:10Z\nto MD\n"
                              "uniform-worn = yes\nborder-crossed = river\n"
                              "offence = TEST robbery\narmband-worn unknown";
    EXPECT_EQ(lines_in(Words {}, lines), lines);
    EXPECT_EQ(lines_in(words_in("bg"), lines),
        "Преследване: преминаване, молеща страна: BG, замолена страна: RO\n"
        "време: 2026-04-17T11:02:10Z\nзамолена страна: MD\nдали носят униформа: да\n"
        "вид на преминатата граница: река\n"
        "престъпление или заплаха: TEST грабеж\nдали носят лента на ръката: не е известно");
    EXPECT_EQ(facts_in(Words {}, "purpose, kind"), "purpose, kind");
    EXPECT_EQ(facts_in(words_in("es"), "uniform-worn, border-crossed"),
        words_in("es").fact("uniform-worn") + "; " + words_in("es").fact("border-crossed"));
}

TEST(Words, a_translated_page_can_be_printed)
{
    for (auto const* language : { "bg", "es" })
        for (auto const& page : book_in(language))
            if (page.name == "article-13" || page.name == "annexed-lists" || page.name == "index") {
                auto const made = pdf(page.document);
                EXPECT_TRUE(made.ok()) << page.name << ": " << made.error().what;
            }
}

} // namespace comity::book
