#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

/// UTF-8 that came from somebody else, before it is shown.
namespace comity {

/// One character out of the beginning of a text.
struct Character {
    std::size_t bytes = 1;
    std::optional<char32_t> sign {}; ///< None where the bytes are no UTF-8.
};
/// RFC 3629 section 4: no overlong form, no surrogate, nothing beyond U+10FFFF. MUST: not empty.
Character first_character(std::string_view text);

/// Neither a control character (a line feed and a tabulator are shown), nor one that turns the
/// direction of the text, nor one that stands for none.
bool is_shown(char32_t sign);
/// UTF-8, every character of which is shown.
bool is_shown_text(std::string_view text);

} // namespace comity
