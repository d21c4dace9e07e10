#pragma once

#include "http/router.h"
#include "treaty/commentary.h"

namespace comity::http {

/// The treaty explorer's routes: the law to read and to try. Nothing is stored. Both outlive the
/// routes.
std::vector<Endpoint> explorer_endpoints(
    treaty::Commentary const& commentary, treaty::Law const& law, Clock const& clock);

} // namespace comity::http
