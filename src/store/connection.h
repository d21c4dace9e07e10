#pragma once

#include "store/transaction.h"

#include <memory>
#include <string>

namespace comity::store {

/// One connection with its prepared statements, on SQLite or PostgreSQL. All SQL of all rooms comes
/// through here, as one text.
class Connection {
public:
    enum class Access : std::uint8_t { read_write, read_only };
    /// A path is SQLite, postgresql://... is PostgreSQL. Errors: malformed (the address), not_found
    /// (no file to read), unavailable, conflict (a database in another encoding than UTF-8).
    static Result<std::unique_ptr<Connection>> open(std::string const& address, Access access);

    Connection() = default;
    virtual ~Connection() = default;
    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;

    /// Several statements without parameters.
    virtual Result<void> script(std::string const& sql) = 0;
    /// A statement that does not fail on its own; an engine far away sends it with the next one.
    virtual Result<void> soon(std::string_view sql) = 0;
    virtual Result<std::int64_t> run(
        std::string_view sql, Cells cells, std::function<Result<void>(Row const&)> const* row)
        = 0;

    /// The rows of a SELECT one after the other, never all of them in memory.
    virtual Result<void> walk(
        std::string_view sql, Cells cells, std::function<Result<void>(Row const&)> const& row)
        = 0;

    /// Begins a group of writes or a snapshot to read, as the connection was opened for.
    virtual Result<void> begin() = 0;
    /// After an error the transaction is undone; only if lost() as well is it unknown.
    virtual Result<void> commit() = 0;
    /// From now on commit() leaves to sync() what makes it durable. False where the engine cannot
    /// part the two.
    virtual Result<bool> part_sync() { return false; }
    /// On another thread too, while this connection works on what comes next.
    virtual Result<void> sync() const { return {}; }
    /// True when a statement failed, so that nothing but an undoing is taken any more.
    virtual bool broken() const = 0;
    /// True when this connection will never work again: open another.
    virtual bool lost() = 0;

    /// True when other processes may write to the same database.
    virtual bool shared() const = 0;
    /// While this connection lives others can see that this process does.
    virtual Result<void> announce(std::int64_t process) = 0;
    /// Gives back what processes claimed that live no more.
    virtual Result<void> release_claims_of_the_dead() = 0;
    /// Until the transaction ends no other process changes the tables.
    virtual Result<void> lock_schema() = 0;
    virtual Result<bool> has_table(std::string_view name) = 0;
    /// The text of a migration in the words of this engine.
    virtual std::string in_dialect(std::string_view sql) const = 0;
};

} // namespace comity::store
