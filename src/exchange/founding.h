#pragma once

#include "exchange/trust.h"

/// The first day of an exchange: each State makes its root and keys, and all sign one trust list.
/// In the demo and in tests one program plays every State; in earnest each keeps its own keys.
namespace comity::exchange {

struct FoundingState {
    std::string state;
    std::string unit;
    std::string host; ///< In its TLS certificate.
    std::string address; ///< host:port
};

struct StateKeys {
    FoundingState of;
    crypto::Identity root;
    crypto::Identity seal;
    crypto::Identity sealing;
    crypto::Identity transport;
    crypto::Key register_key;
    std::string register_log; ///< Origin of its register.
};

struct Founding {
    std::vector<StateKeys> states;
    std::string trust_list;
    std::vector<TrustSignature> signatures; ///< One of every State.
    Instant at {};

    std::vector<crypto::Digest> roots() const;
    Trust trust(Instant now) const;
};

/// How long a certificate runs, from a day before it is made: the root's, and the others'.
constexpr std::chrono::days root_lifetime { 3650 };
constexpr std::chrono::days certificate_lifetime { 90 };

/// What a State's root signs for one of its keys. `host`: of a transport certificate.
crypto::Certificate certify(crypto::CertificateRequest const& request, crypto::Usage usage,
    std::string const& host, crypto::Identity const& root, Instant now, Random const& random);

/// A State's line of the list, with one certificate of each kind.
TrustedState line_of(StateKeys const& keys);

/// Certificates run from a day before `now`: roots for ten years, the others for 90 days.
Founding found(std::span<FoundingState const> states, std::uint32_t required_signatures,
    Instant now, Random const& random);

} // namespace comity::exchange
