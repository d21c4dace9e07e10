#include "treaty/commentary.h"

#include "treaty/test_law.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <set>

namespace comity::treaty {
namespace {

using test::day;

Files case_files()
{
    Files out;
    for (auto const& each : std::filesystem::directory_iterator { "tests/cases/treaty" }) {
        auto const bytes = read_file(each.path()).value();
        out.push_back({ each.path().filename().string(), std::string { as_text(bytes) } });
    }
    return out;
}

std::vector<Requirement> requirements()
{
    auto const bytes = read_file("data/treaty/requirements.tsv").value();
    return read_requirements({ "requirements.tsv", std::string { as_text(bytes) } }).take();
}

Commentary const& commentary()
{
    static auto const made = Commentary::make(test::law(), case_files(), requirements()).take();
    return made;
}

ProvisionText provision(int article, std::string_view id)
{
    auto const text = commentary().article(article, day("2026-04-17")).value();
    auto const found = std::ranges::find(text.provisions, id, &ProvisionText::id);
    MUST(found != text.provisions.end());
    return *found;
}

} // namespace

TEST(Commentary, lists_every_article_with_its_provisions)
{
    auto const lines = commentary().articles();
    ASSERT_EQ(lines.size(), articles().size());
    EXPECT_EQ(lines[4].provisions.front(), "A4(1)-1");
    EXPECT_EQ(lines[4].titles.size(), lines[4].provisions.size());
}

TEST(Commentary, tells_of_a_provision_what_its_row_says_and_what_it_reads)
{
    auto const text = provision(31, "A31(4)(b)-1");
    EXPECT_EQ(text.effect, Effect::requires_);
    EXPECT_EQ(text.when, When::in_effect);
    EXPECT_EQ(text.from, text_since);
    EXPECT_FALSE(text.until);
    EXPECT_EQ(text.file, "chapter2/data_protection.cpp");
    EXPECT_NE(std::ranges::find(text.facts, "erase-by"), text.facts.end());
    EXPECT_GT(text.cases, 0);
    EXPECT_TRUE(provision(4, "A4(4)-1").delegated);
}

TEST(Commentary, names_no_Party_where_there_is_no_case)
{
    for (auto const& article : articles())
        for (auto const& each : commentary().article(article.number, text_since).value().provisions)
            for (auto const& text : { each.holds, each.fails, each.notApplicable })
                EXPECT_EQ(text.find('{'), text.npos) << each.id << ": " << text;
    EXPECT_TRUE(provision(2, "A2(d)").holds.starts_with("The requesting Party and"));
}

TEST(Commentary, tells_each_fact_of_an_article_once)
{
    auto const text = commentary().article(4, day("2026-04-17")).value();
    auto const is = [](std::string_view name) {
        return [name](FactText const& each) { return each.name == name; };
    };
    EXPECT_EQ(std::ranges::count_if(text.facts, is("urgent")), 1);
    auto const kind = std::ranges::find_if(text.facts, is("kind"));
    ASSERT_NE(kind, text.facts.end());
    EXPECT_EQ(kind->words->size(), kind_count);
    EXPECT_EQ(std::ranges::count_if(text.facts, is("refusal-ground")), 0);
}

TEST(Commentary, parameters_change_with_the_date)
{
    auto const agreement = [](std::string_view on) {
        auto const rows = commentary().article(34, day(on)).value().parameters;
        return std::ranges::find(rows, "BG-RS-2010", &ParameterText::about)->when;
    };
    EXPECT_EQ(agreement("2010-12-09"), When::not_yet);
    EXPECT_EQ(agreement("2010-12-10"), When::in_effect);
    auto const stops = commentary().article(34, day("2026-04-17")).value().stops;
    EXPECT_NE(std::ranges::find(stops, day("2010-12-10")), stops.end());
}

TEST(Commentary, a_row_that_stands_in_for_a_real_one_says_so)
{
    auto const rows = commentary().article(13, day("2026-04-17")).value().parameters;
    auto const is_test = [](ParameterText const& each) { return each.test; };
    EXPECT_TRUE(std::ranges::any_of(rows, is_test));
    EXPECT_FALSE(std::ranges::all_of(rows, is_test));
}

TEST(Commentary, cases_stand_with_every_article_that_they_expect_something_of)
{
    auto const cases = commentary().cases(41).value();
    ASSERT_FALSE(cases.empty());
    for (auto const& each : cases) {
        EXPECT_TRUE(each.asExpected) << each.title;
        auto const again = read_situation(test::law(), each.situation);
        ASSERT_TRUE(again.ok()) << each.title;
        EXPECT_EQ(decide(test::law(), again.value()).verdict, each.verdict) << each.title;
    }
}

TEST(Commentary, without_cases_everything_else_is_there)
{
    auto const none = Commentary::make(test::law(), {}, {}).value();
    EXPECT_TRUE(none.cases(4).value().empty());
    EXPECT_FALSE(none.article(4, day("2026-04-17")).value().provisions.empty());
}

TEST(Commentary, a_case_that_cannot_be_read_names_its_file_and_line)
{
    auto const made
        = Commentary::make(test::law(), { { "a.case", "Case x\n  colour = red\n" } }, {});
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(made.error().field, "a.case:2");
}

TEST(Commentary, every_duty_of_the_Convention_stands_with_its_article_once)
{
    std::multiset<std::string> told;
    for (auto const& article : articles()) {
        auto const text = commentary().article(article.number, text_since).value();
        for (auto const& each : text.elsewhere) {
            told.insert(each.id);
            EXPECT_NE(each.how, "nothing") << each.id;
            EXPECT_FALSE(each.where.empty()) << each.id;
            for (auto const& rule : text.provisions) EXPECT_NE(rule.id, each.id);
        }
        for (auto const& each : text.provisions) told.insert(each.id);
    }
    for (auto const& each : requirements()) {
        // RES-BG is carried by its parts.
        if (each.id.starts_with("RES-")) continue;
        EXPECT_EQ(told.count(each.id), 1) << each.id;
    }
}

TEST(Commentary, every_measure_has_its_facts_and_who_reads_them)
{
    auto const text = commentary().measures();
    ASSERT_EQ(text.measures.size(), measure_count);
    auto const& request = text.measures[0];
    EXPECT_EQ(request.measure, Measure::information_request);
    EXPECT_GT(request.provisions, 30);
    auto const urgent = std::ranges::find(request.facts, "urgent", &FactReading::fact);
    ASSERT_NE(urgent, request.facts.end());
    EXPECT_NE(std::ranges::find(urgent->provisions, "A4(6)-3"), urgent->provisions.end());
    for (auto const& measure : text.measures)
        for (auto const& each : measure.facts)
            EXPECT_NE(std::ranges::find(text.facts, each.fact, &FactText::name), text.facts.end());
}

TEST(Commentary, status_says_who_is_a_Party_on_a_date)
{
    auto const of = [](std::string_view code, std::string_view on) {
        auto const parties = commentary().status(day(on)).parties;
        return *std::ranges::find(parties, code, &PartyStatus::code);
    };
    EXPECT_EQ(of("BG", "2009-02-28").when, When::not_yet);
    EXPECT_EQ(of("BG", "2009-03-01").when, When::in_effect);
    EXPECT_EQ(of("RO", "2007-10-10").when, When::not_known);
    auto const ids = of("BG", "2026-04-17").authorities;
    EXPECT_NE(std::ranges::find(ids, "BG-IOCD"), ids.end());
    EXPECT_EQ(commentary().status(day("2007-10-09")).when, When::not_yet);
    EXPECT_EQ(commentary().status(day("2007-10-10")).when, When::in_effect);
}

TEST(Commentary, an_article_that_does_not_exist_is_said)
{
    for (auto const number : { -1, 43 }) {
        auto const error = commentary().article(number, text_since).error();
        EXPECT_EQ(error.kind, Error::Kind::not_found);
        EXPECT_EQ(error.field, "number");
        EXPECT_EQ(commentary().cases(number).error().kind, Error::Kind::not_found);
    }
}

TEST(Commentary, a_deadline_says_what_starts_it)
{
    for (auto const* each : provisions()) {
        if (!each->term) continue;
        auto const text = provision(*article_of(each->id), each->id);
        ASSERT_TRUE(text.term) << each->id;
        EXPECT_EQ(text.term->anchor, each->term->anchor);
        EXPECT_EQ(text.term->fact.has_value(), each->anchor != nullptr);
    }
}

} // namespace comity::treaty
