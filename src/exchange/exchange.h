#pragma once

#include "base/crew.h"
#include "exchange/attachments.h"
#include "exchange/channel.h"
#include "exchange/delivery.h"
#include "exchange/event.h"
#include "exchange/sequence.h"
#include "exchange/trust.h"
#include "ledger/witness.h"
#include "message/manifest.h"
#include "message/receipt.h"
#include "message/register_entry.h"

#include <mutex>

namespace comity::exchange {

extern std::span<store::Migration const> const migrations;

/// What travels: exact bytes, nothing read yet.
struct Envelope {
    Bytes manifest;
    Bytes signature;
    std::vector<Bytes> parts;
};

struct OutgoingPart {
    std::string name;
    std::string schema;
    Bytes content;
    std::string media_type = "application/json";
};

/// What a room wants sent. The exchange adds numbers, seals, hashes and its signature.
struct Outgoing {
    message::Type type;
    std::string to;
    message::CaseReference case_reference;
    std::optional<message::InReplyTo> in_reply_to {};
    message::LegalBasis legal_basis {};
    std::string verdict {}; ///< Of this node's decision; for the register.
    std::string purpose {};
    message::Urgency urgency = message::Urgency::routine;
    bool personal_data = true;
    std::optional<message::Retention> retention {};
    std::optional<Instant> due_at {};
    std::optional<Instant> expires_at {}; ///< Not delivered after this.
    std::optional<std::string> officer {};
    std::vector<OutgoingPart> parts {};
    std::vector<OutgoingAttachment> attachments {}; ///< Read while the message is sealed.
    message::Classification classification { 0, {} };
    message::Channel channel = message::Channel::wire;
    std::vector<std::string> handling {}; ///< H0 ... H3, as the content says.
};

/// An outgoing message whose content is already sealed: the slow work, done outside the writer.
struct Sealed {
    message::Manifest manifest; ///< Lacks seq and prev, which it gets when its turn comes.
    std::string verdict;
    std::vector<Bytes> parts;
    Bytes salt; ///< Of part 1.
};

/// A message from another State: signature, order and seals hold, the content is open.
struct Delivered {
    message::Manifest manifest;
    std::string manifest_sha256;
    std::vector<message::OpenedPart> parts;
    Instant received_at;
};

/// What the room above made of it, in the same transaction.
struct Disposition {
    std::string verdict;
    std::string law_version;
    std::vector<message::Check> checks;
    std::optional<message::Reason> rejected {};
    std::optional<Instant> due_at {};
    std::vector<std::string> not_understood {}; ///< Paths in the message.
};

struct Stored;
struct Waiting;

/// Told inside the transaction that stores a message or a receipt.
struct Receiver {
    std::function<Result<Disposition>(store::Transaction&, Delivered const&)> message;
    std::function<Result<void>(store::Transaction&, message::Receipt const&)> receipt {};
    /// A message of ours that waited for too long and was never sent.
    std::function<Result<void>(store::Transaction&, Stored const&)> expired {};
};

/// How far a peer's clock may be from ours: a message that claims to come from later than that is
/// not taken until the clocks agree.
constexpr std::chrono::minutes clock_skew_max { 5 };

/// A receipt that is not the first for its message, on its way to the sender.
struct LaterReceipt {
    std::string message;
    std::string kind;
    Bytes bytes;
};

/// This State's end of every pair.
struct Self {
    std::string state;
    std::string unit;
    crypto::Identity seal;
    crypto::Identity sealing;
    std::vector<crypto::Identity> further_sealings {}; ///< Still held, or to come.

