#pragma once

#include "base/file.h"
#include "search/dna/compare.h"
#include "search/dna/frequency.h"

#include <fmt/format.h>

#include <bit>

/// What the tests of this folder share: the project's own tables, and profiles written short.
namespace comity::search::dna::test {

inline std::string text_of(std::filesystem::path const& file)
{
    return std::string { as_text(read_file(std::filesystem::path { "data/dna" } / file).value()) };
}

inline LocusTable const& table()
{
    static LocusTable const all
        = LocusTable::read(text_of("loci.tsv"), text_of("kits.tsv")).value();
    return all;
}

inline Frequencies const& frequencies()
{
    static Frequencies const all = Frequencies::read(text_of("frequencies.tsv"), table()).value();
    return all;
}

inline Frequencies::Population const& population(std::string_view name = "us-caucasian")
{
    return *frequencies().find(name);
}

inline LocusMask mask(std::string_view names)
{
    LocusMask out = 0;
    for (auto const name : split(names, ',')) out |= bit_of(*table().find(name));
    return out;
}

inline RuleSet rules(std::string const& name = "pruem-2008")
{
    return read_rules(text_of("rules/" + name + ".json"), table()).value();
}

/// "VWA 14,16; TH01 6,9.3".
inline Genotype genotype(std::string_view text)
{
    std::vector<Typing> out;
    for (auto each : split(text, ';')) {
        while (each.starts_with(' ')) each.remove_prefix(1);
        auto const blank = each.rfind(' ');
        auto const locus = *table().find(each.substr(0, blank));
        std::vector<Allele> alleles;
        for (auto const value : split(each.substr(blank + 1), ','))
            alleles.push_back(parse_allele(value, table().loci()[locus]).value());
        out.push_back(make_typing(locus, std::move(alleles)).value());
    }
    return make_genotype(std::move(out), table()).value();
}

inline Comparison compare(
    std::string_view query, std::string_view candidate, RuleSet const& set = rules())
{
    return dna::compare(
        genotype(query), genotype(candidate), set, table(), compared_loci(set, table()));
}

} // namespace comity::search::dna::test
