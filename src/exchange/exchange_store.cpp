#include "exchange/exchange_store.h"

#include "exchange/attachment_store.h"

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
    // A message gets number, signature and entry when its turn comes, no longer when it is written.
    { "exchange", 2, R"sql(
CREATE TABLE exchange_message_2 (id TEXT PRIMARY KEY, direction TEXT NOT NULL, peer TEXT NOT NULL,
    seq BIGINT, type TEXT NOT NULL, state TEXT NOT NULL, at TEXT NOT NULL,
    case_number TEXT NOT NULL, entry BIGINT, manifest BYTEA NOT NULL,
    signature BYTEA NOT NULL, receipt BYTEA, UNIQUE (peer, direction, seq));
INSERT INTO exchange_message_2 SELECT id, direction, peer, seq, type,
    CASE state WHEN 'queued' THEN 'sent' ELSE state END, at, case_number, entry, manifest,
    signature, receipt FROM exchange_message;
DROP TABLE exchange_message;
DROP TABLE exchange_head;
ALTER TABLE exchange_message_2 RENAME TO exchange_message;
CREATE INDEX exchange_under_way ON exchange_message (peer, seq) WHERE state = 'sent';
CREATE INDEX exchange_by_case ON exchange_message (case_number, at);
CREATE TABLE exchange_outbox (place BIGINT PRIMARY KEY, message TEXT NOT NULL UNIQUE,
    peer TEXT NOT NULL, rank BIGINT NOT NULL, expires_at TEXT, verdict TEXT NOT NULL,
    salt BYTEA NOT NULL);
CREATE INDEX exchange_most_urgent ON exchange_outbox (peer, rank, place);
CREATE TABLE exchange_later_receipt (message TEXT NOT NULL, kind TEXT NOT NULL, peer TEXT NOT NULL,
    direction TEXT NOT NULL, state TEXT NOT NULL, bytes BYTEA NOT NULL,
    PRIMARY KEY (message, kind));
CREATE INDEX exchange_receipt_waits ON exchange_later_receipt (peer) WHERE state = 'waiting';
CREATE TABLE exchange_fork (peer TEXT NOT NULL, manifest_sha256 TEXT NOT NULL, seq BIGINT NOT NULL,
    at TEXT NOT NULL, manifest BYTEA NOT NULL, signature BYTEA NOT NULL,
    PRIMARY KEY (peer, manifest_sha256));
)sql" },
    { "attachment", 1, attachment_tables },
    // Behind a long queue what expires is found without a walk through it.
    { "exchange", 3, R"sql(
CREATE INDEX exchange_expires ON exchange_outbox (peer, expires_at) WHERE expires_at IS NOT NULL;
)sql" },
    { "exchange", 4, R"sql(
CREATE INDEX exchange_packet ON exchange_message (at)
    WHERE direction IN ('courier-out', 'courier-in');
)sql" },
    // The newest messages of all, without a walk through those of years.
    { "exchange", 5, "CREATE INDEX exchange_newest ON exchange_message (at, id);" },
};

// A message waits for its number until the other State has its attachments.
constexpr std::string_view is_loaded
    = "NOT EXISTS (SELECT 1 FROM exchange_attachment AS attached WHERE "
      "attached.message = exchange_outbox.message AND attached.state = 'waiting')";

constexpr std::string_view columns
    = "id, direction, peer, seq, type, state, at, case_number, entry, manifest, signature, receipt";

std::optional<std::uint64_t> number_if(Row const& row, int column)
{
    auto const found = row.integer_if(column);
    return found ? std::optional { static_cast<std::uint64_t>(*found) } : std::nullopt;
}

Instant instant_of(Row const& row, int column)
{
    auto const at = parse_instant(row.text(column));
    MUST(at.ok());
    return at.value();
}

constexpr std::string_view by_courier = "courier-";

Stored read_row(Row const& row)
{
    auto direction = row.text(1);
    auto const courier = direction.starts_with(by_courier);
    if (courier) direction.erase(0, by_courier.size());
    return { row.text(0), std::move(direction), row.text(2), number_if(row, 3), row.text(4),
        row.text(5), instant_of(row, 6), row.text(7), number_if(row, 8), row.blob(9), row.blob(10),
        row.blob(11), courier ? message::Channel::courier : message::Channel::wire };
}

