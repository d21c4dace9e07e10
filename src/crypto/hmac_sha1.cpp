#include "crypto/hmac_sha1.h"

#include <openssl/hmac.h>

namespace comity::crypto {

std::array<std::uint8_t, 20> hmac_sha1(ByteView key, ByteView bytes)
{
    std::array<std::uint8_t, 20> digest {};
    unsigned int size = 0;
    MUST(HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), bytes.data(), bytes.size(),
             digest.data(), &size)
        != nullptr);
    return digest;
}

} // namespace comity::crypto
