#include "http/server.h"

#include "base/scratch.h"
#include "http/request_reader.h"
#include "http/throwaway_test.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <latch>
#include <thread>

namespace comity::http {
namespace {

using namespace test;

/// Tells what it was asked.
Response echo(Request request)
{
    std::string text = request.method;
    for (auto const& segment : request.segments) text += " /" + segment;
    for (auto const& [name, value] : request.query) text += " " + name + "=" + value;
    text += " [" + std::string { request.header("x-test") } + "] "
        + std::string { as_text(request.body) };
    return { .body = to_bytes(text) };
}

std::unique_ptr<Server> serve(Handler handler, Deadlines deadlines = {})
{
    std::vector<Listener> listeners;
    listeners.push_back({ .body_bytes_max = 1000, .connections_max = 3, .handler = handler });
    return Server::start(std::move(listeners), deadlines, 2).take();
}

/// What a fresh server says to these bytes, until it closes.
std::string answer_to(std::string_view bytes, Deadlines deadlines = {})
{
    auto const server = serve(echo, deadlines);
    RawClient client { server->port(0) };
    client.send(bytes);
    return client.read_all();
}

std::string status_of_answer(std::string_view bytes)
{
    auto const server = serve(echo);
    RawClient client { server->port(0) };
    client.send(bytes);
    auto const answer = client.read_until("\r\n");
    return answer.starts_with("HTTP/1.1 ") ? answer.substr(9, 3) : answer;
}

std::string get(std::string_view rest = "")
{
    return "GET / HTTP/1.1\r\nHost: x\r\n" + std::string { rest } + "\r\n";
}

std::string const closing = "Connection: close\r\n";

} // namespace

TEST(Server, a_request_reaches_the_handler_decoded_and_its_answer_the_client)
{
    auto const answer = answer_to("PUT /a%20b/c%2Fd?x=1&y=%D0%96+z HTTP/1.1\r\nHost: x\r\n"
                                  "X-Test:  yes \r\nContent-Length: 4\r\nConnection: close\r\n\r\n"
                                  "body");
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\n"));
    EXPECT_TRUE(answer.ends_with("\r\n\r\nPUT /a b /c/d x=1 y=Ж z [yes] body"));
}

TEST(Server, one_connection_carries_many_requests_also_sent_at_once)
{
    auto const server = serve(echo);
    RawClient client { server->port(0) };
    for (int i = 0; i < 3; ++i) {
        client.send(get());
        EXPECT_TRUE(client.read_response().ends_with("GET [] "));
    }
    client.send(get("X-Test: 1\r\n") + get("X-Test: 2\r\n" + closing));
    EXPECT_TRUE(client.read_response().ends_with("GET [1] "));
    EXPECT_TRUE(client.read_all().ends_with("GET [2] "));
}

TEST(Server, a_body_in_chunks_is_refused_whatever_its_trailer)
{
    auto const chunked = [](std::string const& body) {
        return status_of_answer(
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + body);
    };
    EXPECT_EQ(chunked("3\r\nabc\r\n0\r\n\r\n"), "411");
    EXPECT_EQ(chunked("0\r\nabc\r\n0\r\n\r\n"), "411"); // Aborts a bare Beast 1.81.
}

TEST(Server, what_two_readers_could_read_in_two_ways_is_refused)
{
    auto const with = [](std::string const& headers) {
        return status_of_answer("POST / HTTP/1.1\r\n" + headers + "\r\n0\r\n\r\n");
    };
    EXPECT_EQ(with("Host: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n"), "400");
    EXPECT_EQ(with("Host: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n"), "400");
    EXPECT_EQ(with("Host: x\r\nContent-Length: 5\r\nContent-Length: 5\r\n"), "400");
    EXPECT_EQ(with("Host: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n"), "400");
    EXPECT_EQ(with("Host: x\r\nContent-Length: 5, 5\r\n"), "400");
    EXPECT_EQ(with("Host: x\r\nContent-Length: +5\r\n"), "400");
    EXPECT_EQ(with("Host: x\r\nTransfer-Encoding: gzip, chunked\r\n"), "411");
    EXPECT_EQ(
        with("Host: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), "400");
    EXPECT_EQ(with("Host: x\r\nX: a\r\n b\r\n"), "400");
    EXPECT_EQ(with("Host: x\r\nHost: y\r\n"), "400");
    EXPECT_EQ(with("Host : x\r\n"), "400");
    EXPECT_EQ(with("X: y\r\n"), "400");
    EXPECT_EQ(with("Host: x\r\nExpect: more\r\n"), "400");
}

TEST(Server, a_target_or_line_that_is_none_is_refused)
{
    EXPECT_EQ(status_of_answer("GET http://x/ HTTP/1.1\r\nHost: x\r\n\r\n"), "400");
    EXPECT_EQ(status_of_answer("GET /../x HTTP/1.1\r\nHost: x\r\n\r\n"), "400");
    EXPECT_EQ(status_of_answer("GET /%00 HTTP/1.1\r\nHost: x\r\n\r\n"), "400");
    EXPECT_EQ(status_of_answer("nonsense\r\n\r\n"), "400");
    EXPECT_EQ(status_of_answer("GET / HTTP/2.0\r\nHost: x\r\n\r\n"), "505");
    auto const target = [](std::size_t bytes) {
        return status_of_answer("GET /" + std::string(bytes - 1, 'x')
            + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    };
    EXPECT_EQ(target(4095), "200");
    EXPECT_EQ(target(4096), "200");
    EXPECT_EQ(target(4097), "414");
}

TEST(Server, a_header_over_its_limits_is_refused)
{
    auto const sized = [](std::size_t bytes) {
        auto const start = "GET / HTTP/1.1\r\nHost: x\r\n" + closing + "X: ";
        return status_of_answer(start + std::string(bytes - start.size() - 4, 'x') + "\r\n\r\n");
    };
    EXPECT_EQ(sized(header_bytes_max - 1), "200");
    EXPECT_EQ(sized(header_bytes_max), "200");
    EXPECT_EQ(sized(header_bytes_max + 1), "431");
    auto const lines = [](std::size_t count) { // Host and Connection are two.
        std::string more = closing;
        for (std::size_t i = 2; i < count; ++i) more += "X: y\r\n";
        return status_of_answer(get(more));
    };
    EXPECT_EQ(lines(header_fields_max - 1), "200");
    EXPECT_EQ(lines(header_fields_max), "200");
    EXPECT_EQ(lines(header_fields_max + 1), "400");
}

TEST(Server, a_body_over_the_listeners_limit_is_refused_before_it_is_read)
{
    auto const sized = [](std::size_t bytes) {
        return status_of_answer("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                                "Content-Length: "
            + std::to_string(bytes) + "\r\n\r\n" + std::string(bytes, 'x'));
    };
    EXPECT_EQ(sized(999), "200");
    EXPECT_EQ(sized(1000), "200");
    EXPECT_EQ(sized(1001), "413");
    auto const answer = answer_to("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999\r\n\r\n");
    EXPECT_NE(answer.find(R"("kind":"too-large","field":"body")"), std::string::npos);
    EXPECT_NE(answer.find("at most 1000 bytes"), std::string::npos);
}

TEST(Server, a_client_that_asks_whether_to_go_on_is_told)
{
    auto const server = serve(echo);
    RawClient client { server->port(0) };
    client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("ab");
    EXPECT_TRUE(client.read_response().ends_with("POST [] ab"));
}

TEST(Server, HEAD_and_204_have_no_body)
{
    auto const head = answer_to("HEAD / HTTP/1.1\r\nHost: x\r\n" + closing + "\r\n");
    EXPECT_NE(head.find("Content-Length: 8\r\n"), std::string::npos);
    EXPECT_TRUE(head.ends_with("\r\n\r\n"));
    auto const server = serve([](Request const&) { return Response { .status = 204 }; });
    RawClient client { server->port(0) };
    client.send(get(closing));
    EXPECT_EQ(client.read_all(), "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");
}

TEST(Server, a_header_that_does_not_come_in_time_is_answered_408_and_closed)
{
    auto const answer = answer_to("GET / HT", { .header = 50ms });
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 408 "));
    EXPECT_EQ(answer_to("", { .header = 50ms }), "");
}

TEST(Server, a_deadline_that_gets_shorter_counts_at_once)
{
    auto const server = serve(echo, { .header = 100ms, .idle = 1h });
    RawClient client { server->port(0) };
    client.send(get());
    client.read_response();
    client.send("G");
    EXPECT_TRUE(client.read_all().starts_with("HTTP/1.1 408 "));
}

TEST(Server, a_body_that_does_not_come_in_time_is_answered_408)
{
    EXPECT_TRUE(
        answer_to("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab", { .body = 50ms })
            .starts_with("HTTP/1.1 408 "));
}

TEST(Server, an_idle_connection_is_closed_without_a_word)
{
    auto const server = serve(echo, { .idle = 50ms });
    RawClient client { server->port(0) };
    client.send(get());
    client.read_response();
    EXPECT_EQ(client.read_all(), "");
}

TEST(Server, a_client_that_does_not_read_is_let_go)
{
    constexpr std::size_t bytes = 64U << 20U;
    auto const server = serve(
        [](Request const&) { return Response { .body = Bytes(bytes, 'x') }; }, { .write = 100ms });
    RawClient slow { server->port(0) };
    slow.send(get());
    server->stop(); // Waits for what is under way: here, until the deadline ends it.
    EXPECT_LT(slow.read_all().size(), bytes);
}

TEST(Server, a_connection_too_many_is_told_so)
{
    auto const server = serve(echo);
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 3; ++i) {
        clients.push_back(std::make_unique<RawClient>(server->port(0)));
        clients.back()->send(get());
        EXPECT_TRUE(clients.back()->read_response().ends_with("GET [] "));
    }
    RawClient fourth { server->port(0) };
    EXPECT_TRUE(fourth.read_all().starts_with("HTTP/1.1 503 "));
}

TEST(Server, an_exception_of_a_library_ends_one_request_and_no_more)
{
    auto const server = serve([](Request const& request) {
        return Response { .status = std::stoi(std::string { request.header("x-test") }) };
    });
    RawClient client { server->port(0) };
    client.send(get("X-Test: none\r\n"));
    EXPECT_TRUE(client.read_response().starts_with("HTTP/1.1 500 "));
    client.send(get("X-Test: 201\r\n"));
    EXPECT_TRUE(client.read_response().starts_with("HTTP/1.1 201 "));
}

TEST(Server, a_port_in_use_is_named)
{
    auto const first = serve(echo);
    std::vector<Listener> listeners;
    listeners.push_back({ .port = first->port(0), .handler = echo });
    auto const second = Server::start(std::move(listeners));
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().kind, Error::Kind::conflict);
    EXPECT_EQ(second.error().what,
        "127.0.0.1 port " + std::to_string(first->port(0)) + " is in use by another program");
}

TEST(Server, plain_text_stays_on_the_loopback_address_unless_told)
{
    auto const start = [](std::string address, bool beyond) {
        std::vector<Listener> listeners;
        listeners.push_back(
            { .address = std::move(address), .plain_beyond_loopback = beyond, .handler = echo });
        return Server::start(std::move(listeners));
    };
    EXPECT_EQ(start("0.0.0.0", false).error().kind, Error::Kind::malformed);
    EXPECT_TRUE(start("0.0.0.0", true).ok());
    EXPECT_TRUE(start("127.0.0.2", false).ok());
    EXPECT_EQ(start("localhost", false).error().kind, Error::Kind::malformed);
}

TEST(Server, a_unix_socket_is_its_owners_alone)
{
    ScratchFolder const folder;
    auto const path = folder / "socket";
    auto const start = [&] {
        std::vector<Listener> listeners;
        listeners.push_back({ .via = Peer::Via::unix_socket, .socket = path, .handler = echo });
        return Server::start(std::move(listeners));
    };
    {
        auto const server = start();
        ASSERT_TRUE(server.ok());
        struct stat status {};
        ASSERT_EQ(::stat(path.c_str(), &status), 0);
        EXPECT_EQ(status.st_mode & 0777U, 0600U);
        EXPECT_EQ(start().error().kind, Error::Kind::conflict);
    }
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(Server, events_arrive_as_they_happen_and_a_heartbeat_between)
{
    EventHub hub { 7 };
    auto const server
        = serve([&](Request const&) { return Response { .events = hub.follow({}, {}).take() }; },
            { .heartbeat = 20ms });
    RawClient client { server->port(0) };
    client.send(get());
    EXPECT_NE(client.read_until("\r\n\r\n").find("Content-Type: text/event-stream\r\n"),
        std::string::npos);
    EXPECT_EQ(client.read_until(":\n\n"), ":\n\n");
    hub.publish({ "case", R"({"number":"TEST-1"})" });
    EXPECT_TRUE(client.read_until("}\n\n").ends_with(
        "id: 7\nevent: case\ndata: {\"number\":\"TEST-1\"}\n\n"));
}

TEST(Server, an_event_stream_ends_at_its_limit)
{
    EventHub hub { 1 };
    auto const server
        = serve([&](Request const&) { return Response { .events = hub.follow({}, {}).take() }; },
            { .stream = 50ms });
    RawClient client { server->port(0) };
    client.send(get());
    EXPECT_TRUE(client.read_all().ends_with("\r\n\r\n"));
}

TEST(Server, an_event_stream_ends_when_its_client_leaves)
{
    EventHub hub { 1 };
    auto const stream = hub.follow({}, {}).take();
    auto const server = serve([&](Request const&) { return Response { .events = stream }; });
    {
        RawClient client { server->port(0) };
        client.send(get());
        client.read_until("\r\n\r\n");
        EXPECT_FALSE(stream->ended());
    }
    while (!stream->ended()) std::this_thread::yield();
}

TEST(Server, stopping_lets_what_is_under_way_end_and_closes_the_rest)
{
    EventHub hub { 1 };
    std::latch started { 1 };
    std::latch released { 1 };
    auto const server = serve([&](Request const& request) {
        if (request.segments.empty()) return Response { .events = hub.follow({}, {}).take() };
        started.count_down();
        released.wait();
        return Response { .body = to_bytes("done") };
    });
    auto const port = server->port(0);
    RawClient follower { port };
    follower.send(get());
    follower.read_until("\r\n\r\n");
    RawClient idle { port };
    RawClient busy { port };
    busy.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
    started.wait();
    std::thread stopping { [&] { server->stop(); } };
    EXPECT_EQ(follower.read_all(), "");
    EXPECT_EQ(idle.read_all(), "");
    released.count_down();
    EXPECT_TRUE(busy.read_all().ends_with("Connection: close\r\nContent-Length: 4\r\n\r\ndone"));
    stopping.join();
}

TEST(Server, TLS_is_1_3_and_nothing_older)
{
    Authority const authority;
    std::vector<Listener> listeners;
    listeners.push_back(
        { .via = Peer::Via::tls, .identity = authority.issue("TEST desk").tls(), .handler = echo });
    auto const server = Server::start(std::move(listeners)).take();
    TlsClient now { server->port(0), {} };
    EXPECT_TRUE(now.greeted());
    EXPECT_TRUE(now.ask(get()).ends_with("GET [] "));
    EXPECT_FALSE(TlsClient(server->port(0), { .version_max = TLS1_2_VERSION }).greeted());
}

TEST(Server, a_certificate_or_key_that_cannot_be_used_is_said_at_start)
{
    Authority const authority;
    auto const one = authority.issue("TEST one");
    auto const other = authority.issue("TEST other");
    auto const start = [&](TlsIdentity identity, std::string authorities) {
        std::vector<Listener> listeners;
        listeners.push_back({ .via = Peer::Via::mutual_tls,
            .identity = std::move(identity),
            .client_authorities_pem = std::move(authorities),
            .handler = echo });
        auto const started = Server::start(std::move(listeners));
        return started.ok() ? "" : started.error().what;
    };
    EXPECT_EQ(start(one.tls(), authority.pem()), "");
    EXPECT_TRUE(start({ "none", one.key_pem }, authority.pem()).starts_with("the certificate"));
    EXPECT_TRUE(start({ one.certificate_pem, other.key_pem }, authority.pem())
            .starts_with("the key cannot be read or is not the certificate's"));
    EXPECT_TRUE(start(one.tls(), "none").starts_with("the clients' authorities"));
}

TEST(Server, a_desk_asks_for_a_certificate_of_its_authorities_and_takes_who_shows_none)
{
    Authority const authority, stranger;
    auto const own = authority.issue("TEST node");
    auto const officer = authority.issue("TEST officer");
    auto const other = stranger.issue("TEST stranger");
    std::vector<Listener> listeners;
    listeners.push_back({ .via = Peer::Via::tls,
        .identity = own.tls(),
        .client_authorities_pem = authority.pem(),
        .handler = [](Request const& request) {
            return Response { .body = to_bytes("[" + request.peer.certificate_sha256 + "]") };
        } });
    auto const server = Server::start(std::move(listeners)).take();
    auto const asked = [&](Identity const* identity) {
        TlsClient client { server->port(0), { .identity = identity } };
        return client.ask("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    };
    EXPECT_NE(asked(nullptr).find("[]"), std::string::npos);
    EXPECT_NE(asked(&officer).find("[" + officer.sha256 + "]"), std::string::npos);
    EXPECT_EQ(asked(&other), "");
}

TEST(Server, a_request_hidden_in_another_is_never_answered)
{
    // Two lengths, a length and chunks, a bare line feed, spaces before a colon, a folded line, an
    // unknown coding, a sign before a length: each is where one reader sees one request and
    // another two.
    for (auto const* head : { "Content-Length: 5\r\nContent-Length: 0",
             "Content-Length: 5\r\nTransfer-Encoding: chunked", "Transfer-Encoding: chunked, x",
             "Transfer-Encoding : chunked", "Transfer-Encoding:\vchunked", "Content-Length: +5",
             "Content-Length: 5, 5", "Content-Length: 0x5", "X: y\r\n Content-Length: 5",
             "Content-Length : 5", "Content-Length: 5\nX: y" }) {
        auto const said = answer_to(std::string { "POST / HTTP/1.1\r\nHost: x\r\n" } + head
            + "\r\n\r\nGET /hidden HTTP/1.1\r\nHost: x\r\n\r\n");
        EXPECT_EQ(said.find("/hidden"), std::string::npos) << head;
        EXPECT_TRUE(said.starts_with("HTTP/1.1 4")) << head << said;
    }
}

} // namespace comity::http
