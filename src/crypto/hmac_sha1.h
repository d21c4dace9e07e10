#pragma once

#include "base/bytes.h"

#include <array>

namespace comity::crypto {

/// HMAC-SHA-1, which one-time codes are made with (RFC 4226); for nothing else.
std::array<std::uint8_t, 20> hmac_sha1(ByteView key, ByteView bytes);

} // namespace comity::crypto
