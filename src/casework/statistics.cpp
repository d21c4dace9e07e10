#include "casework/statistics.h"

#include "casework/request_kind.h"
#include "casework/totals.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <map>
#include <numeric>

namespace comity::casework {
namespace {

using store::Row;
using store::Transaction;

constexpr std::int64_t events_a_round = 2000;
constexpr std::int64_t events_beside_max = 20'000; // not yet in the totals, counted as one looks
constexpr int rounds_as_one_looks = 10;
constexpr int ranges_of_one_doubling = 16;
constexpr std::int64_t exact_seconds = 32;

/// An entry of a timeline as far as it counts.
struct Counted {
    std::int64_t id;
    std::string number, act, at, recorded_at, facts;
};

Counted read_counted(Row const& row)
{
    return { row.integer(0), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5) };
}

constexpr std::string_view counted_columns = "id, case_number, act, at, recorded_at, facts";

bool one_of(std::string_view act, std::initializer_list<std::string_view> acts)
{
    return std::ranges::find(acts, act) != acts.end();
}

constexpr std::string_view confirmation_came = "oral-request-confirmation-received";

bool is_asking(std::string_view act)
{
    return one_of(act,
        { "request-sent", "request-received", "forwarded-request-received", "dna-request-received",
            "oral-request-made", "oral-request-taken", confirmation_came });
}

/// What an act settles; empty where it settles nothing.
std::string_view settled_as(std::string_view act)
{
    if (one_of(act, { "answer-sent", "answer-received", "dna-result-sent", "dna-result-received" }))
        return "answered";
    if (one_of(act, { "refusal-sent", "refusal-received" })) return "refused";
    if (one_of(act, { "forwarding-notice-sent", "forwarding-notice-received" })) return "forwarded";
    if (one_of(act, { "request-withdrawal-sent", "request-withdrawal-received" }))
        return "withdrawn";
    return act == "delivery-failed" ? "failed" : "";
}

Instant own_instant(std::string const& text)
{
    auto read = parse_instant(text);
    MUST(read.ok()); // this node wrote it itself
    return read.take();
}

std::int64_t seconds_between(Instant from, Instant to)
{
    return std::max<std::int64_t>(
        0, std::chrono::duration_cast<std::chrono::seconds>(to - from).count());
}

/// Adds what one entry of a timeline counts for.
class Counter {
public:
    Counter(Transaction& transaction, std::string const& own, Totals& totals)
        : transaction_(transaction)
        , own_(own)
        , totals_(totals)
    {
    }
    Result<void> count(Counted const& event)
    {
        bool const asks = is_asking(event.act);
        auto const settled = settled_as(event.act);
        if (!asks && settled.empty()) return {};
        auto const row = TRY(find_case(transaction_, event.number));
        if (!row) return {};
        auto const before = TRY(earlier(event));
        if (asks) {
            // What was said and what confirms it are one request.
            if (event.act == confirmation_came && before.asked) return {};
            add(event, *row, "asked");
            return {};
        }
        if (!before.asked || before.settled) return {}; // a further word on what was settled
        add(event, *row, std::string { settled });
        if (settled == "refused") add(event, *row, "refused/" + ground_of(event));
        if (settled == "answered" || settled == "refused") add_time(event, *row, *before.asked);
        return {};
    }

private:
    struct Earlier {
        std::optional<Instant> asked {}; ///< By the newest request of the case before it.
        bool settled = false; ///< Since then.
    };
    Result<Earlier> earlier(Counted const& event)
    {
        Earlier out;
        auto const before = TRY(transaction_.all(
            fmt::format("SELECT {} FROM casework_event WHERE case_number = $1 AND id < $2 "
                        "ORDER BY id",
                counted_columns),
            read_counted, event.number, event.id));
        for (auto const& each : before) {
            if (is_asking(each.act)) {
                bool const by_word = each.act.starts_with("oral-request-m")
                    || each.act.starts_with("oral-request-t");
                if (each.act == confirmation_came && out.asked) continue;
                out = { own_instant(by_word ? each.at : each.recorded_at), false };
            }
            out.settled |= !settled_as(each.act).empty();
        }
        return out;
    }
    std::string direction(CaseRow const& row) const
    {
        return row.requesting == own_ ? "out" : "in";
    }
    std::string party(CaseRow const& row) const
    {
        return row.requesting == own_ ? row.requested : row.requesting;
    }
    static std::string ground_of(Counted const& event)
    {
        auto const facts = json::parse(event.facts);
        if (!facts.ok() || !facts.value().is_object()) return {};
        auto const* ground = facts.value().get_object().if_contains("ground");
        return ground && ground->is_string() ? std::string { ground->get_string() } : "";
    }
    void add(Counted const& event, CaseRow const& row, std::string figure)
    {
        ++totals_.figures[{ event.recorded_at.substr(0, 7), direction(row), party(row), row.kind,
            std::move(figure) }];
    }
    void add_time(Counted const& event, CaseRow const& row, Instant asked)
    {
        auto const at = own_instant(event.recorded_at);
        totals_.times[{ event.recorded_at.substr(0, 7), direction(row), party(row) }].add(
            time_range(seconds_between(asked, at)), 1);
        if (row.due_at && at > *row.due_at) add(event, row, "late");
    }

