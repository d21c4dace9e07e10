#pragma once

#include "ledger/ledger.h"
#include "ledger/reader.h"

#include <boost/describe.hpp>

/// Logs that watch each other (C2SP tlog-witness): each node keeps the newest head of every peer,
/// sets its line under a newer one only where that follows from the one it kept, and keeps for ever
/// what an honest log would not have signed.
namespace comity::ledger {

enum class AlarmKind : std::uint8_t {
    split_view, ///< Two heads of one log that no one tree has.
    rollback, ///< A log shows as its newest head a smaller one than before.
    own_rollback, ///< A witness knows more of our own log than we do: an old copy was restored.
};
BOOST_DESCRIBE_ENUM(AlarmKind, split_view, rollback, own_rollback)

/// Evidence of what a log did: both signed notes as they came. Never changed, never overwritten.
struct Alarm {
    Instant at;
    AlarmKind kind;
    std::string origin;
    std::string known; ///< What was known before: a note; for own_rollback the witness's words.
    std::string shown; ///< The note that contradicts it.
};

constexpr std::size_t alarms_max = 1000; ///< Of one kind and log; what comes after is not kept.
constexpr std::size_t shown_heads_max = 64; ///< Of one log, waiting for their proof.
constexpr std::size_t proof_hashes_max = 63;

/// The oldest first.
Result<std::vector<Alarm>> alarms(store::Transaction& transaction);

/// The body of add-checkpoint. Errors: malformed, too_large.
struct AddCheckpoint {
    std::uint64_t old_size = 0;
    std::vector<Digest> proof;
    std::string note;
};
Result<AddCheckpoint> read_add_checkpoint(std::string_view body);
std::string write(AddCheckpoint const& asked);

/// What a witness answers, and the HTTP status that tlog-witness gives it.
struct WitnessAnswer {
    enum class Outcome : std::uint16_t {
        cosigned = 200, ///< `body` is the signature line.
        not_signed = 403,
        unknown_log = 404,
        stale = 409, ///< `body` is the size that was cosigned last.
        contradicts = 4090, ///< 409 too: another root for the size that was cosigned last.
        unproven = 422,
    };
    Outcome outcome;
    std::string body;
    std::optional<Alarm> alarm {};

    int status() const { return outcome == Outcome::contradicts ? 409 : static_cast<int>(outcome); }
};

/// This node as a witness of others' logs.
class Witness {
public:
    Witness(Ledger const& signer, std::vector<Verifier> logs, Clock clock);
    /// Judges and, where it holds, cosigns. The transaction must be committed before the answer
    /// leaves, also where it is a refusal: it may have kept evidence. Error: malformed.
    Result<WitnessAnswer> add_checkpoint(
        store::Transaction& transaction, std::string_view body) const;

private:
    Ledger const& signer_;
    std::vector<Verifier> logs_;
    Clock clock_;
};

/// Takes note of a head of another log; one that cannot be judged yet waits for prove_heads.
/// `head`: what open_checkpoint gave for `note`, so that a signature is checked once and not in the
/// writer. `size_min`: what largest_seen gave before the log was asked for its newest head, which
/// must not have shrunk since; 0 for a head that may be an old one, as in a receipt. An alarm is
/// kept before it is returned.
Result<std::optional<Alarm>> observe(store::Transaction& transaction, Checkpoint const& head,
    std::string_view note, std::uint64_t size_min, Instant now);
/// The size of the largest head seen of a log; 0 where none was.
Result<std::uint64_t> largest_seen(store::Transaction& transaction, std::string_view origin);
/// Holds every head that was seen of a log since the last time against the largest, by the log's
/// own tiles. Asks for nothing where nothing waits. Errors of `fetch` leave the heads waiting.
Result<std::vector<Alarm>> prove_heads(
    store::Store& store, Verifier const& log, Fetch const& fetch, Instant now);

/// How long one head is offered to all witnesses before a newer one takes its place.
constexpr std::chrono::seconds proposed_for { 5 };

/// What to POST to a witness so that it cosigns our head; nothing where it has done so. Error:
/// conflict where a witness has cosigned more entries than there are here.
Result<std::optional<std::string>> cosign_request(
    store::Transaction& transaction, std::string_view witness, Instant now);
/// The witness's answer to `request`. An alarm is kept before it is returned. Errors: malformed,
/// not_authentic; unavailable for another status.
Result<std::optional<Alarm>> take_cosignature(store::Transaction& transaction,
    Verifier const& witness, std::string_view request, int status, std::string_view body,
    Instant now);

/// The newest head with the lines of those witnesses that have cosigned this very one.
Result<std::string> newest_cosigned(store::Transaction& transaction);
/// The newest head that at least so many witnesses have cosigned, with their lines: what a receipt
/// carries. Nothing where there is none among the last cosigned_heads_max.
Result<std::optional<std::string>> cosigned_checkpoint(
    store::Transaction& transaction, std::size_t witnesses_min = 1);
constexpr std::size_t cosigned_heads_max = 16;

/// How far a witness has followed our log.
struct Followed {
    std::string witness;
    std::uint64_t size = 0; ///< Of the newest head of ours that it cosigned.
};
/// Every witness that ever cosigned a head of ours, by name.
Result<std::vector<Followed>> followed_by(store::Transaction& transaction);

} // namespace comity::ledger
