#pragma once

#include "store/connection.h"
#include "store/store.h"

namespace comity::store {

/// The rooms' steps after the store's own.
std::vector<Migration> with_own(std::span<Migration const> migrations);
/// Brings the tables up to date, in the writer's transaction. Error: conflict, of a newer version.
Result<void> migrate(Connection& connection, std::span<Migration const> migrations);
/// Error: conflict naming the room whose tables are of a later version than this program knows.
Result<void> refuse_newer(Connection& connection, std::span<Migration const> migrations);
/// The number of this opening, which no other opening of the same database has.
Result<std::int64_t> enroll(Connection& connection);

} // namespace comity::store
