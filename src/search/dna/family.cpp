#include "search/dna/family.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace comity::search::dna {
namespace {

std::uint32_t key_of(Typing const& typing)
{
    constexpr unsigned bits = 16;
    return static_cast<std::uint32_t>(typing.alleles[0].code) << bits | typing.alleles[1].code;
}

/// Whether each typing can be without any mutation.
class WithoutMutation {
public:
    WithoutMutation(Frequencies::Population const& population, FamilyQuestion const& question)
        : ratios_(population, question, { 0, 0, 0 })
    {
    }
    Result<Inheritance> of(Typing const& typing)
    {
        auto const ratio = TRY(ratios_.at(typing));
        if (!ratio) return Inheritance::not_compared;
        return std::isinf(*ratio) ? Inheritance::only_with_mutation : Inheritance::without_mutation;
    }

private:
    FamilyRatios ratios_;
};

class FamilyRun {
public:
    FamilyRun(Frequencies const& frequencies, FamilyQuestion const& question,
        FamilyOptions const& options)
        : options_(options)
        , plain_(frequencies.populations().front(), question)
    {
        for (auto const& population : frequencies.populations())
            ratios_.emplace_back(population, question, options.settings);
    }

    /// Nothing where one population leaves him under the least ratio.
    Result<std::optional<FamilyHit>> judge(ProfileNumber number, Genotype const& candidate)
    {
        FamilyHit out { number, 0, {}, {} };
        for (auto& each : ratios_) {
            auto const ratio = TRY(each.of(candidate));
            if (!(ratio >= options_.log10_ratio_min)) return std::optional<FamilyHit> {};
            out.log10_ratios.emplace_back(each.population().name, ratio);
        }
        std::ranges::sort(out.log10_ratios, {}, &std::pair<std::string, double>::second);
        for (auto const& typing : candidate) {
            auto const found = TRY(plain_.of(typing));
            out.loci += found == Inheritance::not_compared ? 0 : 1;
            out.inheritance.emplace_back(typing.locus, found);
        }
        return std::optional { std::move(out) };
    }

private:
    FamilyOptions options_;
    std::vector<FamilyRatios> ratios_;
    WithoutMutation plain_;
};

} // namespace

Result<void> FamilyQuestion::check() const
{
    TRY(pedigree.check());
    if (missing >= pedigree.members.size())
        return Error { Error::Kind::malformed, "the missing person is no member of the family",
            "missing" };
    if (!pedigree.members[missing].genotype.empty())
        return Error { Error::Kind::malformed, "the missing person has a profile: compare that",
            fmt::format("members[{}]", missing) };
    if (loci() == 0)
        return Error { Error::Kind::malformed, "no relative in the family has a profile",
            "members" };
    return {};
}

LocusMask FamilyQuestion::loci() const
{
    LocusMask out = 0;
    for (auto const& member : pedigree.members)
        for (auto const& typing : member.genotype)
            if (plain(typing)) out |= bit_of(typing.locus);
    return out;
}

FamilyRatios::FamilyRatios(Frequencies::Population const& population,
    FamilyQuestion const& question, KinSettings const& settings)
    : population_(&population)
    , question_(&question)
    , settings_(settings)
{
}

Result<std::optional<double>> FamilyRatios::at(Typing const& typing)
{
    if (!plain(typing)) return std::optional<double> {};
    auto& known = known_[typing.locus];
    auto const key = key_of(typing);
    if (auto const found = known.find(key); found != known.end()) return found->second;
    auto const fresh = TRY(pedigree_log10_ratio_at(
        *population_, question_->pedigree, question_->missing, typing, settings_));
    known.emplace(key, fresh);
    return fresh;
}

Result<double> FamilyRatios::of(Genotype const& candidate)
{
    double out = 0;
    for (auto const& typing : candidate) out += TRY(at(typing)).value_or(0);
    return out;
}

Result<std::vector<FamilyHit>> family_search(Index const& index, Frequencies const& frequencies,
    FamilyQuestion const& question, FamilyOptions const& options)
{
    TRY(question.check());
    FamilyRun run { frequencies, question, options };
    std::vector<FamilyHit> out;
    for (auto const& segment : *index.snapshot())
        for (std::size_t slot = 0; slot < segment->used(); ++slot) {
            auto const number = segment->number_at(slot);
            if (number == 0) continue;
            auto hit = TRY(run.judge(number, segment->read(slot, ~LocusMask { 0 })));
            if (!hit) continue;
            if (out.size() == options.hits_max)
                return Error { Error::Kind::too_large,
                    fmt::format("more than {} candidates", options.hits_max) };
            out.push_back(std::move(*hit));
        }
    std::ranges::stable_sort(out, [](FamilyHit const& one, FamilyHit const& other) {
        return one.log10_ratios.front().second > other.log10_ratios.front().second;
    });
    return out;
}

} // namespace comity::search::dna
