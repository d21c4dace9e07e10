#pragma once

#include "crypto/hash.h"

#include <memory>

struct evp_cipher_ctx_st;

/// One key for both ends.
namespace comity::crypto {

using Key256 = std::array<std::uint8_t, 32>;
using Nonce96 = std::array<std::uint8_t, 12>;
constexpr std::size_t gcm_tag_bytes = 16;

/// HKDF with SHA-256 (RFC 5869), extracted and expanded; at most 8160 bytes.
Bytes hkdf_sha256(ByteView key, ByteView salt, ByteView info, std::size_t bytes);

/// AES-256-GCM (NIST SP 800-38D) under one key, which is prepared once for several texts. For one
/// thread at a time; the key is wiped with it.
class Aes256Gcm {
public:
    explicit Aes256Gcm(Key256 const& key);
    /// The nonce, the cipher and its tag in one. MUST: no nonce twice under one key.
    Bytes seal(Nonce96 const& nonce, ByteView beside, ByteView plain) const;
    /// What seal() made. Error: not_authentic for another key, `beside` or any altered byte.
    Result<Bytes> open(ByteView beside, ByteView sealed) const;

    void seal_into(std::span<std::uint8_t> out, Nonce96 const& nonce, ByteView beside,
        ByteView plain) const; ///< The cipher and its tag.
    Result<Bytes> open(ByteView nonce, ByteView beside, ByteView sealed) const;

private:
    struct Free {
        void operator()(evp_cipher_ctx_st* context) const;
    };
    std::unique_ptr<evp_cipher_ctx_st, Free> context_;
};

/// The same for one text: the cipher with its tag after it.
Bytes seal_aes256_gcm(Key256 const& key, Nonce96 const& nonce, ByteView beside, ByteView plain);
/// Error: not_authentic for another key, nonce, `beside` or cipher.
Result<Bytes> open_aes256_gcm(
    Key256 const& key, Nonce96 const& nonce, ByteView beside, ByteView sealed);

} // namespace comity::crypto
