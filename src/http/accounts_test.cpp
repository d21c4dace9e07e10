#include "http/trial_whole_desk_test.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace comity::http {
namespace {

using namespace trial;

constexpr std::string_view script = "<script>alert(1)</script>\\u0000\\\"'><img src=x onerror=1>";

json::Value body_of(Response const& response)
{
    return json::parse(as_text(response.body)).take();
}

/// "status kind field" of an answer that is an error.
std::string told(Response const& response)
{
    auto const body = body_of(response);
    auto const& error = body.at("error").as_object();
    return std::to_string(response.status) + " " + std::string { error.at("kind").as_string() }
    + " " + std::string { error.at("field").as_string() };
}

std::string header(Response const& response, std::string_view name)
{
    auto const found = std::ranges::find(response.headers, name, &Field::name);
    return found == response.headers.end() ? "" : found->value;
}

std::vector<Field> without(std::vector<Field> headers, std::string_view name)
{
    std::erase_if(headers, [&](Field const& field) { return field.name == name; });
    return headers;
}

constexpr std::string_view new_account = R"({"name":"new.one","displayName":"TEST New",)"
                                         R"("roles":["analyst"],"language":"en",)"
                                         R"("password":"TEST correct horse"})";

} // namespace

TEST(Accounts, an_administrator_makes_changes_and_closes_one)
{
    WholeDesk desk;
    auto const admin = desk.headers_of("administrator");
    EXPECT_EQ(desk.serve("POST", "/v1/accounts", admin, new_account).status, 201);
    EXPECT_EQ(told(desk.serve("POST", "/v1/accounts", admin, new_account)), "409 conflict name");
    auto const changed
        = desk.serve("PUT", "/v1/accounts/new.one", admin, R"({"roles":["cycle-manager"]})");
    EXPECT_EQ(body_of(changed).at("roles").at(0), "cycle-manager");
    EXPECT_EQ(body_of(changed).at("displayName"), "TEST New");
    EXPECT_EQ(body_of(changed).at("party"), "BG");
    EXPECT_EQ(desk.serve("PUT", "/v1/accounts/new.one/password", admin,
                      R"({"password":"TEST battery staple"})")
                  .status,
        204);
    EXPECT_EQ(desk.serve("DELETE", "/v1/accounts/new.one/code", admin).status, 204);
    EXPECT_EQ(desk.serve("DELETE", "/v1/accounts/new.one", admin).status, 204);
    EXPECT_EQ(told(desk.serve("DELETE", "/v1/accounts/new.one", admin)), "404 not-found name");
    EXPECT_EQ(told(desk.serve("DELETE", "/v1/accounts/administrator", admin)), "409 conflict name");
    auto const changes = body_of(desk.serve("GET", "/v1/account-changes?limit=1", admin));
    EXPECT_EQ(changes.at("changes").as_array().size(), 1U);
}

TEST(Accounts, a_password_from_an_administrator_is_good_for_choosing_another)
{
    WholeDesk desk;
    ASSERT_EQ(
        desk.serve("POST", "/v1/accounts", desk.headers_of("administrator"), new_account).status,
        201);
    constexpr std::string_view given = R"({"name":"new.one","password":"TEST correct horse")";
    auto const sign_in = [&](std::string_view more) {
        return desk.serve("POST", "/v1/session", desk.headers_of(""),
            std::string { given } + std::string { more } + "}");
    };
    EXPECT_EQ(told(sign_in("")), "401 not-authentic newPassword");
    EXPECT_EQ(told(sign_in(R"(,"newPassword":"password2026!")")), "400 malformed newPassword");
    EXPECT_EQ(sign_in(R"(,"newPassword":"TEST of my own choice")").status, 200);
    EXPECT_EQ(told(sign_in("")), "401 not-authentic ");
}

TEST(Accounts, a_security_officer_clears_others_and_nobody_himself)
{
    WholeDesk desk;
    auto const security = desk.headers_of("security");
    constexpr auto body = R"({"level":3,"compartments":["undercover"]})";
    auto const cleared = desk.serve("PUT", "/v1/accounts/duty/clearance", security, body);
    EXPECT_EQ(body_of(cleared).at("clearance").at("level"), 3);
    EXPECT_EQ(told(desk.serve("PUT", "/v1/accounts/security/clearance", security, body)),
        "409 conflict name");
    EXPECT_EQ(told(desk.serve("PUT", "/v1/accounts/duty/clearance", security,
                  R"({"level":5,"compartments":[]})")),
        "400 malformed level");
    EXPECT_EQ(told(desk.serve(
                  "PUT", "/v1/accounts/duty/clearance", desk.headers_of("administrator"), body)),
        "403 not-permitted role");
}

