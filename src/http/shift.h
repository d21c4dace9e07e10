#pragma once

#include "casework/handover.h"
#include "http/desk.h"

namespace comity::http {

/// Tasks in a case, and the shift: begun, seen, offered, taken over. `handover` outlives it.
std::vector<Endpoint> shift_endpoints(access::Access& access, casework::Handover& handover);

} // namespace comity::http
