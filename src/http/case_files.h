#pragma once

#include "http/desk.h"

namespace comity::http {

/// Files beside messages: brought in pieces before the message, read in pieces after it.
/// `casework` outlives it.
std::vector<Endpoint> file_endpoints(casework::Casework& casework);

} // namespace comity::http
