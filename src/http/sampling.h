#pragma once

#include "http/router.h"
#include "identification/sampling.h"

/// The routes of Article 20(3): a sample is asked for and judged, permitted or refused by the other
/// Party, its profile and its costs are told, and compared at home.
namespace comity::http {

/// It outlives the routes.
std::vector<Endpoint> sampling_endpoints(identification::Sampling& sampling);

} // namespace comity::http
