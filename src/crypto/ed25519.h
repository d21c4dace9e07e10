#pragma once

#include "crypto/certificate.h"

namespace comity::crypto {

using Ed25519PublicKey = std::array<std::uint8_t, 32>;
using Ed25519Signature = std::array<std::uint8_t, 64>;

/// Ed25519 (RFC 8032), for checkpoints: deterministic, so the same head has the same bytes.
/// Errors come only from a key in a token: unavailable.
Result<Ed25519Signature> sign_ed25519(ByteView message, Key const& key);
bool verify_ed25519(ByteView message, ByteView signature, Ed25519PublicKey const& key);
Ed25519PublicKey public_key_of(Key const& key);

} // namespace comity::crypto
