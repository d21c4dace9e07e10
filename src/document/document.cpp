#include "document/document.h"

#include "base/text.h"

#include <algorithm>

namespace comity::document {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

} // namespace

std::string place_of(std::string_view text)
{
    std::string out;
    for (char const c : text) {
        bool const letter
            = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (letter)
            out += c;
        else if (!out.empty() && out.back() != '-')
            out += '-';
    }
    if (out.ends_with('-')) out.pop_back();
    return out;
}

std::string clean(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        auto const [bytes, character] = first_character(text);
        if (character && is_shown(*character))
            out += text.substr(0, bytes);
        else
            out += replacement;
        text.remove_prefix(bytes);
    }
    return out;
}

} // namespace comity::document
