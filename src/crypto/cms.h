#pragma once

#include "crypto/certificate.h"

/// Evidence in CMS (RFC 5652) that anybody can check with `openssl cms`: a State's seal over exact
/// bytes, and parts sealed to the States that may read them.
namespace comity::crypto {

/// A certificate with its key.
struct Identity {
    Certificate certificate;
    Key key;
};

enum class Content : std::uint8_t {
    detached, ///< The signature stands beside the signed bytes (a manifest).
    enclosed, ///< The signature carries them (a receipt).
};

/// CMS SignedData, DER, ECDSA P-256 with SHA-256, CAdES-BES (the signer's certificate is bound in),
/// the signing time given. One signer, its certificate inside.
Bytes sign(ByteView content, Content form, Identity const& signer, Instant at);

/// Holds when `signer` signed exactly `content`. The certificate is the one that trust names, never
/// one that the signature brings along. Any other byte in the DER is refused: one signature has one
/// spelling. Error: not_authentic.
Result<void> verify_detached(ByteView signature, ByteView content, Certificate const& signer);
/// The same for an enclosed signature; the content comes out.
Result<Bytes> verify_enclosed(ByteView signature, Certificate const& signer);
/// What an enclosed signature carries, without asking whether it holds: for showing what was
/// checked before.
Result<std::string> enclosed_content(ByteView signature);
/// The certificate that a signature says it was made with: to look trust up by. Nothing is checked.
Result<Certificate> claimed_signer(ByteView signature);
/// Its fingerprint, without reading it.
Result<Digest> claimed_fingerprint(ByteView signature);

/// When the signer says that he signed: his own word, under his signature. Check that first.
/// Error: not_authentic where there is none, or where it is no instant.
Result<Instant> signing_time(ByteView signature);

/// CMS AuthEnvelopedData, AES-256-GCM (RFC 5084), one ECDH P-256 recipient each with X9.63 KDF over
/// SHA-256 and AES-256 key wrap (RFC 5753).
Bytes seal(ByteView plain, std::span<Certificate const> recipients);
/// Error: not_authentic when altered or not sealed to this identity.
Result<Bytes> open(ByteView sealed, Identity const& recipient);
/// Whether a certificate is among the recipients. Error: not_authentic for no such message.
Result<bool> sealed_to(ByteView sealed, Certificate const& recipient);

} // namespace comity::crypto
