#include "http/openid.h"

#include "crypto/hash.h"

#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace comity::http {
namespace {

constexpr std::size_t drawn_bytes = 32;
constexpr std::chrono::seconds keys_anew_every { 60 };

Error wrong_claim(std::string_view name)
{
    return { Error::Kind::not_authentic, fmt::format("the provider's token does not fit: {}", name),
        std::string { name } };
}

std::string text_of(json::Object const& object, std::string_view name)
{
    auto const* found = object.if_contains(name);
    return found && found->is_string() ? std::string { found->get_string() } : std::string {};
}

std::optional<Instant> instant_of(json::Object const& object, std::string_view name)
{
    auto const* found = object.if_contains(name);
    if (!found || !found->is_int64()) return {};
    auto const seconds = found->get_int64();
    if (seconds < 0 || seconds > 100'000'000'000) return {};
    return Instant { std::chrono::seconds { seconds } };
}

/// One text, or a list of them (section 2): then `azp` has to name us too.
bool is_for_us(json::Object const& claims, std::string const& client_id)
{
    auto const* audience = claims.if_contains("aud");
    if (!audience) return false;
    auto const party = text_of(claims, "azp");
    if (!party.empty() && party != client_id) return false;
    if (audience->is_string()) return audience->get_string() == client_id;
    if (!audience->is_array()) return false;
    auto const& all = audience->get_array();
    auto const named = std::ranges::any_of(all, [&](json::Value const& each) {
        return each.is_string() && each.get_string() == client_id;
    });
    return named && (all.size() == 1 || party == client_id);
}

std::string encoded(std::string_view text)
{
    constexpr std::string_view plain
        = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    std::string out;
    for (char const c : text)
        out += plain.find(c) != plain.npos
            ? std::string { c }
            : fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    return out;
}

std::string form(std::initializer_list<std::pair<std::string_view, std::string_view>> fields)
{
    std::string out;
    for (auto const& [name, value] : fields)
        if (!value.empty())
            out += fmt::format("{}{}={}", out.empty() ? "" : "&", name, encoded(value));
    return out;
}

Result<json::Object> object_of(std::string const& text)
{
    auto const value = TRY(json::parse(text));
    if (!value.is_object())
        return Error { Error::Kind::malformed, "the provider's answer is no object" };
    return value.get_object();
}

} // namespace

Result<std::string> subject_of(
    json::Object const& claims, OpenIdSettings const& settings, std::string_view nonce, Instant now)
{
    if (text_of(claims, "iss") != settings.issuer) return wrong_claim("iss");
    if (!is_for_us(claims, settings.client_id)) return wrong_claim("aud");
    auto const until = instant_of(claims, "exp"), from = instant_of(claims, "iat");
    if (!until || now >= *until + provider_clock_skew) return wrong_claim("exp");
    if (!from || *from > now + provider_clock_skew || *from + token_age_max <= now)
        return wrong_claim("iat");
    if (nonce.empty() || text_of(claims, "nonce") != nonce) return wrong_claim("nonce");
    auto subject = text_of(claims, "sub");
    if (subject.empty() || subject.size() > subject_bytes_max) return wrong_claim("sub");
    return subject;
}

OpenId::OpenId(OpenIdSettings settings, WebFetch fetch, Clock clock, Random random)
    : settings_(std::move(settings))
    , fetch_(std::move(fetch))
    , clock_(std::move(clock))
    , random_(std::move(random))
{
}

std::string OpenId::drawn() const
{
    std::array<std::uint8_t, drawn_bytes> bytes {};
    random_(bytes);
    return crypto::to_base64url(bytes);
}

Result<OpenId::Provider> OpenId::read_provider() const
{
    auto base = settings_.issuer;
    if (base.ends_with('/')) base.pop_back(); // Discovery 1.0 section 4
    auto const page = TRY(fetch_({ base + "/.well-known/openid-configuration" }));
    auto const found = TRY(object_of(page));
    // Discovery 1.0 section 4.3: another issuer could stand in the middle.
    if (text_of(found, "issuer") != settings_.issuer)
        return Error { Error::Kind::malformed, "the provider says that it is another", "issuer" };
    Provider out { text_of(found, "authorization_endpoint"), text_of(found, "token_endpoint"), {},
        clock_() };
    TRY(read_web_address(out.authorization));
    TRY(read_web_address(out.token));
    out.keys
        = TRY(crypto::read_jwk_set(TRY(json::parse(TRY(fetch_({ text_of(found, "jwks_uri") }))))));
    return out;
}

/// `anew`: a token has a key that is not known; asked for once a minute at most.
Result<OpenId::Provider> OpenId::provider(bool anew)
{
    {
        std::scoped_lock const hold { mutex_ };
        auto const age = provider_ ? clock_() - provider_->read_at : Instant::duration {};
        if (provider_
            && age < (anew ? std::chrono::seconds { keys_anew_every }
                           : std::chrono::seconds { provider_keys_kept }))
            return *provider_;
    }
    auto const read = TRY(read_provider());
    std::scoped_lock const hold { mutex_ };
    provider_ = read;
    return read;
}

Result<Departure> OpenId::leave()
{
    if (!configured())
        return Error { Error::Kind::not_found, "this node has no OpenID provider", "openid" };
    auto const to = TRY(provider(false));
    Left left { drawn(), drawn(), drawn(), clock_() };
    auto const challenge = crypto::to_base64url(crypto::sha256(as_view(left.verifier)));
    auto const query = form({ { "response_type", "code" }, { "client_id", settings_.client_id },
        { "redirect_uri", settings_.return_address }, { "scope", "openid" },
        { "state", left.state }, { "nonce", left.nonce }, { "code_challenge", challenge },
        { "code_challenge_method", "S256" } });
    auto const joined = to.authorization.find('?') == to.authorization.npos ? '?' : '&';
    Departure out { fmt::format("{}{}{}", to.authorization, joined, query), drawn() };
    std::scoped_lock const hold { mutex_ };
    std::erase_if(
        left_, [&](auto const& each) { return left.at - each.second.at >= departure_max; });
    if (left_.size() >= departures_max)
        left_.erase(
            std::ranges::min_element(left_, {}, [](auto const& each) { return each.second.at; }));
    left_.emplace(out.key, std::move(left));
    return out;
}

/// Once: whoever comes back twice was overheard.
Result<OpenId::Left> OpenId::take(std::string_view key, std::string_view state)
{
    std::scoped_lock const hold { mutex_ };
    auto const found = left_.find(key);
    if (found == left_.end() || clock_() - found->second.at >= departure_max
        || found->second.state != state) {
        if (found != left_.end()) left_.erase(found);
        return Error { Error::Kind::not_authentic,
            "this browser did not leave for the provider, or too long ago", "state" };
    }
    auto out = std::move(found->second);
    left_.erase(found);
    return out;
}

Result<json::Object> OpenId::claims_of(std::string const& token, Provider const& from)
{
    auto claims = crypto::verify_jws(token, from.keys);
    if (claims.ok() || claims.error().kind != Error::Kind::not_found) return claims;
    return crypto::verify_jws(token, TRY(provider(true)).keys);
}

Result<std::string> OpenId::come_back(
    std::string_view key, std::string_view state, std::string_view code)
{
    auto const left = TRY(take(key, state));
    if (code.empty())
        return Error { Error::Kind::not_authentic, "the provider let nobody in", "code" };
    auto const from = TRY(provider(false));
    auto const answer = TRY(object_of(TRY(fetch_({ from.token,
        form({ { "grant_type", "authorization_code" }, { "code", code },
            { "redirect_uri", settings_.return_address }, { "client_id", settings_.client_id },
            { "client_secret", settings_.client_secret },
            { "code_verifier", left.verifier } }) }))));
    auto const claims = TRY(claims_of(text_of(answer, "id_token"), from));
    return subject_of(claims, settings_, left.nonce, clock_());
}

} // namespace comity::http
