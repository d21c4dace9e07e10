#include "exchange/pipe.h"

#include "http/server.h"
#include "http/throwaway_test.h"

#include <csignal>
#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <latch>
#include <thread>

namespace comity::http {
namespace {

using namespace test;
using exchange::Pipe;
using exchange::PipeEnd;
using exchange::PipeLimits;

/// Two nodes' certificates under one authority.
struct World {
    Authority authority;
    Identity sofia = authority.issue("TEST Sofia");
    Identity bucharest = authority.issue("TEST Bucharest");

    PipeEnd end(std::uint16_t port) const
    {
        return { .host = "127.0.0.1",
            .port = port,
            .certificate_pem = sofia.certificate_pem,
            .key_pem = sofia.key_pem,
            .authorities_pem = authority.pem(),
            .peer_certificates_sha256 = { bucharest.sha256 } };
    }
    std::unique_ptr<Server> serve(Handler handler, std::uint16_t port = 0,
        std::size_t connections_max = 8, Deadlines deadlines = {}) const
    {
        std::vector<Listener> listeners;
        listeners.push_back({ .via = Peer::Via::mutual_tls,
            .port = port,
            .identity = bucharest.tls(),
            .client_authorities_pem = authority.pem(),
            .body_bytes_max = std::size_t { 8 } << 20U,
            .connections_max = connections_max,
            .handler = std::move(handler) });
        return Server::start(std::move(listeners), deadlines, 2).take();
    }
};

Response echo(Request request)
{
    return { .status = 201,
        .headers = { { "content-type", "application/test" } },
        .body = std::move(request.body) };
}

Result<exchange::Reply> ask(PipeEnd end, PipeLimits limits = {})
{
    return Pipe::make(std::move(end), limits).take()->post("/p", "text/plain", as_view("question"));
}

Error failure_of(PipeEnd end, PipeLimits limits = {})
{
    auto const reply = ask(std::move(end), limits);
    return reply.ok() ? Error { Error::Kind::conflict, "there was an answer" } : reply.error();
}

/// A TLS server that takes one connection, reads one request and says what it is told to.
class Scripted {
public:
    enum class Ending : std::uint8_t { clean, cut };
    Scripted(
        Identity const& identity, std::string said, Ending ending, int version_max = TLS1_3_VERSION)
        : thread_([this, identity, said = std::move(said), ending, version_max] {
            run(identity, said, ending, version_max);
        })
    {
    }
    std::uint16_t port() const { return listener_.port(); }

private:
    void run(Identity const& identity, std::string const& said, Ending ending, int version_max)
    {
        auto* const context = SSL_CTX_new(TLS_server_method());
        SSL_CTX_set_max_proto_version(context, version_max);
        auto* bio = BIO_new_mem_buf(identity.certificate_pem.data(), -1);
        auto* const certificate = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr);
        BIO_free(bio);
        bio = BIO_new_mem_buf(identity.key_pem.data(), -1);
        auto* const key = PEM_read_bio_PrivateKey(bio, nullptr, nullptr, nullptr);
        BIO_free(bio);
        MUST(SSL_CTX_use_certificate(context, certificate) == 1);
        MUST(SSL_CTX_use_PrivateKey(context, key) == 1);
        auto const socket = listener_.accept();
        auto* const ssl = SSL_new(context);
        SSL_set_fd(ssl, socket);
        if (SSL_accept(ssl) == 1) {
            std::string asked(4096, ' ');
            SSL_read(ssl, asked.data(), static_cast<int>(asked.size()));
            // The client may have hung up in the middle of a long answer.
            std::signal(SIGPIPE, SIG_IGN);
            if (!said.empty()) SSL_write(ssl, said.data(), static_cast<int>(said.size()));
            if (ending == Ending::clean) SSL_shutdown(ssl);
            // A socket closed over unread bytes is reset, which would be another ending.
            ::shutdown(socket, SHUT_WR);
            while (::recv(socket, asked.data(), asked.size(), 0) > 0) { }
        }
        SSL_free(ssl);
        ::close(socket);
        X509_free(certificate);
        EVP_PKEY_free(key);
        SSL_CTX_free(context);
    }

