#include "identification/run_draft.h"

#include "identification/result.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace comity::identification {
namespace {

using message::ProfileKind;

constexpr std::pair<ProfileKind, dna::Category> kinds_of_runs[] = {
    { ProfileKind::stain, dna::Category::unknown_stain },
    { ProfileKind::unidentified_body, dna::Category::unidentified_body },
    { ProfileKind::missing_person, dna::Category::missing_person },
};

/// Those beyond the limit count with the smallest set that is named: chance is then said too high,
/// never too low.
void shorten(dna::LociCounts& loci)
{
    if (loci.size() <= loci_sets_max) return;
    std::uint64_t rest = 0;
    for (auto i = loci_sets_max; i < loci.size(); ++i) rest += loci[i].second;
    loci.resize(loci_sets_max);
    std::ranges::min_element(loci, {}, [](auto const& each) { return std::popcount(each.first); })
        ->second
        += rest;
}

} // namespace

Result<ProfileKind> kind_of(RunDraft const& draft)
{
    auto const word = draft.kind.value_or("");
    auto const kind = json::from_word<ProfileKind>(word);
    if (kind && std::ranges::any_of(kinds_of_runs, [&](auto const& each) {
            return each.first == *kind;
        }))
        return *kind;
    return Error { Error::Kind::malformed,
        fmt::format("'{}' is none of stain, unidentified-body, missing-person", word), "kind" };
}

dna::Category category_of(ProfileKind kind)
{
    auto const* found
        = std::ranges::find(kinds_of_runs, kind, [](auto const& each) { return each.first; });
    MUST(found != std::end(kinds_of_runs));
    return found->second;
}

Result<RunProfiles> profiles_of_run(
    ProfileDatabase& database, dna::Category category, dna::RuleSet const& rules)
{
    TRY(database.follow());
    RunProfiles out;
    std::map<dna::LocusMask, std::uint64_t> counts;
    auto const& table = database.knowledge().table;
    for (auto& each : database.open_profiles(category)) {
        auto const loci = dna::loci_of(each.genotype);
        // The mark of its laboratory is looked at when it is sent.
        dna::Profile const seen { .reference = each.reference,
            .category = category,
            .iso_17025 = true,
            .genotype = std::move(each.genotype) };
        if (dna::refusal_of_exchange(seen, rules, table)) {
            ++out.left_out;
            continue;
        }
        ++counts[loci];
        out.items.push_back(std::move(each.item));
    }
    if (out.items.size() > run_profiles_max)
        return Error { Error::Kind::too_large,
            fmt::format("{} profiles, {} at most in one run", out.items.size(), run_profiles_max),
            "kind" };
    out.loci.assign(counts.begin(), counts.end());
    std::ranges::stable_sort(
        out.loci, std::greater {}, [](auto const& each) { return each.second; });
    shorten(out.loci);
    return out;
}

DnaDraft as_request(RunDraft const& draft)
{
    DnaDraft out;
    out.to = draft.to;
    out.case_number = draft.case_number;
    out.purpose = draft.purpose;
    out.offence = draft.offence;
    out.ground = draft.ground;
    out.form_version = draft.form_version;
    out.costs_accepted = draft.costs_accepted;
    out.erase_by = draft.erase_by;
    out.facts = draft.facts;
    return out;
}

message::DnaRequest as_request(message::DnaRunProposal const& proposal)
{
    return { proposal.case_number, proposal.purpose, proposal.offence, proposal.ground,
        proposal.form_version, {}, {}, false, proposal.costs_accepted };
}

std::vector<std::string> missing_of(RunDraft const& draft, RunProfiles const& profiles)
{
    auto const given = [](auto const& text) { return text && !text->empty(); };
    std::vector<std::string> out;
    if (!given(draft.case_number)) out.emplace_back("caseNumber");
    if (!given(draft.purpose)) out.emplace_back("purpose");
    if (!given(draft.ground)) out.emplace_back("ground");
    if (profiles.items.empty()) out.emplace_back("profiles");
    if (!draft.erase_by) out.emplace_back("eraseBy");
    return out;
}

std::vector<message::LociTyped> loci_typed(
    dna::LociCounts const& loci, dna::LocusTable const& table)
{
    std::vector<message::LociTyped> out;
    for (auto const& [mask, count] : loci) {
        message::LociTyped each { {}, static_cast<std::int64_t>(count) };
        for (std::size_t i = 0; i < table.loci().size(); ++i)
            if ((mask & dna::bit_of(static_cast<dna::LocusNumber>(i))) != 0)
                each.names.push_back(table.loci()[i].name);
        out.push_back(std::move(each));
    }
    return out;
}

Result<dna::LociCounts> loci_counts(
    std::span<message::LociTyped const> typed, dna::LocusTable const& table)
{
    dna::LociCounts out;
    for (std::size_t i = 0; i < typed.size(); ++i) {
        dna::LocusMask mask = 0;
        for (auto const& name : typed[i].names) {
            auto const locus = table.find(name);
            if (!locus)
                return Error { Error::Kind::malformed,
                    fmt::format("no locus is called {}", name.substr(0, 40)),
                    fmt::format("lociTyped[{}].names", i) };
            mask |= dna::bit_of(*locus);
        }
        out.emplace_back(mask, static_cast<std::uint64_t>(typed[i].profiles));
    }
    return out;
}

message::DnaRunChance chance_as_sent(
    dna::ConnectionChance const& chance, std::uint64_t profiles_searched)
{
    return { static_cast<std::int64_t>(profiles_searched), figure(chance.full), figure(chance.near),
        figure(chance.at_least_one) };
}

std::uint64_t sum_of(dna::LociCounts const& loci)
{
    std::uint64_t out = 0;
    for (auto const& [mask, count] : loci) out += count;
    return out;
}

} // namespace comity::identification
