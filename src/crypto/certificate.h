#pragma once

#include "base/random.h"
#include "crypto/hash.h"

#include <functional>
#include <memory>

struct evp_pkey_st;
struct x509_st;

namespace comity::crypto {

/// A private key: P-256 (seals, sealing to, TLS), P-384 (a State's root) or Ed25519 (the ledger).
class Key {
public:
    enum class Kind : std::uint8_t { p256, p384, ed25519 };
    static Key generate(Kind kind);
    /// PKCS#8 PEM.
    static Result<Key> read_pem(std::string_view pem);
    std::string pem() const;
    bool is_p256() const;
    evp_pkey_st* handle() const { return key_.get(); }

    /// Takes the object over; it may hold the public half alone, or stand for a key in a token.
    explicit Key(evp_pkey_st* key, std::shared_ptr<void> token = {});
    /// Signs a message in the place of OpenSSL. Errors are passed on.
    using Signing = std::function<Result<Bytes>(ByteView)>;
    /// A public half whose private one is elsewhere.
    Key(evp_pkey_st* public_half, Signing signing);
    Signing const& signing() const { return signing_; } ///< Empty for a key that is here.

private:
    std::shared_ptr<evp_pkey_st> key_; // shared: keys are copied into threads, never changed
    Signing signing_;
};

/// An X.509 certificate (RFC 5280).
class Certificate {
public:
    static Result<Certificate> read_pem(std::string_view pem);
    /// Accepts DER only: the bytes that it was given are the bytes that it would write.
    static Result<Certificate> read_der(ByteView der);
    std::string pem() const;
    Bytes const& der() const { return der_; }
    Digest const& fingerprint() const { return fingerprint_; } ///< SHA-256 of the DER.
    std::string common_name() const;
    std::string country() const;
    Instant not_before() const;
    Instant not_after() const;
    bool valid_at(Instant at) const { return not_before() <= at && at <= not_after(); }
    /// True when `issuer` signed this certificate and may sign certificates.
    bool issued_by(Certificate const& issuer) const;
    bool belongs_to(Key const& key) const;
    x509_st* handle() const { return certificate_.get(); }
    bool operator==(Certificate const& other) const { return fingerprint_ == other.fingerprint_; }

private:
    friend struct CertificateOrder;
    friend Certificate issue(
        struct CertificateOrder const&, Key const&, Certificate const*, Key const&, Random const&);
    explicit Certificate(x509_st* certificate);
    std::shared_ptr<x509_st> certificate_;
    Bytes der_;
    Digest fingerprint_ {};
};

/// What a certificate is for; decides its extensions.
enum class Usage : std::uint8_t {
    root, ///< Signs the others; a State's trust anchor.
    seal, ///< The State's signature over messages and receipts (non-repudiation).
    sealing, ///< Others seal parts to it (key agreement).
    transport, ///< TLS, both as server and as client.
};

struct CertificateOrder {
    Usage usage;
    std::string common_name;
    std::string country; ///< ISO 3166-1 alpha-2.
    std::string host; ///< Subject alternative name; transport only.
    Instant from;
    Instant until;
};

/// Makes a certificate for `subject`, signed by `issuer` (or by itself when there is none).
Certificate issue(CertificateOrder const& order, Key const& subject, Certificate const* issuer,
    Key const& issuer_key, Random const& random);

/// What a key's holder asks the State's root for.
struct CertificateRequest {
    std::string common_name;
    std::string country;
    Key key; ///< Of one that was read: the public half.
};

/// PKCS#10 (RFC 2986) in PEM, signed by the key itself.
std::string request_certificate(CertificateRequest const& request);
/// Errors: malformed for another form or a key of another kind; not_authentic where the key did not
/// sign it.
Result<CertificateRequest> read_request(std::string_view pem);

} // namespace comity::crypto
