#include "treaty/deadline.h"

#include "treaty/test_law.h"

#include <gtest/gtest.h>

namespace comity::treaty {
namespace {

Instant at(std::string_view text)
{
    return parse_instant(text).take();
}

/// The due instant as the clocks of the zone show it.
std::string due_in(Term const& term, std::string_view from, std::string_view zone = "Europe/Sofia")
{
    return to_local_text(*due(term, at(from), zone).take(), zone).take();
}

template <class... Arguments>
constexpr bool makes_months = requires(Arguments... arguments) { months(arguments...); };
static_assert(makes_months<int, Rounding>);
static_assert(!makes_months<int>, "a term of months without a rounding does not compile");

} // namespace

TEST(Deadline, of_entry_into_force_is_the_ninetieth_day_after_deposit)
{
    EXPECT_EQ(entry_into_force(test::day("2011-07-11")), test::day("2011-10-09"));
    EXPECT_EQ(entry_into_force(test::day("2012-09-11")), test::day("2012-12-10"));
    EXPECT_EQ(entry_into_force(test::day("2013-02-20")), test::day("2013-05-21"));
    EXPECT_EQ(entry_into_force(test::day("2019-02-26")), test::day("2019-05-27"));
    EXPECT_EQ(entry_into_force(test::day("2007-12-01")), test::day("2008-02-29"));
}

TEST(Deadline, of_release_counts_six_hours_and_none_from_midnight_to_nine)
{
    for (auto const& term : { term::release_after_pursuit, term::release_after_delivery }) {
        EXPECT_EQ(due_in(term, "2026-03-10T22:00:00+02:00"), "2026-03-11 13:00:00 +02:00");
        EXPECT_EQ(due_in(term, "2026-03-10T20:30:00+02:00"), "2026-03-11 11:30:00 +02:00");
        EXPECT_EQ(due_in(term, "2026-03-10T18:00:00+02:00"), "2026-03-11 00:00:00 +02:00");
        EXPECT_EQ(due_in(term, "2026-03-10T18:00:01+02:00"), "2026-03-11 09:00:01 +02:00");
        EXPECT_EQ(due_in(term, "2026-03-10T17:59:59+02:00"), "2026-03-10 23:59:59 +02:00");
        EXPECT_EQ(due_in(term, "2026-03-10T03:00:00+02:00"), "2026-03-10 15:00:00 +02:00");
        EXPECT_EQ(due_in(term, "2026-03-10T00:00:00+02:00"), "2026-03-10 15:00:00 +02:00");
        EXPECT_EQ(due_in(term, "2026-03-10T08:59:00+02:00"), "2026-03-10 15:00:00 +02:00");
        EXPECT_EQ(due_in(term, "2026-03-10T09:00:00+02:00"), "2026-03-10 15:00:00 +02:00");
        EXPECT_EQ(due_in(term, "2026-03-10T09:01:00+02:00"), "2026-03-10 15:01:00 +02:00");
        EXPECT_EQ(due_in(term, "2026-03-10T23:00:00+02:00"), "2026-03-11 14:00:00 +02:00");
    }
}

TEST(Deadline, of_release_stands_over_both_changes_of_summer_time)
{
    // The clocks change at 03:00 and 04:00 in Sofia, within the hours that are not counted.
    auto const& term = term::release_after_pursuit;
    EXPECT_EQ(due_in(term, "2026-03-28T22:00:00+02:00"), "2026-03-29 13:00:00 +03:00");
    EXPECT_EQ(due_in(term, "2026-10-24T22:00:00+03:00"), "2026-10-25 13:00:00 +02:00");
    EXPECT_EQ(due_in(term, "2026-03-29T02:30:00+02:00"), "2026-03-29 15:00:00 +03:00");
    // Where the clocks change within counted hours, it is the hours that count: in Lebanon's zone
    // midnight itself is skipped, in Lord Howe's half an hour.
    EXPECT_EQ(
        due_in(term, "2022-03-26T22:00:00+02:00", "Asia/Beirut"), "2022-03-27 13:00:00 +03:00");
}

TEST(Deadline, of_surveillance_is_five_elapsed_hours_by_day_and_night)
{
    auto const& term = term::surveillance_without_authorisation;
    EXPECT_EQ(due_in(term, "2026-05-10T23:30:00+03:00"), "2026-05-11 04:30:00 +03:00");
    EXPECT_EQ(due_in(term, "2026-05-10T10:00:00+03:00"), "2026-05-10 15:00:00 +03:00");
    EXPECT_EQ(due_in(term, "2026-03-29T01:00:00+02:00"), "2026-03-29 07:00:00 +03:00");
    EXPECT_EQ(due_in(term, "2026-10-25T01:00:00+03:00"), "2026-10-25 05:00:00 +02:00");
}

TEST(Deadline, of_days_counts_civil_days_of_the_zone)
{
    auto const& entry = term::entry_of_state;
    EXPECT_EQ(due_in(entry, "2019-02-26T12:00:00Z", "Europe/Zagreb"), "2019-05-27 00:00:00 +02:00");
    EXPECT_EQ(due_in(entry, "2019-02-26T23:00:00Z", "Europe/Zagreb"), "2019-05-28 00:00:00 +02:00");
    EXPECT_EQ(due_in(entry, "2019-09-01T12:00:00Z"), "2019-11-30 00:00:00 +02:00");
    auto const& suspension = term::suspension;
    EXPECT_EQ(
        due_in(suspension, "2026-06-01T10:00:00Z", "Europe/Tirane"), "2026-06-16 00:00:00 +02:00");
    EXPECT_EQ(due_in(term::reservation_withdrawn, "2026-05-05T10:00:00Z", "Europe/Tirane"),
        "2026-05-05 00:00:00 +02:00");
}

TEST(Deadline, of_withdrawal_is_six_calendar_months_and_the_last_day_where_there_is_no_such_day)
{
    auto const after = [](std::string_view from) {
        return to_text(due_date(term::withdrawal.amount, test::day(from)));
    };
    EXPECT_EQ(after("2025-08-31"), "2026-02-28");
    EXPECT_EQ(after("2023-08-31"), "2024-02-29");
    EXPECT_EQ(after("2025-08-28"), "2026-02-28");
    EXPECT_EQ(after("2025-08-30"), "2026-02-28");
    EXPECT_EQ(after("2026-01-01"), "2026-07-01");
    EXPECT_EQ(after("2025-12-31"), "2026-06-30");
    EXPECT_EQ(after("2024-02-29"), "2024-08-29");
    EXPECT_EQ(due_in(term::withdrawal, "2025-08-31T12:00:00Z", "Europe/Tirane"),
        "2026-02-28 00:00:00 +01:00");
}

TEST(Deadline, of_a_year_that_begins_on_the_leap_day_ends_early_for_duties_and_late_for_keeping)
{
    auto const leap = test::day("2024-02-29");
    EXPECT_EQ(to_text(due_date(term::joint_threat_analysis.amount, leap)), "2025-02-28");
    EXPECT_EQ(to_text(due_date(term::committee_meeting.amount, leap)), "2025-02-28");
    EXPECT_EQ(to_text(due_date(term::register_retention.amount, leap)), "2027-03-01");
    EXPECT_EQ(
        to_text(due_date(term::register_retention.amount, test::day("2023-03-01"))), "2026-03-01");
    EXPECT_EQ(
        to_text(due_date(term::register_retention.amount, test::day("2025-02-28"))), "2028-02-28");
    // What must be done once a year may be done until the day is over.
    EXPECT_EQ(
        due_in(term::joint_threat_analysis, "2025-03-10T10:00:00Z"), "2026-03-11 00:00:00 +02:00");
    EXPECT_EQ(due_in(term::committee_meeting, "2025-06-20T10:00:00Z", "Europe/Tirane"),
        "2026-06-21 00:00:00 +02:00");
    EXPECT_EQ(
        due_in(term::register_retention, "2023-03-01T10:00:00Z"), "2026-03-01 00:00:00 +02:00");
}

TEST(Deadline, never_moves_back_when_its_event_moves_on)
{
    for (auto const* term : terms()) {
        auto before = Instant {};
        for (auto from = at("2023-12-30T00:00:00Z"); from < at("2026-04-02T00:00:00Z");
            from += std::chrono::minutes { 97 }) {
            auto const now = *due(*term, from, "Europe/Belgrade").take();
            ASSERT_GE(now, before) << term->provision << " " << to_text(from);
            before = now;
        }
    }
}

TEST(Deadline, that_is_immediate_has_no_instant)
{
    EXPECT_FALSE(due(term::immediately, at("2026-05-10T10:00:00Z"), "Europe/Sofia").take());
}

TEST(Deadline, names_the_zone_it_does_not_know)
{
    auto const wrong = due(term::withdrawal, at("2019-02-26T12:00:00Z"), "Europe/Sofija");
    EXPECT_EQ(wrong.error().what, "unknown time zone 'Europe/Sofija'");
}

TEST(Deadline, says_its_amount_in_words)
{
    EXPECT_EQ(in_words(term::release_after_pursuit.amount),
        "6 hours, those from 00:00 to 09:00 not counted");
    EXPECT_EQ(in_words(term::surveillance_without_authorisation.amount), "5 hours, nights counted");
    EXPECT_EQ(in_words(term::suspension.amount), "15 days");
    EXPECT_EQ(in_words(term::reservation_withdrawn.amount), "the same day");
    EXPECT_EQ(in_words(term::withdrawal.amount), "6 months");
    EXPECT_EQ(in_words(term::committee_meeting.amount), "1 year");
    EXPECT_EQ(in_words(term::immediately.amount), "immediately");
}

} // namespace comity::treaty
