#include "store/connection.h"

#include <fmt/format.h>

namespace comity::store {
namespace {

int bind(sqlite3_stmt* statement, int index, Cell const& cell)
{
    if (auto const* number = std::get_if<std::int64_t>(&cell))
        return sqlite3_bind_int64(statement, index, *number);
    if (auto const* text = std::get_if<std::string_view>(&cell))
        return sqlite3_bind_text(statement, index, text->data() ? text->data() : "",
            static_cast<int>(text->size()), SQLITE_STATIC);
    if (auto const* blob = std::get_if<ByteView>(&cell)) {
        if (blob->empty()) return sqlite3_bind_zeroblob(statement, index, 0);
        return sqlite3_bind_blob(
            statement, index, blob->data(), static_cast<int>(blob->size()), SQLITE_STATIC);
    }
    return sqlite3_bind_null(statement, index);
}

/// Gives a cached statement back clean, whatever way the walk over its rows ended.
struct Reset {
    sqlite3_stmt* statement;
    explicit Reset(sqlite3_stmt* used)
        : statement(used)
    {
    }
    ~Reset()
    {
        sqlite3_reset(statement);
        sqlite3_clear_bindings(statement);
    }
    Reset(Reset const&) = delete;
    Reset& operator=(Reset const&) = delete;
};

} // namespace

bool Row::null(int column) const
{
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t Row::integer(int column) const
{
    return sqlite3_column_int64(statement_, column);
}

std::string Row::text(int column) const
{
    auto const* bytes = sqlite3_column_blob(statement_, column);
    auto const size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return size == 0 ? std::string {} : std::string { static_cast<char const*>(bytes), size };
}

Bytes Row::blob(int column) const
{
    auto const* bytes = static_cast<std::uint8_t const*>(sqlite3_column_blob(statement_, column));
    auto const size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return size == 0 ? Bytes {} : Bytes { bytes, bytes + size };
}

std::optional<std::string> Row::text_if(int column) const
{
    return null(column) ? std::nullopt : std::optional { text(column) };
}

std::optional<std::int64_t> Row::integer_if(int column) const
{
    return null(column) ? std::nullopt : std::optional { integer(column) };
}

Result<std::unique_ptr<Connection>> Connection::open(
    std::filesystem::path const& path, Access access)
{
    sqlite3* database = nullptr;
    auto const flags = access == Access::read_only ? SQLITE_OPEN_READONLY
                                                   : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    auto const code
        = sqlite3_open_v2(path.c_str(), &database, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    auto connection = std::make_unique<Connection>(database);
    if (code != SQLITE_OK)
        return Error { code == SQLITE_CANTOPEN ? Error::Kind::not_found : Error::Kind::unavailable,
            fmt::format("cannot open {}: {}", path.string(), sqlite3_errmsg(database)) };
    sqlite3_busy_timeout(database, 10'000);
    // secure_delete: what is destroyed under Art. 31(4)(b) must leave the pages too.
    if (access == Access::read_write)
        TRY(connection->script("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                               "PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;"));
    TRY(connection->script("PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000;"));
    return connection;
}

Connection::~Connection()
{
    statements_.clear();
    sqlite3_close(database_);
}

Result<void> Connection::script(std::string const& sql)
{
    if (sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return failure();
    return {};
}

Result<std::int64_t> Connection::run(std::string_view sql, std::vector<Cell> const& cells,
    std::function<Result<void>(Row const&)> const* row)
{
    auto* statement = TRY(prepare(sql));
    MUST(sqlite3_bind_parameter_count(statement) == static_cast<int>(cells.size()));
    Reset const reset { statement };
    for (std::size_t i = 0; i < cells.size(); ++i)
        if (bind(statement, static_cast<int>(i + 1), cells[i]) != SQLITE_OK) return failure();
    for (;;) {
        auto const code = sqlite3_step(statement);
        if (code == SQLITE_DONE) return sqlite3_changes64(database_);
        if (code != SQLITE_ROW) return failure();
        if (row) TRY((*row)(Row { statement }));
    }
}

Result<sqlite3_stmt*> Connection::prepare(std::string_view sql)
{
    auto const known = statements_.find(std::string { sql });
    if (known != statements_.end()) return known->second.get();
    sqlite3_stmt* statement = nullptr;
    auto const code = sqlite3_prepare_v3(database_, sql.data(), static_cast<int>(sql.size()),
        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) return failure();
    statements_.emplace(std::string { sql }, statement);
    return statement;
}

Error Connection::failure() const
{
    auto const code = sqlite3_extended_errcode(database_);
    auto const* words = sqlite3_errmsg(database_);
    if ((code & 0xff) == SQLITE_FULL)
        return { Error::Kind::unavailable, "the disk is full; nothing was changed" };
    if ((code & 0xff) == SQLITE_CONSTRAINT)
        return { Error::Kind::conflict, fmt::format("the database refuses: {}", words) };
    return { Error::Kind::unavailable, fmt::format("database: {} ({})", words, code) };
}

Result<std::int64_t> Transaction::run_cells(std::string_view sql, std::vector<Cell> const& cells)
{
    return connection_.run(sql, cells, nullptr);
}

Result<void> Transaction::each_row(std::string_view sql, std::vector<Cell> const& cells,
    std::function<Result<void>(Row const&)> const& row)
{
    TRY(connection_.run(sql, cells, &row));
    return {};
}

} // namespace comity::store
