#pragma once

#include "store/store.h"

/// Items as they stood before there was a vault: whose they are, for what and until when, with
/// their contents elsewhere in the clear. Casework carries them over (casework/carry_over.h).
namespace comity::protection {

struct OlderItem {
    std::string message; ///< The message it travelled in.
    std::string owner; ///< The State whose data it is.
    std::string purpose;
    Date erase_by;
};

Result<std::vector<OlderItem>> older_items(store::Transaction& transaction, std::size_t count_max);
Result<std::optional<OlderItem>> older_item(
    store::Transaction& transaction, std::string_view message);
Result<void> drop_older_item(store::Transaction& transaction, std::string_view message);

} // namespace comity::protection
