#pragma once

#include "base/instant.h"
#include "search/dna/profile.h"

#include <boost/describe/class.hpp>

namespace comity::search::dna {

enum class ThreeAlleles : std::uint8_t {
    first_and_wildcard, ///< The lowest is kept, any value beside it.
    locus_left_out,
};
BOOST_DESCRIBE_ENUM(ThreeAlleles, first_and_wildcard, locus_left_out)

/// When two profiles are a hit: data/dna/rules/*.json. Which set holds between two Parties is the
/// treaty's data.
struct RuleSet {
    std::string name, version;
    std::string from, until; ///< ISO dates; "open".
    std::string reference; ///< Where its numbers stand.
    std::vector<std::string> loci; ///< Compared ones; none: all but amelogenin.
    std::uint32_t loci_min; ///< Fully designated loci of a profile that may be exchanged.
    std::uint32_t loci_min_known_person;
    std::uint32_t ess_min_known_person; ///< Of the first seven of the European Standard Set.
    std::uint32_t matching_loci_min;
    std::uint32_t differing_alleles_max; ///< Of both kinds below together; at most 2.
    std::uint32_t deviating_alleles_max; ///< One base off (micro-variant).
    std::uint32_t mismatching_alleles_max;
    std::uint32_t wildcard_loci_max; ///< Loci that agree thanks to a wildcard only.
    bool wildcard_locus_counts; ///< Among the matching loci.
    bool deviating_locus_counts;
    bool micro_variants; ///< False: one base off is a mismatch.
    bool rare_is_wildcard; ///< False: a rare value equals a rare value only.
    ThreeAlleles three_alleles;
    std::string note;

    bool in_force(Date on) const;
};
BOOST_DESCRIBE_STRUCT(RuleSet, (),
    (name, version, from, until, reference, loci, loci_min, loci_min_known_person,
        ess_min_known_person, matching_loci_min, differing_alleles_max, deviating_alleles_max,
        mismatching_alleles_max, wildcard_loci_max, wildcard_locus_counts, deviating_locus_counts,
        micro_variants, rare_is_wildcard, three_alleles, note))

constexpr std::uint32_t differing_alleles_limit = 2; ///< What the index can count.

/// Errors: malformed, naming the member: unknown locus, a limit over what the index can count.
Result<RuleSet> read_rules(std::string_view json, LocusTable const& table);
/// The loci that a set compares.
LocusMask compared_loci(RuleSet const& rules, LocusTable const& table);

/// Two values as a rule set sees them: ascending, a wildcard last and never twice.
struct Pair {
    Allele low, high;
    bool operator==(Pair const&) const = default;
};
/// Empty where the rules see nothing to compare.
std::optional<Pair> seen_under(RuleSet const& rules, Typing const& typing);

/// Why a profile may not be exchanged under a rule set; the reference says where that stands.
struct Refusal {
    std::string reason, reference;
};
std::optional<Refusal> refusal_of_exchange(
    Profile const& profile, RuleSet const& rules, LocusTable const& table);
/// Relatives are compared with missing persons and bodies, never with stains or known persons.
std::optional<Refusal> refusal_of_comparison(Category query, Category candidate);

} // namespace comity::search::dna