TEST(Accounts, one_sees_and_ends_ones_own_sessions_and_nobody_elses)
{
    WholeDesk desk;
    auto const one = desk.headers_of("duty");
    auto const two = desk.headers_of("duty");
    auto const other = desk.headers_of("case");
    auto const list = body_of(desk.serve("GET", "/v1/account/sessions", two));
    auto const& sessions = list.at("sessions").as_array();
    ASSERT_EQ(sessions.size(), 2U);
    auto const own
        = std::ranges::find_if(sessions, [](auto const& it) { return it.at("own") == true; });
    ASSERT_NE(own, sessions.end());
    auto const id = std::string { sessions[own == sessions.begin() ? 1 : 0].at("id").as_string() };
    EXPECT_EQ(told(desk.serve("DELETE", "/v1/account/sessions/" + id, other)), "404 not-found id");
    EXPECT_EQ(desk.serve("DELETE", "/v1/account/sessions/" + id, two).status, 204);
    EXPECT_EQ(desk.serve("GET", "/v1/account", one).status, 401);
    EXPECT_EQ(desk.serve("GET", "/v1/account", two).status, 200);
    auto const admin = desk.headers_of("administrator");
    auto const left = body_of(desk.serve("GET", "/v1/accounts/duty/sessions", admin));
    auto const last = std::string { left.at("sessions").at(0).at("id").as_string() };
    EXPECT_EQ(desk.serve("DELETE", "/v1/accounts/duty/sessions/" + last, admin).status, 204);
    EXPECT_EQ(desk.serve("GET", "/v1/account", two).status, 401);
    EXPECT_EQ(desk.serve("GET", "/v1/accounts/nobody/sessions", admin).status, 404);
}

TEST(Accounts, an_own_password_is_changed_against_the_old_one)
{
    WholeDesk desk;
    auto const own = desk.headers_of("duty");
    auto const change = [&](std::string_view body) {
        return desk.serve("PUT", "/v1/account/password", own, body);
    };
    EXPECT_EQ(told(change(R"({"oldPassword":"wrong","newPassword":"TEST battery staple"})")),
        "400 malformed oldPassword");
    EXPECT_EQ(told(change(R"({"oldPassword":"TEST correct horse","newPassword":"short"})")),
        "400 malformed password");
    auto const long_one = std::string(257, 'x');
    EXPECT_EQ(told(change(R"({"oldPassword":")" + long_one + R"(","newPassword":"x"})")),
        "400 malformed oldPassword");
    EXPECT_EQ(change(R"({"oldPassword":"TEST correct horse","newPassword":"TEST battery staple"})")
                  .status,
        204);
}

TEST(Accounts, a_device_is_offered_a_secret_that_is_shown_once)
{
    WholeDesk desk;
    auto const own = desk.headers_of("duty");
    auto const offer = desk.serve("POST", "/v1/account/code", own);
    EXPECT_EQ(offer.status, 201);
    EXPECT_EQ(header(offer, "cache-control"), "no-store");
    auto const body = body_of(offer);
    EXPECT_TRUE(body.at("uri").as_string().starts_with("otpauth://totp/TEST:duty?secret="));
    EXPECT_EQ(told(desk.serve("PUT", "/v1/account/code", own, R"({"code":"12345"})")),
        "400 malformed code");
    for (auto const* path : { "/v1/account", "/v1/account-changes" })
        EXPECT_EQ(as_text(desk.serve("GET", path, desk.headers_of("administrator")).body)
                      .find(body.at("secret").as_string()),
            std::string_view::npos);
}

TEST(Accounts, no_list_of_accounts_shows_a_password_or_a_secret)
{
    WholeDesk desk;
    auto const list = desk.serve("GET", "/v1/accounts", desk.headers_of("security"));
    EXPECT_EQ(as_text(list.body).find("argon2"), std::string_view::npos);
    auto const body = body_of(list);
    EXPECT_EQ(body.at("accounts").as_array().size(), 13U);
    for (auto const& account : body.at("accounts").as_array())
        EXPECT_EQ(account.as_object().size(), 9U);
}

