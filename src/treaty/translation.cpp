#include "treaty/translation.h"

#include "treaty/article.h"
#include "treaty/deadline.h"
#include "treaty/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace comity::treaty {
namespace {

void add(std::vector<LawSentence>& out, std::string_view id, std::string_view part,
    std::string_view english)
{
    if (!english.empty()) out.push_back({ std::string { id }, part, std::string { english } });
}

void add_sentences(std::vector<LawSentence>& out, Provision const& it)
{
    add(out, it.id, "title", it.title);
    add(out, it.id, "law", it.law);
    add(out, it.id, "holds", it.holds);
    add(out, it.id, "fails", it.fails);
    add(out, it.id, "not-applicable", it.not_applicable);
    add(out, it.id, "duty", it.duty);
    add(out, it.id, "delegated", it.delegated);
    if (it.term == nullptr) return;
    add(out, it.id, "amount", in_words(it.term->amount));
    add(out, it.id, "anchor", it.term->anchor);
}

void add_sentences(std::vector<LawSentence>& out, FactDescription const& it)
{
    add(out, it.name, "fact", it.name);
    add(out, it.name, "meaning", it.meaning);
    if (it.words == nullptr) return;
    for (auto const& word : it.words()) add(out, fmt::format("{}.{}", it.name, word), "word", word);
}

/// "parties.tsv, party_names.tsv".
bool names_only_files(std::string_view where)
{
    for (;;) {
        auto const end = std::min(where.find(", "), where.size());
        auto const name = where.substr(0, end);
        if (!name.ends_with(".tsv") || name.contains(' ')) return false;
        if (end == where.size()) return true;
        where.remove_prefix(end + 2);
    }
}

/// The cells of a line; more than five are as wrong as five.
std::vector<std::string_view> cells_of(std::string_view line)
{
    std::vector<std::string_view> out;
    for (auto at = line.find('\t'); at != std::string_view::npos && out.size() < 4;
        at = line.find('\t')) {
        out.push_back(line.substr(0, at));
        line.remove_prefix(at + 1);
    }
    out.push_back(line);
    return out;
}

Error wrong(File const& file, std::size_t line, std::string what)
{
    return { Error::Kind::malformed, std::move(what), fmt::format("{}:{}", file.name, line) };
}

constexpr std::string_view columns = "id\tpart\tenglish\twords";

Result<Translation::Row> read_row(File const& file, std::size_t number, std::string_view line)
{
    auto const cells = cells_of(line);
    if (cells.size() != 4) return wrong(file, number, "a row has four cells");
    for (auto const cell : cells)
        if (cell.empty()) return wrong(file, number, "a cell is empty");
    return Translation::Row { std::string { cells[0] }, std::string { cells[1] },
        std::string { cells[2] }, std::string { cells[3] } };
}

} // namespace

std::vector<LawSentence> law_sentences()
{
    std::vector<LawSentence> out;
    for (auto const& each : articles())
        add(out, std::to_string(each.number), "article", each.title);
    for (auto const* each : provisions()) add_sentences(out, *each);
    for (auto const* each : fact_descriptions()) add_sentences(out, *each);
    return out;
}

std::vector<LawSentence> elsewhere_sentences(std::vector<Requirement> const& requirements)
{
    std::vector<LawSentence> out;
    for (auto const& each : requirements) {
        // A term that no provision carries is code too.
        if (each.how == How::code && (find_provision(each.id) || !find_term(each.id))) continue;
        add(out, each.id, "elsewhere", each.title);
        if (!names_only_files(each.where)) add(out, each.id, "where", each.where);
    }
    return out;
}

Result<Translation> Translation::read(File const& file)
{
    if (file.text.size() > bytes_max)
        return wrong(file, 1, fmt::format("a file of words has {} bytes at most", bytes_max));
    Translation out;
    bool named = false;
    std::size_t number = 0;
    for (std::string_view rest = file.text; !rest.empty();) {
        auto const end = std::min(rest.find('\n'), rest.size());
        auto const line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        ++number;
        if (line.empty() || line.front() == '#') continue;
        if (!named && line != columns)
            return wrong(file, number, "the columns are id, part, english, words");
        if (!std::exchange(named, true)) continue;
        if (out.rows_.size() == rows_max)
            return wrong(
                file, number, fmt::format("a file of words has {} rows at most", rows_max));
        auto const& row = out.rows_.emplace_back(TRY(read_row(file, number, line)));
        if (row.part == "because") continue;
        if (!out.places_.emplace(Place { row.id, row.part }, out.rows_.size() - 1).second)
            return wrong(file, number, fmt::format("{} {} stands twice", row.id, row.part));
    }
    return out;
}

std::optional<std::string_view> Translation::of(
    std::string_view id, std::string_view part, std::string_view english) const
{
    auto const found = places_.find({ std::string { id }, std::string { part } });
    if (found == places_.end()) return std::nullopt;
    auto const& row = rows_[found->second];
    if (row.english != english) return std::nullopt;
    return row.words;
}

std::optional<std::string> Translation::reason(
    std::string_view id, std::string_view english, Filled const& filled) const
{
    for (auto const* part : { "holds", "fails", "not-applicable" }) {
        auto const found = places_.find({ std::string { id }, part });
        if (found == places_.end()) continue;
        auto const& row = rows_[found->second];
        if (auto words = words_with(row.english, row.words, english, filled)) return words;
    }
    for (auto const& row : rows_)
        if (row.part == "because")
            if (auto words = words_with(row.english, row.words, english, filled)) return words;
    return std::nullopt;
}

} // namespace comity::treaty
