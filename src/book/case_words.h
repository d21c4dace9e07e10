#pragma once

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

} // namespace comity::book
