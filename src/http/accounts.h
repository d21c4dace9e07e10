#pragma once

#include "http/router.h"

namespace comity::http {

/// /v1/account (one's own), /v1/accounts, /v1/sign-ins and /v1/account-changes of
/// api/openapi.yaml. `issuer` is what an officer's device calls this node.
std::vector<Endpoint> account_endpoints(access::Access& access, std::string const& issuer);

} // namespace comity::http
