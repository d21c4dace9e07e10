#pragma once

#include "http/desk.h"

namespace comity::http {

/// Who needs to know a case: its list, taking it over, naming and ending others, opening it in an
/// emergency; and the officers who may be named.
std::vector<Endpoint> case_access_endpoints(DeskRooms const& rooms, access::Access& access);

} // namespace comity::http
