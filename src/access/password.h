#pragma once

#include "base/bytes.h"

namespace comity::access {

/// What one guess at a password costs (Argon2id, RFC 9106).
struct PasswordCost {
    std::size_t bytes; ///< Memory of one run.
    unsigned passes;
};

/// 64 MiB and two passes: some 70 ms on one core, so a stolen table yields about 15 guesses a
/// second a core, while `sign_ins_at_once_max` of them stay within 256 MiB on a small node.
constexpr PasswordCost desk_cost { std::size_t { 64 } << 20U, 2 };

constexpr std::size_t password_bytes_min = 12;
constexpr std::size_t password_bytes_max = 256;

/// The text to keep instead of a password: algorithm, costs, salt and hash in one.
/// Errors: malformed (`field` "password") outside the two limits above; unavailable without memory.
Result<std::string> keep_password(std::string_view password, PasswordCost cost);

/// Whether a password is the one kept; takes the time the kept costs say either way.
bool password_holds(std::string const& kept, std::string_view password);

} // namespace comity::access
