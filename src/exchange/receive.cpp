#include "exchange/exchange_store.h"

#include "message/content.h"

#include <fmt/format.h>

/// The receiving half: whatever arrives is checked to the last byte, taken in order and once, and
/// receipted in the commit that stores it.
namespace comity::exchange {
namespace {

using message::Manifest;
using store::Transaction;

constexpr std::size_t parts_bytes_max = 60U << 20U;

std::string hex_sha256(ByteView bytes)
{
    return to_hex(crypto::sha256(bytes));
}

Error malformed(std::string field, std::string what)
{
    return { Error::Kind::malformed, std::move(what), std::move(field) };
}

Result<void> check_parts(Manifest const& manifest, std::vector<Bytes> const& parts)
{
    if (manifest.parts.size() != parts.size())
        return malformed("parts",
            fmt::format(
                "the manifest names {} parts, {} came", manifest.parts.size(), parts.size()));
    std::size_t total = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        total += parts[i].size();
        if (hex_sha256(parts[i]) != manifest.parts[i].cipher_sha256)
            return Error { Error::Kind::not_authentic,
                fmt::format(
                    "part {} is not the one that the manifest names: it was altered", i + 1),
                fmt::format("parts[{}]", i) };
    }
    if (total > parts_bytes_max)
        return Error { Error::Kind::too_large,
            fmt::format("parts of {} bytes, {} at most", total, parts_bytes_max), "parts" };
    return {};
}

Error out_of_order(Arrival arrival, Position const& last, Manifest const& manifest)
{
    auto const pair = fmt::format("{} -> {}", manifest.from.state, manifest.to.state);
    switch (arrival) {
    case Arrival::gap:
        return { Error::Kind::conflict,
            fmt::format("message {} of {} came, {} is expected: one before it is missing",
                manifest.seq, pair, last.seq + 1),
            "seq" };
    case Arrival::past:
        return { Error::Kind::conflict,
            fmt::format("message {} of {} is already here with another content: a fork",
                manifest.seq, pair),
            "seq" };
    case Arrival::fork:
    case Arrival::next: break;
    }
    return { Error::Kind::conflict,
        fmt::format(
            "message {} of {} follows another history than ours: a fork", manifest.seq, pair),
        "prevManifestSha256" };
}

} // namespace

namespace {

/// The first part is the content of the type; what is known of it must be right, what is not known
/// is kept and named.
Result<void> read_contents(Delivered const& delivered, std::vector<std::string>& unknown)
{
    auto const& manifest = delivered.manifest;
    if (message::known(manifest.type)) TRY(message::check_type(manifest));
    if (delivered.parts.empty()) return {};
    auto const read = TRY(message::read_content(
        manifest.type, manifest.parts.front().schema, delivered.parts.front().content));
    if (!read.known_type) unknown.emplace_back("type");
    if (read.known_type && !read.known_schema) unknown.emplace_back("parts[0].schema");
    for (auto const& path : read.not_understood) unknown.push_back(path);
    return {};
}

bool is_expired(Delivered const& delivered)
{
    auto const until = delivered.manifest.expires_at;
    return until && *until + clock_skew_max < delivered.received_at;
}

message::ReceiptKind kind_of(Delivered const& delivered, Disposition const& disposition)
{
    // What cannot be opened has no commitment, so it is rejected even where it came too late.
    if (disposition.rejected) return message::ReceiptKind::rejected;
    return is_expired(delivered) ? message::ReceiptKind::expired : message::ReceiptKind::durable;
}

} // namespace

struct Exchange::Arrived {
    Delivered delivered;
    std::string signature_sha256;
    std::optional<message::Reason> unusable; ///< Authentic, but it cannot be opened or read.
};