    /// Opens what is sealed to any of them. Error: not_authentic.
    Result<Bytes> open(ByteView sealed) const;
};

/// A message under way to a State.
struct UnderWay {
    Envelope envelope;
    std::string id;
    std::uint64_t seq;
};

/// What was taken of several messages.
struct Taken {
    std::vector<Bytes> receipts; ///< Of the first messages, in order.
    std::optional<Error> refused {}; ///< Why the next one was not taken.
};

/// What a witness answered.
struct Cosigned {
    int status = 0;
    std::string body;
};

/// How a State's register is seen.
struct Window {
    ledger::Fetch fetch;
    std::function<Result<Cosigned>(std::string const& request)> cosign;
};

/// What came of looking.
struct Watched {
    std::vector<ledger::Alarm> alarms;
    std::optional<Error> not_proved {}; ///< Why heads wait for their proof, or ours for its line.
};

/// Messages between this State and the others: nothing lost, nothing twice, nothing hidden. It
/// knows evidence and order; what a message asks is the business of the room above.
class Exchange {
public:
    /// `threads`: how many may seal, sign and verify for one caller at once, its own among them.
    Exchange(store::Store& store, ledger::Ledger& ledger, Trust trust, Self self, Clock clock,
        Random random, AttachmentSettings attachments = {}, std::size_t threads = 1);
    Exchange(Exchange const&) = delete;
    Exchange& operator=(Exchange const&) = delete;

    Attachments const& attachments() const { return attachments_; }
    Instant now() const { return clock_(); }
    /// As they stand now.
    Trust trust() const;
    Self self() const;
    /// From now on, without a restart. What was begun under the old ones ends under them. MUST: the
    /// same State and unit.
    void use(Trust trust, Self self);
    /// What is classified goes nowhere before this is set.
    void set_channels(ChannelRule rule) { channels_ = std::move(rule); }
    void set_receiver(Receiver receiver) { receiver_ = std::move(receiver); }
    /// Before anything is sent or received.
    void set_observer(Observer observer) { observer_ = std::move(observer); }
    /// Told after each commit that queued something for a State.
    void on_queued(std::function<void(std::string const& state)> notice);

    /// Attachments are stored as they are sealed; their message may wait in memory for a day.
    /// Errors: not_found for a State without a node; not_authentic when its certificate ran out;
    /// too_large; those of an attachment's source; not_permitted where its level has another
    /// channel.
    Result<Sealed> seal(Outgoing outgoing) const;
    /// Queues, in the caller's transaction. The message's id.
    Result<std::string> submit(store::Transaction& transaction, Sealed const& sealed);
    /// Takes back what has not been numbered yet; false when it has.
    Result<bool> withdraw(store::Transaction& transaction, std::string_view id);

    Result<Load> load(std::string_view state);
    /// Gives the most urgent of what waits for a State its numbers: signed, registered (Art.
    /// 31(4)(e)), under way. What waited past its time is set aside. How many were numbered.
    Result<std::size_t> number(std::string_view state);
    /// The message of that number. Errors: not_found; conflict when it was lost by the receiver
    /// and has been destroyed here meanwhile.
    Result<UnderWay> under_way(std::string_view state, std::uint64_t seq);
    /// Those from `first` to `last`, as many as travel together, one at least. Errors are those of
    /// the first.
    Result<std::vector<UnderWay>> under_way(
        std::string_view state, std::uint64_t first, std::uint64_t last);
    /// A message that waits gets its number on the courier's way, where a packet holds up nothing
    /// that goes over the wire; it is signed and registered. One that has it already stays as it
    /// is. One that may not go at all comes back as `withheld`. Errors: not_found; conflict where
    /// it is under way over the wire, or over.
    Result<Stored> number_for_courier(std::string_view message_id);
    /// The receiver has lost the attachments of a message under way. Always an error: unavailable,
    /// until they are there again.
    Result<void> bring_attachments_again(std::string_view message_id);
    /// Receipts for messages of ours, in their order: checked to the last hash, then stored for
    /// ever. Where one proves nothing the error is its; those before it are stored.
    Result<void> acknowledge(std::span<UnderWay const> messages, std::span<Bytes const> receipts,
        std::optional<Trip> const& trip = {});
    Result<void> acknowledge(std::string_view message_id, Bytes const& receipt);

