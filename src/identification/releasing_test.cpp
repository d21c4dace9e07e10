#include "identification/trial_identification_test.h"

#include <algorithm>

namespace comity::identification {
namespace {

using namespace trial;
using casework::CaseState;

constexpr std::string_view ours = "2026-0417", theirs = "BG/2026-0417";

casework::Officer officer(std::string const& account)
{
    return { account, account + " TEST", 3 };
}

/// Bucharest wants two officers for the release of a hit.
struct Guarded : Laboratories {
    casework::Officer first = officer("first"), second = officer("second");

    explicit Guarded(bool release_hit = true, std::int64_t asked_per_day_max = 1000)
    {
        auto const& keys = bucharest.keys;
        Settings settings { keys.of.state, keys.of.unit, true, true, true, 365 };
        settings.asked_per_day_max = asked_per_day_max;
        settings.four_eyes.release_hit = release_hit;
        bucharest.make_identification(settings);
    }
    void register_person(std::string const& reference, std::string const& at_d3)
    {
        auto const known = person(reference, at_d3);
        ASSERT_TRUE(bucharest.identification
                ->add({ &known, 1 }, parse_date("2030-01-01").value(), "analyst TEST")
                .ok());
    }
    void ask(bool to_keep = false)
    {
        auto draft = lawful(stain("BG-S-100", "15"));
        draft.storage_asked = to_keep;
        ASSERT_TRUE(sofia.identification->send(draft, "officer TEST").value().message);
        carry();
        for (auto const& each : { first, second }) {
            auto const named = bucharest.casework->add_to_case(
                theirs, { each.account, each.name }, "", "officer TEST");
            ASSERT_TRUE(named.ok() && !named.value());
        }
    }
    Result<casework::TakenStep> release()
    {
        return bucharest.identification->release(theirs, first);
    }
    Result<casework::Confirmed> confirm(casework::Officer const& who, std::int64_t place = 1)
    {
        return bucharest.casework->confirm(theirs, place, who);
    }
    std::ptrdiff_t count(std::string const& act)
    {
        return std::ranges::count(bucharest.acts(theirs), act);
    }
};

} // namespace

TEST(Releasing, a_hit_leaves_when_two_officers_have_said_so_and_not_before)
{
    Guarded two;
    two.register_person("RO-P-900", "15");
    two.ask();
    EXPECT_TRUE(two.sofia.results(ours).empty());
    EXPECT_EQ(two.bucharest.row(theirs).state, CaseState::received);
    EXPECT_EQ(two.count("dna-hit-waits"), 1);

    auto const proposed = two.release();
    ASSERT_TRUE(proposed.ok()) << proposed.error().what;
    EXPECT_EQ(proposed.value().proposal, 1);
    two.carry();
    EXPECT_TRUE(two.sofia.results(ours).empty());
    auto const read = two.bucharest.casework->proposals(theirs, two.second).value();
    ASSERT_TRUE(read.at(0).draft.has_value());
    EXPECT_NE(json::print(*read[0].draft).find("RO-P-900"), std::string::npos);

    EXPECT_TRUE(two.confirm(two.first).value().refused.has_value());
    auto const confirmed = two.confirm(two.second);
    ASSERT_TRUE(confirmed.ok()) << confirmed.error().what;
    EXPECT_EQ(confirmed.value().taken.messages.size(), 1U);
    two.carry();
    auto const results = two.sofia.results(ours);
    ASSERT_EQ(results.size(), 1U);
    EXPECT_EQ(results[0].matches.at(0).found_number, "RO-P-900");
    EXPECT_EQ(two.bucharest.row(theirs).state, CaseState::answered);
}

TEST(Releasing, the_node_still_says_alone_that_there_is_none)
{
    Guarded two;
    two.ask();
    ASSERT_EQ(two.sofia.results(ours).size(), 1U);
    EXPECT_EQ(two.count("dna-hit-waits"), 0);
}

TEST(Releasing, where_the_file_says_something_else_by_then_nothing_leaves)
{
    Guarded two;
    two.register_person("RO-P-900", "15");
    two.ask();
    ASSERT_TRUE(two.release().value().proposal);
    two.register_person("RO-P-901", "15");
    auto const confirmed = two.confirm(two.second);
    ASSERT_FALSE(confirmed.ok());
    EXPECT_EQ(confirmed.error().kind, Error::Kind::conflict);
    EXPECT_TRUE(two.sofia.results(ours).empty());
    ASSERT_TRUE(
        two.bucharest.casework->send_back(theirs, 1, "The file changed TEST", two.second).ok());
    EXPECT_EQ(two.release().value().proposal, 2);
    EXPECT_EQ(two.confirm(two.second, 2).value().taken.messages.size(), 1U);
    two.carry();
    EXPECT_EQ(two.sofia.results(ours).at(0).matches.size(), 2U);
}

TEST(Releasing, a_later_hit_waits_for_two_officers_too)
{
    Guarded two;
    two.ask(true);
    ASSERT_EQ(two.sofia.results(ours).size(), 1U);
    EXPECT_EQ(two.release().error().kind, Error::Kind::conflict) << "nothing came later yet";
    two.register_person("RO-P-900", "15");
    two.carry();
    EXPECT_EQ(two.sofia.results(ours).size(), 1U);
    EXPECT_EQ(two.count("dna-later-hit-waits"), 1);
    ASSERT_TRUE(two.release().value().proposal);
    EXPECT_EQ(two.confirm(two.second).value().taken.messages.size(), 1U);
    two.carry();
    auto const results = two.sofia.results(ours);
    ASSERT_EQ(results.size(), 2U);
    EXPECT_EQ(results[1].later, true);
    EXPECT_EQ(results[1].matches.at(0).found_number, "RO-P-900");
}

TEST(Releasing, where_one_officer_is_enough_he_has_compared_what_the_node_left)
{
    Guarded two { false, 0 };
    two.register_person("RO-P-900", "15");
    two.ask();
    EXPECT_TRUE(two.sofia.results(ours).empty()) << "asked too often for the node alone";
    EXPECT_EQ(two.release().value().messages.size(), 1U);
    two.carry();
    EXPECT_EQ(two.sofia.results(ours).at(0).result, message::Outcome::hit);
}

TEST(Releasing, what_is_not_ours_to_release_or_nobody_needs_to_know_is_refused)
{
    Guarded two;
    two.register_person("RO-P-900", "15");
    two.ask();
    EXPECT_EQ(two.sofia.identification->release(ours, "officer TEST").error().kind,
        Error::Kind::not_found);
    EXPECT_EQ(two.bucharest.identification->release("none", two.first).error().kind,
        Error::Kind::not_found);
    EXPECT_EQ(two.bucharest.identification->release(theirs, officer("third")).error().kind,
        Error::Kind::not_permitted);
    ASSERT_TRUE(two.release().value().proposal);
    EXPECT_EQ(two.release().error().kind, Error::Kind::conflict) << "one waits";
}

} // namespace comity::identification
