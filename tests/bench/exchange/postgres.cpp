// Two PostgreSQL clusters over mutual TLS 1.3, synchronous_commit on: a queue table at the source,
// relays that claim its rows with SKIP LOCKED, a table at the destination, receipts back at the
// source.
#include "bench/exchange/peer.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <libpq-fe.h>

#include <array>
#include <fstream>
#include <mutex>
#include <thread>

using namespace comity;

namespace {

constexpr std::size_t relays = 4;

struct ClearResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using Answer = std::unique_ptr<PGresult, ClearResult>;

class Session {
public:
    explicit Session(std::string const& address)
        : session_(PQconnectdb(address.c_str()))
    {
        if (PQstatus(session_.get()) != CONNECTION_OK)
            fmt::print(stderr, "{}\n", PQerrorMessage(session_.get()));
        MUST(PQstatus(session_.get()) == CONNECTION_OK && PQsslInUse(session_.get()) == 1);
    }
    /// Values and answers are binary: what one server gives another takes as it is.
    Answer run(char const* sql, std::vector<std::string_view> const& values = {})
    {
        std::vector<char const*> texts;
        std::vector<int> sizes;
        for (auto const each : values) {
            texts.push_back(each.data());
            sizes.push_back(static_cast<int>(each.size()));
        }
        std::vector<int> const formats(values.size(), 1);
        Answer answer { PQexecParams(session_.get(), sql, static_cast<int>(values.size()), nullptr,
            texts.data(), sizes.data(), formats.data(), 1) };
        auto const status = PQresultStatus(answer.get());
        if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
            fmt::print(stderr, "{}\n", PQerrorMessage(session_.get()));
        MUST(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK);
        return answer;
    }
    void add(char const* sql, std::string const& number, ByteView payload)
    {
        std::array<char const*, 2> const values { number.c_str(),
            reinterpret_cast<char const*>(payload.data()) };
        std::array<int, 2> const sizes { 0, static_cast<int>(payload.size()) };
        std::array<int, 2> const formats { 0, 1 };
        Answer const answer { PQexecParams(
            session_.get(), sql, 2, nullptr, values.data(), sizes.data(), formats.data(), 0) };
        MUST(PQresultStatus(answer.get()) == PGRES_COMMAND_OK);
    }

private:
    struct Finish {
        void operator()(PGconn* session) const { PQfinish(session); }
    };
    std::unique_ptr<PGconn, Finish> session_;
};

std::string server_folder()
{
    std::string newest;
    for (auto const& each : std::filesystem::directory_iterator { "/usr/lib/postgresql" })
        newest = std::max(newest, (each.path() / "bin").string());
    return newest;
}

/// As root the server runs as postgres, which it insists on.
std::string const owner = geteuid() == 0 ? "postgres" : "";

struct Cluster {
    std::uint16_t port = bench::free_port();
    std::filesystem::path data;
    bench::Program program;

