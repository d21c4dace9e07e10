#include "http/message.h"

#include <algorithm>

namespace comity::http {

std::string_view Request::header(std::string_view name) const
{
    auto const found = std::ranges::find(headers, name, &Field::name);
    return found == headers.end() ? std::string_view {} : found->value;
}

std::optional<std::string_view> Request::parameter(std::string_view name) const
{
    auto const found = std::ranges::find(query, name, &Field::name);
    if (found == query.end()) return {};
    return found->value;
}

std::string const& Request::path_value(std::string_view name) const
{
    auto const found = std::ranges::find(path_values, name, &Field::name);
    MUST(found != path_values.end());
    return found->value;
}

Response json_response(int status, json::Value const& value)
{
    return { .status = status,
        .headers = { { "content-type", "application/json" } },
        .body = to_bytes(json::print(value)) };
}

int status_of(Error::Kind kind)
{
    switch (kind) {
    case Error::Kind::malformed: return 400;
    case Error::Kind::not_found: return 404;
    case Error::Kind::not_authentic: return 401;
    case Error::Kind::not_permitted: return 403;
    case Error::Kind::conflict: return 409;
    case Error::Kind::too_large: return 413;
    case Error::Kind::unavailable: return 503;
    }
    return 500;
}

namespace {

Response refusal(int status, Error const& error, json::Object const& more)
{
    json::Object body { { "kind", word(error.kind) }, { "field", error.field },
        { "message", error.what } };
    body.insert(more.begin(), more.end());
    return json_response(status, json::Object { { "error", body } });
}

} // namespace

Response refusal(int status, Error const& error)
{
    return refusal(status, error, {});
}

Response refusal(Error const& error)
{
    return refusal(status_of(error.kind), error, {});
}

Response refusal(Error const& error, json::Object const& more)
{
    return refusal(status_of(error.kind), error, more);
}

} // namespace comity::http
