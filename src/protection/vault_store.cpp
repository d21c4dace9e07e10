#include "protection/vault_store.h"

#include "protection/vault.h"

#include <fmt/format.h>

namespace comity::protection {
namespace {

constexpr store::Migration steps[] = {
    { "protection", 1, R"sql(
CREATE TABLE protection_item (message TEXT PRIMARY KEY, owner TEXT NOT NULL,
    purpose TEXT NOT NULL, erase_by TEXT NOT NULL);
CREATE INDEX protection_due ON protection_item (erase_by);
)sql" },
    { "protection", 2, tables::create_vault },
    // What is due, and what is a State's, lies in drawers of that day and State.
    { "protection", 3, R"sql(
DROP INDEX protection_sealed_due;
DROP INDEX protection_sealed_owner;
)sql" },
};

} // namespace

std::span<store::Migration const> const migrations { steps };

} // namespace comity::protection

namespace comity::protection::tables {
namespace {

using store::Row;
using store::Transaction;

constexpr std::string_view columns
    = "s.item, s.id, s.owner, s.destroy_on, s.entry, k.drawer, k.wrapped, s.label";
constexpr std::string_view tables_of
    = "FROM protection_sealed s JOIN protection_key k ON k.item = s.item";

Date date_of(std::string const& text)
{
    auto const date = parse_date(text);
    MUST(date.ok());
    return date.value();
}

SealedRow row_of(Row const& row)
{
    SealedRow out { row.integer(0), row.text(1), row.text(2), date_of(row.text(3)), {},
        static_cast<std::uint64_t>(row.integer(5)), row.blob(6), row.blob(7) };
    if (auto const entry = row.integer_if(4)) out.entry = static_cast<std::uint64_t>(*entry);
    return out;
}

Found found_of(Row const& row)
{
    return { row.text(0), row.text(1), date_of(row.text(2)) };
}

std::string with(std::string_view condition)
{
    return fmt::format("SELECT {} {} {}", columns, tables_of, condition);
}

} // namespace

Result<std::int64_t> newest(Transaction& t)
{
    auto const found = TRY(t.one("SELECT item FROM protection_sealed ORDER BY item DESC LIMIT 1",
        [](Row const& row) { return row.integer(0); }));
    return found.value_or(0);
}

Result<void> insert(Transaction& t, SealedRow const& row, ByteView content)
{
    auto const made = TRY(
        t.run("INSERT INTO protection_sealed (item, id, owner, destroy_on, entry, label, content) "
              "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (id) DO NOTHING",
            row.item, row.id, row.owner, to_text(row.destroy_on), row.entry, row.label, content));
    if (made == 1) return {};
    return Error { Error::Kind::conflict, fmt::format("the vault has an item '{}' already", row.id),
        "id" };
}

Result<void> insert_key(Transaction& t, std::int64_t item, std::uint64_t drawer, ByteView wrapped)
{
    TRY(t.run("INSERT INTO protection_key (item, drawer, wrapped) VALUES ($1, $2, $3)", item,
        drawer, wrapped));
    return {};
}

Result<std::optional<SealedRow>> find(Transaction& t, std::string_view id)
{
    static std::string const sql = with("WHERE s.id = $1");
    return t.one(sql, row_of, id);
}

Result<std::optional<SealedRow>> find_whole(Transaction& t, std::string_view id, Bytes& content)
{
    static std::string const sql
        = fmt::format("SELECT {}, s.content {} WHERE s.id = $1", columns, tables_of);
    return t.one(
        sql,
        [&](Row const& row) {
            content = row.blob(8);
            return row_of(row);
        },
        id);
}

Result<Bytes> content(Transaction& t, std::int64_t item)
{
    auto const found = TRY(t.one(
        "SELECT content FROM protection_sealed WHERE item = $1",
        [](Row const& row) { return row.blob(0); }, item));
    MUST(found.has_value());
    return *found;
}

Result<void> set_label(Transaction& t, SealedRow const& row)
{
    TRY(t.run("UPDATE protection_sealed SET destroy_on = $1, label = $2 WHERE item = $3",
        to_text(row.destroy_on), row.label, row.item));
    return {};
}

Result<void> set_content(Transaction& t, std::int64_t item, ByteView content)
{
    TRY(t.run("UPDATE protection_sealed SET content = $1 WHERE item = $2", content, item));
    return {};
}

Result<void> set_key(Transaction& t, std::int64_t item, std::uint64_t drawer, ByteView wrapped)
{
    TRY(t.run("UPDATE protection_key SET drawer = $1, wrapped = $2 WHERE item = $3", drawer,
        wrapped, item));
    return {};
}

Result<void> set_entry(Transaction& t, std::int64_t item, std::uint64_t entry)
{
    TRY(t.run("UPDATE protection_sealed SET entry = $1 WHERE item = $2", entry, item));
    return {};
}

Result<void> remove(Transaction& t, std::int64_t item)
{
    TRY(t.run("DELETE FROM protection_key WHERE item = $1", item));
    TRY(clear_terms(t, item));
    TRY(t.run("DELETE FROM protection_copy WHERE item = $1", item));
    TRY(t.run("DELETE FROM protection_sealed WHERE item = $1", item));
    return {};
}

Result<std::vector<SealedRow>> in_drawer(Transaction& t, std::uint64_t drawer)
{
    static std::string const sql = with("WHERE k.drawer = $1 ORDER BY s.item");
    return t.all(sql, row_of, drawer);
}

Result<std::vector<Found>> lying_in(Transaction& t, std::uint64_t drawer, std::size_t count_max)
{
    return t.all(
        "SELECT s.id, s.owner, s.destroy_on FROM protection_key k "
        "JOIN protection_sealed s ON s.item = k.item WHERE k.drawer = $1 ORDER BY k.item LIMIT $2",
        found_of, drawer, count_max);
}

Result<std::vector<std::uint64_t>> drawers(Transaction& t)
{
    // From one to the next in the index: each holds up to a thousand rows that nobody asks for.
    return t.all("WITH RECURSIVE each_one (drawer) AS ("
                 "SELECT min(drawer) FROM protection_key UNION ALL "
                 "SELECT (SELECT min(k.drawer) FROM protection_key k WHERE k.drawer > e.drawer) "
                 "FROM each_one e WHERE e.drawer IS NOT NULL) "
                 "SELECT drawer FROM each_one WHERE drawer IS NOT NULL",
        [](Row const& row) { return static_cast<std::uint64_t>(row.integer(0)); });
}

Result<std::size_t> count_in_drawer(Transaction& t, std::uint64_t drawer)
{
    auto const count = TRY(t.one(
        "SELECT count(*) FROM protection_key WHERE drawer = $1",
        [](Row const& row) { return row.integer(0); }, drawer));
    return static_cast<std::size_t>(count.value_or(0));
}

Result<void> clear_terms(Transaction& t, std::int64_t item)
{
    TRY(t.run("DELETE FROM protection_term WHERE item = $1", item));
    return {};
}

Result<void> add_term(Transaction& t, ByteView token, std::int64_t item)
{
    TRY(t.run("INSERT INTO protection_term (token, item) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        token, item));
    return {};
}

Result<std::vector<Found>> with_term(Transaction& t, ByteView token, std::size_t count_max)
{
    return t.all(
        "SELECT s.id, s.owner, s.destroy_on FROM protection_term w "
        "JOIN protection_sealed s ON s.item = w.item WHERE w.token = $1 ORDER BY s.item LIMIT $2",
        found_of, token, count_max);
}

Result<void> add_copy(Transaction& t, std::int64_t item, Copy const& copy)
{
    TRY(t.run("INSERT INTO protection_copy (item, kind, place) VALUES ($1, $2, $3) "
              "ON CONFLICT DO NOTHING",
        item, json::word(copy.kind), copy.place));
    return {};
}

Result<std::vector<Copy>> copies(Transaction& t, std::int64_t item)
{
    return t.all(
        "SELECT kind, place FROM protection_copy WHERE item = $1 ORDER BY kind, place",
        [](Row const& row) {
            auto const kind = json::from_word<CopyKind>(row.text(0));
            MUST(kind.has_value());
            return Copy { *kind, row.text(1) };
        },
        item);
}

Result<std::uint64_t> keys_version(Transaction& t)
{
    auto const found = TRY(t.one("SELECT keys_version FROM protection_vault WHERE id = 1",
        [](Row const& row) { return row.integer(0); }));
    return static_cast<std::uint64_t>(found.value_or(0));
}

Result<void> set_keys_version(Transaction& t, std::uint64_t version)
{
    TRY(t.run("INSERT INTO protection_vault (id, keys_version) VALUES (1, $1) "
              "ON CONFLICT (id) DO UPDATE SET keys_version = excluded.keys_version",
        version));
    return {};
}

} // namespace comity::protection::tables
