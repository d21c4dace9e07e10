#include "rights/year_report.h"

#include "protection/operation_reading.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>

namespace comity::rights {

using protection::Operation;
using protection::OperationEntry;
using store::Transaction;

namespace {

constexpr auto unknown_party = "not-known";
constexpr auto reads_log = "A31(4)(e)-4";

using Counts = std::map<std::string, std::int64_t>;

std::vector<Count> listed(Counts const& counts)
{
    std::vector<Count> out;
    for (auto const& [key, count] : counts) out.push_back({ key, count });
    return out;
}

class Counter {
public:
    explicit Counter(YearReport& out)
        : out_(out)
    {
    }
    void hear(OperationEntry const& entry)
    {
        ++out_.operations;
        ++kinds_[json::word(entry.operation)];
        ++parties_[entry.owner.value_or(entry.item.empty() ? "none" : unknown_party)];
        out_.refused_uses += entry.permitted ? 0 : 1;
        for (auto const& provision : entry.provisions) {
            ++(entry.permitted ? provisions_ : refusals_)[provision];
            out_.log_readings += provision == reads_log ? 1 : 0;
        }
        if (entry.operation == Operation::destroy && !entry.item.empty()) hear_destruction(entry);
    }
    void finish()
    {
        out_.by_kind = listed(kinds_);
        out_.by_party = listed(parties_);
        out_.by_provision = listed(provisions_);
        out_.refused = listed(refusals_);
    }

private:
    void hear_destruction(OperationEntry const& entry)
    {
        if (!entry.late)
            ++out_.destroyed_unknown;
        else
            ++(*entry.late ? out_.destroyed_late : out_.destroyed_in_time);
    }

