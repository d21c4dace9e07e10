#include "store/sqlite.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cstring>

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

class SqliteRow final : public Row {
public:
    explicit SqliteRow(sqlite3_stmt* statement)
        : statement_(statement)
    {
    }
    bool null(int column) const override
    {
        return sqlite3_column_type(statement_, column) == SQLITE_NULL;
    }
    std::int64_t integer(int column) const override
    {
        return sqlite3_column_int64(statement_, column);
    }
    ByteView bytes(int column) const override
    {
        auto const* bytes
            = static_cast<std::uint8_t const*>(sqlite3_column_blob(statement_, column));
        auto const size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
        return size == 0 ? ByteView {} : ByteView { bytes, size };
    }

private:
    sqlite3_stmt* statement_;
};

} // namespace

Result<std::unique_ptr<Connection>> Sqlite::open(std::string const& path, Access access)
{
    // Before the first of them opens: what the library counts of its memory costs a lock for every
    // piece, and nobody reads it.
    static auto const counts_nothing = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    static_cast<void>(counts_nothing);
    sqlite3* database = nullptr;
    auto const flags = access == Access::read_only ? SQLITE_OPEN_READONLY
                                                   : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    auto const code
        = sqlite3_open_v2(path.c_str(), &database, flags | SQLITE_OPEN_NOMUTEX, nullptr);
    auto connection = std::make_unique<Sqlite>(database, access);
    if (code != SQLITE_OK)
        return Error { code == SQLITE_CANTOPEN ? Error::Kind::not_found : Error::Kind::unavailable,
            fmt::format("cannot open {}: {}", path, sqlite3_errmsg(database)) };
    sqlite3_busy_timeout(database, 10'000);
    // secure_delete: what is destroyed under Art. 31(4)(b) must leave the pages too.
    if (access == Access::read_write)
        TRY(connection->script("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                               "PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;"));
    TRY(connection->script("PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000;"));
    return std::unique_ptr<Connection> { std::move(connection) };
}

Sqlite::~Sqlite()
{
    statements_.clear();
    sqlite3_close(database_);
    if (log_ >= 0) ::close(log_);
}

/// With synchronous NORMAL a commit is whole in the log but not yet on the disk; SQLite still
/// brings the log there before it copies from it, and before it begins it anew.
Result<bool> Sqlite::part_sync()
{
    auto const* log = sqlite3_filename_wal(sqlite3_db_filename(database_, "main"));
    log_ = ::open(log, O_RDONLY | O_CLOEXEC);
    if (log_ < 0)
        return Error { Error::Kind::unavailable,
            fmt::format("cannot open {}: {}", log, std::strerror(errno)) };
    TRY(script("PRAGMA synchronous = NORMAL"));
    return true;
}

Result<void> Sqlite::sync() const
{
    while (log_ >= 0 && ::fdatasync(log_) != 0)
        if (errno != EINTR)
            return Error { Error::Kind::unavailable,
                fmt::format("the disk did not take what was written: {}", std::strerror(errno)) };
    return {};
}

Result<void> Sqlite::script(std::string const& sql)
{
    if (sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        return failure();
    return {};
}

Result<std::int64_t> Sqlite::run(
    std::string_view sql, Cells cells, std::function<Result<void>(Row const&)> const* row)
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
        if (row) TRY((*row)(SqliteRow { statement }));
    }
}

namespace {

/// To SQLite $2 is a name, counted by where it first appears; ?2 is the second parameter.
std::string with_numbers(std::string_view sql)
{
    std::string out { sql };
    for (std::size_t i = 0; i + 1 < out.size(); ++i)
        if (out[i] == '$' && out[i + 1] >= '1' && out[i + 1] <= '9') out[i] = '?';
    return out;
}

} // namespace

Result<sqlite3_stmt*> Sqlite::prepare(std::string_view sql)
{
    auto const known = statements_.find(sql);
    if (known != statements_.end()) return known->second.get();
    auto const numbered = with_numbers(sql);
    sqlite3_stmt* statement = nullptr;
    auto const code = sqlite3_prepare_v3(database_, numbered.data(),
        static_cast<int>(numbered.size()), SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) return failure();
    statements_.emplace(std::string { sql }, statement);
    return statement;
}

Error Sqlite::failure() const
{
    auto const code = sqlite3_extended_errcode(database_);
    auto const* words = sqlite3_errmsg(database_);
    if ((code & 0xff) == SQLITE_FULL)
        return { Error::Kind::unavailable, "the disk is full; nothing was changed" };
    if ((code & 0xff) == SQLITE_CONSTRAINT)
        return { Error::Kind::conflict, fmt::format("the database refuses: {}", words) };
    return { Error::Kind::unavailable, fmt::format("database: {} ({})", words, code) };
}

Result<void> Sqlite::walk(
    std::string_view sql, Cells cells, std::function<Result<void>(Row const&)> const& row)
{
    TRY(run(sql, cells, &row));
    return {};
}

Result<void> Sqlite::begin()
{
    return script(access_ == Access::read_write ? "BEGIN IMMEDIATE" : "BEGIN");
}

Result<bool> Sqlite::has_table(std::string_view name)
{
    bool found = false;
    std::function<Result<void>(Row const&)> const note = [&](Row const&) -> Result<void> {
        found = true;
        return {};
    };
    TRY(run("SELECT 1 FROM sqlite_master WHERE name = $1", std::array { Cell { name } }, &note));
    return found;
}

/// Only under this name does SQLite make the key the place of the row itself, which spares an index
/// and numbers the rows.
std::string Sqlite::in_dialect(std::string_view sql) const
{
    constexpr std::string_view ours = "BIGINT PRIMARY KEY", theirs = "INTEGER PRIMARY KEY";
    std::string out { sql };
    for (auto at = out.find(ours); at != out.npos; at = out.find(ours, at))
        out.replace(at, ours.size(), theirs);
    return out;
}

} // namespace comity::store
