#include "search/dna/kin_search.h"

#include "base/scratch.h"
#include "search/dna/fixture.h"
#include "search/dna/synthetic.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace comity::search::dna {
namespace {

/// Shares p = 0.1 of 10, q = 0.2 of 11, 0.3 of 12, 0.4 of 13.
Frequencies::Population const& four()
{
    static Frequencies const all = Frequencies::read(
        "population\tlocus\tallele\tcount\nP\tTH01\t10\t1000\nP\tTH01\t11\t2000\n"
        "P\tTH01\t12\t3000\nP\tTH01\t13\t4000\n",
        test::table())
                                       .value();
    return all.populations()[0];
}

constexpr double p = 0.1, q = 0.2, r = 0.3;

double ratio(std::string_view one, std::string_view other, Kinship kinship,
    KinSettings const& settings = { 0, 0, 0 })
{
    auto const typing = [](std::string_view values) {
        return test::genotype("TH01 " + std::string { values })[0];
    };
    auto const there = kin_ratio(four(), typing(one), typing(other), kinship, settings);
    if (settings.mutation > 0) return there; // who hands on matters
    EXPECT_NEAR(kin_ratio(four(), typing(other), typing(one), kinship, settings), there, 1e-9);
    return there;
}

TEST(Kinship, of_parent_and_child_is_as_published)
{
    using enum Kinship;
    EXPECT_NEAR(ratio("10,10", "10,10", parent_child), 1 / p, 1e-9);
    EXPECT_NEAR(ratio("10,10", "10,12", parent_child), 1 / (2 * p), 1e-9);
    EXPECT_NEAR(ratio("10,11", "10,10", parent_child), 1 / (2 * p), 1e-9);
    EXPECT_NEAR(ratio("10,11", "10,11", parent_child), (p + q) / (4 * p * q), 1e-9);
    EXPECT_NEAR(ratio("10,11", "10,12", parent_child), 1 / (4 * p), 1e-9);
    EXPECT_EQ(ratio("10,11", "12,13", parent_child), 0);
    constexpr double t = 0.03;
    EXPECT_NEAR(ratio("10,10", "10,10", parent_child, { t, 0, 0 }),
        (1 + 2 * t) / (3 * t + (1 - t) * p), 1e-9);
    EXPECT_NEAR(ratio("10,11", "10,12", parent_child, { t, 0, 0 }),
        (1 + 2 * t) / (4 * (t + (1 - t) * p)), 1e-9);
}

TEST(Kinship, of_siblings_is_as_published)
{
    using enum Kinship;
    EXPECT_NEAR(ratio("10,10", "10,10", full_siblings), (1 + p) * (1 + p) / (4 * p * p), 1e-9);
    EXPECT_NEAR(ratio("10,10", "10,12", full_siblings), (1 + p) / (4 * p), 1e-9);
    EXPECT_NEAR(
        ratio("10,11", "10,11", full_siblings), (1 + p + q + 2 * p * q) / (8 * p * q), 1e-9);
    EXPECT_NEAR(ratio("10,11", "10,12", full_siblings), (1 + 2 * p) / (8 * p), 1e-9);
    EXPECT_NEAR(ratio("10,11", "12,13", full_siblings), 0.25, 1e-9);
    EXPECT_NEAR(ratio("10,10", "10,10", half_siblings), (1 + p) / (2 * p), 1e-9);
    EXPECT_NEAR(ratio("10,11", "10,12", half_siblings), (1 + 4 * p) / (8 * p), 1e-9);
    EXPECT_NEAR(ratio("10,11", "12,13", half_siblings), 0.5, 1e-9);
}

TEST(Kinship, lets_an_allele_mutate_by_steps)
{
    using enum Kinship;
    EXPECT_EQ(handed_on({ 120 }, { 120 }, 0.002), 0.998);
    EXPECT_NEAR(handed_on({ 120 }, { 130 }, 0.002), 0.0009, 1e-12);
    EXPECT_NEAR(handed_on({ 120 }, { 100 }, 0.002), 0.00009, 1e-12);
    EXPECT_EQ(handed_on({ 120 }, { 123 }, 0.002), 0);
    // Handed on as 11 beside a drawn 13, or as 13 beside a drawn 11.
    EXPECT_NEAR(ratio("10,10", "11,13", parent_child, { 0, 0.002, 0 }),
        (0.0009 / q + 0.000009 / 0.4) / 2, 1e-9);
}

double family(std::vector<Pedigree::Member> members, std::size_t place, std::string_view candidate,
    KinSettings const& settings = { 0, 0, 0 })
{
    auto const found = pedigree_log10_ratio(four(), { std::move(members) }, place,
        test::genotype("TH01 " + std::string { candidate }), settings);
    return std::pow(10, found.value());
}

Genotype th01(std::string_view values)
{
    return test::genotype("TH01 " + std::string { values });
}

TEST(Pedigree, of_two_is_the_pair_s_own_ratio)
{
    using enum Kinship;
    for (auto const* other : { "10,10", "10,12", "10,11", "11,11" }) {
        EXPECT_NEAR(family({ { "father", {}, {}, th01("10,11") }, { "mother", {}, {}, {} },
                               { "child", 0, 1, {} } },
                        2, other),
            ratio("10,11", other, parent_child), 1e-9);
        EXPECT_NEAR(family({ { "father", {}, {}, {} }, { "mother", {}, {}, {} },
                               { "one", 0, 1, th01("10,11") }, { "other", 0, 1, {} } },
                        3, other),
            ratio("10,11", other, full_siblings), 1e-9);
        EXPECT_NEAR(
            family({ { "father", {}, {}, {} }, { "mother", {}, {}, {} }, { "third", {}, {}, {} },
                       { "one", 0, 1, th01("10,11") }, { "other", 0, 2, {} } },
                4, other),
            ratio("10,11", other, half_siblings), 1e-9);
        EXPECT_NEAR(
            family({ { "grandfather", {}, {}, th01("10,11") }, { "grandmother", {}, {}, {} },
                       { "father", 0, 1, {} }, { "mother", {}, {}, {} }, { "child", 2, 3, {} } },
                4, other),
            ratio("10,11", other, half_siblings), 1e-9);
    }
}

TEST(Pedigree, of_child_and_mother_gives_the_published_index_of_the_father)
{
    auto const father = [&](char const* mother, char const* child, char const* man) {
        return family({ { "father", {}, {}, {} }, { "mother", {}, {}, th01(mother) },
                          { "child", 0, 1, th01(child) } },
            0, man);
    };
    EXPECT_NEAR(father("10,10", "10,11", "11,11"), 1 / q, 1e-9);
    EXPECT_NEAR(father("10,10", "10,11", "11,12"), 1 / (2 * q), 1e-9);
    EXPECT_NEAR(father("10,11", "10,11", "11,12"), 1 / (2 * (p + q)), 1e-9);
    EXPECT_NEAR(father("10,11", "10,11", "10,11"), 1 / (p + q), 1e-9);
    EXPECT_EQ(father("10,10", "10,11", "12,13"), 0);
    EXPECT_NEAR(r, 0.3, 1e-12);
}

TEST(Pedigree, of_two_is_the_pair_s_own_ratio_at_theta_too)
{
    using enum Kinship;
    KinSettings const at { 0.03, 0, 0 };
    for (auto const* other : { "10,10", "10,12", "10,11", "11,11" }) {
        EXPECT_NEAR(family({ { "father", {}, {}, th01("10,11") }, { "mother", {}, {}, {} },
                               { "child", 0, 1, {} } },
                        2, other, at),
            ratio("10,11", other, parent_child, at), 1e-9);
        EXPECT_NEAR(family({ { "father", {}, {}, {} }, { "mother", {}, {}, {} },
                               { "one", 0, 1, th01("10,11") }, { "other", 0, 1, {} } },
                        3, other, at),
            ratio("10,11", other, full_siblings, at), 1e-9);
        EXPECT_NEAR(
            family({ { "grandfather", {}, {}, th01("10,11") }, { "grandmother", {}, {}, {} },
                       { "father", 0, 1, {} }, { "mother", {}, {}, {} }, { "child", 2, 3, {} } },
                4, other, at),
            ratio("10,11", other, half_siblings, at), 1e-9);
    }
}

TEST(Pedigree, of_child_and_mother_at_theta_is_the_ratio_of_balding_and_nichols)
{
    constexpr double t = 0.03;
    auto const father = [&](char const* mother, char const* child, char const* man) {
        return family({ { "father", {}, {}, {} }, { "mother", {}, {}, th01(mother) },
                          { "child", 0, 1, th01(child) } },
            0, man, { t, 0, 0 });
    };
    // What the father handed on, drawn after the alleles of mother and man.
    EXPECT_NEAR(father("10,10", "10,11", "11,11"), (1 + 3 * t) / (2 * t + (1 - t) * q), 1e-9);
    EXPECT_NEAR(father("10,10", "10,11", "11,12"), (1 + 3 * t) / (2 * (t + (1 - t) * q)), 1e-9);
    EXPECT_NEAR(father("10,12", "10,11", "11,12"), (1 + 3 * t) / (2 * (t + (1 - t) * q)), 1e-9);
    EXPECT_EQ(father("10,10", "10,11", "12,13"), 0);
}

TEST(Pedigree, takes_the_rates_of_mutation_that_were_counted)
{
    auto const rates
        = MutationRates::read("locus\tmf\tnf\tmm\tnm\nTH01\t39\t9998\t0\t9998\n", test::table());
    ASSERT_TRUE(rates.ok()) << rates.error().what;
    KinSettings settings { 0, 0.5, 0.5 };
    settings.rates = &rates.value();
    auto const child_of = [&](bool father) {
        Pedigree::Member const known { "known", {}, {}, th01("10,10") },
            other { "other", {}, {}, {} };
        return family({ father ? known : other, father ? other : known, { "child", 0, 1, {} } }, 2,
            "11,13", settings);
    };
    // 40 in 10 000 of fathers and 1 in 10 000 of mothers: an eleventh of it two repeats further.
    EXPECT_NEAR(child_of(true), (0.0018 / q + 0.000018 / 0.4) / 2, 1e-5);
    EXPECT_NEAR(child_of(false), (0.000045 / q + 0.00000045 / 0.4) / 2, 1e-6);
    auto const field = [](std::string_view line) {
        return MutationRates::read("l\ta\tb\tc\td\n" + std::string { line }, test::table())
            .error()
            .field;
    };
    EXPECT_EQ(field("D99\t0\t1\t0\t1\n"), "mutation.tsv:2");
    EXPECT_EQ(field("TH01\t2\t1\t0\t1\n"), "mutation.tsv:2");
    EXPECT_EQ(field("TH01\tx\t1\t0\t1\n"), "mutation.tsv:2");
    EXPECT_EQ(field("TH01\t0\t1\t0\t1\nTHO1\t0\t1\t0\t1\n"), "mutation.tsv:3");
}

TEST(Pedigree, counts_of_mutations_are_those_that_their_file_sums_up_and_of_a_possible_size)
{
    std::array<std::uint64_t, 4> sums {};
    auto const text = test::text_of("mutation.tsv");
    for (auto const& line : read_table(text, "mutation.tsv", 5).value())
        for (std::size_t i = 0; i < sums.size(); ++i)
            sums[i] += std::stoull(std::string { line.cells[i + 1] });
    EXPECT_EQ(sums, (std::array<std::uint64_t, 4> { 11'717, 7'990'439, 1'924, 5'599'502 }));
    // Later counts: 0.70 in 1 000 over 33 loci (Jin et al. 2016). Fathers hand on more of them.
    auto const of_fathers = double(sums[0]) / double(sums[1]);
    auto const of_mothers = double(sums[2]) / double(sums[3]);
    EXPECT_NEAR(double(sums[0] + sums[2]) / double(sums[1] + sums[3]), 0.7e-3, 0.35e-3);
    EXPECT_GT(of_fathers, 2 * of_mothers);
    EXPECT_LT(of_fathers, 6 * of_mothers);
}

TEST(Pedigree, with_marriage_of_cousins_and_with_mutation_still_sums_to_one)
{
    // Over all typings that the candidate can have, the ratio's mean is 1.
    std::vector<Pedigree::Member> const members { { "a", {}, {}, th01("10,11") },
        { "b", {}, {}, {} }, { "c", 0, 1, {} }, { "d", 0, 1, {} }, { "e", {}, {}, {} },
        { "f", 2, 4, {} }, { "g", 3, 5, th01("11,12") }, { "x", 6, 5, {} } };
    double const share[] { 0.1, 0.2, 0.3, 0.4 };
    double mean = 0;
    for (int one = 0; one < 4; ++one)
        for (int other = one; other < 4; ++other)
            mean += (one == other ? 1 : 2) * share[one] * share[other]
                * family(members, 7, fmt::format("{},{}", 10 + one, 10 + other));
    EXPECT_NEAR(mean, 1, 0.01); // a rest of shares stands for alleles never seen
}

TEST(Pedigree, says_what_is_wrong_with_it)
{
    Pedigree family { { { "a", {}, {}, {} }, { "b", 0, {}, {} } } };
    EXPECT_EQ(family.check().error().field, "members[1]");
    family.members[1] = { "b", 0, 1, {} };
    EXPECT_FALSE(family.check().ok());
    family.members[1] = { "b", {}, {}, {} };
    EXPECT_TRUE(family.check().ok());
    family.members.resize(16);
    EXPECT_TRUE(family.check().ok());
    EXPECT_FALSE(pedigree_log10_ratio(four(), family, 16, {}, {}).ok());
    family.members.resize(17);
    EXPECT_EQ(family.check().error().kind, Error::Kind::too_large);
}

class KinSearch : public testing::Test {
protected:
    ScratchFolder folder;
    std::unique_ptr<Index> index = Index::create(
        folder / "index", common_alleles(test::frequencies(), test::table()), test::table())
                                       .value();
    LocusMask loci = test::table().find_kit("GlobalFiler")->loci;
    Synthesis synthesis { test::population(), loci };
    Draws draws { 17 };
    std::map<ProfileNumber, Genotype> all;

