#pragma once

#include "casework/related.h"
#include "http/desk.h"

namespace comity::http {

/// Cases about the same, and the one box to look them up. `related` outlives it.
std::vector<Endpoint> related_endpoints(casework::Related& related);

} // namespace comity::http
