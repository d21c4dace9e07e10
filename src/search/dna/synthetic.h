#pragma once

#include "search/dna/frequency.h"

/// Profiles of nobody, drawn from counted frequencies: for tests, figures and the demo.
namespace comity::search::dna {

/// A stream of numbers that a seed fixes (xorshift64*, Vigna 2016). Not for secrets.
class Draws {
public:
    explicit Draws(std::uint64_t seed)
        : state_(seed * 0x9e3779b97f4a7c15U + 1)
    {
    }
    std::uint64_t next()
    {
        state_ ^= state_ >> 12U;
        state_ ^= state_ << 25U;
        state_ ^= state_ >> 27U;
        return state_ * 0x2545f4914f6cdd1dU;
    }
    /// 0 to bound - 1.
    std::uint32_t below(std::uint32_t bound)
    {
        return static_cast<std::uint32_t>((next() >> 32U) * bound >> 32U);
    }
    double unit() { return static_cast<double>(next() >> 11U) * 0x1p-53; }

private:
    std::uint64_t state_;
};

/// Draws genotypes of unrelated persons and of their families.
class Synthesis {
public:
    /// `loci` that the population was counted at.
    Synthesis(Frequencies::Population const& population, LocusMask loci);

    Genotype person(Draws& draws) const;
    /// The same alleles at random for each locus, one of each parent.
    Genotype child(Genotype const& one, Genotype const& other, Draws& draws) const;
    Allele allele(LocusNumber locus, Draws& draws) const;

private:
    static constexpr std::size_t parts = 65536;
    LocusMask loci_;
    std::array<std::vector<Allele>, loci_max> by_part_;
};

/// What laboratories leave out: one allele in so many becomes a wildcard, one locus in so many is
/// missing.
struct Gaps {
    std::uint32_t per_mille_wildcard = 0, per_mille_missing = 0;
};
Genotype with_gaps(Genotype const& genotype, Gaps const& gaps, Draws& draws);
/// The loci of `kept` only.
Genotype only(Genotype const& genotype, LocusMask kept);

} // namespace comity::search::dna