    RawListener listener_;
    std::jthread thread_;
};

Result<exchange::Reply> ask_scripted(
    std::string said, Scripted::Ending ending, PipeLimits limits = {})
{
    World const world;
    Scripted const peer { world.bucharest, std::move(said), ending };
    return ask(world.end(peer.port()), limits);
}

std::string sized_answer(std::size_t bytes)
{
    return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(bytes) + "\r\n\r\n"
        + std::string(bytes, 'x');
}

} // namespace

TEST(Pipe, carries_bytes_there_and_back_and_shows_who_asks)
{
    World const world;
    Peer seen;
    std::string asked;
    auto const server = world.serve([&](Request request) {
        seen = request.peer;
        asked = request.method + " " + request.path + " "
            + std::string { request.header("content-type") };
        return echo(std::move(request));
    });
    Bytes body(3'000'000);
    for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<std::uint8_t>(i * 7 >> 3U);
    auto const pipe
        = Pipe::make(world.end(server->port(0)), { .reply_bytes_max = body.size() }).take();
    auto const reply = pipe->post("/peer/v1/messages", "application/octet-stream", body).take();
    EXPECT_EQ(reply.status, 201);
    EXPECT_EQ(reply.content_type, "application/test");
    EXPECT_EQ(reply.body, body);
    EXPECT_EQ(asked, "POST /peer/v1/messages application/octet-stream");
    EXPECT_EQ(seen.via, Peer::Via::mutual_tls);
    EXPECT_EQ(seen.certificate_sha256, world.sofia.sha256);
    EXPECT_FALSE(seen.certificate.empty());
}

TEST(Pipe, keeps_its_connection)
{
    World const world;
    auto const server = world.serve(echo, 0, 1);
    auto const pipe = Pipe::make(world.end(server->port(0))).take();
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(pipe->post("/", "text/plain", as_view("again")).ok());
    EXPECT_EQ(failure_of(world.end(server->port(0))).kind, Error::Kind::unavailable);
}

TEST(Pipe, replaces_a_connection_that_the_peer_has_closed)
{
    World const world;
    auto server = world.serve(echo);
    auto const port = server->port(0);
    auto const pipe = Pipe::make(world.end(port)).take();
    EXPECT_TRUE(pipe->post("/", "text/plain", as_view("one")).ok());
    server.reset();
    EXPECT_EQ(pipe->post("/", "text/plain", as_view("two")).error().kind, Error::Kind::unavailable);
    server = world.serve(echo, port);
    EXPECT_TRUE(pipe->post("/", "text/plain", as_view("three")).ok());
    server.reset();
    server = world.serve(echo, port);
    EXPECT_EQ(as_text(pipe->post("/", "text/plain", as_view("four")).value().body), "four");
}

