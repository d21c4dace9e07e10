#pragma once

#include "base/instant.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string>

namespace comity {

/// Where randomness comes in: fills the whole span with unpredictable bytes.
using Random = std::function<void(std::span<std::uint8_t>)>;

/// A UUID of version 7 (RFC 9562): sorts by time, unique without a register of ids.
std::string uuid_v7(Instant now, Random const& random);

/// True for the canonical lower-case form of any UUID.
bool is_uuid(std::string_view text);

} // namespace comity
