#include "http/outer_gate.h"

#include "exchange/founding.h"

#include <gtest/gtest.h>

namespace comity::http {
namespace {

using exchange::OuterKey;
using exchange::OuterPlace;
using exchange::OuterSalt;

Instant const now = parse_instant("2026-04-17T09:14:00Z").value();
std::string const path = "/exchange/v1/receipts";

exchange::Founding const& founding()
{
    static std::vector<exchange::FoundingState> const states {
        { "BG", "NCU Sofia TEST", "localhost", "127.0.0.1:1" },
        { "RO", "NCU Bucharest TEST", "localhost", "127.0.0.1:2" },
        { "RS", "NCU Belgrade TEST", "localhost", "127.0.0.1:3" },
    };
    static auto const made = exchange::found(states, 2, now, crypto::system_random());
    return made;
}

OuterKey key_of(char digit)
{
    return OuterKey::read(std::string(64, digit)).value();
}

/// Bucharest's gate: with Sofia it has two keys, with Belgrade none.
struct Bucharest {
    std::shared_ptr<exchange::OuterKeys> keys = std::make_shared<exchange::OuterKeys>(
        exchange::OuterKeys::ByState { { "BG", { key_of('1'), key_of('2') } } });
    OuterGate gate { "RO", [] { return founding().trust(now); }, keys, [] { return now; },
        crypto::system_random() };
    mutable std::vector<Request> seen;

    Response serve(Request request) const
    {
        return gate.serve(std::move(request), [this](Request inner) {
            seen.push_back(inner);
            return Response { 200, { { "content-type", "text/test" } }, inner.body, {} };
        });
    }
};

Request from(std::size_t state, std::string_view type, Bytes body)
{
    Request out;
    out.method = "POST";
    out.path = path;
    if (!type.empty()) out.headers = { { "content-type", std::string { type } } };
    out.body = std::move(body);
    out.peer.certificate_sha256
        = to_hex(founding().states[state].transport.certificate.fingerprint());
    return out;
}

Request wrapped(OuterKey const& key, OuterSalt const& salt)
{
    return from(0, exchange::outer_type,
        exchange::wrap_outer(
            { 0, "text/question", to_bytes("question") }, key, { "BG", "RO", path }, salt));
}

} // namespace

TEST(OuterGate, a_wrapped_body_reaches_the_routes_open_and_its_answer_goes_back_wrapped)
{
    Bucharest const bucharest;
    OuterSalt const salt { 1, 2, 3 };
    for (char const digit : { '1', '2' }) {
        auto const answer = bucharest.serve(wrapped(key_of(digit), salt));
        EXPECT_EQ(as_text(bucharest.seen.back().body), "question");
        EXPECT_EQ(bucharest.seen.back().header("content-type"), "text/question");
        EXPECT_EQ(answer.headers.at(0).value, exchange::outer_type);
        std::array const keys { key_of(digit) };
        auto const opened
            = exchange::unwrap_outer(answer.body, keys, OuterPlace { "RO", "BG", path, salt });
        ASSERT_TRUE(opened.ok());
        EXPECT_EQ(opened.value().body.status, 200);
        EXPECT_EQ(opened.value().body.content_type, "text/test");
        EXPECT_EQ(as_text(opened.value().body.content), "question");
    }
}

TEST(OuterGate, a_pair_with_keys_takes_no_body_without_the_layer)
{
    Bucharest const bucharest;
    auto const answer = bucharest.serve(from(0, "text/question", to_bytes("question")));
    EXPECT_EQ(answer.status, 401);
    EXPECT_NE(as_text(answer.body).find("agreed on an outer layer"), std::string::npos);
    auto altered = wrapped(key_of('1'), {});
    altered.body.back() ^= 1U;
    EXPECT_EQ(bucharest.serve(altered).status, 401);
    EXPECT_EQ(bucharest.serve(wrapped(key_of('3'), {})).status, 401);
    EXPECT_EQ(bucharest.serve(from(0, exchange::outer_type, to_bytes("short"))).status, 400);
    EXPECT_TRUE(bucharest.seen.empty());
}

TEST(OuterGate, a_pair_without_keys_knows_no_layer)
{
    Bucharest const bucharest;
    auto const answer = bucharest.serve(from(2, exchange::outer_type, to_bytes("x")));
    EXPECT_EQ(answer.status, 400);
    EXPECT_NE(as_text(answer.body).find("no outer layer is agreed on with RS"), std::string::npos);
    EXPECT_EQ(bucharest.serve(from(2, "text/question", to_bytes("q"))).status, 200);
    EXPECT_EQ(bucharest.seen.size(), 1);
}

TEST(OuterGate, paths_outside_the_exchange_and_strangers_are_left_to_the_routes)
{
    Bucharest const bucharest;
    auto elsewhere = from(0, "", {});
    elsewhere.path = "/register/checkpoint";
    EXPECT_EQ(bucharest.serve(elsewhere).headers.at(0).value, "text/test");
    auto stranger = from(0, "text/question", to_bytes("q"));
    stranger.peer.certificate_sha256 = std::string(64, '0');
    EXPECT_EQ(bucharest.serve(stranger).status, 200);
    stranger.peer.certificate_sha256.clear();
    EXPECT_EQ(bucharest.serve(stranger).status, 200);
    EXPECT_EQ(bucharest.seen.size(), 3);
}

TEST(OuterGate, the_answer_to_a_request_without_a_body_is_wrapped_too)
{
    Bucharest const bucharest;
    auto const answer = bucharest.serve(from(0, "", {}));
    std::array const keys { key_of('1') };
    EXPECT_TRUE(
        exchange::unwrap_outer(answer.body, keys, OuterPlace { "RO", "BG", path, OuterSalt {} })
            .ok());
}

} // namespace comity::http
