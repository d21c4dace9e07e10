#pragma once

#include "crypto/ed25519.h"
#include "ledger/merkle.h"

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

    /// signed-note's own spelling: name+keyid+base64(01||key).
    std::string text() const;
    static Result<Verifier> read(std::string_view text);
    bool operator==(Verifier const&) const = default;
};

std::string sign_checkpoint(Checkpoint const& checkpoint, crypto::Key const& key);

/// Reads a note and checks the signature of `verifier`; others' signatures are passed over, a bad
/// one of the verifier's own key makes the note malformed. Error: malformed or not_authentic.
Result<Checkpoint> open_checkpoint(std::string_view note, Verifier const& verifier);
/// Reads a note without checking who signed it.
Result<Checkpoint> read_checkpoint(std::string_view note);

} // namespace comity::ledger
