#pragma once

#include "crypto/certificate.h"

#include <filesystem>

namespace comity::crypto {

/// The Ed25519 key that an RFC 7512 URI names, spoken to through the module itself (PKCS#11 3.0,
/// CKM_EDDSA), for OpenSSL's engine knows none. The key that comes back holds the public half and
/// signs in the token; a token that was taken out and put back in is opened again. It wants a token
/// of its own, for the engine finds no key in one that holds a kind that it does not know. Errors:
/// not_found, naming the URI; malformed for a key that is not Ed25519; unavailable where the module
/// or the token does not answer or refuses the PIN.
Result<Key> ed25519_in_token(
    std::filesystem::path const& module, std::string const& uri, std::string const& pin);

} // namespace comity::crypto
