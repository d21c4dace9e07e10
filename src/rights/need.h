#pragma once

#include "rights/rights.h"

namespace comity::rights {

/// Nothing where the officer may see the case. Error: not_found for a case that is not there.
Result<std::optional<access::Refusal>> refused_to_see(
    Rights::Rooms const& rooms, std::string_view number, Officer const& officer);

/// Our number for the case of an item, also when the item is gone.
Result<std::string> case_of_item(store::Transaction& transaction, std::string const& item);
/// That we sent it to the Party, and it took it.
bool went_to(store::Transaction& transaction, std::string const& item, std::string const& party);

} // namespace comity::rights
