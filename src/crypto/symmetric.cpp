#include "crypto/symmetric.h"

#include "crypto/openssl.h"

#include <openssl/core_names.h>
#include <openssl/kdf.h>

#include <algorithm>

namespace comity::crypto {
namespace {

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

void Aes256Gcm::Free::operator()(evp_cipher_ctx_st* context) const
{
    EVP_CIPHER_CTX_free(context);
}

Aes256Gcm::Aes256Gcm(Key256 const& key)
    : context_(EVP_CIPHER_CTX_new())
{
    MUST(EVP_CipherInit_ex2(context_.get(), aes256_gcm(), key.data(), nullptr, 1, nullptr) == 1);
}

void Aes256Gcm::seal_into(
    std::span<std::uint8_t> out, Nonce96 const& nonce, ByteView beside, ByteView plain) const
{
    MUST(out.size() == plain.size() + gcm_tag_bytes);
    auto* const context = context_.get();
    int size = 0;
    MUST(EVP_CipherInit_ex2(context, nullptr, nullptr, nonce.data(), 1, nullptr) == 1);
    MUST(EVP_CipherUpdate(context, nullptr, &size, beside.data(), static_cast<int>(beside.size()))
        == 1);
    MUST(EVP_CipherUpdate(context, out.data(), &size, plain.data(), static_cast<int>(plain.size()))
        == 1);
    auto* const tag = out.data() + plain.size();
    MUST(EVP_CipherFinal_ex(context, tag, &size) == 1);
    MUST(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, gcm_tag_bytes, tag) == 1);
}

Bytes Aes256Gcm::seal(Nonce96 const& nonce, ByteView beside, ByteView plain) const
{
    Bytes out(nonce.size() + plain.size() + gcm_tag_bytes);
    std::ranges::copy(nonce, out.begin());
    seal_into(std::span { out }.subspan(nonce.size()), nonce, beside, plain);
    return out;
}

Result<Bytes> Aes256Gcm::open(ByteView nonce, ByteView beside, ByteView sealed) const
{
    if (nonce.size() != sizeof(Nonce96) || sealed.size() < gcm_tag_bytes) return not_sealed_so();
    auto* const context = context_.get();
    auto const cipher = sealed.first(sealed.size() - gcm_tag_bytes);
    std::array<std::uint8_t, gcm_tag_bytes> tag {};
    std::ranges::copy(sealed.last(gcm_tag_bytes), tag.begin());
    Bytes out(cipher.size());
    int size = 0;
    MUST(EVP_CipherInit_ex2(context, nullptr, nullptr, nonce.data(), 0, nullptr) == 1);
    MUST(EVP_CipherUpdate(context, nullptr, &size, beside.data(), static_cast<int>(beside.size()))
        == 1);
    MUST(
        EVP_CipherUpdate(context, out.data(), &size, cipher.data(), static_cast<int>(cipher.size()))
        == 1);
    MUST(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, gcm_tag_bytes, tag.data()) == 1);
    std::uint8_t nothing = 0;
    if (EVP_CipherFinal_ex(context, &nothing, &size) != 1) return not_sealed_so();
    return out;
}

Result<Bytes> Aes256Gcm::open(ByteView beside, ByteView sealed) const
{
    if (sealed.size() < sizeof(Nonce96)) return not_sealed_so();
    return open(sealed.first(sizeof(Nonce96)), beside, sealed.subspan(sizeof(Nonce96)));
}

Bytes seal_aes256_gcm(Key256 const& key, Nonce96 const& nonce, ByteView beside, ByteView plain)
{
    Bytes out(plain.size() + gcm_tag_bytes);
    Aes256Gcm { key }.seal_into(out, nonce, beside, plain);
    return out;
}

Result<Bytes> open_aes256_gcm(
    Key256 const& key, Nonce96 const& nonce, ByteView beside, ByteView sealed)
{
    return Aes256Gcm { key }.open(nonce, beside, sealed);
}

} // namespace comity::crypto