std::string direction_of(Stored const& message)
{
    bool const courier = message.channel == message::Channel::courier;
    return courier ? std::string { by_courier } + message.direction : message.direction;
}

std::string select(std::string_view rest)
{
    return fmt::format("SELECT {} FROM exchange_message {}", columns, rest);
}

Result<void> insert_parts(
    Transaction& transaction, std::string_view id, std::span<Bytes const> parts)
{
    std::int64_t n = 0;
    for (auto const& part : parts)
        TRY(transaction.run(
            "INSERT INTO exchange_part (message, n, sealed) VALUES ($1, $2, $3)", id, ++n, part));
    return {};
}

} // namespace

std::span<store::Migration const> const migrations { steps };

std::string line_to(std::string_view state, message::Channel channel)
{
    std::string const to { state };
    return channel == message::Channel::courier ? std::string { by_courier } + to : to;
}

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
    static auto const sql
        = fmt::format("INSERT INTO exchange_message ({}) "
                      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, NULL)",
            columns);
    TRY(transaction.run(sql, message.id, direction_of(message), message.peer, message.seq,
        message.type, message.state, to_text(message.at), message.case_number, message.entry,
        message.manifest, message.signature));
    return insert_parts(transaction, message.id, parts);
}

Result<void> set_receipt(
    Transaction& transaction, std::string_view id, std::string_view state, ByteView receipt)
{
    TRY(transaction.run(
        "UPDATE exchange_message SET state = $1, receipt = $2 WHERE id = $3", state, receipt, id));
    return {};
}

Result<bool> set_first_receipt(
    Transaction& transaction, std::string_view id, std::string_view state, ByteView receipt)
{
    auto const changed = TRY(transaction.run("UPDATE exchange_message SET state = $1, receipt = $2 "
                                             "WHERE id = $3 AND state IN ('sent', 'packed')",
        state, receipt, id));
    return changed == 1;
}

Result<void> set_numbered(Transaction& transaction, Stored const& message)
{
    TRY(transaction.run("UPDATE exchange_message SET state = $1, seq = $2, entry = $3, "
                        "manifest = $4, signature = $5, direction = $6 WHERE id = $7",
        message.state, message.seq, message.entry, message.manifest, message.signature,
        direction_of(message), message.id));
    return {};
}

Result<void> set_manifest(Transaction& transaction, std::string_view id, ByteView manifest)
{
    TRY(transaction.run("UPDATE exchange_message SET manifest = $1 WHERE id = $2", manifest, id));
    return {};
}

Result<void> set_state(Transaction& transaction, std::string_view id, std::string_view state)
{
    TRY(transaction.run("UPDATE exchange_message SET state = $1 WHERE id = $2", state, id));
    return {};
}

Result<void> replace_parts(
    Transaction& transaction, std::string_view id, std::span<Bytes const> parts)
{
    TRY(transaction.run("DELETE FROM exchange_part WHERE message = $1", id));
    return insert_parts(transaction, id, parts);
}

Result<void> put_in_outbox(Transaction& transaction, std::string_view peer, Waiting const& waiting,
    message::Urgency urgency, std::optional<Instant> expires_at)
{
    // The most urgent first: flash 0, urgent 1, routine 2.
    auto const rank = static_cast<int>(message::Urgency::flash) - static_cast<int>(urgency);
    TRY(transaction.run(
        "INSERT INTO exchange_outbox (place, message, peer, rank, expires_at, verdict, salt) "
        "VALUES ((SELECT coalesce(max(place), 0) + 1 FROM exchange_outbox), "
        "$1, $2, $3, $4, $5, $6)",
        waiting.message, peer, rank,
        expires_at ? std::optional { to_text(*expires_at) } : std::nullopt, waiting.verdict,
        waiting.salt));
    return {};
}

