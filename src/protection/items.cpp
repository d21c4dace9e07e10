#include "protection/items.h"

#include "protection/vault_store.h"

namespace comity::protection {
namespace {

using store::Row;
using store::Transaction;

constexpr store::Migration steps[] = {
    { "protection", 1, R"sql(
CREATE TABLE protection_item (message TEXT PRIMARY KEY, owner TEXT NOT NULL,
    purpose TEXT NOT NULL, erase_by TEXT NOT NULL);
CREATE INDEX protection_due ON protection_item (erase_by);
)sql" },
    { "protection", 2, tables::create_vault },
};

} // namespace

std::span<store::Migration const> const migrations { steps };

Result<void> keep(Transaction& transaction, Item const& item)
{
    TRY(transaction.run(
        "INSERT INTO protection_item (message, owner, purpose, erase_by) VALUES ($1, $2, $3, $4)",
        item.message, item.owner, item.purpose, to_text(item.erase_by)));
    return {};
}

Result<std::vector<Item>> due(Transaction& transaction, Date today)
{
    // ISO dates sort as text.
    return transaction.all(
        "SELECT message, owner, purpose, erase_by FROM protection_item "
        "WHERE erase_by <= $1 ORDER BY erase_by, message",
        [](Row const& row) {
            auto const date = parse_date(row.text(3));
            MUST(date.ok());
            return Item { row.text(0), row.text(1), row.text(2), date.value() };
        },
        to_text(today));
}

Result<bool> forget(Transaction& transaction, std::string_view message)
{
    auto const gone
        = TRY(transaction.run("DELETE FROM protection_item WHERE message = $1", message));
    return gone == 1;
}

message::RegisterEntry destruction_of(
    message::RegisterEntry const& fulfilled, std::uint64_t entry, Instant at)
{
    auto out = fulfilled;
    out.act = message::Act::destroyed;
    out.at = at;
    out.provisions = { "A31(4)(b)-1", "A31(4)(e)-1" };
    out.entry = entry;
    return out;
}

} // namespace comity::protection
