#include "search/dna/locus.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace comity::search::dna {
namespace {

Error wrong(std::string what, std::string place)
{
    return { Error::Kind::malformed, fmt::format("{}: {}", place, what), std::move(place) };
}

std::optional<Locus::Group> group_of(std::string_view word)
{
    if (word == "ess") return Locus::Group::ess;
    if (word == "ess-2009") return Locus::Group::ess_2009;
    if (word == "other") return Locus::Group::other;
    if (word == "sex") return Locus::Group::sex;
    return std::nullopt;
}

std::vector<std::string> list_of(std::string_view cell)
{
    std::vector<std::string> out;
    if (cell == "-") return out;
    for (auto const each : split(cell, ',')) out.emplace_back(each);
    return out;
}

bool named(
    std::string_view wanted, std::string const& name, std::vector<std::string> const& aliases)
{
    auto const key = folded(wanted);
    return key == folded(name) || std::ranges::any_of(aliases, [&](std::string const& alias) {
        return key == folded(alias);
    });
}

} // namespace

std::vector<std::string_view> split(std::string_view text, char mark)
{
    std::vector<std::string_view> out;
    for (;;) {
        auto const end = text.find(mark);
        out.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return out;
        text.remove_prefix(end + 1);
    }
}

std::string folded(std::string_view name)
{
    std::string out;
    for (char const c : name) {
        if (c == ' ' || c == '_' || c == '-') continue;
        out += 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return out;
}

Result<std::vector<TableLine>> read_table(
    std::string_view text, std::string_view file, std::size_t cells)
{
    std::vector<TableLine> out;
    bool heading = true;
    std::size_t number = 0;
    for (auto const line : split(text, '\n')) {
        ++number;
        if (line.empty() || line.front() == '#') continue;
        if (std::exchange(heading, false)) continue;
        TableLine each { number, split(line, '\t') };
        if (each.cells.size() != cells)
            return wrong(fmt::format("{} cells, not {}", each.cells.size(), cells),
                fmt::format("{}:{}", file, number));
        out.push_back(std::move(each));
    }
    return out;
}

Result<void> LocusTable::add_locus(
    std::vector<std::string_view> const& cells, std::string const& place)
{
    auto const group = group_of(cells[1]);
    if (!group) return wrong(fmt::format("no group of loci is called {}", cells[1]), place);
    unsigned repeat = 0;
    std::from_chars(cells[2].data(), cells[2].data() + cells[2].size(), repeat);
    if (repeat < 1 || repeat > 9) return wrong("a repeat has 1 to 9 bases", place);
    if (loci_.size() == loci_max)
        return wrong(fmt::format("more than the limit of {} loci", loci_max), place);
    Locus locus { std::string { cells[0] }, *group, repeat,
        cells[3] == "-" ? std::string {} : std::string { cells[3] }, list_of(cells[4]) };
    if (find(locus.name)) return wrong(fmt::format("{} stands there twice", locus.name), place);
    for (auto const& alias : locus.aliases)
        if (find(alias)) return wrong(fmt::format("{} is the name of two loci", alias), place);
    loci_.push_back(std::move(locus));
    return {};
}

Result<void> LocusTable::add_kit(
    std::vector<std::string_view> const& cells, std::string const& place)
{
    Kit kit { std::string { cells[0] }, list_of(cells[1]), 0 };
    if (find_kit(kit.name)) return wrong(fmt::format("{} stands there twice", kit.name), place);
    for (auto const& name : list_of(cells[2])) {
        auto const locus = find(name);
        if (!locus) return wrong(fmt::format("no locus is called {}", name), place);
        kit.loci |= bit_of(*locus);
    }
    kits_.push_back(std::move(kit));
    return {};
}

Result<LocusTable> LocusTable::read(std::string_view loci_tsv, std::string_view kits_tsv)
{
    LocusTable out;
    for (auto const& line : TRY(read_table(loci_tsv, "loci.tsv", 5)))
        TRY(out.add_locus(line.cells, fmt::format("loci.tsv:{}", line.number)));
    for (auto const& line : TRY(read_table(kits_tsv, "kits.tsv", 3)))
        TRY(out.add_kit(line.cells, fmt::format("kits.tsv:{}", line.number)));
    return out;
}

std::optional<LocusNumber> LocusTable::find(std::string_view name) const
{
    for (std::size_t i = 0; i < loci_.size(); ++i)
        if (named(name, loci_[i].name, loci_[i].aliases)) return static_cast<LocusNumber>(i);
    return std::nullopt;
}

Kit const* LocusTable::find_kit(std::string_view name) const
{
    for (auto const& kit : kits_)
        if (named(name, kit.name, kit.aliases)) return &kit;
    return nullptr;
}

LocusMask LocusTable::mask(Locus::Group group) const
{
    LocusMask out = 0;
    for (std::size_t i = 0; i < loci_.size(); ++i)
        if (loci_[i].group == group) out |= bit_of(static_cast<LocusNumber>(i));
    return out;
}

std::string LocusTable::names(LocusMask loci) const
{
    std::string out;
    for (std::size_t i = 0; i < loci_.size(); ++i)
        if ((loci >> i & 1U) != 0) out += (out.empty() ? "" : ", ") + loci_[i].name;
    return out;
}

} // namespace comity::search::dna
