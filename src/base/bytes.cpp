#include "base/bytes.h"

#include <array>

namespace comity {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::string_view base64_digits
    = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<std::uint8_t, 256> reverse_of(std::string_view digits)
{
    std::array<std::uint8_t, 256> reverse {};
    reverse.fill(255);
    for (std::size_t i = 0; i < digits.size(); ++i)
        reverse[static_cast<std::uint8_t>(digits[i])] = static_cast<std::uint8_t>(i);
    return reverse;
}

constexpr auto hex_values = reverse_of(hex_digits);
constexpr auto base64_values = reverse_of(base64_digits);

Error malformed(char const* what)
{
    return { Error::Kind::malformed, what };
}

} // namespace

ByteView as_view(std::string_view text)
{
    return { reinterpret_cast<std::uint8_t const*>(text.data()), text.size() };
}

std::string_view as_text(ByteView bytes)
{
    return { reinterpret_cast<char const*>(bytes.data()), bytes.size() };
}

Bytes to_bytes(std::string_view text)
{
    auto const all = as_view(text);
    return { all.begin(), all.end() };
}

std::string to_hex(ByteView bytes)
{
    std::string out;
    out.reserve(bytes.size() * 2);
    for (auto byte : bytes) {
        out += hex_digits[byte >> 4U];
        out += hex_digits[byte & 15U];
    }
    return out;
}

Result<Bytes> from_hex(std::string_view text)
{
    if (text.size() % 2 != 0) return malformed("hexadecimal text of odd length");
    Bytes out;
    out.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        auto const high = hex_values[static_cast<std::uint8_t>(text[i])];
        auto const low = hex_values[static_cast<std::uint8_t>(text[i + 1])];
        if (high == 255 || low == 255) return malformed("not lower-case hexadecimal text");
        out.push_back(static_cast<std::uint8_t>(high << 4U | low));
    }
    return out;
}

std::string to_base64(ByteView bytes)
{
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        auto const left = bytes.size() - i;
        std::uint32_t const group = static_cast<std::uint32_t>(bytes[i]) << 16U
            | (left > 1 ? static_cast<std::uint32_t>(bytes[i + 1]) << 8U : 0U)
            | (left > 2 ? static_cast<std::uint32_t>(bytes[i + 2]) : 0U);
        out += base64_digits[group >> 18U];
        out += base64_digits[group >> 12U & 63U];
        out += left > 1 ? base64_digits[group >> 6U & 63U] : '=';
        out += left > 2 ? base64_digits[group & 63U] : '=';
    }
    return out;
}

Result<Bytes> from_base64(std::string_view text)
{
    if (text.size() % 4 != 0) return malformed("base64 text whose length is no multiple of four");
    Bytes out;
    out.reserve(text.size() / 4 * 3);
    auto const padding = text.ends_with("==") ? 2U : text.ends_with('=') ? 1U : 0U;
    for (std::size_t i = 0; i < text.size(); i += 4) {
        auto const digits = i + 4 == text.size() ? 4U - padding : 4U;
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 4; ++k) {
            auto const value = k < digits ? base64_values[static_cast<std::uint8_t>(text[i + k])]
                                          : std::uint8_t { 0 };
            if (value == 255) return malformed("a character that is not base64");
            group = group << 6U | value;
        }
        for (std::size_t k = 0; k + 1 < digits; ++k)
            out.push_back(static_cast<std::uint8_t>(group >> (16U - 8U * k)));
    }
    if (to_base64(out) != text) return malformed("base64 text with stray bits");
    return out;
}

} // namespace comity
