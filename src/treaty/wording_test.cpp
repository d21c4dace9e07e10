#include "treaty/wording.h"

#include "base/file.h"
#include "treaty/parameter.h"
#include "treaty/test_cases.h"
#include "treaty/text_case.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace comity::treaty {
namespace {

constexpr std::array languages { "bg", "es" };
constexpr std::string_view head = "english\twords\n";

Wording wording(std::string_view language)
{
    auto const name = std::string { language } + ".tsv";
    auto const bytes
        = read_file(std::filesystem::path { "data/treaty/words/cases" } / name).value();
    return Wording::read({ name, std::string { as_text(bytes) } }).value();
}

Error refused(std::string text)
{
    auto const read = Wording::read({ "xx.tsv", std::move(text) });
    EXPECT_FALSE(read.ok());
    return read.ok() ? Error { Error::Kind::conflict, "" } : read.error();
}

std::vector<TextCase> every_case()
{
    std::vector<TextCase> out;
    for (auto const& file : test::case_files())
        for (auto& found : read_cases(test::law(), file).value()) out.push_back(std::move(found));
    return out;
}

/// Whether its value is a sentence, not a word of a list, a number, ids or a marking.
bool says_a_sentence(ParameterGroup group)
{
    return group == ParameterGroup::entry_into_force || group == ParameterGroup::authority
        || group == ParameterGroup::agreement || group == ParameterGroup::reservation
        || group == ParameterGroup::suspension;
}

/// What officials wrote in a case: every text but ids and numbers.
std::vector<std::string> written_in(TextCase const& text_case)
{
    auto const small = [](char letter) { return letter >= 'a' && letter <= 'z'; };
    std::vector<std::string> out;
    auto const situation = write(text_case.situation);
    for (auto const& [name, value] : situation.as_object().at("facts").as_object()) {
        auto const* fact = find_fact(std::string_view { name });
        if (fact->type != FactType::text) continue;
        std::string const text { std::string_view { value.as_string() } };
        if (std::ranges::adjacent_find(
                text, [&](char one, char next) { return small(one) && small(next); })
            != text.end())
            out.push_back(text);
    }
    return out;
}

/// The titles of all cases, what officials wrote in them, the sources that they expect, and what
/// every parameter says.
std::set<std::string> every_sentence()
{
    std::set<std::string> out;
    for (auto const& each : every_case()) {
        out.insert(each.title);
        for (auto& text : written_in(each)) out.insert(std::move(text));
        for (auto const& expected : each.expectations)
            if (expected.what == Expectation::What::source) out.insert(expected.words);
    }
    for (auto const& each : parameters(test::law())) {
        if (says_a_sentence(each.group)) out.insert(each.value);
        out.insert(each.reference);
        out.insert(each.note);
    }
    for (auto const* place : { "requesting", "requested", "sender", "receiver", "at-date" })
        out.emplace(role_of(place).value());
    for (auto const* who : { "requesting", "requested", "sending", "receiving" })
        out.insert(fmt::format("The {} Party", who)); // where it begins a sentence
    out.erase("");
    return out;
}

std::multiset<std::string> pieces(std::string_view text, auto const& belongs)
{
    std::multiset<std::string> out;
    std::string piece;
    for (auto const letter : text) {
        if (belongs(letter))
            piece += letter;
        else if (!piece.empty())
            out.insert(std::exchange(piece, {}));
    }
    if (!piece.empty()) out.insert(piece);
    return out;
}

std::multiset<std::string> numbers_in(std::string_view text)
{
    return pieces(text, [](char letter) { return letter >= '0' && letter <= '9'; });
}

std::multiset<std::string> places_in(std::string_view text)
{
    std::multiset<std::string> out;
    for (auto at = text.find('{'); at != text.npos; at = text.find('{', at + 1))
        out.emplace(text.substr(at, text.find('}', at) - at));
    return out;
}

} // namespace

TEST(Wording, says_every_title_of_a_case_and_every_sentence_of_a_parameter)
{
    auto const wanted = every_sentence();
    EXPECT_GT(wanted.size(), 1200U);
    for (auto const* language : languages) {
        auto const read = wording(language);
        for (auto const& each : wanted) EXPECT_TRUE(read.of(each)) << language << ": " << each;
    }
}

TEST(Wording, no_row_says_what_is_not_there)
{
    auto const said = every_sentence();
    auto const as_it_is
        = [](std::string_view, std::string_view text) { return std::string { text }; };
    auto const is_said = [&](std::string const& english) {
        if (said.contains(english) || english == "not known") return true;
        return std::ranges::any_of(said, [&](std::string const& each) {
            return each.starts_with(english + " (")
                || (has_open_places(english) && words_with(english, english, each, as_it_is));
        });
    };
    for (auto const* language : languages) {
        auto const read = wording(language);
        for (auto const& row : read.rows())
            EXPECT_TRUE(is_said(row.english)) << language << ": " << row.english;
    }
}

TEST(Wording, open_places_and_numbers_are_the_same_on_both_sides)
{
    for (auto const* language : languages) {
        auto const read = wording(language);
        for (auto const& row : read.rows()) {
            EXPECT_EQ(places_in(row.words), places_in(row.english)) << language;
            EXPECT_EQ(numbers_in(row.words), numbers_in(row.english))
                << language << ": " << row.english;
        }
    }
}

