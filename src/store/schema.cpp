#include "store/schema.h"

#include <fmt/format.h>

namespace comity::store {
namespace {

constexpr Migration own[] = {
    { "store", 1, R"sql(
CREATE TABLE store_turn (id BIGINT PRIMARY KEY, number BIGINT NOT NULL);
INSERT INTO store_turn (id, number) VALUES (1, 0);
CREATE TABLE store_process (id BIGINT PRIMARY KEY, number BIGINT NOT NULL);
CREATE TABLE store_claim (what TEXT PRIMARY KEY, process BIGINT NOT NULL, until BIGINT NOT NULL);
)sql" },
};

constexpr std::int64_t processes_kept = 1000;

std::int64_t first_number(Row const& row)
{
    return row.integer(0);
}

} // namespace

std::vector<Migration> with_own(std::span<Migration const> migrations)
{
    std::vector<Migration> out { std::begin(own), std::end(own) };
    out.insert(out.end(), migrations.begin(), migrations.end());
    return out;
}

Result<void> migrate(Connection& connection, std::span<Migration const> migrations)
{
    Transaction transaction { connection };
    TRY(connection.script(
        connection.in_dialect("CREATE TABLE IF NOT EXISTS schema_room ("
                              "room TEXT PRIMARY KEY, version BIGINT NOT NULL)")));
    TRY(refuse_newer(connection, migrations));
    for (auto const& migration : migrations) {
        auto const version = TRY(transaction.one(
            "SELECT version FROM schema_room WHERE room = $1", first_number, migration.room));
        if (version.value_or(0) >= migration.version) continue;
        TRY(connection.script(connection.in_dialect(migration.sql)));
        TRY(transaction.run("INSERT INTO schema_room (room, version) VALUES ($1, $2) "
                            "ON CONFLICT (room) DO UPDATE SET version = excluded.version",
            migration.room, migration.version));
    }
    return {};
}

Result<void> refuse_newer(Connection& connection, std::span<Migration const> migrations)
{
    if (!TRY(connection.has_table("schema_room"))) return {};
    Transaction transaction { connection };
    return transaction.each(
        "SELECT room, version FROM schema_room", [&](Row const& row) -> Result<void> {
            std::int64_t known = 0;
            for (auto const& migration : migrations)
                if (migration.room == row.text(0))
                    known = std::max<std::int64_t>(known, migration.version);
            if (row.integer(1) <= known) return {};
            return Error { Error::Kind::conflict,
                fmt::format("the database is newer than this program: room '{}' is at version {}, "
                            "this program knows {}",
                    row.text(0), row.integer(1), known) };
        });
}

Result<std::int64_t> enroll(Connection& connection)
{
    Transaction transaction { connection };
    auto const number = TRY(transaction.one(
        "INSERT INTO store_process (number) VALUES (0) RETURNING id", first_number));
    MUST(number.has_value());
    TRY(transaction.run("DELETE FROM store_process WHERE id <= $1", *number - processes_kept));
    TRY(connection.release_claims_of_the_dead());
    TRY(connection.announce(*number));
    return *number;
}

} // namespace comity::store
