#include "http/sign_in.h"

#include "http/openid_routes.h"
#include "http/target.h"

#include <fmt/format.h>

namespace comity::http {
namespace {

using Outcome = access::SignIn::Outcome;

struct Credentials {
    std::string name, password;
    std::optional<std::string> code, new_password;
};
BOOST_DESCRIBE_STRUCT(Credentials, (), (name, password, code, new_password))

json::Value to_json(access::Session const& session)
{
    json::Array actions;
    for (auto const& word : json::words<access::Action>())
        if (session.may(*json::from_word<access::Action>(word))) actions.emplace_back(word);
    return json::Object {
        { "account",
            json::Object { { "name", session.account.name },
                { "displayName", session.account.display_name },
                { "roles", json::write(session.account.roles) },
                { "party", session.account.party } } },
        { "actions", actions },
        { "csrfToken", session.csrf_token },
        { "language", session.account.language },
    };
}

Field set_cookie(SessionCookie const& cookie, std::string_view value)
{
    return { "set-cookie",
        fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict{}{}", cookie.name, value,
            cookie.secure ? "; Secure" : "", value.empty() ? "; Max-Age=0" : "") };
}

Response locked(std::chrono::seconds retry_after)
{
    auto response = refusal({ Error::Kind::not_permitted,
        fmt::format("locked after {} failures; try again in {} seconds", access::failures_max,
            retry_after.count()),
        "account" });
    response.headers.push_back({ "retry-after", std::to_string(retry_after.count()) });
    return response;
}

Result<Response> opened(access::Access& access, SessionCookie const& cookie, Request const& request,
    access::SignIn const& done)
{
    MUST(done.session.has_value());
    // Whatever session the browser brought is not carried over into the new one.
    TRY(access.end_session(cookie_value(request.header("cookie"), cookie.name).value_or("")));
    auto response = json_response(200, to_json(*done.session));
    response.headers.push_back(set_cookie(cookie, done.token));
    return response;
}

Result<Response> open_session(
    access::Access& access, SessionCookie const& cookie, Request const& request)
{
    auto const given = TRY(body_as<Credentials>(request));
    if (given.name.size() > access::name_characters_max)
        return Error { Error::Kind::malformed,
            fmt::format("a name has at most {} characters", access::name_characters_max), "name" };
    if (given.password.size() > access::password_bytes_max)
        return Error { Error::Kind::malformed,
            fmt::format("a password has at most {} bytes", access::password_bytes_max),
            "password" };
    auto const done = TRY(access.sign_in(given.name, given.password, request.peer.address,
        given.code.value_or(""), given.new_password.value_or("")));
    switch (done.outcome) {
    case Outcome::locked: return locked(done.retry_after);
    case Outcome::refused:
        return Error { Error::Kind::not_authentic, "name, password or code do not hold" };
    case Outcome::code_wanted:
        return Error { Error::Kind::not_authentic, "the account has one-time codes too", "code" };
    case Outcome::new_password_wanted:
        return Error { Error::Kind::not_authentic,
            "somebody else gave this password: a new one goes with it", "newPassword" };
    case Outcome::opened: break;
    }
    return opened(access, cookie, request, done);
}

Result<Response> open_by_certificate(
    access::Access& access, SessionCookie const& cookie, Request const& request)
{
    auto const& shown = request.peer.certificate_sha256;
    auto const done = TRY(access.sign_in_by_certificate(shown, request.peer.address));
    if (done.outcome == Outcome::opened) return opened(access, cookie, request, done);
    return Error { Error::Kind::not_authentic,
        shown.empty() ? "the browser showed no certificate" : "no account has this certificate",
        "certificate" };
}

/// Comes back with the browser from the provider's page, so it may not be SameSite=Strict.
Field departure_cookie(SessionCookie const& cookie, std::string_view key)
{
    return { "set-cookie",
        fmt::format("{}-openid={}; Path=/v1/session/openid; HttpOnly; SameSite=Lax{}; Max-Age={}",
            cookie.name, key, cookie.secure ? "; Secure" : "",
            key.empty() ? 0 : std::chrono::seconds { departure_max }.count()) };
}

Response sent_to(std::string location)
{
    return { .status = 302, .headers = { { "location", std::move(location) } } };
}

Result<Response> leave_for_provider(OpenId& openid, SessionCookie const& cookie)
{
    auto departure = TRY(openid.leave());
    auto response = sent_to(std::move(departure.location));
    response.headers.push_back(departure_cookie(cookie, departure.key));
    return response;
}

/// Always back to the desk's own page: whatever went wrong is told there, in the officer's words.
Result<Response> come_back(
    access::Access& access, OpenId& openid, SessionCookie const& cookie, Request const& request)
{
    auto const key = cookie_value(request.header("cookie"), cookie.name + "-openid").value_or("");
    auto const subject = openid.come_back(
        key, request.parameter("state").value_or(""), request.parameter("code").value_or(""));
    auto response = sent_to("/#/sign-in-refused");
    if (subject.ok()) {
        auto const done = TRY(access.sign_in_by_subject(subject.value(), request.peer.address));
        if (done.outcome == Outcome::opened) {
            response = TRY(opened(access, cookie, request, done));
            response.status = 302;
            response.body.clear();
            response.headers.push_back({ "location", "/" });
        }
    }
    response.headers.push_back(departure_cookie(cookie, ""));
    return response;
}

Result<Response> close_session(
    access::Access& access, SessionCookie const& cookie, Request const& request)
{
    TRY(access.end_session(cookie_value(request.header("cookie"), cookie.name).value_or("")));
    return Response { .status = 204, .headers = { set_cookie(cookie, "") } };
}

} // namespace

std::vector<Endpoint> session_endpoints(access::Access& access, SessionCookie const& cookie)
{
    using access::Action;
    using access::Session;
    auto const open = [&access, cookie](Request const& request, Session const*) {
        return open_session(access, cookie, request);
    };
    auto const read = [](Request const&, Session const* session) -> Result<Response> {
        return json_response(200, to_json(*session));
    };
    auto const close = [&access, cookie](Request const& request, Session const*) {
        return close_session(access, cookie, request);
    };
    return {
        { "POST", "/v1/session", "open_session", std::nullopt, open },
        { "GET", "/v1/session", "read_session", Action::keep_session, read },
        { "DELETE", "/v1/session", "close_session", Action::keep_session, close },
    };
}

std::vector<Endpoint> openid_endpoints(
    access::Access& access, OpenId& openid, SessionCookie const& cookie)
{
    auto const leave = [&openid, cookie](Request const&, access::Session const*) {
        return leave_for_provider(openid, cookie);
    };
    auto const back = [&access, &openid, cookie](Request const& request, access::Session const*) {
        return come_back(access, openid, cookie, request);
    };
    return {
        { "GET", "/v1/session/openid", "leave_for_provider", std::nullopt, leave },
        { "GET", "/v1/session/openid/return", "come_back_from_provider", std::nullopt, back },
    };
}

std::vector<Endpoint> ways_endpoints(
    access::Access& access, SessionCookie const& cookie, WaysIn ways)
{
    auto const read = [ways](Request const&, access::Session const*) -> Result<Response> {
        return json_response(
            200, json::Object { { "openid", ways.openid }, { "certificate", ways.certificate } });
    };
    auto const open = [&access, cookie](Request const& request, access::Session const*) {
        return open_by_certificate(access, cookie, request);
    };
    return {
        { "GET", "/v1/session/ways", "read_ways", std::nullopt, read },
        { "POST", "/v1/session/certificate", "open_session_by_certificate", std::nullopt, open },
    };
}

} // namespace comity::http
