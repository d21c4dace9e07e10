#include "search/dna/search.h"

#include <algorithm>
#include <bit>

namespace comity::search::dna {
namespace {

using kernel::ScanLocus;

WeighedLocus weigh_locus(Index const& index, LocusNumber number, Pair const& pair)
{
    auto const& dictionary = index.dictionary();
    auto const others = dictionary.alleles[number].size();
    auto const a = dictionary.place(number, pair.low);
    auto const of_a = index.density(number, a);
    auto const columns = [&](std::size_t b, ScanLocus::Kind kind) {
        return ScanLocus { static_cast<std::uint16_t>(a), static_cast<std::uint16_t>(b),
            static_cast<std::uint16_t>(others + 2), kind };
    };
    if (pair.high >= rare) return { number, columns(a, ScanLocus::Kind::one), of_a, 1 };
    if (pair.low == pair.high)
        return { number, columns(others + 1, ScanLocus::Kind::same), of_a * of_a, of_a };
    auto const b = dictionary.place(number, pair.high);
    auto const of_b = index.density(number, b);
    return { number, columns(b, ScanLocus::Kind::two), of_a * of_b, of_a + of_b - of_a * of_b };
}

/// How many loci leave less than one profile in five vectors of 512: a vector that is looked at
/// again costs ten times what it costs to read one in turn.
std::uint8_t loci_to_begin_with(std::span<WeighedLocus const* const> loci, unsigned differing_max)
{
    double none = 1;
    double some = 0; // one allele differs
    std::size_t count = 0;
    while (count < loci.size() && 512 * (none + some) > 0.2) {
        auto const& each = *loci[count++];
        some = differing_max == 0 ? 0
                                  : some * each.both + none * std::max(0.0, each.one - each.both);
        none *= each.both;
    }
    return static_cast<std::uint8_t>(count);
}

} // namespace

WeighedQuery weigh(Index const& index, Genotype const& query, RuleSet const& rules, LocusMask loci)
{
    WeighedQuery out { 0, {}, rules.matching_loci_min, rules.differing_alleles_max };
    for (auto const& typing : query) {
        if ((bit_of(typing.locus) & loci) == 0) continue;
        auto const pair = seen_under(rules, typing);
        if (!pair) continue;
        out.seen |= bit_of(typing.locus);
        if (pair->low < rare) out.loci.push_back(weigh_locus(index, typing.locus, *pair));
    }
    std::ranges::sort(
        out.loci, {}, [](WeighedLocus const& each) { return each.both + each.one / 8; });
    return out;
}

std::optional<kernel::ScanPlan> make_plan(WeighedQuery const& query, Layout const& layout)
{
    auto const shared = static_cast<unsigned>(std::popcount(query.seen & layout.loci));
    if (shared < query.matching_loci_min) return std::nullopt;
    std::array<WeighedLocus const*, kernel::scan_loci_max> chosen {};
    std::size_t count = 0;
    for (auto const& each : query.loci)
        if ((layout.loci & bit_of(each.locus)) != 0 && count < chosen.size())
            chosen[count++] = &each;
    kernel::ScanPlan plan;
    plan.loci_count = static_cast<std::uint8_t>(count);
    plan.first = loci_to_begin_with({ chosen.data(), count }, query.differing_max);
    for (std::size_t i = 0; i < count; ++i) {
        auto const first = layout.first[chosen[i]->locus];
        auto columns = chosen[i]->columns;
        for (auto* each : { &columns.a, &columns.b, &columns.gaps })
            *each = static_cast<std::uint16_t>(*each + first);
        plan.loci[i] = columns;
    }
    return plan;
}

} // namespace comity::search::dna
