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

Result<OperationEntry> operation_at(Transaction& transaction, std::uint64_t place)
{
    auto const text = TRY(transaction.one(
        "SELECT entry FROM protection_operation ORDER BY sequence LIMIT 1 OFFSET $1",
        [](Row const& row) { return row.text(0); }, place));
    if (!text) return Error { Error::Kind::not_found, "the log has no such line", "place" };
    return json::read_text<OperationEntry>(*text, json::Unknown::refuse);
}

} // namespace comity::protection
