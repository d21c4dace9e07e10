#pragma once

#include "store/connection.h"

#include <libpq-fe.h>

#include <unordered_map>

namespace comity::store {

/// A session of a PostgreSQL server, for any number of processes. The only code that calls libpq.
///
/// Values travel in binary. What `soon` was given, a statement not prepared yet and the statement
/// itself go out together and are answered together, so that a savepoint costs no way to the
/// server and back.
class Postgres final : public Connection {
public:
    static Result<std::unique_ptr<Connection>> open(std::string const& address, Access access);
    Postgres(PGconn* session, Access access);
    ~Postgres() override;

    Result<void> script(std::string const& sql) override;
    Result<void> soon(std::string_view sql) override;
    Result<std::int64_t> run(std::string_view sql, Cells cells,
        std::function<Result<void>(Row const&)> const* row) override;
    Result<void> walk(std::string_view sql, Cells cells,
        std::function<Result<void>(Row const&)> const& row) override;
    Result<void> begin() override;
    Result<void> commit() override;
    bool broken() const override { return PQtransactionStatus(session_) == PQTRANS_INERROR; }
    bool lost() override;
    bool shared() const override { return true; }
    Result<void> lock_schema() override;
    Result<void> announce(std::int64_t process) override;
    Result<void> release_claims_of_the_dead() override;
    Result<bool> has_table(std::string_view name) override;
    std::string in_dialect(std::string_view sql) const override;

private:
    struct Clear {
        void operator()(PGresult* result) const { PQclear(result); }
    };
    using Answer = std::unique_ptr<PGresult, Clear>;

    Result<void> set_up();
    std::string take_waiting();
    Result<Answer> answer(std::string_view sql, Cells cells);
    bool send_prepare(std::string_view sql, std::string const& name, Cells cells);
    bool send_prepared(std::string const& name, Cells cells);
    bool send(std::string const& sql, Cells cells);
    Result<Answer> trip(
        std::function<bool()> const& send_more, std::size_t statements, std::size_t& answered);
    Result<Answer> collect(std::size_t statements, std::size_t& answered);
    static Result<int> show(
        PGresult const* result, std::function<Result<void>(Row const&)> const& row);
    Error failure(PGresult const* result);
    static void note_warning(void* self, PGresult const* notice);

    PGconn* session_;
    Access access_;
    bool lost_ = false;
    std::string warning_;
    std::vector<std::string> waiting_; // what `soon` was given since the last way to the server
    std::size_t named_ = 0; // statements and walks so far
    std::unordered_map<std::string, std::string> statements_; // text -> name on the server
};

} // namespace comity::store
