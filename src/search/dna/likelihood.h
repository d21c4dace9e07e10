#pragma once

#include "search/dna/compare.h"
#include "search/dna/frequency.h"

/// What an agreement weighs (Balding and Nichols 1994; NRC II 1996, formulae 4.1 and 4.10).
namespace comity::search::dna {

/// The chance that the next allele drawn in a subpopulation is one of share p, when of n drawn
/// before n_same were the same: (n_same theta + (1 - theta) p) / (1 + (n - 1) theta).
double next_allele(double share, double same, double drawn, double theta);

enum class Formula : std::uint8_t {
    nrc_4_10, ///< Given that one person of the subpopulation has the type.
    nrc_4_1, ///< Homozygotes corrected only: p^2 + p(1-p) theta, 2pq.
};

/// The chances at one locus that somebody unrelated to whom the query came from has: both alleles
/// of the query, at most one that differs. Beside a wildcard any allele does.
struct LocusChance {
    double both, one_differs;
};
LocusChance chance_at(Frequencies::Population const& population, LocusNumber locus,
    Pair const& query, double theta, Formula formula = Formula::nrc_4_10);

/// The chance to agree at a locus, where one of the two may be less known than the other: what is
/// less known is drawn given what is better known. {a,*} against {b,*} says nothing: 1.
double match_probability(Frequencies::Population const& population, LocusFinding const& found,
    double theta, Formula formula = Formula::nrc_4_10);

/// The likelihood ratio of a hit in one population: same source against unrelated. Loci that differ
/// weigh nothing here and are named.
struct Weight {
    std::string population;
    double theta;
    double log10_ratio;
    std::vector<std::pair<LocusNumber, double>> probabilities; ///< At each locus that agrees.
    LocusMask left_out; ///< They differ, or nobody counted them.
};
/// One for each population, the lowest first.
std::vector<Weight> weigh(Comparison const& comparison, Frequencies const& frequencies,
    double theta, Formula formula = Formula::nrc_4_10);

/// The chance that a full sibling of the query's donor agrees at all of these loci.
double sibling_probability(Comparison const& comparison, Frequencies::Population const& population);

} // namespace comity::search::dna
