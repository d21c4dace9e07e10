#include "store/postgres.h"

#include <fmt/format.h>

#include <array>

namespace comity::store {
namespace {

// The numbers by which the server knows its types (catalog/pg_type.dat): part of its protocol.
enum TypeNumber : std::uint8_t {
    boolean = 16,
    bytea = 17,
    int8 = 20,
    int2 = 21,
    int4 = 23,
    text = 25
};

constexpr int walk_rows = 1000;
constexpr int process_locks = 1'129'270'361; // the first half of the name of such a lock

Oid type_of(Cell const& cell)
{
    if (std::holds_alternative<std::int64_t>(cell)) return int8;
    if (std::holds_alternative<std::string_view>(cell)) return text;
    if (std::holds_alternative<ByteView>(cell)) return bytea;
    return 0; // a null takes the type of its place
}

std::vector<Oid> types_of(Cells cells)
{
    std::vector<Oid> out;
    out.reserve(cells.size());
    for (auto const& cell : cells) out.push_back(type_of(cell));
    return out;
}

/// The values of one statement as libpq wants them.
class Arguments {
public:
    explicit Arguments(Cells cells)
        : numbers_(cells.size())
        , formats_(cells.size(), 1)
    {
        for (std::size_t i = 0; i < cells.size(); ++i) add(cells[i], i);
    }
    char const* const* values() const { return values_.data(); }
    int const* lengths() const { return lengths_.data(); }
    int const* formats() const { return formats_.data(); }

private:
    using Number = std::array<char, 8>;
    void add(Cell const& cell, std::size_t at)
    {
        std::string_view value;
        if (auto const* number = std::get_if<std::int64_t>(&cell)) {
            for (std::size_t i = 0; i < 8; ++i)
                numbers_[at][i] = static_cast<char>(*number >> (56 - 8 * i));
            value = { numbers_[at].data(), 8 };
        }
        if (auto const* words = std::get_if<std::string_view>(&cell)) value = *words;
        if (auto const* bytes = std::get_if<ByteView>(&cell)) value = as_text(*bytes);
        bool const null = std::holds_alternative<std::nullptr_t>(cell);
        values_.push_back(null ? nullptr : value.data() ? value.data() : "");
        lengths_.push_back(static_cast<int>(value.size()));
    }