Result<Exchange::Arrived> Exchange::authenticate(
    Envelope const& envelope, std::string_view transport_state) const
{
    auto const now = clock_();
    auto manifest = TRY(message::read_manifest(as_text(envelope.manifest)));
    if (manifest.from.state != transport_state)
        return Error { Error::Kind::not_authentic,
            fmt::format("a message of {} came through the pipe of {}", manifest.from.state,
                transport_state),
            "from.state" };
    auto const trust = this->trust();
    TRY(trust.find(manifest.from.state));
    if (manifest.created_at > now + clock_skew_max)
        return Error { Error::Kind::unavailable,
            fmt::format("the message is of {}, here it is {}: the clocks differ by more than {} "
                        "minutes",
                to_text(manifest.created_at), to_text(now), clock_skew_max.count()),
            "createdAt" };
    if (manifest.to.state != self_.state)
        return malformed("to.state",
            fmt::format("this node is {}, the message is for {}", self_.state, manifest.to.state));
    auto const seal = TRY(trust.seal_on_arrival(
        manifest.from.state, manifest.from.certificate, envelope.signature, now));
    auto const holds = crypto::verify_detached(envelope.signature, envelope.manifest, seal);
    if (!holds.ok())
        return Error { Error::Kind::not_authentic, "manifest: " + holds.error().what, "signature" };
    TRY(check_parts(manifest, envelope.parts));
    Arrived arrived { { std::move(manifest), hex_sha256(envelope.manifest), {}, now },
        hex_sha256(envelope.signature), {} };
    auto opened = open_parts(arrived.delivered.manifest, envelope);
    if (opened.ok())
        arrived.delivered.parts = opened.take();
    else
        arrived.unusable = message::Reason { "part", opened.error().field, opened.error().what };
    return arrived;
}

Result<std::vector<message::OpenedPart>> Exchange::open_parts(
    message::Manifest const& manifest, Envelope const& envelope) const
{
    std::vector<message::OpenedPart> out;
    auto const own = self();
    for (auto const& part : manifest.parts) {
        auto const field = fmt::format("parts[{}]", part.n - 1);
        auto const plain = TRY(own.open(envelope.parts[part.n - 1]));
        if (hex_sha256(plain) != part.plain_sha256)
            return malformed(
                field, fmt::format("part {} opens to other bytes than the manifest names", part.n));
        auto opened = TRY(message::read_part(plain));
        if (opened.head.message != manifest.id || opened.head.part != part.n)
            return malformed(field, fmt::format("part {} belongs to another message", part.n));
        out.push_back(std::move(opened));
    }
    return out;
}

Result<bool> Exchange::repeat(
    Transaction& transaction, Arrived const& arrived, Bytes& receipt) const
{
    auto const& id = arrived.delivered.manifest.id;
    auto const known = TRY(find_message(transaction, id));
    if (!known) return false;
    if (hex_sha256(known->manifest) != arrived.delivered.manifest_sha256)
        return Error { Error::Kind::conflict,
            fmt::format("another message already has the id {}: a fork", id), "id" };
    // Late, because the first of two may stand in this very group, its receipt not yet written.
    transaction.before_commit([&receipt, id](Transaction& late) -> Result<void> {
        receipt = TRY(message_by_id(late, id)).receipt;
        return {};
    });
    return true;
}

Result<Disposition> Exchange::dispose(Transaction& transaction, Arrived const& arrived)
{
    if (arrived.unusable) return Disposition { "rejected", {}, {}, arrived.unusable, {}, {} };
    if (is_expired(arrived.delivered)) return Disposition { "expired", {}, {}, {}, {}, {} };
    MUST(receiver_.message);
    std::vector<std::string> unknown;
    auto const read = read_contents(arrived.delivered, unknown);
    if (!read.ok())
        return Disposition { "rejected", {}, {},
            message::Reason { "schema", read.error().field, read.error().what }, {}, {} };
    auto out = TRY(receiver_.message(transaction, arrived.delivered));
    for (auto& path : unknown)
        if (!std::ranges::count(out.not_understood, path))
            out.not_understood.push_back(std::move(path));
    return out;
}

namespace {

Result<std::uint64_t> expected_seq(Transaction& transaction, std::string_view peer)
{
    return TRY(position(transaction, peer, Direction::in)).seq + 1;
}

} // namespace