namespace {

constexpr std::string_view waiting
    = "SELECT message, verdict, salt, (SELECT coalesce(sum(length(sealed)), 0) FROM exchange_part "
      "WHERE exchange_part.message = exchange_outbox.message) FROM exchange_outbox";

Waiting read_waiting(Row const& row)
{
    return { row.text(0), row.text(1), row.blob(2), static_cast<std::size_t>(row.integer(3)) };
}

} // namespace

Result<std::vector<Waiting>> most_urgent(
    Transaction& transaction, std::string_view peer, std::size_t count)
{
    return transaction.all(
        fmt::format("{} WHERE peer = $1 AND {} ORDER BY rank, place LIMIT $2", waiting, is_loaded),
        read_waiting, peer, count);
}

Result<std::optional<Waiting>> find_waiting(Transaction& transaction, std::string_view message)
{
    return transaction.one(fmt::format("{} WHERE message = $1", waiting), read_waiting, message);
}

Result<std::vector<std::string>> expired_in_outbox(
    Transaction& transaction, std::string_view peer, Instant now)
{
    return transaction.all(
        "SELECT message FROM exchange_outbox WHERE peer = $1 AND "
        "expires_at < $2 ORDER BY place",
        [](Row const& row) { return row.text(0); }, peer, to_text(now));
}

Result<bool> take_from_outbox(Transaction& transaction, std::string_view id)
{
    auto const taken = TRY(transaction.run("DELETE FROM exchange_outbox WHERE message = $1", id));
    return taken == 1;
}

Result<Load> load_of(Transaction& transaction, std::string_view peer)
{
    auto const exists = [](Row const& row) { return row.integer(0) != 0; };
    Load out;
    out.last_numbered = TRY(position(transaction, peer, Direction::out)).seq;
    auto const first = TRY(transaction.one(
        "SELECT min(seq) FROM exchange_message WHERE peer = $1 AND state = 'sent'",
        [](Row const& row) { return number_if(row, 0); }, peer));
    out.first_under_way = first->value_or(0);
    auto const loaded = TRY(transaction.one(
        fmt::format("SELECT count(*) FROM (SELECT 1 FROM exchange_outbox WHERE peer = $1 AND {} "
                    "LIMIT 1) AS one",
            is_loaded),
        exists, peer));
    out.waiting = *loaded;
    auto const receipts
        = TRY(transaction.one("SELECT count(*) FROM (SELECT 1 FROM exchange_later_receipt "
                              "WHERE peer = $1 AND state = 'waiting' LIMIT 1) AS one",
            exists, peer));
    out.receipts = *receipts;
    return out;
}

Result<std::optional<UnderWay>> find_numbered(
    Transaction& transaction, std::string_view peer, std::uint64_t seq)
{
    return transaction.one(
        "SELECT id, manifest, signature FROM exchange_message "
        "WHERE peer = $1 AND direction = 'out' AND seq = $2",
        [&](Row const& row) {
            return UnderWay { { row.blob(1), row.blob(2), {} }, row.text(0), seq };
        },
        peer, seq);
}

Result<void> keep_fork(Transaction& transaction, Fork const& fork)
{
    auto const known = TRY(transaction.one(
        "SELECT count(*) FROM exchange_fork WHERE peer = $1",
        [](Row const& row) { return static_cast<std::size_t>(row.integer(0)); }, fork.peer));
    if (*known >= forks_max) return {};
    TRY(transaction.run("INSERT INTO exchange_fork (peer, manifest_sha256, seq, at, manifest, "
                        "signature) VALUES ($1, $2, $3, $4, $5, $6) "
                        "ON CONFLICT (peer, manifest_sha256) DO NOTHING",
        fork.peer, to_hex(crypto::sha256(fork.manifest)), fork.seq, to_text(fork.at), fork.manifest,
        fork.signature));
    return {};
}

Result<std::vector<Fork>> forks(Transaction& transaction)
{
    return transaction.all("SELECT at, peer, seq, manifest, signature FROM exchange_fork "
                           "ORDER BY at, peer, seq",
        [](Row const& row) {
            return Fork { instant_of(row, 0), row.text(1),
                static_cast<std::uint64_t>(row.integer(2)), row.blob(3), row.blob(4) };
        });
}

