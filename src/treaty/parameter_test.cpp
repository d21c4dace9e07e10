#include "treaty/parameter.h"

#include "treaty/test_law.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace comity::treaty {
namespace {

using test::day;
using test::party;

std::vector<Parameter> const& all()
{
    static auto const rows = parameters(test::law());
    return rows;
}

Parameter const& row(ParameterGroup group, std::string_view code, std::string_view about)
{
    auto const found = std::ranges::find_if(all(), [&](Parameter const& each) {
        return each.group == group && each.about == about && each.parties[0] == party(code);
    });
    MUST(found != all().end());
    return *found;
}

std::vector<Parameter const*> pointers()
{
    std::vector<Parameter const*> out;
    for (auto const& each : all()) out.push_back(&each);
    return out;
}

When when(Truth truth)
{
    return truth.unknown() ? When::not_known : truth.yes() ? When::in_effect : When::not_yet;
}

} // namespace

TEST(Parameter, every_row_of_the_tables_is_one_and_belongs_to_an_article)
{
    auto const& tables = test::law().tables();
    EXPECT_EQ(all().size(),
        tables.parties.size() + tables.authorities.size() + tables.judicial.size()
            + tables.readiness.size() + tables.markings.size() + tables.national.size()
            + tables.agreements.size() + tables.agreement_terms.size() + tables.reservations.size()
            + tables.suspensions.size());
    for (auto const& each : all()) {
        EXPECT_FALSE(each.articles.empty()) << each.about;
        EXPECT_FALSE(each.value.empty()) << each.about;
        EXPECT_FALSE(each.reference.empty()) << each.about;
        for (auto const article : each.articles) EXPECT_NE(find_article(article), nullptr);
    }
}

TEST(Parameter, starts_on_its_first_day_and_ends_before_its_last)
{
    Parameter each;
    each.validity = { day("2010-01-02"), day("2020-01-02") };
    each.certain_from = day("2011-01-02");
    EXPECT_EQ(each.on(day("2010-01-01")), When::not_yet);
    EXPECT_EQ(each.on(day("2010-01-02")), When::not_known);
    EXPECT_EQ(each.on(day("2011-01-01")), When::not_known);
    EXPECT_EQ(each.on(day("2011-01-02")), When::in_effect);
    EXPECT_EQ(each.on(day("2020-01-01")), When::in_effect);
    EXPECT_EQ(each.on(day("2020-01-02")), When::ended);
}

TEST(Parameter, says_on_every_stop_what_the_law_says)
{
    for (auto const stop : stops(pointers()))
        for (auto const date : { stop - std::chrono::days { 1 }, stop }) {
            if (date < text_since) continue;
            for (auto const& each : test::law().parties()) {
                auto const code = each.code.text();
                auto const& entry = row(ParameterGroup::entry_into_force, code, "in-force");
                EXPECT_EQ(entry.on(date), when(each.in_force(date))) << code << to_text(date);
                if (!test::law().readiness(each.code)) continue;
                auto const& ready = row(ParameterGroup::readiness, code, "data-protection");
                EXPECT_EQ(ready.on(date), when(test::law().protection_ready(each.code, date)))
                    << code << to_text(date);
            }
        }
}

TEST(Parameter, a_reservation_touches_the_articles_that_it_names)
{
    EXPECT_EQ(
        row(ParameterGroup::reservation, "HR", "RES-HR(2)").articles, (std::vector { 41, 4 }));
    EXPECT_EQ(row(ParameterGroup::reservation, "HR", "RES-HR(3)").articles,
        (std::vector { 41, 13, 14, 15, 16, 17, 28 }));
}

TEST(Parameter, what_an_agreement_sets_says_its_value_or_that_it_is_not_public)
{
    EXPECT_EQ(row(ParameterGroup::agreement_term, "BG", "pursuit-area-metres").value, "not-public");
    auto const& offences
        = row(ParameterGroup::agreement_term, "AT", "surveillance-urgent-offences");
    EXPECT_EQ(offences.value, "extraditable");
    EXPECT_EQ(offences.articles, std::vector { 14 });
    auto const& services = row(ParameterGroup::agreement_term, "AT", "surveillance-services");
    EXPECT_EQ(services.value, "AT-BK");
    EXPECT_EQ(services.only_for, party("AT"));
    auto const& agreement = row(ParameterGroup::agreement, "AT", "AT-ME-2015");
    EXPECT_EQ(agreement.articles, (std::vector { 34, 14 }));
}

TEST(Parameter, a_suspension_touches_the_articles_that_it_names)
{
    auto const& row = treaty::row(ParameterGroup::suspension, "MD", "suspension");
    EXPECT_EQ(row.articles, (std::vector { 42, 28 }));
    EXPECT_EQ(row.on(day("2026-06-15")), When::not_yet);
    EXPECT_EQ(row.on(day("2026-06-16")), When::in_effect);
    EXPECT_EQ(row.on(day("2026-09-16")), When::ended);
}

TEST(Parameter, stops_rise_and_begin_with_the_day_of_signature)
{
    auto const dates = stops(pointers());
    EXPECT_EQ(dates.front(), text_since);
    EXPECT_TRUE(std::ranges::is_sorted(dates));
    EXPECT_EQ(std::ranges::adjacent_find(dates), dates.end());
    EXPECT_NE(std::ranges::find(dates, day("2010-12-10")), dates.end());
}

} // namespace comity::treaty
