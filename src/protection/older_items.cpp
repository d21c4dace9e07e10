#include "protection/older_items.h"

namespace comity::protection {
namespace {

using store::Row;
using store::Transaction;

OlderItem read_item(Row const& row)
{
    auto const date = parse_date(row.text(3));
    MUST(date.ok());
    return { row.text(0), row.text(1), row.text(2), date.value() };
}

} // namespace

Result<std::vector<OlderItem>> older_items(Transaction& transaction, std::size_t count_max)
{
    return transaction.all("SELECT message, owner, purpose, erase_by FROM protection_item "
                           "ORDER BY message LIMIT $1",
        read_item, count_max);
}

Result<std::optional<OlderItem>> older_item(Transaction& transaction, std::string_view message)
{
    return transaction.one(
        "SELECT message, owner, purpose, erase_by FROM protection_item WHERE message = $1",
        read_item, message);
}

Result<void> drop_older_item(Transaction& transaction, std::string_view message)
{
    TRY(transaction.run("DELETE FROM protection_item WHERE message = $1", message));
    return {};
}

} // namespace comity::protection
