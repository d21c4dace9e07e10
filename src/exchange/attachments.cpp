#include "exchange/attachments.h"

#include "exchange/exchange_store.h"

#include <fmt/format.h>

#include <fstream>

/// The sending end, and what both ends do to get rid of chunks.
namespace comity::exchange {
namespace {

using message::SealedAttachment;
using store::Transaction;

constexpr std::size_t salt_bytes = 32;
constexpr std::chrono::hours loose_max { 24 }; ///< Sealed, and its message was never written.
constexpr std::size_t swept_together_max = 64;

Result<std::size_t> fill(ByteSource const& source, std::span<std::uint8_t> room)
{
    std::size_t have = 0;
    while (have < room.size()) {
        auto const more = TRY(source(room.subspan(have)));
        MUST(more <= room.size() - have);
        if (more == 0) break;
        have += more;
    }
    return have;
}

void append(HashList& hashes, crypto::Digest const& digest)
{
    hashes.insert(hashes.end(), digest.begin(), digest.end());
}

Error over_limit(std::string const& name, AttachmentSettings const& settings)
{
    return { Error::Kind::too_large,
        fmt::format("attachment '{}' is over {} bytes", name,
            settings.chunk_bytes * std::uint64_t { message::chunks_max }),
        "attachments" };
}

} // namespace

Result<ByteSource> read_from(std::filesystem::path const& file)
{
    auto const stream = std::make_shared<std::ifstream>(file, std::ios::binary);
    if (!*stream)
        return Error { Error::Kind::not_found, fmt::format("{} cannot be read", file.string()) };
    return ByteSource { [stream, file](std::span<std::uint8_t> room) -> Result<std::size_t> {
        stream->read(reinterpret_cast<char*>(room.data()), std::ssize(room));
        if (stream->bad())
            return Error { Error::Kind::unavailable,
                fmt::format("reading {} failed", file.string()) };
        return static_cast<std::size_t>(stream->gcount());
    } };
}

Attachments::Attachments(
    store::Store& store, Ends ends, Clock clock, Random random, AttachmentSettings settings)
    : store_(store)
    , ends_(std::move(ends))
    , clock_(std::move(clock))
    , random_(std::move(random))
    , settings_(settings)
{
    MUST(settings.chunk_bytes >= 1 && settings.chunk_bytes <= message::chunk_bytes_max);
}

Bytes Attachments::sealed_chunk(AttachmentKey const& key, std::uint32_t chunk,
    crypto::Certificate const& reader, ByteView content, Bytes& plain_sha256) const
{
    Bytes salt(salt_bytes);
    random_(salt);
    auto const plain = message::write_chunk(
        { key.message, key.n, chunk, to_base64(salt), { key.peer, ends_.state } }, content);
    auto const digest = crypto::sha256(plain);
    plain_sha256.assign(digest.begin(), digest.end());
    std::array const readers { reader, ends_.sealing() };
    return crypto::seal(plain, readers);
}

/// True when the whole file is sealed; false where it is over the limit.
Result<bool> Attachments::seal_chunks(AttachmentRow& row, SealedAttachment& line,
    crypto::Certificate const& reader, ByteSource const& source) const
{
    Bytes buffer(settings_.chunk_bytes);
    HashList plain_hashes;
    for (;;) {
        auto const size = TRY(fill(source, buffer));
        if (size == 0 && line.chunks > 0) break;
        if (line.chunks == message::chunks_max) return false;
        ChunkLine chunk { ++line.chunks, {}, size };
        auto const sealed = sealed_chunk(
            row.key, chunk.chunk, reader, ByteView { buffer }.first(size), chunk.plain_sha256);
        append(row.hashes, crypto::sha256(sealed));
        plain_hashes.insert(
            plain_hashes.end(), chunk.plain_sha256.begin(), chunk.plain_sha256.end());
        TRY(store_.write([&](Transaction& t) { return put_chunk(t, row.key, chunk, sealed); }));
        line.bytes += size;
        row.bytes += sealed.size();
        if (size < buffer.size()) break;
    }
    line.cipher_root = to_hex(root_of(row.hashes));
    line.plain_root = to_hex(root_of(plain_hashes));
    return true;
}

Result<SealedAttachment> Attachments::seal(std::string const& message, std::uint32_t n,
    std::string const& peer, crypto::Certificate const& reader,
    OutgoingAttachment const& attachment) const
{
    AttachmentRow row { { message, "out", peer, n }, "loose", clock_(),
        to_hex(reader.fingerprint()), {}, 0 };
    SealedAttachment line { n, attachment.name, attachment.media_type, 0, settings_.chunk_bytes, 0,
        {}, {} };
    auto const put = [&](Transaction& t) { return put_attachment(t, row); };
    TRY(store_.write(put));
    auto const whole = seal_chunks(row, line, reader, attachment.source);
    if (!whole.ok() || !whole.value()) row.state = "dropped";
    TRY(store_.write(put));
    if (!TRY(whole)) return over_limit(attachment.name, settings_);
    return line;
}

Result<void> Attachments::submit(Transaction& transaction, message::Manifest const& manifest) const
{
    auto const count = std::ssize(manifest.sealed_attachments());
    if (count == 0) return {};
    auto const to = manifest.way() == message::Channel::wire ? "waiting" : "packed";
    if (TRY(move_attachments(transaction, manifest.id, "out", "loose", to)) == count) return {};
    return Error { Error::Kind::conflict,
        fmt::format(
            "the attachments of message {} are not here any more: seal it again", manifest.id),
        "attachments" };
}

Result<std::optional<Cargo>> Attachments::next_for(std::string_view state) const
{
    auto const find = [&](Transaction& t) { return next_attachment(t, state); };
    auto row = TRY(store_.read(find));
    if (!row) return std::optional<Cargo> {};
    auto const peer = TRY(ends_.trust().find(state));
    if (!peer.can_open(row->certificate, clock_())) {
        TRY(renew(row->key.message));
        row = TRY(store_.read(find));
        if (!row) return std::optional<Cargo> {};
    }
    return std::optional { Cargo { std::move(row->key), std::move(row->hashes) } };
}

Result<Bytes> Attachments::chunk(Cargo const& cargo, std::uint32_t chunk) const
{
    return store_.read([&](Transaction& t) { return chunk_at(t, cargo.key, chunk); });
}

Result<void> Attachments::arrived(Cargo const& cargo) const
{
    return store_.write([&](Transaction& transaction) -> Result<void> {
        auto const row = TRY(find_attachment(transaction, cargo.key));
        // Destroyed or sealed anew while it was on its way.
        if (!row || row->state != "waiting" || row->hashes != cargo.hashes) return {};
        return set_attachment_state(transaction, cargo.key, "there");
    });
}

Result<void> Attachments::bring_again(std::string_view message) const
{
    return store_.write([&](Transaction& transaction) -> Result<void> {
        TRY(move_attachments(transaction, message, "out", "there", "waiting"));
        return {};
    });
}

/// The plain bytes stay, so only the hashes of what is sealed change.
Result<void> Attachments::renew_one(AttachmentRow row, crypto::Certificate const& reader) const
{
    std::array const readers { reader, ends_.sealing() };
    HashList hashes;
    for (std::uint32_t chunk = 1; chunk <= count_of(row.hashes); ++chunk) {
        auto const old
            = TRY(store_.read([&](Transaction& t) { return chunk_at(t, row.key, chunk); }));
        auto const sealed = crypto::seal(TRY(ends_.open(old)), readers);
        append(hashes, crypto::sha256(sealed));
        TRY(store_.write([&](Transaction& t) { return replace_chunk(t, row.key, chunk, sealed); }));
    }
    row.hashes = std::move(hashes);
    row.certificate = to_hex(reader.fingerprint());
    return store_.write([&](Transaction& transaction) -> Result<void> {
        auto const stored = TRY(message_by_id(transaction, row.key.message));
        auto manifest = TRY(
            json::read_text<message::Manifest>(as_text(stored.manifest), json::Unknown::refuse));
        for (auto& each : *manifest.attachments)
            if (each.n == row.key.n) each.cipher_root = to_hex(root_of(row.hashes));
        TRY(put_attachment(transaction, row));
        return set_manifest(transaction, row.key.message, to_bytes(json::to_text(manifest)));
    });
}

Result<void> Attachments::renew(std::string const& message) const
{
    auto const rows = TRY(store_.read([&](Transaction& t) -> Result<std::vector<AttachmentRow>> {
        // What is numbered is signed: it goes as it is.
        if (TRY(message_by_id(t, message)).seq) return std::vector<AttachmentRow> {};
        return waiting_attachments(t, message);
    }));
    for (auto const& row : rows) {
        auto const peer = TRY(ends_.trust().find(row.key.peer));
        if (peer.can_open(row.certificate, clock_())) continue;
        TRY(renew_one(row, TRY(peer.sealing(clock_()))));
    }
    return {};
}

Result<void> Attachments::remove_chunks(AttachmentKey const& key) const
{
    for (;;) {
        auto const gone
            = TRY(store_.write([&](Transaction& t) { return delete_some_chunks(t, key); }));
        if (gone < deleted_together_max) return {};
    }
}

Result<Bytes> Attachments::content(
    Transaction& transaction, std::string_view message, std::uint32_t n, std::uint32_t chunk) const
{
    for (auto const& key : TRY(attachments_of(transaction, message))) {
        auto const row = TRY(find_attachment(transaction, key));
        // What still comes belongs to no message, whatever the State that brings it calls it.
        if (key.n != n || row->state == "coming" || row->state == "dropped") continue;
        auto const plain = TRY(ends_.open(TRY(chunk_at(transaction, key, chunk))));
        auto const opened = TRY(message::read_chunk(plain));
        return Bytes { plain.begin() + std::ptrdiff_t(opened.head_bytes), plain.end() };
    }
    return Error { Error::Kind::not_found,
        fmt::format("message {} has no attachment {} here", message, n), "attachment" };
}

Result<void> Attachments::clear(std::string_view message) const
{
    auto const keys = TRY(store_.read([&](Transaction& t) { return attachments_of(t, message); }));
    for (auto const& key : keys) TRY(remove_chunks(key));
    return {};
}

Result<std::size_t> Attachments::sweep() const
{
    auto const now = clock_();
    auto const rows = TRY(store_.read([&](Transaction& t) -> Result<std::vector<AttachmentRow>> {
        auto all = TRY(
            attachments_before(t, "dropped", now + std::chrono::hours { 24 }, swept_together_max));
        for (auto const& [state, after] :
            { std::pair { "loose", loose_max }, { "coming", settings_.unclaimed_max } })
            for (auto& row : TRY(attachments_before(t, state, now - after, swept_together_max)))
                all.push_back(std::move(row));
        return all;
    }));
    std::size_t gone = 0;
    for (auto const& row : rows) {
        auto const still = [&](Transaction& t, std::string_view next) -> Result<bool> {
            auto const found = TRY(find_attachment(t, row.key));
            if (!found || found->state != row.state || found->at != row.at) return false;
            if (next.empty())
                TRY(delete_attachment(t, row.key));
            else
                TRY(set_attachment_state(t, row.key, next));
            return true;
        };
        // Dropped first, so that no message claims what is being deleted.
        if (row.state != "dropped") {
            TRY(store_.write([&](Transaction& t) { return still(t, "dropped"); }));
            continue;
        }
        TRY(remove_chunks(row.key));
        gone += TRY(store_.write([&](Transaction& t) { return still(t, {}); }));
    }
    return gone;
}

} // namespace comity::exchange
