#pragma once

#include <array>
#include <span>
#include <string_view>

/// A heading in the languages of the Parties, in the order of words.cpp.
namespace comity::document {

struct Word {
    std::string_view key;
    std::array<std::string_view, 6> in; ///< en, bg, es, ro, sr (Cyrillic), sq.
};

/// Those of the yearly report of data protection; each key begins with "year.".
std::span<Word const> words_of_year();

} // namespace comity::document
