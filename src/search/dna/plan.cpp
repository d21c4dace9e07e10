#include "search/dna/search.h"

#include <algorithm>
#include <bit>

namespace comity::search::dna {
namespace {

using kernel::ScanLocus;

/// A locus and how many profiles it leaves: with both alleles agreeing, with one at least.
struct Weighed {
    ScanLocus locus;
    double both, one;
};

Weighed weigh(Index const& index, Layout const& layout, LocusNumber number, Pair const& pair)
{
    auto const& dictionary = index.dictionary();
    auto const first = layout.first[number];
    auto const others = dictionary.alleles[number].size();
    auto const column
        = [&](std::size_t place) { return static_cast<std::uint16_t>(first + place); };
    auto const a = dictionary.place(number, pair.low);
    ScanLocus out { column(a), column(a), column(others + 2), ScanLocus::Kind::one };
    auto const of_a = index.density(number, a);
    if (pair.high >= rare) return { out, of_a, 1 };
    if (pair.low == pair.high) {
        out.kind = ScanLocus::Kind::same;
        out.b = column(others + 1);
        return { out, of_a * of_a, of_a };
    }
    auto const b = dictionary.place(number, pair.high);
    auto const of_b = index.density(number, b);
    out.kind = ScanLocus::Kind::two;
    out.b = column(b);
    return { out, of_a * of_b, of_a + of_b - of_a * of_b };
}

/// How many loci leave less than one profile in five vectors of 512: a vector that is looked at
/// again costs ten times what it costs to read one in turn.
std::uint8_t loci_to_begin_with(std::vector<Weighed> const& loci, unsigned differing_max)
{
    double none = 1;
    double some = 0; // one allele differs
    std::size_t count = 0;
    while (count < loci.size() && 512 * (none + some) > 0.2) {
        auto const& each = loci[count++];
        some = differing_max == 0 ? 0
                                  : some * each.both + none * std::max(0.0, each.one - each.both);
        none *= each.both;
    }
    return static_cast<std::uint8_t>(count);
}

} // namespace

std::optional<kernel::ScanPlan> make_plan(Index const& index, Layout const& layout,
    Genotype const& query, RuleSet const& rules, LocusMask loci)
{
    std::vector<Weighed> weighed;
    unsigned shared = 0;
    for (auto const& typing : query) {
        if ((bit_of(typing.locus) & loci & layout.loci) == 0) continue;
        auto const pair = seen_under(rules, typing);
        if (!pair) continue;
        ++shared;
        if (pair->low < rare) weighed.push_back(weigh(index, layout, typing.locus, *pair));
    }
    if (shared < rules.matching_loci_min) return std::nullopt;
    std::ranges::sort(weighed, {}, [](Weighed const& each) { return each.both + each.one / 8; });
    if (weighed.size() > kernel::scan_loci_max) weighed.resize(kernel::scan_loci_max);
    kernel::ScanPlan plan;
    plan.loci_count = static_cast<std::uint8_t>(weighed.size());
    plan.first = loci_to_begin_with(weighed, rules.differing_alleles_max);
    for (std::size_t i = 0; i < weighed.size(); ++i) plan.loci[i] = weighed[i].locus;
    return plan;
}

} // namespace comity::search::dna
