#pragma once

#include "store/transaction.h"

#include <sqlite3.h>

#include <filesystem>
#include <memory>
#include <string>
#include <unordered_map>

namespace comity::store {

/// One SQLite connection with its prepared statements. The only code that calls sqlite3.
class Connection {
public:
    enum class Access : std::uint8_t { read_write, read_only };
    static Result<std::unique_ptr<Connection>> open(
        std::filesystem::path const& path, Access access);
    explicit Connection(sqlite3* database)
        : database_(database)
    {
    }
    ~Connection();
    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;

    /// Several statements without parameters, for migrations.
    Result<void> script(std::string const& sql);
    Result<std::int64_t> run(std::string_view sql, std::vector<Cell> const& cells,
        std::function<Result<void>(Row const&)> const* row);

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    Result<sqlite3_stmt*> prepare(std::string_view sql);
    Error failure() const;

    sqlite3* database_;
    std::unordered_map<std::string, std::unique_ptr<sqlite3_stmt, Finalize>> statements_;
};

} // namespace comity::store
