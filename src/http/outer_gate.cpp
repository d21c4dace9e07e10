#include "http/outer_gate.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::http {
namespace {

using exchange::OuterKey;
using exchange::OuterPlace;
using exchange::OuterSalt;

constexpr std::string_view type_header = "content-type";

void set_type(std::vector<Field>& headers, std::string type)
{
    std::erase_if(headers, [](Field const& each) { return each.name == type_header; });
    if (!type.empty()) headers.push_back({ std::string { type_header }, std::move(type) });
}

std::string type_of(Response const& response)
{
    auto const found = std::ranges::find(response.headers, type_header, &Field::name);
    return found == response.headers.end() ? std::string {} : found->value;
}

/// The State of the certificate shown; none where the routes will say why not.
std::string state_of(exchange::Trust const& trust, Request const& request, Instant now)
{
    auto const shown = from_hex(request.peer.certificate_sha256);
    crypto::Digest fingerprint {};
    if (!shown.ok() || shown.value().size() != fingerprint.size()) return {};
    std::ranges::copy(shown.value(), fingerprint.begin());
    auto const peer = trust.by_transport(fingerprint, now);
    return peer.ok() ? peer.value().state : std::string {};
}

} // namespace

Result<Response> OuterGate::under_layer(Request request, std::string const& state,
    std::span<OuterKey const> keys, Handler const& routes) const
{
    auto const wrapped = request.header(type_header) == exchange::outer_type;
    if (!wrapped && !request.body.empty())
        return Error { Error::Kind::not_authentic,
            fmt::format(
                "{} and {} have agreed on an outer layer: no body comes without it", own_, state),
            std::string { type_header } };
    OuterSalt salt {};
    std::size_t key = 0;
    if (wrapped) {
        auto opened
            = TRY(exchange::unwrap_outer(request.body, keys, { state, own_, request.path }));
        salt = opened.salt;
        key = opened.key;
        request.body = std::move(opened.body.content);
        set_type(request.headers, std::move(opened.body.content_type));
    }
    auto const path = request.path;
    auto response = routes(std::move(request));
    OuterSalt fresh {};
    random_(fresh);
    Response out;
    out.body
        = exchange::wrap_outer({ response.status, type_of(response), std::move(response.body) },
            keys[key], OuterPlace { own_, state, path, salt }, fresh);
    set_type(out.headers, std::string { exchange::outer_type });
    return out;
}

Response OuterGate::serve(Request request, Handler const& routes) const
{
    if (!request.path.starts_with(exchange::exchange_prefix)) return routes(std::move(request));
    auto const state = state_of(trust_(), request, clock_());
    auto const keys = state.empty() ? std::vector<OuterKey> {} : keys_->of(state);
    if (!keys.empty()) {
        auto answer = under_layer(std::move(request), state, keys, routes);
        return answer.ok() ? answer.take() : refusal(answer.error());
    }
    if (request.header(type_header) == exchange::outer_type && !state.empty())
        return refusal(
            { Error::Kind::malformed, fmt::format("no outer layer is agreed on with {}", state),
                std::string { type_header } });
    return routes(std::move(request));
}

} // namespace comity::http
