#pragma once

#include "search/dna/likelihood.h"
#include "search/dna/search.h"

/// How many hits chance alone brings, and what would make them fewer.
namespace comity::search::dna {

/// For one query over exactly the loci compared.
struct ChanceHits {
    double full; ///< Expected hits in which nothing differs.
    double near; ///< Expected hits in which one allele differs.
    double of_this_kind; ///< Full ones, and near ones too where the hit is one.
    double at_least_one; ///< Probability: 1 - exp(-expected).
    bool at_legal_minimum; ///< No locus more than the rule set asks for.
};
/// The highest of all populations.
ChanceHits expected_by_chance(Comparison const& comparison, RuleSet const& rules,
    Frequencies const& frequencies, double theta, std::uint64_t profiles);

/// Shares of pairs of unrelated persons who have two, one, no allele in common at a locus (Weir
/// 2004).
struct LocusMatch {
    double two, one, none;
};
LocusMatch locus_match(Frequencies::Population const& population, LocusNumber locus, double theta);
/// Expected share of pairs that match at exactly m loci and share one allele at p more: the table
/// [m][p] over the loci of a set.
std::vector<std::vector<double>> pairs_expected(
    Frequencies::Population const& population, LocusMask loci, double theta);

/// Article 20(1): further loci that would bring the expected chance hits under a bound.
struct Retyping {
    struct Step {
        LocusNumber locus;
        bool in_query, in_candidate; ///< Already typed there.
        double expected_after;
    };
    std::vector<Step> steps; ///< Loci that only one of the two lacks first.
    std::vector<std::string> kits; ///< Kits that have all of them.
    bool enough; ///< False: all counted loci together do not reach the bound.
};
Retyping retyping(Comparison const& comparison, LocusMask query, LocusMask candidate,
    double expected_now, Frequencies const& frequencies, LocusTable const& table, double theta,
    double bound = 0.001);

/// The least log10 likelihood ratio such that chance alone brings at most `chance_max` hits among
/// so many profiles over exactly these loci: the distribution of the ratio over pairs of unrelated
/// persons, convolved locus by locus in steps of 0.01.
double dynamic_threshold(Frequencies::Population const& population, LocusMask loci, double theta,
    std::uint64_t profiles, double chance_max);

/// The list beside the statutory one: nothing differs, any number of loci, and the lowest ratio of
/// all populations reaches the threshold for its loci.
struct DynamicHit {
    Hit hit;
    double log10_ratio, threshold;
};
Result<std::vector<DynamicHit>> dynamic_search(Index const& index, Genotype const& query,
    RuleSet const& rules, Frequencies const& frequencies, double theta, double chance_max,
    SearchOptions const& options = {});

} // namespace comity::search::dna
