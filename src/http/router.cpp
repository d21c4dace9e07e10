#include "http/router.h"

#include "http/target.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <charconv>

namespace comity::http {
namespace {

// Nothing from elsewhere, nothing inline, nobody frames the desk.
constexpr std::string_view content_security_policy
    = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
      "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
      "frame-ancestors 'none'";

constexpr std::string_view csrf_header = "x-csrf-token";

void guard_headers(Response& response, bool secure)
{
    auto const add = [&](std::string_view name, std::string_view value) {
        response.headers.push_back({ std::string { name }, std::string { value } });
    };
    add("content-security-policy", content_security_policy);
    add("x-content-type-options", "nosniff");
    add("referrer-policy", "no-referrer");
    add("cross-origin-opener-policy", "same-origin");
    add("cross-origin-resource-policy", "same-origin");
    if (secure) add("strict-transport-security", "max-age=31536000");
    bool const has_rule = std::ranges::find(response.headers, "cache-control", &Field::name)
        != response.headers.end();
    if (!has_rule) add("cache-control", "no-store");
}

/// A page of another origin may send requests; a browser then names that origin.
Result<void> check_origin(Request const& request)
{
    auto const origin = request.header("origin");
    if (origin.empty()) return {};
    auto const from = origin.find("://");
    if (from != std::string_view::npos && origin.substr(from + 3) == request.header("host"))
        return {};
    return Error { Error::Kind::not_permitted, "a page of another origin may not call this node",
        "origin" };
}

Result<void> check_csrf(Request const& request, access::Session const& session)
{
    auto const shown = request.header(csrf_header);
    auto const& wanted = session.csrf_token;
    if (shown.size() == wanted.size()
        && sodium_memcmp(shown.data(), wanted.data(), wanted.size()) == 0)
        return {};
    return Error { Error::Kind::not_permitted,
        "a call that changes something shows the session's CSRF token", "X-CSRF-Token" };
}

bool only_reads(std::string_view method)
{
    return method == "GET" || method == "HEAD";
}

Response wrong_method(std::string const& allowed)
{
    auto response = refusal(
        405, { Error::Kind::malformed, fmt::format("this path takes {}", allowed), "method" });
    response.headers.push_back({ "allow", allowed });
    return response;
}

std::optional<std::uint64_t> to_number(std::string_view text)
{
    std::uint64_t number = 0;
    auto const* end = text.data() + text.size();
    auto const [stop, code] = std::from_chars(text.data(), end, number);
    if (code != std::errc {} || stop != end) return {};
    return number;
}

} // namespace

bool match_path(
    std::string_view pattern, std::vector<std::string> const& segments, std::vector<Field>& values)
{
    values.clear();
    for (auto const& segment : segments) {
        if (!pattern.starts_with('/')) return false;
        pattern.remove_prefix(1);
        auto const word = pattern.substr(0, pattern.find('/'));
        pattern.remove_prefix(word.size());
        bool const is_name = word.starts_with('{') && word.ends_with('}');
        if (is_name ? segment.empty() : segment != word) return false;
        if (is_name) values.push_back({ std::string { word.substr(1, word.size() - 2) }, segment });
    }
    return pattern.empty() && !segments.empty();
}

Router::Router(access::Access& access, SessionCookie cookie, std::vector<std::string> hosts,
    std::vector<Endpoint> endpoints, StaticFiles files)
    : access_(access)
    , cookie_(std::move(cookie))
    , hosts_(std::move(hosts))
    , endpoints_(std::move(endpoints))
    , files_(std::move(files))
{
    for (auto const& endpoint : endpoints_)
        MUST(endpoint.handle != nullptr && endpoint.path.starts_with('/'));
}

Response Router::serve(Request request) const
{
    auto answered = answer(request);
    auto response = answered.ok() ? answered.take() : refusal(answered.error());
    guard_headers(response, cookie_.secure);
    return response;
}

Result<void> Router::check_host(Request const& request) const
{
    if (std::ranges::find(hosts_, host_name(request.header("host"))) != hosts_.end()) return {};
    return Error { Error::Kind::not_permitted, "this node does not go by that name", "host" };
}

Result<Response> Router::answer(Request& request) const
{
    TRY(check_host(request));
    std::string allowed;
    for (auto const& endpoint : endpoints_) {
        if (!match_path(endpoint.path, request.segments, request.path_values)) continue;
        bool const head = request.method == "HEAD" && endpoint.method == "GET";
        if (head || endpoint.method == request.method) return call(endpoint, request);
        allowed += (allowed.empty() ? "" : ", ") + endpoint.method;
    }
    if (!allowed.empty()) return wrong_method(allowed);
    if (auto file = files_.find(request)) return std::move(*file);
    return Error { Error::Kind::not_found, "there is nothing under this path", "path" };
}

Result<Response> Router::call(Endpoint const& endpoint, Request const& request) const
{
    if (!only_reads(request.method)) TRY(check_origin(request));
    if (!endpoint.needs) return endpoint.handle(request, nullptr);
    auto const token = cookie_value(request.header("cookie"), cookie_.name);
    auto const session = TRY(access_.session(token.value_or(""), endpoint.use));
    if (!only_reads(request.method)) TRY(check_csrf(request, session));
    if (auto const refused = session.refused(*endpoint.needs))
        return refusal(Error { Error::Kind::not_permitted, refused->what, "role" },
            json::Object { { "provision", refused->provision } });
    return endpoint.handle(request, &session);
}

Result<void> check_json_type(Request const& request)
{
    auto const type = request.header("content-type");
    if (type.substr(0, type.find(';')) == "application/json") return {};
    return Error { Error::Kind::malformed, "the body is application/json", "content-type" };
}

Result<std::uint64_t> number_parameter(Request const& request, std::string_view name,
    std::uint64_t least, std::uint64_t most, std::uint64_t otherwise)
{
    auto const text = request.parameter(name);
    if (!text) return otherwise;
    auto const number = to_number(*text);
    if (number && *number >= least && *number <= most) return *number;
    return Error { Error::Kind::malformed,
        fmt::format("{} is a whole number from {} to {}", name, least, most),
        std::string { name } };
}

Result<std::optional<std::uint64_t>> last_event_id(Request const& request)
{
    auto const text = request.header("last-event-id");
    if (text.empty()) return std::optional<std::uint64_t> {};
    auto const number = to_number(text);
    if (number) return number;
    return Error { Error::Kind::malformed, "the id of an event is a whole number",
        "Last-Event-ID" };
}

} // namespace comity::http
