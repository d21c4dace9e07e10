#include "search/dna/connection_chance.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <unordered_map>

namespace comity::search::dna {
namespace {

/// Pairs of profiles by the loci that both are typed at.
using Pairs = std::unordered_map<LocusMask, double>;

Pairs shared(LociCounts const& queries, LociCounts const& file, LocusMask compared)
{
    Pairs out;
    for (auto const& [one, ones] : queries)
        for (auto const& [other, others] : file)
            out[one & other & compared] += static_cast<double>(ones) * static_cast<double>(others);
    return out;
}

ConnectionChance in_population(Pairs const& pairs, RuleSet const& rules,
    Frequencies::Population const& population, double theta)
{
    ConnectionChance out;
    for (auto const& [loci, count] : pairs) {
        auto const typed = static_cast<unsigned>(std::popcount(loci));
        if (typed < rules.matching_loci_min) continue;
        out.pairs += count;
        auto const counted = loci & counted_loci(population); // one not counted weighs nothing
        auto const table = pairs_expected(population, counted, theta);
        auto const all = static_cast<std::size_t>(std::popcount(counted));
        out.full += count * table[all][0];
        bool const may_differ = rules.differing_alleles_max > 0 && all > 0;
        if (typed > rules.matching_loci_min && may_differ) out.near += count * table[all - 1][1];
    }
    return out;
}

} // namespace

ConnectionChance expected_of_connection(LociCounts const& queries, LociCounts const& file,
    RuleSet const& rules, LocusTable const& table, Frequencies const& frequencies, double theta)
{
    auto const pairs = shared(queries, file, compared_loci(rules, table));
    ConnectionChance out;
    for (auto const& population : frequencies.populations()) {
        auto const found = in_population(pairs, rules, population, theta);
        out.pairs = found.pairs;
        out.full = std::max(out.full, found.full);
        out.near = std::max(out.near, found.near);
    }
    out.at_least_one = -std::expm1(-(out.full + out.near));
    return out;
}

} // namespace comity::search::dna
