#pragma once

#include <boost/describe.hpp>

#include <cstdint>

namespace comity::http {

/// When a clock on the desk turns amber and red: this Party's own setting, since the Convention
/// gives "immediately" no number.
struct ClockLevels {
    std::int64_t amber_left_minutes = 360; ///< Before a deadline.
    std::int64_t red_left_minutes = 60;
    std::int64_t amber_gone_minutes = 30; ///< Since something had to be done immediately.
    std::int64_t red_gone_minutes = 120;
};
BOOST_DESCRIBE_STRUCT(
    ClockLevels, (), (amber_left_minutes, red_left_minutes, amber_gone_minutes, red_gone_minutes))

} // namespace comity::http
