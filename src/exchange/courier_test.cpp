#include "exchange/courier.h"

#include <gtest/gtest.h>

namespace comity::exchange {

using namespace std::chrono_literals;

TEST(Patience, doubles_from_first_to_longest_within_a_quarter)
{
    Patience const patience { 100ms, 1'000ms };
    constexpr std::uint16_t least = 0, most = 65'535;
    std::pair<unsigned, std::chrono::milliseconds> const steps[]
        = { { 1, 100ms }, { 2, 200ms }, { 4, 800ms }, { 5, 1'000ms }, { 1'000'000, 1'000ms } };
    for (auto const& [failures, wait] : steps) {
        EXPECT_EQ(patience.after(failures, least), wait * 3 / 4);
        EXPECT_LE(patience.after(failures, most), wait * 5 / 4);
        EXPECT_GT(patience.after(failures, most), wait * 6 / 5);
    }
}

} // namespace comity::exchange
