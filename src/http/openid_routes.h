#pragma once

#include "http/openid.h"
#include "http/router.h"

namespace comity::http {

/// leave_for_provider, come_back_from_provider: /v1/session/openid of api/openapi.yaml.
std::vector<Endpoint> openid_endpoints(
    access::Access& access, OpenId& openid, SessionCookie const& cookie);

/// Which ways in this node offers, beside name and password; for the page of signing in.
struct WaysIn {
    bool openid = false;
    bool certificate = false; ///< The desk asks browsers for one.
};
/// read_ways, open_session_by_certificate.
std::vector<Endpoint> ways_endpoints(
    access::Access& access, SessionCookie const& cookie, WaysIn ways);

} // namespace comity::http
