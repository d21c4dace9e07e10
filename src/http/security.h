#pragma once

#include "http/desk.h"
#include "security/security.h"

/// The routes of the security officer's desk (Art. 32).
namespace comity::http {

/// All outlive the routes.
std::vector<Endpoint> security_endpoints(DeskRooms const& rooms, security::Security& security);

} // namespace comity::http
