#pragma once

#include "crypto/certificate.h"

#include <optional>

/// Time-stamps of a third party (RFC 3161): what a node asks, what an authority answers, and what
/// of the answer can be believed. `openssl ts -verify` checks the same bytes.
namespace comity::crypto {

constexpr std::size_t timestamp_bytes_max = 65'536;

/// A TimeStampReq, DER: SHA-256, the authority's certificate asked for, a nonce of 64 bits.
Bytes timestamp_request(Digest const& imprint, std::uint64_t nonce);

/// What a TimeStampResp proves.
struct Timestamp {
    Instant at; ///< The authority's own clock.
    std::string serial; ///< Of the token, hexadecimal.
};

/// Reads a TimeStampResp, DER, and checks it to the end: granted, SHA-256 over this imprint, this
/// nonce where one is given, signed by a certificate for nothing but time-stamping that is one of
/// `authorities` or was issued by one, in its days when it signed. Framing that
/// nobody signs may vary; what is proven may not. Errors: malformed, too_large,
/// not_authentic; unavailable where the authority refuses.
Result<Timestamp> check_timestamp(ByteView response, Digest const& imprint,
    std::optional<std::uint64_t> nonce, std::span<Certificate const> authorities);

} // namespace comity::crypto
