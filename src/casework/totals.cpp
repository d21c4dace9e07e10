#include "casework/totals.h"

#include <fmt/format.h>

#include <charconv>

namespace comity::casework {
namespace {

using store::Row;
using store::Transaction;

/// "35 2 36 17": a range and its count, in turn; those that nobody took are left out.
std::string written(Ranges const& ranges)
{
    std::string out;
    for (std::size_t range = 0; range < ranges.counts.size(); ++range)
        if (ranges.counts[range] > 0) out += fmt::format("{} {} ", range, ranges.counts[range]);
    return out;
}

void add_written(Ranges& ranges, std::string_view text)
{
    auto const* at = text.data();
    auto const* const end = at + text.size();
    auto const next = [&] {
        std::int64_t out = 0;
        auto const read = std::from_chars(at, end, out);
        MUST(read.ec == std::errc {} && read.ptr != end); // this node wrote it
        at = read.ptr + 1;
        return out;
    };
    while (at != end) {
        auto const range = next();
        ranges.add(range, next());
    }
}

} // namespace

void Ranges::add(Ranges const& other)
{
    if (counts.size() < other.counts.size()) counts.resize(other.counts.size());
    for (std::size_t range = 0; range < other.counts.size(); ++range)
        counts[range] += other.counts[range];
}

void Totals::add(Totals const& other, Period const& period)
{
    for (auto const& [at, count] : other.figures)
        if (period.holds(at.month)) figures[at] += count;
    for (auto const& [at, ranges] : other.times)
        if (period.holds(at.month)) times[at].add(ranges);
}

Result<void> keep_totals(Transaction& transaction, Totals const& totals)
{
    for (auto const& [at, count] : totals.figures)
        TRY(transaction.run(
            "INSERT INTO casework_total (month, direction, party, kind, figure, count) "
            "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (month, direction, party, kind, figure) "
            "DO UPDATE SET count = casework_total.count + excluded.count",
            at.month, at.direction, at.party, at.kind, at.figure, count));
    for (auto const& [at, ranges] : totals.times) {
        auto all = ranges;
        if (auto const before = TRY(transaction.one(
                "SELECT counts FROM casework_total_times "
                "WHERE month = $1 AND direction = $2 AND party = $3",
                [](Row const& row) { return row.text(0); }, at.month, at.direction, at.party)))
            add_written(all, *before);
        TRY(transaction.run("INSERT INTO casework_total_times (month, direction, party, counts) "
                            "VALUES ($1, $2, $3, $4) ON CONFLICT (month, direction, party) "
                            "DO UPDATE SET counts = excluded.counts",
            at.month, at.direction, at.party, written(all)));
    }
    return {};
}

Result<void> read_totals(Transaction& transaction, Period const& period, Totals& totals)
{
    TRY(transaction.each(
        "SELECT month, direction, party, kind, figure, count FROM casework_total "
        "WHERE month >= $1 AND month <= $2",
        [&](Row const& row) -> Result<void> {
            totals.figures[{ row.text(0), row.text(1), row.text(2), row.text(3), row.text(4) }]
                += row.integer(5);
            return {};
        },
        period.from, period.to));
    return transaction.each(
        "SELECT month, direction, party, counts FROM casework_total_times "
        "WHERE month >= $1 AND month <= $2",
        [&](Row const& row) -> Result<void> {
            add_written(totals.times[{ row.text(0), row.text(1), row.text(2) }], row.text(3));
            return {};
        },
        period.from, period.to);
}

} // namespace comity::casework
