#include "identification/terms.h"

#include "base/file.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

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

constexpr int minutes_max = 30 * 24 * 60;

std::optional<std::chrono::minutes> minutes_of(std::string_view text)
{
    int out = 0;
    auto const read = std::from_chars(text.data(), text.data() + text.size(), out);
    if (read.ec != std::errc {} || read.ptr != text.data() + text.size()) return {};
    if (out < 1 || out > minutes_max) return {};
    return std::chrono::minutes { out };
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

Result<Terms> Terms::read(std::string_view agreed_tsv, std::string_view forms_tsv,
    std::string_view answer_tsv, std::string_view first_run_tsv)
{
    Terms out;
    out.agreed_ = TRY(rows(agreed_tsv, "agreed.tsv", 5));
    out.forms_ = TRY(rows(forms_tsv, "forms.tsv", 4));
    out.answer_ = TRY(rows(answer_tsv, "answer.tsv", 5));
    out.first_run_ = TRY(rows(first_run_tsv, "first-run.tsv", 5));
    for (auto const& [name, rows] :
        { std::pair { "answer.tsv", &out.answer_ }, { "first-run.tsv", &out.first_run_ } })
        for (auto const& row : *rows)
            if (!minutes_of(row.value))
                return Error { Error::Kind::malformed,
                    fmt::format("'{}' minutes: 1 to {}", row.value.substr(0, 20), minutes_max),
                    name };
    return out;
}

Result<Terms> Terms::read(std::filesystem::path const& folder)
{
    auto const agreed = TRY(read_file(folder / "agreed.tsv", bytes_max));
    auto const forms = TRY(read_file(folder / "forms.tsv", bytes_max));
    auto const answer = TRY(read_file(folder / "answer.tsv", bytes_max));
    auto const first_run = TRY(read_file(folder / "first-run.tsv", bytes_max));
    return read(as_text(agreed), as_text(forms), as_text(answer), as_text(first_run));
}

std::string Terms::agreed(
    std::vector<Row> const& rows, std::string_view one, std::string_view other, Date on)
{
    std::string all, pair;
    for (auto const& row : rows) {
        if (on < row.from || on >= row.until) continue;
        if (row.key == "all") all = row.value;
        if (has(row.key, one) && has(row.key, other)) pair = row.value;
    }
    return pair.empty() ? all : pair;
}

std::string Terms::rules_between(std::string_view one, std::string_view other, Date on) const
{
    return agreed(agreed_, one, other, on);
}

std::optional<std::chrono::minutes> Terms::answer_within(
    std::string_view one, std::string_view other, Date on) const
{
    return minutes_of(agreed(answer_, one, other, on));
}

std::optional<std::chrono::minutes> Terms::run_within(
    std::string_view one, std::string_view other, Date on) const
{
    return minutes_of(agreed(first_run_, one, other, on));
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
