#include "exchange/line.h"

#include "crypto/hash.h"
#include "exchange/envelope.h"
#include "http/server.h"
#include "http/throwaway_test.h"

#include <gtest/gtest.h>
#include <mutex>

namespace comity::http {
namespace {

using namespace test;
using exchange::UnderWay;

std::vector<UnderWay> several(std::size_t count)
{
    return std::vector<UnderWay>(
        count, { { to_bytes("manifest"), to_bytes("signature"), { to_bytes("part") } }, "id", 1 });
}

/// A State's node as a line sees it: it answers what it is told to and keeps what was asked.
struct Bucharest {
    Authority authority;
    Identity sofia = authority.issue("TEST Sofia");
    Identity own = authority.issue("TEST Bucharest");
    std::mutex mutex;
    std::vector<std::string> asked;
    bool knows_batches = true;
    int status = 200;
    std::unique_ptr<Server> server;
    exchange::Line line;

    Bucharest()
    {
        std::vector<Listener> listeners;
        listeners.push_back({ .via = Peer::Via::mutual_tls,
            .identity = own.tls(),
            .client_authorities_pem = authority.pem(),
            .body_bytes_max = peer_body_bytes_max,
            .handler = [this](Request const& request) { return answer(request); } });
        server = Server::start(std::move(listeners), {}, 1).take();
        exchange::PipeEnd end { .host = "127.0.0.1",
            .port = server->port(0),
            .certificate_pem = sofia.certificate_pem,
            .key_pem = sofia.key_pem,
            .authorities_pem = authority.pem(),
            .peer_certificates_sha256 = { own.sha256 } };
        auto const pipe = std::make_shared<exchange::OuterPipe>(
            exchange::Pipe::make(std::move(end)).take(), exchange::OuterPipe::Pair { "BG", "RO" },
            std::make_shared<exchange::OuterKeys>(), crypto::system_random());
        line = exchange::line_over([pipe] { return pipe; }, crypto::system_random());
    }
    Response answer(Request const& request)
    {
        std::scoped_lock const hold { mutex };
        asked.push_back(request.path);
        auto const batch = request.path == exchange::batch_path;
        if (batch && !knows_batches) return refusal({ Error::Kind::not_found, "no such path" });
        if (status != 200)
            return json_response(status,
                json::Object {
                    { "error", json::Object { { "message", "no" }, { "expected", 7 } } } });
        if (!batch) return { .body = to_bytes("receipt") };
        std::vector<Bytes> const receipts(
            exchange::read_batch(request.body).value().size(), to_bytes("receipt"));
        return { .body = exchange::write_answers(receipts, {}) };
    }
    /// How many receipts came.
    std::size_t carry(std::size_t count)
    {
        return line.carry(several(count)).value().receipts.size();
    }
    std::vector<std::string> paths()
    {
        std::scoped_lock const hold { mutex };
        return std::exchange(asked, {});
    }
};

std::string const one { exchange::message_path };
std::string const batch { exchange::batch_path };

} // namespace

TEST(Line, one_message_goes_by_itself_and_several_as_a_batch)
{
    Bucharest peer;
    EXPECT_EQ(peer.carry(1), 1);
    EXPECT_EQ(peer.carry(2), 2);
    EXPECT_EQ(peer.carry(exchange::batch_messages_max), exchange::batch_messages_max);
    EXPECT_EQ(peer.paths(), (std::vector { one, batch, batch }));
}

TEST(Line, a_node_that_knows_no_batch_gets_one_message_at_a_time_until_the_line_breaks)
{
    Bucharest peer;
    peer.knows_batches = false;
    EXPECT_EQ(peer.carry(3), 1);
    EXPECT_EQ(peer.carry(2), 1);
    EXPECT_EQ(peer.paths(), (std::vector { batch, one, one }));
    peer.status = 503; // It goes, and comes back as a newer one.
    EXPECT_TRUE(peer.line.carry(several(2)).value().refused);
    peer.status = 200;
    peer.knows_batches = true;
    EXPECT_EQ(peer.carry(2), 2);
    EXPECT_EQ(peer.paths(), (std::vector { one, batch }));
}

TEST(Line, only_a_conflict_names_the_number_that_is_expected)
{
    Bucharest peer;
    peer.status = 409;
    EXPECT_EQ(peer.line.carry(several(1)).value().expected, 7U);
    peer.status = 503;
    EXPECT_FALSE(peer.line.carry(several(1)).value().expected);
    EXPECT_FALSE(peer.line.carry(several(2)).ok());
}

} // namespace comity::http
