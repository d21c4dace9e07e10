#pragma once

#include "base/result.h"

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

namespace comity {

/// A point on the UTC time line, to the microsecond.
using Instant = std::chrono::sys_time<std::chrono::microseconds>;
/// A civil date, of no zone.
using Date = std::chrono::sys_days;
/// Where time comes in. No other code reads a clock.
using Clock = std::function<Instant()>;

/// RFC 3339 in UTC, always with microseconds: 2026-04-17T09:14:00.000000Z.
std::string to_text(Instant instant);
/// RFC 3339 with any offset and 0 to 6 decimals; years 1900 to 9999.
Result<Instant> parse_instant(std::string_view text);

/// ISO 8601 calendar date: 2026-04-17.
std::string to_text(Date date);
Result<Date> parse_date(std::string_view text);

/// "2026-04-17 12:14:00 +03:00" in an IANA zone. Error: not_found for an unknown zone.
Result<std::string> to_local_text(Instant instant, std::string_view zone);
/// The civil date that the clocks of a zone show at an instant.
Result<Date> local_date(Instant instant, std::string_view zone);
/// When the clocks of a zone show so much after midnight of a date: the first time of two, and the
/// first instant after a gap where they skip it.
Result<Instant> instant_of(Date date, std::chrono::minutes after_midnight, std::string_view zone);

} // namespace comity
