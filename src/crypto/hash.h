#pragma once

#include "base/bytes.h"
#include "base/random.h"

#include <array>
#include <initializer_list>

namespace comity::crypto {

using Digest = std::array<std::uint8_t, 32>;

/// SHA-256 (FIPS 180-4) of the parts, one after the other.
Digest sha256(std::initializer_list<ByteView> parts);
inline Digest sha256(ByteView bytes)
{
    return sha256({ bytes });
}
/// HMAC-SHA-256 (RFC 2104).
Digest hmac_sha256(ByteView key, ByteView bytes);

/// The operating system's generator, for wiring into constructors.
Random system_random();

} // namespace comity::crypto