    /// Takes a message from the State at the other end of the pipe; the answer is its signed
    /// receipt. Errors: malformed, not_authentic, too_large, unavailable (clocks too far apart),
    /// conflict. A conflict is a gap where the message's number is beyond expected_from(), else a
    /// fork, which is kept as evidence; the others leave no trace.
    /// What came in a packet is from the State that its manifest names: there the seal says so.
    Result<Bytes> receive(Envelope const& envelope, std::string_view transport_state,
        message::Channel channel = message::Channel::wire);
    /// The same for 1 to batch_messages_max messages in order, in one commit. The first that cannot
    /// be taken ends it: those after it are not tried.
    Taken receive_batch(std::span<Envelope const> envelopes, std::string_view transport_state,
        message::Channel channel = message::Channel::wire);

    /// The first four steps of receive() alone: form, sender, signature, parts.
    Result<void> check(
        Envelope const& envelope, std::string_view transport_state, message::Channel channel) const;

    /// The number that the next message of a State must bear.
    Result<std::uint64_t> expected_from(
        std::string_view state, message::Channel channel = message::Channel::wire);

    /// A later word on a message that came, signed in this transaction: once for each kind.
    /// `entry`: of our register, the destruction where that is what it speaks of.
    Result<void> give_receipt(store::Transaction& transaction, std::string_view message_id,
        message::ReceiptKind kind, std::optional<std::uint64_t> entry = {});
    /// Later receipts that a State has not taken yet.
    Result<std::vector<LaterReceipt>> receipts_for(std::string_view state);
    Result<void> receipt_taken(LaterReceipt const& receipt);
    /// A later receipt for a message of ours, from the State at the other end of the pipe. The same
    /// one again changes nothing. Errors: malformed, not_authentic, not_found, conflict (another of
    /// the same kind).
    Result<void> take_receipt(ByteView receipt, std::string_view transport_state);

    /// Looks at a State's register and asks it to cosign ours: its newest head is held against
    /// those seen before (C2SP tlog-witness), so that every State witnesses the others. What it did
    /// wrong is kept as evidence and said; the exchange goes on. Errors: nobody there, or no signed
    /// head of that register.
    Result<Watched> watch(std::string_view state, Window const& window);

private:
    struct Arrived;
    struct Standing;
    struct Kept;
    struct Failed;
    struct Numbered;
    struct Awaited;
    Standing standing() const;
    Result<Arrived> authenticate(Envelope const& envelope, std::string_view transport_state,
        message::Channel channel, Standing const& standing) const;
    Result<bool> repeated(store::Transaction& transaction, Arrived const& arrived) const;
    Result<std::vector<message::OpenedPart>> open_parts(
        message::Manifest const& manifest, Envelope const& envelope, Self const& own) const;
    std::optional<Failed> store_arrived(
        std::span<Arrived const> arrived, message::Channel channel, std::vector<Bytes>& receipts);
    void tell(std::span<Kept const> kept) const;
    void tell_refused(Envelope const& envelope, std::string_view peer, Error const& error) const;
    Result<void> drop_unwanted(
        store::Transaction& transaction, message::RegisterEntry entry, std::uint64_t at);
    Result<Kept> take(store::Transaction& transaction, Arrived const& arrived, Position& last);
    Result<Disposition> dispose(
        store::Transaction& transaction, Arrived const& arrived, std::optional<Error> const& fault);
    Result<void> give_receipts(
        store::Transaction& transaction, std::span<Kept const> kept, std::vector<Bytes>& receipts);
    Bytes write_receipt(
        Kept const& kept, message::RegisterProof const& shown, crypto::Identity const& seal) const;
    Result<void> seal_attachments(message::Manifest& manifest, crypto::Certificate const& reader,
        std::span<OutgoingAttachment const> attachments) const;
    Result<std::optional<Numbered>> compose(store::Transaction& transaction, Waiting const& waiting,
        message::Channel channel, Position const& last, crypto::Identity const& seal);
    Result<void> keep_numbered(store::Transaction& transaction, Numbered const& numbered);
    Result<void> withhold(store::Transaction& transaction, std::string_view id);
    Result<void> set_expired_aside(store::Transaction& transaction, std::string_view state);
    Result<void> renew_seal(store::Transaction& transaction, message::Manifest& manifest) const;
    Result<void> keep_fork(Arrived const& arrived);
    Result<Awaited> awaited(store::Transaction& transaction, std::string_view message_id) const;
    Result<message::Receipt> read_receipt(ByteView receipt, Stored const& message) const;
    Result<void> note_receipt(store::Transaction& transaction, Awaited const& awaited,
        message::Receipt const& receipt, ByteView bytes);
    Result<message::RegisterProof> register_proof(store::Transaction& transaction,
        std::uint64_t entry, std::optional<std::string> const& cosigned) const;
    Result<std::optional<ledger::Alarm>> ask_to_cosign(Peer const& peer, Window const& window);
    Result<message::Receipt> open_receipt(ByteView receipt, std::string_view state) const;

