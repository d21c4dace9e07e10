#include "exchange/exchange_store.h"

#include <fmt/format.h>

/// The sending half: sealing, queueing, and the number that a message gets when its turn comes.
namespace comity::exchange {
namespace {

using store::Transaction;

constexpr std::size_t salt_bytes = 32;

std::string hex_sha256(ByteView bytes)
{
    return to_hex(crypto::sha256(bytes));
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
    auto const peer = TRY(trust().find(outgoing.to));
    auto const reader = TRY(peer.sealing(now));
    MUST(!outgoing.parts.empty() && outgoing.parts.size() <= message::parts_max);
    Sealed out {
        { message::profile_version, uuid_v7(now, random_), json::word(outgoing.type),
            std::string { message::suite }, { self_.state, self_.unit, outgoing.officer, {} },
            { peer.state, peer.unit, {}, to_hex(reader.fingerprint()) }, 0, {}, now,
            outgoing.case_reference, outgoing.in_reply_to, outgoing.legal_basis, outgoing.purpose,
            outgoing.urgency, { 0, {} }, outgoing.personal_data, outgoing.retention,
            outgoing.due_at, outgoing.expires_at, {}, "en", {}, ledger_.verifier().name },
        outgoing.verdict, {}, {}
    };
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
    return out;
}

Result<std::string> Exchange::submit(Transaction& transaction, Sealed const& sealed)
{
    auto const& manifest = sealed.manifest;
    auto const& peer = manifest.to.state;
    TRY(insert_message(transaction,
        { manifest.id, json::word(Direction::out), peer, {}, manifest.type, "queued",
            manifest.created_at, manifest.case_reference.ours, {},
            to_bytes(json::to_text(manifest)), {}, {} },
        sealed.parts));
    TRY(put_in_outbox(transaction, peer, { manifest.id, sealed.verdict, sealed.salt },
        manifest.urgency, manifest.expires_at));
    transaction.after_commit([this, peer] { queued_(peer); });
    return manifest.id;
}

Result<bool> Exchange::withdraw(Transaction& transaction, std::string_view id)
{
    if (!TRY(take_from_outbox(transaction, id))) return false;
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

Result<void> Exchange::number_one(Transaction& transaction, Waiting const& waiting)
{
    auto message = TRY(message_by_id(transaction, waiting.message));
    auto manifest
        = TRY(json::read_text<message::Manifest>(as_text(message.manifest), json::Unknown::refuse));
    TRY(renew_seal(transaction, manifest));
    auto const last = TRY(position(transaction, message.peer, Direction::out));
    manifest.seq = last.seq + 1;
    manifest.prev_manifest_sha256 = last.manifest_sha256;
    auto const seal = self().seal;
    manifest.from.certificate = to_hex(seal.certificate.fingerprint());
    auto const now = clock_();
    message.state = "sent";
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
    return set_position(
        transaction, message.peer, Direction::out, { manifest.seq, hex_sha256(message.manifest) });
}

Result<std::size_t> Exchange::number(std::string_view state)
{
    return store_.write([&](Transaction& transaction) -> Result<std::size_t> {
        TRY(set_expired_aside(transaction, state));
        auto const turn = TRY(most_urgent(transaction, state, numbered_together_max));
        for (auto const& each : turn) TRY(number_one(transaction, each));
        return turn.size();
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

} // namespace comity::exchange
