#include "search/dna/kin_search.h"

#include "search/dna/synthetic.h"

#include <algorithm>
#include <cmath>

namespace comity::search::dna {
namespace {

constexpr int relatives_drawn = 2000;

/// Hands an allele on, with mutation by one repeat.
Allele inherited(Typing const& from, double mutation, Draws& draws)
{
    auto const bits = draws.next();
    auto out = from.alleles[bits & 1U];
    if (draws.unit() >= mutation) return out;
    out.code = static_cast<std::uint16_t>((bits & 2U) != 0 ? out.code + 10 : out.code - 10);
    return out.numeric() ? out : from.alleles[0];
}

Typing typing_of(LocusNumber locus, Allele one, Allele other)
{
    return { locus, 2, { std::min(one, other), std::max(one, other), {}, {} } };
}

/// A relative of one whose typing is known.
Typing relative_of(Typing const& known, Kinship kinship, Synthesis const& synthesis,
    KinSettings const& settings, Draws& draws)
{
    auto const locus = known.locus;
    auto const other = synthesis.allele(locus, draws);
    auto const whole = draws.below(4);
    auto const mutation
        = settings.mutation_at(locus).of_fathers * (kinship == Kinship::parent_child ? 1 : 2);
    if (kinship == Kinship::full_siblings && whole == 0) return known;
    bool const none = kinship == Kinship::full_siblings
        ? whole == 1
        : kinship == Kinship::half_siblings && whole < 2;
    if (none) return typing_of(locus, synthesis.allele(locus, draws), other);
    return typing_of(locus, inherited(known, mutation, draws), other);
}

struct Sums {
    double found = 0, inverse = 0;

    void add(double log10_ratio, double least)
    {
        if (!(log10_ratio >= least)) return;
        ++found;
        inverse += std::pow(10, -log10_ratio);
    }
    KinPower power(double drawn, std::uint64_t profiles) const
    {
        return { found / drawn, inverse / drawn * static_cast<double>(profiles) };
    }
};

/// Without theta: the identity that gives false hits holds for what the relatives are drawn from.
KinSettings independent(KinSettings settings)
{
    settings.theta = 0;
    return settings;
}

/// One parent of a missing child and the other parent, or a second child of the same family.
KinPower with_other_parent(Frequencies::Population const& population, KinQuery const& query,
    LocusMask loci, std::uint64_t profiles, KinSettings const& settings, std::uint64_t seed)
{
    constexpr int drawn = 60;
    Draws draws { seed };
    Synthesis const synthesis { population, loci };
    auto known = only(query.genotype, loci);
    std::erase_if(known, [](Typing const& each) { return !plain(each); });
    Sums sums;
    for (int i = 0; i < drawn; ++i) {
        auto const other = synthesis.person(draws);
        Pedigree const family { { { "father", {}, {}, known }, { "mother", {}, {}, other },
            { "child", 0, 1, {} } } };
        auto const child = synthesis.child(known, other, draws);
        auto const ratio = pedigree_log10_ratio(population, family, 2, child, settings);
        if (ratio.ok()) sums.add(ratio.value(), query.log10_ratio_min);
    }
    return sums.power(drawn, profiles);
}

} // namespace

KinPower kin_power(Frequencies::Population const& population, KinQuery const& query, LocusMask loci,
    std::uint64_t profiles, KinSettings const& settings, std::uint64_t seed)
{
    auto const own = independent(settings);
    loci &= counted_loci(population);
    Synthesis const synthesis { population, loci };
    Draws draws { seed };
    Sums sums;
    for (int i = 0; i < relatives_drawn; ++i) {
        double ratio = 0;
        for (auto const& typing : query.genotype) {
            if ((loci & bit_of(typing.locus)) == 0 || !plain(typing)) continue;
            auto const relative = relative_of(typing, query.kinship, synthesis, own, draws);
            ratio += std::log10(kin_ratio(population, typing, relative, query.kinship, own));
        }
        sums.add(ratio, query.log10_ratio_min);
    }
    return sums.power(relatives_drawn, profiles);
}

std::vector<KinAdvice> kin_advice(Frequencies::Population const& population,
    LocusTable const& table, KinQuery const& query, LocusMask loci, std::uint64_t profiles,
    KinSettings const& settings, std::uint64_t seed)
{
    auto const counted = counted_loci(population);
    std::vector<KinAdvice> out;
    for (std::size_t i = 0; i < table.loci().size(); ++i) {
        auto const locus = static_cast<LocusNumber>(i);
        if ((counted & ~loci & bit_of(locus)) == 0) continue;
        auto more = query;
        Draws draws { seed + i };
        Synthesis const synthesis { population, bit_of(locus) };
        auto const* known = find_typing(query.genotype, locus);
        if (known == nullptr || !plain(*known)) {
            auto typings = only(query.genotype, ~bit_of(locus));
            typings.push_back(synthesis.person(draws).front());
            more.genotype = make_genotype(std::move(typings), table).value();
        }
        out.push_back({ table.loci()[i].name,
            kin_power(population, more, loci | bit_of(locus), profiles, settings, seed) });
    }
    if (query.kinship == Kinship::parent_child)
        out.push_back({ "the other parent",
            with_other_parent(population, query, loci & counted & loci_of(query.genotype), profiles,
                independent(settings), seed) });
    std::ranges::sort(out, [](KinAdvice const& one, KinAdvice const& other) {
        return one.power.found - one.power.false_hits / 1e6
            > other.power.found - other.power.false_hits / 1e6;
    });
    return out;
}

} // namespace comity::search::dna
