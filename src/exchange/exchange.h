#pragma once

#include "exchange/sequence.h"
#include "exchange/trust.h"
#include "ledger/ledger.h"
#include "message/manifest.h"
#include "message/receipt.h"
#include "message/register_entry.h"

namespace comity::exchange {

extern std::span<store::Migration const> const migrations;

/// What travels: exact bytes, nothing read yet.
struct Envelope {
    Bytes manifest;
    Bytes signature;
    std::vector<Bytes> parts;
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
    std::optional<std::string> officer {};
    std::string part_name {};
    std::string schema {};
    Bytes content {};
};

/// An outgoing message whose content is already sealed: the slow work, done outside the writer.
struct Sealed {
    Outgoing outgoing;
    message::Manifest manifest; ///< Lacks seq and prev only.
    std::vector<Bytes> parts;
    Bytes salt;
    Bytes plain;
};

struct Sent {
    std::string id;
    std::uint64_t seq;
    std::uint64_t entry; ///< Index in the register.
    std::string manifest_sha256;
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
};

/// Told inside the transaction that stores a message or a receipt.
struct Receiver {
    std::function<Result<Disposition>(store::Transaction&, Delivered const&)> message;
    std::function<Result<void>(store::Transaction&, message::Receipt const&)> receipt;
};

/// This State's end of every pair.
struct Self {
    std::string state;
    std::string unit;
    crypto::Identity seal;
    crypto::Identity sealing;
};

/// A message that a peer refuses for its order: what it expects next.
struct Waiting {
    Envelope envelope;
    std::string id;
    std::uint64_t seq;
};

/// Messages between this State and the others: nothing lost, nothing twice, nothing hidden. It
/// knows evidence and order; what a message asks is the business of the room above.
class Exchange {
public:
    Exchange(store::Store& store, ledger::Ledger& ledger, Trust trust, Self self, Clock clock,
        Random random);

    Trust const& trust() const { return trust_; }
    Self const& self() const { return self_; }
    void set_receiver(Receiver receiver) { receiver_ = std::move(receiver); }
    /// Told after each commit that queued something for a State.
    void on_queued(std::function<void(std::string const& state)> notice);

    /// Error: not_found for a State without a node; not_authentic when its certificate ran out.
    Result<Sealed> seal(Outgoing outgoing) const;
    /// Numbers, signs, registers and queues, all in the caller's transaction.
    Result<Sent> submit(store::Transaction& transaction, Sealed sealed);

    /// Takes a message from the State at the other end of the pipe; the answer is its signed
    /// receipt. Errors leave no trace: malformed, not_authentic, too_large, conflict (gap: the
    /// error's field is "seq" and its text names the number expected; fork).
    Result<Bytes> receive(Envelope const& envelope, std::string_view transport_state);

    /// The oldest message that a State has not yet receipted, if any.
    Result<std::optional<Waiting>> next_for(std::string_view state);
    /// A receipt for a message of ours: checked to the last hash, then stored for ever.
    Result<void> acknowledge(std::string_view message_id, ByteView receipt);

    /// The newest head of a peer's register, seen outside a receipt. Errors: not_authentic;
    /// conflict when it contradicts the one that was seen before.
    Result<void> observe(std::string_view state, std::string_view note);

private:
    struct Arrived;
    Result<Arrived> authenticate(Envelope const& envelope, std::string_view transport_state) const;
    Result<bool> repeat(
        store::Transaction& transaction, Arrived const& arrived, Bytes& receipt) const;
    Result<std::vector<message::OpenedPart>> open_parts(
        message::Manifest const& manifest, Envelope const& envelope, Bytes& record) const;
    Result<void> take(store::Transaction& transaction, Arrived const& arrived,
        Envelope const& envelope, Bytes& receipt);
    Result<Disposition> dispose(store::Transaction& transaction, Arrived const& arrived);
    Result<Bytes> write_receipt(store::Transaction& transaction, Arrived const& arrived,
        Envelope const& envelope, Disposition const& disposition, std::uint64_t entry) const;
    Result<message::Receipt> check_receipt(Waiting const& waiting, std::string_view state,
        ByteView receipt, std::string_view commitment) const;

    store::Store& store_;
    ledger::Ledger& ledger_;
    Trust trust_;
    Self self_;
    Clock clock_;
    Random random_;
    Receiver receiver_;
    std::function<void(std::string const&)> queued_ = [](std::string const&) { };
};

/// A stored message, for showing and for export.
struct Stored {
    std::string id;
    std::string direction; ///< "out" or "in"
    std::string peer;
    std::uint64_t seq;
    std::string type;
    std::string state; ///< queued, delivered, received, rejected
    Instant at;
    std::string case_number;
    std::uint64_t entry;
    Bytes manifest;
    Bytes signature;
    Bytes receipt; ///< Empty until there is one.
};

Result<std::vector<Stored>> messages(
    store::Transaction& transaction, std::int64_t limit, std::string_view case_number = {});
Result<Stored> message_by_id(store::Transaction& transaction, std::string_view id);
Result<std::vector<Bytes>> parts_of(store::Transaction& transaction, std::string_view id);
/// The sealed parts of a message, whose salt dies with them: the commitment in the register can no
/// longer be tried against a guess.
Result<void> destroy_parts(store::Transaction& transaction, std::string_view id);
/// Messages that wait for a State's receipt.
Result<std::int64_t> queued_for(store::Transaction& transaction, std::string_view state);

} // namespace comity::exchange
