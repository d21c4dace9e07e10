#include "identification/terms.h"

#include "base/file.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::identification {
namespace {

constexpr std::size_t bytes_max = 1U << 20U;
constexpr Date open_end
    = std::chrono::sys_days { std::chrono::year { 2999 } / std::chrono::December / 31 };

Result<Date> day(std::string_view cell, std::string const& place)
{
    if (cell == "open") return open_end;
    auto const read = parse_date(cell);
    if (!read.ok()) return Error { Error::Kind::malformed, read.error().what, place };
    return read;
}

bool has(std::string_view list, std::string_view party)
{
    auto const parts = dna::split(list, ',');
    return std::ranges::find(parts, party) != parts.end();
}

} // namespace

Result<std::vector<Terms::Row>> Terms::rows(
    std::string_view text, std::string_view file, std::size_t cells)
{
    std::vector<Row> out;
    bool const valued = cells == 5; // key, value, from, until, source
    for (auto const& line : TRY(dna::read_table(text, file, cells))) {
        auto const place = fmt::format("{}:{}", file, line.number);
        auto const at = valued ? 2U : 1U;
        Row row { std::string { line.cells[0] }, valued ? std::string { line.cells[1] } : "",
            TRY(day(line.cells[at], place)), TRY(day(line.cells[at + 1], place)) };
        if (row.until <= row.from)
            return Error { Error::Kind::malformed, "it ends before it begins", place };
        out.push_back(std::move(row));
    }
    return out;
}

Result<Terms> Terms::read(std::string_view agreed_tsv, std::string_view forms_tsv)
{
    Terms out;
    out.agreed_ = TRY(rows(agreed_tsv, "agreed.tsv", 5));
    out.forms_ = TRY(rows(forms_tsv, "forms.tsv", 4));
    return out;
}

Result<Terms> Terms::read(std::filesystem::path const& folder)
{
    auto const agreed = TRY(read_file(folder / "agreed.tsv", bytes_max));
    auto const forms = TRY(read_file(folder / "forms.tsv", bytes_max));
    return read(as_text(agreed), as_text(forms));
}

std::string Terms::rules_between(std::string_view one, std::string_view other, Date on) const
{
    std::string all, pair;
    for (auto const& row : agreed_) {
        if (on < row.from || on >= row.until) continue;
        if (row.key == "all") all = row.value;
        if (has(row.key, one) && has(row.key, other)) pair = row.value;
    }
    return pair.empty() ? all : pair;
}

std::optional<bool> Terms::form_valid(std::string_view edition, Date on) const
{
    std::optional<bool> out;
    for (auto const& row : forms_)
        if (row.key == edition) out = out.value_or(false) || (row.from <= on && on < row.until);
    return out;
}

std::string Terms::form_on(Date on) const
{
    for (auto const& row : forms_)
        if (row.from <= on && on < row.until) return row.key;
    return {};
}

} // namespace comity::identification
