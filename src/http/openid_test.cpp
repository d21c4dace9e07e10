#include "http/openid.h"

#include "crypto/hash.h"
#include "http/target.h"

#include <boost/json/value.hpp>
#include <gtest/gtest.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>

#include <random>

namespace comity::http {
namespace {

using namespace std::chrono_literals;

std::string parameter(std::string_view query, std::string_view name)
{
    auto const target = parse_target("/?" + std::string { query }).take();
    auto const found = std::ranges::find(target.query, name, &Field::name);
    return found == target.query.end() ? "" : found->value;
}

/// A provider as RFC 6749, RFC 7636 and OpenID Connect Core have it, with a P-256 key of its own.
struct Provider {
    std::string issuer = "https://id.test", key_id = "one";
    crypto::Key key = crypto::Key::generate(crypto::Key::Kind::p256);
    std::string challenge, nonce, code = "code-1"; ///< Of the one browser that is here.
    json::Object claims;
    int key_sets_read = 0;

    /// What the browser brought along; what the officer would now confirm.
    void visited(std::string_view location)
    {
        auto const query = location.substr(location.find('?') + 1);
        challenge = parameter(query, "code_challenge");
        nonce = parameter(query, "nonce");
        EXPECT_EQ(parameter(query, "code_challenge_method"), "S256");
    }
    std::string jwk_set() const
    {
        Bytes point(65);
        std::size_t size = 0;
        MUST(EVP_PKEY_get_octet_string_param(
                 key.handle(), "encoded-pub-key", point.data(), point.size(), &size)
            == 1);
        auto const view = ByteView { point };
        return json::print(json::Object { { "keys",
            json::Array { json::Object { { "kty", "EC" }, { "crv", "P-256" }, { "kid", key_id },
                { "x", crypto::to_base64url(view.subspan(1, 32)) },
                { "y", crypto::to_base64url(view.subspan(33, 32)) } } } } });
    }
    std::string token() const
    {
        auto const header = json::print(json::Object { { "alg", "ES256" }, { "kid", key_id } });
        auto const text = crypto::to_base64url(as_view(header)) + "."
            + crypto::to_base64url(as_view(json::print(claims)));
        auto* const context = EVP_MD_CTX_new();
        Bytes der(128);
        auto size = der.size();
        MUST(EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, key.handle()) == 1);
        auto const bytes = as_view(text);
        MUST(EVP_DigestSign(context, der.data(), &size, bytes.data(), bytes.size()) == 1);
        EVP_MD_CTX_free(context);
        auto const* in = der.data();
        auto* const pair = d2i_ECDSA_SIG(nullptr, &in, static_cast<long>(size));
        Bytes raw(64);
        BN_bn2binpad(ECDSA_SIG_get0_r(pair), raw.data(), 32);
        BN_bn2binpad(ECDSA_SIG_get0_s(pair), raw.data() + 32, 32);
        ECDSA_SIG_free(pair);
        return text + "." + crypto::to_base64url(raw);
    }
    Result<std::string> answer(WebRequest const& request)
    {
        if (request.url.ends_with("/.well-known/openid-configuration"))
            return json::print(json::Object { { "issuer", issuer },
                { "authorization_endpoint", "https://id.test/authorize" },
                { "token_endpoint", "https://id.test/token" },
                { "jwks_uri", "https://id.test/keys" } });
        if (request.url == "https://id.test/keys") {
            ++key_sets_read;
            return jwk_set();
        }
        auto const proof = crypto::sha256(as_view(parameter(request.form, "code_verifier")));
        if (parameter(request.form, "code") != code || crypto::to_base64url(proof) != challenge)
            return Error { Error::Kind::unavailable, "the answer is 'HTTP/1.1 400'" };
        return json::print(json::Object { { "id_token", token() } });
    }
};

/// A node and its provider, an instant that stands still, randomness from a seed.
struct Desk {
    Provider provider;
    Instant now = parse_instant("2026-04-17T09:00:00Z").take();
    std::mt19937 draw { 7 };
    OpenIdSettings settings { "https://id.test", "desk-bg", "secret",
        "https://desk.test/v1/session/openid/return" };
    OpenId openid { settings,
        [this](WebRequest const& request) { return provider.answer(request); },
        [this] { return now; },
        [this](std::span<std::uint8_t> out) {
            for (auto& byte : out) byte = static_cast<std::uint8_t>(draw());
        } };

