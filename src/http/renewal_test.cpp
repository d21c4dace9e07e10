#include "http/server.h"

#include "exchange/pipe.h"
#include "http/throwaway_test.h"

#include <gtest/gtest.h>

namespace comity::http {
namespace {

using namespace test;
using exchange::Pipe;
using exchange::PipeEnd;

Response echo(Request request)
{
    return { 200, { { "content-type", "application/test" } }, std::move(request.body), {} };
}

std::unique_ptr<Server> serve(Identity const& identity, std::string const& clients)
{
    std::vector<Listener> listeners;
    listeners.push_back({ .via = Peer::Via::mutual_tls,
        .identity = identity.tls(),
        .client_authorities_pem = clients,
        .handler = echo });
    return Server::start(std::move(listeners)).take();
}

PipeEnd end(Server const& server, Identity const& own, Authority const& authority,
    std::vector<std::string> peers)
{
    return { .host = "127.0.0.1",
        .port = server.port(0),
        .certificate_pem = own.certificate_pem,
        .key_pem = own.key_pem,
        .authorities_pem = authority.pem(),
        .peer_certificates_sha256 = std::move(peers) };
}

bool answered(Pipe& pipe)
{
    auto const reply = pipe.post("/p", "text/plain", as_view("question"));
    return reply.ok() && reply.value().status == 200;
}

} // namespace

TEST(Renewal, a_new_certificate_is_shown_to_who_comes_and_who_is_there_stays)
{
    Authority const authority;
    auto const client = authority.issue("TEST Sofia");
    auto const old = authority.issue("TEST old"), fresh = authority.issue("TEST new");
    auto const server = serve(old, authority.pem());
    auto const there = Pipe::make(end(*server, client, authority, { old.sha256 })).take();
    EXPECT_TRUE(answered(*there));
    ASSERT_TRUE(server->renew(0, fresh.tls(), authority.pem()).ok());
    EXPECT_TRUE(answered(*there));
    auto const known = Pipe::make(end(*server, client, authority, { fresh.sha256 })).take();
    EXPECT_TRUE(answered(*known));
    auto const both
        = Pipe::make(end(*server, client, authority, { old.sha256, fresh.sha256 })).take();
    EXPECT_TRUE(answered(*both));
    auto const late = Pipe::make(end(*server, client, authority, { old.sha256 })).take();
    EXPECT_FALSE(answered(*late));
}

TEST(Renewal, clients_of_another_authority_are_let_in_from_then_on)
{
    Authority const authority, other { "TEST other authority" };
    auto const identity = authority.issue("TEST Bucharest");
    auto const newcomer = other.issue("TEST Budapest");
    auto const server = serve(identity, authority.pem());
    auto const come = [&] {
        auto const pipe = Pipe::make(end(*server, newcomer, authority, { identity.sha256 })).take();
        return answered(*pipe);
    };
    EXPECT_FALSE(come());
    ASSERT_TRUE(server->renew(0, identity.tls(), authority.pem() + other.pem()).ok());
    EXPECT_TRUE(come());
    ASSERT_TRUE(server->renew(0, identity.tls(), authority.pem()).ok());
    EXPECT_FALSE(come());
}

TEST(Renewal, what_cannot_be_used_changes_nothing)
{
    Authority const authority;
    auto const client = authority.issue("TEST Sofia"), old = authority.issue("TEST old");
    auto const server = serve(old, authority.pem());
    EXPECT_EQ(server->renew(0, { "none", old.key_pem }, authority.pem()).error().field, "identity");
    EXPECT_FALSE(server->renew(0, { old.certificate_pem, client.key_pem }, authority.pem()).ok());
    EXPECT_FALSE(server->renew(0, old.tls(), "none").ok());
    auto const pipe = Pipe::make(end(*server, client, authority, { old.sha256 })).take();
    EXPECT_TRUE(answered(*pipe));
}

TEST(Renewal, a_key_is_given_as_an_object_in_place_of_its_text)
{
    Authority const authority;
    auto const client = authority.issue("TEST Sofia"), identity = authority.issue("TEST one");
    auto const server = serve(identity, authority.pem());
    TlsIdentity by_object { identity.certificate_pem, {},
        crypto::Key::read_pem(identity.key_pem).value() };
    ASSERT_TRUE(server->renew(0, by_object, authority.pem()).ok());
    auto asked = end(*server, client, authority, { identity.sha256 });
    asked.key = crypto::Key::read_pem(asked.key_pem).value();
    asked.key_pem.clear();
    auto const pipe = Pipe::make(std::move(asked)).take();
    EXPECT_TRUE(answered(*pipe));
    by_object.key = crypto::Key::read_pem(client.key_pem).value();
    EXPECT_FALSE(server->renew(0, by_object, authority.pem()).ok());
}

} // namespace comity::http
