#pragma once

#include "identification/dna_case.h"
#include "message/first_connection.h"

/// What the messages of a run say, as the vault has them.
namespace comity::identification {

/// What the requesting Party proposed. Errors: not_found where it is destroyed; not_permitted.
Result<message::DnaRunProposal> run_proposal(store::Transaction& transaction,
    protection::Vault& vault, casework::CaseRow const& row, casework::Officer const& officer);

/// Every result of a run; of one portion where it is named. Each content that is opened is noted.
/// Error: not_permitted with the provision that refuses.
Result<std::vector<message::DnaRunResult>> run_results(store::Transaction& transaction,
    protection::Vault& vault, casework::CaseRow const& row, casework::Officer const& officer,
    std::optional<std::int64_t> portion = {});

/// What experts said of its hits, as they said it.
Result<std::vector<ConfirmationView>> run_confirmations(store::Transaction& transaction,
    protection::Vault& vault, casework::CaseRow const& row, casework::Officer const& officer);

} // namespace comity::identification
