#include "http/router.h"

#include "base/file.h"
#include "base/scratch.h"
#include "http/sign_in.h"
#include "http/target.h"
#include "store/trial_store_test.h"

#include <boost/json/value.hpp>
#include <gtest/gtest.h>

#include <random>

namespace comity::http {
namespace {

using namespace std::chrono_literals;
using access::Action;
using access::Role;

constexpr std::string_view password = "TEST correct horse";

struct Body {
    std::string plate;
};
BOOST_DESCRIBE_STRUCT(Body, (), (plate))

Result<Response> say(std::string_view text)
{
    return Response { .body = to_bytes(text) };
}

/// A desk with two accounts, a few endpoints and a clock that stands still.
struct Desk {
    ScratchFolder folder;
    std::unique_ptr<store::Store> store = store::Store::open(
        store::trial::address(folder / "db"), access::migrations, store::Writer::caller)
                                              .take();
    Instant now = parse_instant("2026-04-17T09:00:00Z").take();
    std::mt19937 draw { 7 };
    access::Access access { *store, [this] { return now; },
        [this](std::span<std::uint8_t> out) {
            for (auto& byte : out) byte = static_cast<std::uint8_t>(draw());
        },
        "BG", { 8192, 1 } };
    Router router;

    explicit Desk(SessionCookie const& cookie = {}, StaticFiles files = {})
        : router(access, cookie, { "localhost", "127.0.0.1" }, endpoints(cookie), std::move(files))
    {
        add("duty", Role::duty_officer);
        add("admin", Role::administrator);
    }
    void add(std::string name, Role role)
    {
        MUST(access
                .add_account({ .name = std::move(name),
                    .display_name = "TEST Дежурен",
                    .roles = { role },
                    .party = "BG",
                    .language = "bg",
                    .password = std::string { password } })
                .ok());
    }
    std::vector<Endpoint> endpoints(SessionCookie const& cookie)
    {
        auto out = session_endpoints(access, cookie);
        out.push_back({ "GET", "/v1/cases/{number}", "read_case", Action::read_cases,
            [](Request const& request, access::Session const* session) {
                return say(session->account.name + " " + request.path_value("number"));
            } });
        out.push_back({ "POST", "/v1/requests", "send_request", Action::send_request,
            [](Request const& request, access::Session const*) -> Result<Response> {
                return say(TRY(body_as<Body>(request)).plate);
            } });
        out.push_back({ "GET", "/v1/events", "follow_events", Action::follow_events,
            [](Request const&, access::Session const*) { return say(""); },
            access::Use::by_itself });
        return out;
    }
    Response call(std::string method, std::string_view target, std::vector<Field> headers = {},
        std::string_view body = "")
    {
        auto parsed = parse_target(target).take();
        if (std::ranges::find(headers, "host", &Field::name) == headers.end())
            headers.push_back({ "host", "localhost:8101" });
        return router.serve({ .method = std::move(method),
            .path = parsed.path,
            .segments = parsed.segments,
            .query = parsed.query,
            .headers = std::move(headers),
            .body = to_bytes(body),
            .peer = { .address = "127.0.0.1" } });
    }
    Response sign_in(std::string_view name, std::string_view with = password)
    {
        now += 1ms;
        return call("POST", "/v1/session", { { "content-type", "application/json" } },
            json::print(json::Object { { "name", name }, { "password", with } }));
    }
};

std::string header(Response const& response, std::string_view name)
{
    auto const found = std::ranges::find(response.headers, name, &Field::name);
    return found == response.headers.end() ? "" : found->value;
}

json::Value body_of(Response const& response)
{
    return json::parse(as_text(response.body)).take();
}

/// "kind field" of an error's body.
std::string told(Response const& response)
{
    auto const value = body_of(response);
    auto const& error = value.at("error").as_object();
    return std::string { error.at("kind").as_string() } + " "
        + std::string { error.at("field").as_string() };
}

/// Cookie and CSRF token of somebody who has just signed in.
struct SignedIn {
    Field cookie, token;

