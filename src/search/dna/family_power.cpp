#include "search/dna/family.h"
#include "search/dna/synthetic.h"

#include <algorithm>
#include <cmath>

namespace comity::search::dna {
namespace {

constexpr int missing_drawn = 4000;
constexpr int families_drawn = 150;

/// Log10 of the ratio with theta, by which a candidate is judged, and without, by which he is
/// drawn.
struct Weighed {
    double judged, drawn;
};

struct Sums {
    double found = 0, inverse = 0;

    void add(Weighed const& ratio, double least)
    {
        if (!(ratio.judged >= least)) return;
        ++found;
        inverse += std::pow(10, -ratio.drawn);
    }
};

KinSettings independent(KinSettings settings)
{
    settings.theta = 0;
    return settings;
}

/// What the missing person may have at one locus, each with its chance given his relatives.
class Possible {
public:
    Result<void> fill(Frequencies::Population const& population, LocusNumber locus,
        FamilyRatios& judged, FamilyRatios& drawn)
    {
        auto const& counted = population.alleles[locus];
        double sum = 0;
        for (std::size_t i = 0; i < counted.size(); ++i)
            for (std::size_t k = i; k < counted.size(); ++k) {
                Typing const typing { locus, 2, { counted[i].allele, counted[k].allele, {}, {} } };
                auto const ratio = TRY(drawn.at(typing));
                if (!ratio || std::isinf(*ratio)) continue;
                auto const alone = frequency(population, locus, counted[i].allele)
                    * frequency(population, locus, counted[k].allele) * (i == k ? 1 : 2);
                sum += std::pow(10, *ratio) * alone;
                up_to_.push_back(sum);
                auto const with_theta = TRY(judged.at(typing)).value_or(0);
                ratios_.push_back({ with_theta, *ratio });
            }
        return {};
    }
    bool empty() const { return ratios_.empty(); }
    Weighed draw(Draws& draws) const
    {
        auto const at = std::ranges::lower_bound(up_to_, draws.unit() * up_to_.back());
        return ratios_[static_cast<std::size_t>(at - up_to_.begin())];
    }

private:
    std::vector<double> up_to_;
    std::vector<Weighed> ratios_;
};

/// One family drawn from its founders downwards, at one locus.
std::vector<Typing> family_at(
    Pedigree const& pedigree, LocusNumber locus, Synthesis const& synthesis, Draws& draws)
{
    std::vector<Typing> out;
    for (auto const& member : pedigree.members) {
        auto const from = [&](std::optional<std::size_t> parent) {
            return parent ? out[*parent].alleles[draws.below(2)] : synthesis.allele(locus, draws);
        };
        auto const one = from(member.father);
        auto const other = from(member.mother);
        out.push_back({ locus, 2, { std::min(one, other), std::max(one, other), {}, {} } });
    }
    return out;
}

/// The log10 ratios of the true missing one at one locus, one for each drawn family.
Result<std::vector<double>> drawn_ratios_at(Frequencies::Population const& population,
    FamilyShape const& shape, LocusNumber locus, KinSettings const& settings, std::uint64_t seed)
{
    Draws draws { seed + locus };
    Synthesis const synthesis { population, bit_of(locus) };
    std::vector<double> out;
    auto family = shape.question.pedigree;
    for (int i = 0; i < families_drawn; ++i) {
        auto const typings = family_at(family, locus, synthesis, draws);
        for (std::size_t m = 0; m < typings.size(); ++m)
            family.members[m].genotype = shape.typed[m] ? Genotype { typings[m] } : Genotype {};
        out.push_back(TRY(pedigree_log10_ratio_at(population, family, shape.question.missing,
                              typings[shape.question.missing], settings))
                .value_or(0));
    }
    return out;
}

std::vector<double> sum_of(std::vector<double> one, std::vector<double> const& other)
{
    for (std::size_t i = 0; i < one.size(); ++i) one[i] += other[i];
    return one;
}

KinPower power_of(std::vector<double> const& ratios, double least, std::uint64_t profiles)
{
    Sums sums;
    for (auto const ratio : ratios) sums.add({ ratio, ratio }, least);
    auto const drawn = static_cast<double>(ratios.size());
    return { sums.found / drawn, sums.inverse / drawn * static_cast<double>(profiles) };
}

Result<std::vector<double>> drawn_ratios(Frequencies::Population const& population,
    FamilyShape const& shape, LocusMask loci, KinSettings const& settings, std::uint64_t seed)
{
    std::vector<double> out(families_drawn);
    for (LocusNumber locus = 0; locus < loci_max; ++locus)
        if ((loci & counted_loci(population) & bit_of(locus)) != 0)
            out = sum_of(
                std::move(out), TRY(drawn_ratios_at(population, shape, locus, settings, seed)));
    return out;
}

} // namespace

Result<KinPower> family_power(Frequencies::Population const& population,
    FamilyQuestion const& question, SizesByLoci const& sizes, FamilyOptions const& options,
    std::uint64_t seed)
{
    TRY(question.check());
    FamilyRatios judged { population, question, options.settings };
    FamilyRatios drawn { population, question, independent(options.settings) };
    std::array<Possible, loci_max> possible;
    LocusMask wanted = 0;
    for (auto const& [loci, profiles] : sizes) wanted |= loci;
    wanted &= question.loci() & counted_loci(population);
    for (LocusNumber locus = 0; locus < loci_max; ++locus)
        if ((wanted & bit_of(locus)) != 0)
            TRY(possible[locus].fill(population, locus, judged, drawn));
    KinPower out { 0, 0 };
    std::uint64_t most = 0;
    for (auto const& [loci, profiles] : sizes) {
        Draws draws { seed };
        Sums sums;
        for (int i = 0; i < missing_drawn; ++i) {
            Weighed all { 0, 0 };
            for (LocusNumber locus = 0; locus < loci_max; ++locus) {
                if ((loci & bit_of(locus)) == 0 || possible[locus].empty()) continue;
                auto const one = possible[locus].draw(draws);
                all = { all.judged + one.judged, all.drawn + one.drawn };
            }
            sums.add(all, options.log10_ratio_min);
        }
        out.false_hits += sums.inverse / missing_drawn * static_cast<double>(profiles);
        if (profiles < most) continue;
        most = profiles;
        out.found = sums.found / missing_drawn;
    }
    return out;
}

Result<KinPower> shape_power(Frequencies::Population const& population, FamilyShape const& shape,
    LocusMask loci, std::uint64_t profiles, FamilyOptions const& options, std::uint64_t seed)
{
    auto const ratios
        = TRY(drawn_ratios(population, shape, loci, independent(options.settings), seed));
    return power_of(ratios, options.log10_ratio_min, profiles);
}

Result<std::vector<FamilyAdvice>> family_advice(Frequencies::Population const& population,
    LocusTable const& table, FamilyShape const& now,
    std::span<std::pair<std::string, FamilyShape> const> further, LocusMask loci,
    std::uint64_t profiles, FamilyOptions const& options, std::uint64_t seed)
{
    auto const settings = independent(options.settings);
    auto const least = options.log10_ratio_min;
    auto const base = TRY(drawn_ratios(population, now, loci, settings, seed));
    std::vector<FamilyAdvice> out;
    for (LocusNumber locus = 0; locus < table.loci().size(); ++locus) {
        if ((counted_loci(population) & ~loci & bit_of(locus)) == 0) continue;
        auto const more
            = sum_of(base, TRY(drawn_ratios_at(population, now, locus, settings, seed)));
        out.push_back({ table.loci()[locus].name, true, power_of(more, least, profiles) });
    }
    for (auto const& [name, shape] : further) {
        auto const power = TRY(shape_power(population, shape, loci, profiles, options, seed));
        out.push_back({ name, false, power });
    }
    std::ranges::stable_sort(out, [](FamilyAdvice const& one, FamilyAdvice const& other) {
        auto const& [left, right] = std::pair { one.power, other.power };
        return std::tuple { right.found, left.false_hits }
        < std::tuple { left.found, right.false_hits };
    });
    return out;
}

} // namespace comity::search::dna
