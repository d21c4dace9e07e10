#pragma once

#include "crypto/timestamp.h"
#include "ledger/ledger.h"

/// Heads of the log under time-stamps of an authority outside (RFC 3161), so that not even its own
/// State can say later that it wrote earlier. Nothing waits for the authority: heads queue until it
/// is there, and say then that they were late.
namespace comity::ledger {

struct StampRules {
    std::chrono::seconds every { 60 }; ///< One head each, where there is a newer one.
    std::chrono::seconds late_after { 300 }; ///< Between queueing and the authority's time.
    std::vector<crypto::Certificate> authorities;
};

constexpr std::size_t queued_heads_max = 1000; ///< Then the newest takes the place of the last.
constexpr std::size_t batch_heads_max = 100;

/// Heads that go under one stamp: its imprint is SHA-256 of the notes, one after the other.
struct StampBatch {
    std::vector<std::uint64_t> sizes;
    std::string text;

    crypto::Digest imprint() const { return crypto::sha256(as_view(text)); }
};

/// Queues the newest head where `every` has passed since the last and the log has grown.
Result<void> queue_head(store::Transaction& transaction, StampRules const& rules, Instant now);
/// The oldest heads that wait; nothing where none does.
Result<std::optional<StampBatch>> waiting_batch(store::Transaction& transaction);
/// Keeps what the authority answered to a batch; checked before.
Result<void> keep_stamp(store::Transaction& transaction, StampRules const& rules,
    StampBatch const& batch, ByteView response, Instant stamped_at);

struct Stamp {
    std::uint64_t id = 0;
    Instant at; ///< The authority's time.
    StampBatch batch;
    Bytes response; ///< TimeStampResp, DER.
    std::size_t late = 0; ///< Heads that waited over `late_after`.
};
/// The newest first.
Result<std::vector<Stamp>> stamps(store::Transaction& transaction, std::size_t limit);
/// Heads that wait, and since when the oldest does.
struct Waiting {
    std::uint64_t heads = 0;
    std::optional<Instant> since;
};
Result<Waiting> waiting(store::Transaction& transaction);

/// Carries a TimeStampReq to the authority and brings its answer.
using AskAuthority = std::function<Result<Bytes>(ByteView request)>;

/// Queues, asks, checks, keeps. Its caller decides when; nothing else of the node waits for it.
class Stamper {
public:
    Stamper(store::Store& store, StampRules rules, AskAuthority ask, Clock clock, Random random);
    /// One turn: the heads that got a stamp, 0 where none waited. Errors leave the heads waiting:
    /// unavailable, or an answer that does not hold.
    Result<std::size_t> turn();

private:
    store::Store& store_;
    StampRules rules_;
    AskAuthority ask_;
    Clock clock_;
    Random random_;
};

} // namespace comity::ledger
