#pragma once

#include "store/store.h"

#include <map>

/// The kept totals of statistics.h: counts alone, by month.
namespace comity::casework {

/// Where a figure stands in the totals.
struct Place {
    std::string month, direction, party, kind, figure;
    auto operator<=>(Place const&) const = default;
};
struct TimePlace {
    std::string month, direction, party;
    auto operator<=>(TimePlace const&) const = default;
};
/// How many took so long, each at the place of its time_range(): under a thousand places.
struct Ranges {
    std::vector<std::int64_t> counts {};

    void add(std::int64_t range, std::int64_t count)
    {
        auto const place = static_cast<std::size_t>(range);
        if (place >= counts.size()) counts.resize(place + 1);
        counts[place] += count;
    }
    void add(Ranges const& other);
};

struct Period {
    std::string from, to; ///< Months, both counted.
    bool holds(std::string_view month) const { return from <= month && month <= to; }
};

struct Totals {
    std::map<Place, std::int64_t> figures;
    std::map<TimePlace, Ranges> times;

    /// Those of the other that fall into a period.
    void add(Totals const& other, Period const& period);
};

/// On top of what is kept already. In the commit that moves the mark on: no other process adds.
Result<void> keep_totals(store::Transaction& transaction, Totals const& totals);
Result<void> read_totals(store::Transaction& transaction, Period const& period, Totals& totals);

} // namespace comity::casework
