#include "crypto/openssl.h"

#include "crypto/hash.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <limits>

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
    MUST(bytes.size() <= std::numeric_limits<int>::max());
    // Nothing may come without an address, which OpenSSL takes for a mistake.
    void const* const data = bytes.empty() ? "" : static_cast<void const*>(bytes.data());
    Bio bio { BIO_new_mem_buf(data, static_cast<int>(bytes.size())) };
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
    // RFC 2104 over the hash above: OpenSSL 3 looks its algorithms up anew for every short text.
    constexpr std::size_t block_bytes = 64;
    std::array<std::uint8_t, block_bytes> inner {};
    std::ranges::copy(key.size() > block_bytes ? ByteView { sha256({ key }) } : key, inner.begin());
    auto outer = inner;
    for (auto& byte : inner) byte ^= 0x36;
    for (auto& byte : outer) byte ^= 0x5c;
    auto const digest = sha256({ outer, sha256({ inner, bytes }) });
    OPENSSL_cleanse(inner.data(), inner.size());
    OPENSSL_cleanse(outer.data(), outer.size());
    return digest;
}

Random system_random()
{
    return [](std::span<std::uint8_t> out) {
        MUST(RAND_bytes(out.data(), static_cast<int>(out.size())) == 1);
    };
}

} // namespace comity::crypto