    store::Store& store_;
    ledger::Ledger& ledger_;
    mutable std::mutex standing_; // trust_, and the keys of self_
    Trust trust_;
    Self self_;
    Clock clock_;
    Random random_;
    Attachments attachments_;
    ChannelRule channels_ = only_unclassified;
    Receiver receiver_;
    Observer observer_ = [](Event const&) { };
    std::function<void(std::string const&)> queued_ = [](std::string const&) { };
    std::unique_ptr<Crew> crew_;
};

/// A stored message, for showing and for export.
struct Stored {
    std::string id;
    std::string direction; ///< "out" or "in"
    std::string peer;
    std::optional<std::uint64_t> seq; ///< None while it is queued.
    std::string type;
    /// Out: queued, sent, packed, delivered, rejected, expired, withheld, withdrawn. In: received,
    /// rejected, expired.
    std::string state;
    Instant at;
    std::string case_number;
    std::optional<std::uint64_t> entry; ///< In the register; none while it is queued.
    Bytes manifest; ///< Without number and previous hash while it is queued.
    Bytes signature; ///< Empty while it is queued.
    Bytes receipt; ///< Empty until there is one.
    message::Channel channel = message::Channel::wire;
};

/// Two histories told by one State: the message that contradicts the one that was taken. Evidence,
/// never changed.
struct Fork {
    Instant at;
    std::string peer;
    std::uint64_t seq;
    Bytes manifest;
    Bytes signature;
};
constexpr std::size_t forks_max = 100; ///< Of one peer; what comes after is not kept.
/// The oldest first.
Result<std::vector<Fork>> forks(store::Transaction& transaction);

Result<std::vector<Stored>> messages(
    store::Transaction& transaction, std::int64_t limit, std::string_view case_number = {});
/// Those that go or came by courier, the newest first.
Result<std::vector<Stored>> packets(store::Transaction& transaction, std::int64_t limit);
Result<Stored> message_by_id(store::Transaction& transaction, std::string_view id);
Result<std::vector<Bytes>> parts_of(store::Transaction& transaction, std::string_view id);
/// False for a message of ours and for what no message was.
Result<bool> came_in(store::Transaction& transaction, std::string_view id);
/// MUST: a later kind.
Result<bool> gave_receipt(
    store::Transaction& transaction, std::string_view id, message::ReceiptKind kind);
/// Every receipt for a message of ours beside the first, as they came.
Result<std::vector<Bytes>> later_receipts(store::Transaction& transaction, std::string_view id);
/// The sealed parts and attachments of a message, whose salt dies with them: the commitment in the
/// register can no longer be tried against a guess.
Result<void> destroy_parts(store::Transaction& transaction, std::string_view id);
/// Sealed parts here that a certificate's key opens.
struct SealedTo {
    std::size_t under_way = 0; ///< Of messages that no receipt has ended yet.
    std::size_t kept = 0; ///< Of others.
};
Result<SealedTo> sealed_to(store::Transaction& transaction, crypto::Certificate const& certificate);
/// Messages that wait for their number or for a State's receipt.
Result<std::int64_t> queued_for(store::Transaction& transaction, std::string_view state);

} // namespace comity::exchange
