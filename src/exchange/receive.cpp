#include "exchange/exchange_store.h"

#include "message/attached.h"
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
    return message::check_attached(manifest, delivered.parts.front().content);
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
    Envelope const* envelope;
    Delivered delivered;
    std::string signature_sha256;
    std::optional<message::Reason> unusable; ///< Authentic, but it cannot be opened or read.
};

/// One that stands in the writer's transaction; its receipt waits for the register's head.
struct Exchange::Kept {
    Arrived const* arrived;
    bool repeated = false; ///< It was here before, with its receipt.
    Disposition disposition {};
    std::uint64_t entry = 0;
    message::ReceiptKind kind {};
    std::string state {};
};

struct Exchange::Failed {
    std::size_t at;
    Error why;
};

/// What holds for the whole of a batch, whatever is installed meanwhile.
struct Exchange::Standing {
    Trust trust;
    Self self;
};

Exchange::Standing Exchange::standing() const
{
    std::scoped_lock const hold { standing_ };
    return { trust_, self_ };
}

Result<Exchange::Arrived> Exchange::authenticate(Envelope const& envelope,
    std::string_view transport_state, message::Channel channel, Standing const& standing) const
{
    auto const now = clock_();
    auto manifest = TRY(message::read_manifest(as_text(envelope.manifest)));
    if (manifest.from.state != transport_state)
        return Error { Error::Kind::not_authentic,
            fmt::format("a message of {} came through the pipe of {}", manifest.from.state,
                transport_state),
            "from.state" };
    if (manifest.way() != channel)
        return malformed("channel",
            fmt::format("it was signed to go by {} and came by {}", json::word(manifest.way()),
                json::word(channel)));
    TRY(standing.trust.find(manifest.from.state));
    if (manifest.created_at > now + clock_skew_max)
        return Error { Error::Kind::unavailable,
            fmt::format("the message is of {}, here it is {}: the clocks differ by more than {} "
                        "minutes",
                to_text(manifest.created_at), to_text(now), clock_skew_max.count()),
            "createdAt" };
    if (manifest.to.state != self_.state)
        return malformed("to.state",
            fmt::format("this node is {}, the message is for {}", self_.state, manifest.to.state));
    auto const seal = TRY(standing.trust.seal_on_arrival(
        manifest.from.state, manifest.from.certificate, envelope.signature, now));
    auto const holds = crypto::verify_detached(envelope.signature, envelope.manifest, seal);
    if (!holds.ok())
        return Error { Error::Kind::not_authentic, "manifest: " + holds.error().what, "signature" };
    TRY(check_parts(manifest, envelope.parts));
    Arrived arrived { &envelope, { std::move(manifest), hex_sha256(envelope.manifest), {}, now },
        hex_sha256(envelope.signature), {} };
    auto opened = open_parts(arrived.delivered.manifest, envelope, standing.self);
    if (opened.ok())
        arrived.delivered.parts = opened.take();
    else
        arrived.unusable = message::Reason { "part", opened.error().field, opened.error().what };
    return arrived;
}

