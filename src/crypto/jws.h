#pragma once

#include "base/json.h"
#include "crypto/certificate.h"

/// Signed tokens of others (RFC 7515, 7517, 7518): RS256 and ES256, nothing else. No token of ours.
namespace comity::crypto {

constexpr std::size_t jws_bytes_max = 16'384;
constexpr std::size_t jws_keys_max = 64;

struct JwsKey {
    std::string id; ///< `kid`; may be empty.
    std::string algorithm; ///< RS256 or ES256, by the kind of key.
    Key key; ///< The public half.
};

/// Those of a JWK set that sign with RS256 or ES256; others are passed over.
/// Errors: malformed; too_large over `jws_keys_max`.
Result<std::vector<JwsKey>> read_jwk_set(json::Value const& set);

/// The claims of a compact JWS that one of the keys signed. The key decides the algorithm; what
/// the token's header says has to agree. Errors: malformed; not_found where no key has the token's
/// `kid`; not_authentic; too_large.
Result<json::Object> verify_jws(std::string_view token, std::vector<JwsKey> const& keys);

/// RFC 4648 section 5, without padding.
std::string to_base64url(ByteView bytes);
Result<Bytes> from_base64url(std::string_view text);

} // namespace comity::crypto
