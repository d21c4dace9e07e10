#include "search/plate.h"

#include <array>
#include <cstdint>
#include <span>

namespace comity::search {
namespace {

struct Fold {
    std::string_view from; ///< One letter in UTF-8.
    char to;
};

// Cyrillic letters by their look (plates use only those that both scripts share), then the letters
// of Serbian, Croatian, Bosnian, Slovene, Romanian and Albanian that Latin keyboards lack.
constexpr Fold folds[] = { { "А", 'A' }, { "В", 'B' }, { "Е", 'E' }, { "К", 'K' }, { "М", 'M' },
    { "Н", 'H' }, { "О", 'O' }, { "Р", 'P' }, { "С", 'C' }, { "Т", 'T' }, { "У", 'Y' },
    { "Х", 'X' }, { "Ј", 'J' }, { "Ѕ", 'S' }, { "І", 'I' }, { "а", 'A' }, { "в", 'B' },
    { "е", 'E' }, { "к", 'K' }, { "м", 'M' }, { "н", 'H' }, { "о", 'O' }, { "р", 'P' },
    { "с", 'C' }, { "т", 'T' }, { "у", 'Y' }, { "х", 'X' }, { "ј", 'J' }, { "Š", 'S' },
    { "Đ", 'D' }, { "Č", 'C' }, { "Ć", 'C' }, { "Ž", 'Z' }, { "š", 'S' }, { "đ", 'D' },
    { "č", 'C' }, { "ć", 'C' }, { "ž", 'Z' }, { "Ș", 'S' }, { "Ț", 'T' }, { "ș", 'S' },
    { "ț", 'T' }, { "Ă", 'A' }, { "Â", 'A' }, { "Î", 'I' }, { "ă", 'A' }, { "â", 'A' },
    { "î", 'I' }, { "Ë", 'E' }, { "Ç", 'C' }, { "ë", 'E' }, { "ç", 'C' } };

/// Shapes in letters: L a letter, C one of those that Bulgarian plates share with Cyrillic, 9 a
/// digit, * either. Source of the shapes: research of 2026 on the current series of each State.
struct Format {
    std::string_view state;
    std::string_view shape;
};
constexpr Format formats[] = { { "AL", "LL999LL" }, { "AT", "L99999L" }, { "AT", "L9999LL" },
    { "AT", "LL999LL" }, { "AT", "LL9999L" }, { "AT", "LL999LLL" }, { "AT", "L99999LL" },
    { "BA", "L99L999" }, { "BG", "C9999CC" }, { "BG", "CC9999CC" }, { "HR", "LL999LL" },
    { "HR", "LL9999LL" }, { "HR", "LL9999L" }, { "HR", "LL999L" }, { "HU", "LLLL999" },
    { "HU", "LLL999" }, { "MD", "LLL999" }, { "ME", "LLLL999" }, { "MK", "LL9999LL" },
    { "RO", "L99LLL" }, { "RO", "L999LLL" }, { "RO", "LL99LLL" }, { "RS", "LL999LL" },
    { "RS", "LL9999LL" }, { "RS", "LL99999LL" }, { "SI", "LLLL999" }, { "SI", "LL***LL" },
    { "SI", "LL***L" }, { "SI", "LL**LLL" } };

constexpr std::string_view shared_letters = "ABEKMHOPCTYX";

bool is_letter(char c)
{
    return 'A' <= c && c <= 'Z';
}

bool is_digit(char c)
{
    return '0' <= c && c <= '9';
}

bool fits(std::string_view shape, std::string_view key)
{
    if (shape.size() != key.size()) return false;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        bool const ok = shape[i] == 'L' ? is_letter(key[i])
            : shape[i] == 'C'           ? shared_letters.contains(key[i])
            : shape[i] == '9'           ? is_digit(key[i])
                                        : true;
        if (!ok) return false;
    }
    return true;
}

} // namespace

std::string plate_key(std::string_view plate)
{
    std::string key;
    while (!plate.empty()) {
        char const c = plate.front();
        std::size_t used = 1;
        if (is_letter(c) || is_digit(c)) {
            key += c;
        } else if ('a' <= c && c <= 'z') {
            key += static_cast<char>(c - 'a' + 'A');
        } else {
            for (auto const& fold : folds)
                if (plate.starts_with(fold.from)) {
                    key += fold.to;
                    used = fold.from.size();
                    break;
                }
        }
        plate.remove_prefix(used);
    }
    return key;
}

PlateFit plate_fit(std::string_view state, std::string_view plate)
{
    auto const key = plate_key(plate);
    for (auto const& format : formats)
        if (format.state == state && fits(format.shape, key)) return PlateFit::usual;
    return PlateFit::unusual;
}

std::string vin_key(std::string_view vin)
{
    std::string key;
    for (char const c : plate_key(vin)) key += c == 'O' || c == 'Q' ? '0' : c == 'I' ? '1' : c;
    return key;
}

} // namespace comity::search