    std::int64_t seconds() const
    {
        return std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
    }
    Departure leave()
    {
        auto departure = openid.leave().take();
        provider.visited(departure.location);
        provider.claims = good();
        return departure;
    }
    json::Object good() const
    {
        return { { "iss", "https://id.test" }, { "aud", "desk-bg" }, { "sub", "officer-7" },
            { "nonce", provider.nonce }, { "iat", seconds() }, { "exp", seconds() + 300 } };
    }
    static std::string state_of(Departure const& departure)
    {
        return parameter(departure.location.substr(departure.location.find('?') + 1), "state");
    }
    Result<std::string> back(Departure const& departure)
    {
        return openid.come_back(departure.key, state_of(departure), provider.code);
    }
    /// The claim that was found wanting after `change`.
    std::string refused(void (*change)(json::Object&))
    {
        auto const departure = leave();
        change(provider.claims);
        auto const subject = back(departure);
        return subject.ok() ? "" : subject.error().field;
    }
    std::string at(std::string_view claim, std::chrono::seconds from_now)
    {
        auto const departure = leave();
        provider.claims[claim] = seconds() + from_now.count();
        auto const subject = back(departure);
        return subject.ok() ? "" : subject.error().field;
    }
};

} // namespace

TEST(OpenId, a_browser_that_leaves_and_comes_back_brings_its_subject)
{
    Desk desk;
    auto const departure = desk.leave();
    EXPECT_TRUE(departure.location.starts_with(
        "https://id.test/"
        "authorize?response_type=code&client_id=desk-bg&redirect_uri=https%3A%2F%2F"));
    EXPECT_EQ(desk.back(departure).value(), "officer-7");
}

TEST(OpenId, a_browser_comes_back_once_in_time_with_its_own_key_and_state)
{
    Desk desk;
    auto const once = desk.leave();
    ASSERT_TRUE(desk.back(once).ok());
    EXPECT_EQ(desk.back(once).error().field, "state");
    auto const one = desk.leave(), two = desk.leave();
    EXPECT_EQ(desk.openid.come_back(one.key, Desk::state_of(two), "code-1").error().field, "state");
    EXPECT_EQ(desk.back(one).error().field, "state"); // what was tried with is gone
    EXPECT_EQ(desk.openid.come_back("", Desk::state_of(two), "code-1").error().field, "state");
    EXPECT_EQ(desk.openid.come_back(two.key, "", "code-1").error().field, "state");
    auto late = desk.leave();
    desk.now += departure_max;
    EXPECT_EQ(desk.back(late).error().field, "state");
    late = desk.leave();
    desk.now += departure_max - 1us;
    desk.provider.claims = desk.good();
    EXPECT_TRUE(desk.back(late).ok());
    auto const denied = desk.leave();
    EXPECT_EQ(desk.openid.come_back(denied.key, Desk::state_of(denied), "").error().field, "code");
}

TEST(OpenId, the_oldest_departure_is_forgotten_when_there_are_too_many)
{
    Desk desk;
    auto const first = desk.leave();
    desk.now += 1ms;
    auto const second = desk.leave();
    for (std::size_t i = 2; i < departures_max; ++i) ASSERT_TRUE(desk.openid.leave().ok());
    desk.now += 1ms;
    ASSERT_TRUE(desk.openid.leave().ok());
    EXPECT_EQ(desk.back(first).error().field, "state");
    EXPECT_TRUE(desk.back(second).ok());
}

TEST(OpenId, a_token_for_somebody_else_or_of_another_time_is_refused_by_claim)
{
    Desk desk;
    using Claims = json::Object;
    EXPECT_EQ(desk.refused([](Claims&) { }), "");
    EXPECT_EQ(desk.refused([](Claims& c) { c["iss"] = "https://id.test/"; }), "iss");
    EXPECT_EQ(desk.refused([](Claims& c) { c["aud"] = "desk-ro"; }), "aud");
    EXPECT_EQ(desk.refused([](Claims& c) { c.erase("aud"); }), "aud");
    EXPECT_EQ(desk.refused([](Claims& c) { c["aud"] = json::Array { "desk-bg" }; }), "");
    EXPECT_EQ(desk.refused([](Claims& c) { c["aud"] = json::Array { "desk-bg", "x" }; }), "aud");
    EXPECT_EQ(desk.refused([](Claims& c) {
        c["aud"] = json::Array { "desk-bg", "x" };
        c["azp"] = "desk-bg";
    }),
        "");
    EXPECT_EQ(desk.refused([](Claims& c) { c["azp"] = "desk-ro"; }), "aud");
    EXPECT_EQ(desk.refused([](Claims& c) { c["nonce"] = "another"; }), "nonce");
    EXPECT_EQ(desk.refused([](Claims& c) { c.erase("nonce"); }), "nonce");
    EXPECT_EQ(desk.refused([](Claims& c) { c["sub"] = ""; }), "sub");
    EXPECT_EQ(desk.refused([](Claims& c) { c["sub"] = std::string(255, 'x'); }), "");
    EXPECT_EQ(desk.refused([](Claims& c) { c["sub"] = std::string(256, 'x'); }), "sub");
    EXPECT_EQ(desk.refused([](Claims& c) { c["exp"] = "soon"; }), "exp");
    EXPECT_EQ(desk.at("exp", -60s), "exp");
    EXPECT_EQ(desk.at("exp", -59s), "");
    EXPECT_EQ(desk.at("iat", 60s), "");
    EXPECT_EQ(desk.at("iat", 61s), "iat");
    EXPECT_EQ(desk.at("iat", -599s), "");
    EXPECT_EQ(desk.at("iat", -600s), "iat");
}

