#include "store/connection.h"

#include "store/postgres.h"
#include "store/sqlite.h"
#include "store/store.h"

namespace comity::store {

bool is_postgres(std::string_view address)
{
    return address.starts_with("postgresql://") || address.starts_with("postgres://");
}

Result<std::unique_ptr<Connection>> Connection::open(std::string const& address, Access access)
{
    return is_postgres(address) ? Postgres::open(address, access) : Sqlite::open(address, access);
}

Result<std::int64_t> Transaction::run_cells(std::string_view sql, Cells cells)
{
    return connection_.run(sql, cells, nullptr);
}

Result<void> Transaction::each_row(
    std::string_view sql, Cells cells, std::function<Result<void>(Row const&)> const& row)
{
    TRY(connection_.run(sql, cells, &row));
    return {};
}

Result<void> Transaction::walk(
    std::string_view sql, Cells cells, std::function<Result<void>(Row const&)> const& row)
{
    return connection_.walk(sql, cells, row);
}

} // namespace comity::store
