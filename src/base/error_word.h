#pragma once

#include "base/result.h"

#include <string_view>

namespace comity {

/// The word of a kind, the same in an answer's JSON and in a log: for ever.
std::string_view word(Error::Kind kind);

} // namespace comity