Result<std::vector<message::OpenedPart>> Exchange::open_parts(
    message::Manifest const& manifest, Envelope const& envelope, Self const& own) const
{
    std::vector<message::OpenedPart> out;
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

Result<bool> Exchange::repeated(Transaction& transaction, Arrived const& arrived) const
{
    auto const& id = arrived.delivered.manifest.id;
    auto const known = TRY(find_message(transaction, id));
    if (!known) return false;
    if (hex_sha256(known->manifest) == arrived.delivered.manifest_sha256) return true;
    return Error { Error::Kind::conflict,
        fmt::format("another message already has the id {}: a fork", id), "id" };
}

Result<Disposition> Exchange::dispose(
    Transaction& transaction, Arrived const& arrived, std::optional<Error> const& fault)
{
    if (arrived.unusable) return Disposition { "rejected", {}, {}, arrived.unusable, {}, {} };
    if (fault)
        return Disposition { "rejected", {}, {},
            message::Reason { "attachment", fault->field, fault->what }, {}, {} };
    auto const& manifest = arrived.delivered.manifest;
    auto const level = manifest.classification.level;
    auto const finding = channels_(manifest.from.state, self_.state, level, clock_());
    if (auto const open = check_channel(finding, manifest.way(), level); !open.ok())
        return Disposition { "rejected", {}, {},
            message::Reason { "channel", open.error().field, open.error().what }, {}, {} };
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

Result<Exchange::Kept> Exchange::take(
    Transaction& transaction, Arrived const& arrived, Position& last)
{
    if (TRY(repeated(transaction, arrived))) return Kept { &arrived, true };
    auto const& envelope = *arrived.envelope;
    auto const& manifest = arrived.delivered.manifest;
    auto const& peer = manifest.from.state;
    auto const arrival = judge_arrival(last, manifest.seq, manifest.prev_manifest_sha256);
    if (arrival != Arrival::next) return out_of_order(arrival, last, manifest);

    Kept out { &arrived };
    bool const welcome = !arrived.unusable && !is_expired(arrived.delivered);
    auto const fault = welcome ? TRY(attachments_.claim(transaction, manifest)) : std::nullopt;
    out.disposition = TRY(dispose(transaction, arrived, fault));
    auto const salt = arrived.delivered.parts.empty()
        ? Bytes {}
        : TRY(from_base64(arrived.delivered.parts.front().head.salt));
    message::RegisterEntry const leaf { 1, message::Act::received, arrived.delivered.received_at,
        manifest.id, manifest.type, peer, self_.state, manifest.from.unit, self_.unit,
        manifest.case_reference.ours, manifest.purpose, manifest.legal_basis.provisions,
        out.disposition.verdict, out.disposition.law_version, manifest.personal_data,
        manifest.retention ? std::optional { manifest.retention->erase_by } : std::nullopt,
        salt.empty() ? std::string {} : to_hex(crypto::hmac_sha256(salt, envelope.manifest)), {} };
    out.entry = TRY(ledger_.append(transaction, as_view(json::to_text(leaf))));
    out.kind = kind_of(arrived.delivered, out.disposition);
    out.state = out.kind == message::ReceiptKind::durable ? std::string { "received" }
                                                          : json::word(out.kind);
    bool const wanted = out.kind == message::ReceiptKind::durable;
    if (!wanted) TRY(drop_unwanted(transaction, leaf, out.entry));
    TRY(insert_message(transaction,
        { manifest.id, json::word(Direction::in), peer, manifest.seq, manifest.type, out.state,
            arrived.delivered.received_at, manifest.case_reference.ours, out.entry,
            envelope.manifest, envelope.signature, {}, manifest.way() },
        wanted ? envelope.parts : std::vector<Bytes> {}));
    last = { manifest.seq, arrived.delivered.manifest_sha256 };
    return out;
}

/// Nobody gets to see it, so nothing of its content is kept (Art. 31(4)(b)); the register says so
/// at once, since there is a day by which it would have to.
Result<void> Exchange::drop_unwanted(
    Transaction& transaction, message::RegisterEntry entry, std::uint64_t at)
{
    TRY(attachments_.drop(transaction, entry.message));
    if (!entry.erase_by) return {};
    entry.act = message::Act::destroyed;
    entry.provisions = { "A31(4)(b)-1", "A31(4)(e)-1" };
    entry.entry = at;
    TRY(ledger_.append(transaction, as_view(json::to_text(entry))));
    return {};
}

Bytes Exchange::write_receipt(
    Kept const& kept, message::RegisterProof const& shown, crypto::Identity const& seal) const
{
    auto const& arrived = *kept.arrived;
    auto const& manifest = arrived.delivered.manifest;
    std::vector<message::ReceiptPart> parts;
    parts.reserve(manifest.parts.size());
    for (auto const& part : manifest.parts)
        parts.push_back({ part.n, part.cipher_sha256, !arrived.unusable });
    auto const now = clock_();
    auto const& [verdict, law_version, checks, rejected, due_at, not_understood] = kept.disposition;
    message::Receipt receipt { 1, uuid_v7(now, random_), kept.kind, manifest.id,
        arrived.delivered.manifest_sha256, arrived.signature_sha256, parts, self_.state,
        manifest.from.state, manifest.seq, manifest.seq, arrived.delivered.received_at, now, checks,
        rejected, due_at, {}, shown, to_hex(seal.certificate.fingerprint()) };
    if (!not_understood.empty()) receipt.not_understood = not_understood;
    return crypto::sign(as_view(json::to_text(receipt)), crypto::Content::enclosed, seal, now);
}

/// Late in the group, because the register's head is signed once for all of it, and because the
/// first of two equal messages may stand in this very group.
Result<void> Exchange::give_receipts(
    Transaction& transaction, std::span<Kept const> kept, std::vector<Bytes>& receipts)
{
    std::vector<message::RegisterProof> shown(kept.size());
    auto const cosigned = TRY(ledger::cosigned_checkpoint(transaction));
    for (std::size_t i = 0; i < kept.size(); ++i)
        if (!kept[i].repeated) shown[i] = TRY(register_proof(transaction, kept[i].entry, cosigned));
    receipts.assign(kept.size(), {});
    auto const seal = self().seal;
    crew_->each(kept.size(), [&](std::size_t i) {
        if (!kept[i].repeated) receipts[i] = write_receipt(kept[i], shown[i], seal);
    });
    for (std::size_t i = 0; i < kept.size(); ++i) {
        auto const& id = kept[i].arrived->delivered.manifest.id;
        if (kept[i].repeated)
            receipts[i] = TRY(message_by_id(transaction, id)).receipt;
        else
            TRY(set_receipt(transaction, id, kept[i].state, receipts[i]));
    }
    return {};
}

/// A gap is a matter of order and mends itself; a fork is kept for people.
Result<void> Exchange::keep_fork(Arrived const& arrived)
{
    auto const& manifest = arrived.delivered.manifest;
    return store_.write([&](Transaction& transaction) {
        return exchange::keep_fork(transaction,
            { arrived.delivered.received_at, manifest.from.state, manifest.seq,
                arrived.envelope->manifest, arrived.envelope->signature });
    });
}

Result<void> Exchange::check(
    Envelope const& envelope, std::string_view transport_state, message::Channel channel) const
{
    TRY(authenticate(envelope, transport_state, channel, standing()));
    return {};
}

/// All of them in one commit, or none.
std::optional<Exchange::Failed> Exchange::store_arrived(
    std::span<Arrived const> arrived, message::Channel channel, std::vector<Bytes>& receipts)
{
    auto const& peer = arrived.front().delivered.manifest.from.state;
    auto const line = inward(channel);
    std::vector<Kept> kept;
    Position last;
    auto const stored = store_.write([&](Transaction& transaction) -> Result<void> {
        last = TRY(position(transaction, peer, line));
        auto const before = last.seq;
        for (auto const& each : arrived) kept.push_back(TRY(take(transaction, each, last)));
        if (last.seq != before) TRY(set_position(transaction, peer, line, last));
        transaction.before_commit(
            [&](Transaction& late) { return give_receipts(late, kept, receipts); });
        return {};
    });
    if (stored.ok()) {
        tell(kept);
        return {};
    }
    receipts.clear();
    if (kept.size() == arrived.size()) return Failed { 0, stored.error() };
    auto const& first = arrived[kept.size()];
    auto const& why = stored.error();
    bool const forked = why.kind == Error::Kind::conflict && why.field != "attachments"
        && (why.field == "id" || first.delivered.manifest.seq <= last.seq + 1);
    if (forked)
        if (auto const evidence = keep_fork(first); !evidence.ok())
            return Failed { kept.size(), evidence.error() };
    return Failed { kept.size(), why };
}

void Exchange::tell(std::span<Kept const> kept) const
{
    for (auto const& each : kept) {
        auto const& manifest = each.arrived->delivered.manifest;
        if (!each.repeated)
            observer_({ Happened::taken, manifest.from.state, manifest.id, manifest.seq,
                manifest.type, each.kind });
    }
}

/// The id is the sender's own word, and of its form.
void Exchange::tell_refused(
    Envelope const& envelope, std::string_view peer, Error const& error) const
{
    Event event { Happened::refused, std::string { peer }, {} };
    if (auto const read = message::read_manifest(as_text(envelope.manifest)); read.ok()) {
        event.message = read.value().id;
        event.seq = read.value().seq;
    }
    event.error = error;
    observer_(event);
}

Taken Exchange::receive_batch(
    std::span<Envelope const> envelopes, std::string_view transport_state, message::Channel channel)
{
    MUST(!envelopes.empty() && envelopes.size() <= batch_messages_max);
    auto const standing = this->standing();
    std::vector<std::optional<Result<Arrived>>> read(envelopes.size());
    crew_->each(envelopes.size(), [&](std::size_t i) {
        read[i].emplace(authenticate(envelopes[i], transport_state, channel, standing));
    });
    Taken out;
    std::vector<Arrived> arrived;
    for (auto& each : read) {
        if (!each->ok()) {
            out.refused = each->error();
            break;
        }
        arrived.push_back(each->take());
    }
    while (!arrived.empty()) {
        auto const failed = store_arrived(arrived, channel, out.receipts);
        if (!failed) break;
        out.refused = failed->why;
        arrived.erase(arrived.begin() + static_cast<std::ptrdiff_t>(failed->at), arrived.end());
    }
    if (out.refused) tell_refused(envelopes[out.receipts.size()], transport_state, *out.refused);
    return out;
}

Result<Bytes> Exchange::receive(
    Envelope const& envelope, std::string_view transport_state, message::Channel channel)
{
    auto taken = receive_batch(std::span { &envelope, 1 }, transport_state, channel);
    if (taken.refused) return *taken.refused;
    return std::move(taken.receipts.front());
}

Result<std::uint64_t> Exchange::expected_from(std::string_view state, message::Channel channel)
{
    return store_.read([&](Transaction& transaction) -> Result<std::uint64_t> {
        return TRY(position(transaction, state, inward(channel))).seq + 1;
    });
}

} // namespace comity::exchange
