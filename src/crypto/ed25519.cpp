#include "crypto/ed25519.h"

#include "crypto/openssl.h"

#include <openssl/err.h>

#include <algorithm>

namespace comity::crypto {

Result<Ed25519Signature> sign_ed25519(ByteView message, Key const& key)
{
    Ed25519Signature signature {};
    if (key.signing()) {
        auto const made = TRY(key.signing()(message));
        // A token is not of our making: what leaves under our name holds.
        if (!verify_ed25519(message, made, public_key_of(key)))
            return Error { Error::Kind::unavailable, "the token's signature does not hold",
                "token" };
        std::ranges::copy(made, signature.begin());
        return signature;
    }
    DigestContext const context { EVP_MD_CTX_new() };
    std::size_t size = signature.size();
    MUST(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.handle()) == 1);
    MUST(EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size())
        == 1);
    MUST(size == signature.size());
    return signature;
}

bool verify_ed25519(ByteView message, ByteView signature, Ed25519PublicKey const& key)
{
    std::unique_ptr<EVP_PKEY, FreeWith<EVP_PKEY_free>> const handle { EVP_PKEY_new_raw_public_key(
        EVP_PKEY_ED25519, nullptr, key.data(), key.size()) };
    DigestContext const context { EVP_MD_CTX_new() };
    bool const holds = handle
        && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, handle.get()) == 1
        && EVP_DigestVerify(
               context.get(), signature.data(), signature.size(), message.data(), message.size())
            == 1;
    ERR_clear_error();
    return holds;
}

Ed25519PublicKey public_key_of(Key const& key)
{
    Ed25519PublicKey out {};
    std::size_t size = out.size();
    MUST(EVP_PKEY_get_raw_public_key(key.handle(), out.data(), &size) == 1 && size == out.size());
    return out;
}

} // namespace comity::crypto
