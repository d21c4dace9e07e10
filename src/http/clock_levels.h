#pragma once

#include <boost/describe.hpp>

#include <cstdint>

namespace comity::http {

/// When a clock on the desk turns amber and red: this Party's own setting, since the Convention
/// gives "immediately" no number.
struct ClockLevels {
    std::int64_t amberLeftMinutes = 360; ///< Before a deadline.
    std::int64_t redLeftMinutes = 60;
    std::int64_t amberGoneMinutes = 30; ///< Since something had to be done immediately.
    std::int64_t redGoneMinutes = 120;
};
BOOST_DESCRIBE_STRUCT(
    ClockLevels, (), (amberLeftMinutes, redLeftMinutes, amberGoneMinutes, redGoneMinutes))

} // namespace comity::http
