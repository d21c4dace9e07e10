#pragma once

#include "base/instant.h"

namespace comity::treaty {

/// How a term of the Convention is counted. Each unit says whether a civil calendar takes part.
enum class TermUnit : std::uint8_t {
    calendar_days, ///< Civil dates of the zone; the day of the event is not counted.
};

/// A term that a provision sets: so much of a unit after its anchor.
struct Term {
    std::string_view provision; ///< "A40(2)".
    std::string_view anchor; ///< What the counting starts from.
    int amount;
    TermUnit unit;
};

/// Art. 40: the ninetieth day after the date of deposit, which itself is not counted.
constexpr std::chrono::days entry_into_force_term { 90 };

constexpr Date entry_into_force(Date deposit)
{
    return deposit + entry_into_force_term;
}

/// When a term is up. `at` is the first instant of `date` in the zone.
struct Due {
    Term const* term;
    Date date;
    Instant at;
};

Term const* find_term(std::string_view provision);

/// Errors: not_found for a provision without a term (the error names those that have one) and for
/// an unknown zone.
Result<Due> due(std::string_view provision, Instant from, std::string_view zone);

} // namespace comity::treaty
