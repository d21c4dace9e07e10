#include "search/dna/audit.h"

#include "search/dna/kinship.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

namespace comity::search::dna {
namespace {

/// Alleles that two typings have in common: 0 to 2.
unsigned in_common(Typing const& one, Typing const& other)
{
    auto const [a, b] = std::pair { one.alleles[0], one.alleles[1] };
    auto const [c, d] = std::pair { other.alleles[0], other.alleles[1] };
    if (a == c && b == d) return 2;
    return a == c || a == d || b == c || b == d ? 1 : 0;
}

/// The typings of each profile at the loci asked for; of those that have all of them.
std::vector<Genotype> complete(std::span<Genotype const> profiles, LocusMask loci)
{
    std::vector<Genotype> out;
    for (auto const& genotype : profiles) {
        Genotype kept;
        for (auto const& typing : genotype)
            if ((loci & bit_of(typing.locus)) != 0 && plain(typing)) kept.push_back(typing);
        if (std::cmp_equal(kept.size(), std::popcount(loci))) out.push_back(std::move(kept));
    }
    return out;
}

void expect(Audit& out, Index const& index, RuleSet const& rules,
    Frequencies::Population const& population, double theta)
{
    auto const sizes = index.sizes_by_loci();
    auto const loci = compared_loci(rules, index.table()) & counted_loci(population);
    for (std::size_t i = 0; i < sizes.size(); ++i)
        for (std::size_t k = i; k < sizes.size(); ++k) {
            auto const shared = sizes[i].first & sizes[k].first & loci;
            auto const one = static_cast<double>(sizes[i].second);
            auto const other = static_cast<double>(sizes[k].second);
            auto const pairs = i == k ? one * (one - 1) / 2 : one * other;
            out.pairs += pairs;
            auto const count = static_cast<unsigned>(std::popcount(shared));
            if (count < rules.matching_loci_min) continue;
            auto const table = pairs_expected(population, shared, theta);
            out.full_expected += pairs * table[count][0];
            if (count > rules.matching_loci_min && rules.differing_alleles_max > 0)
                out.near_expected += pairs * table[count - 1][1];
        }
}

std::vector<std::pair<ProfileNumber, Genotype>> all_of(Index const& index)
{
    std::vector<std::pair<ProfileNumber, Genotype>> out;
    for (auto const& segment : *index.snapshot())
        for (std::size_t slot = 0; slot < segment->used(); ++slot)
            if (auto const number = segment->number_at(slot); number != 0)
                out.emplace_back(number, segment->read(slot, ~LocusMask { 0 }));
    return out;
}

using Numbered = std::pair<ProfileNumber, Genotype>;

/// The first of those that are left against the whole file; how many. Each finds itself, so that
/// the hits of a whole large file at once would fill the memory.
Result<std::size_t> audit_some(Audit& out, Index const& index, std::span<Numbered const> left,
    std::size_t done, RuleSet const& rules, ConnectionOptions const& options, std::size_t at_once)
{
    auto const some = left.first(std::min(left.size(), at_once));
    std::vector<Genotype> queries;
    for (auto const& [number, genotype] : some) queries.push_back(genotype);
    auto here = options;
    here.hits_max = some.size() + 2 * options.hits_max; // itself, and each pair from either side
    here.progress = [&](ConnectionProgress const& progress) {
        if (options.progress)
            options.progress(
                { done + progress.queries_done, done + left.size(), out.found.size() });
    };
    auto found = TRY(compare_all(index, queries, rules, here));
    if (!found.complete) return Error { Error::Kind::conflict, "the audit was stopped" };
    for (auto& each : found.hits) {
        auto const number = some[each.query].first;
        if (number >= each.hit.number) continue; // itself, or the pair the other way
        bool const near = each.hit.comparison.quality > 2;
        ++(near ? out.near_observed : out.full_observed);
        out.found.push_back({ number, each.hit.number, std::move(each.hit.comparison) });
    }
    if (out.found.size() > options.hits_max)
        return Error { Error::Kind::too_large,
            fmt::format("more than {} pairs of this file agree", options.hits_max) };
    return some.size();
}

} // namespace

Result<PairTable> pair_table(std::span<Genotype const> profiles, LocusMask loci)
{
    if (profiles.size() > pair_table_profiles_max)
        return Error { Error::Kind::too_large,
            fmt::format("{} profiles, the limit of a table of all pairs is {}", profiles.size(),
                pair_table_profiles_max) };
    auto const count = static_cast<std::size_t>(std::popcount(loci));
    PairTable out { std::vector(count + 1, std::vector<std::uint64_t>(count + 1)), 0 };
    auto const all = complete(profiles, loci);
    for (std::size_t i = 0; i < all.size(); ++i)
        for (std::size_t k = i + 1; k < all.size(); ++k) {
            std::size_t shares[3] {};
            for (std::size_t l = 0; l < count; ++l) ++shares[in_common(all[i][l], all[k][l])];
            ++out.pairs[shares[2]][shares[1]];
            ++out.compared;
        }
    return out;
}

Result<Audit> audit(Index const& index, RuleSet const& rules,
    Frequencies::Population const& population, double theta, ConnectionOptions const& options,
    std::size_t at_once)
{
    auto const all = all_of(index);
    Audit out;
    out.profiles = all.size();
    for (std::size_t done = 0; done < all.size();)
        done += TRY(
            audit_some(out, index, std::span { all }.subspan(done), done, rules, options, at_once));
    std::ranges::stable_sort(
        out.found, {}, [](AuditPair const& pair) { return pair.comparison.quality; });
    expect(out, index, rules, population, theta);
    return out;
}

} // namespace comity::search::dna
