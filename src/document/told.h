#pragma once

#include "base/json.h"
#include "document/document.h"

#include <functional>
#include <string_view>

namespace comity::document {

constexpr std::size_t particulars_max = 2000; ///< Of one content.

/// What a content says, member by member, in the words of a language; what the node wrote beside it
/// (decisions, hashes) is left out. Every text goes through `text`.
std::vector<Particular> told_by(json::Value const& content, std::string_view language,
    std::function<std::string(std::string_view)> const& text);

} // namespace comity::document
