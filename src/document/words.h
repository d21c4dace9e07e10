#pragma once

#include <optional>
#include <string>
#include <string_view>

/// What stands on paper around what a message says, in the languages of the Parties: en, bg, es,
/// ro, sr (in Cyrillic), sq. Headings are here; names of members and words of lists are those of
/// the desk (web/src/words), read when the program is built.
namespace comity::document {

bool speaks(std::string_view language);
/// A heading. English for a language that has no words here; the key for a word that none has.
std::string_view word_in(std::string_view language, std::string_view key);
/// The name of a Party; the code of any other State.
std::string_view party_in(std::string_view language, std::string_view code);
/// As the desk has it, "field.plate"; its English where the language lacks it.
std::optional<std::string_view> label_in(std::string_view language, std::string_view key);
/// The same of a group; the word itself, spaced, where the desk has none.
std::string label_in(std::string_view language, std::string_view group, std::string_view word);

/// "familyName" as "family name": names of members of messages, which are English.
std::string spaced(std::string_view member);

/// Lines of the catalogues of the desk, as they stand there. Made by the build.
std::string_view desk_words(std::string_view language);

} // namespace comity::document
