#include "identification/file_audit.h"
#include "identification/trial_identification_test.h"

#include <fmt/format.h>

namespace comity::identification {
namespace {

using namespace trial;

dna::RuleSet rules()
{
    return knowledge().rules_named("PRUEM-2008", parse_date("2026-04-17").value()).value();
}

} // namespace

TEST(FileAudit, runs_beside_the_desk_and_says_how_far_it_is)
{
    Laboratory sofia { 0 };
    std::vector<dna::Profile> people;
    for (int i = 0; i < 20; ++i)
        people.push_back(person(fmt::format("BG-P-{}", i), i < 2 ? "15" : "16"));
    ASSERT_TRUE(sofia.identification->add(people, parse_date("2030-01-01").value(), "TEST").ok());
    FileAudit audits { *sofia.database };
    EXPECT_FALSE(audits.state().has_value());
    auto const begun = audits.begin(dna::Category::known_person, rules());
    ASSERT_TRUE(begun.ok());
    EXPECT_TRUE(begun.value().running);
    EXPECT_EQ(begun.value().all, 20U);
    EXPECT_EQ(begun.value().rules, "PRUEM-2008 1");
    audits.wait();
    auto const state = audits.state().value();
    EXPECT_FALSE(state.running);
    EXPECT_EQ(state.done, 20U);
    ASSERT_TRUE(state.audit.has_value());
    EXPECT_EQ(state.audit->profiles, 20U);
    EXPECT_EQ(state.audit->full_observed, 1U + 18 * 17 / 2);
    auto const again = audits.begin(dna::Category::unknown_stain, rules());
    ASSERT_TRUE(again.ok()) << "the last one has ended";
    EXPECT_FALSE(again.value().audit.has_value());
    audits.wait();
    EXPECT_EQ(audits.state()->audit->profiles, 0U);
}

TEST(FileAudit, a_second_one_waits_for_the_first_and_one_that_goes_away_is_stopped)
{
    Laboratory sofia { 0 };
    std::vector<dna::Profile> people;
    for (int i = 0; i < 200; ++i) people.push_back(person(fmt::format("BG-P-{}", i), "15"));
    ASSERT_TRUE(sofia.identification->add(people, parse_date("2030-01-01").value(), "TEST").ok());
    FileAudit audits { *sofia.database };
    ASSERT_TRUE(audits.begin(dna::Category::known_person, rules()).ok());
    auto const second = audits.begin(dna::Category::known_person, rules());
    if (!second.ok()) { // else the first was quicker
        EXPECT_EQ(second.error().kind, Error::Kind::conflict);
        EXPECT_EQ(second.error().field, "category");
    }
}

} // namespace comity::identification