    std::vector<Number> numbers_;
    std::vector<char const*> values_;
    std::vector<int> lengths_, formats_;
};

class PostgresRow final : public Row {
public:
    PostgresRow(PGresult const* result, int row)
        : result_(result)
        , row_(row)
    {
    }
    bool null(int column) const override { return PQgetisnull(result_, row_, column) == 1; }
    std::int64_t integer(int column) const override
    {
        auto const view = bytes(column);
        if (view.empty()) return 0;
        std::uint64_t out = view[0] >= 0x80 ? ~std::uint64_t { 0 } : 0;
        for (auto const byte : view) out = out << 8U | byte;
        return static_cast<std::int64_t>(out);
    }
    ByteView bytes(int column) const override
    {
        auto const size = static_cast<std::size_t>(PQgetlength(result_, row_, column));
        return as_view({ PQgetvalue(result_, row_, column), size });
    }

private:
    PGresult const* result_;
    int row_;
};

/// Only what a Row can show: a sum, say, is a number of any length on this engine.
Result<void> check_types(PGresult const* result)
{
    for (int column = 0; column < PQnfields(result); ++column) switch (PQftype(result, column)) {
        case boolean:
        case bytea:
        case int8:
        case int2:
        case int4:
        case text: break;
        default:
            return Error { Error::Kind::unavailable,
                fmt::format("database: column {} is no BIGINT, TEXT or BYTEA: cast it in the SQL",
                    PQfname(result, column)) };
        }
    return {};
}

std::string one_line(std::string_view words)
{
    std::string out;
    for (char const c : words.substr(0, words.find_last_not_of('\n') + 1))
        out += c == '\n' || c == '\t' ? ' ' : c;
    return out;
}

std::string field(PGresult const* result, int code)
{
    auto const* found = result ? PQresultErrorField(result, code) : nullptr;
    return found ? found : "";
}

void replace_all(std::string& in, std::string_view ours, std::string_view theirs)
{
    for (auto at = in.find(ours); at != in.npos; at = in.find(ours, at + theirs.size()))
        in.replace(at, ours.size(), theirs);
}

/// The address with our defaults, which its own settings override. Of several servers the one that
/// writes is wanted; a server that fell silent is given up after about twenty seconds.
PGconn* connect(std::string const& address)
{
    constexpr std::array names { "fallback_application_name", "connect_timeout",
        "target_session_attrs", "keepalives_idle", "keepalives_interval", "keepalives_count",
        "tcp_user_timeout", "dbname", "client_encoding", static_cast<char const*>(nullptr) };
    std::array const values { "comity", "5", "read-write", "10", "5", "2", "20000", address.c_str(),
        "UTF8", static_cast<char const*>(nullptr) };
    return PQconnectdbParams(names.data(), values.data(), 1);
}

} // namespace

Postgres::Postgres(PGconn* session, Access access)
    : session_(session)
    , access_(access)
{
    PQsetNoticeReceiver(session_, note_warning, this);
}

Postgres::~Postgres()
{
    // Said before leaving: the server takes note of a session's end only some time after it.
    if (PQstatus(session_) == CONNECTION_OK)
        PQclear(PQexec(session_, "SELECT pg_advisory_unlock_all()"));
    PQfinish(session_);
}

void Postgres::note_warning(void* self, PGresult const* notice)
{
    if (field(notice, PG_DIAG_SEVERITY_NONLOCALIZED) == "WARNING")
        static_cast<Postgres*>(self)->warning_ = field(notice, PG_DIAG_MESSAGE_PRIMARY);
}

Result<std::unique_ptr<Connection>> Postgres::open(std::string const& address, Access access)
{
    char* wrong = nullptr;
    auto* const parsed = PQconninfoParse(address.c_str(), &wrong);
    std::string const reason = wrong ? one_line(wrong) : "";
    PQfreemem(wrong);
    PQconninfoFree(parsed);
    if (!parsed)
        return Error { Error::Kind::malformed, fmt::format("the database address: {}", reason),
            "database" };
    auto made = std::make_unique<Postgres>(connect(address), access);
    TRY(made->set_up());
    return std::unique_ptr<Connection> { std::move(made) };
}

Result<void> Postgres::set_up()
{
    if (PQstatus(session_) != CONNECTION_OK)
        return Error { Error::Kind::unavailable,
            fmt::format("the database server: {}", one_line(PQerrorMessage(session_))) };
    auto const* const encoding = PQparameterStatus(session_, "server_encoding");
    if (!encoding || std::string_view { encoding } != "UTF8")
        return Error { Error::Kind::conflict,
            fmt::format("the database must be in UTF8, it is in {}", encoding ? encoding : "?"),
            "database" };
    // A server may be set to answer before a commit is on disk: not to us. A writer that stopped in
    // the middle of a group must not hold up the other processes for ever.
    TRY(script("SELECT set_config('synchronous_commit', 'on', false) WHERE "
               "current_setting('synchronous_commit') IN ('off', 'local', 'remote_write')"));
    if (access_ == Access::read_only) return {};
    return script("SET idle_in_transaction_session_timeout = '30s'; SET lock_timeout = '60s'");
}

Result<void> Postgres::soon(std::string_view sql)
{
    waiting_.emplace_back(sql);
    return {};
}

std::string Postgres::take_waiting()
{
    std::string out;
    for (auto const& sql : std::exchange(waiting_, {})) out += sql + ";";
    return out;
}

Result<void> Postgres::script(std::string const& sql)
{
    auto const text = take_waiting() + sql;
    Answer const result { PQexec(session_, text.c_str()) };
    auto const status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) return failure(result.get());
    return {};
}

