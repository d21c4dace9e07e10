#include "search/dna/rules.h"

#include "base/json.h"

#include <fmt/format.h>

#include <bit>

namespace comity::search::dna {
namespace {

Error wrong(std::string field, std::string what)
{
    return { Error::Kind::malformed, fmt::format("{}: {}", field, what), std::move(field) };
}

Result<void> check(RuleSet const& rules, LocusTable const& table)
{
    TRY(parse_date(rules.from));
    if (rules.until != "open") TRY(parse_date(rules.until));
    for (auto const& name : rules.loci)
        if (!table.find(name)) return wrong("loci", fmt::format("no locus is called {}", name));
    if (rules.differing_alleles_max > differing_alleles_limit)
        return wrong("differingAllelesMax", fmt::format("at most {}", differing_alleles_limit));
    if (rules.matching_loci_min < 1 || rules.matching_loci_min > loci_max)
        return wrong("matchingLociMin", fmt::format("1 to {}", loci_max));
    return {};
}

/// Loci with both values known, where a rare value may have become a wildcard.
LocusMask designated(Genotype const& genotype, RuleSet const& rules)
{
    LocusMask out = 0;
    for (auto const& typing : genotype) {
        auto const pair = seen_under(rules, typing);
        if (pair && (pair->high != wildcard || rules.wildcard_locus_counts))
            out |= bit_of(typing.locus);
    }
    return out;
}

std::optional<Refusal> refusal_of_numbers(
    Profile const& profile, RuleSet const& rules, LocusTable const& table)
{
    bool const person = profile.category == Category::known_person;
    auto const loci = designated(profile.genotype, rules) & compared_loci(rules, table);
    auto const least = person ? rules.loci_min_known_person : rules.loci_min;
    if (std::cmp_less(std::popcount(loci), least))
        return Refusal { fmt::format("{} fully designated loci, at least {} are asked for",
                             std::popcount(loci), least),
            rules.reference };
    auto const ess = std::popcount(loci & table.mask(Locus::Group::ess));
    if (person && std::cmp_less(ess, rules.ess_min_known_person))
        return Refusal { fmt::format("{} loci of the European Standard Set, at least {} are asked"
                                     " for of a known person",
                             ess, rules.ess_min_known_person),
            rules.reference };
    return std::nullopt;
}

} // namespace

bool RuleSet::in_force(Date on) const
{
    return parse_date(from).value() <= on && (until == "open" || on <= parse_date(until).value());
}

Result<RuleSet> read_rules(std::string_view json, LocusTable const& table)
{
    auto rules = TRY(json::read_text<RuleSet>(json, json::Unknown::refuse));
    TRY(check(rules, table));
    return rules;
}

LocusMask compared_loci(RuleSet const& rules, LocusTable const& table)
{
    LocusMask out = 0;
    for (auto const& name : rules.loci) out |= bit_of(*table.find(name));
    if (rules.loci.empty())
        for (std::size_t i = 0; i < table.loci().size(); ++i)
            out |= bit_of(static_cast<LocusNumber>(i));
    return out & ~table.mask(Locus::Group::sex);
}

std::optional<Pair> seen_under(RuleSet const& rules, Typing const& typing)
{
    MUST(typing.count >= 2);
    auto const see = [&](Allele allele) {
        return allele == rare && rules.rare_is_wildcard ? wildcard : allele;
    };
    Pair out { see(typing.alleles[0]), see(typing.alleles[1]) };
    if (typing.count > 2) {
        if (rules.three_alleles == ThreeAlleles::locus_left_out) return std::nullopt;
        out.high = wildcard;
    }
    if (out.high < out.low) std::swap(out.low, out.high);
    if (out.low == wildcard) return std::nullopt;
    return out;
}

std::optional<Refusal> refusal_of_exchange(
    Profile const& profile, RuleSet const& rules, LocusTable const& table)
{
    if (mixed(profile.genotype))
        return Refusal { "a mixed profile holds the alleles of several persons",
            "2008/616/JHA, Annex, Chapter 1, 1.1" };
    if (!profile.iso_17025)
        return Refusal { "the laboratory is not marked as working under ISO 17025",
            "Implementing Agreement of 13 September 2018, Article 6" };
    if (profile.category == Category::relative && !profile.consent)
        return Refusal { "the relative's consent is not recorded", "A20(1)" };
    return refusal_of_numbers(profile, rules, table);
}

std::optional<Refusal> refusal_of_comparison(Category query, Category candidate)
{
    auto const missing = [](Category each) {
        return each == Category::missing_person || each == Category::unidentified_body;
    };
    if (query != Category::relative && candidate != Category::relative) return std::nullopt;
    auto const other = query == Category::relative ? candidate : query;
    if (missing(other)) return std::nullopt;
    return Refusal {
        "a relative gave consent to find a missing person, not to search for offenders", "A20(1)"
    };
}

} // namespace comity::search::dna
