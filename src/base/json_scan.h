#pragma once

#include "base/result.h"

#include <cstdint>
#include <functional>
#include <string_view>
#include <variant>

namespace comity::json {

/// Of a member that is text or a whole number, not below 0; any other is passed over.
using Scalar = std::variant<std::string_view, std::uint64_t>;

/// The members of one object in the order of its text, without a document made of it: for walks
/// over millions of texts. Members of what lies inside it are passed over. Views hold during the
/// call only. Error: malformed for what is no JSON object; a member that stands twice is told
/// twice.
Result<void> scan(std::string_view text,
    std::function<void(std::string_view name, Scalar const& value)> const& member);

} // namespace comity::json
