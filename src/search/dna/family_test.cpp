#include "search/dna/family.h"

#include "search/dna/fixture.h"
#include "search/dna/synthetic.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace comity::search::dna {
namespace {

using Member = Pedigree::Member;

class Family : public testing::Test {
protected:
    LocusMask loci = test::table().find_kit("ESS 12")->loci;
    Synthesis synthesis { test::population(), loci };
    Draws draws { 7 };
    Genotype mother = synthesis.person(draws);
    Genotype father = synthesis.person(draws);
    Genotype child = synthesis.child(father, mother, draws);
    Genotype sister = synthesis.child(father, mother, draws);
    std::unique_ptr<Index> bodies
        = Index::in_memory(common_alleles(test::frequencies(), test::table()), test::table());

    FamilyQuestion question(bool with_sister = true) const
    {
        FamilyQuestion out { { { Member { "father", {}, {}, {} }, { "mother", {}, {}, mother },
                                 { "missing", 0, 1, {} } } },
            2 };
        if (with_sister) out.pedigree.members.push_back({ "sister", 0, 1, sister });
        return out;
    }
    void insert_strangers(int count)
    {
        std::vector<Genotype> all;
        for (int i = 0; i < count; ++i) all.push_back(synthesis.person(draws));
        ASSERT_TRUE(bodies->insert(all).ok());
    }
};

TEST_F(Family, of_one_parent_gives_every_candidate_the_ratio_of_the_pair)
{
    KinSettings const settings { 0.01, 0.002, 0.002 };
    FamilyQuestion const asked = question(false);
    FamilyRatios ratios { test::population(), asked, settings };
    for (int i = 0; i < 20; ++i) {
        auto const other = i == 0 ? child : synthesis.person(draws);
        auto const pair
            = kin_log10_ratio(test::population(), mother, other, Kinship::parent_child, settings);
        auto const family = ratios.of(other).value();
        // A mutation is not told from a stranger's allele to the last digit.
        if (std::isinf(pair))
            EXPECT_EQ(family, pair);
        else
            EXPECT_NEAR(family, pair, pair > 0 ? 0.02 : 0.3);
    }
}

TEST_F(Family, finds_the_missing_one_and_says_what_each_locus_allows)
{
    insert_strangers(300);
    auto const number = bodies->insert({ &child, 1 }).value().front();
    auto const hits = family_search(*bodies, test::frequencies(), question()).value();
    ASSERT_FALSE(hits.empty());
    EXPECT_EQ(hits[0].number, number);
    EXPECT_EQ(hits[0].loci, 12U);
    EXPECT_EQ(hits[0].log10_ratios.size(), test::frequencies().populations().size());
    EXPECT_LE(hits[0].log10_ratios[0].second, hits[0].log10_ratios[1].second);
    for (auto const& [locus, inheritance] : hits[0].inheritance)
        EXPECT_EQ(inheritance, Inheritance::without_mutation);
    auto odd = child;
    odd[0].alleles = { Allele { 20 }, Allele { 20 } };
    bodies = Index::in_memory(common_alleles(test::frequencies(), test::table()), test::table());
    ASSERT_TRUE(bodies->insert({ &odd, 1 }).ok());
    FamilyOptions all;
    all.log10_ratio_min = -1e9;
    auto const judged = family_search(*bodies, test::frequencies(), question(), all).value();
    ASSERT_EQ(judged.size(), 1U);
    EXPECT_EQ(judged[0].inheritance[0].second, Inheritance::only_with_mutation);
}

TEST_F(Family, a_candidate_exactly_at_the_least_ratio_is_one_and_under_it_is_none)
{
    ASSERT_TRUE(bodies->insert({ &child, 1 }).ok());
    FamilyOptions options;
    options.log10_ratio_min = -1e9;
    auto const all = family_search(*bodies, test::frequencies(), question(), options).value();
    options.log10_ratio_min = all[0].log10_ratios[0].second;
    EXPECT_EQ(family_search(*bodies, test::frequencies(), question(), options).value().size(), 1U);
    options.log10_ratio_min = std::nextafter(options.log10_ratio_min, 1e9);
    EXPECT_EQ(family_search(*bodies, test::frequencies(), question(), options).value().size(), 0U);
}

TEST_F(Family, two_relatives_tell_more_than_one_and_the_pair_s_own_power_is_met)
{
    SizesByLoci const sizes { { loci, 1'000'000 } };
    FamilyOptions options;
    options.settings = { 0, 0.002, 0.002 };
    auto const one = family_power(test::population(), question(false), sizes, options).value();
    auto const pair = kin_power(test::population(), { mother, Kinship::parent_child, 3 }, loci,
        1'000'000, options.settings);
    EXPECT_NEAR(one.found, pair.found, 0.05);
    EXPECT_NEAR(one.false_hits / pair.false_hits, 1, 0.25);
    auto const two = family_power(test::population(), question(), sizes, options).value();
    EXPECT_GT(two.found, one.found);
    EXPECT_LT(two.false_hits, one.false_hits);
    options.settings.theta = 0.03; // the same true ones, judged more severely
    EXPECT_LT(family_power(test::population(), question(), sizes, options).value().found,
        two.found + 0.001);
}

TEST_F(Family, observed_false_candidates_lie_about_the_expected_number)
{
    constexpr int strangers = 30'000;
    insert_strangers(strangers);
    FamilyQuestion asked = question();
    asked.pedigree.members[1].genotype.clear(); // a sister alone lets many pass
    FamilyOptions options;
    options.settings.theta = 0;
    options.log10_ratio_min = 1;
    SizesByLoci const sizes { { loci, strangers } };
    auto const expected
        = family_power(test::population(), asked, sizes, options).value().false_hits;
    FamilyRatios ratios { test::population(), asked, options.settings };
    double observed = 0;
    for (auto const& segment : *bodies->snapshot())
        for (std::size_t slot = 0; slot < segment->used(); ++slot)
            if (segment->number_at(slot) != 0)
                observed += ratios.of(segment->read(slot, ~LocusMask { 0 })).value() >= 1 ? 1 : 0;
    ASSERT_GT(expected, 50);
    EXPECT_NEAR(observed, expected, 4 * std::sqrt(expected) + 0.1 * expected);
}

TEST_F(Family, advises_the_loci_and_the_relatives_that_would_help_most)
{
    auto const shape
        = [&](std::vector<bool> typed) { return FamilyShape { question(), std::move(typed) }; };
    std::vector<std::pair<std::string, FamilyShape>> const further { { "father",
        shape({ true, true, false, false }) } };
    FamilyOptions options;
    options.log10_ratio_min = 4;
    auto const now = shape({ false, true, false, false });
    auto const before = shape_power(test::population(), now, loci, 1'000'000, options).value();
    auto const advice
        = family_advice(test::population(), test::table(), now, further, loci, 1'000'000, options)
              .value();
    ASSERT_EQ(advice.size(), 29U - 12U + 1U);
    EXPECT_EQ(advice[0].what, "father");
    EXPECT_FALSE(advice[0].locus);
    EXPECT_GT(advice[0].power.found, before.found);
    auto const place = [&](std::string_view what) {
        return std::ranges::find(advice, what, &FamilyAdvice::what) - advice.begin();
    };
    EXPECT_LT(place("SE33"), place("TPOX"));
}

TEST_F(Family, says_what_is_wrong_with_a_question)
{
    auto asked = question();
    asked.missing = 4;
    EXPECT_EQ(asked.check().error().field, "missing");
    asked.missing = 1;
    EXPECT_EQ(asked.check().error().field, "members[1]");
    asked = question();
    for (auto& member : asked.pedigree.members) member.genotype.clear();
    EXPECT_EQ(asked.check().error().field, "members");
    EXPECT_TRUE(question().check().ok());
    std::vector<Genotype> const two { child, child };
    ASSERT_TRUE(bodies->insert(two).ok());
    FamilyOptions options;
    options.hits_max = 1;
    EXPECT_EQ(family_search(*bodies, test::frequencies(), question(), options).error().kind,
        Error::Kind::too_large);
    options.hits_max = 2;
    EXPECT_TRUE(family_search(*bodies, test::frequencies(), question(), options).ok());
}

} // namespace
} // namespace comity::search::dna
