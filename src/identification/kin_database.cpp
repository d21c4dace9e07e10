#include "identification/profile_database.h"

#include <algorithm>

/// The part of the files that concerns missing persons and their relatives, and the audit of a file
/// against chance.
namespace comity::identification {

using dna::Category;

dna::Frequencies::Population const& ProfileDatabase::population() const
{
    auto const* named = knowledge_.frequencies.find(settings_.population);
    return named != nullptr ? *named : knowledge_.frequencies.populations().front();
}

dna::KinSettings ProfileDatabase::kin_settings() const
{
    dna::KinSettings out;
    out.theta = settings_.theta;
    out.rates = &knowledge_.mutation;
    return out;
}

Result<SearchedKin> ProfileDatabase::search_kin(
    dna::FamilyQuestion const& question, dna::FamilyOptions const& options)
{
    TRY(follow());
    SearchedKin out;
    dna::SizesByLoci sizes;
    std::shared_lock const hold { shelves_mutex_ };
    for (auto const category : { Category::unidentified_body, Category::missing_person }) {
        MUST(!dna::refusal_of_comparison(Category::relative, category));
        auto const& from = shelf(File::national, category);
        out.profiles += from.index->size();
        std::ranges::copy(from.index->sizes_by_loci(), std::back_inserter(sizes));
        auto const hits
            = TRY(dna::family_search(*from.index, knowledge_.frequencies, question, options));
        for (auto const& hit : hits)
            if (auto const row = from.rows.find(hit.number); row != from.rows.end())
                out.found.push_back({ row->second.reference, category, hit });
    }
    std::ranges::stable_sort(out.found, [](FoundKin const& one, FoundKin const& other) {
        return one.hit.log10_ratios.front().second > other.hit.log10_ratios.front().second;
    });
    out.power = TRY(dna::family_power(population(), question, sizes, options));
    return out;
}

Result<SearchedKin> ProfileDatabase::search_kin_in(dna::Profile const& candidate,
    dna::FamilyQuestion const& question, dna::FamilyOptions const& options)
{
    TRY(follow());
    MUST(!dna::refusal_of_comparison(Category::relative, candidate.category));
    auto const alone = dna::Index::in_memory(
        dna::common_alleles(knowledge_.frequencies, knowledge_.table), knowledge_.table);
    TRY(alone->insert({ &candidate.genotype, 1 }));
    SearchedKin out;
    for (auto const& hit :
        TRY(dna::family_search(*alone, knowledge_.frequencies, question, options)))
        out.found.push_back({ candidate.reference, candidate.category, hit });
    if (out.found.empty()) return out;
    dna::SizesByLoci sizes;
    std::shared_lock const hold { shelves_mutex_ };
    for (auto const category : { Category::unidentified_body, Category::missing_person }) {
        auto const& from = shelf(File::national, category);
        out.profiles += from.index->size();
        std::ranges::copy(from.index->sizes_by_loci(), std::back_inserter(sizes));
    }
    out.power = TRY(dna::family_power(population(), question, sizes, options));
    return out;
}

std::optional<KnownRelative> ProfileDatabase::relative(std::string_view reference) const
{
    std::shared_lock const hold { shelves_mutex_ };
    auto const found = relatives_.find(reference);
    return found == relatives_.end() ? std::nullopt : std::optional { found->second };
}

std::vector<KnownRelative> ProfileDatabase::relatives() const
{
    std::shared_lock const hold { shelves_mutex_ };
    std::vector<KnownRelative> out;
    for (auto const& [reference, each] : relatives_) out.push_back(each);
    return out;
}

Result<dna::Audit> ProfileDatabase::audit(
    Category category, dna::RuleSet const& rules, dna::ConnectionOptions const& options)
{
    TRY(follow());
    // The index may be searched while it changes; only its rows wait for the lock.
    auto const& from = shelf(File::national, category);
    return dna::audit(*from.index, rules, population(), settings_.theta, options);
}

std::string ProfileDatabase::reference_of(
    File file, Category category, dna::ProfileNumber number) const
{
    std::shared_lock const hold { shelves_mutex_ };
    auto const& rows = shelf(file, category).rows;
    auto const found = rows.find(number);
    return found == rows.end() ? std::string {} : found->second.reference;
}

} // namespace comity::identification