Result<void> Postgres::begin()
{
    return soon(access_ == Access::read_write ? "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
                                              : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
}

Result<void> Postgres::commit()
{
    warning_.clear();
    auto const text = take_waiting() + "COMMIT";
    Answer const result { PQexec(session_, text.c_str()) };
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) return failure(result.get());
    if (std::string_view { PQcmdStatus(result.get()) } != "COMMIT")
        return Error { Error::Kind::unavailable, "database: the transaction was undone" };
    if (warning_.empty()) return {};
    // So the server says that it stopped waiting for its standby: on disk here, and not yet there.
    lost_ = true;
    return Error { Error::Kind::unavailable, fmt::format("database: {}", warning_) };
}

bool Postgres::lost()
{
    // Twice: the server's last words come before the end of the line.
    if (!lost_ && (PQconsumeInput(session_) == 0 || PQconsumeInput(session_) == 0)) lost_ = true;
    if (PQstatus(session_) == CONNECTION_BAD) lost_ = true;
    return lost_;
}

Result<void> Postgres::lock_schema()
{
    return script("SELECT pg_advisory_xact_lock(hashtextextended('comity tables', 0))");
}

/// By a lock of the session's own: it falls with the session, and everybody sees who holds one.
/// Locks are the whole server database's, processes are numbered in each schema.
Result<void> Postgres::announce(std::int64_t process)
{
    return script(fmt::format("SELECT pg_advisory_lock_shared({}, "
                              "hashtext(current_schema() || '/' || {}::text))",
        process_locks, process));
}

Result<void> Postgres::release_claims_of_the_dead()
{
    return script(fmt::format(
        "DELETE FROM store_claim WHERE "
        "(hashtext(current_schema() || '/' || process::text)::bigint "
        "& 4294967295) NOT IN (SELECT objid::bigint FROM pg_locks WHERE locktype = 'advisory' "
        "AND classid = {} AND objsubid = 2)",
        process_locks));
}

Result<bool> Postgres::has_table(std::string_view name)
{
    auto const found
        = TRY(answer("SELECT to_regclass($1) IS NOT NULL", std::array { Cell { name } }));
    return PostgresRow { found.get(), 0 }.integer(0) == 1;
}

/// Keys number their rows, and texts sort by their bytes: as SQLite does on its own.
std::string Postgres::in_dialect(std::string_view sql) const
{
    std::string out { sql };
    replace_all(out, "BIGINT PRIMARY KEY", "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY");
    replace_all(out, " TEXT", " TEXT COLLATE \"C\"");
    return out;
}

Result<int> Postgres::show(
    PGresult const* result, std::function<Result<void>(Row const&)> const& row)
{
    TRY(check_types(result));
    auto const count = PQntuples(result);
    for (int i = 0; i < count; ++i) TRY(row(PostgresRow { result, i }));
    return count;
}

Result<std::int64_t> Postgres::run(
    std::string_view sql, Cells cells, std::function<Result<void>(Row const&)> const* row)
{
    auto const result = TRY(answer(sql, cells));
    if (row) TRY(show(result.get(), *row));
    std::int64_t count = 0;
    for (char const digit : std::string_view { PQcmdTuples(result.get()) })
        count = count * 10 + (digit - '0');
    return count;
}

/// A cursor and its first rows in one way to the server and back; it is closed with the next
/// statement, or by the end of the transaction.
Result<void> Postgres::walk(
    std::string_view sql, Cells cells, std::function<Result<void>(Row const&)> const& row)
{
    auto const name = fmt::format("walk_{}", named_++);
    auto const declare = fmt::format("DECLARE {} NO SCROLL CURSOR FOR {}", name, sql);
    auto const fetch = fmt::format("FETCH {} FROM {}", walk_rows, name);
    std::size_t answered = 0;
    auto result = TRY(trip([&] { return send(declare, cells) && send(fetch, {}); }, 2, answered));
    while (TRY(show(result.get(), row)) == walk_rows)
        result = TRY(trip([&] { return send(fetch, {}); }, 1, answered));
    return soon("CLOSE " + name);
}

