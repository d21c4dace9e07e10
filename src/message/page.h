#pragma once

#include <string>

/// The table of types and the page of all contents, for people. docs/MESSAGES.md is the page.
namespace comity::message {

/// One line a type: number, word, family, whether it answers, personal data, provisions, meaning.
std::string types_table();
/// Markdown.
std::string messages_page();

} // namespace comity::message
