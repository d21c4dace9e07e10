#include "rights/trial_person_test.h"
#include "rights/year_report.h"

#include "document/words.h"

#include <set>

/// What is handed to the supervisory body once a year.
namespace comity::rights {

using namespace trial;

namespace {

YearReport year_of(Desk& desk, int year = 2026)
{
    return report_of_year(*desk.store, desk.keys.of.state, year, desk.now).value();
}

std::int64_t count(std::vector<Count> const& counts, std::string_view key)
{
    auto const found = std::ranges::find(counts, key, &Count::key);
    return found == counts.end() ? 0 : found->count;
}

std::string value_in(std::string const& csv, std::string const& line)
{
    auto const at = csv.find("\n" + line + ",");
    if (at == csv.npos) return {};
    auto const from = at + line.size() + 2;
    return csv.substr(from, csv.find('\r', from) - from);
}

} // namespace

TEST(YearReport, counts_operations_by_kind_Party_and_provision_and_refusals_by_what_refused)
{
    Answered states;
    auto& sofia = states.sofia;
    auto const before = year_of(sofia);
    ASSERT_EQ(sofia.opened(ours, { .purpose = "prevention" }).size(), 2U);
    ASSERT_EQ(sofia.opened(ours).size(), 2U);
    auto const after = year_of(sofia);
    EXPECT_EQ(after.operations, before.operations + 4);
    EXPECT_EQ(count(after.by_kind, "consult"), count(before.by_kind, "consult") + 4);
    EXPECT_EQ(count(after.by_party, "RO"), count(before.by_party, "RO") + 2);
    EXPECT_EQ(count(after.by_party, "BG"), count(before.by_party, "BG") + 2);
    EXPECT_EQ(after.refused_uses, before.refused_uses + 2);
    EXPECT_EQ(count(after.refused, "A31(4)(a)-2"), count(before.refused, "A31(4)(a)-2") + 2);
    EXPECT_GT(count(after.by_provision, "A31(4)(a)-1"), 0);
}

TEST(YearReport, tells_destructions_in_time_from_late_ones)
{
    Answered states;
    auto& sofia = states.sofia;
    sofia.go_to(day("2027-04-17"));
    auto const first = sofia.casework->destroy_due().value();
    ASSERT_GT(first, 0U);
    auto const in_time = year_of(sofia, 2027);
    EXPECT_GT(in_time.destroyed_in_time, 0);
    EXPECT_EQ(in_time.destroyed_late, 0) << "on its day";
    auto& bucharest = states.bucharest;
    bucharest.go_to(day("2027-04-18"));
    ASSERT_GT(bucharest.casework->destroy_due().value(), 0U);
    EXPECT_GT(year_of(bucharest, 2027).destroyed_late, 0) << "the day after";
    EXPECT_EQ(year_of(bucharest, 2026).destroyed_late, 0) << "of another year";
}

TEST(YearReport, counts_corrections_with_their_confirmations)
{
    Answered states;
    auto& bucharest = states.bucharest;
    auto const item = bucharest.message(theirs, 1);
    ASSERT_TRUE(bucharest.rights
            .correct(theirs,
                { item, message::CorrectionGround::wrong, { { "vehicles[0].colour", "green" } },
                    {} },
                "TEST")
            .ok());
    auto const sent = [&] { return year_of(bucharest).notices.at(0); };
    EXPECT_EQ(sent().kind, "correction");
    EXPECT_EQ(sent().open, 1);
    states.carry();
    EXPECT_EQ(sent().settled, 1);
    EXPECT_EQ(sent().open, 0);
    auto const there = year_of(states.sofia).notices.at(0);
    EXPECT_FALSE(there.sent);
    EXPECT_EQ(there.settled, 1);
    auto const csv = csv_of(year_of(bucharest));
    EXPECT_EQ(value_in(csv, "correction sent,confirmed"), "1");
    EXPECT_EQ(value_in(csv, "correction sent,open"), "0");
}

TEST(YearReport, tells_of_a_persons_request_its_outcome_and_time_and_never_the_person)
{
    Answered states;
    auto& sofia = states.sofia;
    auto const place = states.chosen(sofia, letter_of_stoyan());
    auto const of = year_of(sofia).persons;
    ASSERT_EQ(of.size(), 1U);
    EXPECT_EQ(of.at(0).number, place);
    EXPECT_EQ(of.at(0).received_on, day("2026-04-17"));
    EXPECT_FALSE(of.at(0).late);
    EXPECT_GT(count(of.at(0).outcomes, "open"), 0);
    sofia.go_to(day("2026-05-19")); // 2026-05-18, 22:30 UTC
    EXPECT_TRUE(year_of(sofia).persons.at(0).late) << "open after its deadline of 2026-05-17";
    auto const csv = csv_of(year_of(sofia));
    EXPECT_EQ(csv.find("Stoyan"), csv.npos);
    EXPECT_EQ(csv.find("Стоян"), csv.npos);
    EXPECT_EQ(csv.find(ours), csv.npos);
    EXPECT_TRUE(year_of(sofia, 2025).persons.empty());
}

TEST(YearReport, speaks_on_paper_the_language_of_the_desk_and_to_programs_one_alone)
{
    Answered states;
    auto& sofia = states.sofia;
    states.chosen(sofia, letter_of_stoyan());
    states.asked();
    auto report = year_of(sofia);
    report.destroyed_unknown = 1;
    for (auto const kind : { "correction", "doubt-notice", "unlawful-use-report" })
        report.notices.push_back({ kind, true, 1, 1, 0 });
    report.exports = { { "person-letter", "pdf", 1, 0 } };
    report.persons.at(0).outcomes = { { "full", 1 }, { "partial", 1 }, { "refused", 1 },
        { "corrected", 1 }, { "destroyed", 1 } };
    auto const before = csv_of(report);
    std::set<std::string> seen;
    for (auto const* language : { "en", "bg", "es", "ro", "sr", "sq" }) {
        auto const paper = paper_of(report, language);
        auto const text = document::html(paper);
        EXPECT_EQ(paper.language, language);
        EXPECT_TRUE(seen.insert(paper.title).second) << paper.title;
        EXPECT_NE(text.find(document::party_in(language, "RO")), text.npos);
        for (auto const* english : { "Operations", "Destructions", "Consents", "Told in full",
                 "What this does not tell", "Refused", "A line of the log", "The year is",
                 "Letter to", "Person’s", "Doubt", "retrieve" }) {
            bool const own = language == std::string_view { "en" };
            EXPECT_TRUE(own || text.find(english) == text.npos) << language << " " << english;
        }
        EXPECT_TRUE(document::pdf(paper).ok());
    }
    EXPECT_NE(document::html(paper_of(report, "bg")).find("Извличане"), std::string::npos);
    EXPECT_NE(before.find("operations by Party,RO,"), before.npos);
    EXPECT_NE(before.find("exports,person-letter as pdf,1"), before.npos);
    EXPECT_EQ(csv_of(report), before);
}

TEST(YearReport, is_of_a_year_that_there_was_and_says_where_one_that_runs_ends)
{
    Answered states;
    auto& sofia = states.sofia;
    auto const field = [&](int year) {
        auto const out = report_of_year(*sofia.store, "BG", year, sofia.now);
        return out.ok() ? std::string {} : out.error().field;
    };
    EXPECT_EQ(field(first_year - 1), "year");
    EXPECT_EQ(field(first_year), "");
    EXPECT_EQ(field(2026), "");
    EXPECT_EQ(field(2027), "year");
    EXPECT_FALSE(year_of(sofia).over);
    EXPECT_TRUE(year_of(sofia, 2025).over);
    EXPECT_EQ(year_of(sofia, 2025).operations, 0);
    auto const paper = document::pdf(paper_of(year_of(sofia)));
    ASSERT_TRUE(paper.ok()) << paper.error().what;
    EXPECT_EQ(as_text(paper.value()).substr(0, 5), "%PDF-");
}

} // namespace comity::rights
