#include "treaty/text_case.h"

#include "treaty/test_cases.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace comity::treaty {
namespace {

using test::case_files;

std::vector<TextCase> cases_of(File const& file)
{
    auto cases = read_cases(test::law(), file);
    EXPECT_TRUE(cases.ok()) << (cases.ok() ? "" : cases.error().what);
    return cases.ok() ? cases.take() : std::vector<TextCase> {};
}

std::string error_of(std::string const& text)
{
    return read_cases(test::law(), { "x.case", text }).error().what;
}

constexpr std::string_view small = R"(
Background
  information-request from BG to RO
  at 2026-04-17T09:14:00Z
Case the purpose is outside
  purpose = other
  expect A1 fails
)";

} // namespace

TEST(TextCases, all_come_out_as_written)
{
    std::size_t count = 0;
    for (auto const& file : case_files()) {
        for (auto const& each : cases_of(file)) {
            ++count;
            for (auto const& difference : differences(each, decide(test::law(), each.situation)))
                ADD_FAILURE() << file.name << " " << difference;
        }
    }
    EXPECT_GT(count, 150U);
}

TEST(TextCases, show_every_provision_holding_failing_and_missing_a_fact)
{
    std::map<std::string, std::set<std::string>> shown;
    for (auto const& file : case_files())
        for (auto const& each : cases_of(file))
            for (auto const& expected : each.expectations)
                if (expected.what == Expectation::What::result)
                    shown[expected.provision].insert(expected.words);
    // A provision that reads no fact but only dates of the data is always decided.
    std::set<Provision const*> reading;
    for (std::size_t i = 0; i < measure_count; ++i)
        for (auto const& use : fact_uses(test::law(), static_cast<Measure>(i)))
            reading.insert(use.provisions.begin(), use.provisions.end());
    for (auto const* provision : provisions()) {
        auto const id = std::string { provision->id };
        // Towards whom it leaves operations in force was not read: law_test tries the other
        // answers.
        if (id == "RES-HR(3)") continue;
        EXPECT_TRUE(shown[id].contains("holds")) << id;
        // A duty that reads nothing always arises with its measure.
        if (provision->effect == Effect::obliges && !reading.contains(provision)) continue;
        auto const refuted = provision->effect == Effect::obliges ? "not-applicable" : "fails";
        EXPECT_TRUE(shown[id].contains(refuted)) << id << " " << refuted;
        EXPECT_TRUE(shown[id].contains("missing") || !reading.contains(provision)) << id;
    }
}

TEST(TextCases, a_difference_names_the_line_the_provision_and_both_results)
{
    auto text = std::string { small } + "  expect permitted\n  expect A1 source PCC\n";
    text.replace(text.find("A1 fails"), 8, "A1 holds");
    auto const cases = read_cases(test::law(), { "x.case", text }).take();
    auto const found = differences(cases[0], decide(test::law(), cases[0].situation));
    ASSERT_EQ(found.size(), 3U);
    EXPECT_EQ(found[0], "line 7, case 'the purpose is outside': A1 expected holds, came fails");
    EXPECT_EQ(found[1], "line 8, case 'the purpose is outside': expected permitted, came refused");
    EXPECT_EQ(found[2], "line 9, case 'the purpose is outside': A1 expected PCC, came PCC SEE");
}

TEST(TextCases, bad_text_is_refused_with_its_line)
{
    std::string const good { small };
    EXPECT_EQ(error_of(""), "x.case line 0: no case");
    EXPECT_EQ(error_of(good + "  expect A99 holds\n"), "x.case line 8: 'A99' is no provision");
    EXPECT_EQ(error_of(good + "  expect A1 perhaps\n"),
        "x.case line 8: expected: holds, fails, missing or not-applicable");
    EXPECT_EQ(error_of(good + "  weather = fine\n"),
        "x.case line 8: 'weather' is neither a fact nor a line of a case");
    EXPECT_EQ(error_of(good + "  urgent = perhaps\n"), "x.case line 8: urgent is yes or no");
    EXPECT_EQ(error_of(good + "  urgent perhaps\n"),
        "x.case line 8: expected: fact = value, or fact unknown");
    EXPECT_EQ(error_of(good + "Case\n"), "x.case line 8: a case needs a title");
    EXPECT_EQ(error_of(good + "Case empty\n"), "x.case line 8: the case 'empty' expects nothing");
    EXPECT_EQ(error_of("expect A1 holds\n"), "x.case line 1: expect stands in a case");
    EXPECT_EQ(error_of(good + "Background of all\n"), "x.case line 8: Background stands alone");
    EXPECT_EQ(error_of(good + "  expect A1 due tomorrow\n"),
        "x.case line 8: 'tomorrow' is not an RFC 3339 instant such as 2026-04-17T09:14:00Z");
    EXPECT_EQ(error_of(good + "  from BG over RO\n"), "x.case line 8: expected: from XX to XX");
    EXPECT_EQ(error_of(good + "  erase-by = tomorrow\n"),
        "x.case line 8: the case 'the purpose is outside': 'tomorrow' is not a date such as "
        "2026-04-17");
}

} // namespace comity::treaty
