#pragma once

#include "search/dna/kin_search.h"

#include <unordered_map>

/// Whole families against an index of bodies: several relatives of one missing person in one
/// question, what it can be expected to bring, and what would help most.
namespace comity::search::dna {

/// Who is looked for in a family.
struct FamilyQuestion {
    Pedigree pedigree;
    std::size_t missing = 0; ///< His place in it; he is not typed.

    /// Errors: those of Pedigree; malformed naming the member: nobody typed, the missing one typed.
    Result<void> check() const;
    LocusMask loci() const; ///< At which some relative is typed.
};

/// The ratio of a candidate in one population, each typing of a locus worked out once.
class FamilyRatios {
public:
    /// All of them outlive it. MUST: the question was checked.
    FamilyRatios(Frequencies::Population const& population, FamilyQuestion const& question,
        KinSettings const& settings);
    /// log10; nothing where the locus says nothing. Errors: those of pedigree_log10_ratio_at().
    Result<std::optional<double>> at(Typing const& typing);
    Result<double> of(Genotype const& candidate);
    Frequencies::Population const& population() const { return *population_; }

private:
    Frequencies::Population const* population_;
    FamilyQuestion const* question_;
    KinSettings settings_;
    std::array<std::unordered_map<std::uint32_t, std::optional<double>>, loci_max> known_;
};

/// How a candidate's typing fits the family.
enum class Inheritance : std::uint8_t { not_compared, without_mutation, only_with_mutation };
BOOST_DESCRIBE_ENUM(Inheritance, not_compared, without_mutation, only_with_mutation)

struct FamilyHit {
    ProfileNumber number;
    unsigned loci; ///< That say something.
    std::vector<std::pair<std::string, double>> log10_ratios; ///< By population, the lowest first.
    std::vector<std::pair<LocusNumber, Inheritance>> inheritance; ///< Of every locus he has.
};

struct FamilyOptions {
    KinSettings settings {};
    double log10_ratio_min = 3; ///< In every population.
    std::size_t hits_max = 10'000;
};

/// Everybody of an index whose ratio reaches the least one in every population, the highest first.
/// Every profile is looked at: bodies and missing persons are few. Errors: those of the question;
/// too_large over `hits_max`.
Result<std::vector<FamilyHit>> family_search(Index const& index, Frequencies const& frequencies,
    FamilyQuestion const& question, FamilyOptions const& options = {});

/// So many profiles that have these loci.
using SizesByLoci = std::vector<std::pair<LocusMask, std::uint64_t>>;

/// What this very family can be expected to bring in an index, before it is searched: the missing
/// one drawn from what his relatives' typings leave, each draw judged with theta. `found`: where he
/// is in the index, under the set of loci that most profiles have. Unrelated ones by the identity
/// that their share is the mean of 1 / ratio over the true ones that are found.
Result<KinPower> family_power(Frequencies::Population const& population,
    FamilyQuestion const& question, SizesByLoci const& sizes, FamilyOptions const& options,
    std::uint64_t seed = 1);

/// A family by its shape alone: who of it is or would be typed.
struct FamilyShape {
    FamilyQuestion question;
    std::vector<bool> typed; ///< By member.
};
/// What a family of this shape brings on average, theta 0.
Result<KinPower> shape_power(Frequencies::Population const& population, FamilyShape const& shape,
    LocusMask loci, std::uint64_t profiles, FamilyOptions const& options, std::uint64_t seed = 1);

/// What would help most, the best first: one locus more for all, or one relative more, on average
/// over families of this shape.
struct FamilyAdvice {
    std::string what; ///< Name of a locus, or of the further relative as the caller calls him.
    bool locus;
    KinPower power;
};
Result<std::vector<FamilyAdvice>> family_advice(Frequencies::Population const& population,
    LocusTable const& table, FamilyShape const& now,
    std::span<std::pair<std::string, FamilyShape> const> further, LocusMask loci,
    std::uint64_t profiles, FamilyOptions const& options, std::uint64_t seed = 1);

} // namespace comity::search::dna
