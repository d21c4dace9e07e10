#pragma once

#include "exchange/exchange.h"

#include <filesystem>

/// A message with everything that proves it, as files that anybody can check without this program:
/// manifest, signature, sealed parts, receipt, both registers' proofs, roots, and verify.sh, which
/// needs openssl and sha256sum only.
namespace comity::exchange {

/// Whether the content is laid open beside the sealed parts.
enum class Opened : bool { no, yes };

/// Writes into a folder that does not exist yet. Errors: conflict, not_found.
Result<void> export_evidence(store::Transaction& transaction, Exchange const& exchange,
    ledger::Verifier const& own_register, std::string_view message_id,
    std::filesystem::path const& folder, Opened opened);

/// What holds, one sentence each. Error: naming the file at fault.
Result<std::vector<std::string>> verify_evidence(std::filesystem::path const& folder);

/// The script itself.
extern std::string_view const verify_script;

} // namespace comity::exchange
