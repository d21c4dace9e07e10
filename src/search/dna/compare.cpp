#include "search/dna/compare.h"

#include <fmt/format.h>

#include <tuple>

namespace comity::search::dna {
namespace {

struct Tally {
    std::uint8_t wildcards = 0, deviations = 0, mismatches = 0;

    /// Fewest differing alleles first.
    auto cost() const { return std::tuple { deviations + mismatches, mismatches, wildcards }; }
};

void add(Tally& tally, Allele one, Allele other, RuleSet const& rules, unsigned repeat_bases)
{
    if (one == other) return;
    if (one == wildcard || other == wildcard) {
        ++tally.wildcards;
        return;
    }
    auto const near = [&] {
        auto const left = one.bases(repeat_bases);
        auto const right = other.bases(repeat_bases);
        return left + 1 == right || right + 1 == left;
    };
    bool const deviation = rules.micro_variants && one.numeric() && other.numeric() && near();
    ++(deviation ? tally.deviations : tally.mismatches);
}

Agreement agreement_of(Tally const& tally, bool any_wildcard)
{
    if (tally.mismatches > 0) return Agreement::mismatch;
    if (tally.deviations > 0) return Agreement::deviation;
    return any_wildcard ? Agreement::by_wildcard : Agreement::equal;
}

bool counts(Agreement agreement, RuleSet const& rules)
{
    switch (agreement) {
    case Agreement::equal: return true;
    case Agreement::by_wildcard: return rules.wildcard_locus_counts;
    case Agreement::deviation: return rules.deviating_locus_counts;
    case Agreement::mismatch:
    case Agreement::not_compared: break;
    }
    return false;
}

void judge(Comparison& out, RuleSet const& rules)
{
    auto const over = [&](char const* what, unsigned found, unsigned most) {
        if (!out.reason.empty() || found <= most) return;
        out.reason = fmt::format("{} {}, at most {}", found, what, most);
    };
    over("alleles differ", out.deviating + out.mismatching, rules.differing_alleles_max);
    over("alleles mismatch", out.mismatching, rules.mismatching_alleles_max);
    over("alleles are one base off", out.deviating, rules.deviating_alleles_max);
    over("loci agree by a wildcard only", out.by_wildcard, rules.wildcard_loci_max);
    if (out.reason.empty() && out.matching < rules.matching_loci_min)
        out.reason = fmt::format(
            "{} loci match, at least {} are asked for", out.matching, rules.matching_loci_min);
    if (!out.reason.empty()) return;
    out.hit = true;
    out.quality = out.mismatching > 0 ? 4 : out.deviating > 0 ? 3 : out.by_wildcard > 0 ? 2 : 1;
    out.reason = fmt::format("{} of {} loci match", out.matching, out.compared);
}

} // namespace

LocusFinding compare_locus(
    LocusNumber locus, Pair query, Pair candidate, RuleSet const& rules, unsigned repeat_bases)
{
    Tally straight;
    add(straight, query.low, candidate.low, rules, repeat_bases);
    add(straight, query.high, candidate.high, rules, repeat_bases);
    Tally crossed;
    add(crossed, query.low, candidate.high, rules, repeat_bases);
    add(crossed, query.high, candidate.low, rules, repeat_bases);
    auto const& best = crossed.cost() < straight.cost() ? crossed : straight;
    bool const any_wildcard = query.high == wildcard || candidate.high == wildcard;
    auto const agreement = agreement_of(best, any_wildcard);
    return { locus, agreement, counts(agreement, rules), best.deviations, best.mismatches, query,
        candidate };
}

Comparison compare(Genotype const& query, Genotype const& candidate, RuleSet const& rules,
    LocusTable const& table, LocusMask loci)
{
    Comparison out;
    auto const both = loci_of(query) & loci_of(candidate);
    auto const either = loci_of(query) | loci_of(candidate);
    for (std::size_t i = 0; i < table.loci().size(); ++i) {
        auto const locus = static_cast<LocusNumber>(i);
        if ((either & bit_of(locus)) == 0) continue;
        auto const seen = [&](Genotype const& genotype) {
            auto const* typing = find_typing(genotype, locus);
            return typing == nullptr ? std::nullopt : seen_under(rules, *typing);
        };
        LocusFinding found { locus, Agreement::not_compared, false, 0, 0, seen(query),
            seen(candidate) };
        if ((both & bit_of(locus)) != 0 && found.query && found.candidate)
            found = compare_locus(
                locus, *found.query, *found.candidate, rules, table.loci()[i].repeat_bases);
        bool const judged = (loci & bit_of(locus)) != 0;
        found.counts &= judged;
        out.loci.push_back(found);
        if (!judged || found.agreement == Agreement::not_compared) continue;
        ++out.compared;
        out.compared_mask |= bit_of(locus);
        out.matching += found.counts;
        out.by_wildcard += found.agreement == Agreement::by_wildcard;
        out.deviating += found.deviating;
        out.mismatching += found.mismatching;
    }
    judge(out, rules);
    return out;
}

std::string to_text(Pair const& pair)
{
    return to_text(pair.low) + "," + to_text(pair.high);
}

} // namespace comity::search::dna
