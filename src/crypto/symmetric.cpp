#include "crypto/symmetric.h"

#include "crypto/openssl.h"

#include <openssl/core_names.h>
#include <openssl/kdf.h>

namespace comity::crypto {
namespace {

using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, FreeWith<EVP_CIPHER_CTX_free>>;

/// Fetched once: to look an algorithm up costs more than to seal a short text with it.
EVP_CIPHER const* aes256_gcm()
{
    static EVP_CIPHER* const algorithm = EVP_CIPHER_fetch(nullptr, "AES-256-GCM", nullptr);
    return algorithm;
}

Error not_sealed_so()
{
    return openssl_error(Error::Kind::not_authentic, "it does not open under this key");
}

/// OpenSSL takes no const here, writes nothing, and takes nothing at all for no parameter.
OSSL_PARAM bytes_param(char const* name, ByteView bytes)
{
    static std::uint8_t const nothing = 0;
    auto const* at = bytes.empty() ? &nothing : bytes.data();
    return OSSL_PARAM_construct_octet_string(
        name, const_cast<std::uint8_t*>(at), bytes.size()); // NOLINT
}

} // namespace

Bytes hkdf_sha256(ByteView key, ByteView salt, ByteView info, std::size_t bytes)
{
    std::unique_ptr<EVP_KDF, FreeWith<EVP_KDF_free>> const kdf { EVP_KDF_fetch(
        nullptr, "HKDF", nullptr) };
    std::unique_ptr<EVP_KDF_CTX, FreeWith<EVP_KDF_CTX_free>> const context { EVP_KDF_CTX_new(
        kdf.get()) };
    MUST(context != nullptr);
    char digest[] = "SHA256";
    OSSL_PARAM const parameters[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, &digest[0], 0),
        bytes_param(OSSL_KDF_PARAM_KEY, key),
        bytes_param(OSSL_KDF_PARAM_SALT, salt),
        bytes_param(OSSL_KDF_PARAM_INFO, info),
        OSSL_PARAM_construct_end(),
    };
    Bytes out(bytes);
    MUST(EVP_KDF_derive(context.get(), out.data(), out.size(), &parameters[0]) == 1);
    return out;
}

Bytes seal_aes256_gcm(Key256 const& key, Nonce96 const& nonce, ByteView beside, ByteView plain)
{
    CipherContext const context { EVP_CIPHER_CTX_new() };
    Bytes out(plain.size() + gcm_tag_bytes);
    int size = 0;
    MUST(EVP_EncryptInit_ex(context.get(), aes256_gcm(), nullptr, key.data(), nonce.data()) == 1);
    MUST(EVP_EncryptUpdate(
             context.get(), nullptr, &size, beside.data(), static_cast<int>(beside.size()))
        == 1);
    MUST(EVP_EncryptUpdate(
             context.get(), out.data(), &size, plain.data(), static_cast<int>(plain.size()))
        == 1);
    auto* const tag = out.data() + plain.size();
    MUST(EVP_EncryptFinal_ex(context.get(), tag, &size) == 1);
    MUST(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, gcm_tag_bytes, tag) == 1);
    return out;
}

Result<Bytes> open_aes256_gcm(
    Key256 const& key, Nonce96 const& nonce, ByteView beside, ByteView sealed)
{
    if (sealed.size() < gcm_tag_bytes) return not_sealed_so();
    auto const cipher = sealed.first(sealed.size() - gcm_tag_bytes);
    Bytes tag { sealed.end() - gcm_tag_bytes, sealed.end() };
    CipherContext const context { EVP_CIPHER_CTX_new() };
    Bytes out(cipher.size());
    int size = 0;
    MUST(EVP_DecryptInit_ex(context.get(), aes256_gcm(), nullptr, key.data(), nonce.data()) == 1);
    MUST(EVP_DecryptUpdate(
             context.get(), nullptr, &size, beside.data(), static_cast<int>(beside.size()))
        == 1);
    MUST(EVP_DecryptUpdate(
             context.get(), out.data(), &size, cipher.data(), static_cast<int>(cipher.size()))
        == 1);
    MUST(EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, gcm_tag_bytes, tag.data()) == 1);
    std::uint8_t nothing = 0;
    if (EVP_DecryptFinal_ex(context.get(), &nothing, &size) != 1) return not_sealed_so();
    return out;
}

} // namespace comity::crypto
