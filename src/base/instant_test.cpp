#include "base/instant.h"
#include "base/random.h"

#include <gtest/gtest.h>

using namespace comity;
using namespace std::chrono;

TEST(Instant, the_examples_of_RFC_3339_section_5_8_are_read)
{
    EXPECT_EQ(
        to_text(parse_instant("1985-04-12T23:20:50.52Z").value()), "1985-04-12T23:20:50.520000Z");
    EXPECT_EQ(
        to_text(parse_instant("1996-12-19T16:39:57-08:00").value()), "1996-12-20T00:39:57.000000Z");
    EXPECT_EQ(to_text(parse_instant("1937-01-01T12:00:27.87+00:20").value()),
        "1937-01-01T11:40:27.870000Z");
}

TEST(Instant, what_is_no_instant_is_refused)
{
    for (char const* bad : { "", "2026-02-29T00:00:00Z", "2026-04-17", "2026-04-17T24:00:00Z",
             "2026-04-17T09:60:00Z", "2026-04-17T09:14:00", "2026-04-17T09:14:00Zx",
             "2026-04-17T09:14:00.Z", "2026-04-17T09:14:00.1234567Z", "1899-12-31T00:00:00Z",
             "2026-04-17T09:14:00+24:00", "2026-4-17T09:14:00Z" })
        EXPECT_FALSE(parse_instant(bad).ok()) << bad;
}

TEST(Instant, a_29_February_is_a_date_in_leap_years_only)
{
    EXPECT_TRUE(parse_date("2024-02-29").ok());
    EXPECT_FALSE(parse_date("2026-02-29").ok());
    EXPECT_FALSE(parse_date("1900-02-29").ok());
}

TEST(Instant, local_time_follows_the_change_of_summer_time_in_Sofia)
{
    auto const before = parse_instant("2026-03-29T00:59:59Z").value();
    EXPECT_EQ(to_local_text(before, "Europe/Sofia").value(), "2026-03-29 02:59:59 +02:00");
    EXPECT_EQ(to_local_text(before + 1s, "Europe/Sofia").value(), "2026-03-29 04:00:00 +03:00");
    EXPECT_EQ(to_local_text(before, "Europe/Nowhere").error().kind, Error::Kind::not_found);
}

TEST(Instant, midnight_in_Bucharest_is_still_the_day_before_in_UTC)
{
    auto const late = parse_instant("2026-07-01T21:00:00Z").value();
    EXPECT_EQ(to_text(local_date(late, "Europe/Bucharest").value()), "2026-07-02");
    EXPECT_EQ(to_text(local_date(late - 1us, "Europe/Bucharest").value()), "2026-07-01");
}

TEST(Uuid, version_7_agrees_with_the_example_of_RFC_9562_appendix_A_6)
{
    auto const now = Instant { milliseconds { 0x017F22E279B0 } };
    auto const bits = [](std::span<std::uint8_t> out) {
        std::uint8_t const example[]
            = { 0, 0, 0, 0, 0, 0, 0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f };
        std::copy(std::begin(example), std::end(example), out.begin());
    };
    EXPECT_EQ(uuid_v7(now, bits), "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
    EXPECT_TRUE(is_uuid("017f22e2-79b0-7cc3-98c4-dc0c0c07398f"));
    EXPECT_FALSE(is_uuid("017F22E2-79b0-7cc3-98c4-dc0c0c07398f"));
    EXPECT_FALSE(is_uuid("017f22e279b0-7cc3-98c4-dc0c0c07398f-"));
}
