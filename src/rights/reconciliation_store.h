#pragma once

#include "rights/reconciliation.h"

namespace comity::rights {

inline constexpr std::string_view create_comparisons = R"sql(
CREATE TABLE rights_comparison (party TEXT PRIMARY KEY, at TEXT NOT NULL, officer TEXT NOT NULL,
    entries BIGINT NOT NULL, wrong BIGINT NOT NULL, differences TEXT NOT NULL, failed TEXT);
)sql";

Result<void> keep_comparison(store::Transaction& transaction, Comparison const& done);
Result<std::vector<Comparison>> comparisons(store::Transaction& transaction);
/// When the last one of a State's register ended.
Result<std::optional<Instant>> compared_at(store::Transaction& transaction, std::string_view party);

} // namespace comity::rights