    YearReport& out_;
    Counts kinds_ {}, parties_ {}, provisions_ {}, refusals_ {};
};

std::vector<NoticeCount> count_notices(std::span<NoticeRow const> rows)
{
    std::map<std::pair<std::string, bool>, NoticeCount> counts;
    for (auto const& row : rows) {
        auto& of = counts[{ row.kind, row.sent }];
        of.kind = row.kind;
        of.sent = row.sent;
        ++of.count;
        ++(row.state == NoticeState::open ? of.open : of.settled);
    }
    std::vector<NoticeCount> out;
    for (auto& [key, count] : counts) out.push_back(std::move(count));
    return out;
}

std::vector<ConsentCount> count_consents(std::span<ConsentRow const> rows)
{
    std::vector<ConsentCount> out { { .ours = true }, { .ours = false } };
    for (auto const& row : rows) {
        auto& of = out.at(row.ours ? 0 : 1);
        ++of.asked;
        switch (row.state) {
        case ConsentState::open: ++of.open; break;
        case ConsentState::granted: ++of.granted; break;
        case ConsentState::withheld: ++of.withheld; break;
        case ConsentState::withdrawn: ++of.withdrawn; break;
        }
    }
    return out;
}

Result<PersonCount> count_person(Transaction& transaction, PersonRow const& row, Date today)
{
    PersonCount out { row.place, row.claims, row.received_on, row.deadline, row.sent_on };
    if (row.sent_on) out.days = (*row.sent_on - row.received_on).count();
    out.late = row.deadline && row.sent_on.value_or(today) > *row.deadline;
    Counts outcomes;
    for (auto const& item : TRY(person_items(transaction, row.place)))
        if (item.chosen) ++outcomes[item.answer ? json::word(*item.answer) : "open"];
    out.outcomes = listed(outcomes);
    return out;
}

Date first_day(int year)
{
    return std::chrono::sys_days { std::chrono::year { year } / 1 / 1 };
}

} // namespace

Result<YearReport> report_of_year(
    store::Store& store, std::string const& party, int year, Instant now)
{
    auto const today = std::chrono::floor<std::chrono::days>(now);
    auto const this_year = static_cast<int>(std::chrono::year_month_day { today }.year());
    if (year < first_year || year > this_year)
        return Error { Error::Kind::malformed, fmt::format("{} to {}", first_year, this_year),
            "year" };
    Instant const from { first_day(year) }, until { first_day(year + 1) };
    return store.read([&](Transaction& t) -> Result<YearReport> {
        YearReport out { year, party, now, now >= until };
        Counter counter { out };
        TRY(protection::each_operation(
            t, from, until, [&](OperationEntry const& entry) { counter.hear(entry); }));
        counter.finish();
        out.notices = count_notices(TRY(notices_between(t, from, until)));
        out.consents = count_consents(TRY(consents_between(t, from, until)));
        for (auto const& row : TRY(newest_persons(t, persons_counted)))
            if (row.received_on >= first_day(year) && row.received_on < first_day(year + 1))
                out.persons.push_back(TRY(count_person(t, row, today)));
        out.exports = TRY(casework::count_exports(t, from, until));
        return out;
    });
}

namespace {

/// Every figure once, for the file and for print.
struct Line {
    std::string about, key;
    std::string value;
};

class Lines {
public:
    explicit Lines(YearReport const& report)
    {
        add("operations", "all", report.operations);
        add_all("operations by kind", report.by_kind);
        add_all("operations by Party", report.by_party);
        add_all("operations by provision", report.by_provision);
        add("refused uses", "all", report.refused_uses);
        add_all("refusals by provision", report.refused);
        add("destructions", "in time", report.destroyed_in_time);
        add("destructions", "late", report.destroyed_late);
        add("destructions", "not known", report.destroyed_unknown);
        add("readings of the log", "all", report.log_readings);
        for (auto const& each : report.notices) add_notice(each);
        for (auto const& each : report.consents) add_consents(each);
        for (auto const& each : report.persons) add_person(each);
        for (auto const& each : report.exports)
            add("exports", fmt::format("{} as {}", each.piece, each.format), each.count);
    }
    std::vector<Line> out {};

private:
    void add(std::string about, std::string key, std::int64_t count)
    {
        out.push_back({ std::move(about), std::move(key), std::to_string(count) });
    }
    void add_all(std::string const& about, std::vector<Count> const& counts)
    {
        for (auto const& each : counts) add(about, each.key, each.count);
    }
    void add_notice(NoticeCount const& of)
    {
        auto const about = fmt::format("{} {}", of.kind, of.sent ? "sent" : "received");
        add(about, "all", of.count);
        add(about, of.sent ? "confirmed" : "settled", of.settled);
        add(about, "open", of.open);
    }
    void add_consents(ConsentCount const& of)
    {
        std::string const about = of.ours ? "consents asked by us" : "consents asked of us";
        add(about, "all", of.asked);
        add(about, "granted", of.granted);
        add(about, "withheld", of.withheld);
        add(about, "withdrawn", of.withdrawn);
        add(about, "open", of.open);
    }
    void add_person(PersonCount const& of)
    {
        auto const about = fmt::format("person's request {}", of.number);
        std::vector<std::string> claims;
        for (auto const& claim : of.claims) claims.push_back(json::word(claim));
        out.push_back({ about, "asks for", fmt::format("{}", fmt::join(claims, ", ")) });
        out.push_back({ about, "received", to_text(of.received_on) });
        out.push_back({ about, "deadline", of.deadline ? to_text(*of.deadline) : "not known" });
        out.push_back({ about, "replied", of.sent_on ? to_text(*of.sent_on) : "open" });
        if (of.days) add(about, "days", *of.days);
        out.push_back({ about, "late", of.late ? "yes" : "no" });
        for (auto const& each : of.outcomes) add(about, each.key, each.count);
    }
};

std::string cell(std::string_view text)
{
    if (text.find_first_of(",\"\n") == text.npos) return std::string { text };
    std::string out = "\"";
    for (char const c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

/// What the figures do not tell.
std::vector<document::Text> limits_of(YearReport const& report)
{
    std::vector<document::Text> out {
        "A line of the log is one operation on one item, or one search; opening a case of five "
        "messages is five.",
        "The year is that of UTC. Lines stand in the order in which they were written.",
        "Contacts by word of mouth and files kept outside this node are not counted.",
        "A notice counts in the year in which it was made; its confirmation may be later.",
    };
    if (report.destroyed_unknown > 0)
        out.emplace_back("Destructions noted before the log said whether they were in time are "
                         "counted as not known.");
    if (!report.over)
        out.emplace_back(fmt::format("The year is not over: it ends here at {}.",
            to_text(std::chrono::floor<std::chrono::seconds>(report.at)).substr(0, 16)));
    return out;
}

} // namespace

std::string csv_of(YearReport const& report)
{
    std::string out = "about,what,value\r\n";
    for (auto const& line : Lines { report }.out)
        out += fmt::format("{},{},{}\r\n", cell(line.about), cell(line.key), cell(line.value));
    return out;
}

document::Document paper_of(YearReport const& report)
{
    document::Document out;
    out.title = fmt::format("Data protection, {}, {}", report.party, report.year);
    out.language = "en";
    out.author = report.party;
    out.created = report.at;
    out.header = fmt::format("{} {}", report.party, report.year);
    out.footer = "Art. 31 of the Convention";
    std::string about;
    document::Table table;
    auto const flush = [&] {
        if (about.empty()) return;
        out.blocks.push_back(document::Heading { 1, about });
        out.blocks.push_back(std::move(table));
    };
    for (auto const& line : Lines { report }.out) {
        if (line.about != about) {
            flush();
            table = { { { "what", 3 }, { "how many", 1 } }, {} };
            about = line.about;
        }
        table.rows.push_back({ line.key, line.value });
    }
    flush();
    out.blocks.push_back(document::Heading { 1, "What this does not tell" });
    out.blocks.push_back(document::List { limits_of(report) });
    return out;
}

} // namespace comity::rights
