#include "search/dna/exchange_file.h"

#include "base/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace comity::search::dna {
namespace {

constexpr std::size_t line_bytes_max = 8192;

/// A column of the heading: a member of the profile, or a value at a locus.
struct Column {
    std::string name;
    std::optional<LocusNumber> locus {};
};

Error wrong(std::size_t line, std::string_view column, std::string_view what)
{
    auto place = fmt::format("line {}, {}", line, column);
    return { Error::Kind::malformed, fmt::format("{}: {}", place, what), place };
}

bool control(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

/// Cells of a line; one may stand in quotes, a quote in it twice.
Result<std::vector<std::string>> cells_of(std::string_view line, std::size_t number)
{
    std::vector<std::string> out(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        char const c = line[i];
        if (control(c)) return wrong(number, "cells", "a control character stands in it");
        if (quoted && c == '"' && i + 1 < line.size() && line[i + 1] == '"')
            out.back() += line[i++];
        else if (c == '"')
            quoted = !quoted;
        else if (c == ',' && !quoted)
            out.emplace_back();
        else
            out.back() += c;
    }
    if (quoted) return wrong(number, "quotes", "a quote is not closed");
    return out;
}

std::vector<Column> columns_of(std::vector<std::string> const& heading, LocusTable const& table,
    std::vector<std::string>& not_carried)
{
    static constexpr std::string_view members[] { "reference", "sample", "category", "kit",
        "laboratory", "iso17025", "consent" };
    std::vector<Column> out;
    for (auto const& name : heading) {
        Column column { name };
        auto const mark = name.rfind('_');
        bool const value = mark != std::string::npos && mark + 2 == name.size()
            && name.back() >= '1' && name.back() <= '4';
        if (value) column.locus = table.find(std::string_view { name }.substr(0, mark));
        bool const known = column.locus || std::ranges::find(members, name) != std::end(members);
        if (!known) not_carried.push_back(fmt::format("column {}", name));
        out.push_back(std::move(column));
    }
    return out;
}

Result<bool> yes_or_no(std::string const& cell, std::size_t line, std::string_view column)
{
    if (cell == "yes") return true;
    if (cell.empty() || cell == "no") return false;
    return wrong(line, column, "it reads yes or no");
}

Result<void> put(Profile& profile, Column const& column, std::string const& cell, std::size_t line)
{
    if (column.name == "reference" || column.name == "sample") {
        auto const good = check_reference(cell);
        if (!good.ok()) return wrong(line, column.name, good.error().what);
        profile.reference = cell;
    } else if (column.name == "category") {
        auto const category = json::from_word<Category>(cell);
        if (!category)
            return wrong(
                line, column.name, fmt::format("no category is called {}", cell.substr(0, 40)));
        profile.category = *category;
    } else if (column.name == "kit") {
        profile.kit = cell;
    } else if (column.name == "laboratory") {
        profile.laboratory = cell;
    } else if (column.name == "iso17025") {
        profile.iso_17025 = TRY(yes_or_no(cell, line, column.name));
    } else if (column.name == "consent") {
        profile.consent = TRY(yes_or_no(cell, line, column.name));
    }
    return {};
}

Result<Profile> profile_of(std::vector<Column> const& columns,
    std::vector<std::string> const& cells, std::size_t line, LocusTable const& table)
{
    Profile out;
    std::array<std::vector<Allele>, loci_max> alleles;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (!columns[i].locus) {
            TRY(put(out, columns[i], cells[i], line));
            continue;
        }
        if (cells[i].empty()) continue;
        auto const allele = parse_allele(cells[i], table.loci()[*columns[i].locus]);
        if (!allele.ok()) return wrong(line, columns[i].name, allele.error().what);
        alleles[*columns[i].locus].push_back(allele.value());
    }
    std::vector<Typing> typings;
    for (LocusNumber locus = 0; locus < loci_max; ++locus) {
        if (alleles[locus].empty()) continue;
        auto const typing = make_typing(locus, std::move(alleles[locus]));
        if (!typing.ok()) return wrong(line, table.loci()[locus].name, typing.error().what);
        typings.push_back(typing.value());
    }
    out.genotype = TRY(make_genotype(std::move(typings), table));
    return out;
}

Result<void> check_columns(std::vector<Column> const& columns)
{
    std::set<std::string> names;
    for (auto const& column : columns)
        if (!names.insert(column.name).second)
            return wrong(1, column.name, "the column stands there twice");
    if (!names.contains("reference") && !names.contains("sample"))
        return wrong(1, "reference", "there is no column of reference numbers");
    return {};
}

std::string quoted(std::string_view text)
{
    bool const marks = text.find_first_of(",\"") != std::string_view::npos;
    std::string out = marks ? "\"" : "";
    for (char const c : text) {
        if (c == '"') out += '"';
        out += control(c) ? ' ' : c;
    }
    return marks ? out + '"' : out;
}

} // namespace

Result<Imported> read_csv(std::string_view text, LocusTable const& table)
{
    if (text.size() > import_bytes_max)
        return Error { Error::Kind::too_large,
            fmt::format("{} bytes, the limit is {}", text.size(), import_bytes_max) };
    Imported out;
    std::vector<Column> columns;
    std::set<std::string, std::less<>> references;
    std::size_t number = 0;
    while (!text.empty()) {
        auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        ++number;
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty()) continue;
        if (line.size() > line_bytes_max)
            return wrong(
                number, "line", fmt::format("longer than the limit of {} bytes", line_bytes_max));
        auto const cells = TRY(cells_of(line, number));
        if (columns.empty()) {
            columns = columns_of(cells, table, out.not_carried);
            TRY(check_columns(columns));
            continue;
        }
        if (cells.size() != columns.size())
            return wrong(
                number, "cells", fmt::format("{} cells, not {}", cells.size(), columns.size()));
        if (out.profiles.size() == import_profiles_max)
            return wrong(number, "line",
                fmt::format("more than the limit of {} profiles", import_profiles_max));
        auto profile = TRY(profile_of(columns, cells, number, table));
        if (!references.insert(profile.reference).second)
            return wrong(
                number, "reference", fmt::format("{} stands there twice", profile.reference));
        out.profiles.push_back(std::move(profile));
    }
    if (columns.empty()) return wrong(1, "reference", "there is no heading");
    return out;
}

std::string write_csv(std::span<Profile const> profiles, LocusTable const& table)
{
    std::array<std::uint8_t, loci_max> values {};
    for (auto const& profile : profiles)
        for (auto const& typing : profile.genotype)
            values[typing.locus] = std::max(values[typing.locus], typing.count);
    std::string out = "reference,category,kit,laboratory,iso17025,consent";
    for (std::size_t i = 0; i < table.loci().size(); ++i)
        for (unsigned v = 1; v <= values[i]; ++v)
            out += fmt::format(",{}_{}", table.loci()[i].name, v);
    out += '\n';
    for (auto const& profile : profiles) {
        out += fmt::format("{},{},{},{},{},{}", profile.reference, json::word(profile.category),
            quoted(profile.kit), quoted(profile.laboratory), profile.iso_17025 ? "yes" : "no",
            profile.consent ? "yes" : "no");
        for (std::size_t i = 0; i < table.loci().size(); ++i) {
            auto const* typing = find_typing(profile.genotype, static_cast<LocusNumber>(i));
            for (unsigned v = 0; v < values[i]; ++v)
                out += typing != nullptr && v < typing->count ? "," + to_text(typing->alleles[v])
                                                              : ",";
        }
        out += '\n';
    }
    return out;
}

} // namespace comity::search::dna
