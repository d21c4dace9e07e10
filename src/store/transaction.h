#pragma once

#include "base/bytes.h"
#include "base/instant.h"

#include <array>
#include <functional>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

namespace comity::store {

class Connection;

/// One value given to a statement. Views live only for the call.
using Cell = std::variant<std::nullptr_t, std::int64_t, std::string_view, ByteView>;
using Cells = std::span<Cell const>;

inline Cell cell(std::nullptr_t)
{
    return nullptr;
}
inline Cell cell(std::integral auto value)
{
    return static_cast<std::int64_t>(value);
}
inline Cell cell(std::string_view value)
{
    return value;
}
inline Cell cell(ByteView value)
{
    return value;
}
inline Cell cell(Bytes const& value)
{
    return ByteView { value };
}
template <class T> Cell cell(std::optional<T> const& value)
{
    return value ? cell(*value) : Cell { nullptr };
}

/// One row of an answer, valid until the next. Columns count from 0.
class Row {
public:
    virtual bool null(int column) const = 0;
    virtual std::int64_t integer(int column) const = 0;
    /// Of a text or a blob, where it lies; empty where it is null.
    virtual ByteView bytes(int column) const = 0;
    std::string text(int column) const { return std::string { as_text(bytes(column)) }; }
    Bytes blob(int column) const
    {
        auto const view = bytes(column);
        return { view.begin(), view.end() };
    }
    std::optional<std::string> text_if(int column) const
    {
        return null(column) ? std::nullopt : std::optional { text(column) };
    }
    std::optional<std::int64_t> integer_if(int column) const
    {
        return null(column) ? std::nullopt : std::optional { integer(column) };
    }

protected:
    ~Row() = default;
};

/// A consistent view of the database in which a room reads or writes its own tables. SQL text is
/// the same for every engine: parameters are $1, $2, ... in order, types are BIGINT, TEXT, BYTEA.
class Transaction {
public:
    explicit Transaction(Connection& connection)
        : connection_(connection)
    {
    }
    Transaction(Transaction const&) = delete;
    Transaction& operator=(Transaction const&) = delete;

    /// Another number in every transaction, and again once a work of it was undone: what the tables
    /// said at a moment, and what was written since, still holds at the same one.
    std::uint64_t moment() const { return moment_; }

    /// Runs a statement; the number of rows it changed.
    template <class... Values> Result<std::int64_t> run(std::string_view sql, Values const&... v)
    {
        return run_cells(sql, std::array<Cell, sizeof...(v)> { cell(v)... });
    }
    /// Each row of a SELECT in turn, never all of them in memory; an error of `row` ends the walk
    /// and is returned.
    template <class... Values>
    Result<void> each(std::string_view sql, std::function<Result<void>(Row const&)> const& row,
        Values const&... v)
    {
        return walk(sql, std::array<Cell, sizeof...(v)> { cell(v)... }, row);
    }
    /// Every row, made into a T.
    template <class Make, class... Values>
    auto all(std::string_view sql, Make const& make, Values const&... v)
        -> Result<std::vector<std::invoke_result_t<Make, Row const&>>>
    {
        std::vector<std::invoke_result_t<Make, Row const&>> out;
        TRY(each_row(sql, std::array<Cell, sizeof...(v)> { cell(v)... },
            [&](Row const& row) -> Result<void> {
                out.push_back(make(row));
                return {};
            }));
        return out;
    }
    /// The first row, made into a T, or nothing.
    template <class Make, class... Values>
    auto one(std::string_view sql, Make const& make, Values const&... v)
        -> Result<std::optional<std::invoke_result_t<Make, Row const&>>>
    {
        std::optional<std::invoke_result_t<Make, Row const&>> out;
        TRY(each_row(sql, std::array<Cell, sizeof...(v)> { cell(v)... },
            [&](Row const& row) -> Result<void> {
                if (!out) out = make(row);
                return {};
            }));
        return out;
    }

    using Finisher = std::function<Result<void>(Transaction&)>;
    /// Runs once every piece of work of the group is done and the group's hooks have run, still
    /// before the one commit. For what needs the ledger's new head. Its error fails the group.
    void before_commit(Finisher finisher) { finishers_.push_back(std::move(finisher)); }
    /// Runs after the commit is durable; never if it failed.
    void after_commit(std::function<void()> notice) { notices_.push_back(std::move(notice)); }

private:
    friend class Store;
    Result<std::int64_t> run_cells(std::string_view sql, Cells cells);
    Result<void> walk(
        std::string_view sql, Cells cells, std::function<Result<void>(Row const&)> const& row);
    Result<void> each_row(
        std::string_view sql, Cells cells, std::function<Result<void>(Row const&)> const& row);

    static std::uint64_t next_moment();

    Connection& connection_;
    std::uint64_t moment_ = next_moment();
    std::vector<Finisher> finishers_;
    std::vector<std::function<void()>> notices_;
};

/// What a room knows of its own tables without asking them again within one moment, and keeps up
/// with what it writes there itself. For one thread at a time.
template <class T> class Recalled {
public:
    T* find(Transaction const& transaction)
    {
        return value_ && moment_ == transaction.moment() ? &*value_ : nullptr;
    }
    void keep(Transaction const& transaction, T value)
    {
        value_ = std::move(value);
        moment_ = transaction.moment();
    }

private:
    std::optional<T> value_;
    std::uint64_t moment_ = 0;
};

} // namespace comity::store