    void insert(std::vector<Genotype> const& profiles)
    {
        auto const numbers = index->insert(profiles).value();
        for (std::size_t i = 0; i < numbers.size(); ++i) all[numbers[i]] = profiles[i];
    }
    std::map<ProfileNumber, double> slow(KinQuery const& query)
    {
        std::map<ProfileNumber, double> out;
        for (auto const& [number, genotype] : all) {
            auto const found
                = kin_log10_ratio(test::population(), query.genotype, genotype, query.kinship, {});
            if (found >= query.log10_ratio_min) out[number] = found;
        }
        return out;
    }
};

TEST_F(KinSearch, finds_everybody_that_the_slow_ratio_finds)
{
    auto const father = synthesis.person(draws);
    std::vector<Genotype> profiles;
    for (int i = 0; i < 1500; ++i)
        profiles.push_back(with_gaps(
            synthesis.person(draws), { i % 3 == 0 ? 30U : 0, i % 3 == 1 ? 60U : 0 }, draws));
    for (int i = 0; i < 5; ++i)
        profiles.push_back(synthesis.child(father, synthesis.person(draws), draws));
    profiles.back()[3].alleles = { Allele { 130 }, Allele { 987 } };
    insert(profiles);
    auto odd = father;
    odd[2].alleles[1] = wildcard;
    odd[5].alleles[1] = { 986 };
    Crew crew { 1 };
    std::size_t hits = 0;
    for (auto const& asked : { father, odd })
        for (auto const kinship :
            { Kinship::parent_child, Kinship::full_siblings, Kinship::half_siblings })
            for (auto const& kernels : kernel::all()) {
                if (kernels.score == kernel::score_scalar && kinship != Kinship::parent_child)
                    continue;
                KinQuery const query { asked, kinship, 0 };
                std::map<ProfileNumber, double> found;
                auto const result = kin_search(
                    *index, test::population(), query, { .crew = &crew, .kernels = kernels });
                for (auto const& hit : result.value().hits) found[hit.number] = hit.log10_ratio;
                ASSERT_EQ(found, slow(query)) << kernels.name;
                hits += found.size();
            }
    EXPECT_GT(hits, 100U);
    EXPECT_FALSE(kin_search(
        *index, test::population(), { father, Kinship::half_siblings, -50 }, { .hits_max = 100 })
            .ok());
}

TEST_F(KinSearch, power_is_what_was_published_for_21_loci_and_for_12)
{
    // Means over persons; one person may be rarer or more common than the mean.
    double found = 0;
    double false_hits = 0;
    for (int i = 0; i < 3; ++i) {
        KinQuery const query { synthesis.person(draws), Kinship::parent_child, 3 };
        auto const power = kin_power(test::population(), query, loci, 1'000'000, {});
        found += power.found / 3;
        false_hits += power.false_hits / 3;
    }
    EXPECT_NEAR(found, 0.997, 0.01);
    EXPECT_GT(false_hits, 0.3);
    EXPECT_LT(false_hits, 15);
    KinQuery const query { synthesis.person(draws), Kinship::full_siblings, 3 };
    auto const twelve = kin_power(
        test::population(), query, test::table().find_kit("ESS 12")->loci, 1'000'000, {});
    EXPECT_GT(twelve.found, 0.4);
    EXPECT_LT(twelve.found, 0.8);
    EXPECT_GT(twelve.false_hits, 15);
}

TEST_F(KinSearch, advises_what_would_help_most)
{
    auto const ess = test::table().find_kit("ESS 12")->loci;
    KinQuery const query { synthesis.person(draws), Kinship::parent_child, 4 };
    auto const before = kin_power(test::population(), query, ess, 1'000'000, {});
    auto const advice = kin_advice(test::population(), test::table(), query, ess, 1'000'000, {});
    EXPECT_EQ(advice.size(), 29U - 12U + 1U);
    EXPECT_GT(advice.front().power.found, before.found);
    auto const place = [&](std::string_view what) {
        return std::ranges::find(advice, what, &KinAdvice::what) - advice.begin();
    };
    EXPECT_LT(place("SE33"), place("TPOX"));
    EXPECT_LT(place("the other parent"), place("TPOX"));
}

} // namespace
} // namespace comity::search::dna
