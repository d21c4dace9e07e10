#include "exchange/exchange_store.h"

#include "ledger/witness.h"

#include <fmt/format.h>

/// What a receipt must prove before this node believes that a message arrived, the later
/// receipts in both directions, and what a State sees of the others' registers.
namespace comity::exchange {
namespace {

using message::ReceiptKind;
using store::Transaction;

constexpr std::size_t receipts_together_max = 64;

std::string hex_sha256(ByteView bytes)
{
    return to_hex(crypto::sha256(bytes));
}

Error wrong_receipt(std::string_view what)
{
    return { Error::Kind::not_authentic, fmt::format("receipt: {}", what), "receipt" };
}

/// The receipt's own proof that the receiver's register holds an entry for this very message.
/// `head`: of the proof's checkpoint, whose signature held.
Result<void> check_register(message::RegisterProof const& proof, ledger::Checkpoint const& head,
    std::string_view message_id, std::string_view commitment)
{
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

/// The heads that receipts name. Receipts of one commit name the same ones, so their signatures are
/// checked once.
class Heads {
public:
    Heads(std::string state, Trust trust)
        : state_(std::move(state))
        , trust_(std::move(trust))
    {
        for (auto const& each : trust_.peers()) witnesses_.push_back(each.register_key);
    }
    /// The head of the proof, once that of the cosigned one is read too. Lines of witnesses must
    /// hold where their keys are known.
    Result<ledger::Checkpoint> open(message::RegisterProof const& proof)
    {
        if (proof.cosigned) TRY(open(*proof.cosigned));
        return open(proof.checkpoint);
    }
    Result<void> observe(Transaction& transaction, Instant now) const
    {
        for (auto const& [note, head] : opened_)
            TRY(ledger::observe(transaction, head, note, 0, now));
        return {};
    }

private:
    struct Opened {
        std::string note;
        ledger::Checkpoint head;
    };
    Result<ledger::Checkpoint> open(std::string const& note)
    {
        auto const known = std::ranges::find(opened_, note, &Opened::note);
        if (known != opened_.end()) return known->head;
        auto head = TRY(ledger::open_checkpoint(note, TRY(trust_.register_key_of(state_, note))));
        TRY(ledger::cosignatures(note, witnesses_));
        return opened_.emplace_back(note, std::move(head)).head;
    }

    std::string state_;
    Trust trust_;
    std::vector<ledger::Verifier> witnesses_;
    std::vector<Opened> opened_;
};

std::string state_after(ReceiptKind kind)
{
    return kind == ReceiptKind::durable ? "delivered" : json::word(kind);
}

Result<message::RegisterEntry> own_entry(Transaction& transaction, Stored const& message)
{
    MUST(message.entry.has_value());
    auto const leaf = TRY(ledger::leaf(transaction, *message.entry));
    return json::read_text<message::RegisterEntry>(as_text(leaf), json::Unknown::keep);
}

} // namespace

/// A message of ours that waits for its receipt.
struct Exchange::Awaited {
    Stored message;
    std::string commitment; ///< In our register.
    Instant numbered_at;

