#pragma once

#include "http/router.h"

namespace comity::http {

/// open_session, read_session, close_session: /v1/session of api/openapi.yaml.
std::vector<Endpoint> session_endpoints(access::Access& access, SessionCookie const& cookie);

} // namespace comity::http
