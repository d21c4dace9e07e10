#include "treaty/deadline.h"

#include "treaty/test_law.h"

#include <gtest/gtest.h>

namespace comity::treaty {
namespace {

Instant at(std::string_view text)
{
    return parse_instant(text).take();
}

} // namespace

TEST(Deadline, of_entry_into_force_is_the_ninetieth_day_after_deposit)
{
    EXPECT_EQ(entry_into_force(test::day("2011-07-11")), test::day("2011-10-09"));
    EXPECT_EQ(entry_into_force(test::day("2012-09-11")), test::day("2012-12-10"));
    EXPECT_EQ(entry_into_force(test::day("2013-02-20")), test::day("2013-05-21"));
    EXPECT_EQ(entry_into_force(test::day("2019-02-26")), test::day("2019-05-27"));
    EXPECT_EQ(entry_into_force(test::day("2007-12-01")), test::day("2008-02-29"));
}

TEST(Deadline, counts_civil_days_of_the_zone)
{
    auto const noon = due("A40(2)", at("2019-02-26T12:00:00Z"), "Europe/Zagreb").take();
    EXPECT_EQ(noon.date, test::day("2019-05-27"));
    EXPECT_EQ(noon.at, at("2019-05-26T22:00:00Z"));
    auto const late = due("A40(2)", at("2019-02-26T23:00:00Z"), "Europe/Zagreb").take();
    EXPECT_EQ(late.date, test::day("2019-05-28"));
    auto const winter = due("A40(1)", at("2019-09-01T12:00:00Z"), "Europe/Sofia").take();
    EXPECT_EQ(winter.date, test::day("2019-11-30"));
    EXPECT_EQ(winter.at, at("2019-11-29T22:00:00Z"));
}

TEST(Deadline, names_the_provisions_that_have_a_term_and_the_zone_it_does_not_know)
{
    auto const other = due("A1", at("2019-02-26T12:00:00Z"), "Europe/Sofia");
    EXPECT_EQ(other.error().what, "A1 sets no term; these do: A40(1) A40(2)");
    auto const zone = due("A40(2)", at("2019-02-26T12:00:00Z"), "Europe/Sofija");
    EXPECT_EQ(zone.error().what, "unknown time zone 'Europe/Sofija'");
}

} // namespace comity::treaty
