#include "treaty/deadline.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace comity::treaty {
namespace {

constexpr auto days_of_entry = static_cast<int>(entry_into_force_term.count());
constexpr std::array terms {
    Term { "A40(1)", "deposit of the second instrument", days_of_entry, TermUnit::calendar_days },
    Term {
        "A40(2)", "deposit of the State's own instrument", days_of_entry, TermUnit::calendar_days },
};

/// The first instant whose civil date in the zone is `date`. Local clocks differ from UTC by less
/// than a day and a date once begun does not come back, so halving finds it.
Result<Instant> start_of(Date date, std::string_view zone)
{
    Instant before = date - std::chrono::days { 1 };
    Instant after = date + std::chrono::days { 1 };
    while (after - before > std::chrono::microseconds { 1 }) {
        auto const middle = before + (after - before) / 2;
        (TRY(local_date(middle, zone)) < date ? before : after) = middle;
    }
    return after;
}

} // namespace

Term const* find_term(std::string_view provision)
{
    auto const* found = std::ranges::find(terms, provision, &Term::provision);
    return found == terms.end() ? nullptr : found;
}

Result<Due> due(std::string_view provision, Instant from, std::string_view zone)
{
    auto const* term = find_term(provision);
    if (!term) {
        std::string known;
        for (auto const& each : terms) known += fmt::format(" {}", each.provision);
        return Error { Error::Kind::not_found,
            fmt::format("{} sets no term; these do:{}", provision.substr(0, 40), known),
            "provision" };
    }
    auto const date = TRY(local_date(from, zone)) + std::chrono::days { term->amount };
    auto const start = TRY(start_of(date, zone));
    return Due { term, date, start };
}

} // namespace comity::treaty