    Transaction& transaction_;
    std::string const& own_;
    Totals& totals_;
};

Result<std::vector<Counted>> events_after(
    Transaction& transaction, std::int64_t id, std::int64_t limit)
{
    return transaction.all(
        fmt::format(
            "SELECT {} FROM casework_event WHERE id > $1 ORDER BY id LIMIT $2", counted_columns),
        read_counted, id, limit);
}

Result<std::int64_t> counted_to(Transaction& transaction)
{
    auto const found = TRY(transaction.one(
        "SELECT event FROM casework_counted", [](Row const& row) { return row.integer(0); }));
    return found.value_or(0);
}

/// Two processes may count at once: only who moves the mark on adds.
Result<bool> move_mark(Transaction& transaction, std::int64_t from, std::int64_t to)
{
    if (from == 0)
        TRY(transaction.run("INSERT INTO casework_counted (place, event) VALUES (1, 0) "
                            "ON CONFLICT DO NOTHING"));
    auto const moved = TRY(transaction.run(
        "UPDATE casework_counted SET event = $1 WHERE place = 1 AND event = $2", to, from));
    return moved == 1;
}

std::chrono::year_month month_at(Instant instant)
{
    std::chrono::year_month_day const day { std::chrono::floor<std::chrono::days>(instant) };
    return day.year() / day.month();
}

std::string text_of(std::chrono::year_month month)
{
    return to_text(Date { month / 1 }).substr(0, 7);
}

Result<std::chrono::year_month> parse_month(std::string const& text, std::string field)
{
    auto const day = parse_date(text + "-01");
    if (!day.ok() || text.size() != 7)
        return Error { Error::Kind::malformed, "a month is written as 2026-04", std::move(field) };
    return month_at(Instant { day.value() });
}

struct Months {
    std::chrono::year_month from, to;
};

Result<Months> months_of(
    std::optional<std::string> const& from, std::optional<std::string> const& to, Instant now)
{
    Months out { {}, month_at(now) };
    if (to) out.to = TRY(parse_month(*to, "to"));
    out.from = out.to - std::chrono::months { 11 };
    if (from) out.from = TRY(parse_month(*from, "from"));
    if (out.from > out.to)
        return Error { Error::Kind::malformed, "the period ends before it begins", "to" };
    if ((out.to - out.from).count() >= statistics_months_max)
        return Error { Error::Kind::too_large,
            fmt::format("a period has {} months at most", statistics_months_max), "from" };
    return out;
}

void add(Figures& figures, std::string_view figure, std::int64_t count)
{
    if (figure == "asked") figures.asked += count;
    if (figure == "answered") figures.answered += count;
    if (figure == "refused") figures.refused += count;
    if (figure == "forwarded") figures.forwarded += count;
    if (figure == "withdrawn") figures.withdrawn += count;
    if (figure == "failed") figures.failed += count;
    if (figure == "late") figures.late += count;
}

/// The time that so many hundredths of all stayed within.
std::optional<std::int64_t> hundredth(Ranges const& ranges, std::int64_t hundredths)
{
    auto const& counts = ranges.counts;
    auto const all = std::accumulate(counts.begin(), counts.end(), std::int64_t { 0 });
    if (all == 0) return {};
    auto left = (all * hundredths + 99) / 100;
    for (std::size_t range = 0; range < counts.size(); ++range) {
        left -= counts[range];
        if (left <= 0) return seconds_of(static_cast<std::int64_t>(range));
    }
    return {};
}

void set_times(Figures& figures, Ranges const& ranges)
{
    figures.median_seconds = hundredth(ranges, 50);
    figures.p90_seconds = hundredth(ranges, 90);
}

/// Turns totals into what is shown.
class Shown {
public:
    explicit Shown(Months const& months)
    {
        out_.from = text_of(months.from);
        out_.to = text_of(months.to);
        for (auto month = months.from; month <= months.to; month += std::chrono::months { 1 })
            for (auto const* direction : { "out", "in" })
                months_[{ text_of(month), direction }] = { text_of(month), direction };
    }
    StatisticsView take(Totals const& totals)
    {
        for (auto const& [at, count] : totals.figures) take(at, count);
        for (auto const& [at, ranges] : totals.times) {
            times_[at.direction].add(ranges);
            party_times_[{ at.direction, at.party }].add(ranges);
        }
        set_times(out_.out, times_["out"]);
        set_times(out_.in, times_["in"]);
        for (auto& [at, figures] : parties_) {
            set_times(figures, party_times_[at]);
            out_.by_party.push_back({ at.second, at.first, figures });
        }
        for (auto const& [at, figures] : kinds_) {
            auto const* kind = find_request_kind(at.second);
            out_.by_kind.push_back(
                { at.second, kind ? std::string { kind->provision } : "", at.first, figures });
        }
        for (auto const& [at, count] : grounds_)
            out_.refusals.push_back({ at.second, at.first, count });
        for (auto const& each : months_) out_.by_month.push_back(each.second);
        return std::move(out_);
    }

private:
    using By = std::pair<std::string, std::string>; // direction, and what beside it

