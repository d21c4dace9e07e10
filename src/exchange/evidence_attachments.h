#pragma once

#include "exchange/evidence.h"

/// The attachments of exported evidence, one chunk at a time:
///   attachments/<n>/0001.p7m   the sealed chunk
///   attachments/<n>/0001.head  opened: its head line with the line feed
///   attachments/<n>/content    opened: the file
namespace comity::exchange {

Result<void> export_attachments(store::Transaction& transaction, Exchange const& exchange,
    Stored const& message, std::filesystem::path const& folder, Opened opened);

/// Adds what holds. Error: not_authentic naming the file at fault.
Result<void> verify_attachments(std::filesystem::path const& folder,
    message::Manifest const& manifest, std::vector<std::string>& holds);

} // namespace comity::exchange
