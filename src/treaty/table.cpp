#include "treaty/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace comity::treaty {
namespace {

std::vector<std::string_view> split(std::string_view text, char at)
{
    std::vector<std::string_view> out;
    while (true) {
        auto const end = text.find(at);
        out.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return out;
        text.remove_prefix(end + 1);
    }
}

} // namespace

Error Table::Row::wrong(std::string_view column, std::string_view what) const
{
    return { Error::Kind::malformed,
        fmt::format("{} row {} column {}: {}", table_->name_, line_, column, what),
        fmt::format("{}:{}:{}", table_->name_, line_, column) };
}

std::string_view Table::Row::cell(std::string_view column) const
{
    auto const found = std::ranges::find(table_->columns_, column);
    MUST(found != table_->columns_.end());
    return cells_[static_cast<std::size_t>(found - table_->columns_.begin())];
}

Result<std::string> Table::Row::text(std::string_view column) const
{
    auto const value = cell(column);
    if (value.empty() || value == "-") return wrong(column, "must not be empty");
    return std::string { value };
}

Result<std::string> Table::Row::text_or_none(std::string_view column) const
{
    auto const value = cell(column);
    if (value.empty()) return wrong(column, "must not be empty; '-' says that there is nothing");
    return value == "-" ? std::string {} : std::string { value };
}

Result<Date> Table::Row::date(std::string_view column) const
{
    auto date = parse_date(cell(column));
    if (!date.ok()) return wrong(column, date.error().what);
    return date;
}

Result<std::optional<Date>> Table::Row::date_or_unknown(std::string_view column) const
{
    auto const value = cell(column);
    if (value == "unknown" || value == "-") return std::optional<Date> {};
    return std::optional { TRY(date(column)) };
}

Result<PartyCode> Table::Row::party(std::string_view column) const
{
    auto code = PartyCode::parse(cell(column));
    if (!code.ok()) return wrong(column, code.error().what);
    return code;
}

Result<bool> Table::Row::yes_or_no(std::string_view column) const
{
    auto const word = TRY(text(column));
    if (word != "yes" && word != "no") return wrong(column, "must be yes or no");
    return word == "yes";
}

Result<int> Table::Row::integer(std::string_view column, int least, int most) const
{
    auto const value = cell(column);
    int number = 0;
    auto const [end, code] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (code != std::errc {} || end != value.data() + value.size() || number < least
        || number > most)
        return wrong(column, fmt::format("must be a whole number from {} to {}", least, most));
    return number;
}

Result<Validity> Table::Row::validity() const
{
    auto const from = TRY(date("from"));
    auto const until = cell("until") == "open" ? open_end : TRY(date("until"));
    if (until <= from) return wrong("until", "must come after from");
    return Validity { from, until };
}

Table::Table(Table&& other) noexcept
    : name_(other.name_)
    , columns_(std::move(other.columns_))
    , rows_(std::move(other.rows_))
{
    for (auto& row : rows_) row.table_ = this;
}

Result<Table> Table::read(File const& file, std::vector<std::string_view> columns)
{
    if (file.text.size() > bytes_max)
        return Error { Error::Kind::too_large,
            fmt::format("{} has {} bytes, {} at most", file.name, file.text.size(), bytes_max),
            file.name };
    Table out;
    out.name_ = file.name;
    out.columns_ = std::move(columns);
    out.columns_.insert(out.columns_.end(), { "from", "until", "source", "note" });
    TRY(out.read_rows(file.text));
    return out;
}

Result<void> Table::read_rows(std::string_view text)
{
    bool header = false;
    std::size_t number = 0;
    for (auto line : split(text, '\n')) {
        ++number;
        if (line.empty() || line.starts_with('#')) continue;
        Row row;
        row.table_ = this;
        row.line_ = number;
        row.cells_ = split(line, '\t');
        if (!header && row.cells_ != columns_)
            return row.wrong(
                columns_[0], fmt::format("the columns must be: {}", fmt::join(columns_, " ")));
        if (!std::exchange(header, true)) continue;
        if (row.cells_.size() != columns_.size())
            return row.wrong(columns_[std::min(row.cells_.size(), columns_.size() - 1)],
                fmt::format("{} cells, {} expected", row.cells_.size(), columns_.size()));
        if (rows_.size() == rows_max)
            return row.wrong(columns_[0], fmt::format("more than {} rows", rows_max));
        rows_.push_back(std::move(row));
    }
    if (!header)
        return Error { Error::Kind::malformed, fmt::format("{} is empty", name_),
            std::string { name_ } };
    return {};
}

Result<void> Table::refuse_overlaps(std::function<std::string(Row const&)> const& key) const
{
    struct Span {
        std::string key;
        Validity validity;
        Row const* row;
    };
    std::vector<Span> spans;
    for (auto const& row : rows_) {
        auto const validity = TRY(row.validity());
        spans.push_back({ key(row), validity, &row });
    }
    std::ranges::stable_sort(spans, [](Span const& a, Span const& b) {
        return std::tie(a.key, a.validity.from) < std::tie(b.key, b.validity.from);
    });
    for (std::size_t i = 1; i < spans.size(); ++i) {
        auto const& [name, validity, row] = spans[i - 1];
        auto const& next = spans[i];
        if (name != next.key || validity.until <= next.validity.from) continue;
        return next.row->wrong("from",
            fmt::format("two values for {} on {}; the other is row {}", name,
                to_text(next.validity.from), row->line_));
    }
    return {};
}

} // namespace comity::treaty
