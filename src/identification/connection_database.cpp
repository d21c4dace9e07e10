#include "identification/profile_database.h"

#include <algorithm>
#include <thread>

/// The part of the files that a first connection of two Parties needs.
namespace comity::identification {

using dna::Category;

namespace {

/// Over so many pairs a second thread is worth its start.
constexpr std::uint64_t pairs_for_threads = 50'000'000;

} // namespace

std::vector<OpenProfile> ProfileDatabase::open_profiles(Category category) const
{
    std::vector<OpenProfile> out;
    std::shared_lock const hold { shelves_mutex_ };
    auto const& from = shelf(File::national, category);
    out.reserve(from.rows.size());
    for (auto const& [number, row] : from.rows)
        if (auto genotype = from.index->read(number))
            out.push_back({ row.item, row.reference, std::move(*genotype) });
    std::ranges::sort(out, {}, &OpenProfile::item);
    return out;
}

dna::LociCounts ProfileDatabase::compared_with(Category query) const
{
    dna::LociCounts out;
    for (std::size_t i = 0; i < categories; ++i) {
        auto const category = static_cast<Category>(i);
        if (!dna::refusal_of_comparison(query, category))
            std::ranges::copy(
                shelf(File::national, category).index->sizes_by_loci(), std::back_inserter(out));
    }
    return out;
}

Result<SearchedAll> ProfileDatabase::search_all(
    std::span<dna::Profile const> queries, dna::RuleSet const& rules)
{
    TRY(follow());
    SearchedAll out;
    std::vector<dna::Genotype> genotypes;
    for (auto const& each : queries) genotypes.push_back(each.genotype);
    auto const profiles = queries.empty() ? dna::LociCounts {} : compared_with(queries[0].category);
    for (auto const& [loci, count] : profiles) out.profiles += count;
    dna::ConnectionOptions options;
    if (out.profiles * queries.size() > pairs_for_threads) options.search.crew = &crew_;
    for (std::size_t i = 0; i < categories && !queries.empty(); ++i) {
        auto const category = static_cast<Category>(i);
        if (dna::refusal_of_comparison(queries[0].category, category)) continue;
        auto const& from = shelf(File::national, category);
        // Without the lock: an index bears changes while it is searched.
        auto const found = TRY(dna::compare_all(*from.index, genotypes, rules, options));
        std::shared_lock const hold { shelves_mutex_ };
        for (auto const& each : found.hits)
            if (auto const row = from.rows.find(each.hit.number); row != from.rows.end())
                out.found.push_back(
                    { each.query, judged(row->second, each.hit, rules, out.profiles) });
    }
    std::ranges::stable_sort(out.found, [](FoundFor const& a, FoundFor const& b) {
        auto const& left = a.found.comparison;
        auto const& right = b.found.comparison;
        return std::tuple { left.quality, right.matching }
        < std::tuple { right.quality, left.matching };
    });
    return out;
}

} // namespace comity::identification
