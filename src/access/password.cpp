#include "access/password.h"

#include <fmt/format.h>
#include <sodium.h>

#include <array>

namespace comity::access {

Result<std::string> keep_password(std::string_view password, PasswordCost cost)
{
    MUST(sodium_init() >= 0);
    if (password.size() < password_bytes_min || password.size() > password_bytes_max)
        return Error { Error::Kind::malformed,
            fmt::format("a password has {} to {} bytes", password_bytes_min, password_bytes_max),
            "password" };
    std::array<char, crypto_pwhash_STRBYTES> out {};
    if (crypto_pwhash_str_alg(out.data(), password.data(), password.size(), cost.passes, cost.bytes,
            crypto_pwhash_ALG_ARGON2ID13)
        != 0)
        return Error { Error::Kind::unavailable,
            fmt::format("no memory for a password of {} bytes cost", cost.bytes) };
    return std::string { out.data() };
}

bool password_holds(std::string const& kept, std::string_view password)
{
    MUST(sodium_init() >= 0);
    return crypto_pwhash_str_verify(kept.c_str(), password.data(), password.size()) == 0;
}

} // namespace comity::access
