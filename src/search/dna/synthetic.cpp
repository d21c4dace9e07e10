#include "search/dna/synthetic.h"

#include <algorithm>

namespace comity::search::dna {
namespace {

Typing pair(LocusNumber locus, Allele one, Allele other)
{
    return { locus, 2, { std::min(one, other), std::max(one, other), {}, {} } };
}

} // namespace

Synthesis::Synthesis(Frequencies::Population const& population, LocusMask loci)
    : loci_(loci & counted_loci(population))
{
    MUST(loci_ == loci);
    for (LocusNumber locus = 0; locus < loci_max; ++locus) {
        if ((loci_ & bit_of(locus)) == 0) continue;
        auto& by_part = by_part_[locus];
        double sum = 0;
        for (auto const& each : population.alleles[locus]) {
            sum += each.count / population.total[locus];
            auto const end = static_cast<std::size_t>(sum * parts + 0.5);
            by_part.resize(std::min(end, parts), each.allele);
        }
        by_part.resize(parts, by_part.back());
    }
}

Allele Synthesis::allele(LocusNumber locus, Draws& draws) const
{
    return by_part_[locus][draws.next() >> 48U];
}

Genotype Synthesis::person(Draws& draws) const
{
    Genotype out;
    for (LocusNumber locus = 0; locus < loci_max; ++locus) {
        if ((loci_ & bit_of(locus)) == 0) continue;
        auto const bits = draws.next();
        auto const& by_part = by_part_[locus];
        out.push_back(pair(locus, by_part[bits >> 48U], by_part[bits >> 32U & 0xffffU]));
    }
    return out;
}

Genotype Synthesis::child(Genotype const& one, Genotype const& other, Draws& draws) const
{
    Genotype out;
    for (auto const& typing : one) {
        auto const* second = find_typing(other, typing.locus);
        if (second == nullptr || typing.count != 2 || second->count != 2) continue;
        auto const bits = draws.next() >> 62U;
        out.push_back(pair(typing.locus, typing.alleles[bits & 1U], second->alleles[bits >> 1U]));
    }
    return out;
}

Genotype with_gaps(Genotype const& genotype, Gaps const& gaps, Draws& draws)
{
    Genotype out;
    for (auto typing : genotype) {
        auto const at = draws.below(1000);
        if (at < gaps.per_mille_missing) continue;
        if (at < gaps.per_mille_missing + gaps.per_mille_wildcard) typing.alleles[1] = wildcard;
        out.push_back(typing);
    }
    return out;
}

Genotype only(Genotype const& genotype, LocusMask kept)
{
    Genotype out;
    for (auto const& typing : genotype)
        if ((kept & bit_of(typing.locus)) != 0) out.push_back(typing);
    return out;
}

} // namespace comity::search::dna
