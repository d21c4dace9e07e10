#include "base/text.h"

#include "base/check.h"

namespace comity {

Character first_character(std::string_view text)
{
    MUST(!text.empty());
    auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    auto const first = byte(0);
    if (first < 0x80) return { 1, first };
    std::size_t const bytes = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < bytes) return {};
    char32_t sign = first & (0xFFU >> (bytes + 1));
    for (std::size_t i = 1; i < bytes; ++i) {
        if ((byte(i) & 0xC0U) != 0x80) return {};
        sign = sign << 6U | (byte(i) & 0x3FU);
    }
    constexpr char32_t least[] { 0, 0, 0x80, 0x800, 0x10000 };
    bool const surrogate = sign >= 0xD800 && sign <= 0xDFFF;
    if (sign < least[bytes] || surrogate || sign > 0x10FFFF) return {};
    return { bytes, sign };
}

bool is_shown(char32_t sign)
{
    bool const control
        = (sign < 0x20 && sign != '\n' && sign != '\t') || (sign >= 0x7F && sign < 0xA0);
    bool const turning = sign == 0x061C || sign == 0x200E || sign == 0x200F
        || (sign >= 0x202A && sign <= 0x202E) || (sign >= 0x2066 && sign <= 0x2069);
    bool const no_character = (sign & 0xFFFEU) == 0xFFFE || (sign >= 0xFDD0 && sign <= 0xFDEF);
    return !control && !turning && !no_character;
}

bool is_shown_text(std::string_view text)
{
    while (!text.empty()) {
        auto const [bytes, sign] = first_character(text);
        if (!sign || !is_shown(*sign)) return false;
        text.remove_prefix(bytes);
    }
    return true;
}

} // namespace comity
