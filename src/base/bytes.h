#pragma once

#include "base/result.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace comity {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<std::uint8_t const>;

ByteView as_view(std::string_view text);
std::string_view as_text(ByteView bytes);
Bytes to_bytes(std::string_view text);

/// Lower-case hexadecimal, two characters a byte.
std::string to_hex(ByteView bytes);
Result<Bytes> from_hex(std::string_view text);

/// Base64 with padding (RFC 4648 section 4). Reading accepts only what writing produces.
std::string to_base64(ByteView bytes);
Result<Bytes> from_base64(std::string_view text);

} // namespace comity
