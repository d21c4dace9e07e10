#pragma once

#include "http/desk.h"
#include "rights/rights.h"

/// The routes of Article 31(4): corrections, doubts, unlawful use and consents in a case; and what
/// a data protection officer looks at.
namespace comity::http {

/// All outlive the routes.
std::vector<Endpoint> rights_endpoints(
    DeskRooms const& rooms, rights::Rights& rights, protection::Vault const& vault);

} // namespace comity::http