    SignedIn(Desk& desk, std::string_view name)
    {
        auto const response = desk.sign_in(name);
        MUST(response.status == 200);
        auto const set = header(response, "set-cookie");
        cookie = { "cookie", set.substr(0, set.find(';')) };
        token = { "x-csrf-token", std::string { body_of(response).at("csrfToken").as_string() } };
    }
};

} // namespace

TEST(SignInRoutes, signing_in_sets_the_cookie_and_says_who_it_is)
{
    Desk desk;
    auto const response = desk.sign_in("duty");
    EXPECT_EQ(response.status, 200);
    auto const cookie = header(response, "set-cookie");
    EXPECT_TRUE(cookie.starts_with("comity="));
    EXPECT_TRUE(cookie.ends_with("; Path=/; HttpOnly; SameSite=Strict"));
    auto const body = body_of(response);
    EXPECT_EQ(body.at("account").at("displayName").as_string(), "TEST Дежурен");
    EXPECT_EQ(body.at("account").at("roles").at(0).as_string(), "duty-officer");
    EXPECT_EQ(body.at("account").at("party").as_string(), "BG");
    EXPECT_EQ(body.at("language").as_string(), "bg");
    SignedIn const who { desk, "duty" };
    EXPECT_EQ(desk.call("GET", "/v1/session", { who.cookie }).status, 200);
}

TEST(SignInRoutes, over_TLS_the_cookie_is_secure_and_has_the_name_it_was_given)
{
    Desk desk { { .name = "comity-bg", .secure = true } };
    auto const response = desk.sign_in("duty");
    EXPECT_TRUE(header(response, "set-cookie").starts_with("comity-bg="));
    EXPECT_TRUE(header(response, "set-cookie").ends_with("; Secure"));
    EXPECT_EQ(header(response, "strict-transport-security"), "max-age=31536000");
}

TEST(SignInRoutes, a_wrong_password_and_a_wrong_name_are_answered_alike)
{
    Desk desk;
    auto const password_wrong = desk.sign_in("duty", "wrong");
    auto const name_wrong = desk.sign_in("nobody", "wrong");
    EXPECT_EQ(password_wrong.status, 401);
    EXPECT_EQ(password_wrong.body, name_wrong.body);
    EXPECT_EQ(told(name_wrong), "not-authentic ");
    EXPECT_EQ(header(password_wrong, "set-cookie"), "");
}

TEST(SignInRoutes, a_locked_account_is_told_when_to_come_back)
{
    Desk desk;
    for (int i = 0; i < 5; ++i) EXPECT_EQ(desk.sign_in("duty", "wrong").status, 401);
    auto const response = desk.sign_in("duty");
    EXPECT_EQ(response.status, 403);
    EXPECT_EQ(told(response), "not-permitted account");
    EXPECT_EQ(header(response, "retry-after"), "60");
}

TEST(SignInRoutes, what_is_not_a_sign_in_is_refused_by_field)
{
    Desk desk;
    auto const post = [&](std::string_view body, std::string type = "application/json") {
        return told(desk.call("POST", "/v1/session", { { "content-type", type } }, body));
    };
    EXPECT_EQ(post(R"({"name":"duty"})"), "malformed password");
    EXPECT_EQ(post(R"({"name":"duty","password":"x","more":1})"), "malformed more");
    EXPECT_EQ(post("{}", "text/plain"), "malformed content-type");
    EXPECT_EQ(told(desk.sign_in(std::string(65, 'x'))), "malformed name");
    EXPECT_EQ(told(desk.sign_in("duty", std::string(257, 'x'))), "malformed password");
    EXPECT_EQ(told(desk.sign_in(std::string(64, 'x'), std::string(256, 'x'))), "not-authentic ");
}

TEST(SignInRoutes, signing_out_ends_the_session_and_clears_the_cookie)
{
    Desk desk;
    SignedIn const who { desk, "duty" };
    auto const response = desk.call("DELETE", "/v1/session", { who.cookie, who.token });
    EXPECT_EQ(response.status, 204);
    EXPECT_EQ(
        header(response, "set-cookie"), "comity=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
    EXPECT_EQ(desk.call("GET", "/v1/session", { who.cookie }).status, 401);
}

TEST(Router, a_path_brings_its_values_and_HEAD_is_a_GET)
{
    Desk desk;
    SignedIn const who { desk, "duty" };
    auto const response = desk.call("GET", "/v1/cases/2026%2F0417", { who.cookie });
    EXPECT_EQ(as_text(response.body), "duty 2026/0417");
    EXPECT_EQ(desk.call("HEAD", "/v1/cases/1", { who.cookie }).status, 200);
}

TEST(Router, a_path_that_is_none_and_a_method_that_is_none_are_told_apart)
{
    Desk desk;
    EXPECT_EQ(told(desk.call("GET", "/v1/nothing")), "not-found path");
    EXPECT_EQ(desk.call("GET", "/v1/cases/").status, 404);
    EXPECT_EQ(desk.call("GET", "/v1/cases/1/2").status, 404);
    auto const response = desk.call("PATCH", "/v1/session");
    EXPECT_EQ(response.status, 405);
    EXPECT_EQ(header(response, "allow"), "POST, GET, DELETE");
}

TEST(Router, nobody_and_the_wrong_role_are_refused)
{
    Desk desk;
    EXPECT_EQ(told(desk.call("GET", "/v1/cases/1")), "not-authentic session");
    EXPECT_EQ(desk.call("GET", "/v1/cases/1").status, 401);
    EXPECT_EQ(desk.call("GET", "/v1/cases/1", { { "cookie", "comity=0" } }).status, 401);
    SignedIn const admin { desk, "admin" };
    auto const response = desk.call("GET", "/v1/cases/1", { admin.cookie });
    EXPECT_EQ(response.status, 403);
    EXPECT_EQ(told(response), "not-permitted role");
    EXPECT_EQ(body_of(response).at("error").at("provision"), "A31(4)(d)");
}

TEST(Router, a_call_that_changes_something_shows_its_token)
{
    Desk desk;
    SignedIn const who { desk, "duty" };
    SignedIn const other { desk, "duty" };
    Field const type { "content-type", "application/json" };
    auto const post = [&](std::vector<Field> headers) {
        headers.push_back(type);
        return desk.call("POST", "/v1/requests", std::move(headers), R"({"plate":"TEST 1"})");
    };
    EXPECT_EQ(as_text(post({ who.cookie, who.token }).body), "TEST 1");
    EXPECT_EQ(told(post({ who.cookie })), "not-permitted X-CSRF-Token");
    EXPECT_EQ(told(post({ who.cookie, other.token })), "not-permitted X-CSRF-Token");
    EXPECT_EQ(told(post({ who.cookie, { "x-csrf-token", "" } })), "not-permitted X-CSRF-Token");
    EXPECT_EQ(post({ who.token }).status, 401);
}

TEST(Router, a_page_of_another_origin_changes_nothing)
{
    Desk desk;
    SignedIn const who { desk, "duty" };
    auto const close = [&](std::string origin) {
        return desk.call(
            "DELETE", "/v1/session", { who.cookie, who.token, { "origin", std::move(origin) } });
    };
    EXPECT_EQ(told(close("http://localhost:8102")), "not-permitted origin");
    EXPECT_EQ(told(close("null")), "not-permitted origin");
    EXPECT_EQ(close("http://localhost:8101").status, 204);
    auto const sign_in = desk.call("POST", "/v1/session",
        { { "content-type", "application/json" }, { "origin", "https://evil.test" } }, "{}");
    EXPECT_EQ(told(sign_in), "not-permitted origin");
}

TEST(Router, a_name_that_is_not_ours_is_refused)
{
    Desk desk;
    for (auto const* host : { "evil.test", "evil.test:8101", "localhost.evil.test", "" })
        EXPECT_EQ(told(desk.call("GET", "/v1/session", { { "host", host } })), "not-permitted host")
            << host;
    EXPECT_EQ(desk.call("GET", "/v1/session", { { "host", "127.0.0.1:1" } }).status, 401);
}

TEST(Router, what_comes_by_itself_does_not_keep_a_session_alive)
{
    Desk desk;
    SignedIn const who { desk, "duty" };
    desk.now += 29min;
    EXPECT_EQ(desk.call("GET", "/v1/events", { who.cookie }).status, 200);
    desk.now += 1min;
    EXPECT_EQ(desk.call("GET", "/v1/events", { who.cookie }).status, 401);
}

TEST(Router, every_answer_is_guarded)
{
    Desk desk;
    for (auto const* target : { "/v1/session", "/nothing" }) {
        auto const response = desk.call("GET", target);
        EXPECT_TRUE(header(response, "content-security-policy")
                .starts_with("default-src 'none'; script-src 'self'; "));
        EXPECT_EQ(header(response, "x-content-type-options"), "nosniff");
        EXPECT_EQ(header(response, "referrer-policy"), "no-referrer");
        EXPECT_EQ(header(response, "cache-control"), "no-store");
        EXPECT_EQ(header(response, "content-type"), "application/json");
    }
}

TEST(Router, every_kind_of_error_has_its_status)
{
    using enum Error::Kind;
    EXPECT_EQ(status_of(malformed), 400);
    EXPECT_EQ(status_of(not_authentic), 401);
    EXPECT_EQ(status_of(not_permitted), 403);
    EXPECT_EQ(status_of(not_found), 404);
    EXPECT_EQ(status_of(conflict), 409);
    EXPECT_EQ(status_of(too_large), 413);
    EXPECT_EQ(status_of(unavailable), 503);
}

TEST(Router, numbers_in_query_and_header_have_limits)
{
    auto const request = [](std::string value) {
        return Request { .query = { { "limit", value } },
            .headers = { { "last-event-id", value } } };
    };
    auto const limit = [&](std::string value) {
        return number_parameter(request(std::move(value)), "limit", 1, 200, 50);
    };
    EXPECT_EQ(number_parameter({}, "limit", 1, 200, 50).value(), 50U);
    EXPECT_EQ(limit("1").value(), 1U);
    EXPECT_EQ(limit("200").value(), 200U);
    for (auto const* wrong : { "0", "201", "", "-1", "+1", "1 ", "x", "99999999999999999999" })
        EXPECT_EQ(limit(wrong).error().field, "limit") << wrong;
    EXPECT_EQ(last_event_id(request("7")).value(), 7U);
    EXPECT_EQ(last_event_id(request("")).value(), std::nullopt);
    EXPECT_FALSE(last_event_id(request("x")).ok());
}

TEST(StaticFiles, are_served_with_type_and_caching_and_only_they)
{
    ScratchFolder const folder;
    std::filesystem::create_directories(folder / "web/assets");
    auto const put = [&](std::string const& path, std::string_view text) {
        MUST(write_file(folder / path, as_view(text)).ok());
    };
    put("secret", "no");
    put("web/index.html", "<!doctype html>");
    put("web/assets/index-B3xk_9aQ.js", "long script");
    put("web/assets/index-B3xk_9aQ.js.gz", "zipped");
    put("web/assets/plain.css", "a{}");
    Desk desk { {}, StaticFiles::load(folder / "web").take() };
    auto const index = desk.call("GET", "/");
    EXPECT_EQ(as_text(index.body), "<!doctype html>");
    EXPECT_EQ(header(index, "content-type"), "text/html; charset=utf-8");
    EXPECT_EQ(header(index, "cache-control"), "no-cache");
    auto const script = desk.call("GET", "/assets/index-B3xk_9aQ.js");
    EXPECT_EQ(as_text(script.body), "long script");
    EXPECT_EQ(header(script, "cache-control"), "public, max-age=31536000, immutable");
    auto const zipped
        = desk.call("GET", "/assets/index-B3xk_9aQ.js", { { "accept-encoding", "br, gzip" } });
    EXPECT_EQ(as_text(zipped.body), "zipped");
    EXPECT_EQ(header(zipped, "content-encoding"), "gzip");
    EXPECT_EQ(header(zipped, "content-type"), "text/javascript; charset=utf-8");
    EXPECT_NE(header(zipped, "etag"), header(script, "etag"));
    EXPECT_EQ(header(desk.call("GET", "/assets/plain.css"), "cache-control"), "no-cache");
    EXPECT_EQ(desk.call("GET", "/", { { "if-none-match", header(index, "etag") } }).status, 304);
    EXPECT_EQ(desk.call("POST", "/").status, 404);
    EXPECT_EQ(desk.call("GET", "/secret").status, 404);
    EXPECT_EQ(desk.call("GET", "/%2e%2e%2fsecret").status, 404);
    EXPECT_EQ(desk.call("GET", "/assets").status, 404);
}

TEST(StaticFiles, a_folder_that_is_none_or_too_full_is_said)
{
    ScratchFolder const folder;
    EXPECT_EQ(StaticFiles::load(folder / "none").error().kind, Error::Kind::not_found);
    Bytes const half(static_bytes_max / 2);
    MUST(write_file(folder / "a", half).ok() && write_file(folder / "b", half).ok());
    EXPECT_TRUE(StaticFiles::load(folder.path()).ok());
    MUST(write_file(folder / "c", as_view("x")).ok());
    EXPECT_EQ(StaticFiles::load(folder.path()).error().kind, Error::Kind::too_large);
}

} // namespace comity::http
