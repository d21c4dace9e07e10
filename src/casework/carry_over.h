#pragma once

#include "casework/contents.h"

namespace comity::casework {

/// What an older node kept in the clear goes into the vault: contents with their decisions and
/// headings, each under the label that its message gives it, and the days of destruction. What is
/// past its day is not carried: it is destroyed, with what the exchange holds of it (destroy.cpp).
/// In commits of their own; what was carried is gone where it was, and store/compact.h takes it out
/// of the pages. How many items; none where it was done before.
Result<std::size_t> carry_over(
    store::Store& store, protection::Vault& vault, Settings const& settings, Instant now);

} // namespace comity::casework
