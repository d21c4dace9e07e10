#include "search/dna/knowledge.h"

#include "base/file.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::search::dna {
namespace {

constexpr std::size_t bytes_max = 16U << 20U;

Result<std::string> text_of(std::filesystem::path const& file)
{
    return std::string { as_text(TRY(read_file(file, bytes_max))) };
}

} // namespace

Result<Knowledge> Knowledge::read(std::filesystem::path const& folder)
{
    auto const loci = TRY(text_of(folder / "loci.tsv"));
    auto const kits = TRY(text_of(folder / "kits.tsv"));
    Knowledge out;
    out.table = TRY(LocusTable::read(loci, kits));
    out.frequencies = TRY(Frequencies::read(TRY(text_of(folder / "frequencies.tsv")), out.table));
    out.mutation = TRY(MutationRates::read(TRY(text_of(folder / "mutation.tsv")), out.table));
    std::vector<std::filesystem::path> files;
    std::error_code code;
    for (auto const& entry : std::filesystem::directory_iterator(folder / "rules", code))
        if (entry.path().extension() == ".json") files.push_back(entry.path());
    std::ranges::sort(files);
    for (auto const& file : files) {
        auto rules = read_rules(TRY(text_of(file)), out.table);
        if (!rules.ok())
            return Error { rules.error().kind,
                fmt::format("{}: {}", file.filename().string(), rules.error().what),
                rules.error().field };
        out.rules.push_back(rules.take());
    }
    if (out.rules.empty())
        return Error { Error::Kind::not_found,
            fmt::format("no rule set in {}", (folder / "rules").string()), "rules" };
    return out;
}

Result<RuleSet> Knowledge::rules_named(std::string_view name, Date on) const
{
    std::string known;
    for (auto const& each : rules) {
        if (folded(each.name) == folded(name) && each.in_force(on)) return each;
        known += (known.empty() ? "" : ", ") + each.name;
    }
    return Error { Error::Kind::not_found,
        fmt::format("no rule set {} is in force on {}; known are {}", name.substr(0, 40),
            comity::to_text(on), known),
        "rules" };
}

} // namespace comity::search::dna
