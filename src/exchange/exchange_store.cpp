#include "exchange/exchange_store.h"

#include <fmt/format.h>

namespace comity::exchange {
namespace {

using store::Row;
using store::Transaction;

constexpr store::Migration steps[] = {
    { "exchange", 1, R"sql(
CREATE TABLE exchange_pair (peer TEXT NOT NULL, direction TEXT NOT NULL, seq BIGINT NOT NULL,
    manifest_sha256 TEXT NOT NULL, PRIMARY KEY (peer, direction));
CREATE TABLE exchange_message (id TEXT PRIMARY KEY, direction TEXT NOT NULL, peer TEXT NOT NULL,
    seq BIGINT NOT NULL, type TEXT NOT NULL, state TEXT NOT NULL, at TEXT NOT NULL,
    case_number TEXT NOT NULL, entry BIGINT NOT NULL, manifest BYTEA NOT NULL,
    signature BYTEA NOT NULL, receipt BYTEA, UNIQUE (peer, direction, seq));
CREATE INDEX exchange_queued ON exchange_message (peer, seq) WHERE state = 'queued';
CREATE INDEX exchange_by_case ON exchange_message (case_number, at);
CREATE TABLE exchange_part (message TEXT NOT NULL, n BIGINT NOT NULL, sealed BYTEA NOT NULL,
    PRIMARY KEY (message, n));
CREATE TABLE exchange_head (peer TEXT PRIMARY KEY, size BIGINT NOT NULL, note TEXT NOT NULL);
)sql" },
};

constexpr std::string_view columns
    = "id, direction, peer, seq, type, state, at, case_number, entry, manifest, signature, receipt";

Stored read_row(Row const& row)
{
    auto const at = parse_instant(row.text(6));
    MUST(at.ok());
    return { row.text(0), row.text(1), row.text(2), static_cast<std::uint64_t>(row.integer(3)),
        row.text(4), row.text(5), at.value(), row.text(7),
        static_cast<std::uint64_t>(row.integer(8)), row.blob(9), row.blob(10), row.blob(11) };
}

std::string select(std::string_view rest)
{
    return fmt::format("SELECT {} FROM exchange_message {}", columns, rest);
}

} // namespace

std::span<store::Migration const> const migrations { steps };

Result<Position> position(Transaction& transaction, std::string_view peer, Direction direction)
{
    auto const found = TRY(transaction.one(
        "SELECT seq, manifest_sha256 FROM exchange_pair WHERE peer = $1 AND direction = $2",
        [](Row const& row) {
            return Position { static_cast<std::uint64_t>(row.integer(0)), row.text(1) };
        },
        peer, json::word(direction)));
    return found.value_or(Position {});
}

Result<void> set_position(
    Transaction& transaction, std::string_view peer, Direction direction, Position const& position)
{
    TRY(transaction.run("INSERT INTO exchange_pair (peer, direction, seq, manifest_sha256) "
                        "VALUES ($1, $2, $3, $4) ON CONFLICT (peer, direction) DO UPDATE SET "
                        "seq = excluded.seq, manifest_sha256 = excluded.manifest_sha256",
        peer, json::word(direction), position.seq, position.manifest_sha256));
    return {};
}

Result<void> insert_message(
    Transaction& transaction, Stored const& message, std::span<Bytes const> parts)
{
    TRY(transaction.run(fmt::format("INSERT INTO exchange_message ({}) "
                                    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, NULL)",
                            columns),
        message.id, message.direction, message.peer, message.seq, message.type, message.state,
        to_text(message.at), message.case_number, message.entry, message.manifest,
        message.signature));
    std::int64_t n = 0;
    for (auto const& part : parts)
        TRY(transaction.run("INSERT INTO exchange_part (message, n, sealed) VALUES ($1, $2, $3)",
            message.id, ++n, part));
    return {};
}

Result<void> set_receipt(
    Transaction& transaction, std::string_view id, std::string_view state, ByteView receipt)
{
    TRY(transaction.run(
        "UPDATE exchange_message SET state = $1, receipt = $2 WHERE id = $3", state, receipt, id));
    return {};
}

Result<std::optional<Stored>> oldest_queued(Transaction& transaction, std::string_view peer)
{
    return transaction.one(
        select("WHERE peer = $1 AND state = 'queued' ORDER BY seq LIMIT 1"), read_row, peer);
}

Result<std::optional<Stored>> find_message(Transaction& transaction, std::string_view id)
{
    return transaction.one(select("WHERE id = $1"), read_row, id);
}

Result<std::optional<std::uint64_t>> seen_size(Transaction& transaction, std::string_view peer)
{
    return transaction.one(
        "SELECT size FROM exchange_head WHERE peer = $1",
        [](Row const& row) { return static_cast<std::uint64_t>(row.integer(0)); }, peer);
}

Result<void> witness(Transaction& transaction, std::string_view peer, std::string_view note)
{
    auto const fresh = TRY(ledger::read_checkpoint(note));
    auto const known = TRY(transaction.one(
        "SELECT note FROM exchange_head WHERE peer = $1",
        [](Row const& row) { return row.text(0); }, peer));
    if (known) {
        auto const seen = TRY(ledger::read_checkpoint(*known));
        bool const two_faced = fresh.size == seen.size && fresh.root != seen.root;
        if (two_faced)
            return Error { Error::Kind::conflict,
                fmt::format("the register of {} shows two heads of size {}", peer, fresh.size) };
        // A duplicate's receipt is the old one, byte for byte, so an old head alone is no alarm.
        if (fresh.size <= seen.size) return {};
    }
    TRY(transaction.run("INSERT INTO exchange_head (peer, size, note) VALUES ($1, $2, $3) "
                        "ON CONFLICT (peer) DO UPDATE SET size = excluded.size, "
                        "note = excluded.note",
        peer, fresh.size, note));
    return {};
}

Result<std::vector<Stored>> messages(
    Transaction& transaction, std::int64_t limit, std::string_view case_number)
{
    if (case_number.empty())
        return transaction.all(select("ORDER BY at DESC, id DESC LIMIT $1"), read_row, limit);
    return transaction.all(
        select("WHERE case_number = $1 ORDER BY at, id LIMIT $2"), read_row, case_number, limit);
}

Result<Stored> message_by_id(Transaction& transaction, std::string_view id)
{
    auto found = TRY(find_message(transaction, id));
    if (!found)
        return Error { Error::Kind::not_found, fmt::format("there is no message {}", id), "id" };
    return std::move(*found);
}

Result<std::vector<Bytes>> parts_of(Transaction& transaction, std::string_view id)
{
    return transaction.all(
        "SELECT sealed FROM exchange_part WHERE message = $1 ORDER BY n",
        [](Row const& row) { return row.blob(0); }, id);
}

Result<void> destroy_parts(Transaction& transaction, std::string_view id)
{
    TRY(transaction.run("DELETE FROM exchange_part WHERE message = $1", id));
    return {};
}

Result<std::int64_t> queued_for(Transaction& transaction, std::string_view state)
{
    auto const count = TRY(transaction.one(
        "SELECT count(*) FROM exchange_message WHERE peer = $1 AND state = 'queued'",
        [](Row const& row) { return row.integer(0); }, state));
    return count.value();
}

} // namespace comity::exchange
