#pragma once

#include "exchange/attachment.h"
#include "exchange/attachment_store.h"
#include "exchange/trust.h"

#include <filesystem>

namespace comity::exchange {

/// Gives the next bytes of a file, as many as there is room for; none at its end.
using ByteSource = std::function<Result<std::size_t>(std::span<std::uint8_t> room)>;
/// Error: not_found.
Result<ByteSource> read_from(std::filesystem::path const& file);

struct OutgoingAttachment {
    std::string name;
    std::string media_type;
    ByteSource source;
};

/// An attachment on its way to a State.
struct Cargo {
    AttachmentKey key;
    HashList hashes;
};

/// Files beside messages, in chunks: each sealed by itself, stored by itself, brought by itself and
/// checked as it comes, before the message that names them. Nothing here ever holds more than one
/// chunk in memory, or the writer for longer than a few of them.
class Attachments {
public:
    /// This State, its keys and its trust as they stand when they are asked for.
    struct Ends {
        std::string state;
        std::function<crypto::Certificate()> sealing;
        std::function<Result<Bytes>(ByteView sealed)> open;
        std::function<Trust()> trust;
    };
    Attachments(
        store::Store& store, Ends ends, Clock clock, Random random, AttachmentSettings settings);

    // The sending end.

    /// Reads, seals to `reader` and this State, and stores, each chunk in a write of its own.
    /// Errors: the source's; too_large.
    Result<message::SealedAttachment> seal(std::string const& message, std::uint32_t n,
        std::string const& peer, crypto::Certificate const& reader,
        OutgoingAttachment const& attachment) const;
    /// From now on the attachments belong to a message that waits. Error: conflict where they were
    /// swept meanwhile.
    Result<void> submit(store::Transaction& transaction, message::Manifest const& manifest) const;
    /// Of what waits for a State, the first. Sealed anew where it could not be opened there any
    /// more; then the manifest that waits names the new roots.
    Result<std::optional<Cargo>> next_for(std::string_view state) const;
    Result<Bytes> chunk(Cargo const& cargo, std::uint32_t chunk) const;
    /// The State has all of it.
    Result<void> arrived(Cargo const& cargo) const;
    /// The State has lost them: bring them again.
    Result<void> bring_again(std::string_view message) const;
    /// Seals the attachments of a message that waits to what its receiver can open now.
    Result<void> renew(std::string const& message) const;

    // The receiving end. Only the State at the other end of the pipe brings something.

    /// The list of hashes, before any chunk. The same again changes nothing, another one takes the
    /// place of what came. Errors: malformed, too_large.
    Result<void> open(
        std::string_view state, std::string_view message, std::uint32_t n, ByteView hashes) const;
    /// Errors: not_found without the list; too_large; not_authentic where it is not what the list
    /// names.
    Result<void> take_chunk(std::string_view state, std::string_view message, std::uint32_t n,
        std::uint32_t chunk, ByteView sealed) const;
    /// Error: not_found.
    Result<Progress> progress(
        std::string_view state, std::string_view message, std::uint32_t n) const;
    /// The message is here and takes what came for it. Error: conflict, field `attachments`, where
    /// something is not here. What came and cannot be opened is the reason inside.
    Result<std::optional<Error>> claim(
        store::Transaction& transaction, message::Manifest const& manifest) const;
    /// What a message brought and nobody gets to see goes.
    Result<void> drop(store::Transaction& transaction, std::string_view message) const;

    // Both.

    /// What a message that is here brings, or took along, says in one of its chunks, counted
    /// from 1. Errors: not_found; not_authentic where it does not open here.
    Result<Bytes> content(store::Transaction& transaction, std::string_view message,
        std::uint32_t n, std::uint32_t chunk) const;

    /// Deletes what is dropped, what no message claimed in time, and what was sealed for a message
    /// that was never written; in small writes. How many attachments went.
    Result<std::size_t> sweep() const;
    /// Deletes the chunks of a message in small writes, before the one that says so. Not for a
    /// message that is under way.
    Result<void> clear(std::string_view message) const;
    AttachmentSettings const& settings() const { return settings_; }

private:
    struct Opened;
    Result<bool> seal_chunks(AttachmentRow& row, message::SealedAttachment& line,
        crypto::Certificate const& reader, ByteSource const& source) const;
    Bytes sealed_chunk(AttachmentKey const& key, std::uint32_t chunk,
        crypto::Certificate const& reader, ByteView content, Bytes& plain_sha256) const;
    ChunkLine look_into(AttachmentKey const& key, std::uint32_t chunk, ByteView sealed) const;
    Result<void> renew_one(AttachmentRow row, crypto::Certificate const& reader) const;
    Result<void> keep_quota(store::Transaction& transaction, AttachmentKey const& newest) const;
    Result<void> remove_chunks(AttachmentKey const& key) const;

    store::Store& store_;
    Ends ends_;
    Clock clock_;
    Random random_;
    AttachmentSettings settings_;
};

} // namespace comity::exchange
