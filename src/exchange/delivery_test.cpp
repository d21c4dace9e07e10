#include "exchange/delivery.h"

#include <gtest/gtest.h>

namespace comity::exchange {
namespace {

using Act = Delivery::Act;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

Instant const now = parse_instant("2026-04-17T09:14:00Z").value();
constexpr std::uint16_t chance_middle = 32'768; // The wait is exactly what doubling says.

Delivery reached()
{
    Delivery out;
    out.succeeded(now, { Act::look });
    return out;
}

TEST(Delivery, numbers_nothing_before_somebody_is_there)
{
    Delivery delivery;
    Load const load { .waiting = true };
    EXPECT_EQ(delivery.next(now, load).act, Act::look);
    delivery.succeeded(now, { Act::look });
    EXPECT_EQ(delivery.next(now, load).act, Act::number);
}

TEST(Delivery, brings_what_has_a_number_before_it_gives_new_ones)
{
    auto const delivery = reached();
    auto const step
        = delivery.next(now, { .first_under_way = 7, .last_numbered = 9, .waiting = true });
    EXPECT_EQ(step.act, Act::carry);
    EXPECT_EQ(step.seq, 7U);
    EXPECT_EQ(step.last, 9U);
}

TEST(Delivery, carries_as_many_together_as_a_batch_holds)
{
    auto const delivery = reached();
    auto const last = [&](std::uint64_t numbered) {
        return delivery.next(now, { .first_under_way = 7, .last_numbered = numbered }).last;
    };
    EXPECT_EQ(last(7), 7U);
    EXPECT_EQ(last(7 + batch_messages_max - 2), 7 + batch_messages_max - 2);
    EXPECT_EQ(last(7 + batch_messages_max - 1), 7 + batch_messages_max - 1);
    EXPECT_EQ(last(7 + batch_messages_max), 7 + batch_messages_max - 1);
}

TEST(Delivery, gives_no_numbers_while_a_batch_is_in_the_air_so_that_flash_waits_for_it_alone)
{
    auto delivery = reached();
    Load load { .first_under_way = 1, .last_numbered = 5, .waiting = true };
    auto const step = delivery.next(now, load);
    delivery.succeeded(now, { Act::carry, 1, 3 }); // Three of the five fitted.
    load.first_under_way = 4;
    EXPECT_EQ(step.last, 5U);
    EXPECT_EQ(delivery.next(now, load).act, Act::carry);
    EXPECT_EQ(delivery.next(now, load).seq, 4U);
    load.first_under_way = 0;
    EXPECT_EQ(delivery.next(now, load).act, Act::number);
}

TEST(Delivery, carries_what_comes_next_while_receipts_are_kept)
{
    auto delivery = reached();
    Load load { .first_under_way = 4, .last_numbered = 5, .waiting = true, .receipts = true };
    delivery.answered(5);
    EXPECT_EQ(delivery.next(now, load).act, Act::number);
    load.last_numbered = 7;
    load.waiting = false;
    auto const step = delivery.next(now, load);
    EXPECT_EQ(step.act, Act::carry);
    EXPECT_EQ(step.seq, 6U);
    EXPECT_EQ(step.last, 7U);
    load.last_numbered = 5;
    EXPECT_EQ(delivery.next(now, load).act, Act::keep);
    delivery.succeeded(now, { Act::carry, 4, 5 });
    load.first_under_way = 0;
    EXPECT_EQ(delivery.next(now, load).act, Act::hand_receipts);
}

TEST(Delivery, numbers_what_waits_while_one_batch_is_on_a_quick_way)
{
    auto const ahead = [](std::uint64_t on_the_way, std::chrono::microseconds trip) {
        Load const load { .last_numbered = 8 + on_the_way, .waiting = true };
        return Delivery::numbers_ahead(load, 8, trip);
    };
    EXPECT_TRUE(ahead(0, 1ms));
    EXPECT_TRUE(ahead(batch_messages_max - 1, 1ms));
    EXPECT_TRUE(ahead(batch_messages_max, 1ms));
    EXPECT_FALSE(ahead(batch_messages_max + 1, 1ms));
    EXPECT_TRUE(ahead(1, quick_trip_max - 1us));
    EXPECT_TRUE(ahead(1, quick_trip_max));
    EXPECT_FALSE(ahead(1, quick_trip_max + 1us));
    EXPECT_FALSE(Delivery::numbers_ahead({ .last_numbered = 9 }, 8, 1ms));
}

TEST(Delivery, keeps_what_fills_a_gap_before_it_goes_on)
{
    auto delivery = reached();
    Load const load { .first_under_way = 9, .last_numbered = 9 };
    EXPECT_TRUE(delivery.asked_again(now, 6, { Act::carry, 9, 9 }, 0).ok());
    delivery.answered(7);
    EXPECT_EQ(delivery.next(now, load).act, Act::keep);
    delivery.succeeded(now, { Act::carry, 6, 7 });
    EXPECT_EQ(delivery.next(now, load).seq, 8U);
}

TEST(Delivery, brings_again_what_was_answered_but_could_not_be_kept)
{
    auto delivery = reached();
    Load const load { .first_under_way = 4, .last_numbered = 5 };
    delivery.answered(5);
    delivery.failed(now, chance_middle);
    auto const step = delivery.next(now + milliseconds { 300 }, load);
    EXPECT_EQ(step.act, Act::carry);
    EXPECT_EQ(step.seq, 4U);
}

TEST(Delivery, hands_later_receipts_over_when_no_message_waits)
{
    auto const delivery = reached();
    EXPECT_EQ(delivery.next(now, { .receipts = true }).act, Act::hand_receipts);
    EXPECT_EQ(delivery.next(now, { .waiting = true, .receipts = true }).act, Act::number);
}

TEST(Delivery, looks_at_a_quiet_line_after_half_a_minute)
{
    auto const delivery = reached();
    auto const step = delivery.next(now + quiet_max - milliseconds { 1 }, {});
    EXPECT_EQ(step.act, Act::rest);
    EXPECT_EQ(step.until, now + quiet_max);
    EXPECT_EQ(delivery.next(now + quiet_max, {}).act, Act::look);
}

TEST(Delivery, rests_twice_as_long_after_each_failure_until_a_minute)
{
    Delivery delivery;
    Load const load { .first_under_way = 1, .last_numbered = 1 };
    auto at = now;
    for (auto const expected :
        { 250, 500, 1000, 2000, 4000, 8000, 16'000, 32'000, 60'000, 60'000 }) {
        delivery.failed(at, chance_middle);
        EXPECT_FALSE(delivery.reached());
        auto const due = at + milliseconds { expected };
        EXPECT_EQ(delivery.next(due - std::chrono::microseconds { 1 }, load).until, due);
        EXPECT_EQ(delivery.next(due, load).act, Act::carry);
        at = due;
    }
    delivery.succeeded(at, { Act::carry, 1, 1 });
    delivery.failed(at, chance_middle);
    EXPECT_EQ(delivery.next(at, load).until, at + milliseconds { 250 });
}

TEST(Delivery, rests_a_quarter_more_or_less_by_chance)
{
    Patience const patience;
    EXPECT_EQ(patience.after(1, 0), std::chrono::microseconds { 187'500 });
    EXPECT_EQ(patience.after(1, 65'535), std::chrono::microseconds { 187'500 + 124'998 });
}

TEST(Delivery, fills_a_gap_from_the_number_that_the_peer_waits_for)
{
    auto delivery = reached();
    Load const load { .first_under_way = 9, .last_numbered = 9 };
    EXPECT_TRUE(delivery.asked_again(now, 7, { Act::carry, 9, 9 }, 0).ok());
    auto step = delivery.next(now, load);
    EXPECT_EQ(step.act, Act::carry);
    EXPECT_EQ(step.seq, 7U);
    EXPECT_EQ(step.last, 9U);
    delivery.succeeded(now, { Act::carry, 7, 7 }); // It took the first alone.
    step = delivery.next(now, load);
    EXPECT_EQ(step.seq, 8U);
    delivery.succeeded(now, step);
    EXPECT_EQ(delivery.next(now, { .last_numbered = 9 }).act, Act::rest);
}

TEST(Delivery, fills_a_gap_up_to_the_last_number_when_nothing_is_under_way)
{
    auto delivery = reached();
    EXPECT_TRUE(delivery.asked_again(now, 8, { Act::carry, 9, 9 }, 0).ok());
    Load const load { .last_numbered = 9, .waiting = true };
    auto step = delivery.next(now, load);
    EXPECT_EQ(step.seq, 8U);
    EXPECT_EQ(step.last, 9U);
    delivery.succeeded(now, step);
    EXPECT_EQ(delivery.next(now, load).act, Act::number);
}

TEST(Delivery, refuses_to_fill_a_gap_that_is_none)
{
    for (auto const expected : { std::uint64_t { 0 }, std::uint64_t { 9 }, std::uint64_t { 10 } }) {
        auto delivery = reached();
        auto const asked = delivery.asked_again(now, expected, { Act::carry, 9, 9 }, 0);
        EXPECT_EQ(asked.error().kind, Error::Kind::conflict);
        EXPECT_EQ(asked.error().field, "seq");
        EXPECT_FALSE(delivery.reached());
    }
}

} // namespace
} // namespace comity::exchange
