#pragma once

#include "base/error_word.h"
#include "base/json.h"

#include <memory>
#include <optional>

namespace comity::http {

class EventStream;

/// A name and its value: a header (the name in lower case), a query parameter, a part of a path.
struct Field {
    std::string name, value;
};

/// Whom a request came from.
struct Peer {
    enum class Via : std::uint8_t { plain, tls, mutual_tls, unix_socket };
    Via via = Via::plain;
    std::string address {}; ///< IP address as text; empty for a Unix domain socket.
    Bytes certificate {}; ///< mutual_tls: what the peer showed, DER; verified against the CAs.
    std::string certificate_sha256 {}; ///< mutual_tls: of `certificate`, lower-case hexadecimal.
};

struct Request {
    std::string method {};
    std::string path {}; ///< As sent, before any '?'.
    std::vector<std::string> segments {}; ///< Of the path, percent-decoded; none for "/".
    std::vector<Field> query {}; ///< Decoded, in the order sent.
    std::vector<Field> headers {};
    Bytes body {};
    Peer peer {};
    std::vector<Field> path_values {}; ///< Of the {names} in the endpoint's path.

    /// Empty where there is none. The name in lower case.
    std::string_view header(std::string_view name) const;
    std::optional<std::string_view> parameter(std::string_view name) const;
    /// Of a {name} that the endpoint's path has.
    std::string const& path_value(std::string_view name) const;
};

struct Response {
    int status = 200;
    std::vector<Field> headers {};
    Bytes body {};
    /// Where set, the answer is this stream (text/event-stream) and `body` is not sent.
    std::shared_ptr<EventStream> events {};
};

Response json_response(int status, json::Value const& value);

/// The only place where an Error becomes a status code.
int status_of(Error::Kind kind);
/// {"error": {"kind", "field", "message"}}, as api/openapi.yaml has it.
Response refusal(Error const& error);
Response refusal(int status, Error const& error);
/// With further members beside kind, field and message.
Response refusal(Error const& error, json::Object const& more);

} // namespace comity::http
