#include "rights/year_report.h"

#include "document/words.h"
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

/// The word of a figure, of the report's own table.
std::string said(std::string_view language, std::string const& key)
{
    auto const whole = "year." + key;
    auto const word = document::word_in(language, whole);
    return word == whole ? document::spaced(key) : std::string { word };
}

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

/// Without a language as it is, for programs.
class Lines {
public:
    explicit Lines(YearReport const& report, std::optional<std::string_view> language = {})
        : language_(language)
    {
        add(say("operations"), "all", report.operations);
        add_all("operations by kind", report.by_kind);
        add_parties(report.by_party);
        add_provisions("operations by provision", report.by_provision);
        add(say("refused uses"), "all", report.refused_uses);
        add_provisions("refusals by provision", report.refused);
        add(say("destructions"), "in time", report.destroyed_in_time);
        add(say("destructions"), "late", report.destroyed_late);
        add(say("destructions"), "not known", report.destroyed_unknown);
        add(say("readings of the log"), "all", report.log_readings);
        for (auto const& each : report.notices) add_notice(each);
        for (auto const& each : report.consents) add_consents(each);
        for (auto const& each : report.persons) add_person(each);
        for (auto const& each : report.exports) add_export(each);
    }
    std::vector<Line> out {};

private:
    std::string say(std::string const& key) const
    {
        return language_ ? said(*language_, key) : key;
    }
    void add(std::string about, std::string const& key, std::int64_t count)
    {
        out.push_back({ std::move(about), say(key), std::to_string(count) });
    }
    void add_all(std::string const& about, std::vector<Count> const& counts)
    {
        for (auto const& each : counts) add(say(about), each.key, each.count);
    }
    void add_provisions(std::string const& about, std::vector<Count> const& counts)
    {
        for (auto const& each : counts)
            out.push_back({ say(about), each.key, std::to_string(each.count) });
    }
    void add_parties(std::vector<Count> const& counts)
    {
        for (auto const& each : counts)
            out.push_back(
                { say("operations by Party"), party(each.key), std::to_string(each.count) });
    }
    std::string party(std::string const& code) const
    {
        if (!language_) return code;
        if (code == "none") return say(code);
        if (code == unknown_party) return say("not known");
        return std::string { document::party_in(*language_, code) };
    }
    std::string about_notice(NoticeCount const& of) const
    {
        if (!language_) return fmt::format("{} {}", of.kind, of.sent ? "sent" : "received");
        return fmt::format("{} ({})", document::label_in(*language_, "message-kind", of.kind),
            say(of.sent ? "sent" : "got"));
    }
    void add_notice(NoticeCount const& of)
    {
        auto const about = about_notice(of);
        add(about, "all", of.count);
        add(about, of.sent ? "confirmed" : "settled", of.settled);
        add(about, "open", of.open);
    }
    void add_consents(ConsentCount const& of)
    {
        auto const about = say(of.ours ? "consents asked by us" : "consents asked of us");
        add(about, "all", of.asked);
        add(about, "granted", of.granted);
        add(about, "withheld", of.withheld);
        add(about, "withdrawn", of.withdrawn);
        add(about, "open", of.open);
    }
    void add_person(PersonCount const& of)
    {
        auto const about = fmt::format("{} {}", say("person's request"), of.number);
        auto const tell = [&](char const* key, std::string value) {
            out.push_back({ about, say(key), std::move(value) });
        };
        std::vector<std::string> claims;
        for (auto const& claim : of.claims) claims.push_back(claimed(json::word(claim)));
        tell("asks for", fmt::format("{}", fmt::join(claims, ", ")));
        tell("received", to_text(of.received_on));
        tell("deadline", of.deadline ? to_text(*of.deadline) : say("not known"));
        tell("replied", of.sent_on ? to_text(*of.sent_on) : say("open"));
        if (of.days) tell("days", std::to_string(*of.days));
        tell("late", say(of.late ? "yes" : "no"));
        for (auto const& each : of.outcomes) add(about, each.key, each.count);
    }
    std::string claimed(std::string const& word) const
    {
        return language_ ? std::string { document::word_in(*language_, word) } : word;
    }
    void add_export(casework::ExportCount const& of)
    {
        auto const key = language_ ? fmt::format("{} ({})", say(of.piece), of.format)
                                   : fmt::format("{} as {}", of.piece, of.format);
        out.push_back({ say("exports"), key, std::to_string(of.count) });
    }

    std::optional<std::string_view> language_;
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
std::vector<document::Text> limits_of(YearReport const& report, std::string_view language)
{
    std::vector<document::Text> out;
    for (auto const* key : { "limit-lines", "limit-utc", "limit-outside", "limit-notices" })
        out.emplace_back(said(language, key));
    if (report.destroyed_unknown > 0) out.emplace_back(said(language, "limit-unknown"));
    if (!report.over)
        out.emplace_back(fmt::format("{} {}.", said(language, "limit-running"),
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

document::Document paper_of(YearReport const& report, std::string_view language)
{
    MUST(document::speaks(language));
    std::string const party { document::party_in(language, report.party) };
    document::Document out;
    out.title = fmt::format("{}, {}, {}", said(language, "title"), party, report.year);
    out.language = language;
    out.author = report.party;
    out.created = report.at;
    out.header = fmt::format("{} {}", party, report.year);
    out.footer = said(language, "footer");
    std::string about;
    document::Table table;
    auto const flush = [&] {
        if (about.empty()) return;
        out.blocks.push_back(document::Heading { 1, about });
        out.blocks.push_back(std::move(table));
    };
    for (auto const& line : Lines { report, language }.out) {
        if (line.about != about) {
            flush();
            table = { { { said(language, "what"), 3 }, { said(language, "how many"), 1 } }, {} };
            about = line.about;
        }
        table.rows.push_back({ line.key, line.value });
    }
    flush();
    out.blocks.push_back(document::Heading { 1, said(language, "limits") });
    out.blocks.push_back(document::List { limits_of(report, language) });
    return out;
}

} // namespace comity::rights
