#include "treaty/deadline.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace comity::treaty {
namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr std::array all_terms { &term::joint_threat_analysis, &term::release_after_pursuit,
    &term::surveillance_without_authorisation, &term::release_after_delivery, &term::last_day,
    &term::register_retention, &term::committee_meeting, &term::entry_of_convention,
    &term::entry_of_state, &term::reservation_withdrawn, &term::withdrawal, &term::suspension };

Date add_months(Date from, int count, Rounding rounding)
{
    using namespace std::chrono;
    auto const start = year_month_day { from };
    auto const month_of_end = start.year() / start.month() + std::chrono::months { count };
    auto const same_day = month_of_end / start.day();
    if (same_day.ok()) return sys_days { same_day };
    auto const last = sys_days { month_of_end / std::chrono::last };
    return rounding == Rounding::down ? last : last + days { 1 };
}

/// Goes from one local day to the next and counts what lies between the end of the pause and
/// midnight.
Result<Instant> end_of_counted_hours(Amount amount, Instant from, std::string_view zone)
{
    Instant::duration left = hours { amount.count };
    for (auto at = from;;) {
        auto const day = TRY(local_date(at, zone));
        auto const begins = TRY(instant_of(day, hours { amount.paused_until_hour }, zone));
        auto const midnight = TRY(instant_of(day + days { 1 }, hours { 0 }, zone));
        at = std::max(at, begins);
        if (left <= midnight - at) return at + left;
        left -= midnight - at;
        at = midnight;
    }
}

} // namespace

std::span<Term const* const> terms()
{
    return all_terms;
}

Term const* find_term(std::string_view provision)
{
    auto const found = std::ranges::find(all_terms, provision, &Term::provision);
    return found == all_terms.end() ? nullptr : *found;
}

Date due_date(Amount amount, Date from)
{
    switch (amount.unit) {
    case TermUnit::calendar_days: return from + days { amount.count };
    case TermUnit::months: return add_months(from, amount.count, amount.rounding);
    case TermUnit::years: return add_months(from, amount.count * 12, amount.rounding);
    case TermUnit::immediately:
    case TermUnit::elapsed_hours:
    case TermUnit::counted_hours: break;
    }
    MUST(!"a term of hours has no date");
    return from;
}

Result<Instant> due_from(Term const& term, Date day, std::string_view zone)
{
    auto const last = due_date(term.amount, day);
    auto const past = term.ends == Ends::by_its_end ? days { 1 } : days { 0 };
    return instant_of(last + past, hours { 0 }, zone);
}

Result<std::optional<Instant>> due(Term const& term, Instant from, std::string_view zone)
{
    auto const day = TRY(local_date(from, zone));
    std::optional<Instant> out;
    switch (term.amount.unit) {
    case TermUnit::immediately: break;
    case TermUnit::elapsed_hours: out = from + hours { term.amount.count }; break;
    case TermUnit::counted_hours: out = TRY(end_of_counted_hours(term.amount, from, zone)); break;
    case TermUnit::calendar_days:
    case TermUnit::months:
    case TermUnit::years: out = TRY(due_from(term, day, zone)); break;
    }
    return out;
}

std::string in_words(Amount amount)
{
    auto const counted = [&](std::string_view one, std::string_view many) {
        return fmt::format("{} {}", amount.count, amount.count == 1 ? one : many);
    };
    switch (amount.unit) {
    case TermUnit::immediately: return "immediately";
    case TermUnit::elapsed_hours: return counted("hour", "hours") + ", nights counted";
    case TermUnit::counted_hours:
        return fmt::format("{}, those from 00:00 to {:02}:00 not counted", counted("hour", "hours"),
            amount.paused_until_hour);
    case TermUnit::calendar_days:
        return amount.count == 0 ? "the same day" : counted("day", "days");
    case TermUnit::months: return counted("month", "months");
    case TermUnit::years: break;
    }
    return counted("year", "years");
}

std::string_view in_words(Calendar calendar)
{
    switch (calendar) {
    case Calendar::requesting: return "by the calendar of the requesting Party";
    case Calendar::requested: return "by the calendar of the requested Party";
    case Calendar::depositary: return "by the calendar of the depositary";
    case Calendar::none: break;
    }
    return {};
}

Date entry_into_force(Date deposit)
{
    return due_date(term::entry_of_state.amount, deposit);
}

} // namespace comity::treaty
