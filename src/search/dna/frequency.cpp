#include "search/dna/frequency.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace comity::search::dna {
namespace {

Error wrong(std::size_t line, std::string_view what)
{
    auto place = fmt::format("frequencies.tsv:{}", line);
    return { Error::Kind::malformed, fmt::format("{}: {}", place, what), place };
}

} // namespace

Result<Frequencies> Frequencies::read(std::string_view tsv, LocusTable const& table)
{
    Frequencies out;
    for (auto const& line : TRY(read_table(tsv, "frequencies.tsv", 4))) {
        auto const& cells = line.cells;
        auto const locus = table.find(cells[1]);
        if (!locus) return wrong(line.number, fmt::format("no locus is called {}", cells[1]));
        auto const allele = parse_allele(cells[2], table.loci()[*locus]);
        if (!allele.ok()) return wrong(line.number, allele.error().what);
        double count = 0;
        auto const* end = cells[3].data() + cells[3].size();
        auto const read = std::from_chars(cells[3].data(), end, count);
        if (read.ec != std::errc {} || read.ptr != end || !(count > 0 && count < 1e9))
            return wrong(line.number, "a count is a number over 0");
        auto at = std::ranges::find(out.populations_, cells[0], &Population::name);
        if (at == out.populations_.end())
            at = out.populations_.insert(at, { std::string { cells[0] }, {}, {} });
        at->alleles[*locus].push_back({ allele.value(), count });
        at->total[*locus] += count;
    }
    for (auto& population : out.populations_)
        for (auto& alleles : population.alleles) {
            std::ranges::sort(alleles, {}, &Counted::allele);
            if (std::ranges::adjacent_find(alleles, {}, &Counted::allele) != alleles.end())
                return wrong(0, fmt::format("an allele stands twice for {}", population.name));
        }
    return out;
}

Frequencies::Population const* Frequencies::find(std::string_view name) const
{
    auto const at = std::ranges::find(populations_, name, &Population::name);
    return at == populations_.end() ? nullptr : &*at;
}

LocusMask counted_loci(Frequencies::Population const& population)
{
    LocusMask out = 0;
    for (LocusNumber locus = 0; locus < loci_max; ++locus)
        if (population.total[locus] > 0) out |= bit_of(locus);
    return out;
}

double frequency_min(Frequencies::Population const& population, LocusNumber locus)
{
    MUST(population.total[locus] > 0);
    return std::min(1.0, count_min / population.total[locus]);
}

double frequency(Frequencies::Population const& population, LocusNumber locus, Allele allele)
{
    auto const& alleles = population.alleles[locus];
    auto const at = std::ranges::lower_bound(alleles, allele, {}, &Frequencies::Counted::allele);
    bool const seen = at != alleles.end() && at->allele == allele;
    return std::max(
        seen ? at->count / population.total[locus] : 0, frequency_min(population, locus));
}

Dictionary common_alleles(Frequencies const& frequencies, LocusTable const& table, double share_min)
{
    Dictionary out;
    for (std::size_t i = 0; i < table.loci().size(); ++i) {
        auto& known = out.alleles[i];
        if (table.loci()[i].group == Locus::Group::sex) known = { sex_x, sex_y };
        for (auto const& population : frequencies.populations())
            for (auto const& each : population.alleles[i])
                if (each.count >= share_min * population.total[i]) known.push_back(each.allele);
        std::ranges::sort(known);
        known.erase(std::ranges::unique(known).begin(), known.end());
    }
    return out;
}

} // namespace comity::search::dna
