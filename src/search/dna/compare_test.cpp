#include "search/dna/fixture.h"

#include <gtest/gtest.h>

namespace comity::search::dna {
namespace {

using test::compare;

constexpr auto six = "VWA 14,16; TH01 6,9.3; D21S11 29,30; FGA 20,22; D8S1179 12,13; D3S1358 15,18";

std::string with(std::string_view more)
{
    return std::string { six } + "; " + std::string { more };
}

/// Every locus text of `six` but one changed.
std::string altered(std::string_view from, std::string_view to)
{
    std::string out { six };
    out.replace(out.find(from), from.size(), to);
    return out;
}

TEST(Compare, five_loci_are_no_hit_and_six_are_one_of_quality_1)
{
    auto const five = std::string { six }.substr(0, std::string_view { six }.rfind(';'));
    EXPECT_FALSE(compare(five, five).hit);
    EXPECT_EQ(compare(five, five).reason, "5 loci match, at least 6 are asked for");
    EXPECT_EQ(compare(six, six).quality, 1U);
    EXPECT_EQ(compare(six, with("D18S51 12,14")).compared, 6U);
    EXPECT_EQ(compare(with("D18S51 12,14"), with("D18S51 12,14")).matching, 7U);
}

TEST(Compare, a_near_match_needs_six_matching_loci_beside_the_one_that_differs)
{
    EXPECT_FALSE(compare(six, altered("14,16", "14,17")).hit);
    EXPECT_EQ(compare(with("D18S51 12,14"), with("D18S51 12,15")).quality, 4U);
    EXPECT_FALSE(compare(with("D18S51 12,14"), with("D18S51 13,15")).hit);
    EXPECT_FALSE(compare(with("D18S51 12,14; TPOX 8,8"), with("D18S51 12,15; TPOX 8,9")).hit);
}

TEST(Compare, a_wildcard_takes_either_place)
{
    for (auto const* other : { "12,14", "9,12", "12,12", "12,*" })
        EXPECT_EQ(compare(with("D18S51 12,*"), with(std::string { "D18S51 " } + other)).quality, 2U)
            << other;
    EXPECT_EQ(compare(with("D18S51 12,*"), with("D18S51 9,*")).quality, 2U);
    EXPECT_EQ(compare(with("D18S51 12,*"), with("D18S51 9,14")).quality, 4U);
    EXPECT_EQ(compare(with("D18S51 *,*"), with("D18S51 9,14")).compared, 6U);
}

TEST(Compare, a_wildcard_counts_as_the_rule_set_says)
{
    auto set = test::rules();
    EXPECT_TRUE(compare(altered("14,16", "14,*"), six, set).hit);
    EXPECT_FALSE(compare(altered("14,16", "14,*"), six, test::rules("interpol")).hit);
    set.wildcard_loci_max = 0;
    EXPECT_EQ(compare(altered("14,16", "14,*"), six, set).reason,
        "1 loci agree by a wildcard only, at most 0");
}

TEST(Compare, one_base_off_is_a_deviation_on_either_side)
{
    auto const quality = [](std::string_view locus, std::string_view one, std::string_view other) {
        auto const text = [&](std::string_view value) {
            return with(fmt::format("{0} {1},{1}", locus, value));
        };
        auto const there = compare(text(one), text(other));
        EXPECT_EQ(there.mismatching + there.deviating,
            compare(text(other), text(one)).mismatching
                + compare(text(other), text(one)).deviating);
        return there.deviating == 2 && there.mismatching == 0;
    };
    for (auto const* near : { "12", "12.2" }) EXPECT_TRUE(quality("D18S51", "12.1", near));
    for (auto const* near : { "12.1", "12.3" }) EXPECT_TRUE(quality("D18S51", "12.2", near));
    for (auto const* near : { "12.2", "13" }) EXPECT_TRUE(quality("D18S51", "12.3", near));
    for (auto const* far : { "12.3", "13", "11.3" }) EXPECT_FALSE(quality("D18S51", "12.1", far));
    EXPECT_TRUE(quality("Penta D", "12.4", "13"));
    EXPECT_TRUE(quality("Penta D", "12.3", "12.4"));
    EXPECT_FALSE(quality("Penta D", "12.3", "13"));
    EXPECT_TRUE(quality("D22S1045", "12.2", "13"));
    EXPECT_FALSE(quality("D18S51", "12", "13"));
    EXPECT_EQ(compare(with("D18S51 12,14.1"), with("D18S51 12,14")).quality, 3U);
    auto set = test::rules();
    set.micro_variants = false;
    EXPECT_EQ(compare(with("D18S51 12,14.1"), with("D18S51 12,14"), set).quality, 4U);
}

TEST(Compare, one_differing_allele_beats_two_deviations)
{
    auto const found = compare(with("D18S51 12,12.1"), with("D18S51 12.1,12.2"));
    EXPECT_EQ(found.deviating, 0U);
    EXPECT_EQ(found.mismatching, 1U);
}

TEST(Compare, of_three_alleles_the_first_is_kept_or_the_locus_left_out)
{
    EXPECT_EQ(compare(with("D18S51 12,14,16"), with("D18S51 12,20")).quality, 2U);
    EXPECT_EQ(compare(with("D18S51 12,14,16"), with("D18S51 14,16")).quality, 4U);
    auto set = test::rules();
    set.three_alleles = ThreeAlleles::locus_left_out;
    EXPECT_EQ(compare(with("D18S51 12,14,16"), with("D18S51 14,16"), set).compared, 6U);
}

TEST(Compare, a_rare_value_is_a_wildcard_or_only_its_like)
{
    EXPECT_EQ(compare(with("D18S51 12,R"), with("D18S51 12,20")).quality, 2U);
    auto set = test::rules();
    set.rare_is_wildcard = false;
    EXPECT_EQ(compare(with("D18S51 12,R"), with("D18S51 12,20"), set).quality, 4U);
    EXPECT_EQ(compare(with("D18S51 12,R"), with("D18S51 12,>28"), set).quality, 1U);
}

TEST(Compare, amelogenin_is_shown_and_never_counted)
{
    auto const found = compare(with("Amelogenin X,Y"), with("AMEL X,X"));
    EXPECT_EQ(found.quality, 1U);
    EXPECT_EQ(found.loci.back().agreement, Agreement::mismatch);
    EXPECT_EQ(found.compared, 6U);
}

TEST(Rules, name_the_member_that_is_wrong)
{
    auto const broken = [](std::string_view from, std::string_view to) {
        auto text = test::text_of("rules/pruem-2008.json");
        text.replace(text.find(from), from.size(), to);
        return read_rules(text, test::table());
    };
    EXPECT_EQ(broken("\"loci\": []", "\"loci\": [\"D99\"]").error().field, "loci");
    EXPECT_TRUE(broken("\"differingAllelesMax\": 1", "\"differingAllelesMax\": 2").ok());
    EXPECT_EQ(broken("\"differingAllelesMax\": 1", "\"differingAllelesMax\": 3").error().field,
        "differingAllelesMax");
    EXPECT_FALSE(broken("\"matchingLociMin\": 6", "\"matchingLociMin\": 0").ok());
    EXPECT_FALSE(broken("2008-08-26", "2008-13-26").ok());
    EXPECT_FALSE(broken("\"name\"", "\"nome\"").ok());
    auto const set = test::rules();
    EXPECT_FALSE(set.in_force(parse_date("2008-08-25").value()));
    EXPECT_TRUE(set.in_force(parse_date("2008-08-26").value()));
}

Profile person(std::string_view loci)
{
    return { "TEST-1", Category::known_person, "ESS 12", "TEST", true, false,
        test::genotype(loci) };
}

TEST(Exchange, is_refused_with_the_reason)
{
    auto const refusal = [](Profile const& profile, std::string const& set = "pruem-2008") {
        auto const found = refusal_of_exchange(profile, test::rules(set), test::table());
        return found ? found->reason : "";
    };
    auto profile = person(six);
    EXPECT_EQ(refusal(profile), "");
    EXPECT_EQ(refusal(profile, "interpol"), "6 fully designated loci, at least 10 are asked for");
    profile.category = Category::unknown_stain;
    EXPECT_EQ(refusal(profile, "interpol"), "");
    profile.iso_17025 = false;
    EXPECT_NE(refusal(profile), "");
    EXPECT_EQ(refusal(person(altered("VWA", "TPOX"))),
        "5 loci of the European Standard Set, at least 6 are asked for of a known person");
    profile = person(altered("14,16", "14,15,16"));
    EXPECT_EQ(refusal(profile), "");
    profile = person(with("TPOX 8,9,10; CSF1PO 10,11,12"));
    EXPECT_EQ(refusal(profile), "a mixed profile holds the alleles of several persons");
    profile = person(with("TPOX 8,9,10,11"));
    EXPECT_EQ(refusal(profile), "a mixed profile holds the alleles of several persons");
    profile = person(six);
    profile.category = Category::relative;
    EXPECT_EQ(refusal(profile), "the relative's consent is not recorded");
    profile.consent = true;
    EXPECT_EQ(refusal(profile), "");
}

TEST(Exchange, a_relative_is_never_compared_with_a_stain)
{
    EXPECT_TRUE(refusal_of_comparison(Category::relative, Category::unknown_stain));
    EXPECT_TRUE(refusal_of_comparison(Category::known_person, Category::relative));
    EXPECT_FALSE(refusal_of_comparison(Category::unidentified_body, Category::relative));
    EXPECT_FALSE(refusal_of_comparison(Category::unknown_stain, Category::known_person));
}

} // namespace
} // namespace comity::search::dna
