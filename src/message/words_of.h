#pragma once

#include <algorithm>
#include <string_view>

namespace comity::message {

/// Visits the words of a text that has a blank between them.
template <class Visit> void each_word(std::string_view words, Visit const& visit)
{
    while (!words.empty()) {
        auto const end = std::min(words.find(' '), words.size());
        visit(words.substr(0, end));
        words.remove_prefix(std::min(end + 1, words.size()));
    }
}

} // namespace comity::message
