#include "treaty/wording.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace comity::treaty {
namespace {

Error wrong(File const& file, std::size_t line, std::string what)
{
    return { Error::Kind::malformed, std::move(what), fmt::format("{}:{}", file.name, line) };
}

Result<Wording::Row> read_row(File const& file, std::size_t number, std::string_view line)
{
    auto const tab = line.find('\t');
    if (tab == line.npos || line.find('\t', tab + 1) != line.npos)
        return wrong(file, number, "a row has two cells");
    if (tab == 0 || tab + 1 == line.size()) return wrong(file, number, "a cell is empty");
    return Wording::Row { std::string { line.substr(0, tab) },
        std::string { line.substr(tab + 1) } };
}

} // namespace

Result<Wording> Wording::read(File const& file)
{
    if (file.text.size() > bytes_max)
        return wrong(file, 1, fmt::format("a file of words has {} bytes at most", bytes_max));
    Wording out;
    bool named = false;
    std::size_t number = 0;
    for (std::string_view rest = file.text; !rest.empty();) {
        auto const end = std::min(rest.find('\n'), rest.size());
        auto const line = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        ++number;
        if (line.empty() || line.front() == '#') continue;
        if (!named && line != "english\twords")
            return wrong(file, number, "the columns are english, words");
        if (!std::exchange(named, true)) continue;
        auto const place = out.rows_.size();
        if (place == rows_max)
            return wrong(
                file, number, fmt::format("a file of words has {} rows at most", rows_max));
        auto const& row = out.rows_.emplace_back(TRY(read_row(file, number, line)));
        if (has_open_places(row.english)) out.open_.push_back(place);
        if (!out.places_.emplace(row.english, place).second)
            return wrong(file, number, fmt::format("\"{}\" stands twice", row.english));
    }
    return out;
}

std::optional<std::string> Wording::of(std::string_view english) const
{
    if (auto const found = whole(english)) return found;
    auto const ids = english.rfind(" (");
    if (ids == english.npos || !english.ends_with(')')) return std::nullopt;
    auto const words = whole(english.substr(0, ids));
    if (!words) return std::nullopt;
    return *words + std::string { english.substr(ids) };
}

std::optional<std::string> Wording::whole(std::string_view english) const
{
    if (auto const found = places_.find(english); found != places_.end())
        return rows_[found->second].words;
    auto const filled = [this](std::string_view, std::string_view text) {
        auto const known = places_.find(text);
        return known == places_.end() ? std::string { text } : rows_[known->second].words;
    };
    for (auto const place : open_)
        if (auto const words
            = words_with(rows_[place].english, rows_[place].words, english, filled))
            return words;
    return std::nullopt;
}

} // namespace comity::treaty
