#pragma once

#include "base/result.h"

#include <string>

namespace comity::store {

/// Writes a file database anew without what was deleted in it, and empties its write-ahead log. No
/// store has it open. A PostgreSQL database is left as it is: VACUUM FULL is its operator's, and so
/// are its log and its copies. Error: unavailable.
Result<void> compact(std::string const& address);

} // namespace comity::store
