#pragma once

#include "http/router.h"
#include "identification/file_audit.h"
#include "identification/first_connection.h"

/// The routes of Article 20: a profile is judged, asked for, its hits are looked at and confirmed;
/// our own profiles go into the national file.
namespace comity::http {

/// All outlive the routes.
struct DnaRooms {
    identification::Identification& identification;
    identification::FirstConnection& runs;
    identification::ProfileDatabase& database;
    identification::Terms const& terms;
    Clock clock;
    std::string party;
    identification::FileAudit& audits;
    /// A larger file is audited beside the desk, which asks how far it is.
    std::uint64_t audited_at_once_max = 100'000;
};
std::vector<Endpoint> dna_endpoints(DnaRooms const& rooms);

} // namespace comity::http
