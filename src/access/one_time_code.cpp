#include "access/one_time_code.h"

#include "crypto/hmac_sha1.h"

#include <fmt/format.h>
#include <sodium.h>

#include <array>

namespace comity::access {
namespace {

std::string percent_encoded(std::string_view text)
{
    constexpr std::string_view plain
        = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    std::string out;
    for (char const c : text)
        out += plain.find(c) != plain.npos
            ? std::string { c }
            : fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    return out;
}

} // namespace

std::int64_t step_of(Instant instant)
{
    auto const seconds
        = std::chrono::floor<std::chrono::seconds>(instant.time_since_epoch()).count();
    return seconds / code_every.count();
}

std::string one_time_code(ByteView secret, std::int64_t step, unsigned digits)
{
    MUST(digits >= 6 && digits <= 9 && step >= 0);
    std::array<std::uint8_t, 8> counter {};
    for (std::size_t i = 0; i < counter.size(); ++i)
        counter[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(step) >> (56 - 8 * i));
    auto const mac = crypto::hmac_sha1(secret, counter);
    std::size_t const at = mac.back() & 0x0FU;
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) number = number << 8U | mac.at(at + i);
    number &= 0x7FFF'FFFFU;
    std::uint32_t limit = 1;
    for (unsigned i = 0; i < digits; ++i) limit *= 10;
    return fmt::format("{:0{}}", number % limit, digits);
}

std::optional<std::int64_t> step_of_code(
    ByteView secret, std::string_view code, Instant now, std::int64_t last_used)
{
    if (code.size() != code_digits) return {};
    std::optional<std::int64_t> found;
    auto const present = step_of(now);
    for (auto step = present - code_skew_steps; step <= present + code_skew_steps; ++step) {
        auto const wanted = one_time_code(secret, step);
        bool const same = sodium_memcmp(wanted.data(), code.data(), code.size()) == 0;
        if (same && step > last_used) found = step;
    }
    return found;
}

std::string to_base32(ByteView bytes)
{
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string out;
    std::uint32_t held = 0;
    unsigned bits = 0;
    for (auto const byte : bytes) {
        held = held << 8U | byte;
        for (bits += 8; bits >= 5; bits -= 5) out += alphabet[held >> (bits - 5) & 31U];
    }
    if (bits > 0) out += alphabet[held << (5 - bits) & 31U];
    return out;
}

std::string otpauth_uri(std::string_view issuer, std::string_view name, ByteView secret)
{
    return fmt::format("otpauth://totp/{0}:{1}?secret={2}&issuer={0}&algorithm=SHA1&digits={3}"
                       "&period={4}",
        percent_encoded(issuer), percent_encoded(name), to_base32(secret), code_digits,
        code_every.count());
}

} // namespace comity::access
