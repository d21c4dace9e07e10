#pragma once

#include "casework/contents.h"

namespace comity::casework {

/// What a content says of a file beside it.
bool names_file(json::Value const& value);

/// A file is named by its path without a value: its bytes are sealed with its message, so nothing
/// of it changes here, and who has it destroys or keeps it. Puts each value at its path, in the
/// form that the member has; the paths of what is another value now. Errors: malformed,
/// `members[i]`, for a path that is not there, a value that its member cannot have or one that is
/// not told; `members` where the whole is then no content of its type.
Result<std::vector<std::string>> correct(
    std::string const& type, json::Value& content, std::span<CorrectedMember const> members);

/// What stands at a path as in `vehicles[0].colour`; null where nothing does.
json::Value const* find_member(json::Value const& content, std::string_view path);

} // namespace comity::casework