Result<Postgres::Answer> Postgres::answer(std::string_view sql, Cells cells)
{
    std::size_t answered = 0;
    std::string const text { sql };
    if (auto const known = statements_.find(text); known != statements_.end())
        return trip([&] { return send_prepared(known->second, cells); }, 1, answered);
    auto const name = fmt::format("statement_{}", named_++);
    auto const before = waiting_.size();
    auto result = trip(
        [&] { return send_prepare(text, name, cells) && send_prepared(name, cells); }, 2, answered);
    if (answered > before) statements_.emplace(text, name);
    return result;
}

/// Sends what waits and `statements` more, and takes the answers.
Result<Postgres::Answer> Postgres::trip(
    std::function<bool()> const& send_more, std::size_t statements, std::size_t& answered)
{
    if (PQenterPipelineMode(session_) != 1) return failure(nullptr);
    auto const before = std::exchange(waiting_, {});
    bool sent = true;
    for (auto const& sql : before) sent = sent && send(sql, {});
    if (!sent || !send_more() || PQpipelineSync(session_) != 1) return failure(nullptr);
    return collect(before.size() + statements, answered);
}

bool Postgres::send_prepare(std::string_view sql, std::string const& name, Cells cells)
{
    auto const types = types_of(cells);
    return PQsendPrepare(session_, name.c_str(), std::string { sql }.c_str(),
               static_cast<int>(types.size()), types.data())
        == 1;
}

bool Postgres::send_prepared(std::string const& name, Cells cells)
{
    Arguments const arguments { cells };
    return PQsendQueryPrepared(session_, name.c_str(), static_cast<int>(cells.size()),
               arguments.values(), arguments.lengths(), arguments.formats(), 1)
        == 1;
}

bool Postgres::send(std::string const& sql, Cells cells)
{
    Arguments const arguments { cells };
    return PQsendQueryParams(session_, sql.c_str(), static_cast<int>(cells.size()),
               types_of(cells).data(), arguments.values(), arguments.lengths(), arguments.formats(),
               1)
        == 1;
}

/// The answer to the last statement, or the first error; how many were answered well.
Result<Postgres::Answer> Postgres::collect(std::size_t statements, std::size_t& answered)
{
    Answer last;
    std::optional<Error> first;
    for (std::size_t i = 0; i < statements; ++i) {
        last.reset(PQgetResult(session_));
        auto const status = PQresultStatus(last.get());
        bool const good = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
        if (!good && !first) first = failure(last.get());
        if (!first) ++answered;
        if (lost_) return *first;
        if (Answer const end { PQgetResult(session_) }; end) {
            lost_ = true;
            return first ? *first : failure(end.get());
        }
    }
    Answer const sync { PQgetResult(session_) };
    if (PQresultStatus(sync.get()) != PGRES_PIPELINE_SYNC || PQexitPipelineMode(session_) != 1) {
        lost_ = true;
        return first ? *first : failure(nullptr);
    }
    if (first) return *first;
    return last;
}

Error Postgres::failure(PGresult const* result)
{
    auto const code = field(result, PG_DIAG_SQLSTATE);
    auto words = field(result, PG_DIAG_MESSAGE_PRIMARY);
    // Classes 08 and 57P: the line or the server ends; 25006: it became a standby; 25P03: it gave
    // us up; no code at all: libpq itself has lost it.
    if (code.empty() || code.starts_with("08") || code.starts_with("57P") || code == "25006"
        || code == "25P03" || PQstatus(session_) == CONNECTION_BAD) {
        lost_ = true;
        if (words.empty()) words = one_line(PQerrorMessage(session_));
        return { Error::Kind::unavailable, fmt::format("the database server is away: {}", words) };
    }
    if (code == "53100")
        return { Error::Kind::unavailable, "the disk is full; nothing was changed" };
    if (code.starts_with("23"))
        return { Error::Kind::conflict, fmt::format("the database refuses: {}", words) };
    if (code == "22021" || code == "22P05")
        return { Error::Kind::malformed, "a text with a NUL or no UTF-8 cannot be kept" };
    return { Error::Kind::unavailable, fmt::format("database: {} ({})", words, code) };
}

} // namespace comity::store
