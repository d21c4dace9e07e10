#include "search/dna/likelihood.h"

#include <algorithm>
#include <cmath>

namespace comity::search::dna {
namespace {

bool agrees(LocusFinding const& found)
{
    return found.agreement == Agreement::equal || found.agreement == Agreement::by_wildcard;
}

bool open_ended(Pair const& pair)
{
    return pair.high >= rare;
}

/// Two alleles of which at least one is a: x (2 - y), given n drawn before, n_same of them a. At
/// theta 0 this is p (2 - p).
double one_known(double share, double same, double drawn, double theta)
{
    auto const first = next_allele(share, same, drawn, theta);
    auto const second = next_allele(share, same + 1, drawn + 1, theta);
    return first * (2 - second);
}

double both_of(double low, double high, bool same, double theta, Formula formula)
{
    if (formula == Formula::nrc_4_1)
        return same ? low * low + low * (1 - low) * theta : 2 * low * high;
    if (same) return next_allele(low, 2, 2, theta) * next_allele(low, 3, 3, theta);
    return 2 * next_allele(low, 1, 2, theta) * next_allele(high, 1, 3, theta);
}

/// Neither allele among two drawn after the query's two.
double neither_of(double low, double high, bool same, double theta)
{
    auto const out = [&](double drawn) {
        auto const of_low = next_allele(low, same ? 2 : 1, drawn, theta);
        return 1 - of_low - (same ? 0 : next_allele(high, 1, drawn, theta));
    };
    return std::max(0.0, out(2)) * std::max(0.0, out(3));
}

} // namespace

double next_allele(double share, double same, double drawn, double theta)
{
    return (same * theta + (1 - theta) * share) / (1 + (drawn - 1) * theta);
}

LocusChance chance_at(Frequencies::Population const& population, LocusNumber locus,
    Pair const& query, double theta, Formula formula)
{
    auto const low = frequency(population, locus, query.low);
    if (open_ended(query)) return { one_known(low, 1, 1, theta), 1 };
    bool const same = query.low == query.high;
    auto const high = frequency(population, locus, query.high);
    auto const both = both_of(low, high, same, theta, formula);
    return { both, std::max(both, 1 - neither_of(low, high, same, theta)) - both };
}

double match_probability(Frequencies::Population const& population, LocusFinding const& found,
    double theta, Formula formula)
{
    auto const& query = *found.query;
    auto const& candidate = *found.candidate;
    if (!open_ended(query) && !open_ended(candidate))
        return chance_at(population, found.locus, query, theta, formula).both;
    auto const& open = open_ended(query) ? query : candidate;
    auto const& other = open_ended(query) ? candidate : query;
    if (open_ended(other) && open.low != other.low) return 1;
    auto const share = frequency(population, found.locus, open.low);
    if (formula == Formula::nrc_4_1) return one_known(share, 0, 1, 0);
    if (open_ended(other)) return one_known(share, 1, 1, theta);
    auto const same = (other.low == open.low ? 1.0 : 0.0) + (other.high == open.low ? 1.0 : 0.0);
    return one_known(share, same, 2, theta);
}

std::vector<Weight> weigh(
    Comparison const& comparison, Frequencies const& frequencies, double theta, Formula formula)
{
    std::vector<Weight> out;
    for (auto const& population : frequencies.populations()) {
        auto const counted = counted_loci(population);
        Weight weight { population.name, theta, 0, {}, 0 };
        for (auto const& found : comparison.loci) {
            if ((comparison.compared_mask & bit_of(found.locus)) == 0) continue;
            if (!agrees(found) || (counted & bit_of(found.locus)) == 0) {
                weight.left_out |= bit_of(found.locus);
                continue;
            }
            auto const probability = match_probability(population, found, theta, formula);
            weight.probabilities.emplace_back(found.locus, probability);
            weight.log10_ratio -= std::log10(probability);
        }
        out.push_back(std::move(weight));
    }
    std::ranges::sort(out, {}, &Weight::log10_ratio);
    return out;
}

double sibling_probability(Comparison const& comparison, Frequencies::Population const& population)
{
    auto const counted = counted_loci(population);
    double out = 1;
    for (auto const& found : comparison.loci) {
        bool const known = (comparison.compared_mask & counted & bit_of(found.locus)) != 0;
        if (!known || !agrees(found) || open_ended(*found.query)) continue;
        auto const p = frequency(population, found.locus, found.query->low);
        auto const q = frequency(population, found.locus, found.query->high);
        bool const same = found.query->low == found.query->high;
        out *= same ? (1 + 2 * p + p * p) / 4 : (1 + p + q + 2 * p * q) / 4;
    }
    return out;
}

} // namespace comity::search::dna
