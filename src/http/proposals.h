#pragma once

#include "http/desk.h"

namespace comity::http {

/// What waits for a second officer in a case, his word on it, and his no.
std::vector<Endpoint> proposal_endpoints(DeskRooms const& rooms);

} // namespace comity::http
