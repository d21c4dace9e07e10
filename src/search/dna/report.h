#pragma once

#include "search/dna/audit.h"
#include "search/dna/kin_search.h"

/// What an expert reads: plain text, every figure with what it rests on.
namespace comity::search::dna {

/// The table of loci: both pairs, what they say, whether they count.
std::string print(Comparison const& comparison, LocusTable const& table);

/// All that stands beside a hit: quality, loci, likelihood ratios of every population (the lowest
/// first), chance hits, the warning at the legal minimum, the advice on further loci.
struct HitReport {
    Comparison comparison;
    LocusMask query, candidate;
    double theta;
    std::uint64_t profiles;
};
std::string print(HitReport const& hit, RuleSet const& rules, Frequencies const& frequencies,
    LocusTable const& table);

std::string print(KinPower const& power, std::uint64_t profiles);
std::string print(Audit const& audit);

} // namespace comity::search::dna
