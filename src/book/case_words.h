#pragma once

#include "book/words.h"
#include "treaty/commentary.h"

#include <map>

/// Cases as their authors wrote them.
namespace comity::book {

struct CaseWords {
    std::string file;
    std::size_t background_line = 0; ///< 0 where the case has none.
    std::string background; ///< What it begins with, one line each.
    std::string changes; ///< What it says for itself.
};

/// What stands in the file of a case; `text` is the whole file.
CaseWords words_of(treaty::CaseText const& text_case, std::string_view text);

/// Lines of a case as `words` say them; in English as they stand in the file.
std::string lines_in(Words const& words, std::string_view lines);
/// Names of facts with commas between them.
std::string facts_in(Words const& words, std::string_view names);

} // namespace comity::book
