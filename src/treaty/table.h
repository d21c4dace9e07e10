#pragma once

#include "treaty/party.h"

#include <functional>
#include <span>

namespace comity::treaty {

/// A file of the law's data that somebody else has read from disk.
struct File {
    std::string name; ///< "parties.tsv".
    std::string text;
};
using Files = std::vector<File>;

/// Tab-separated text of the law's data: one line of column names, then one row a line; lines that
/// begin with '#' are remarks. "-" says that there is nothing, "unknown" that nobody found it.
/// Every table ends with the columns from, until, source, note. Errors name file, row (its line)
/// and column.
class Table {
public:
    static constexpr std::size_t bytes_max = 4U << 20U;
    static constexpr std::size_t rows_max = 10'000;

    class Row {
    public:
        /// The text of a cell, which must not be empty.
        Result<std::string> text(std::string_view column) const;
        /// The text, or empty for "-".
        Result<std::string> text_or_none(std::string_view column) const;
        Result<Date> date(std::string_view column) const;
        /// A date, or empty for "unknown" and "-".
        Result<std::optional<Date>> date_or_unknown(std::string_view column) const;
        Result<PartyCode> party(std::string_view column) const;
        Result<bool> yes_or_no(std::string_view column) const;
        Result<int> integer(std::string_view column, int least, int most) const;
        /// from (a date) and until (a date or "open"); until must come after from.
        Result<Validity> validity() const;
        Error wrong(std::string_view column, std::string_view what) const;

    private:
        friend class Table;
        std::string_view cell(std::string_view column) const;

        Table const* table_ = nullptr;
        std::size_t line_ = 0;
        std::vector<std::string_view> cells_;
    };

    /// `columns` without the four that every table has. `file` must outlive the table.
    static Result<Table> read(File const& file, std::vector<std::string_view> columns);

    std::vector<Row> const& rows() const { return rows_; }
    /// Refuses two rows of one key whose validity overlaps.
    Result<void> refuse_overlaps(std::function<std::string(Row const&)> const& key) const;

    Table(Table&& other) noexcept;
    Table& operator=(Table&&) = delete;
    Table(Table const&) = delete;
    Table& operator=(Table const&) = delete;
    ~Table() = default;

private:
    Table() = default;
    Result<void> read_rows(std::string_view text);

    std::string_view name_;
    std::vector<std::string_view> columns_;
    std::vector<Row> rows_;
};

} // namespace comity::treaty
