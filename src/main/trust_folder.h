#pragma once

#include "exchange/trust.h"
#include "main/config.h"

/// The trust lists of a node on its disk: trust/ keeps every one that ever was in force, each as
/// VERSION.json (its exact bytes) and VERSION.signatures.json; the highest is in force. trust.json
/// and trust.signatures.json beside it are copies of that one for everybody's tools, and stand for
/// it where trust/ is not there yet.
namespace comity::main {

/// The roots in roots/*.pem, and how many States must have signed.
Result<exchange::TrustRules> read_trust_rules(Config const& config);
/// Errors name the file.
Result<exchange::Trust> read_trust(Config const& config, Instant now);
/// Puts a list into force from the next reading on. After a crash it is there whole or not at all.
Result<void> keep_trust_list(Config const& config, exchange::SignedTrustList const& list);

/// A list on its way from State to State: FILE with its bytes, and its signatures beside it, in
/// FILE with ".signatures.json" for ".json".
Result<exchange::SignedTrustList> read_list_file(std::filesystem::path const& file, Instant now);
Result<void> write_list_signatures(
    std::filesystem::path const& file, std::vector<exchange::TrustSignature> const& signatures);

} // namespace comity::main
