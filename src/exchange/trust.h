#pragma once

#include "crypto/cms.h"
#include "ledger/checkpoint.h"

#include "base/json.h"

/// Who the other States' nodes are: a list that k of them signed, so that no one State and no
/// operator can add a node or swap a key alone. It changes by another list that follows it under
/// the rules of the one in force; every list that ever was in force is kept, since what was signed
/// under it stays signed.
namespace comity::exchange {

/// One State's line of the list, as it is written.
struct TrustedState {
    std::string state;
    std::string unit;
    std::string root; ///< PEM
    std::vector<std::string> seals; ///< PEM; two while one replaces the other.
    std::vector<std::string> sealings;
    std::vector<std::string> transports;
    std::string register_key; ///< signed-note verifier key
    std::string address; ///< host:port of its node
    /// The key that is taking the place of register_key, under the same name: either may sign.
    std::optional<std::string> next_register_key {};
};
BOOST_DESCRIBE_STRUCT(TrustedState, (),
    (state, unit, root, seals, sealings, transports, register_key, address, next_register_key))

/// A certificate that counts no more before its days are over. For ever: a list that follows names
/// it too.
struct Revocation {
    std::string certificate; ///< SHA-256 of the DER, lower-case hexadecimal.
    Instant at; ///< What it signed at this instant or later is worth nothing.
    std::string reason;

    bool operator==(Revocation const&) const = default;
};
BOOST_DESCRIBE_STRUCT(Revocation, (), (certificate, at, reason))

struct TrustList {
    std::uint32_t v;
    std::uint64_t version; ///< Grows with every change; an older list is refused.
    Instant issued_at;
    std::uint32_t required_signatures; ///< k
    std::vector<TrustedState> states;
    std::optional<std::vector<Revocation>> revoked {};
};
BOOST_DESCRIBE_STRUCT(TrustList, (), (v, version, issued_at, required_signatures, states, revoked))

struct TrustSignature {
    std::string state;
    std::string signature; ///< base64 of a detached CMS over the list's exact bytes
};
BOOST_DESCRIBE_STRUCT(TrustSignature, (), (state, signature))

constexpr std::uint32_t trust_list_profile = 1;
constexpr std::size_t states_max = 64;
constexpr std::size_t certificates_max = 8; ///< Of one kind and State.
constexpr std::size_t revocations_max = 4096;
constexpr std::size_t revocation_reason_bytes_max = 500;
constexpr std::size_t trust_list_bytes_max = std::size_t { 4 } << 20U;

/// A list with its signatures, and when it came into force here.
struct SignedTrustList {
    std::string text; ///< The exact bytes.
    std::vector<TrustSignature> signatures;
    Instant installed_at;
};

/// What a node itself asks of a list.
struct TrustRules {
    /// SHA-256 of the roots that this State itself vouches for. Only their signatures count, and a
    /// State whose root is not among them is refused.
    std::vector<crypto::Digest> pinned_roots;
    std::uint32_t signatures_min = 1; ///< States; a list may ask for more.
};

/// A State's line, read and checked.
struct Peer {
    std::string state;
    std::string unit;
    crypto::Certificate root;
    std::vector<crypto::Certificate> seals;
    std::vector<crypto::Certificate> sealings;
    std::vector<crypto::Certificate> transports;
    ledger::Verifier register_key;
    std::string address;
    std::vector<Revocation> revoked {}; ///< All of the list's.

    /// The certificate of that fingerprint. Error: not_authentic, said apart when it is unknown,
    /// revoked, and when its days are over or not yet come.
    Result<crypto::Certificate> seal(std::string_view fingerprint, Instant at) const;
    /// The newest certificate that parts may be sealed to. Error: not_authentic when none is valid.
    Result<crypto::Certificate> sealing(Instant at) const;
    /// Whether what is sealed to the certificate of that fingerprint can be opened there.
    bool can_open(std::string_view fingerprint, Instant at) const;
    /// Those that its node may show in TLS: a revoked one never, whatever its instant.
    std::vector<crypto::Certificate> shown_in_tls() const;
};

/// A value that is cheap to copy and never changes.
class Trust {
public:
    /// Error: not_authentic naming what is wrong; malformed.
    static Result<Trust> read(SignedTrustList const& list, TrustRules const& rules);
    /// The same for the list in force after those that came before it, the oldest first: they were
    /// checked when they were installed, and here are only read.
    static Result<Trust> read(std::span<SignedTrustList const> lists, TrustRules const& rules);
    static Result<Trust> read(std::string_view list, std::span<TrustSignature const> signatures,
        std::span<crypto::Digest const> pinned_roots, std::uint32_t own_minimum, Instant now);

    /// The trust that `next` makes of this one: signed by as many States as either list asks, under
    /// the keys that either list names. The very same bytes give this trust again. Errors: conflict
    /// for a list that is older, or another one of the same version; not_authentic.
    Result<Trust> followed_by(SignedTrustList const& next, TrustRules const& rules) const;
    /// Everything of it but the signatures: what a State looks at before it signs. Field names the
    /// member at fault.
    Result<void> may_be_followed_by(std::string_view next, TrustRules const& rules) const;

    TrustList const& list() const;
    SignedTrustList const& signed_list() const;
    std::vector<Peer> const& peers() const&;
    std::vector<Peer> peers() && { return static_cast<Trust const&>(*this).peers(); }
    /// Error: not_found.
    Result<Peer> find(std::string_view state) const;
    /// The State whose node speaks with that TLS certificate. Error: not_authentic.
    Result<Peer> by_transport(crypto::Digest const& fingerprint, Instant now) const;

    /// The seal under something that was signed at that instant, by the list in force or any before
    /// it. For evidence that is old, and for what waited at its sender: the instant is the signer's
    /// own word, so somebody else must stand for it (a pipe, a register). Errors as for Peer::seal.
    Result<crypto::Certificate> seal_then(
        std::string_view state, std::string_view fingerprint, Instant signed_at) const;
    /// The seal of a message that comes through the pipe of its State: valid now or, while it is
    /// not revoked, when it was signed.
    Result<crypto::Certificate> seal_on_arrival(std::string_view state,
        std::string_view fingerprint, ByteView signature, Instant now) const;
    /// The root, of any list, that answers for a State's certificate. Error: not_authentic.
    Result<crypto::Certificate> root_of(
        std::string_view state, crypto::Certificate const& certificate) const;
    /// The key, of any list, under which a State signed a note. Error: not_authentic.
    Result<ledger::Verifier> register_key_of(std::string_view state, std::string_view note) const;
    /// Since when no list in force has named a certificate; nothing while one does.
    std::optional<Instant> unnamed_since(std::string_view fingerprint) const;

    struct State;

private:
    explicit Trust(std::shared_ptr<State const> state);
    std::shared_ptr<State const> state_;
};

/// The bytes of a list in the form that is signed. Error: malformed naming the member; too_large.
Result<TrustList> read_trust_list(std::string_view text);
/// A State's word for a list: over its exact bytes.
TrustSignature sign_trust_list(
    std::string_view text, std::string const& state, crypto::Identity const& seal, Instant at);
/// What changes from one list to the next, one sentence each: what a signer agrees to.
std::vector<std::string> changes(TrustList const& from, TrustList const& to);

} // namespace comity::exchange
