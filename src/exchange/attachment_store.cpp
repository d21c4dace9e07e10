#include "exchange/attachment_store.h"

namespace comity::exchange {
namespace {

using store::Row;
using store::Transaction;

constexpr std::string_view row_columns
    = "message, direction, peer, n, state, at, certificate, hashes, bytes";

std::uint32_t small(Row const& row, int column)
{
    return static_cast<std::uint32_t>(row.integer(column));
}

AttachmentKey read_key(Row const& row)
{
    return { row.text(0), row.text(1), row.text(2), small(row, 3) };
}

AttachmentRow read_row(Row const& row)
{
    auto const at = parse_instant(row.text(5));
    MUST(at.ok());
    return { read_key(row), row.text(4), at.value(), row.text(6), row.blob(7),
        static_cast<std::uint64_t>(row.integer(8)) };
}

std::string select(std::string_view rest)
{
    std::string out { "SELECT " };
    out += row_columns;
    out += " FROM exchange_attachment ";
    return out += rest;
}

constexpr std::string_view of_key = "message = $1 AND direction = $2 AND peer = $3 AND n = $4";

std::string where_key(std::string_view before, std::string_view after = {})
{
    std::string out { before };
    out += " WHERE ";
    out += of_key;
    return out += after;
}

} // namespace

Result<void> put_attachment(Transaction& transaction, AttachmentRow const& row)
{
    TRY(transaction.run(
        "INSERT INTO exchange_attachment (message, direction, peer, n, state, at, certificate, "
        "hashes, bytes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) "
        "ON CONFLICT (message, direction, peer, n) DO UPDATE SET state = excluded.state, "
        "at = excluded.at, certificate = excluded.certificate, hashes = excluded.hashes, "
        "bytes = excluded.bytes",
        row.key.message, row.key.direction, row.key.peer, row.key.n, row.state, to_text(row.at),
        row.certificate, row.hashes, row.bytes));
    return {};
}

Result<std::optional<AttachmentRow>> find_attachment(
    Transaction& transaction, AttachmentKey const& key)
{
    return transaction.one(
        select(where_key("")), read_row, key.message, key.direction, key.peer, key.n);
}

Result<void> set_attachment_state(
    Transaction& transaction, AttachmentKey const& key, std::string_view state)
{
    TRY(transaction.run("UPDATE exchange_attachment SET state = $1 WHERE message = $2 AND "
                        "direction = $3 AND peer = $4 AND n = $5",
        state, key.message, key.direction, key.peer, key.n));
    return {};
}

Result<std::int64_t> move_attachments(Transaction& transaction, std::string_view message,
    std::string_view direction, std::string_view from, std::string_view to)
{
    return transaction.run("UPDATE exchange_attachment SET state = $1 WHERE message = $2 AND "
                           "direction = $3 AND state = $4",
        to, message, direction, from);
}

Result<std::vector<UnclaimedLine>> unclaimed_of(Transaction& transaction, std::string_view peer)
{
    return transaction.all(
        "SELECT message, direction, peer, n, bytes FROM exchange_attachment "
        "WHERE state = 'coming' AND peer = $1 ORDER BY at, message, n",
        [](Row const& row) {
            return UnclaimedLine { read_key(row), static_cast<std::uint64_t>(row.integer(4)) };
        },
        peer);
}

Result<std::optional<AttachmentRow>> next_attachment(
    Transaction& transaction, std::string_view peer)
{
    return transaction.one(
        select("WHERE state = 'waiting' AND peer = $1 ORDER BY coalesce((SELECT rank FROM "
               "exchange_outbox WHERE exchange_outbox.message = exchange_attachment.message), -1), "
               "at, message, n LIMIT 1"),
        read_row, peer);
}

Result<std::vector<AttachmentRow>> waiting_attachments(
    Transaction& transaction, std::string_view message)
{
    return transaction.all(select("WHERE message = $1 AND direction = 'out' AND state IN "
                                  "('waiting', 'packed', 'there') ORDER BY n"),
        read_row, message);
}

Result<std::vector<AttachmentRow>> attachments_before(
    Transaction& transaction, std::string_view state, Instant before, std::size_t count)
{
    return transaction.all(select("WHERE state = $1 AND at < $2 ORDER BY at LIMIT $3"), read_row,
        state, to_text(before), count);
}

Result<bool> put_chunk(
    Transaction& transaction, AttachmentKey const& key, ChunkLine const& line, ByteView sealed)
{
    auto const put = TRY(transaction.run(
        "INSERT INTO exchange_chunk (message, direction, peer, n, chunk, plain_sha256, "
        "content_bytes, sealed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) "
        "ON CONFLICT (message, direction, peer, n, chunk) DO NOTHING",
        key.message, key.direction, key.peer, key.n, line.chunk, line.plain_sha256,
        line.content_bytes, sealed));
    return put == 1;
}

Result<void> replace_chunk(
    Transaction& transaction, AttachmentKey const& key, std::uint32_t chunk, ByteView sealed)
{
    TRY(transaction.run("UPDATE exchange_chunk SET sealed = $1 WHERE message = $2 AND "
                        "direction = $3 AND peer = $4 AND n = $5 AND chunk = $6",
        sealed, key.message, key.direction, key.peer, key.n, chunk));
    return {};
}

Result<std::vector<ChunkLine>> chunk_lines(Transaction& transaction, AttachmentKey const& key)
{
    return transaction.all(
        where_key(
            "SELECT chunk, plain_sha256, content_bytes FROM exchange_chunk", " ORDER BY chunk"),
        [](Row const& row) {
            return ChunkLine { small(row, 0), row.blob(1),
                static_cast<std::uint64_t>(row.integer(2)) };
        },
        key.message, key.direction, key.peer, key.n);
}

Result<Bytes> chunk_at(Transaction& transaction, AttachmentKey const& key, std::uint32_t chunk)
{
    auto found = TRY(transaction.one(
        where_key("SELECT sealed FROM exchange_chunk", " AND chunk = $5"),
        [](Row const& row) { return row.blob(0); }, key.message, key.direction, key.peer, key.n,
        chunk));
    if (!found)
        return Error { Error::Kind::not_found, "a chunk of an attachment is not here any more",
            "attachments" };
    return std::move(*found);
}

Result<std::size_t> delete_some_chunks(Transaction& transaction, AttachmentKey const& key)
{
    auto const some = TRY(transaction.all(
        where_key("SELECT chunk FROM exchange_chunk", " ORDER BY chunk LIMIT $5"),
        [](Row const& row) { return row.integer(0); }, key.message, key.direction, key.peer, key.n,
        deleted_together_max));
    for (auto const chunk : some)
        TRY(transaction.run(where_key("DELETE FROM exchange_chunk", " AND chunk = $5"), key.message,
            key.direction, key.peer, key.n, chunk));
    return some.size();
}

Result<void> delete_attachment(Transaction& transaction, AttachmentKey const& key)
{
    TRY(transaction.run(
        where_key("DELETE FROM exchange_chunk"), key.message, key.direction, key.peer, key.n));
    TRY(transaction.run(
        where_key("DELETE FROM exchange_attachment"), key.message, key.direction, key.peer, key.n));
    return {};
}

Result<std::vector<AttachmentKey>> attachments_of(
    Transaction& transaction, std::string_view message)
{
    return transaction.all("SELECT message, direction, peer, n FROM exchange_attachment "
                           "WHERE message = $1 ORDER BY direction, peer, n",
        read_key, message);
}

} // namespace comity::exchange