    /// A message that could not be opened is registered as it came, without its content.
    std::string_view expected(ReceiptKind kind) const
    {
        return kind == ReceiptKind::rejected ? std::string_view {} : commitment;
    }
};

Result<message::Receipt> Exchange::open_receipt(ByteView receipt, std::string_view state) const
{
    if (receipt.size() > message::receipt_bytes_max)
        return Error { Error::Kind::too_large,
            fmt::format("a receipt over {} bytes", message::receipt_bytes_max), "receipt" };
    // It may have waited: the seal is judged at the instant that the receipt bears.
    auto const shown = TRY(json::read_text<message::Receipt>(
        TRY(crypto::enclosed_content(receipt)), json::Unknown::keep));
    auto const signer = to_hex(TRY(crypto::claimed_fingerprint(receipt)));
    auto const seal = TRY(trust().seal_then(state, signer, shown.persisted_at));
    TRY(crypto::verify_enclosed(receipt, seal));
    return shown;
}

Result<message::Receipt> Exchange::read_receipt(ByteView receipt, Stored const& message) const
{
    auto read = TRY(open_receipt(receipt, message.peer));
    if (read.message_id != message.id || read.from != message.peer || read.to != self_.state)
        return wrong_receipt("it speaks of another message");
    if (read.seq != message.seq) return wrong_receipt("it bears another number");
    if (read.manifest_sha256 != hex_sha256(message.manifest)
        || read.signature_sha256 != hex_sha256(message.signature))
        return wrong_receipt("it speaks of other bytes than those sent");
    return read;
}

Result<Exchange::Awaited> Exchange::awaited(
    Transaction& transaction, std::string_view message_id) const
{
    auto found = TRY(message_by_id(transaction, message_id));
    if (!found.entry) return wrong_receipt("its message was never sent");
    auto entry = TRY(own_entry(transaction, found));
    return Awaited { std::move(found), std::move(entry.commitment), entry.at };
}

Result<void> Exchange::note_receipt(Transaction& transaction, Awaited const& awaited,
    message::Receipt const& receipt, ByteView bytes)
{
    // The first receipt stands. A receiver that lost the message and took it again gives another
    // one, which changes nothing here.
    auto const& id = awaited.message.id;
    if (!TRY(set_first_receipt(transaction, id, state_after(receipt.kind), bytes))) return {};
    if (receiver_.receipt) TRY(receiver_.receipt(transaction, receipt));
    return {};
}

namespace {

/// Half of the trip lies before the peer's clock was read and half behind, at best.
std::optional<std::chrono::microseconds> clock_difference(
    message::Receipt const& receipt, std::optional<Trip> const& trip)
{
    if (!trip) return {};
    return receipt.received_at - (trip->asked_at + (trip->answered_at - trip->asked_at) / 2);
}

} // namespace

Result<void> Exchange::acknowledge(std::span<UnderWay const> messages,
    std::span<Bytes const> receipts, std::optional<Trip> const& trip)
{
    MUST(!messages.empty() && messages.size() == receipts.size());
    auto const sent = TRY(store_.read([&](Transaction& t) -> Result<std::vector<Awaited>> {
        std::vector<Awaited> out;
        for (auto const& each : messages) out.push_back(TRY(awaited(t, each.id)));
        return out;
    }));
    std::vector<std::optional<Result<message::Receipt>>> read(sent.size());
    crew_->each(sent.size(),
        [&](std::size_t i) { read[i].emplace(read_receipt(receipts[i], sent[i].message)); });
    Heads heads { sent.front().message.peer, trust() };
    std::vector<message::Receipt> good;
    Result<void> wrong;
    while (wrong.ok() && good.size() < sent.size()) {
        auto& next = *read[good.size()];
        wrong = [&]() -> Result<void> {
            auto receipt = TRY(std::move(next));
            auto const& mine = sent[good.size()];
            if (message::is_later(receipt.kind))
                return wrong_receipt("it does not answer the message");
            auto const head = TRY(heads.open(receipt.register_entry));
            TRY(check_register(
                receipt.register_entry, head, mine.message.id, mine.expected(receipt.kind)));
            good.push_back(std::move(receipt));
            return {};
        }();
    }
    if (good.empty()) return wrong;
    TRY(store_.write([&](Transaction& transaction) -> Result<void> {
        TRY(heads.observe(transaction, clock_()));
        for (std::size_t i = 0; i < good.size(); ++i)
            TRY(note_receipt(transaction, sent[i], good[i], receipts[i]));
        return {};
    }));
    for (std::size_t i = 0; i < good.size(); ++i) {
        auto const& [message, commitment, numbered_at] = sent[i];
        observer_({ Happened::receipted, message.peer, message.id, good[i].seq, message.type,
            good[i].kind, {}, clock_() - numbered_at, clock_difference(good[i], trip) });
    }
    return wrong;
}

Result<void> Exchange::acknowledge(std::string_view message_id, Bytes const& receipt)
{
    UnderWay const message { {}, std::string { message_id }, 0 };
    return acknowledge(std::span { &message, 1 }, std::span { &receipt, 1 });
}

Result<void> Exchange::give_receipt(Transaction& transaction, std::string_view message_id,
    ReceiptKind kind, std::optional<std::uint64_t> entry)
{
    MUST(message::is_later(kind));
    auto const word = json::word(kind);
    if (TRY(later_receipt(transaction, message_id, word))) return {};
    auto const stored = TRY(message_by_id(transaction, message_id));
    MUST(stored.direction == "in" && stored.entry && stored.seq);
    auto const now = clock_();
    auto const seal = self().seal;
    message::Receipt receipt { 1, uuid_v7(now, random_), kind, stored.id,
        hex_sha256(stored.manifest), hex_sha256(stored.signature), {}, self_.state, stored.peer,
        *stored.seq, *stored.seq, stored.at, now, {}, {}, {}, {}, {},
        to_hex(seal.certificate.fingerprint()) };
    // Late, because the register's head is signed once for the whole group.
    transaction.before_commit([this, receipt, at = entry.value_or(*stored.entry), word, seal](
                                  Transaction& late) mutable -> Result<void> {
        // Another write of the same group gave it: neither saw the other's.
        if (TRY(later_receipt(late, receipt.message_id, word))) return {};
        auto const cosigned = TRY(ledger::cosigned_checkpoint(late));
        receipt.register_entry = TRY(register_proof(late, at, cosigned));
        auto const bytes = crypto::sign(
            as_view(json::to_text(receipt)), crypto::Content::enclosed, seal, receipt.persisted_at);
        return put_later_receipt(
            late, receipt.to, Direction::out, { receipt.message_id, word, bytes });
    });
    transaction.after_commit([this, peer = stored.peer] { queued_(peer); });
    return {};
}

Result<std::vector<LaterReceipt>> Exchange::receipts_for(std::string_view state)
{
    return store_.read([&](Transaction& transaction) {
        return waiting_receipts(transaction, state, receipts_together_max);
    });
}

Result<void> Exchange::receipt_taken(LaterReceipt const& receipt)
{
    return store_.write(
        [&](Transaction& transaction) { return set_receipt_taken(transaction, receipt); });
}

Result<void> Exchange::take_receipt(ByteView receipt, std::string_view transport_state)
{
    auto const claimed = TRY(open_receipt(receipt, transport_state));
    if (!message::is_later(claimed.kind))
        return Error { Error::Kind::malformed, "a first receipt comes as the answer to its message",
            "kind" };
    auto const mine = TRY(store_.read([&](Transaction& transaction) -> Result<Awaited> {
        auto const found = TRY(message_by_id(transaction, claimed.message_id));
        if (found.direction != "out" || found.peer != transport_state || !found.entry)
            return Error { Error::Kind::not_found, "there is no such message of ours to this State",
                "messageId" };
        return awaited(transaction, found.id);
    }));
    auto const& stored = mine.message;
    auto const read = TRY(read_receipt(receipt, stored));
    Heads heads { stored.peer, trust() };
    auto const head = TRY(heads.open(read.register_entry));
    TRY(check_register(read.register_entry, head, stored.id, mine.expected(read.kind)));
    auto const word = json::word(read.kind);
    return store_.write([&](Transaction& transaction) -> Result<void> {
        TRY(heads.observe(transaction, clock_()));
        if (auto const known = TRY(later_receipt(transaction, stored.id, word))) {
            if (std::ranges::equal(*known, receipt)) return {};
            return Error { Error::Kind::conflict,
                fmt::format("another receipt '{}' for this message is already here", word),
                "kind" };
        }
        TRY(put_later_receipt(transaction, stored.peer, Direction::in,
            { stored.id, word, Bytes { receipt.begin(), receipt.end() } }));
        if (receiver_.receipt) TRY(receiver_.receipt(transaction, read));
        return {};
    });
}

Result<message::RegisterProof> Exchange::register_proof(
    Transaction& transaction, std::uint64_t entry, std::optional<std::string> const& cosigned) const
{
    auto const proof = TRY(ledger::prove(transaction, entry));
    message::RegisterProof out { ledger_.verifier().name, entry, to_base64(proof.leaf), {},
        proof.checkpoint, cosigned };
    for (auto const& hash : proof.path) out.path.push_back(to_base64(hash));
    return out;
}

Result<std::optional<ledger::Alarm>> Exchange::ask_to_cosign(Peer const& peer, Window const& window)
{
    auto const now = clock_();
    auto const& name = peer.register_key.name;
    // It proposes a head, so it writes.
    auto const request = TRY(store_.write(
        [&](Transaction& transaction) { return ledger::cosign_request(transaction, name, now); }));
    if (!request) return std::optional<ledger::Alarm> {};
    auto const answer = TRY(window.cosign(*request));
    return store_.write([&](Transaction& transaction) {
        return ledger::take_cosignature(
            transaction, peer.register_key, *request, answer.status, answer.body, now);
    });
}

Result<Watched> Exchange::watch(std::string_view state, Window const& window)
{
    auto const peer = TRY(trust().find(state));
    auto const& log = peer.register_key;
    auto const before = TRY(store_.read(
        [&](Transaction& transaction) { return ledger::largest_seen(transaction, log.name); }));
    auto const note = TRY(window.fetch("register/checkpoint"));
    auto const head = TRY(ledger::open_checkpoint(as_text(note), log));
    auto const shown = TRY(store_.write([&](Transaction& transaction) {
        return ledger::observe(transaction, head, as_text(note), before, clock_());
    }));
    Watched out;
    if (shown) out.alarms.push_back(*shown);
    if (auto proved = ledger::prove_heads(store_, log, window.fetch, clock_()); proved.ok())
        out.alarms.insert(out.alarms.end(), proved.value().begin(), proved.value().end());
    else
        out.not_proved = proved.error();
    if (auto const own = ask_to_cosign(peer, window); !own.ok())
        out.not_proved = own.error();
    else if (own.value())
        out.alarms.push_back(*own.value());
    return out;
}

} // namespace comity::exchange
