#include "treaty/coverage.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace comity::treaty {
namespace {

constexpr std::size_t requirements_max = 2000;

Error wrong(File const& file, std::size_t line, std::string_view what)
{
    return { Error::Kind::malformed, fmt::format("{} line {}: {}", file.name, line, what),
        fmt::format("{}:{}", file.name, line) };
}

Result<Requirement> read_row(File const& file, std::size_t line, std::string_view text)
{
    std::vector<std::string_view> cells;
    while (true) {
        auto const end = text.find('\t');
        cells.push_back(text.substr(0, end));
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
    if (cells.size() != 4) return wrong(file, line, "a row has id, title, how and where");
    Requirement out { std::string { cells[0] }, std::string { cells[1] }, How::code, {} };
    auto const how
        = json::from_word<How>(cells[2] == "register" ? "register-data" : std::string { cells[2] });
    if (!how) return wrong(file, line, "how is code, register, delegated or later");
    out.how = *how;
    if ((cells[3] == "-") != (out.how == How::code))
        return wrong(file, line, "where is - for code, and named for all else");
    if (out.how != How::code) out.where = cells[3];
    return out;
}

/// "RES-BG" is carried by its parts "RES-BG(1)" and "RES-BG(2)".
bool carries(std::string_view provision, std::string_view requirement)
{
    if (provision == requirement) return true;
    return requirement.starts_with("RES-") && provision.starts_with(requirement)
        && provision[requirement.size()] == '(';
}

struct Carrier {
    Provision const* provision = nullptr;
    Term const* term = nullptr;
    std::string_view file;
};

/// Every provision, and every term that no provision has.
std::vector<Carrier> carriers()
{
    std::vector<Carrier> out;
    std::set<Term const*> carried;
    for (auto const* part : parts()) {
        for (auto const& each : part->provisions) {
            out.push_back({ &each, each.term, part->file });
            carried.insert(each.term);
        }
    }
    for (auto const* term : terms())
        if (!carried.contains(term) && !find_provision(term->provision))
            out.push_back({ nullptr, term, "deadline.h" });
    return out;
}

std::string_view id_of(Carrier const& carrier)
{
    return carrier.provision ? carrier.provision->id : carrier.term->provision;
}

std::string_view how_of(Carrier const& carrier)
{
    if (!carrier.provision) return "deadline";
    return carrier.provision->effect == Effect::obliges ? "duty" : "rule";
}

std::size_t count_cases(std::vector<TextCase> const& cases, std::string_view requirement)
{
    return static_cast<std::size_t>(std::ranges::count_if(cases, [&](TextCase const& each) {
        return std::ranges::any_of(each.expectations,
            [&](Expectation const& expected) { return carries(expected.provision, requirement); });
    }));
}

std::string_view word_of(How how)
{
    switch (how) {
    case How::code: return "nothing";
    case How::register_data: return "register";
    case How::delegated: return "delegated";
    case How::later: break;
    }
    return "later";
}

} // namespace

Result<std::vector<Requirement>> read_requirements(File const& file)
{
    std::vector<Requirement> out;
    std::set<std::string> ids;
    std::string_view text { file.text };
    for (std::size_t line = 1; !text.empty(); ++line) {
        auto const end = text.find('\n');
        auto const row = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (row.empty() || row.starts_with('#') || row.starts_with("id\t")) continue;
        if (out.size() == requirements_max)
            return wrong(file, line, fmt::format("more than {} rows", requirements_max));
        out.push_back(TRY(read_row(file, line, row)));
        if (!ids.insert(out.back().id).second)
            return wrong(file, line, out.back().id + " has two rows");
    }
    return out;
}

Coverage coverage(std::vector<Requirement> const& requirements, std::vector<TextCase> const& cases)
{
    Coverage out;
    auto all = carriers();
    std::set<std::string_view> used;
    for (auto const& requirement : requirements) {
        CoverageRow row { requirement.id, requirement.title,
            std::string { word_of(requirement.how) }, requirement.where,
            count_cases(cases, requirement.id) };
        for (auto const& carrier : all) {
            if (!carries(id_of(carrier), requirement.id)) continue;
            used.insert(id_of(carrier));
            if (requirement.how != How::code)
                out.problems.push_back(fmt::format("{} is carried twice: {} in {}, and {} {}",
                    row.id, how_of(carrier), carrier.file, row.how, row.where));
            row.how = how_of(carrier);
            row.where = carrier.file;
        }
        if (row.how == "nothing") out.problems.push_back(row.id + " is carried by nothing");
        out.rows.push_back(std::move(row));
    }
    std::set<std::string_view> seen;
    for (auto const& carrier : all) {
        if (!used.contains(id_of(carrier)))
            out.problems.push_back(fmt::format(
                "{} in {} is no duty of requirements.tsv", id_of(carrier), carrier.file));
        if (!seen.insert(id_of(carrier)).second)
            out.problems.push_back(fmt::format("{} is carried twice", id_of(carrier)));
    }
    return out;
}

std::string print(Coverage const& coverage)
{
    std::string out;
    std::map<std::string_view, int> count;
    for (auto const& row : coverage.rows) {
        out += fmt::format(
            "{:<14} {:<9} {:>4}  {:<58} {}\n", row.id, row.how, row.cases, row.title, row.where);
        ++count[row.how];
    }
    out += fmt::format("{} duties:", coverage.rows.size());
    for (auto const& [how, number] : count) out += fmt::format(" {} {}", number, how);
    out += '\n';
    for (auto const& problem : coverage.problems) out += fmt::format("PROBLEM: {}\n", problem);
    return out;
}

} // namespace comity::treaty
