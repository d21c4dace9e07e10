#pragma once

#include "casework/casework_store.h"

/// How many requests, of whom and about what, how they ended and how long they took: counted from
/// the timelines alone, month by month (UTC). No content is opened for it, and no person, officer
/// or case can be told from it.
namespace comity::casework {

constexpr int statistics_months_max = 36;
/// What is counted is kept once it is this old: by then no process is still writing before it.
constexpr std::chrono::minutes statistics_settle { 10 };

/// Times are kept in ranges of a sixteenth of their size, so that a median of a million costs as
/// much as one of ten. Below 32 seconds a range is one second.
std::int64_t time_range(std::int64_t seconds);
/// The middle of a range; at most a thirty-second off any time in it.
std::int64_t seconds_of(std::int64_t range);

struct Figures {
    std::int64_t asked = 0;
    std::int64_t answered = 0; ///< In full.
    std::int64_t refused = 0;
    std::int64_t forwarded = 0; ///< Another authority was competent.
    std::int64_t withdrawn = 0;
    std::int64_t failed = 0; ///< Not delivered, or rejected.
    std::int64_t late = 0; ///< Answered or refused after the time that this State sets itself.
    std::optional<std::int64_t> median_seconds {}; ///< To an answer or a refusal.
    std::optional<std::int64_t> p90_seconds {};
};
BOOST_DESCRIBE_STRUCT(Figures, (),
    (asked, answered, refused, forwarded, withdrawn, failed, late, median_seconds, p90_seconds))

struct FiguresOfParty {
    std::string party; ///< The other one.
    std::string direction; ///< "out": we asked.
    Figures figures;
};
BOOST_DESCRIBE_STRUCT(FiguresOfParty, (), (party, direction, figures))

struct FiguresOfKind {
    std::string kind;
    std::string provision; ///< Its article: empty for a kind that has no row.
    std::string direction;
    Figures figures; ///< Without times.
};
BOOST_DESCRIBE_STRUCT(FiguresOfKind, (), (kind, provision, direction, figures))

struct RefusalsByGround {
    std::string ground, direction;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(RefusalsByGround, (), (ground, direction, count))

struct FiguresOfMonth {
    std::string month; ///< "2026-04"
    std::string direction;
    std::int64_t asked = 0, answered = 0, refused = 0;
};
BOOST_DESCRIBE_STRUCT(FiguresOfMonth, (), (month, direction, asked, answered, refused))

struct StatisticsView {
    std::string from, to; ///< Months, both counted.
    Figures out, in; ///< What we asked, what we were asked.
    std::vector<FiguresOfParty> by_party;
    std::vector<FiguresOfKind> by_kind;
    std::vector<RefusalsByGround> refusals;
    std::vector<FiguresOfMonth> by_month; ///< Every month of the period, also empty ones.
    std::optional<Instant> counted_until {}; ///< Where not everything was counted yet.
};
BOOST_DESCRIBE_STRUCT(
    StatisticsView, (), (from, to, out, in, by_party, by_kind, refusals, by_month, counted_until))

class Statistics {
public:
    /// All of them outlive it.
    Statistics(store::Store& store, std::string own_state, Clock clock);

    /// Months as "2026-04"; the last twelve where missing. Errors: malformed, `from`, `to`;
    /// too_large over `statistics_months_max`.
    Result<StatisticsView> of_period(
        std::optional<std::string> const& from, std::optional<std::string> const& to);
    /// Moves what has settled into the kept totals, a piece in one commit. How many entries of
    /// timelines it looked at; none when there are no more.
    Result<std::size_t> count_some();

private:
    store::Store& store_;
    std::string own_;
    Clock clock_;
};

/// RFC 4180, a line for each State, kind and ground; English names of columns, for other programs.
std::string csv_of(StatisticsView const& view);

} // namespace comity::casework