    void take(Place const& at, std::int64_t count)
    {
        constexpr std::string_view by_ground = "refused/";
        if (at.figure.starts_with(by_ground)) {
            grounds_[{ at.direction, at.figure.substr(by_ground.size()) }] += count;
            return;
        }
        add(at.direction == "out" ? out_.out : out_.in, at.figure, count);
        add(parties_[{ at.direction, at.party }], at.figure, count);
        add(kinds_[{ at.direction, at.kind }], at.figure, count);
        auto& month = months_[{ at.month, at.direction }];
        if (at.figure == "asked") month.asked += count;
        if (at.figure == "answered") month.answered += count;
        if (at.figure == "refused") month.refused += count;
    }

    StatisticsView out_;
    std::map<By, Figures> parties_, kinds_;
    std::map<By, std::int64_t> grounds_;
    std::map<By, FiguresOfMonth> months_; // month first
    std::map<std::string, Ranges> times_;
    std::map<By, Ranges> party_times_;
};

std::string cell(std::optional<std::int64_t> value)
{
    return value ? std::to_string(*value) : "";
}

std::string line_of(std::string_view what, std::string_view of, std::string_view article,
    std::string_view direction, Figures const& it)
{
    return fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{}\r\n", what, of, article, direction,
        it.asked, it.answered, it.refused, it.forwarded, it.withdrawn, it.failed, it.late,
        cell(it.median_seconds), cell(it.p90_seconds));
}

} // namespace