    Cluster(bench::Credentials const& keys, std::string const& name)
        : data(make(keys, name))
        , program({ server_folder() + "/postgres", "-D", data, "-p", std::to_string(port) },
              keys.folder / (name + ".log"), owner)
    {
        program.wait_for(port);
    }
    static std::filesystem::path make(bench::Credentials const& keys, std::string const& name)
    {
        auto const data = keys.folder / name;
        bench::run_program({ server_folder() + "/initdb", "-D", data, "-U", "comity", "-A", "trust",
                               "-E", "UTF8", "--locale=C", "--no-sync" },
            owner);
        bench::run_program({ "cp", keys.folder / "server.key", data / "server.key" }, owner);
        bench::run_program({ "chmod", "600", data / "server.key" }, owner);
        std::ofstream hba { data / "pg_hba.conf" };
        hba << "hostssl all all 127.0.0.1/32 cert clientcert=verify-full\n";
        std::ofstream settings { data / "postgresql.auto.conf" };
        settings << "listen_addresses = '127.0.0.1'\nunix_socket_directories = ''\nssl = on\n"
                 << "ssl_min_protocol_version = 'TLSv1.3'\nssl_key_file = 'server.key'\n"
                 << "ssl_cert_file = '" << (keys.folder / "server.pem").string() << "'\n"
                 << "ssl_ca_file = '" << (keys.folder / "ca.pem").string() << "'\n"
                 << "max_connections = 300\nfsync = on\nsynchronous_commit = on\n";
        return data;
    }
    std::string address(bench::Credentials const& keys) const
    {
        return fmt::format("host=localhost hostaddr=127.0.0.1 port={} user=comity dbname=postgres "
                           "sslmode=verify-full sslrootcert={}/ca.pem sslcert={}/client.pem "
                           "sslkey={}/client.key",
            port, keys.folder.string(), keys.folder.string(), keys.folder.string());
    }
};

class Postgres final : public bench::Carrier {
public:
    explicit Postgres(std::filesystem::path const& folder)
        : keys_(folder)
        , source_(keys_, "source")
        , destination_(keys_, "destination")
    {
        std::filesystem::permissions(keys_.folder / "client.key",
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        Session { source_.address(keys_) }.run(
            "CREATE TABLE out (id BIGSERIAL PRIMARY KEY, number BIGINT, payload BYTEA)");
        Session { source_.address(keys_) }.run("CREATE TABLE receipt (number BIGINT, word BYTEA)");
        Session { destination_.address(keys_) }.run(
            "CREATE TABLE taken (number BIGINT PRIMARY KEY, payload BYTEA)");
        for (std::size_t i = 0; i < relays; ++i)
            relays_.emplace_back([this](std::stop_token const& stop) { relay(stop); });
    }
    void send(std::size_t number, Bytes const& payload) override
    {
        auto session = take();
        session->add("INSERT INTO out (number, payload) VALUES ($1::bigint, $2::bytea)",
            std::to_string(number), payload);
        std::scoped_lock const hold { mutex_ };
        idle_.push_back(std::move(session));
    }
    std::vector<pid_t> processes() const override
    {
        return { source_.program.pid(), destination_.program.pid() };
    }

private:
    std::unique_ptr<Session> take()
    {
        {
            std::scoped_lock const hold { mutex_ };
            if (!idle_.empty()) {
                auto out = std::move(idle_.back());
                idle_.pop_back();
                return out;
            }
        }
        return std::make_unique<Session>(source_.address(keys_));
    }
    void relay(std::stop_token const& stop)
    {
        Session source { source_.address(keys_) };
        Session destination { destination_.address(keys_) };
        while (!stop.stop_requested())
            if (!relay_some(source, destination))
                std::this_thread::sleep_for(std::chrono::milliseconds { 1 });
    }
    bool relay_some(Session& source, Session& destination)
    {
        source.run("BEGIN");
        // One row back: ids, numbers and payloads as arrays.
        auto const found = source.run(
            "SELECT array_agg(id), array_agg(number), array_agg(payload) FROM (SELECT id, number, "
            "payload FROM out ORDER BY id LIMIT 64 FOR UPDATE SKIP LOCKED) AS claimed");
        if (PQgetisnull(found.get(), 0, 0) == 1) {
            source.run("COMMIT");
            return false;
        }
        auto const column = [&](int at) {
            return std::string_view { PQgetvalue(found.get(), 0, at),
                static_cast<std::size_t>(PQgetlength(found.get(), 0, at)) };
        };
        destination.run("INSERT INTO taken SELECT * FROM unnest($1::bigint[], $2::bytea[])",
            { column(1), column(2) });
        source.run("INSERT INTO receipt SELECT number, decode(repeat('00', 32), 'hex') FROM "
                   "unnest($1::bigint[]) AS number",
            { column(1) });
        source.run("DELETE FROM out WHERE id = ANY ($1::bigint[])", { column(0) });
        source.run("COMMIT");
        note(column(1));
        return true;
    }
    /// An array of numbers: five words of head, then each with a word of length before it.
    void note(std::string_view numbers)
    {
        constexpr std::size_t head_bytes = 20, length_bytes = 4, number_bytes = 8;
        for (auto at = head_bytes + length_bytes; at < numbers.size();
            at += length_bytes + number_bytes)
            acknowledge(bench::number_in(as_view(numbers.substr(at, number_bytes))));
    }

    bench::Credentials keys_;
    Cluster source_, destination_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Session>> idle_;
    std::vector<std::jthread> relays_;
};

} // namespace

int main(int argc, char** argv)
{
    CLI::App app { "Two PostgreSQL clusters and relays under load" };
    std::string name = "PostgreSQL queue";
    std::size_t senders = 64;
    double seconds = 10;
    app.add_option("--name", name, "in the row");
    app.add_option("--senders", senders, "at once");
    app.add_option("--seconds", seconds, "of each run");
    CLI11_PARSE(app, argc, argv);
    ScratchFolder const folder;
    Postgres carrier { folder / "" };
    bench::measure(carrier, name, senders, seconds);
}
