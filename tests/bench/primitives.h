#pragma once

#include "base/bytes.h"
#include "base/check.h"

#include <openssl/ec.h>
#include <openssl/evp.h>

#include <array>
#include <memory>

/// OpenSSL's primitives with nothing around them, every object made beforehand: what evidence costs
/// at the very least.
namespace comity::bench {

class Primitives {
public:
    Primitives()
    {
        MUST(EVP_PKEY_keygen_init(generator_.get()) == 1);
        MUST(EVP_PKEY_CTX_set_ec_paramgen_curve_nid(generator_.get(), NID_X9_62_prime256v1) == 1);
        own_.reset(make_key());
        peer_.reset(make_key());
        edwards_.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
        deriver_.reset(EVP_PKEY_CTX_new(own_.get(), nullptr));
        MUST(EVP_PKEY_derive_init(deriver_.get()) == 1);
        MUST(EVP_PKEY_derive_set_peer(deriver_.get(), peer_.get()) == 1);
        signer_.reset(EVP_PKEY_CTX_new(own_.get(), nullptr));
        MUST(EVP_PKEY_sign_init(signer_.get()) == 1);
        verifier_.reset(EVP_PKEY_CTX_new(own_.get(), nullptr));
        MUST(EVP_PKEY_verify_init(verifier_.get()) == 1);
        sign();
    }

    void generate() { EVP_PKEY_free(make_key()); }
    void derive()
    {
        auto size = shared_.size();
        MUST(EVP_PKEY_derive(deriver_.get(), shared_.data(), &size) == 1);
    }
    void sign()
    {
        signature_.resize(80);
        auto size = signature_.size();
        MUST(EVP_PKEY_sign(signer_.get(), signature_.data(), &size, hash_.data(), hash_.size())
            == 1);
        signature_.resize(size);
    }
    void verify()
    {
        MUST(EVP_PKEY_verify(
                 verifier_.get(), signature_.data(), signature_.size(), hash_.data(), hash_.size())
            == 1);
    }
    void sign_edwards()
    {
        auto size = edwards_signature_.size();
        Digesting const context { EVP_MD_CTX_new() };
        MUST(EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, edwards_.get()) == 1);
        MUST(EVP_DigestSign(
                 context.get(), edwards_signature_.data(), &size, hash_.data(), hash_.size())
            == 1);
    }
    void verify_edwards()
    {
        Digesting const context { EVP_MD_CTX_new() };
        MUST(EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, edwards_.get()) == 1);
        MUST(EVP_DigestVerify(context.get(), edwards_signature_.data(), edwards_signature_.size(),
                 hash_.data(), hash_.size())
            == 1);
    }
    /// AES-256-GCM; deciphering is the same work.
    void encipher(ByteView plain)
    {
        cipher_text_.resize(plain.size());
        int size = 0;
        MUST(EVP_EncryptInit_ex2(
                 cipher_.get(), EVP_aes_256_gcm(), hash_.data(), hash_.data(), nullptr)
            == 1);
        MUST(EVP_EncryptUpdate(cipher_.get(), cipher_text_.data(), &size, plain.data(),
                 static_cast<int>(plain.size()))
            == 1);
        MUST(EVP_EncryptFinal_ex(cipher_.get(), cipher_text_.data(), &size) == 1);
    }
    void hash(ByteView bytes)
    {
        MUST(EVP_DigestInit_ex2(digest_.get(), EVP_sha256(), nullptr) == 1);
        MUST(EVP_DigestUpdate(digest_.get(), bytes.data(), bytes.size()) == 1);
        MUST(EVP_DigestFinal_ex(digest_.get(), hash_.data(), nullptr) == 1);
    }

private:
    template <auto Function> struct Free {
        template <class T> void operator()(T* pointer) const { Function(pointer); }
    };
    using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
    using Context = std::unique_ptr<EVP_PKEY_CTX, Free<EVP_PKEY_CTX_free>>;
    using Digesting = std::unique_ptr<EVP_MD_CTX, Free<EVP_MD_CTX_free>>;
    using Ciphering = std::unique_ptr<EVP_CIPHER_CTX, Free<EVP_CIPHER_CTX_free>>;

    EVP_PKEY* make_key()
    {
        EVP_PKEY* key = nullptr;
        MUST(EVP_PKEY_keygen(generator_.get(), &key) == 1);
        return key;
    }

    Context generator_ { EVP_PKEY_CTX_new_id(EVP_PKEY_EC, nullptr) };
    Key own_, peer_, edwards_;
    Context deriver_, signer_, verifier_;
    Digesting digest_ { EVP_MD_CTX_new() };
    Ciphering cipher_ { EVP_CIPHER_CTX_new() };
    std::array<std::uint8_t, 32> hash_ {}, shared_ {};
    std::array<std::uint8_t, 64> edwards_signature_ {};
    Bytes signature_, cipher_text_;
};

} // namespace comity::bench
