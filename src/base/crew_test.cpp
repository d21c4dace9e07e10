#include "base/crew.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>

namespace comity {

TEST(Crew, does_every_piece_once_whoever_does_it)
{
    for (std::size_t const threads : { 0U, 1U, 3U }) {
        Crew crew { threads };
        for (std::size_t const count : { 0U, 1U, 2U, 500U }) {
            std::vector<std::atomic<int>> done(count);
            crew.each(count, [&](std::size_t i) { ++done[i]; });
            for (auto const& each : done) EXPECT_EQ(each, 1);
        }
    }
}

TEST(Crew, without_threads_works_in_order)
{
    Crew crew { 0 };
    std::vector<std::size_t> order;
    crew.each(4, [&](std::size_t i) { order.push_back(i); });
    EXPECT_EQ(order, (std::vector<std::size_t> { 0, 1, 2, 3 }));
}

TEST(Crew, serves_several_callers_at_once)
{
    Crew crew { 2 };
    std::atomic<int> done = 0;
    {
        std::array<std::jthread, 4> callers;
        for (auto& caller : callers)
            caller = std::jthread { [&] {
                for (int round = 0; round < 100; ++round)
                    crew.each(16, [&](std::size_t) { ++done; });
            } };
    }
    EXPECT_EQ(done, 4 * 100 * 16);
}

} // namespace comity
