#include "store/compact.h"

#include "store/store.h"

#include <fmt/format.h>
#include <sqlite3.h>

namespace comity::store {

Result<void> compact(std::string const& address)
{
    if (is_postgres(address)) return {};
    sqlite3* database = nullptr;
    auto code = sqlite3_open_v2(address.c_str(), &database, SQLITE_OPEN_READWRITE, nullptr);
    for (auto const* sql : { "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)" })
        if (code == SQLITE_OK) code = sqlite3_exec(database, sql, nullptr, nullptr, nullptr);
    std::string const why = sqlite3_errmsg(database);
    sqlite3_close(database);
    if (code == SQLITE_OK) return {};
    return Error { Error::Kind::unavailable, fmt::format("cannot compact {}: {}", address, why) };
}

} // namespace comity::store
