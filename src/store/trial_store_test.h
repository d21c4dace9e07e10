#pragma once

#include "store/connection.h"

#include <cstdlib>
#include <filesystem>

/// Where a test keeps its database: in its own folder on SQLite, or in a schema of its own where
/// COMITY_TEST_DATABASE names a PostgreSQL database (tools/postgres.sh). The same path is the same
/// database.
namespace comity::store::trial {

inline std::string postgres_address()
{
    auto const* named = std::getenv("COMITY_TEST_DATABASE"); // NOLINT: nobody sets it meanwhile
    return named ? named : "";
}

inline std::string address(std::filesystem::path const& path)
{
    auto const server = postgres_address();
    if (server.empty()) return path.string();
    auto const schema = "trial_" + to_hex(as_view(path.string()).last(15));
    auto session = Connection::open(server, Connection::Access::read_write);
    MUST(session.ok());
    MUST(session.value()->script("CREATE SCHEMA IF NOT EXISTS " + schema).ok());
    auto const join = server.find('?') == server.npos ? "?" : "&";
    return server + join + "application_name=" + schema + "&options=-csearch_path%3D" + schema;
}

} // namespace comity::store::trial
