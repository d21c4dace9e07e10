#pragma once

#include "access/access.h"
#include "http/message.h"
#include "http/static_files.h"

#include <functional>

namespace comity::http {

/// Answers one call; the session is there wherever the endpoint needs an action.
using EndpointHandler
    = std::function<Result<Response>(Request const&, access::Session const* session)>;

/// One row of the routing table.
struct Endpoint {
    std::string method;
    std::string path; ///< "/v1/cases/{number}": a {name} stands for one segment that is not empty.
    std::string operation; ///< operationId in api/openapi.yaml.
    std::optional<access::Action> needs; ///< Nothing: open to everybody.
    EndpointHandler handle;
    access::Use use = access::Use::by_person;
};

/// The cookie that carries a session's token.
struct SessionCookie {
    std::string name
        = "comity"; ///< Nodes that share a host need a name each: ports do not part them.
    bool secure = false; ///< Over TLS: the cookie never leaves it.
};

/// The desk's side of a node: endpoints under their guards, and the files of the desk.
/// Order of the guards: Host (against DNS rebinding), Origin, session, CSRF token, role.
class Router {
public:
    /// `hosts` are the names, without port, by which browsers may call this node.
    Router(access::Access& access, SessionCookie cookie, std::vector<std::string> hosts,
        std::vector<Endpoint> endpoints, StaticFiles files = {});

    Response serve(Request request) const;
    std::vector<Endpoint> const& endpoints() const { return endpoints_; }

private:
    Result<Response> answer(Request& request) const;
    Result<Response> call(Endpoint const& endpoint, Request const& request) const;
    Result<void> check_host(Request const& request) const;

    access::Access& access_;
    SessionCookie cookie_;
    std::vector<std::string> hosts_;
    std::vector<Endpoint> endpoints_;
    StaticFiles files_;
};

/// True where the segments fit the pattern; then `values` holds what its {names} stand for.
bool match_path(
    std::string_view pattern, std::vector<std::string> const& segments, std::vector<Field>& values);

/// The JSON body as a described struct; members that it does not know are refused.
/// Error: malformed, naming the member, or `content-type` where it is not application/json.
template <class T> Result<T> body_as(Request const& request);

/// A whole number in the query. Error: malformed naming the parameter and its limits.
Result<std::uint64_t> number_parameter(Request const& request, std::string_view name,
    std::uint64_t least, std::uint64_t most, std::uint64_t otherwise);
/// The Last-Event-ID header, for EventHub::follow. Error: malformed.
Result<std::optional<std::uint64_t>> last_event_id(Request const& request);

Result<void> check_json_type(Request const& request);

template <class T> Result<T> body_as(Request const& request)
{
    TRY(check_json_type(request));
    return json::read_text<T>(as_text(request.body), json::Unknown::refuse);
}

} // namespace comity::http
