#include "exchange/exchange_store.h"

#include <fmt/format.h>

/// The sending half: sealing, queueing, and the number that a message gets when its turn comes.
namespace comity::exchange {
namespace {

using store::Transaction;

constexpr std::size_t salt_bytes = 32;
/// A packet that is older is not taken any more.
constexpr std::chrono::days courier_days_max { 30 };
constexpr std::size_t unnumbered_bytes = 256; ///< What a manifest grows by when it is numbered.

std::string hex_sha256(ByteView bytes)
{
    return to_hex(crypto::sha256(bytes));
}

} // namespace

Exchange::Exchange(store::Store& store, ledger::Ledger& ledger, Trust trust, Self self, Clock clock,
    Random random, AttachmentSettings attachments)
    : store_(store)
    , ledger_(ledger)
    , trust_(std::move(trust))
    , self_(std::move(self))
    , clock_(std::move(clock))
    , random_(std::move(random))
    , attachments_(store,
          { self_.state, [this] { return this->self().sealing.certificate; },
              [this](ByteView sealed) { return this->self().open(sealed); },
              [this] { return this->trust(); } },
          clock_, random_, attachments)
{
}

void Exchange::on_queued(std::function<void(std::string const&)> notice)
{
    queued_ = std::move(notice);
}

Result<Sealed> Exchange::seal(Outgoing outgoing) const
{
    auto const now = clock_();
    auto const peer = TRY(trust().find(outgoing.to));
    auto const reader = TRY(peer.sealing(now));
    auto const level = outgoing.classification.level;
    TRY(check_channel(channels_(self_.state, peer.state, level, now), outgoing.channel, level));
    MUST(!outgoing.parts.empty()
        && outgoing.parts.size() + outgoing.attachments.size() <= message::parts_max);
    Sealed out {
        { message::profile_version, uuid_v7(now, random_), json::word(outgoing.type),
            std::string { message::suite }, { self_.state, self_.unit, outgoing.officer, {} },
            { peer.state, peer.unit, {}, to_hex(reader.fingerprint()) }, 0, {}, now,
            outgoing.case_reference, outgoing.in_reply_to, outgoing.legal_basis, outgoing.purpose,
            outgoing.urgency, outgoing.classification, outgoing.personal_data, outgoing.retention,
            outgoing.due_at, outgoing.expires_at, {}, "en", {}, ledger_.verifier().name },
        outgoing.verdict, {}, {}
    };
    if (outgoing.channel != message::Channel::wire) out.manifest.channel = outgoing.channel;
    std::array const readers { reader, self().sealing.certificate };
    std::uint32_t n = 0;
    for (auto const& part : outgoing.parts) {
        Bytes salt(salt_bytes);
        random_(salt);
        auto const plain = message::write_part(
            { out.manifest.id, ++n, to_base64(salt), { peer.state, self_.state } }, part.content);
        auto sealed = crypto::seal(plain, readers);
        out.manifest.parts.push_back({ n, part.name, part.media_type, part.schema, plain.size(),
            hex_sha256(sealed), hex_sha256(plain) });
        out.parts.push_back(std::move(sealed));
        if (n == 1) out.salt = std::move(salt);
    }
    TRY(seal_attachments(out.manifest, reader, outgoing.attachments));
    return out;
}

Result<void> Exchange::seal_attachments(message::Manifest& manifest,
    crypto::Certificate const& reader, std::span<OutgoingAttachment const> attachments) const
{
    if (attachments.empty()) return {};
    manifest.attachments.emplace();
    std::uint64_t bytes = 0;
    auto n = static_cast<std::uint32_t>(manifest.parts.size());
    for (auto const& each : attachments) {
        auto const& sealed = manifest.attachments->emplace_back(
            TRY(attachments_.seal(manifest.id, ++n, manifest.to.state, reader, each)));
        bytes += sealed.bytes;
    }
    if (bytes > message::attachments_bytes_max)
        return Error { Error::Kind::too_large,
            fmt::format(
                "attachments of {} bytes, {} at most", bytes, message::attachments_bytes_max),
            "attachments" };
    // Its number, the hash before it and the seal are still to come.
    if (json::to_text(manifest).size() + unnumbered_bytes > message::manifest_bytes_max)
        return Error { Error::Kind::too_large,
            fmt::format("the names of the attachments leave no room: a manifest has {} bytes",
                message::manifest_bytes_max),
            "attachments" };
    return {};
}

Result<std::string> Exchange::submit(Transaction& transaction, Sealed const& sealed)
{
    auto const& manifest = sealed.manifest;
    auto const& peer = manifest.to.state;
    TRY(insert_message(transaction,
        { manifest.id, json::word(Direction::out), peer, {}, manifest.type, "queued",
            manifest.created_at, manifest.case_reference.ours, {},
            to_bytes(json::to_text(manifest)), {}, {}, manifest.way() },
        sealed.parts));
    TRY(put_in_outbox(transaction, line_to(peer, manifest.way()),
        { manifest.id, sealed.verdict, sealed.salt }, manifest.urgency, manifest.expires_at));
    TRY(attachments_.submit(transaction, manifest));
    transaction.after_commit([this, peer] { queued_(peer); });
    return manifest.id;
}

Result<bool> Exchange::withdraw(Transaction& transaction, std::string_view id)
{
    if (!TRY(take_from_outbox(transaction, id))) return false;
    TRY(move_attachments(transaction, id, "out", "waiting", "kept"));
    TRY(set_state(transaction, id, "withdrawn"));
    return true;
}

Result<Load> Exchange::load(std::string_view state)
{
    return store_.read([&](Transaction& transaction) { return load_of(transaction, state); });
}

Result<void> Exchange::set_expired_aside(Transaction& transaction, std::string_view state)
{
    for (auto const& id : TRY(expired_in_outbox(transaction, state, clock_()))) {
        TRY(take_from_outbox(transaction, id));
        TRY(move_attachments(transaction, id, "out", "waiting", "kept"));
        TRY(exchange::set_state(transaction, id, "expired"));
        if (receiver_.expired)
            TRY(receiver_.expired(transaction, TRY(message_by_id(transaction, id))));
    }
    return {};
}

/// A message may wait for days: what it was sealed to may have run out meanwhile.
Result<void> Exchange::renew_seal(Transaction& transaction, message::Manifest& manifest) const
{
    auto const peer = TRY(trust().find(manifest.to.state));
    auto const now = clock_();
    if (peer.can_open(manifest.to.certificate, now)) return {};
    auto const reader = TRY(peer.sealing(now));
    auto const own = self();
    std::array const readers { reader, own.sealing.certificate };
    auto parts = TRY(parts_of(transaction, manifest.id));
    for (std::size_t i = 0; i < parts.size(); ++i) {
        parts[i] = crypto::seal(TRY(own.open(parts[i])), readers);
        manifest.parts[i].cipher_sha256 = hex_sha256(parts[i]);
    }
    manifest.to.certificate = to_hex(reader.fingerprint());
    return replace_parts(transaction, manifest.id, parts);
}

/// The matrix may have changed while it waited: what it does not let go any more stays here.
Result<void> Exchange::withhold(Transaction& transaction, std::string_view id)
{
    TRY(take_from_outbox(transaction, id));
    TRY(move_attachments(transaction, id, "out", "waiting", "kept"));
    TRY(exchange::set_state(transaction, id, "withheld"));
    if (receiver_.expired) TRY(receiver_.expired(transaction, TRY(message_by_id(transaction, id))));
    return {};
}

Result<bool> Exchange::number_one(
    Transaction& transaction, Waiting const& waiting, message::Channel channel)
{
    auto message = TRY(message_by_id(transaction, waiting.message));
    auto manifest
        = TRY(json::read_text<message::Manifest>(as_text(message.manifest), json::Unknown::refuse));
    auto const now = clock_();
    auto const level = manifest.classification.level;
    auto const finding = channels_(self_.state, message.peer, level, now);
    if (!check_channel(finding, channel, level).ok()) {
        TRY(withhold(transaction, message.id));
        return false;
    }
    TRY(renew_seal(transaction, manifest));
    auto const line = outward(channel);
    if (channel == message::Channel::courier) {
        manifest.channel = channel;
        if (!manifest.expires_at) manifest.expires_at = now + courier_days_max;
    }
    auto const last = TRY(position(transaction, message.peer, line));
    manifest.seq = last.seq + 1;
    manifest.prev_manifest_sha256 = last.manifest_sha256;
    auto const seal = self().seal;
    manifest.from.certificate = to_hex(seal.certificate.fingerprint());
    message.state = channel == message::Channel::wire ? "sent" : "packed";
    message.channel = channel;
    message.seq = manifest.seq;
    message.manifest = to_bytes(json::to_text(manifest));
    message.signature = crypto::sign(message.manifest, crypto::Content::detached, seal, now);
    message::RegisterEntry const leaf { 1, message::Act::sent, now, manifest.id, manifest.type,
        self_.state, message.peer, self_.unit, manifest.to.unit, manifest.case_reference.ours,
        manifest.purpose, manifest.legal_basis.provisions, waiting.verdict,
        manifest.legal_basis.law_version, manifest.personal_data,
        manifest.retention ? std::optional { manifest.retention->erase_by } : std::nullopt,
        to_hex(crypto::hmac_sha256(waiting.salt, message.manifest)), {} };
    message.entry = TRY(ledger_.append(transaction, as_view(json::to_text(leaf))));
    TRY(set_numbered(transaction, message));
    TRY(take_from_outbox(transaction, message.id));
    TRY(set_position(
        transaction, message.peer, line, { manifest.seq, hex_sha256(message.manifest) }));
    return true;
}

Result<std::size_t> Exchange::number(std::string_view state)
{
    return store_.write([&](Transaction& transaction) -> Result<std::size_t> {
        TRY(set_expired_aside(transaction, state));
        auto const turn = TRY(most_urgent(transaction, state, numbered_together_max));
        for (auto const& each : turn) TRY(number_one(transaction, each, message::Channel::wire));
        return turn.size();
    });
}

Result<Stored> Exchange::number_for_courier(std::string_view message_id)
{
    TRY(attachments_.renew(std::string { message_id }));
    return store_.write([&](Transaction& transaction) -> Result<Stored> {
        auto const found = TRY(message_by_id(transaction, message_id));
        if (found.direction == "out" && found.channel == message::Channel::courier && found.seq)
            return found;
        TRY(set_expired_aside(transaction, line_to(found.peer, found.channel)));
        auto const waiting = TRY(find_waiting(transaction, message_id));
        auto const state = TRY(message_by_id(transaction, message_id)).state;
        if (!waiting)
            return Error { Error::Kind::conflict,
                fmt::format(
                    "message {} does not wait for a courier: it is '{}'", message_id, state),
                "id" };
        for (auto const* before : { "waiting", "there" })
            TRY(move_attachments(transaction, message_id, "out", before, "packed"));
        TRY(number_one(transaction, *waiting, message::Channel::courier));
        return message_by_id(transaction, message_id);
    });
}

Result<UnderWay> Exchange::under_way(std::string_view state, std::uint64_t seq)
{
    return store_.read([&](Transaction& transaction) -> Result<UnderWay> {
        auto found = TRY(find_numbered(transaction, state, seq));
        if (!found)
            return Error { Error::Kind::not_found,
                fmt::format("there is no message {} to {}", seq, state), "seq" };
        auto parts = TRY(parts_of(transaction, found->id));
        if (parts.empty())
            return Error { Error::Kind::conflict,
                fmt::format(
                    "{} asks again for message {}, whose content is destroyed here", state, seq),
                "seq" };
        return UnderWay { { std::move(found->manifest), std::move(found->signature),
                              std::move(parts) },
            found->id, seq };
    });
}

Result<void> Exchange::bring_attachments_again(std::string_view message_id)
{
    TRY(attachments_.bring_again(message_id));
    auto const stored = TRY(store_.read(
        [&](Transaction& transaction) { return message_by_id(transaction, message_id); }));
    queued_(stored.peer);
    return Error { Error::Kind::unavailable,
        fmt::format("{} lacks the attachments of message {}: they are brought again", stored.peer,
            message_id),
        "attachments" };
}

} // namespace comity::exchange
