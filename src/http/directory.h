#pragma once

#include "casework/directory.h"
#include "http/desk.h"

namespace comity::http {

/// The common directory of Article 3.1(d), and the copies of direct contact under Article 4(4).
/// `directory` outlives it.
std::vector<Endpoint> directory_endpoints(DeskRooms const& rooms, casework::Directory& directory);

} // namespace comity::http
