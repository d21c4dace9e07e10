#pragma once

#include "claims/claims.h"
#include "http/desk.h"

/// The routes of what Parties owe each other: the costs of a case, claims, balances.
namespace comity::http {

/// `claims` outlives the routes.
std::vector<Endpoint> claim_endpoints(claims::Claims& claims);

} // namespace comity::http
