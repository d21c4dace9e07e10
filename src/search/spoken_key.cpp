#include "search/spoken_key.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace comity::search {
namespace {

/// Letters by how they sound in the languages of the region. Sounds that one language writes with
/// two letters and another with one with a mark (zh, ž, ж) fall to the plain letter (z).
struct Letter {
    char32_t sign;
    std::string_view sound;
};

// clang-format off
constexpr std::array cyrillic {
    Letter { U'а', "a" }, Letter { U'б', "b" }, Letter { U'в', "v" }, Letter { U'г', "g" },
    Letter { U'д', "d" }, Letter { U'е', "e" }, Letter { U'ж', "z" }, Letter { U'з', "z" },
    Letter { U'и', "i" }, Letter { U'й', "i" }, Letter { U'к', "k" }, Letter { U'л', "l" },
    Letter { U'м', "m" }, Letter { U'н', "n" }, Letter { U'о', "o" }, Letter { U'п', "p" },
    Letter { U'р', "r" }, Letter { U'с', "s" }, Letter { U'т', "t" }, Letter { U'у', "u" },
    Letter { U'ф', "f" }, Letter { U'х', "h" }, Letter { U'ц', "c" }, Letter { U'ч', "c" },
    Letter { U'ш', "s" }, Letter { U'щ', "st" }, Letter { U'ъ', "a" }, Letter { U'ы', "i" },
    Letter { U'ь', "i" }, Letter { U'э', "e" }, Letter { U'ю', "iu" }, Letter { U'я', "ia" },
    Letter { U'ђ', "d" }, Letter { U'ј', "i" }, Letter { U'љ', "li" }, Letter { U'њ', "ni" },
    Letter { U'ћ', "c" }, Letter { U'џ', "d" }, Letter { U'ѓ', "g" }, Letter { U'ќ', "k" },
    Letter { U'ѕ', "z" }, Letter { U'ё', "e" }, Letter { U'є', "e" }, Letter { U'і', "i" },
    Letter { U'ї', "i" }, Letter { U'ґ', "g" }, Letter { U'ѐ', "e" }, Letter { U'ѝ', "i" },
};
constexpr std::array marked {
    Letter { U'à', "a" }, Letter { U'á', "a" }, Letter { U'â', "a" }, Letter { U'ä', "a" },
    Letter { U'ă', "a" }, Letter { U'ã', "a" }, Letter { U'å', "a" }, Letter { U'ą', "a" },
    Letter { U'ç', "c" }, Letter { U'ć', "c" }, Letter { U'č', "c" }, Letter { U'ď', "d" },
    Letter { U'đ', "d" }, Letter { U'è', "e" }, Letter { U'é', "e" }, Letter { U'ê', "e" },
    Letter { U'ë', "e" }, Letter { U'ě', "e" }, Letter { U'ę', "e" }, Letter { U'ì', "i" },
    Letter { U'í', "i" }, Letter { U'î', "a" }, Letter { U'ï', "i" }, Letter { U'ł', "l" },
    Letter { U'ñ', "ni" }, Letter { U'ń', "n" }, Letter { U'ň', "n" }, Letter { U'ò', "o" },
    Letter { U'ó', "o" }, Letter { U'ô', "o" }, Letter { U'ö', "o" }, Letter { U'ő', "o" },
    Letter { U'ø', "o" }, Letter { U'ř', "r" }, Letter { U'š', "s" }, Letter { U'ș', "s" },
    Letter { U'ş', "s" }, Letter { U'ß', "s" }, Letter { U'ț', "t" }, Letter { U'ţ', "t" },
    Letter { U'ť', "t" }, Letter { U'ù', "u" }, Letter { U'ú', "u" }, Letter { U'û', "u" },
    Letter { U'ü', "u" }, Letter { U'ű', "u" }, Letter { U'ů', "u" }, Letter { U'ý', "i" },
    Letter { U'ž', "z" }, Letter { U'ź', "z" }, Letter { U'ż', "z" },
};
// clang-format on

/// The next sign of UTF-8; what is none is read as a blank.
char32_t next(std::string_view text, std::size_t& at)
{
    auto const first = static_cast<unsigned char>(text[at++]);
    if (first < 0x80U) return first;
    int const more = first >= 0xF0U ? 3 : first >= 0xE0U ? 2 : first >= 0xC0U ? 1 : 0;
    if (more == 0) return U' ';
    char32_t sign = first & (0x3FU >> static_cast<unsigned>(more));
    for (int n = 0; n < more && at < text.size(); ++n)
        sign = (sign << 6U) | (static_cast<unsigned char>(text[at++]) & 0x3FU);
    return sign;
}

char32_t lowered(char32_t sign)
{
    bool const plain = (U'A' <= sign && sign <= U'Z') || (0xC0 <= sign && sign <= 0xDE);
    if (plain || (U'А' <= sign && sign <= U'Я')) return sign + 32;
    if (0x0400 <= sign && sign <= 0x040F) return sign + 80; // Ђ, Ј, Љ ...
    if (sign == 0x0218 || sign == 0x021A || sign == U'Ґ') return sign + 1;
    bool const pairs_odd = 0x0139 <= sign && sign <= 0x0148;
    bool const pairs_late = sign == 0x0179 || sign == 0x017B || sign == 0x017D;
    if (pairs_odd || pairs_late) return sign % 2 == 1 ? sign + 1 : sign;
    if (0x0100 <= sign && sign <= 0x0177) return sign % 2 == 0 ? sign + 1 : sign;
    return sign;
}

std::string_view sound_of(char32_t sign)
{
    auto const sounds = [&](auto const& table) -> std::string_view {
        auto const* found = std::ranges::find(table, sign, &Letter::sign);
        return found == table.end() ? std::string_view {} : found->sound;
    };
    auto const cyrillic_sound = sounds(cyrillic);
    return cyrillic_sound.empty() ? sounds(marked) : cyrillic_sound;
}

void replace(std::string& text, std::string_view from, std::string_view to)
{
    for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

/// Romanian writes c for what others write k, but not before e and i; what is a c elsewhere (ц, č,
/// ћ, ç) goes the same way, for a key cannot know the language.
void harden(std::string& part)
{
    for (std::size_t i = 0; i < part.size(); ++i)
        if (part[i] == 'c' && (i + 1 == part.size() || (part[i + 1] != 'e' && part[i + 1] != 'i')))
            part[i] = 'k';
}

/// Spellings of one sound fall together, and no letter stands twice in a row.
std::string folded(std::string part)
{
    constexpr std::pair<std::string_view, std::string_view> spellings[] {
        { "xh", "d" },
        { "shch", "st" },
        { "sht", "st" },
        { "sch", "s" },
        { "tch", "c" },
        { "zh", "z" },
        { "sh", "s" },
        { "ch", "c" },
        { "kh", "h" },
        { "th", "t" },
        { "ph", "f" },
        { "ts", "c" },
        { "tz", "c" },
        { "dzh", "d" },
        { "dh", "d" },
        { "gh", "g" },
        { "dz", "d" },
        { "dj", "d" },
        { "gj", "g" },
        { "ck", "k" },
        { "cs", "c" },
        { "zs", "z" },
        { "sz", "s" },
        { "x", "ks" },
        { "q", "k" },
        { "w", "v" },
        { "y", "i" },
        { "j", "i" },
        { "ou", "u" },
        { "ii", "i" },
        { "cea", "ca" },
        { "cia", "ca" },
        { "cio", "co" },
        { "ciu", "cu" },
    };
    for (auto const& [from, to] : spellings) replace(part, from, to);
    part.erase(std::ranges::unique(part).begin(), part.end());
    harden(part);
    return part;
}

} // namespace

std::string spoken_key(std::string_view name)
{
    std::vector<std::string> parts(1);
    for (std::size_t at = 0; at < name.size();) {
        auto const sign = lowered(next(name, at));
        if (U'a' <= sign && sign <= U'z')
            parts.back() += static_cast<char>(sign);
        else if (auto const sound = sound_of(sign); !sound.empty())
            parts.back() += sound;
        else if (sign != U'\'' && sign != 0x2019 && !(0x0300 <= sign && sign <= 0x036F))
            parts.emplace_back();
    }
    for (auto& part : parts) part = folded(std::move(part));
    std::erase(parts, "");
    std::ranges::sort(parts);
    std::string out;
    for (auto const& part : parts) out += (out.empty() ? "" : " ") + part;
    return out;
}

} // namespace comity::search
