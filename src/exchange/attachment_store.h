#pragma once

#include "exchange/attachment.h"
#include "store/store.h"

/// The tables of attachments; included by this room's sources only.
namespace comity::exchange {

// What is sealed stands last in its row: nobody reads it to see the rest.
constexpr std::string_view attachment_tables = R"sql(
CREATE TABLE exchange_attachment (message TEXT NOT NULL, direction TEXT NOT NULL,
    peer TEXT NOT NULL, n BIGINT NOT NULL, state TEXT NOT NULL, at TEXT NOT NULL,
    certificate TEXT NOT NULL, hashes BYTEA NOT NULL, bytes BIGINT NOT NULL,
    PRIMARY KEY (message, direction, peer, n));
CREATE INDEX exchange_attachment_by_state ON exchange_attachment (state, at);
CREATE TABLE exchange_chunk (message TEXT NOT NULL, direction TEXT NOT NULL, peer TEXT NOT NULL,
    n BIGINT NOT NULL, chunk BIGINT NOT NULL, plain_sha256 BYTEA NOT NULL,
    content_bytes BIGINT NOT NULL, sealed BYTEA NOT NULL,
    PRIMARY KEY (message, direction, peer, n, chunk));
)sql";

/// Whose attachment, and which.
struct AttachmentKey {
    std::string message;
    std::string direction; ///< "out" or "in"
    std::string peer;
    std::uint32_t n;
};

struct AttachmentRow {
    AttachmentKey key;
    /// Out: loose (its message is not written yet), waiting, packed (goes by courier), there.
    /// In: coming, taken. Both: dropped (to be deleted).
    std::string state;
    Instant at; ///< Of the last chunk.
    std::string certificate; ///< Out: fingerprint of what it is sealed to.
    HashList hashes;
    std::uint64_t bytes = 0; ///< Sealed, of the chunks that are here.
};

/// What is known of a chunk without reading it.
struct ChunkLine {
    std::uint32_t chunk;
    Bytes plain_sha256; ///< Of head line and content; empty where it does not open.
    std::uint64_t content_bytes;
};

Result<void> put_attachment(store::Transaction& transaction, AttachmentRow const& row);
Result<std::optional<AttachmentRow>> find_attachment(
    store::Transaction& transaction, AttachmentKey const& key);
Result<void> set_attachment_state(
    store::Transaction& transaction, AttachmentKey const& key, std::string_view state);
/// Every one of a message that is in one state. How many were.
Result<std::int64_t> move_attachments(store::Transaction& transaction, std::string_view message,
    std::string_view direction, std::string_view from, std::string_view to);
/// What no message of a peer has claimed, the quietest first.
struct UnclaimedLine {
    AttachmentKey key;
    std::uint64_t bytes;
};
Result<std::vector<UnclaimedLine>> unclaimed_of(
    store::Transaction& transaction, std::string_view peer);
/// Of what waits for a State the most urgent; before all what a message under way needs.
Result<std::optional<AttachmentRow>> next_attachment(
    store::Transaction& transaction, std::string_view peer);
/// Of a message of ours that is written.
Result<std::vector<AttachmentRow>> waiting_attachments(
    store::Transaction& transaction, std::string_view message);
/// Those of any peer that have been in a state since before.
Result<std::vector<AttachmentRow>> attachments_before(
    store::Transaction& transaction, std::string_view state, Instant before, std::size_t count);

/// False where it is here already.
Result<bool> put_chunk(store::Transaction& transaction, AttachmentKey const& key,
    ChunkLine const& line, ByteView sealed);
Result<void> replace_chunk(store::Transaction& transaction, AttachmentKey const& key,
    std::uint32_t chunk, ByteView sealed);
Result<std::vector<ChunkLine>> chunk_lines(
    store::Transaction& transaction, AttachmentKey const& key);
/// Error: not_found.
Result<Bytes> chunk_at(
    store::Transaction& transaction, AttachmentKey const& key, std::uint32_t chunk);
/// At most deleted_together_max chunks; how many.
Result<std::size_t> delete_some_chunks(store::Transaction& transaction, AttachmentKey const& key);
Result<void> delete_attachment(store::Transaction& transaction, AttachmentKey const& key);
/// All rows of a message, both directions.
Result<std::vector<AttachmentKey>> attachments_of(
    store::Transaction& transaction, std::string_view message);

} // namespace comity::exchange
