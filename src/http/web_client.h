#pragma once

#include "base/bytes.h"

#include <chrono>
#include <functional>

/// One call to a server that is no node: an OpenID provider.
namespace comity::http {

constexpr std::size_t web_reply_bytes_max = std::size_t { 1 } << 18U;

/// "https://host[:port][/path]", or http:// where the host is a loopback address.
struct WebAddress {
    bool tls = true;
    std::string host, port, path;
};
/// Error: malformed.
Result<WebAddress> read_web_address(std::string_view url);

struct WebRequest {
    std::string url;
    std::string form {}; ///< application/x-www-form-urlencoded: POST; empty: GET.
};

/// The body of a 200 that is application/json. Errors: unavailable (nobody there, too slow, another
/// status), not_authentic (its certificate), malformed, too_large.
using WebFetch = std::function<Result<std::string>(WebRequest const&)>;

/// Over TLS 1.2 or newer, name and chain checked against `authorities` (a PEM file; the system's
/// where empty). Redirections are not followed. `whole` is the time for each wait.
WebFetch web_fetch(std::string authorities, std::chrono::seconds whole);

/// The body in a whole answer of a server that closes after it.
Result<std::string> read_web_reply(std::string_view reply);

} // namespace comity::http
