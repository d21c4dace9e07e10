#pragma once

#include "rights/rights.h"

namespace comity::rights {

/// Nothing where the officer may see the case. Error: not_found for a case that is not there.
Result<std::optional<access::Refusal>> refused_to_see(
    Rights::Rooms const& rooms, std::string_view number, Officer const& officer);

} // namespace comity::rights
