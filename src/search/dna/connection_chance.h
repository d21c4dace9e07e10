#pragma once

#include "search/dna/chance.h"

/// How many hits chance alone gives when every profile of one file is compared with every profile
/// of another.
namespace comity::search::dna {

/// How many profiles are typed at exactly which loci.
using LociCounts = std::vector<std::pair<LocusMask, std::uint64_t>>;

struct ConnectionChance {
    double pairs = 0; ///< Compared: those that share enough loci for a hit.
    double full = 0; ///< Expected hits in which nothing differs.
    double near = 0; ///< Expected hits in which one allele differs.
    double at_least_one = 0; ///< Probability.
};
/// The highest of all populations, of unrelated persons (Weir 2004). `theta` as in chance.h.
ConnectionChance expected_of_connection(LociCounts const& queries, LociCounts const& file,
    RuleSet const& rules, LocusTable const& table, Frequencies const& frequencies, double theta);

} // namespace comity::search::dna