std::int64_t time_range(std::int64_t seconds)
{
    if (seconds < exact_seconds) return std::max<std::int64_t>(0, seconds);
    auto const width
        = static_cast<std::int64_t>(std::bit_width(static_cast<std::uint64_t>(seconds))) - 5;
    return exact_seconds + (width - 1) * ranges_of_one_doubling + (seconds >> width)
        - ranges_of_one_doubling;
}

std::int64_t seconds_of(std::int64_t range)
{
    if (range < exact_seconds) return range;
    auto const width = (range - exact_seconds) / ranges_of_one_doubling + 1;
    auto const place = (range - exact_seconds) % ranges_of_one_doubling + ranges_of_one_doubling;
    return (place << width) + (std::int64_t { 1 } << (width - 1));
}

Statistics::Statistics(store::Store& store, std::string own_state, Clock clock)
    : store_(store)
    , own_(std::move(own_state))
    , clock_(std::move(clock))
{
}

Result<std::size_t> Statistics::count_some()
{
    auto const settled = clock_() - statistics_settle;
    auto const next = [&](Transaction& t) -> Result<std::vector<Counted>> {
        auto events = TRY(events_after(t, TRY(counted_to(t)), events_a_round));
        auto const fresh = std::ranges::find_if(
            events, [&](Counted const& each) { return own_instant(each.recorded_at) > settled; });
        events.erase(fresh, events.end());
        return events;
    };
    if (TRY(store_.read(next)).empty()) return std::size_t { 0 };
    return store_.write([&](Transaction& t) -> Result<std::size_t> {
        auto const from = TRY(counted_to(t));
        auto const events = TRY(next(t));
        if (events.empty() || !TRY(move_mark(t, from, events.back().id))) return std::size_t { 0 };
        Totals totals;
        Counter counter { t, own_, totals };
        for (auto const& each : events) TRY(counter.count(each));
        TRY(keep_totals(t, totals));
        return events.size();
    });
}

Result<StatisticsView> Statistics::of_period(
    std::optional<std::string> const& from, std::optional<std::string> const& to)
{
    auto const months = TRY(months_of(from, to, clock_()));
    for (int round = 0; round < rounds_as_one_looks; ++round)
        if (TRY(count_some()) == 0) break;
    Totals totals;
    std::optional<Instant> until;
    Period const period { text_of(months.from), text_of(months.to) };
    TRY(store_.read([&](Transaction& t) -> Result<void> {
        TRY(read_totals(t, period, totals));
        auto const rest = TRY(events_after(t, TRY(counted_to(t)), events_beside_max));
        if (std::ssize(rest) == events_beside_max) until = own_instant(rest.back().recorded_at);
        Totals beside;
        Counter counter { t, own_, beside };
        for (auto const& each : rest) TRY(counter.count(each));
        totals.add(beside, period);
        return {};
    }));
    auto out = Shown { months }.take(totals);
    out.counted_until = until;
    return out;
}

std::string csv_of(StatisticsView const& view)
{
    std::string out = "what,of,article,direction,asked,answered,refused,forwarded,withdrawn,failed,"
                      "late,median-seconds,p90-seconds\r\n";
    out += line_of("all", view.from + "/" + view.to, "", "out", view.out);
    out += line_of("all", view.from + "/" + view.to, "", "in", view.in);
    for (auto const& each : view.by_party)
        out += line_of("state", each.party, "", each.direction, each.figures);
    for (auto const& each : view.by_kind)
        out += line_of("kind", each.kind, each.provision, each.direction, each.figures);
    for (auto const& each : view.refusals)
        out += line_of(
            "refusal-ground", each.ground, "A30(1)", each.direction, { .refused = each.count });
    for (auto const& each : view.by_month)
        out += line_of("month", each.month, "", each.direction,
            { .asked = each.asked, .answered = each.answered, .refused = each.refused });
    return out;
}

} // namespace comity::casework
