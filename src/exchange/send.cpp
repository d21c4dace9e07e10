#include "exchange/batch.h"
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
/// Of a manifest, its signature and their lengths in a batch.
constexpr std::size_t head_bytes_max = message::manifest_bytes_max + 4096;

std::string hex_sha256(ByteView bytes)
{
    return to_hex(crypto::sha256(bytes));
}

} // namespace

Exchange::Exchange(store::Store& store, ledger::Ledger& ledger, Trust trust, Self self, Clock clock,
    Random random, AttachmentSettings attachments, std::size_t threads)
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
    , crew_(std::make_unique<Crew>(threads - 1))
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
    Sealed out { { message::profile_version, uuid_v7(now, random_), json::word(outgoing.type),
                     std::string { message::suite },
                     { self_.state, self_.unit, outgoing.officer, {} },
                     { peer.state, peer.unit, {}, to_hex(reader.fingerprint()) }, 0, {}, now,
                     outgoing.case_reference, outgoing.in_reply_to, outgoing.legal_basis,
                     outgoing.purpose, outgoing.urgency, outgoing.classification,
                     outgoing.personal_data, outgoing.retention, outgoing.due_at,
                     outgoing.expires_at, outgoing.handling, "en", {}, ledger_.verifier().name },
        outgoing.verdict, {}, {} };
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

/// A message that has its number.
struct Exchange::Numbered {
    Stored message;
    Position position;
    message::RegisterEntry leaf;
};

/// Nothing where it may not go any more.
Result<std::optional<Exchange::Numbered>> Exchange::compose(Transaction& transaction,
    Waiting const& waiting, message::Channel channel, Position const& last,
    crypto::Identity const& seal)
{
    auto message = TRY(message_by_id(transaction, waiting.message));
    auto manifest
        = TRY(json::read_text<message::Manifest>(as_text(message.manifest), json::Unknown::refuse));
    auto const now = clock_();
    auto const level = manifest.classification.level;
    auto const finding = channels_(self_.state, message.peer, level, now);
    if (!check_channel(finding, channel, level).ok()) {
        TRY(withhold(transaction, message.id));
        return std::optional<Numbered> {};
    }
    TRY(renew_seal(transaction, manifest));
    if (channel == message::Channel::courier) {
        manifest.channel = channel;
        if (!manifest.expires_at) manifest.expires_at = now + courier_days_max;
    }
    manifest.seq = last.seq + 1;
    manifest.prev_manifest_sha256 = last.manifest_sha256;
    manifest.from.certificate = to_hex(seal.certificate.fingerprint());
    message.state = channel == message::Channel::wire ? "sent" : "packed";
    message.channel = channel;
    message.seq = manifest.seq;
    message.manifest = to_bytes(json::to_text(manifest));
    message::RegisterEntry leaf { 1, message::Act::sent, now, manifest.id, manifest.type,
        self_.state, message.peer, self_.unit, manifest.to.unit, manifest.case_reference.ours,
        manifest.purpose, manifest.legal_basis.provisions, waiting.verdict,
        manifest.legal_basis.law_version, manifest.personal_data,
        manifest.retention ? std::optional { manifest.retention->erase_by } : std::nullopt,
        to_hex(crypto::hmac_sha256(waiting.salt, message.manifest)), {} };
    Position const position { manifest.seq, hex_sha256(message.manifest) };
    return std::optional { Numbered { std::move(message), position, std::move(leaf) } };
}

Result<void> Exchange::keep_numbered(Transaction& transaction, Numbered const& numbered)
{
    auto const leaf = json::to_text(numbered.leaf);
    auto message = numbered.message;
    message.entry = TRY(ledger_.append(transaction, as_view(leaf)));
    TRY(set_numbered(transaction, message));
    TRY(take_from_outbox(transaction, message.id));
    return {};
}

Result<std::size_t> Exchange::number(std::string_view state)
{
    std::vector<Numbered> turn;
    TRY(store_.write([&](Transaction& transaction) -> Result<void> {
        turn.clear();
        TRY(set_expired_aside(transaction, state));
        auto const seal = self().seal;
        auto last = TRY(position(transaction, state, Direction::out));
        std::size_t bytes = 0;
        for (auto const& each : TRY(most_urgent(transaction, state, batch_messages_max))) {
            bytes += each.parts_bytes + head_bytes_max;
            if (!turn.empty() && bytes > batch_bytes_max) break;
            auto numbered = TRY(compose(transaction, each, message::Channel::wire, last, seal));
            if (!numbered) continue;
            turn.push_back(std::move(*numbered));
            last = turn.back().position;
        }
        crew_->each(turn.size(), [&](std::size_t i) {
            auto& message = turn[i].message;
            message.signature
                = crypto::sign(message.manifest, crypto::Content::detached, seal, turn[i].leaf.at);
        });
        for (auto const& each : turn) TRY(keep_numbered(transaction, each));
        if (!turn.empty()) TRY(set_position(transaction, state, Direction::out, last));
        return {};
    }));
    for (auto const& [message, position, leaf] : turn)
        observer_({ Happened::numbered, message.peer, message.id, position.seq, message.type });
    return turn.size();
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
        auto const line = outward(message::Channel::courier);
        auto const last = TRY(position(transaction, found.peer, line));
        auto const seal = self().seal;
        auto numbered = TRY(compose(transaction, *waiting, message::Channel::courier, last, seal));
        if (!numbered) return message_by_id(transaction, message_id);
        numbered->message.signature = crypto::sign(
            numbered->message.manifest, crypto::Content::detached, seal, numbered->leaf.at);
        TRY(keep_numbered(transaction, *numbered));
        TRY(set_position(transaction, found.peer, line, numbered->position));
        return message_by_id(transaction, message_id);
    });
}

Result<UnderWay> Exchange::under_way(std::string_view state, std::uint64_t seq)
{
    return std::move(TRY(under_way(state, seq, seq)).front());
}

namespace {

Result<UnderWay> load_numbered(Transaction& transaction, std::string_view state, std::uint64_t seq)
{
    auto found = TRY(find_numbered(transaction, state, seq));
    if (!found)
        return Error { Error::Kind::not_found,
            fmt::format("there is no message {} to {}", seq, state), "seq" };
    found->envelope.parts = TRY(parts_of(transaction, found->id));
    if (found->envelope.parts.empty())
        return Error { Error::Kind::conflict,
            fmt::format(
                "{} asks again for message {}, whose content is destroyed here", state, seq),
            "seq" };
    return std::move(*found);
}

} // namespace

Result<std::vector<UnderWay>> Exchange::under_way(
    std::string_view state, std::uint64_t first, std::uint64_t last)
{
    return store_.read([&](Transaction& transaction) -> Result<std::vector<UnderWay>> {
        std::vector<UnderWay> out;
        out.push_back(TRY(load_numbered(transaction, state, first)));
        auto bytes = batch_bytes(out.front().envelope);
        while (out.back().seq < last && out.size() < batch_messages_max) {
            auto next = load_numbered(transaction, state, out.back().seq + 1);
            // What is wrong with it is said when its turn comes.
            if (!next.ok()) break;
            bytes += batch_bytes(next.value().envelope);
            if (bytes > batch_bytes_max) break;
            out.push_back(next.take());
        }
        return out;
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
