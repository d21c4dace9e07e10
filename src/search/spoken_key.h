#pragma once

#include <string>
#include <string_view>

/// One key for a name, however it was written down: in Cyrillic or Latin letters, with or without
/// marks, by one transliteration or another, family name first or last. Coarse on purpose: it
/// brings together what deserves a look, and whoever looks decides.
namespace comity::search {

/// Parts of ASCII letters in their order by letter, a blank between: "Желязков, Стоян" and
/// "Stoyan Zhelyazkov" are one. Empty where no letter is left.
std::string spoken_key(std::string_view name);

} // namespace comity::search
