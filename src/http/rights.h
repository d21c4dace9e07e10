#pragma once

#include "http/desk.h"
#include "rights/rights.h"

/// The routes of Article 31(4): corrections, doubts, unlawful use and consents in a case; and what
/// a data protection officer looks at.
namespace comity::http {

/// A place in the path. Error: malformed, `place`.
Result<std::int64_t> place_in(Request const& request);
/// 201 where something left; 200 where the law did not permit it, or nothing had to leave.
Result<Response> told(Result<rights::Told> const& result);

/// All outlive the routes.
std::vector<Endpoint> rights_endpoints(DeskRooms const& rooms, rights::Rights& rights,
    protection::Vault const& vault, access::Access& access);

/// The same endpoints; whoever reads the register in a data protection role leaves a line in the
/// log of operations, officer and purpose (A31(4)(e)-4).
std::vector<Endpoint> with_readings_noted(
    std::vector<Endpoint> endpoints, DeskRooms const& rooms, protection::Vault const& vault);

} // namespace comity::http