TEST(Wording, no_two_titles_are_told_in_the_same_words)
{
    std::set<std::string> titles;
    for (auto const& each : every_case()) titles.insert(each.title);
    for (auto const* language : languages) {
        auto const read = wording(language);
        std::set<std::string> words;
        for (auto const& each : titles) words.insert(read.of(each).value());
        EXPECT_EQ(words.size(), titles.size()) << language;
    }
}

TEST(Wording, a_sentence_is_found_by_itself_and_no_other)
{
    auto const read = Wording::read({ "xx.tsv",
        std::string { head }
            + "# a remark\n\nthe lake\tel lago TEST\nMinistry\tMinisterio TEST\n" });
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read.value().of("the lake"), "el lago TEST");
    EXPECT_EQ(read.value().of("The lake"), std::nullopt);
    EXPECT_EQ(read.value().of("the lakes"), std::nullopt);
    EXPECT_EQ(read.value().of("Ministry (RO-MAI)"), "Ministerio TEST (RO-MAI)");
    EXPECT_EQ(read.value().of("Other (RO-MAI)"), std::nullopt);
}

TEST(Wording, what_stands_in_open_places_is_kept_or_said)
{
    auto const read = Wording::read({ "xx.tsv",
        std::string { head }
            + "not known\tno consta\ndeposit {deposit-day}; notice {received-date}\t"
              "{received-date}: {deposit-day}\n" });
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read.value().of("deposit 2011-07-11; notice 2026-06-01"), "2026-06-01: 2011-07-11");
    EXPECT_EQ(read.value().of("deposit not known; notice 2026-06-01"), "2026-06-01: no consta");
    EXPECT_EQ(read.value().of("deposit not known; notice not known"), std::nullopt);
    EXPECT_EQ(read.value().of("deposit 2011-07-1; notice 2026-06-01"), std::nullopt);
}

TEST(Wording, says_which_line_is_wrong)
{
    EXPECT_EQ(refused("id\tpart\n").what, "the columns are english, words");
    EXPECT_EQ(refused("# remark\nenglish\n").field, "xx.tsv:2");
    std::string const first { head };
    EXPECT_EQ(refused(first + "alone\n").what, "a row has two cells");
    EXPECT_EQ(refused(first + "a\tb\tc\n").what, "a row has two cells");
    EXPECT_EQ(refused(first + "a\t\n").what, "a cell is empty");
    EXPECT_EQ(refused(first + "\tb\n").what, "a cell is empty");
    EXPECT_EQ(refused(first + "a\tb\na\tc\n").what, "\"a\" stands twice");
}

TEST(Wording, has_limits)
{
    std::string text { head };
    for (std::size_t i = 0; i < Wording::rows_max; ++i) text += std::to_string(i) + "\tb\n";
    EXPECT_TRUE(Wording::read({ "xx.tsv", text }).ok());
    EXPECT_EQ(refused(text + "a\tb\n").what, "a file of words has 10000 rows at most");
    EXPECT_TRUE(Wording::read({ "xx.tsv", std::string(Wording::bytes_max - 1, '#') + "\n" }).ok());
    EXPECT_FALSE(Wording::read({ "xx.tsv", std::string(Wording::bytes_max, '#') + "\n" }).ok());
}

TEST(OpenPlaces, are_told_by_roles_where_nobody_acts)
{
    EXPECT_EQ(role_of("sender"), "the sending Party");
    EXPECT_EQ(role_of("requesting-date"), "the date there");
    EXPECT_EQ(role_of("requesting-since"), "");
    EXPECT_EQ(role_of("missing"), std::nullopt);
    auto const none = [](std::string_view, std::string_view open) { return std::string { open }; };
    EXPECT_EQ(fill("{a} and {b}.", none), "{a} and {b}.");
    EXPECT_EQ(fill("never closed {a", none), "never closed {a");
}

TEST(OpenPlaces, are_filled_by_their_names)
{
    auto const named = [](std::string_view name, std::string_view text) {
        return std::string { name } + "=" + std::string { text };
    };
    auto const of = [&](std::string_view english, std::string_view text) {
        return words_with(english, english, text, named).value_or("another sentence");
    };
    EXPECT_EQ(of("{requested} asks.", "RO asks."), "requested=RO asks.");
    EXPECT_EQ(of("{requested} asks.", "Ro asks."), "another sentence");
    EXPECT_EQ(of("{requesting}{requesting-since}.", "BG since 2007-10-10."),
        "requesting=BGrequesting-since= since 2007-10-10.");
    EXPECT_EQ(of("{requesting}{requesting-since}.", "BG."), "requesting=BGrequesting-since=.");
    EXPECT_EQ(of("{count} cases", "12 cases"), "count=12 cases");
    EXPECT_EQ(of("{count} cases", "no cases"), "another sentence");
    EXPECT_EQ(of("{agreement-id}", "TEST-BG-RO"), "agreement-id=TEST-BG-RO");
    EXPECT_EQ(of("{agreement-id}", "a b"), "another sentence");
    EXPECT_EQ(of("Not known: {missing}.", "Not known: purpose, kind."),
        "Not known: missing=purpose, kind.");
    EXPECT_EQ(of("Not known: {missing}.", "Not known: ."), "another sentence");
    EXPECT_EQ(of("never closed {missing", "never closed x"), "another sentence");
    EXPECT_EQ(words_with("a {x}", "{y} {x}", "a b", named), "{y} x=b");
}

} // namespace comity::treaty
