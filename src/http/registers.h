#pragma once

#include "http/desk.h"
#include "rights/reconciliation.h"

/// The routes by which data protection holds registers against what they owe and each other
/// (Art. 31(4)(e)). Each use is a line in the log of operations.
namespace comity::http {

/// All outlive the routes.
std::vector<Endpoint> register_endpoints(
    DeskRooms const& rooms, rights::Reconciliation& reconciliation, protection::Vault const& vault);

} // namespace comity::http