TEST(Security, every_call_that_changes_something_wants_its_token_and_its_own_origin)
{
    WholeDesk desk;
    for (auto const& endpoint : desk.endpoints) {
        if (endpoint.method == "GET" || !endpoint.needs) continue;
        auto const headers = desk.headers_of("administrator");
        EXPECT_EQ(told(desk.serve(endpoint.method, WholeDesk::path_of(endpoint),
                      without(headers, "x-csrf-token"), "{}")),
            "403 not-permitted X-CSRF-Token")
            << endpoint.operation;
        auto foreign = headers;
        foreign.push_back({ "origin", "https://evil.test" });
        EXPECT_EQ(told(desk.serve(endpoint.method, WholeDesk::path_of(endpoint), foreign, "{}")),
            "403 not-permitted origin")
            << endpoint.operation;
    }
}

TEST(Security, signing_in_never_keeps_the_session_that_the_browser_brought)
{
    WholeDesk desk;
    auto const before = desk.headers_of("duty");
    auto const body = R"({"name":"duty","password":"TEST correct horse"})";
    auto const response = desk.serve("POST", "/v1/session", before, body);
    EXPECT_EQ(response.status, 200);
    auto const given = header(response, "set-cookie");
    auto const old = std::ranges::find(before, "cookie", &Field::name)->value;
    EXPECT_FALSE(given.starts_with(old));
    EXPECT_EQ(desk.serve("GET", "/v1/session", before).status, 401);
    auto planted = desk.headers_of("");
    planted.push_back({ "cookie", "comity=" + std::string(64, 'a') });
    auto const fresh = header(desk.serve("POST", "/v1/session", planted, body), "set-cookie");
    EXPECT_EQ(fresh.find(std::string(64, 'a')), std::string::npos);
}

TEST(Security, members_that_are_not_the_callers_to_set_are_refused)
{
    WholeDesk desk;
    auto const admin = desk.headers_of("administrator");
    for (auto const* member : { R"("party":"RO")", R"("id":"x")", R"("clearance":{})",
             R"("hasCode":false)", R"("password":"TEST correct horse")", R"("name":"admin2")" }) {
        auto const body = "{" + std::string { member } + "}";
        EXPECT_EQ(desk.serve("PUT", "/v1/accounts/duty", admin, body).status, 400) << member;
    }
    std::string with_clearance { new_account };
    with_clearance.insert(1, R"("clearance":{"level":4,"compartments":[]},)");
    EXPECT_EQ(
        told(desk.serve("POST", "/v1/accounts", admin, with_clearance)), "400 malformed clearance");
    EXPECT_EQ(told(desk.serve("POST", "/v1/session", desk.headers_of(""),
                  R"({"name":"duty","password":"x","roles":["administrator"]})")),
        "400 malformed roles");
}

TEST(Security, a_script_in_a_text_field_comes_back_as_text_of_a_type_that_nobody_runs)
{
    WholeDesk desk;
    auto const admin = desk.headers_of("administrator");
    auto const with = [&](std::string const& member) {
        return desk.serve("PUT", "/v1/accounts/duty", admin,
            json::print(json::Object { { member, "<script>alert(1)</script>" } }));
    };
    for (auto const* member : { "displayName", "subject" }) {
        auto const response = with(member);
        EXPECT_EQ(response.status, 200) << member;
        EXPECT_EQ(header(response, "content-type"), "application/json");
        EXPECT_EQ(header(response, "x-content-type-options"), "nosniff");
        EXPECT_EQ(body_of(response).at(member), "<script>alert(1)</script>");
    }
    for (auto const* member : { "language", "certificate" })
        EXPECT_EQ(with(member).status, 400) << member;
    auto const body = R"({"displayName":")" + std::string { script } + R"("})";
    EXPECT_EQ(desk.serve("PUT", "/v1/accounts/duty", admin, body).status, 400);
    auto const wrong = desk.serve("DELETE", "/v1/accounts/%3Cscript%3E", admin);
    EXPECT_EQ(wrong.status, 404);
    EXPECT_EQ(header(wrong, "content-type"), "application/json");
}

TEST(Security, no_answer_sends_a_browser_elsewhere)
{
    WholeDesk desk;
    for (auto const* target : { "/?next=https://evil.test", "//evil.test", "/v1/session?url=//evil",
             "/v1/account/sessions?returnTo=https://evil.test", "/%2F%2Fevil.test" }) {
        auto const response = desk.serve("GET", target, desk.headers_of("duty"));
        EXPECT_EQ(header(response, "location"), "") << target;
        EXPECT_TRUE(response.status < 300 || response.status >= 400) << target;
    }
}

} // namespace comity::http
