#include "crypto/openssl.h"

#include "crypto/hash.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

namespace comity::crypto {

Error openssl_error(Error::Kind kind, std::string_view what)
{
    auto const code = ERR_get_error();
    auto const* reason = code == 0 ? nullptr : ERR_reason_error_string(code);
    ERR_clear_error();
    return { kind, reason ? fmt::format("{}: {}", what, reason) : std::string { what } };
}

Instant to_instant(ASN1_TIME const* time)
{
    int days = 0;
    int seconds = 0;
    std::unique_ptr<ASN1_TIME, FreeWith<ASN1_TIME_free>> const epoch { ASN1_TIME_set(nullptr, 0) };
    MUST(ASN1_TIME_diff(&days, &seconds, epoch.get(), time) == 1);
    return Instant { std::chrono::days { days } + std::chrono::seconds { seconds } };
}

Bio reading(ByteView bytes)
{
    Bio bio { BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())) };
    MUST(bio != nullptr);
    return bio;
}

Bytes written(Bio const& bio)
{
    char* data = nullptr;
    auto const size = BIO_get_mem_data(bio.get(), &data);
    auto const* start = reinterpret_cast<std::uint8_t const*>(data);
    return { start, start + size };
}

Digest sha256(std::initializer_list<ByteView> parts)
{
    // Fetched once: the implicit fetch of EVP_sha256 costs more than the hash of a tree node.
    static EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    thread_local DigestContext const context { EVP_MD_CTX_new() };
    Digest digest {};
    MUST(EVP_DigestInit_ex2(context.get(), algorithm, nullptr) == 1);
    for (auto const part : parts)
        MUST(EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1);
    MUST(EVP_DigestFinal_ex(context.get(), digest.data(), nullptr) == 1);
    return digest;
}

Digest hmac_sha256(ByteView key, ByteView bytes)
{
    Digest digest {};
    unsigned int size = 0;
    MUST(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes.data(), bytes.size(),
             digest.data(), &size)
        != nullptr);
    return digest;
}

Random system_random()
{
    return [](std::span<std::uint8_t> out) {
        MUST(RAND_bytes(out.data(), static_cast<int>(out.size())) == 1);
    };
}

} // namespace comity::crypto
