#pragma once

#include "http/desk.h"

namespace comity::http {

/// Totals of requests and answers, to be looked at and as a file for other programs.
std::vector<Endpoint> statistics_endpoints(DeskRooms const& rooms);

} // namespace comity::http
