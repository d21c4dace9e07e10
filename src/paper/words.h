#pragma once

#include <string>
#include <string_view>

/// The headings of papers in the languages of the Parties; Serbian in Cyrillic.
namespace comity::paper {

/// English for a language that has no words here; the key itself for a word that none has.
std::string_view word_in(std::string_view language, std::string_view key);
bool speaks(std::string_view language);

/// "familyName" as "family name": names of members of messages, which are English.
std::string spaced(std::string_view member);

} // namespace comity::paper
