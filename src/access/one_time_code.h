#pragma once

#include "base/bytes.h"
#include "base/instant.h"

#include <optional>

/// Codes that an officer's own device computes from a secret and the time: RFC 6238 with
/// HMAC-SHA-1, 30 seconds and six digits, which every authenticator speaks.
namespace comity::access {

constexpr std::chrono::seconds code_every { 30 };
constexpr unsigned code_digits = 6;
constexpr std::size_t code_secret_bytes = 20;
constexpr std::int64_t code_skew_steps = 1; ///< A device's clock may be one step off, either way.

/// The number of the period of 30 seconds since 1970.
std::int64_t step_of(Instant instant);
/// RFC 4226 section 5.3 over the step; 6 to 9 digits.
std::string one_time_code(ByteView secret, std::int64_t step, unsigned digits = code_digits);
/// The step whose code this is, around the present and later than the last one that was used:
/// a code counts once.
std::optional<std::int64_t> step_of_code(
    ByteView secret, std::string_view code, Instant now, std::int64_t last_used);

/// RFC 4648 section 6 without padding.
std::string to_base32(ByteView bytes);
/// What a device reads as a QR picture: otpauth://totp/Issuer:name?secret=...
std::string otpauth_uri(std::string_view issuer, std::string_view name, ByteView secret);

} // namespace comity::access
