#pragma once

#include "base/crew.h"
#include "search/dna/index.h"
#include "search/dna/kinship.h"

/// Missing persons: who in an index of bodies or relatives may be kin of one person, and whether
/// asking is worth while.
namespace comity::search::dna {

struct KinHit {
    ProfileNumber number;
    Genotype genotype;
    double log10_ratio;
    unsigned loci; ///< That both have.
};

struct KinQuery {
    Genotype genotype;
    Kinship kinship;
    double log10_ratio_min = 3;
};

struct KinOptions {
    KinSettings settings {};
    Crew* crew = nullptr; ///< Who helps; nobody: the caller's thread alone.
    std::size_t hits_max = 100'000;
    kernel::Kernels kernels = kernel::best();
};

struct KinResult {
    std::vector<KinHit> hits; ///< The highest ratio first.
    std::uint64_t candidates = 0, bytes = 0;
};

/// Everybody whose ratio reaches the least one: sums of rounded-up ratios over bitmaps leave the
/// candidates, kin_log10_ratio() judges them. Errors: too_large over `hits_max`.
Result<KinResult> kin_search(Index const& index, Frequencies::Population const& population,
    KinQuery const& query, KinOptions const& options = {});

/// What a search can be expected to bring, before it is made: drawn relatives of this very person
/// over exactly these loci, theta 0. False ones by the identity that their share is the mean of
/// 1 / ratio over the true ones that are found.
struct KinPower {
    double found; ///< Share of true relatives whose ratio reaches the least one.
    double false_hits; ///< Unrelated ones expected among so many profiles.
};
KinPower kin_power(Frequencies::Population const& population, KinQuery const& query, LocusMask loci,
    std::uint64_t profiles, KinSettings const& settings, std::uint64_t seed = 1);

/// What would help most, the best first: one locus more for both, or one relative more.
struct KinAdvice {
    std::string what; ///< Name of a locus, or of a relative.
    KinPower power;
};
std::vector<KinAdvice> kin_advice(Frequencies::Population const& population,
    LocusTable const& table, KinQuery const& query, LocusMask loci, std::uint64_t profiles,
    KinSettings const& settings, std::uint64_t seed = 1);

} // namespace comity::search::dna
