#include "document/document.h"

#include <algorithm>

namespace comity::document {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// One character out of the beginning of a text.
struct Taken {
    std::size_t bytes = 1;
    std::optional<char32_t> character {}; ///< None where the bytes are no UTF-8.
};

/// RFC 3629 section 4: no overlong form, no surrogate, nothing beyond U+10FFFF.
Taken take(std::string_view text)
{
    auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    auto const first = byte(0);
    if (first < 0x80) return { 1, first };
    std::size_t const bytes = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < bytes) return {};
    char32_t character = first & (0xFFU >> (bytes + 1));
    for (std::size_t i = 1; i < bytes; ++i) {
        if ((byte(i) & 0xC0U) != 0x80) return {};
        character = character << 6U | (byte(i) & 0x3FU);
    }
    constexpr char32_t least[] { 0, 0, 0x80, 0x800, 0x10000 };
    bool const surrogate = character >= 0xD800 && character <= 0xDFFF;
    if (character < least[bytes] || surrogate || character > 0x10FFFF) return {};
    return { bytes, character };
}

bool is_shown(char32_t c)
{
    bool const control = (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0);
    bool const turning = c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
    bool const no_character = (c & 0xFFFEU) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
    return !control && !turning && !no_character;
}

} // namespace

std::string place_of(std::string_view text)
{
    std::string out;
    for (char const c : text) {
        bool const letter
            = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (letter)
            out += c;
        else if (!out.empty() && out.back() != '-')
            out += '-';
    }
    if (out.ends_with('-')) out.pop_back();
    return out;
}

std::string clean(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        auto const [bytes, character] = take(text);
        if (character && is_shown(*character))
            out += text.substr(0, bytes);
        else
            out += replacement;
        text.remove_prefix(bytes);
    }
    return out;
}

} // namespace comity::document
