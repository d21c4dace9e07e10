#include "http/sign_in.h"

#include "http/target.h"

#include <fmt/format.h>

namespace comity::http {
namespace {

using Outcome = access::SignIn::Outcome;

struct Credentials {
    std::string name, password;
};
BOOST_DESCRIBE_STRUCT(Credentials, (), (name, password))

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
    auto const done = TRY(access.sign_in(given.name, given.password, request.peer.address));
    switch (done.outcome) {
    case Outcome::locked: return locked(done.retry_after);
    case Outcome::refused:
        return Error { Error::Kind::not_authentic, "name or password do not hold" };
    case Outcome::opened: break;
    }
    MUST(done.session.has_value());
    auto response = json_response(200, to_json(*done.session));
    response.headers.push_back(set_cookie(cookie, done.token));
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

} // namespace comity::http
