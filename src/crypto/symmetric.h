#pragma once

#include "crypto/hash.h"

/// One key for both ends.
namespace comity::crypto {

using Key256 = std::array<std::uint8_t, 32>;
using Nonce96 = std::array<std::uint8_t, 12>;
constexpr std::size_t gcm_tag_bytes = 16;

/// HKDF with SHA-256 (RFC 5869), extracted and expanded; at most 8160 bytes.
Bytes hkdf_sha256(ByteView key, ByteView salt, ByteView info, std::size_t bytes);

/// AES-256-GCM (NIST SP 800-38D): the cipher with its tag after it. MUST: no nonce twice under one
/// key.
Bytes seal_aes256_gcm(Key256 const& key, Nonce96 const& nonce, ByteView beside, ByteView plain);
/// Error: not_authentic for another key, nonce, `beside` or cipher.
Result<Bytes> open_aes256_gcm(
    Key256 const& key, Nonce96 const& nonce, ByteView beside, ByteView sealed);

} // namespace comity::crypto
