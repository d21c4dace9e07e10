#include "exchange/exchange_store.h"

#include <fmt/format.h>

/// The sending half: sealing, numbering, queueing, and what a receipt must prove.
namespace comity::exchange {
namespace {

using store::Transaction;

constexpr std::size_t salt_bytes = 32;

std::string hex_sha256(ByteView bytes)
{
    return to_hex(crypto::sha256(bytes));
}

Error wrong_receipt(std::string_view what)
{
    return { Error::Kind::not_authentic, fmt::format("receipt: {}", what), "receipt" };
}

/// The receipt's own proof that the receiver's register holds an entry for this very message.
Result<void> check_register(message::RegisterProof const& proof, Peer const& peer,
    std::string_view message_id, std::string_view commitment)
{
    auto const head = TRY(ledger::open_checkpoint(proof.checkpoint, peer.register_key));
    auto const leaf = TRY(from_base64(proof.leaf));
    std::vector<crypto::Digest> path;
    for (auto const& text : proof.path) {
        auto const hash = TRY(from_base64(text));
        if (hash.size() != crypto::Digest {}.size()) return wrong_receipt("a hash of another size");
        std::ranges::copy(hash, path.emplace_back().begin());
    }
    if (!ledger::verify_inclusion(ledger::leaf_hash(leaf), proof.index, head.size, path, head.root))
        return wrong_receipt("its register entry is not under the head it names");
    auto const entry
        = TRY(json::read_text<message::RegisterEntry>(as_text(leaf), json::Unknown::keep));
    if (entry.message != message_id)
        return wrong_receipt("its register entry speaks of another message");
    if (!commitment.empty() && entry.commitment != commitment)
        return wrong_receipt("its register entry commits to another content");
    return {};
}

} // namespace

Exchange::Exchange(
    store::Store& store, ledger::Ledger& ledger, Trust trust, Self self, Clock clock, Random random)
    : store_(store)
    , ledger_(ledger)
    , trust_(std::move(trust))
    , self_(std::move(self))
    , clock_(std::move(clock))
    , random_(std::move(random))
{
}

void Exchange::on_queued(std::function<void(std::string const&)> notice)
{
    queued_ = std::move(notice);
}

Result<Sealed> Exchange::seal(Outgoing outgoing) const
{
    auto const now = clock_();
    auto const peer = TRY(trust_.find(outgoing.to));
    auto const reader = TRY(peer.sealing(now));
    Bytes salt(salt_bytes);
    random_(salt);
    message::Manifest manifest { message::profile_version, uuid_v7(now, random_),
        json::word(outgoing.type), std::string { message::suite },
        { self_.state, self_.unit, outgoing.officer, to_hex(self_.seal.certificate.fingerprint()) },
        { peer.state, peer.unit, {}, to_hex(reader.fingerprint()) }, 0, {}, now,
        outgoing.case_reference, outgoing.in_reply_to, outgoing.legal_basis, outgoing.purpose,
        outgoing.urgency, { 0, {} }, outgoing.personal_data, outgoing.retention, outgoing.due_at,
        {}, {}, "en", {}, ledger_.verifier().name };
    auto plain = message::write_part(
        { manifest.id, 1, to_base64(salt), { peer.state, self_.state } }, outgoing.content);
    std::vector<crypto::Certificate> const readers { reader, self_.sealing.certificate };
    auto part = crypto::seal(plain, readers);
    manifest.parts.push_back({ 1, outgoing.part_name, "application/json", outgoing.schema,
        plain.size(), hex_sha256(part), hex_sha256(plain) });
    outgoing.content.clear();
    return Sealed { std::move(outgoing), std::move(manifest), { std::move(part) }, std::move(salt),
        std::move(plain) };
}

Result<Sent> Exchange::submit(Transaction& transaction, Sealed sealed)
{
    auto& manifest = sealed.manifest;
    auto const& peer = manifest.to.state;
    auto const last = TRY(position(transaction, peer, Direction::out));
    manifest.seq = last.seq + 1;
    manifest.prev_manifest_sha256 = last.manifest_sha256;
    auto const text = to_bytes(json::to_text(manifest));
    auto const digest = hex_sha256(text);
    auto record = text;
    record.insert(record.end(), sealed.plain.begin(), sealed.plain.end());
    message::RegisterEntry const leaf { 1, message::Act::sent, manifest.created_at, manifest.id,
        manifest.type, self_.state, peer, self_.unit, manifest.to.unit,
        manifest.case_reference.ours, manifest.purpose, manifest.legal_basis.provisions,
        sealed.outgoing.verdict, manifest.legal_basis.law_version, manifest.personal_data,
        manifest.retention ? std::optional { manifest.retention->erase_by } : std::nullopt,
        to_hex(crypto::hmac_sha256(sealed.salt, record)), {} };
    auto const entry = TRY(ledger_.append(transaction, as_view(json::to_text(leaf))));
    auto const signature
        = crypto::sign(text, crypto::Content::detached, self_.seal, manifest.created_at);
    TRY(insert_message(transaction,
        { manifest.id, json::word(Direction::out), peer, manifest.seq, manifest.type, "queued",
            manifest.created_at, manifest.case_reference.ours, entry, text, signature, {} },
        sealed.parts));
    TRY(set_position(transaction, peer, Direction::out, { manifest.seq, digest }));
    transaction.after_commit([this, peer] { queued_(peer); });
    return Sent { manifest.id, manifest.seq, entry, digest };
}

Result<std::optional<Waiting>> Exchange::next_for(std::string_view state)
{
    return store_.read([&](Transaction& transaction) -> Result<std::optional<Waiting>> {
        auto oldest = TRY(oldest_queued(transaction, state));
        if (!oldest) return std::optional<Waiting> {};
        auto parts = TRY(parts_of(transaction, oldest->id));
        return std::optional { Waiting {
            { std::move(oldest->manifest), std::move(oldest->signature), std::move(parts) },
            oldest->id, oldest->seq } };
    });
}

Result<message::Receipt> Exchange::check_receipt(Waiting const& waiting, std::string_view state,
    ByteView receipt, std::string_view commitment) const
{
    if (receipt.size() > message::receipt_bytes_max)
        return Error { Error::Kind::too_large,
            fmt::format("a receipt over {} bytes", message::receipt_bytes_max), "receipt" };
    auto const peer = TRY(trust_.find(state));
    auto const seal
        = TRY(peer.seal(to_hex(TRY(crypto::claimed_signer(receipt)).fingerprint()), clock_()));
    auto const text = TRY(crypto::verify_enclosed(receipt, seal));
    auto read = TRY(json::read_text<message::Receipt>(as_text(text), json::Unknown::keep));
    if (read.message_id != waiting.id || read.from != state || read.to != self_.state)
        return wrong_receipt("it speaks of another message");
    if (read.seq != waiting.seq) return wrong_receipt("it bears another number");
    if (read.manifest_sha256 != hex_sha256(waiting.envelope.manifest)
        || read.signature_sha256 != hex_sha256(waiting.envelope.signature))
        return wrong_receipt("it speaks of other bytes than those sent");
    // A message that could not be opened is registered as it came, without its content.
    auto const expected
        = read.kind == message::ReceiptKind::durable ? commitment : std::string_view {};
    TRY(check_register(read.register_entry, peer, waiting.id, expected));
    return read;
}

Result<void> Exchange::observe(std::string_view state, std::string_view note)
{
    auto const peer = TRY(trust_.find(state));
    auto const head = TRY(ledger::open_checkpoint(note, peer.register_key));
    auto const known
        = TRY(store_.read([&](Transaction& transaction) { return seen_size(transaction, state); }));
    if (known && *known > head.size)
        return Error { Error::Kind::conflict,
            fmt::format("the register of {} shrank from {} entries to {}: it was rolled back",
                state, *known, head.size) };
    return store_.write(
        [&](Transaction& transaction) { return witness(transaction, state, note); });
}

Result<void> Exchange::acknowledge(std::string_view message_id, ByteView receipt)
{
    Bytes own_leaf;
    auto const stored = TRY(store_.read([&](Transaction& transaction) -> Result<Stored> {
        auto found = TRY(message_by_id(transaction, message_id));
        own_leaf = TRY(ledger::leaf(transaction, found.entry));
        return found;
    }));
    if (stored.state != "queued") return {}; // The same receipt again.
    Waiting const waiting { { stored.manifest, stored.signature, {} }, stored.id, stored.seq };
    auto const own
        = TRY(json::read_text<message::RegisterEntry>(as_text(own_leaf), json::Unknown::keep));
    auto const read = TRY(check_receipt(waiting, stored.peer, receipt, own.commitment));
    return store_.write([&](Transaction& transaction) -> Result<void> {
        TRY(witness(transaction, stored.peer, read.register_entry.checkpoint));
        TRY(set_receipt(transaction, stored.id,
            read.kind == message::ReceiptKind::durable ? "delivered" : "rejected", receipt));
        if (receiver_.receipt) TRY(receiver_.receipt(transaction, read));
        return {};
    });
}

} // namespace comity::exchange
