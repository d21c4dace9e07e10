#pragma once

#include "message/dictionary.h"

#include <string>

/// How the texts of a content are spelt: the test, the sentence and the pattern, side by side.
namespace comity::message {

bool spelt(Spelling spelling, std::string_view text);
/// "must be two capital letters (ISO 3166-1)"
std::string_view spelling_in_words(Spelling spelling);
/// ECMA 262, for JSON Schema; empty where there is none.
std::string_view pattern(Spelling spelling);

/// At most so many bytes, never in the middle of a character of UTF-8.
std::string_view cut(std::string_view text, std::size_t bytes_max);

} // namespace comity::message