TEST(OpenId, a_code_of_another_browser_does_not_fit_its_proof)
{
    Desk desk;
    auto const victim = desk.leave();
    auto const thief = desk.leave();
    desk.provider.visited(victim.location);
    EXPECT_EQ(desk.back(thief).error().kind, Error::Kind::unavailable);
}

TEST(OpenId, a_key_of_another_is_refused_and_a_new_key_is_fetched_once_a_minute)
{
    Desk desk;
    ASSERT_TRUE(desk.back(desk.leave()).ok());
    EXPECT_EQ(desk.provider.key_sets_read, 1);
    desk.provider.key = crypto::Key::generate(crypto::Key::Kind::p256);
    EXPECT_EQ(desk.back(desk.leave()).error().kind, Error::Kind::not_authentic);
    desk.provider.key_id = "two";
    EXPECT_EQ(desk.back(desk.leave()).error().kind, Error::Kind::not_found);
    EXPECT_EQ(desk.provider.key_sets_read, 1);
    desk.now += 60s;
    EXPECT_TRUE(desk.back(desk.leave()).ok());
    EXPECT_EQ(desk.provider.key_sets_read, 2);
}

TEST(OpenId, a_provider_that_is_another_or_none_is_said)
{
    Desk desk;
    desk.provider.issuer = "https://evil.test";
    EXPECT_EQ(desk.openid.leave().error().field, "issuer");
    OpenId none { {}, {}, [] { return Instant {}; }, [](std::span<std::uint8_t>) {} };
    EXPECT_FALSE(none.configured());
    EXPECT_EQ(none.leave().error().kind, Error::Kind::not_found);
    EXPECT_EQ(none.come_back("", "", "").error().kind, Error::Kind::not_authentic);
}

TEST(WebClient, an_address_is_https_or_on_this_machine)
{
    auto const read = read_web_address("https://id.test:8443/realm/x?y").take();
    EXPECT_TRUE(read.tls);
    EXPECT_EQ(read.host + " " + read.port + " " + read.path, "id.test 8443 /realm/x?y");
    EXPECT_EQ(read_web_address("https://id.test").value().port, "443");
    EXPECT_FALSE(read_web_address("http://127.0.0.1:3000/x").value().tls);
    for (auto const* wrong : { "http://id.test/", "ftp://id.test", "https://", "https://a b",
             "https://user@id.test", "https://id.test:x", "https://id.test:123456", "" })
        EXPECT_EQ(read_web_address(wrong).error().kind, Error::Kind::malformed) << wrong;
}

TEST(WebClient, an_answer_is_a_200_with_JSON_and_nothing_else)
{
    auto const kind = [](std::string_view text) { return read_web_reply(text).error().kind; };
    constexpr std::string_view head = "HTTP/1.1 200 OK\r\nContent-Type: application/json; x\r\n";
    EXPECT_EQ(read_web_reply(std::string { head } + "\r\n{}").value(), "{}");
    EXPECT_EQ(kind(std::string { head } + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}"),
        Error::Kind::malformed);
    EXPECT_EQ(kind("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{}"), Error::Kind::malformed);
    EXPECT_EQ(kind("HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n"), Error::Kind::unavailable);
    EXPECT_EQ(kind("HTTP/1.1 200 OK\r\n"), Error::Kind::malformed);
    EXPECT_EQ(kind(""), Error::Kind::malformed);
}

} // namespace comity::http
