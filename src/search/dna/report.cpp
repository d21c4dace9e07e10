#include "search/dna/report.h"

#include "base/json.h"

#include <fmt/format.h>

#include <cmath>

namespace comity::search::dna {
namespace {

std::string pair_text(std::optional<Pair> const& pair)
{
    return pair ? to_text(*pair) : "-";
}

std::string_view kind_of(unsigned quality)
{
    constexpr std::string_view kinds[] { "no hit", "all values equal", "equal with wildcards",
        "one value one base off", "one value mismatches" };
    return kinds[quality];
}

std::string advice(
    HitReport const& hit, double expected, Frequencies const& frequencies, LocusTable const& table)
{
    auto const more = retyping(
        hit.comparison, hit.query, hit.candidate, expected, frequencies, table, hit.theta);
    std::string loci;
    for (auto const& step : more.steps)
        loci += (loci.empty() ? "" : ", ") + table.loci()[step.locus].name;
    if (loci.empty()) return "";
    std::string kits;
    for (auto const& kit : more.kits) kits += (kits.empty() ? "" : ", ") + kit;
    return fmt::format("  A20(1): chance under 0.001 {} with {}{}\n",
        more.enough ? "is expected" : "is not reached even", loci,
        kits.empty() ? "" : fmt::format(" (kits: {})", kits));
}

} // namespace

std::string print(Comparison const& comparison, LocusTable const& table)
{
    std::string out = fmt::format(
        "  {:12} {:10} {:10} {:13} {}\n", "locus", "query", "candidate", "agreement", "counts");
    for (auto const& each : comparison.loci)
        out += fmt::format("  {:12} {:10} {:10} {:13} {}\n", table.loci()[each.locus].name,
            pair_text(each.query), pair_text(each.candidate), json::word(each.agreement),
            each.counts ? "yes" : "no");
    return out;
}

std::string print(HitReport const& hit, RuleSet const& rules, Frequencies const& frequencies,
    LocusTable const& table)
{
    auto const& comparison = hit.comparison;
    std::string out = fmt::format("  {} {}: quality {} ({}), {}\n", rules.name, rules.version,
        comparison.quality, kind_of(comparison.quality), comparison.reason);
    for (auto const& weight : weigh(comparison, frequencies, hit.theta)) {
        out += fmt::format(
            "  likelihood ratio 10^{:.2f} in {} (NRC II 4.10, theta {}, at least {:.0f}"
            " alleles counted)",
            weight.log10_ratio, weight.population, weight.theta, count_min);
        if (weight.left_out != 0) out += fmt::format(", without {}", table.names(weight.left_out));
        out += '\n';
    }
    auto const chance = expected_by_chance(comparison, rules, frequencies, hit.theta, hit.profiles);
    out += fmt::format("  by chance among {} profiles: {:.3g} hits of this kind expected, at least"
                       " one with probability {:.3g}\n",
        hit.profiles, chance.of_this_kind, chance.at_least_one);
    if (chance.at_legal_minimum)
        out += "  WARNING: no locus more than the rule set asks for; a hit like this one may well"
               " be chance\n";
    return out + advice(hit, chance.of_this_kind, frequencies, table);
}

std::string print(KinPower const& power, std::uint64_t profiles)
{
    return fmt::format(
        "a true relative is found with probability {:.3f}; {:.3g} unrelated ones among"
        " {} profiles are expected beside him\n",
        power.found, power.false_hits, profiles);
}

std::string print(Audit const& audit)
{
    auto out
        = fmt::format("{} profiles, {:.0f} pairs\n"
                      "  all loci agree: {} pairs observed, {:.3g} expected of unrelated persons\n"
                      "  one allele differs: {} pairs observed, {:.3g} expected\n",
            audit.profiles, audit.pairs, audit.full_observed, audit.full_expected,
            audit.near_observed, audit.near_expected);
    return out;
}

} // namespace comity::search::dna
