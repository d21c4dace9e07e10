#include "identification/kin.h"
#include "identification/trial_family_test.h"

#include <fmt/format.h>

#include <algorithm>

/// A family that found nothing is looked for among later bodies until its day (A20(2)).
namespace comity::identification {
namespace {

using namespace trial;

struct KeptFamilies : testing::Test {
    House house;
    Laboratories two;

    void SetUp() override
    {
        for (auto const& [number, genotype] :
            { std::pair { "BG-R-1", &house.mother }, { "BG-R-2", &house.sister } }) {
            auto draft = relative(number, *genotype);
            draft.consent.kept_abroad = true;
            ASSERT_TRUE(two.sofia.identification->add_relative(draft, "TEST").ok());
        }
    }
    static DnaDraft to_be_kept(std::string const& number = "2026-0417")
    {
        auto out = about_family();
        out.case_number = number;
        out.storage_asked = true;
        return out;
    }
    void ask(DnaDraft const& draft)
    {
        auto const sent = two.sofia.identification->send(draft, "officer");
        ASSERT_TRUE(sent.ok()) << sent.error().field << " " << sent.error().what;
        two.carry();
    }
    void bury(std::string const& reference, Category category, dna::Genotype const& genotype)
    {
        auto const profile = made(reference, category, genotype);
        ASSERT_TRUE(two.bucharest.identification->add(std::span { &profile, 1 }, far, "TEST").ok());
        two.carry();
    }
    std::int64_t kept(std::string_view state = "BG")
    {
        auto const today = std::chrono::floor<std::chrono::days>(two.bucharest.now);
        return two.bucharest.store
            ->read([&](Transaction& t) { return count_kept_families(t, state, today); })
            .value();
    }
    bool request_is_there()
    {
        return two.bucharest.identification->open_case("BG/2026-0417", "TEST")
            .value()
            .request.has_value();
    }
    std::size_t results() { return two.sofia.results("2026-0417").size(); }
};

} // namespace

TEST_F(KeptFamilies, a_body_that_comes_later_is_a_hit_and_a_notice)
{
    ask(to_be_kept());
    auto const first = two.sofia.results("2026-0417").at(0);
    EXPECT_EQ(first.result, message::Outcome::no_hit);
    EXPECT_TRUE(first.profile_stored);
    EXPECT_EQ(first.stored_until, to_be_kept().erase_by);
    EXPECT_EQ(kept(), 1);
    EXPECT_EQ(kept("RS"), 0);
    EXPECT_TRUE(request_is_there());

    bury("RO-B-2", Category::unidentified_body, house.synthesis.person(house.draws));
    bury("RO-P-1", Category::known_person, house.missing);
    bury("RO-S-1", Category::unknown_stain, house.missing);
    EXPECT_EQ(results(), 1U) << "a stranger's body, or who is no body and not missing, is no hit";

    bury("RO-B-1", Category::unidentified_body, house.missing);
    auto const all = two.sofia.results("2026-0417");
    ASSERT_EQ(all.size(), 2U);
    auto const& later = all[1];
    EXPECT_EQ(later.result, message::Outcome::hit);
    EXPECT_EQ(later.later, true);
    ASSERT_TRUE(later.candidates && later.candidates->size() == 1);
    EXPECT_EQ(later.candidates->front().found_number, "RO-B-1");
    EXPECT_GE(std::stod(later.candidates->front().weights[0].log_10_ratio), kin_log10_ratio_min);
    ASSERT_TRUE(later.kin_evidence.has_value());
    EXPECT_EQ(later.kin_evidence->profiles_searched, 2) << "our bodies and missing persons";
    EXPECT_EQ(two.sofia.acts("2026-0417").back(), "dna-later-hit-received");
    auto const there = two.bucharest.acts("BG/2026-0417");
    EXPECT_EQ(std::ranges::count(there, "dna-later-hit-sent"), 1);
}

TEST_F(KeptFamilies, somebody_missing_there_is_found_too_and_more_than_once)
{
    ask(to_be_kept());
    bury("RO-M-1", Category::missing_person, house.missing);
    bury("RO-B-1", Category::unidentified_body, house.missing);
    EXPECT_EQ(results(), 3U);
}

TEST_F(KeptFamilies, experts_confirm_a_later_hit_as_any)
{
    ask(to_be_kept());
    bury("RO-B-1", Category::unidentified_body, house.missing);
    auto const match = two.sofia.results("2026-0417").at(1).candidates->front().match;
    ConfirmationDraft const word { match, true,
        { { "EXPERT-1 TEST", "Laboratory TEST" }, { "EXPERT-2 TEST", "Laboratory TEST" } },
        "pedigree read again", {} };
    ASSERT_TRUE(two.sofia.identification->confirm("2026-0417", word, "officer").ok());
}

TEST_F(KeptFamilies, after_its_day_nothing_is_compared_any_more)
{
    auto draft = to_be_kept();
    draft.erase_by = parse_date("2026-04-20").value();
    ask(draft);
    two.bucharest.now = parse_instant("2026-04-19T09:14:00Z").value();
    EXPECT_EQ(kept(), 1);
    two.bucharest.now = parse_instant("2026-04-20T09:14:00Z").value();
    EXPECT_EQ(kept(), 0);
    bury("RO-B-1", Category::unidentified_body, house.missing);
    EXPECT_EQ(results(), 1U);
}

TEST_F(KeptFamilies, a_withdrawn_consent_ends_it_at_once)
{
    ask(to_be_kept());
    ASSERT_TRUE(two.sofia.identification->withdraw_consent("BG-R-1", "officer").ok());
    two.carry();
    EXPECT_EQ(kept(), 0);
    EXPECT_FALSE(request_is_there());
    bury("RO-B-1", Category::unidentified_body, house.missing);
    EXPECT_EQ(results(), 1U);
}

TEST_F(KeptFamilies, a_request_that_is_destroyed_for_another_reason_is_not_compared)
{
    ask(to_be_kept());
    auto const id = two.bucharest.row("BG/2026-0417").request_message;
    ASSERT_TRUE(two.bucharest.store
            ->write([&](Transaction& t) { return two.bucharest.casework->destroy(t, id); })
            .ok());
    EXPECT_EQ(kept(), 1);
    bury("RO-B-1", Category::unidentified_body, house.missing);
    EXPECT_EQ(kept(), 0) << "seen to be gone, it is not looked at again";
    EXPECT_EQ(results(), 1U);
}

TEST_F(KeptFamilies, what_nobody_asked_to_keep_or_what_was_found_is_not_kept)
{
    auto once = about_family();
    ask(once);
    EXPECT_EQ(kept(), 0);
    EXPECT_FALSE(request_is_there());
    bury("RO-B-1", Category::unidentified_body, house.missing);
    EXPECT_EQ(results(), 1U);
    ask(to_be_kept("2026-0418"));
    EXPECT_EQ(two.sofia.results("2026-0418").at(0).result, message::Outcome::hit);
    EXPECT_FALSE(two.sofia.results("2026-0418").at(0).profile_stored);
    EXPECT_EQ(kept(), 0);
}

TEST_F(KeptFamilies, every_relative_has_to_agree_to_be_kept)
{
    auto third = relative("BG-R-3", house.father);
    ASSERT_TRUE(two.sofia.identification->add_relative(third, "TEST").ok());
    auto draft = to_be_kept();
    draft.family->relatives.push_back({ Relation::father, "BG-R-3" });
    EXPECT_EQ(two.sofia.identification->try_request(draft).error().field, "storageAsked");
    draft.storage_asked = false;
    EXPECT_TRUE(two.sofia.identification->try_request(draft).ok());
}

TEST_F(KeptFamilies, a_state_whose_law_does_not_keep_destroys_it_after_the_search)
{
    two.bucharest.make_identification(
        { two.bucharest.keys.of.state, two.bucharest.keys.of.unit, true, true, false, 365 });
    ask(to_be_kept());
    EXPECT_FALSE(two.sofia.results("2026-0417").at(0).profile_stored);
    EXPECT_EQ(kept(), 0);
    EXPECT_FALSE(request_is_there());
}

TEST_F(KeptFamilies, of_one_state_so_many_are_kept_and_no_more)
{
    auto const filled = two.bucharest.store->write([&](Transaction& t) -> Result<void> {
        for (std::int64_t i = 0; i < kept_families_max - 1; ++i)
            TRY(insert_kept_family(
                t, { fmt::format("filler-{}", i), fmt::format("BG/F-{}", i), "BG", far }));
        return {};
    });
    ASSERT_TRUE(filled.ok());
    ask(to_be_kept());
    EXPECT_EQ(kept(), kept_families_max);
    ask(to_be_kept("2026-0418"));
    EXPECT_EQ(kept(), kept_families_max);
    EXPECT_FALSE(two.sofia.results("2026-0418").at(0).profile_stored);
}

} // namespace comity::identification
