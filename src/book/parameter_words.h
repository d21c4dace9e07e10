#pragma once

#include "book/words.h"
#include "document/document.h"
#include "treaty/commentary.h"

/// What the data say, as rows of a page.
namespace comity::book {

/// In English: "National law".
std::string_view heading_of(treaty::ParameterGroup group);
/// In English: "2009-03-01 to open".
std::string span_of(Date from, std::optional<Date> until);
/// Five cells: Party, what, what it says, in effect, found in.
std::vector<document::Text> row_of(Words const& words, treaty::ParameterText const& parameter);

} // namespace comity::book
