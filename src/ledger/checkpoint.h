#pragma once

#include "crypto/ed25519.h"
#include "ledger/merkle.h"

#include <optional>
#include <string>

namespace comity::ledger {

/// The signed head of a log: C2SP tlog-checkpoint in a C2SP signed-note (Ed25519, type 01).
struct Checkpoint {
    std::string origin; ///< Names the log; also the name of its key. No spaces, no plus.
    std::uint64_t size = 0;
    Digest root {};

    bool operator==(Checkpoint const&) const = default;
};

/// Whose signature a checkpoint must bear.
struct Verifier {
    std::string name;
    crypto::Ed25519PublicKey key {};
    /// The key that is taking its place: while both are named, either may have signed.
    std::optional<crypto::Ed25519PublicKey> next {};

    /// signed-note's own spelling: name+keyid+base64(01||key). Of `key`; `next` has its own text.
    std::string text() const;
    static Result<Verifier> read(std::string_view text);
    /// The same key as that of a witness: name+keyid+base64(04||key).
    std::string witness_text() const;
    static Result<Verifier> read_witness(std::string_view text);
    bool operator==(Verifier const&) const = default;
};

constexpr std::size_t note_bytes_max = 16'384;

/// C2SP signed-note over any text that ends with a line end. MUST: no empty line at its end.
/// With a line of each key, while one takes the place of another. Error: of a key in a token.
Result<std::string> sign_note(
    std::string_view text, std::string_view name, std::span<crypto::Key const> keys);
/// The same by one key. MUST: it is not in a token.
std::string sign_note(std::string_view text, std::string_view name, crypto::Key const& key);
/// The text of a note without checking who signed it.
Result<std::string> note_text(std::string_view note);
/// The text under the signature of `verifier`; others' signatures are passed over, a bad one of the
/// verifier's own key makes the note malformed. Error: malformed or not_authentic.
Result<std::string> open_note(std::string_view note, Verifier const& verifier);

/// As for sign_note.
Result<std::string> sign_checkpoint(
    Checkpoint const& checkpoint, std::span<crypto::Key const> keys);
std::string sign_checkpoint(Checkpoint const& checkpoint, crypto::Key const& key);

/// The same for a checkpoint; it must be of the log that the verifier's name is.
Result<Checkpoint> open_checkpoint(std::string_view note, Verifier const& verifier);
/// Reads a note without checking who signed it.
Result<Checkpoint> read_checkpoint(std::string_view note);

/// A witness's word that at that second a checkpoint was the largest head of its log which it had
/// seen, and consistent with all before: C2SP tlog-cosignature, Ed25519 (type 04).
struct Cosignature {
    std::string witness;
    std::uint64_t at_s = 0; ///< Since 1970, UTC.
    /// As it stands in the note, with its line end; two lines of a witness whose key is changing.
    std::string line;
};

/// The line that `witness` adds to a note. Its key may be the one that signs its own log: what is
/// signed begins with another first line. Error: malformed.
Result<std::string> cosign(
    std::string_view note, std::string_view witness, crypto::Key const& key, Instant at);
/// What these witnesses have added, each checked and each witness once; others are passed over.
/// Errors: malformed; not_authentic for a line of theirs that does not hold.
Result<std::vector<Cosignature>> cosignatures(
    std::string_view note, std::span<Verifier const> witnesses);

} // namespace comity::ledger
