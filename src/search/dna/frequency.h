#pragma once

#include "search/dna/segment.h"

namespace comity::search::dna {

/// Alleles counted in populations: data/dna/frequencies.tsv.
class Frequencies {
public:
    struct Counted {
        Allele allele;
        double count;
    };
    struct Population {
        std::string name;
        std::array<std::vector<Counted>, loci_max> alleles; ///< Ascending.
        std::array<double, loci_max> total {};
    };

    /// Errors: malformed, naming file and line.
    static Result<Frequencies> read(std::string_view tsv, LocusTable const& table);

    std::vector<Population> const& populations() const { return populations_; }
    Population const* find(std::string_view name) const;

private:
    std::vector<Population> populations_;
};

/// Counted this many times at least: 5/(2N) in the second report of the National Research Council
/// of the USA (NRC II, 1996) on an allele too rare to be estimated.
constexpr double count_min = 5;

/// The loci that a population was counted at.
LocusMask counted_loci(Frequencies::Population const& population);
/// Share of an allele, never under count_min / counted ones. Needs a counted locus.
double frequency(Frequencies::Population const& population, LocusNumber locus, Allele allele);
/// The smallest share that frequency() gives.
double frequency_min(Frequencies::Population const& population, LocusNumber locus);

/// Alleles with a bitmap of their own: at least `share_min` in one population; X and Y.
Dictionary common_alleles(
    Frequencies const& frequencies, LocusTable const& table, double share_min = 0.005);

} // namespace comity::search::dna
