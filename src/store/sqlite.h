#pragma once

#include "store/connection.h"

#include <sqlite3.h>

#include <unordered_map>

namespace comity::store {

/// A database in one file, for one process. The only code that calls sqlite3.
class Sqlite final : public Connection {
public:
    static Result<std::unique_ptr<Connection>> open(std::string const& path, Access access);
    Sqlite(sqlite3* database, Access access)
        : database_(database)
        , access_(access)
    {
    }
    ~Sqlite() override;

    Result<void> script(std::string const& sql) override;
    /// Prepared once, as savepoints come with every work.
    Result<void> soon(std::string_view sql) override
    {
        TRY(run(sql, {}, nullptr));
        return {};
    }
    Result<std::int64_t> run(std::string_view sql, Cells cells,
        std::function<Result<void>(Row const&)> const* row) override;
    Result<void> walk(std::string_view sql, Cells cells,
        std::function<Result<void>(Row const&)> const& row) override;
    Result<void> begin() override;
    Result<void> commit() override { return script("COMMIT"); }
    Result<bool> part_sync() override;
    Result<void> sync() const override;
    /// SQLite undoes a failed statement alone.
    bool broken() const override { return false; }
    bool lost() override { return false; }
    bool shared() const override { return false; }
    Result<void> lock_schema() override { return {}; } // the one writer has it
    Result<void> announce(std::int64_t) override { return {}; }
    /// Nobody else can be there.
    Result<void> release_claims_of_the_dead() override { return script("DELETE FROM store_claim"); }
    Result<bool> has_table(std::string_view name) override;
    std::string in_dialect(std::string_view sql) const override;

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    Result<sqlite3_stmt*> prepare(std::string_view sql);
    Error failure() const;

    sqlite3* database_;
    Access access_;
    int log_ = -1; ///< The write-ahead log, where sync() brings it to the disk.
    /// Found by the text that a caller holds, without a copy of it.
    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    std::unordered_map<std::string, std::unique_ptr<sqlite3_stmt, Finalize>, Hash, std::equal_to<>>
        statements_;
};

} // namespace comity::store
