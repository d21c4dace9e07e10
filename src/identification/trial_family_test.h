#pragma once

#include "identification/trial_identification_test.h"
#include "search/dna/synthetic.h"

/// A made-up family of which Sofia looks for one, for tests.
namespace comity::identification::trial {

using dna::Category;

inline Date const far = parse_date("2030-01-01").value();

inline dna::Profile made(std::string reference, Category category, dna::Genotype genotype)
{
    return { .reference = std::move(reference),
        .category = category,
        .laboratory = "Laboratory TEST",
        .iso_17025 = true,
        .genotype = std::move(genotype) };
}

/// A made-up family.
struct House {
    dna::LocusMask loci = knowledge().table.find_kit("NGM SElect")->loci;
    dna::Synthesis synthesis { *knowledge().frequencies.find("us-caucasian"), loci };
    dna::Draws draws { 11 };
    dna::Genotype father = synthesis.person(draws);
    dna::Genotype mother = synthesis.person(draws);
    dna::Genotype missing = synthesis.child(father, mother, draws);
    dna::Genotype sister = synthesis.child(father, mother, draws);
};

inline Consent consent()
{
    return { "BG-C-7", "RELATIVE-7 TEST", "officer TEST", parse_date("2026-04-01").value(),
        "MISSING-1 TEST", parse_date("2027-04-17").value() };
}

inline RelativeDraft relative(std::string const& reference, dna::Genotype const& genotype)
{
    return { message_of(made(reference, Category::relative, genotype), knowledge().table),
        consent() };
}

inline DnaDraft about_family()
{
    auto out = lawful(stain("BG-S-100", "15"));
    out.profiles.clear();
    out.family
        = FamilyDraft { { { Relation::mother, "BG-R-1" }, { Relation::full_sibling, "BG-R-2" } } };
    out.ground = "missing-person";
    out.purpose = "threat-to-public-security";
    out.offence.reset();
    return out;
}

struct Search : testing::Test {
    House house;
    Laboratories two;

    void SetUp() override
    {
        ASSERT_TRUE(
            two.sofia.identification->add_relative(relative("BG-R-1", house.mother), "TEST").ok());
        ASSERT_TRUE(
            two.sofia.identification->add_relative(relative("BG-R-2", house.sister), "TEST").ok());
    }
    void bury(std::string const& reference, Category category, dna::Genotype const& genotype)
    {
        auto const profile = made(reference, category, genotype);
        ASSERT_TRUE(two.bucharest.identification->add(std::span { &profile, 1 }, far, "TEST").ok());
    }
    std::string field(DnaDraft const& draft) const
    {
        auto const tried = two.sofia.identification->try_request(draft);
        return tried.ok() ? "no error" : tried.error().field;
    }
};

} // namespace comity::identification::trial
