#include "protection/operation_reading.h"

#include <algorithm>

namespace comity::protection {

using store::Row;
using store::Transaction;

Result<std::vector<OperationEntry>> newest_operations(
    Transaction& transaction, std::int64_t count_max)
{
    auto const texts = TRY(transaction.all(
        "SELECT entry FROM protection_operation ORDER BY sequence DESC LIMIT $1",
        [](Row const& row) { return row.text(0); }, std::min(count_max, operations_read_max)));
    std::vector<OperationEntry> out;
    for (auto const& text : texts)
        out.push_back(TRY(json::read_text<OperationEntry>(text, json::Unknown::refuse)));
    return out;
}

Result<std::uint64_t> operations_count(Transaction& transaction)
{
    auto const count = TRY(transaction.one("SELECT count(*) FROM protection_operation",
        [](Row const& row) { return row.integer(0); }));
    return static_cast<std::uint64_t>(count.value_or(0));
}

namespace {

struct Line {
    std::int64_t sequence = 0;
    OperationEntry entry;
};

Result<std::vector<Line>> lines_from(
    Transaction& transaction, std::int64_t sequence, std::int64_t limit)
{
    auto const rows = TRY(transaction.all(
        "SELECT sequence, entry FROM protection_operation WHERE sequence >= $1 "
        "ORDER BY sequence LIMIT $2",
        [](Row const& row) { return std::pair { row.integer(0), row.text(1) }; }, sequence, limit));
    std::vector<Line> out;
    for (auto const& [at, text] : rows) {
        auto entry = TRY(json::read_text<OperationEntry>(text, json::Unknown::refuse));
        out.push_back({ at, std::move(entry) });
    }
    return out;
}

/// Lines were written in the order of their instants.
Result<std::int64_t> first_since(Transaction& transaction, Instant from)
{
    auto const last = TRY(
        transaction.one("SELECT sequence FROM protection_operation ORDER BY sequence DESC LIMIT 1",
            [](Row const& row) { return row.integer(0); }));
    std::int64_t low = 0, high = last.value_or(-1) + 1;
    while (low < high) {
        auto const middle = low + (high - low) / 2;
        auto const found = TRY(lines_from(transaction, middle, 1));
        if (!found.empty() && found.front().entry.at < from)
            low = found.front().sequence + 1;
        else
            high = middle;
    }
    return low;
}

} // namespace

Result<std::uint64_t> each_operation(Transaction& transaction, Instant from, Instant until,
    std::function<void(OperationEntry const&)> const& hears)
{
    std::uint64_t count = 0;
    auto next = TRY(first_since(transaction, from));
    for (;;) {
        auto const lines = TRY(lines_from(transaction, next, operations_read_max));
        for (auto const& line : lines) {
            if (line.entry.at >= until) return count;
            hears(line.entry);
            ++count;
        }
        if (lines.size() < static_cast<std::size_t>(operations_read_max)) return count;
        next = lines.back().sequence + 1;
    }
}

Result<OperationEntry> operation_at(Transaction& transaction, std::uint64_t place)
{
    auto const text = TRY(transaction.one(
        "SELECT entry FROM protection_operation ORDER BY sequence LIMIT 1 OFFSET $1",
        [](Row const& row) { return row.text(0); }, place));
    if (!text) return Error { Error::Kind::not_found, "the log has no such line", "place" };
    return json::read_text<OperationEntry>(*text, json::Unknown::refuse);
}

} // namespace comity::protection
