#pragma once

#include "crypto/cms.h"
#include "ledger/checkpoint.h"

#include "base/json.h"

/// Who the other States' nodes are: a list that k of them signed, so that no one State and no
/// operator can add a node or swap a key alone.
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
};
BOOST_DESCRIBE_STRUCT(
    TrustedState, (), (state, unit, root, seals, sealings, transports, register_key, address))

struct TrustList {
    std::uint32_t v;
    std::uint64_t version; ///< Grows with every change; an older list is refused.
    Instant issued_at;
    std::uint32_t required_signatures; ///< k
    std::vector<TrustedState> states;
};
BOOST_DESCRIBE_STRUCT(TrustList, (), (v, version, issued_at, required_signatures, states))

struct TrustSignature {
    std::string state;
    std::string signature; ///< base64 of a detached CMS over the list's exact bytes
};
BOOST_DESCRIBE_STRUCT(TrustSignature, (), (state, signature))

/// The same, read and checked.
struct Peer {
    std::string state;
    std::string unit;
    crypto::Certificate root;
    std::vector<crypto::Certificate> seals;
    std::vector<crypto::Certificate> sealings;
    std::vector<crypto::Certificate> transports;
    ledger::Verifier register_key;
    std::string address;

    /// The certificate of that fingerprint. Error: not_authentic, said apart when it is unknown and
    /// when its days are over or not yet come.
    Result<crypto::Certificate> seal(std::string_view fingerprint, Instant at) const;
    /// The newest certificate that parts may be sealed to. Error: not_authentic when none is valid.
    Result<crypto::Certificate> sealing(Instant at) const;
    /// Whether what is sealed to the certificate of that fingerprint can be opened there.
    bool can_open(std::string_view fingerprint, Instant at) const;
};

class Trust {
public:
    /// `pinned_roots`: SHA-256 of the roots that this State itself vouches for. Only their
    /// signatures count, and a State whose root is not among them is refused.
    /// `own_minimum`: signatures that this State asks for itself; a list may ask for more.
    static Result<Trust> read(std::string_view list, std::span<TrustSignature const> signatures,
        std::span<crypto::Digest const> pinned_roots, std::uint32_t own_minimum, Instant now);

    std::vector<Peer> const& peers() const { return peers_; }
    /// Error: not_found.
    Result<Peer> find(std::string_view state) const;
    /// The State whose node speaks with that TLS certificate. Error: not_authentic.
    Result<Peer> by_transport(crypto::Digest const& fingerprint, Instant now) const;

private:
    std::vector<Peer> peers_;
};

} // namespace comity::exchange