Result<std::optional<Bytes>> later_receipt(
    Transaction& transaction, std::string_view message, std::string_view kind)
{
    return transaction.one(
        "SELECT bytes FROM exchange_later_receipt WHERE message = $1 AND kind = $2",
        [](Row const& row) { return row.blob(0); }, message, kind);
}

Result<void> put_later_receipt(Transaction& transaction, std::string_view peer, Direction direction,
    LaterReceipt const& receipt)
{
    TRY(transaction.run(
        "INSERT INTO exchange_later_receipt (message, kind, peer, direction, state, bytes) "
        "VALUES ($1, $2, $3, $4, $5, $6)",
        receipt.message, receipt.kind, peer, json::word(direction),
        direction == Direction::out ? "waiting" : "taken", receipt.bytes));
    return {};
}

Result<std::vector<LaterReceipt>> waiting_receipts(
    Transaction& transaction, std::string_view peer, std::size_t count)
{
    return transaction.all(
        "SELECT message, kind, bytes FROM exchange_later_receipt "
        "WHERE peer = $1 AND state = 'waiting' ORDER BY message, kind LIMIT $2",
        [](Row const& row) { return LaterReceipt { row.text(0), row.text(1), row.blob(2) }; }, peer,
        count);
}

Result<void> set_receipt_taken(Transaction& transaction, LaterReceipt const& receipt)
{
    TRY(transaction.run("UPDATE exchange_later_receipt SET state = 'taken' "
                        "WHERE message = $1 AND kind = $2",
        receipt.message, receipt.kind));
    return {};
}

Result<std::vector<Bytes>> later_receipts(Transaction& transaction, std::string_view id)
{
    return transaction.all(
        "SELECT bytes FROM exchange_later_receipt WHERE message = $1",
        [](Row const& row) { return row.blob(0); }, id);
}

Result<std::optional<Stored>> find_message(Transaction& transaction, std::string_view id)
{
    static auto const sql = select("WHERE id = $1");
    return transaction.one(sql, read_row, id);
}

Result<std::vector<Stored>> messages(
    Transaction& transaction, std::int64_t limit, std::string_view case_number)
{
    if (case_number.empty())
        return transaction.all(select("ORDER BY at DESC, id DESC LIMIT $1"), read_row, limit);
    return transaction.all(
        select("WHERE case_number = $1 ORDER BY at, id LIMIT $2"), read_row, case_number, limit);
}

Result<std::vector<Stored>> packets(Transaction& transaction, std::int64_t limit)
{
    return transaction.all(
        select("WHERE direction IN ('courier-out', 'courier-in') ORDER BY at DESC, id DESC "
               "LIMIT $1"),
        read_row, limit);
}

Result<Stored> message_by_id(Transaction& transaction, std::string_view id)
{
    auto found = TRY(find_message(transaction, id));
    if (!found)
        return Error { Error::Kind::not_found, fmt::format("there is no message {}", id), "id" };
    return std::move(*found);
}

Result<bool> came_in(Transaction& transaction, std::string_view id)
{
    auto const found = TRY(transaction.one(
        "SELECT 1 FROM exchange_message WHERE id = $1 "
        "AND direction IN ('in', 'courier-in') AND state = 'received'",
        [](Row const& row) { return row.integer(0); }, id));
    return found.has_value();
}

Result<bool> gave_receipt(Transaction& transaction, std::string_view id, message::ReceiptKind kind)
{
    MUST(message::is_later(kind));
    return TRY(later_receipt(transaction, id, json::word(kind))).has_value();
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
    for (auto const& key : TRY(attachments_of(transaction, id)))
        TRY(delete_attachment(transaction, key));
    return {};
}

Result<std::int64_t> queued_for(Transaction& transaction, std::string_view state)
{
    auto const count = TRY(transaction.one(
        "SELECT (SELECT count(*) FROM exchange_outbox WHERE peer = $1) + (SELECT count(*) "
        "FROM exchange_message WHERE peer = $2 AND state = 'sent')", // each has its index
        [](Row const& row) { return row.integer(0); }, state, state));
    return count.value();
}

} // namespace comity::exchange
