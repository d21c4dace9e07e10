#include "search/dna/chance.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <tuple>

namespace comity::search::dna {
namespace {

constexpr double bin = 0.01; ///< Of log10 of the likelihood ratio.
constexpr std::size_t bins_max = 20'000;

struct FullAndNear {
    double full, near;
};

FullAndNear for_population(
    Comparison const& comparison, Frequencies::Population const& population, double theta)
{
    auto const counted = counted_loci(population);
    FullAndNear out { 1, 0 };
    for (auto const& found : comparison.loci) {
        if ((comparison.compared_mask & counted & bit_of(found.locus)) == 0) continue;
        LocusChance chance { 1, 0 };
        if (found.query->low < rare)
            chance = chance_at(population, found.locus, *found.query, theta);
        if (found.agreement == Agreement::by_wildcard)
            chance.both = std::max(chance.both, match_probability(population, found, theta));
        chance.one_differs = std::min(chance.one_differs, 1 - chance.both);
        out.near = out.near * chance.both + out.full * chance.one_differs;
        out.full *= chance.both;
    }
    return out;
}

double power_sum(Frequencies::Population const& population, LocusNumber locus, int power)
{
    double out = 0;
    for (auto const& each : population.alleles[locus])
        out += std::pow(each.count / population.total[locus], power);
    return out;
}

/// Genotypes by what their ratio is: P(both persons have it) in each bin of the ratio.
std::map<std::size_t, double> ratios_at(
    Frequencies::Population const& population, LocusNumber locus, double theta)
{
    std::map<std::size_t, double> out;
    auto const& alleles = population.alleles[locus];
    for (std::size_t i = 0; i < alleles.size(); ++i)
        for (std::size_t k = i; k < alleles.size(); ++k) {
            auto const p = alleles[i].count / population.total[locus];
            auto const q = alleles[k].count / population.total[locus];
            auto const first
                = i == k ? p * next_allele(p, 1, 1, theta) : 2 * p * next_allele(q, 0, 1, theta);
            Pair const pair { alleles[i].allele, alleles[k].allele };
            auto const again = chance_at(population, locus, pair, theta).both;
            auto const ratio = std::max(0.0, -std::log10(again));
            out[static_cast<std::size_t>(ratio / bin + 0.5)] += first * again;
        }
    return out;
}

std::vector<double> convolved(
    std::vector<double> const& left, std::map<std::size_t, double> const& right)
{
    std::vector<double> out(std::min(bins_max, left.size() + right.rbegin()->first));
    for (auto const& [shift, share] : right)
        for (std::size_t i = 0; i < left.size(); ++i)
            out[std::min(i + shift, out.size() - 1)] += left[i] * share;
    return out;
}

} // namespace

ChanceHits expected_by_chance(Comparison const& comparison, RuleSet const& rules,
    Frequencies const& frequencies, double theta, std::uint64_t profiles)
{
    ChanceHits out { 0, 0, 0, 0, comparison.matching <= rules.matching_loci_min };
    auto const all = static_cast<double>(profiles);
    for (auto const& population : frequencies.populations()) {
        auto const found = for_population(comparison, population, theta);
        out.full = std::max(out.full, all * found.full);
        out.near = std::max(out.near, all * found.near);
    }
    out.of_this_kind = comparison.quality > 2 ? out.full + out.near : out.full;
    out.at_least_one = -std::expm1(-out.of_this_kind);
    return out;
}

LocusMatch locus_match(Frequencies::Population const& population, LocusNumber locus, double theta)
{
    auto const s2 = power_sum(population, locus, 2);
    auto const s3 = power_sum(population, locus, 3);
    auto const s4 = power_sum(population, locus, 4);
    auto const t = theta;
    auto const u = 1 - theta;
    auto const all = (1 + t) * (1 + 2 * t);
    auto const two = 6 * t * t * t + t * t * u * (2 + 9 * s2) + 2 * t * u * u * (2 * s2 + s3)
        + u * u * u * (2 * s2 * s2 - s4);
    auto const one = 8 * t * t * u * (1 - s2) + 4 * t * u * u * (1 - s3)
        + 4 * u * u * u * (s2 - s3 - s2 * s2 + s4);
    return { two / all, one / all, 1 - (two + one) / all };
}

std::vector<std::vector<double>> pairs_expected(
    Frequencies::Population const& population, LocusMask loci, double theta)
{
    auto const count = static_cast<std::size_t>(std::popcount(loci));
    std::vector<std::vector<double>> out(count + 1, std::vector<double>(count + 1));
    out[0][0] = 1;
    for (LocusNumber locus = 0; locus < loci_max; ++locus) {
        if ((loci & bit_of(locus)) == 0) continue;
        auto const match = locus_match(population, locus, theta);
        for (auto m = count + 1; m-- > 0;)
            for (auto p = count + 1 - m; p-- > 0;) {
                auto sum = out[m][p] * match.none;
                if (m > 0) sum += out[m - 1][p] * match.two;
                if (p > 0) sum += out[m][p - 1] * match.one;
                out[m][p] = sum;
            }
    }
    return out;
}

Retyping retyping(Comparison const& comparison, LocusMask query, LocusMask candidate,
    double expected_now, Frequencies const& frequencies, LocusTable const& table, double theta,
    double bound)
{
    struct Choice {
        int lacking;
        double match;
        LocusNumber locus;
    };
    std::vector<Choice> choices;
    for (std::size_t i = 0; i < table.loci().size(); ++i) {
        auto const locus = static_cast<LocusNumber>(i);
        double highest = 0;
        for (auto const& population : frequencies.populations())
            if (population.total[locus] > 0)
                highest = std::max(highest, locus_match(population, locus, theta).two);
        if (highest == 0 || (comparison.compared_mask & bit_of(locus)) != 0) continue;
        auto const lacking
            = std::popcount(bit_of(locus) & ~query) + std::popcount(bit_of(locus) & ~candidate);
        choices.push_back({ lacking, highest, locus });
    }
    std::ranges::sort(
        choices, {}, [](Choice const& c) { return std::tuple { c.lacking, c.match }; });
    Retyping out { {}, {}, false };
    LocusMask asked = 0;
    for (auto const& choice : choices) {
        if (expected_now < bound) break;
        expected_now *= choice.match;
        asked |= bit_of(choice.locus);
        out.steps.push_back({ choice.locus, (query & bit_of(choice.locus)) != 0,
            (candidate & bit_of(choice.locus)) != 0, expected_now });
    }
    out.enough = expected_now < bound;
    for (auto const& kit : table.kits())
        if (asked != 0 && (asked & ~kit.loci) == 0) out.kits.push_back(kit.name);
    return out;
}

double dynamic_threshold(Frequencies::Population const& population, LocusMask loci, double theta,
    std::uint64_t profiles, double chance_max)
{
    std::vector<double> shares { 1 };
    for (LocusNumber locus = 0; locus < loci_max; ++locus)
        if ((loci & counted_loci(population) & bit_of(locus)) != 0)
            shares = convolved(shares, ratios_at(population, locus, theta));
    double above = 0;
    auto at = shares.size();
    while (at > 0 && (above + shares[at - 1]) * static_cast<double>(profiles) <= chance_max)
        above += shares[--at];
    return static_cast<double>(at) * bin;
}

Result<std::vector<DynamicHit>> dynamic_search(Index const& index, Genotype const& query,
    RuleSet const& rules, Frequencies const& frequencies, double theta, double chance_max,
    SearchOptions const& options)
{
    auto wide = rules;
    wide.matching_loci_min = std::min(4U, rules.matching_loci_min);
    wide.differing_alleles_max = 0;
    std::map<LocusMask, double> thresholds;
    std::vector<DynamicHit> out;
    for (auto& hit : TRY(search(index, query, wide, options)).hits) {
        auto const lowest = weigh(hit.comparison, frequencies, theta).front();
        auto const mask = hit.comparison.compared_mask;
        if (!thresholds.contains(mask))
            for (auto const& population : frequencies.populations())
                thresholds[mask] = std::max(thresholds[mask],
                    dynamic_threshold(population, mask, theta, index.size(), chance_max));
        if (lowest.log10_ratio >= thresholds[mask])
            out.push_back({ std::move(hit), lowest.log10_ratio, thresholds[mask] });
    }
    std::ranges::sort(out, std::greater {}, &DynamicHit::log10_ratio);
    return out;
}

} // namespace comity::search::dna
