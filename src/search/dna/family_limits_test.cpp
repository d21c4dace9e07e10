#include "search/dna/fixture.h"
#include "search/dna/kinship.h"

#include <gtest/gtest.h>

#include <cmath>

namespace comity::search::dna {
namespace {

/// A locus at which so many different alleles were seen; all the others together are one more.
Pedigree with_alleles(LocusNumber locus, std::size_t seen)
{
    Pedigree out { { { "father", {}, {}, {} }, { "mother", {}, {}, {} },
        { "missing", 0, 1, {} } } };
    std::uint16_t next = 100; // tenths of a repeat
    for (std::size_t i = 0; i < seen; i += 2) {
        Allele const first { next },
            second { i + 1 < seen ? static_cast<std::uint16_t>(next + 10) : next };
        next = static_cast<std::uint16_t>(next + 20);
        Genotype const typed { make_typing(locus, { first, second }).value() };
        if (i == 0)
            out.members[1].genotype = typed;
        else
            out.members.push_back({ fmt::format("stranger-{}", i), {}, {}, typed });
    }
    return out;
}

Result<std::optional<double>> ratio(std::size_t seen, double theta)
{
    auto const locus = *test::table().find("SE33");
    auto const candidate = make_typing(locus, { Allele { 100 }, Allele { 110 } }).value();
    KinSettings settings;
    settings.theta = theta;
    return pedigree_log10_ratio_at(
        test::population(), with_alleles(locus, seen), 2, candidate, settings);
}

} // namespace

TEST(FamilyLimits, with_theta_a_locus_bears_so_many_alleles_and_not_one_more)
{
    constexpr auto at_most = alleles_at_theta_max - 1; // and all the others as one
    EXPECT_TRUE(ratio(at_most - 1, 0.01).ok());
    EXPECT_TRUE(ratio(at_most, 0.01).ok());
    auto const over = ratio(at_most + 1, 0.01);
    ASSERT_FALSE(over.ok());
    EXPECT_EQ(over.error().kind, Error::Kind::too_large);
    EXPECT_NE(over.error().what.find("25 different alleles"), std::string::npos);
}

TEST(FamilyLimits, without_theta_that_limit_does_not_hold)
{
    EXPECT_TRUE(ratio(alleles_at_theta_max, 0).ok());
    EXPECT_FALSE(ratio(alleles_at_theta_max, 1e-9).ok());
}

TEST(FamilyLimits, theta_at_nought_and_at_one_gives_a_number_and_more_theta_a_lower_ratio)
{
    auto const none = ratio(4, 0).value();
    auto const usual = ratio(4, 0.01).value();
    auto const much = ratio(4, 0.2).value();
    ASSERT_TRUE(none && usual && much);
    EXPECT_GT(*none, *usual);
    EXPECT_GT(*usual, *much);
    EXPECT_TRUE(std::isfinite(ratio(4, 1).value().value_or(0)));
}

} // namespace comity::search::dna
