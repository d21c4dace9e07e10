#include "base/scratch.h"
#include "search/dna/chance.h"
#include "search/dna/fixture.h"
#include "search/dna/synthetic.h"

#include <gtest/gtest.h>

#include <cmath>

namespace comity::search::dna {
namespace {

/// Alleles 10, 11, 12 with shares 0.2, 0.3, 0.5 of 1 000, and 13 seen once.
Frequencies const& plain()
{
    static Frequencies const all = Frequencies::read(
        "population\tlocus\tallele\tcount\nP\tTH01\t10\t200\nP\tTH01\t11\t300\nP\tTH01\t12\t499\n"
        "P\tTH01\t13\t1\n",
        test::table())
                                       .value();
    return all;
}

double probability(std::string_view query, std::string_view candidate, double theta,
    Formula formula = Formula::nrc_4_10)
{
    auto const found
        = test::compare("TH01 " + std::string { query }, "TH01 " + std::string { candidate });
    return match_probability(plain().populations()[0], found.loci[0], theta, formula);
}

TEST(Likelihood, is_the_inverse_of_what_one_works_out_by_hand)
{
    EXPECT_NEAR(probability("10,10", "10,10", 0), 0.04, 1e-12);
    EXPECT_NEAR(probability("10,11", "10,11", 0), 0.12, 1e-12);
    // (2t + (1-t)p)(3t + (1-t)p) / ((1+t)(1+2t)) with t = 0.03, p = 0.2
    EXPECT_NEAR(probability("10,10", "10,10", 0.03), 0.254 * 0.284 / (1.03 * 1.06), 1e-12);
    // 2 (t + (1-t)p)(t + (1-t)q) / ((1+t)(1+2t)), q = 0.3
    EXPECT_NEAR(probability("10,11", "10,11", 0.03), 2 * 0.224 * 0.321 / (1.03 * 1.06), 1e-12);
    EXPECT_NEAR(
        probability("10,10", "10,10", 0.03, Formula::nrc_4_1), 0.04 + 0.2 * 0.8 * 0.03, 1e-12);
    EXPECT_NEAR(probability("10,11", "10,11", 0.03, Formula::nrc_4_1), 0.12, 1e-12);
}

TEST(Likelihood, of_one_allele_and_a_wildcard_is_p_times_2_minus_p_at_theta_0)
{
    EXPECT_NEAR(probability("10,*", "10,11", 0), 0.2 * 1.8, 1e-12);
    EXPECT_NEAR(probability("10,11", "10,*", 0), 0.2 * 1.8, 1e-12);
    EXPECT_NEAR(probability("10,*", "10,10", 0), 0.2 * 1.8, 1e-12);
    EXPECT_NEAR(probability("10,*", "10,*", 0), 0.2 * 1.8, 1e-12);
    EXPECT_NEAR(probability("10,*", "10,*", 0, Formula::nrc_4_1), 0.2 * 1.8, 1e-12);
    EXPECT_EQ(probability("10,*", "11,*", 0), 1);
    // x (2 - y): x = (t + (1-t)p)/(1+t), y = (2t + (1-t)p)/(1+2t) given {10,11}
    EXPECT_NEAR(probability("10,*", "10,11", 0.03), 0.224 / 1.03 * (2 - 0.254 / 1.06), 1e-12);
    EXPECT_NEAR(probability("10,*", "10,10", 0.03), 0.254 / 1.03 * (2 - 0.284 / 1.06), 1e-12);
}

TEST(Likelihood, of_a_rare_allele_rests_on_five_counted_ones)
{
    EXPECT_NEAR(probability("13,13", "13,13", 0), 0.005 * 0.005, 1e-12);
    EXPECT_NEAR(probability("10,25", "10,25", 0), 2 * 0.2 * 0.005, 1e-12);
}

TEST(Likelihood, comes_lowest_population_first_and_names_what_it_leaves_out)
{
    auto const found = test::compare("VWA 14,16; TH01 6,9.3; FGA 20,22; CD4 5,5; D18S51 12,13",
        "VWA 14,16; TH01 6,9.3; FGA 20,22; CD4 5,5; D18S51 12,14");
    auto const weights = weigh(found, test::frequencies(), 0.01);
    ASSERT_EQ(weights.size(), 4U);
    for (std::size_t i = 1; i < weights.size(); ++i)
        EXPECT_LE(weights[i - 1].log10_ratio, weights[i].log10_ratio);
    EXPECT_EQ(weights[0].left_out, test::mask("CD4,D18S51"));
    EXPECT_EQ(weights[0].probabilities.size(), 3U);
    EXPECT_NEAR(weights[0].log10_ratio,
        -std::log10(weights[0].probabilities[0].second * weights[0].probabilities[1].second
            * weights[0].probabilities[2].second),
        1e-9);
}

TEST(Chance, at_a_locus_sums_to_one_and_agrees_with_drawing_by_hand)
{
    auto const& population = plain().populations()[0];
    Pair const het { { 100 }, { 110 } };
    auto const at_zero = chance_at(population, 1, het, 0);
    EXPECT_NEAR(at_zero.both, 0.12, 1e-12);
    EXPECT_NEAR(at_zero.one_differs, 1 - 0.12 - 0.25, 1e-12);
    Pair const hom { { 100 }, { 100 } };
    EXPECT_NEAR(chance_at(population, 1, hom, 0).one_differs, 2 * 0.2 * 0.8, 1e-12);
    for (double const theta : { 0.0, 0.01, 0.03 }) {
        auto const match = locus_match(test::population(), 0, theta);
        EXPECT_NEAR(match.two + match.one + match.none, 1, 1e-12);
    }
}

TEST(Chance, of_a_locus_is_what_was_published_for_the_caucasian_sample)
{
    auto const two = [](std::string_view name, double theta) {
        return locus_match(test::population(), *test::table().find(name), theta).two;
    };
    EXPECT_NEAR(two("VWA", 0), 0.064, 6e-4);
    EXPECT_NEAR(two("VWA", 0.01), 0.069, 6e-4);
    EXPECT_NEAR(two("VWA", 0.03), 0.079, 6e-4);
    EXPECT_NEAR(two("D18S51", 0.03), 0.040, 6e-4);
    EXPECT_NEAR(two("D22S1045", 0.01), 0.128, 6e-4);
    EXPECT_NEAR(two("SE33", 0), 0.005, 6e-4);
}

constexpr auto six = "VWA 14,16; TH01 6,9.3; D21S11 29,30; FGA 20,22; D8S1179 12,13; D3S1358 15,18";

TEST(Chance, of_a_hit_is_the_product_of_its_loci_at_the_size_of_the_database)
{
    auto const found = test::compare(six, six);
    auto const chance
        = expected_by_chance(found, test::rules(), test::frequencies(), 0.01, 10'000'000);
    EXPECT_TRUE(chance.at_legal_minimum);
    auto const lowest = weigh(found, test::frequencies(), 0.01).front().log10_ratio;
    EXPECT_NEAR(chance.full, 1e7 * std::pow(10, -lowest), 1e-6);
    EXPECT_NEAR(chance.at_least_one, 1 - std::exp(-chance.of_this_kind), 1e-12);
    auto const more = std::string { six } + "; D18S51 12,14";
    EXPECT_FALSE(expected_by_chance(
        test::compare(more, more), test::rules(), test::frequencies(), 0.01, 10'000'000)
            .at_legal_minimum);
}

TEST(Chance, observed_on_synthetic_profiles_lies_within_its_bounds)
{
    ScratchFolder const folder;
    auto const index = Index::create(
        folder / "index", common_alleles(test::frequencies(), test::table()), test::table())
                           .value();
    auto const loci = test::mask("VWA,TH01,D3S1358,D22S1045,D2S441,D10S1248");
    Synthesis const synthesis { test::population(), loci };
    Draws draws { 21 };
    std::vector<Genotype> profiles;
    for (int i = 0; i < 30'000; ++i) profiles.push_back(synthesis.person(draws));
    index->insert(profiles).take();
    std::vector<Genotype> queries;
    for (int i = 0; i < 3000; ++i) queries.push_back(synthesis.person(draws));
    auto const found = compare_all(*index, queries, test::rules()).value();
    double expected = 1;
    for (LocusNumber l = 0; l < loci_max; ++l)
        if ((loci & bit_of(l)) != 0) expected *= locus_match(test::population(), l, 0).two;
    expected *= 30'000.0 * 3000.0;
    // Pairs share queries and profiles: their spread is a little over Poisson's.
    EXPECT_NEAR(static_cast<double>(found.hits.size()), expected, 6 * std::sqrt(expected));
    EXPECT_GT(expected, 40);
}

TEST(Retyping, names_loci_until_chance_is_under_the_bound)
{
    auto const found = test::compare(six, six);
    auto const loci = test::mask("VWA,TH01,D21S11,FGA,D8S1179,D3S1358");
    auto const more = loci | test::mask("TPOX");
    auto const advice = retyping(found, more, loci, 0.67, test::frequencies(), test::table(), 0.01);
    ASSERT_TRUE(advice.enough);
    EXPECT_EQ(advice.steps[0].locus, *test::table().find("TPOX"));
    EXPECT_TRUE(advice.steps[0].in_query);
    EXPECT_LT(advice.steps.back().expected_after, 0.001);
    EXPECT_GE(advice.steps[advice.steps.size() - 2].expected_after, 0.001);
    EXPECT_TRUE(retyping(found, loci, loci, 0.0009, test::frequencies(), test::table(), 0.01)
            .steps.empty());
    EXPECT_FALSE(
        retyping(found, loci, loci, 1e60, test::frequencies(), test::table(), 0.01).enough);
}

TEST(DynamicThreshold, lets_chance_through_as_seldom_as_asked)
{
    auto const loci = test::mask("VWA,TH01,D21S11,FGA,D8S1179,D3S1358");
    auto const& population = test::population();
    auto const one = dynamic_threshold(population, loci, 0, 1'000'000, 0.01);
    auto const ten = dynamic_threshold(population, loci, 0, 10'000'000, 0.01);
    EXPECT_GT(ten, one);
    EXPECT_GT(ten, 7); // one hit in 1e9 pairs of unrelated persons
    // At no threshold at all, chance is the full match of all loci.
    double full = 1;
    for (LocusNumber l = 0; l < loci_max; ++l)
        if ((loci & bit_of(l)) != 0) full *= locus_match(population, l, 0).two;
    EXPECT_EQ(dynamic_threshold(population, loci, 0, 1'000'000, full * 1.2e6), 0);
    EXPECT_GT(dynamic_threshold(population, loci, 0, 1'000'000, full * 0.8e6), 0);
}

TEST(DynamicList, takes_a_rare_stain_of_five_loci_and_leaves_a_common_one)
{
    ScratchFolder const folder;
    auto const index = Index::create(
        folder / "index", common_alleles(test::frequencies(), test::table()), test::table())
                           .value();
    std::vector<Genotype> const profiles { test::genotype(
                                               "VWA 12,22; TH01 4,11; D21S11 24,36; FGA 17,30;"
                                               " D8S1179 8,18"),
        test::genotype("VWA 17,18; TH01 6,9.3; D21S11 29,30; FGA 21,22; D8S1179 13,14") };
    index->insert(profiles).take();
    auto const list = [&](Genotype const& query) {
        return dynamic_search(*index, query, test::rules(), test::frequencies(), 0.01, 1e-9)
            .value()
            .size();
    };
    EXPECT_EQ(search(*index, profiles[0], test::rules()).value().hits.size(), 0U);
    EXPECT_EQ(list(profiles[0]), 1U);
    EXPECT_EQ(list(profiles[1]), 0U);
}

} // namespace
} // namespace comity::search::dna
