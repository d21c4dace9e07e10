#pragma once

#include "base/instant.h"

#include <optional>
#include <span>

/// The terms of the Convention as a type: what starts them, how much of which unit, what happens at
/// the end of a month, and whose civil calendar counts.
namespace comity::treaty {

enum class TermUnit : std::uint8_t {
    immediately, ///< The Convention gives no number: the time is measured, never judged.
    elapsed_hours, ///< Hours on the clock of the universe: nights and changes of summer time count.
    counted_hours, ///< Elapsed hours without those from midnight to an hour of the local morning.
    calendar_days, ///< Civil dates; the day of the event is not counted.
    months,
    years,
};

/// What a term of months or years does where the last month has no such day.
enum class Rounding : std::uint8_t {
    down, ///< The last day of that month.
    up, ///< The first day of the next.
};

struct Amount {
    TermUnit unit;
    int count = 0;
    Rounding rounding = Rounding::down;
    int paused_until_hour = 0;
};

constexpr Amount elapsed_hours(int count)
{
    return { TermUnit::elapsed_hours, count };
}
constexpr Amount counted_hours(int count, int paused_until_hour)
{
    return { TermUnit::counted_hours, count, Rounding::down, paused_until_hour };
}
constexpr Amount calendar_days(int count)
{
    return { TermUnit::calendar_days, count };
}
// Without a rounding there is no such term.
constexpr Amount months(int count, Rounding rounding)
{
    return { TermUnit::months, count, rounding };
}
constexpr Amount years(int count, Rounding rounding)
{
    return { TermUnit::years, count, rounding };
}

/// Whose civil calendar and clock a term is counted by.
enum class Calendar : std::uint8_t {
    requesting, ///< Of the requesting Party.
    requested, ///< Of the requested Party; on foreign ground, of the Party of the territory.
    depositary, ///< Of Albania (Art. 38(1)).
    none, ///< No civil calendar takes part.
};

constexpr std::string_view zone_of_depositary = "Europe/Tirane";

/// What the last day means.
enum class Ends : std::uint8_t {
    by_its_end, ///< To be done at the latest before that day is over.
    at_its_start, ///< Something begins or ends with that day.
};

struct Term {
    std::string_view provision; ///< "A40(2)"; empty for `immediately`, which many set.
    std::string_view anchor; ///< What the counting starts from.
    Amount amount;
    Calendar calendar;
    Ends ends = Ends::at_its_start; ///< Of days, months and years.
};

namespace term {
/// "Immediately", "at once": no number stands anywhere in the Convention.
inline constexpr Term immediately { "", "the event", { TermUnit::immediately }, Calendar::none };
inline constexpr Term joint_threat_analysis { "A7-3", "the last joint threat analysis",
    years(1, Rounding::down), Calendar::requesting, Ends::by_its_end };
inline constexpr Term release_after_pursuit { "A13(6)-2", "the arrest", counted_hours(6, 9),
    Calendar::requested };
inline constexpr Term surveillance_without_authorisation { "A14(4)-2", "the crossing",
    elapsed_hours(5), Calendar::none };
inline constexpr Term release_after_delivery { "A15(7)", "the arrest", counted_hours(6, 9),
    Calendar::requested };
/// A civil date, so no rounding is at stake; what is left to destroy is destroyed on that day.
inline constexpr Term last_day { "A31(4)(b)-3", "the last day on which the Convention is in force",
    calendar_days(0), Calendar::requesting, Ends::by_its_end };
inline constexpr Term register_retention { "A31(4)(e)-3", "the entry in the register",
    years(3, Rounding::up), Calendar::requesting };
inline constexpr Term committee_meeting { "A33(3)-1", "the last meeting of the Committee",
    years(1, Rounding::down), Calendar::depositary, Ends::by_its_end };
inline constexpr Term entry_of_convention { "A40(1)", "the deposit of the second instrument",
    calendar_days(90), Calendar::depositary };
inline constexpr Term entry_of_state { "A40(2)", "the deposit of the State's own instrument",
    calendar_days(90), Calendar::depositary };
inline constexpr Term reservation_withdrawn { "A41(2)",
    "the receipt of the notice by the depositary", calendar_days(0), Calendar::depositary };
inline constexpr Term withdrawal { "A42(2)", "the receipt of the notice by the depositary",
    months(6, Rounding::down), Calendar::depositary };
inline constexpr Term suspension { "A42(3)-3", "the receipt of the notice by the depositary",
    calendar_days(15), Calendar::depositary };
} // namespace term

/// Every term with a number, in the order of the text.
std::span<Term const* const> terms();
/// Null for a provision that sets no number.
Term const* find_term(std::string_view provision);

/// The date of a term of days, months or years whose event fell on `from`.
Date due_date(Amount amount, Date from);
/// The instant at which a term is up; none for `immediately`. Error: not_found for an unknown zone.
Result<std::optional<Instant>> due(Term const& term, Instant from, std::string_view zone);

/// The same for a term of days, months or years that starts with a civil date.
Result<Instant> due_from(Term const& term, Date day, std::string_view zone);

/// "6 hours, those from 00:00 to 09:00 not counted".
std::string in_words(Amount amount);
/// "by the calendar of the depositary"; empty for none.
std::string_view in_words(Calendar calendar);

/// Art. 40: the ninetieth day after the date of deposit, which itself is not counted.
Date entry_into_force(Date deposit);

} // namespace comity::treaty
