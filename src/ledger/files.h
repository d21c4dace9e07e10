#pragma once

#include "ledger/ledger.h"

/// A log as the files of C2SP tlog-tiles, made from its tables when they are asked for.
namespace comity::ledger {

/// The bytes at a path below the log's prefix: "checkpoint" (with the lines of witnesses),
/// "minimum-index", "tile/<level>/<place>", "tile/entries/<place>". Error: not_found.
Result<Bytes> file(store::Transaction& transaction, std::string_view path);

/// Every path of the log as it stands, none twice: what an export writes.
Result<std::vector<std::string>> file_paths(store::Transaction& transaction);

} // namespace comity::ledger