Result<void> Exchange::take(
    Transaction& transaction, Arrived const& arrived, Envelope const& envelope, Bytes& receipt)
{
    auto const& manifest = arrived.delivered.manifest;
    auto const& peer = manifest.from.state;
    if (TRY(repeat(transaction, arrived, receipt))) return {};
    auto const last = TRY(position(transaction, peer, Direction::in));
    auto const arrival = judge_arrival(last, manifest.seq, manifest.prev_manifest_sha256);
    if (arrival != Arrival::next) return out_of_order(arrival, last, manifest);

    auto const disposition = TRY(dispose(transaction, arrived));
    auto const salt = arrived.delivered.parts.empty()
        ? Bytes {}
        : TRY(from_base64(arrived.delivered.parts.front().head.salt));
    message::RegisterEntry const leaf { 1, message::Act::received, arrived.delivered.received_at,
        manifest.id, manifest.type, peer, self_.state, manifest.from.unit, self_.unit,
        manifest.case_reference.ours, manifest.purpose, manifest.legal_basis.provisions,
        disposition.verdict, disposition.law_version, manifest.personal_data,
        manifest.retention ? std::optional { manifest.retention->erase_by } : std::nullopt,
        salt.empty() ? std::string {} : to_hex(crypto::hmac_sha256(salt, envelope.manifest)), {} };
    auto const entry = TRY(ledger_.append(transaction, as_view(json::to_text(leaf))));
    auto const kind = kind_of(arrived.delivered, disposition);
    auto const state
        = kind == message::ReceiptKind::durable ? std::string { "received" } : json::word(kind);
    TRY(insert_message(transaction,
        { manifest.id, json::word(Direction::in), peer, manifest.seq, manifest.type, state,
            arrived.delivered.received_at, manifest.case_reference.ours, entry, envelope.manifest,
            envelope.signature, {} },
        envelope.parts));
    TRY(set_position(
        transaction, peer, Direction::in, { manifest.seq, arrived.delivered.manifest_sha256 }));
    transaction.before_commit([this, &arrived, &receipt, disposition, entry, kind, state](
                                  Transaction& late) -> Result<void> {
        receipt = TRY(write_receipt(late, arrived, kind, disposition, entry));
        return set_receipt(late, arrived.delivered.manifest.id, state, receipt);
    });
    return {};
}

Result<Bytes> Exchange::write_receipt(Transaction& transaction, Arrived const& arrived,
    message::ReceiptKind kind, Disposition const& disposition, std::uint64_t entry) const
{
    auto const& manifest = arrived.delivered.manifest;
    std::vector<message::ReceiptPart> parts;
    parts.reserve(manifest.parts.size());
    for (auto const& part : manifest.parts)
        parts.push_back({ part.n, part.cipher_sha256, !arrived.unusable });
    auto const now = clock_();
    auto const seal = self().seal;
    auto const shown = TRY(register_proof(transaction, entry));
    message::Receipt receipt { 1, uuid_v7(now, random_), kind, manifest.id,
        arrived.delivered.manifest_sha256, arrived.signature_sha256, parts, self_.state,
        manifest.from.state, manifest.seq, manifest.seq, arrived.delivered.received_at, now,
        disposition.checks, disposition.rejected, disposition.due_at, {}, shown,
        to_hex(seal.certificate.fingerprint()) };
    if (!disposition.not_understood.empty()) receipt.not_understood = disposition.not_understood;
    return crypto::sign(as_view(json::to_text(receipt)), crypto::Content::enclosed, seal, now);
}

/// A gap is a matter of order and mends itself; a fork is kept for people.
Result<void> Exchange::keep_fork(Envelope const& envelope, Arrived const& arrived)
{
    auto const& manifest = arrived.delivered.manifest;
    return store_.write([&](Transaction& transaction) {
        return exchange::keep_fork(transaction,
            { arrived.delivered.received_at, manifest.from.state, manifest.seq, envelope.manifest,
                envelope.signature });
    });
}

Result<Bytes> Exchange::receive(Envelope const& envelope, std::string_view transport_state)
{
    auto const arrived = TRY(authenticate(envelope, transport_state));
    Bytes receipt;
    bool forked = false;
    auto const taken = store_.write([&](Transaction& transaction) -> Result<void> {
        auto const expected = TRY(expected_seq(transaction, transport_state));
        auto done = take(transaction, arrived, envelope, receipt);
        forked = !done.ok() && done.error().kind == Error::Kind::conflict
            && (done.error().field == "id" || arrived.delivered.manifest.seq <= expected);
        return done;
    });
    if (forked) TRY(keep_fork(envelope, arrived));
    TRY(taken);
    return receipt;
}

Result<std::uint64_t> Exchange::expected_from(std::string_view state)
{
    return store_.read([&](Transaction& transaction) { return expected_seq(transaction, state); });
}

} // namespace comity::exchange
