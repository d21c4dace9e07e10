#pragma once

#include "http/desk.h"
#include "rights/person.h"

namespace comity::http {

/// A person's request from his letter to the reply, and comments that other States ask for
/// (A31(4)(g), (h)). `persons` outlives the routes.
std::vector<Endpoint> person_endpoints(rights::PersonRequests& persons);

} // namespace comity::http
