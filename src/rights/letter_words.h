#pragma once

#include <string_view>

/// What a letter to a person says, in the languages of the Parties that this node writes.
namespace comity::rights {

/// en, bg, es, ro, sr, sq.
bool writes_letters_in(std::string_view language);
/// English where the language lacks it; the key where there is no such word.
std::string_view letter_word(std::string_view language, std::string_view key);

} // namespace comity::rights
