#pragma once

#include "http/message.h"

/// The parts of a request that we read ourselves: target, cookies, host.
namespace comity::http {

constexpr std::size_t target_bytes_max = 4096;
constexpr std::size_t query_fields_max = 64;

/// A request's target in origin form (RFC 9112 section 3.2.1).
struct Target {
    std::string path;
    std::vector<std::string> segments;
    std::vector<Field> query;
};

/// Strict: starts with '/', visible ASCII only, whole percent signs, UTF-8 once decoded, no
/// control character and no segment "." or "..", at most `query_fields_max` parameters.
/// Errors: malformed; too_large over `target_bytes_max`.
Result<Target> parse_target(std::string_view text);

/// The value of the first cookie of that name in a Cookie header (RFC 6265 section 4.2).
std::optional<std::string_view> cookie_value(std::string_view header, std::string_view name);

/// A Host header without its port: "127.0.0.1:8101" gives "127.0.0.1", "[::1]:80" gives "[::1]".
std::string_view host_name(std::string_view host);

} // namespace comity::http