TEST(Pipe, a_client_of_another_authority_or_out_of_date_is_not_let_in)
{
    World const world;
    std::atomic<int> asked = 0;
    auto const server = world.serve([&](Request request) {
        ++asked;
        return echo(std::move(request));
    });
    Authority const foreign { "TEST foreign authority" };
    for (auto const& wrong :
        { foreign.issue("TEST Sofia"), world.authority.issue("TEST Sofia", -2h, -1h),
            world.authority.issue("TEST Sofia", 1h, 2h) }) {
        auto end = world.end(server->port(0));
        end.certificate_pem = wrong.certificate_pem;
        end.key_pem = wrong.key_pem;
        EXPECT_EQ(failure_of(end).kind, Error::Kind::not_authentic);
    }
    EXPECT_TRUE(TlsClient(server->port(0), { .identity = &world.sofia })
            .ask("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            .starts_with("HTTP/1.1 201"));
    EXPECT_EQ(TlsClient(server->port(0), {}).ask("GET / HTTP/1.1\r\nHost: x\r\n\r\n"), "");
    EXPECT_FALSE(TlsClient(server->port(0), { &world.sofia, TLS1_2_VERSION }).greeted());
    EXPECT_EQ(asked, 1);
}

TEST(Pipe, a_server_that_is_not_the_agreed_one_gets_no_byte)
{
    World const world;
    std::atomic<int> asked = 0;
    auto const server = world.serve([&](Request request) {
        ++asked;
        return echo(std::move(request));
    });
    auto end = world.end(server->port(0));
    end.peer_certificates_sha256 = { world.sofia.sha256 };
    EXPECT_NE(failure_of(end).what.find("shows certificate " + world.bucharest.sha256),
        std::string::npos);
    EXPECT_EQ(failure_of(end).kind, Error::Kind::not_authentic);
    end.peer_certificates_sha256.push_back(world.bucharest.sha256);
    EXPECT_TRUE(ask(end).ok());
    end.authorities_pem = Authority { "TEST foreign authority" }.pem();
    EXPECT_EQ(failure_of(end).kind, Error::Kind::not_authentic);
    EXPECT_EQ(asked, 1);
}

TEST(Pipe, an_expired_server_is_refused_with_the_reason)
{
    World world;
    world.bucharest = world.authority.issue("TEST Bucharest", -2h, -1s);
    auto const server = world.serve(echo);
    auto const failure = failure_of(world.end(server->port(0)));
    EXPECT_EQ(failure.kind, Error::Kind::not_authentic);
    EXPECT_NE(failure.what.find("certificate has expired"), std::string::npos);
}

TEST(Pipe, a_server_that_speaks_only_TLS_1_2_is_refused)
{
    World const world;
    Scripted const peer { world.bucharest, sized_answer(1), Scripted::Ending::clean,
        TLS1_2_VERSION };
    EXPECT_EQ(failure_of(world.end(peer.port())).kind, Error::Kind::not_authentic);
}

TEST(Pipe, an_answer_cut_in_its_middle_is_no_answer)
{
    using enum Scripted::Ending;
    constexpr auto half = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf";
    EXPECT_EQ(ask_scripted(half, cut).error().kind, Error::Kind::unavailable);
    EXPECT_EQ(ask_scripted(half, clean).error().kind, Error::Kind::unavailable);
    EXPECT_EQ(
        ask_scripted("HTTP/1.1 200 OK\r\nCont", clean).error().kind, Error::Kind::unavailable);
    EXPECT_EQ(ask_scripted("", clean).error().kind, Error::Kind::unavailable);
    EXPECT_EQ(ask_scripted("", cut).error().kind, Error::Kind::unavailable);
}

TEST(Pipe, an_answer_without_length_must_end_in_the_TLS_way)
{
    constexpr auto open = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nall of it";
    EXPECT_EQ(as_text(ask_scripted(open, Scripted::Ending::clean).value().body), "all of it");
    EXPECT_EQ(ask_scripted(open, Scripted::Ending::cut).error().kind, Error::Kind::unavailable);
}

TEST(Pipe, an_answer_in_chunks_is_refused)
{
    constexpr auto head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (auto const* body : { "3\r\nabc\r\n0\r\n\r\n", "0\r\nabc\r\n0\r\n\r\n" })
        EXPECT_EQ(ask_scripted(std::string { head } + body, Scripted::Ending::clean).error().kind,
            Error::Kind::malformed);
}

TEST(Pipe, an_answer_over_its_limit_is_refused)
{
    PipeLimits const limits { .reply_bytes_max = 100 };
    auto const kind_of = [&](std::size_t bytes) {
        return ask_scripted(sized_answer(bytes), Scripted::Ending::clean, limits);
    };
    EXPECT_EQ(kind_of(99).value().body.size(), 99U);
    EXPECT_EQ(kind_of(100).value().body.size(), 100U);
    EXPECT_EQ(kind_of(101).error().kind, Error::Kind::too_large);
    EXPECT_EQ(ask_scripted("SSH-2.0-OpenSSH\r\n\r\n", Scripted::Ending::clean).error().kind,
        Error::Kind::malformed);
    EXPECT_EQ(
        ask_scripted("HTTP/1.1 200 OK\r\nX: " + std::string(40'000, 'x'), Scripted::Ending::clean)
            .error()
            .kind,
        Error::Kind::malformed);
}

TEST(Pipe, a_body_over_the_peers_limit_brings_its_413)
{
    World const world;
    auto const server = world.serve(echo);
    auto const pipe = Pipe::make(world.end(server->port(0))).take();
    Bytes const body((std::size_t { 8 } << 20U) + 1, 'x');
    EXPECT_EQ(pipe->post("/", "text/plain", body).value().status, 413);
    EXPECT_TRUE(pipe->post("/", "text/plain", as_view("small")).ok());
}

TEST(Pipe, a_peer_that_says_nothing_is_given_up_at_the_deadline)
{
    World const world;
    RawListener const silent; // The system accepts; nobody ever answers.
    EXPECT_EQ(
        failure_of(world.end(silent.port()), { .handshake = 50ms }).kind, Error::Kind::unavailable);
    std::latch over { 1 };
    auto const server = world.serve([&](Request request) {
        over.wait();
        return echo(std::move(request));
    });
    EXPECT_EQ(
        failure_of(world.end(server->port(0)), { .whole = 50ms }).kind, Error::Kind::unavailable);
    over.count_down();
}

TEST(Pipe, a_client_that_greets_and_then_says_nothing_is_closed_at_the_deadline)
{
    World const world;
    auto const server = world.serve(echo, 0, 8, { .header = 100ms });
    TlsClient half_open { server->port(0), { .identity = &world.sofia } };
    EXPECT_TRUE(half_open.greeted());
    EXPECT_TRUE(half_open.ask("POST / HT").starts_with("HTTP/1.1 408 "));
    RawClient mute { server->port(0) };
    EXPECT_EQ(mute.read_all(), "");
}

TEST(Pipe, nobody_there_is_said_with_the_address)
{
    World const world;
    auto server = world.serve(echo);
    auto const port = server->port(0);
    server.reset();
    auto const failure = failure_of(world.end(port));
    EXPECT_EQ(failure.kind, Error::Kind::unavailable);
    EXPECT_EQ(failure.what,
        "cannot reach 127.0.0.1 port " + std::to_string(port) + ": Connection refused");
}

TEST(Pipe, what_cannot_be_used_is_said_before_anything_is_sent)
{
    World const world;
    auto const field_of = [&](auto const& change) {
        auto end = world.end(1);
        change(end);
        auto const made = Pipe::make(std::move(end));
        return made.ok() ? "" : made.error().field;
    };
    EXPECT_EQ(field_of([](PipeEnd&) { }), "");
    EXPECT_EQ(field_of([](PipeEnd& e) { e.certificate_pem = "none"; }), "certificate_pem");
    EXPECT_EQ(field_of([](PipeEnd& e) { e.key_pem = "none"; }), "key_pem");
    EXPECT_EQ(field_of([&](PipeEnd& e) { e.key_pem = world.bucharest.key_pem; }), "key_pem");
    EXPECT_EQ(field_of([](PipeEnd& e) { e.authorities_pem = ""; }), "authorities_pem");
    EXPECT_EQ(
        field_of([](PipeEnd& e) { e.peer_certificates_sha256 = {}; }), "peer_certificates_sha256");
    EXPECT_EQ(field_of([](PipeEnd& e) { e.peer_certificates_sha256 = { "AB" }; }),
        "peer_certificates_sha256");
}

} // namespace comity::http
