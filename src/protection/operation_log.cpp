#include "protection/operation_log.h"

#include <fmt/format.h>

namespace comity::protection {
namespace {

using store::Row;
using store::Transaction;

Bytes link(crypto::Key256 const& key, ByteView before, std::string_view text)
{
    Bytes covered { before.begin(), before.end() };
    covered.insert(covered.end(), text.begin(), text.end());
    auto const digest = crypto::hmac_sha256(key, covered);
    return { digest.begin(), digest.end() };
}

Result<std::vector<OperationEntry>> read_all(Result<std::vector<std::string>> const& texts)
{
    if (!texts.ok()) return texts.error();
    std::vector<OperationEntry> out;
    for (auto const& text : texts.value())
        out.push_back(TRY(json::read_text<OperationEntry>(text, json::Unknown::refuse)));
    return out;
}

} // namespace

Result<void> OperationLog::append(Transaction& transaction, OperationEntry const& entry)
{
    std::string text;
    json::append(text, entry);
    if (!newest_.find(transaction))
        newest_.keep(transaction,
            TRY(transaction.one(
                    "SELECT mac FROM protection_operation ORDER BY sequence DESC LIMIT 1",
                    [](Row const& row) { return row.blob(0); }))
                .value_or(Bytes {}));
    auto mac = link(key_, *newest_.find(transaction), text);
    TRY(transaction.run(
        "INSERT INTO protection_operation (item, officer, entry, mac) VALUES ($1, $2, $3, $4)",
        entry.item, entry.officer, text, mac));
    newest_.keep(transaction, std::move(mac));
    return {};
}

Result<std::uint64_t> verify_operations(Transaction& transaction, crypto::Key256 const& key)
{
    std::uint64_t count = 0;
    Bytes before;
    TRY(transaction.each("SELECT sequence, entry, mac FROM protection_operation ORDER BY sequence",
        [&](Row const& row) -> Result<void> {
            auto const expected = link(key, before, row.text(1));
            if (row.blob(2) != expected)
                return Error { Error::Kind::conflict,
                    fmt::format("line {} of the operations was changed, or one before it taken out",
                        row.integer(0)) };
            before = expected;
            ++count;
            return {};
        }));
    return count;
}

Result<std::vector<OperationEntry>> operations_on(Transaction& transaction, std::string_view item)
{
    return read_all(transaction.all(
        "SELECT entry FROM protection_operation WHERE item = $1 ORDER BY sequence DESC LIMIT $2",
        [](Row const& row) { return row.text(0); }, item, operations_read_max));
}

Result<std::vector<OperationEntry>> operations_of(
    Transaction& transaction, std::string_view officer)
{
    return read_all(transaction.all(
        "SELECT entry FROM protection_operation WHERE officer = $1 "
        "ORDER BY sequence DESC LIMIT $2",
        [](Row const& row) { return row.text(0); }, officer, operations_read_max));
}

} // namespace comity::protection
