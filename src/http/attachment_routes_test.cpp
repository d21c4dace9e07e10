#include "exchange/envelope.h"
#include "exchange/trial_node_test.h"
#include "http/peer.h"

#include <fmt/format.h>

/// What a State's node may say about attachments, in the words of HTTP.
namespace comity::http {
namespace {

using exchange::trial::founding;
using exchange::trial::Node;

struct World {
    Node sofia { 0, small() }, bucharest { 1, small() };
    PeerRoutes routes { *bucharest.exchange, *bucharest.ledger, *bucharest.store,
        [this] { return bucharest.now; } };
    std::string id;
    exchange::Cargo cargo {};

    static exchange::AttachmentSettings small()
    {
        exchange::AttachmentSettings out;
        out.chunk_bytes = 10;
        return out;
    }
    World()
    {
        auto out = sofia.outgoing("x", "RO");
        auto const rest = std::make_shared<std::string>(25, 'x');
        out.attachments = { { "a", "b/c", [rest](std::span<std::uint8_t> room) {
                                 auto const count = std::min(room.size(), rest->size());
                                 std::copy_n(rest->begin(), count, room.begin());
                                 rest->erase(0, count);
                                 return Result<std::size_t> { count };
                             } } };
        id = sofia.queue(std::move(out)).value();
        cargo = sofia.exchange->attachments().next_for("RO").value().value();
    }
    Response ask(std::string const& method, std::string const& path, Bytes body = {}) const
    {
        Request request { .method = method,
            .path = fmt::format("{}/{}{}", exchange::attachment_path, id, path),
            .body = std::move(body) };
        for (std::size_t at = 1; at < request.path.size();) {
            auto const end = std::min(request.path.find('/', at), request.path.size());
            request.segments.push_back(request.path.substr(at, end - at));
            at = end + 1;
        }
        auto const& transport = founding().states[0].transport.certificate;
        request.peer.certificate_sha256 = to_hex(transport.fingerprint());
        return routes.serve(request);
    }
    Bytes chunk(std::uint32_t n) const
    {
        return sofia.exchange->attachments().chunk(cargo, n).value();
    }
};

} // namespace

TEST(AttachmentRoutes, take_a_list_then_its_chunks_and_say_what_is_lacking)
{
    World const world;
    EXPECT_EQ(world.ask("GET", "/2").status, 404);
    EXPECT_EQ(world.ask("PUT", "/2/1", world.chunk(1)).status, 404);
    EXPECT_EQ(world.ask("PUT", "/2", world.cargo.hashes).status, 204);
    EXPECT_EQ(world.ask("PUT", "/2/2", world.chunk(2)).status, 204);
    EXPECT_EQ(world.ask("PUT", "/2/2", world.chunk(2)).status, 204);
    EXPECT_EQ(world.ask("PUT", "/2/1", world.chunk(2)).status, 401);
    auto const shown = world.ask("GET", "/2");
    EXPECT_EQ(shown.status, 200);
    EXPECT_EQ(as_text(shown.body),
        fmt::format(
            R"({{"root":"{}","chunks":3,"lacks":[{{"from":1,"to":1}},{{"from":3,"to":3}}]}})",
            to_hex(exchange::root_of(world.cargo.hashes))));
}

TEST(AttachmentRoutes, refuse_what_has_no_form)
{
    World const world;
    EXPECT_EQ(world.ask("PUT", "/0", world.cargo.hashes).status, 400);
    EXPECT_EQ(world.ask("PUT", "/1", world.cargo.hashes).status, 400);
    EXPECT_EQ(world.ask("PUT", "/x", world.cargo.hashes).status, 400);
    EXPECT_EQ(world.ask("PUT", "/2", Bytes(31)).status, 400);
    EXPECT_EQ(world.ask("PUT", "/2", Bytes(exchange::hash_list_bytes_max + 32)).status, 413);
    EXPECT_EQ(world.ask("PUT", "/2", world.cargo.hashes).status, 204);
    EXPECT_EQ(world.ask("PUT", "/2/0", world.chunk(1)).status, 400);
    EXPECT_EQ(world.ask("PUT", "/2/4", world.chunk(1)).status, 404);
    EXPECT_EQ(world.ask("PUT", "/2/1", Bytes(exchange::sealed_chunk_bytes_max + 1)).status, 413);
    EXPECT_EQ(world.ask("POST", "/2", world.cargo.hashes).status, 404);
    EXPECT_EQ(world.ask("GET", "/2/1").status, 404);
    EXPECT_EQ(world.ask("PUT", "").status, 404);
    EXPECT_EQ(world.ask("PUT", "/2/1/1", world.chunk(1)).status, 404);
}

} // namespace comity::http
