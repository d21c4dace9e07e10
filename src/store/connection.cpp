#include "store/connection.h"

#include "store/postgres.h"
#include "store/sqlite.h"
#include "store/store.h"

#include <atomic>

namespace comity::store {

bool is_postgres(std::string_view address)
{
    return address.starts_with("postgresql://") || address.starts_with("postgres://");
}

Result<std::unique_ptr<Connection>> Connection::open(std::string const& address, Access access)
{
    return is_postgres(address) ? Postgres::open(address, access) : Sqlite::open(address, access);
}

std::uint64_t Transaction::next_moment()
{
    static std::atomic<std::uint64_t> last { 0 };
    return ++last;
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
