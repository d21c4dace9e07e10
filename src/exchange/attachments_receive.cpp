#include "exchange/attachments.h"

#include "exchange/exchange_store.h"

#include <fmt/format.h>

#include <algorithm>

/// The receiving end.
namespace comity::exchange {
namespace {

using store::Transaction;

Error malformed(std::string field, std::string what)
{
    return { Error::Kind::malformed, std::move(what), std::move(field) };
}

AttachmentKey incoming(std::string_view state, std::string_view message, std::uint32_t n)
{
    return { std::string { message }, "in", std::string { state }, n };
}

Result<void> check_list(std::string_view message, std::uint32_t n, ByteView hashes)
{
    if (!is_uuid(message)) return malformed("message", "must be a UUID in lower case");
    if (n < 2 || n > message::parts_max)
        return malformed(
            "attachment", fmt::format("an attachment has a number of 2 to {}", message::parts_max));
    if (hashes.size() > hash_list_bytes_max)
        return Error { Error::Kind::too_large,
            fmt::format("an attachment has {} chunks at most", message::chunks_max), "hashes" };
    if (hashes.empty() || hashes.size() % crypto::Digest {}.size() != 0)
        return malformed("hashes", "32 bytes for each chunk, one chunk at least");
    return {};
}

Error lacks(message::SealedAttachment const& each, std::string_view what)
{
    return { Error::Kind::conflict,
        fmt::format("attachment {} ('{}') comes before its message: {}", each.n, each.name, what),
        "attachments" };
}

Error is_taken(std::string_view message)
{
    return { Error::Kind::conflict,
        fmt::format("message {} is here already, with other attachments", message), "message" };
}

/// Why what came is not the attachment that the manifest names. Its chunks are the right ones.
std::optional<Error> fault_of(
    message::SealedAttachment const& each, std::span<ChunkLine const> lines, std::string field)
{
    HashList plain_hashes;
    std::uint64_t bytes = 0;
    for (auto const& line : lines) {
        if (line.plain_sha256.empty())
            return malformed(std::move(field),
                fmt::format("chunk {} does not open: it is sealed to somebody else, or of another "
                            "attachment",
                    line.chunk));
        if (line.chunk < each.chunks && line.content_bytes != each.chunk_bytes)
            return malformed(std::move(field),
                fmt::format("chunk {} holds {} bytes, {} are named", line.chunk, line.content_bytes,
                    each.chunk_bytes));
        plain_hashes.insert(plain_hashes.end(), line.plain_sha256.begin(), line.plain_sha256.end());
        bytes += line.content_bytes;
    }
    if (bytes != each.bytes)
        return malformed(
            std::move(field), fmt::format("it has {} bytes, {} are named", bytes, each.bytes));
    if (to_hex(root_of(plain_hashes)) != each.plain_root)
        return malformed(std::move(field), "it opens to other bytes than the manifest names");
    return {};
}

} // namespace

ChunkLine Attachments::look_into(
    AttachmentKey const& key, std::uint32_t chunk, ByteView sealed) const
{
    ChunkLine out { chunk, {}, 0 };
    auto const plain = ends_.open(sealed);
    if (!plain.ok()) return out;
    auto const read = message::read_chunk(plain.value());
    if (!read.ok()) return out;
    auto const& head = read.value().head;
    if (head.message != key.message || head.attachment != key.n || head.chunk != chunk) return out;
    auto const digest = crypto::sha256(plain.value());
    out.plain_sha256.assign(digest.begin(), digest.end());
    out.content_bytes = plain.value().size() - read.value().head_bytes;
    return out;
}

Result<void> Attachments::keep_quota(Transaction& transaction, AttachmentKey const& newest) const
{
    auto const coming = TRY(unclaimed_of(transaction, newest.peer));
    auto count = coming.size();
    std::uint64_t bytes = 0;
    for (auto const& row : coming) bytes += row.bytes;
    for (auto const& row : coming) {
        bool const over
            = count > settings_.unclaimed_count_max || bytes > settings_.unclaimed_bytes_max;
        if (!over) break;
        if (row.key.message == newest.message && row.key.n == newest.n) continue;
        TRY(set_attachment_state(transaction, row.key, "dropped"));
        --count;
        bytes -= row.bytes;
    }
    return {};
}

Result<void> Attachments::open(
    std::string_view state, std::string_view message, std::uint32_t n, ByteView hashes) const
{
    TRY(check_list(message, n, hashes));
    auto const key = incoming(state, message, n);
    auto const known = TRY(store_.read([&](Transaction& t) { return find_attachment(t, key); }));
    bool const same = known && std::ranges::equal(known->hashes, hashes);
    if (same && known->state != "dropped") return {};
    if (known && known->state == "taken") return is_taken(message);
    if (known) TRY(remove_chunks(key));
    return store_.write([&](Transaction& transaction) -> Result<void> {
        auto const now_there = TRY(find_attachment(transaction, key));
        if (now_there && now_there->state == "taken") return is_taken(message);
        TRY(delete_attachment(transaction, key)); // what came while the old one was removed
        TRY(put_attachment(
            transaction, { key, "coming", clock_(), {}, { hashes.begin(), hashes.end() }, 0 }));
        return keep_quota(transaction, key);
    });
}

Result<void> Attachments::take_chunk(std::string_view state, std::string_view message,
    std::uint32_t n, std::uint32_t chunk, ByteView sealed) const
{
    auto const key = incoming(state, message, n);
    auto const known = TRY(store_.read([&](Transaction& t) { return find_attachment(t, key); }));
    bool const listed
        = known && known->state != "dropped" && chunk >= 1 && chunk <= count_of(known->hashes);
    if (!listed)
        return Error { Error::Kind::not_found,
            fmt::format("no list of hashes that came before names chunk {} of attachment {} of "
                        "message {}",
                chunk, n, message),
            "chunk" };
    if (sealed.size() > sealed_chunk_bytes_max)
        return Error { Error::Kind::too_large,
            fmt::format(
                "a sealed chunk of {} bytes, {} at most", sealed.size(), sealed_chunk_bytes_max),
            "chunk" };
    if (crypto::sha256(sealed) != hash_at(known->hashes, chunk))
        return Error { Error::Kind::not_authentic,
            fmt::format("chunk {} is not the one that the list names: it was altered", chunk),
            "chunk" };
    if (known->state == "taken") return {};
    auto const line = look_into(key, chunk, sealed);
    return store_.write([&](Transaction& transaction) -> Result<void> {
        auto row = TRY(find_attachment(transaction, key));
        if (!row || row->state != "coming" || row->hashes != known->hashes) return {};
        if (!TRY(put_chunk(transaction, key, line, sealed))) return {};
        row->bytes += sealed.size();
        row->at = clock_();
        TRY(put_attachment(transaction, *row));
        return keep_quota(transaction, key);
    });
}

Result<Progress> Attachments::progress(
    std::string_view state, std::string_view message, std::uint32_t n) const
{
    auto const key = incoming(state, message, n);
    return store_.read([&](Transaction& transaction) -> Result<Progress> {
        auto const row = TRY(find_attachment(transaction, key));
        if (!row || row->state == "dropped")
            return Error { Error::Kind::not_found,
                fmt::format("nothing of attachment {} of message {} is here", n, message) };
        Progress out { to_hex(root_of(row->hashes)), count_of(row->hashes), {} };
        if (row->state == "taken") return out;
        std::vector<std::uint32_t> present;
        for (auto const& line : TRY(chunk_lines(transaction, key))) present.push_back(line.chunk);
        out.lacks = lacking(out.chunks, present);
        return out;
    });
}

Result<std::optional<Error>> Attachments::claim(
    Transaction& transaction, message::Manifest const& manifest) const
{
    std::optional<Error> fault;
    for (auto const& each : manifest.sealed_attachments()) {
        auto const key = incoming(manifest.from.state, manifest.id, each.n);
        auto const row = TRY(find_attachment(transaction, key));
        if (!row || row->state != "coming") return lacks(each, "nothing of it is here");
        if (to_hex(root_of(row->hashes)) != each.cipher_root)
            return lacks(each, "what is here has another root");
        auto const lines = TRY(chunk_lines(transaction, key));
        if (lines.size() != each.chunks)
            return lacks(each, fmt::format("{} of {} chunks are here", lines.size(), each.chunks));
        auto found = fault_of(
            each, lines, fmt::format("attachments[{}]", each.n - manifest.parts.size() - 1));
        if (!fault) fault = std::move(found);
        TRY(set_attachment_state(transaction, key, "taken"));
    }
    return fault;
}

Result<void> Attachments::drop(Transaction& transaction, std::string_view message) const
{
    for (auto const* state : { "coming", "taken" })
        TRY(move_attachments(transaction, message, "in", state, "dropped"));
    return {};
}

} // namespace comity::exchange
