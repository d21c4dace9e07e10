#pragma once

#include "base/instant.h"
#include "base/random.h"
#include "crypto/jws.h"
#include "http/web_client.h"

#include <map>
#include <mutex>

/// Signing in by a provider of the State (OpenID Connect Core 1.0): authorization code with PKCE
/// (RFC 7636, S256), state and nonce, discovery and key set of the provider.
namespace comity::http {

struct OpenIdSettings {
    std::string issuer; ///< Without one there is no such sign-in.
    std::string client_id, client_secret; ///< Without a secret PKCE alone binds the code.
    std::string return_address; ///< https://desk.../v1/session/openid/return
};

constexpr std::chrono::minutes departure_max { 10 }; ///< From leaving for the provider to return.
constexpr std::size_t departures_max = 1000; ///< The oldest is forgotten when one more leaves.
constexpr std::chrono::seconds provider_clock_skew { 60 };
constexpr std::chrono::minutes token_age_max { 10 };
constexpr std::chrono::minutes provider_keys_kept { 60 };
constexpr std::size_t subject_bytes_max = 255;

/// What a browser takes along to the provider.
struct Departure {
    std::string location; ///< The provider's page.
    std::string key; ///< For a cookie: only the browser that left comes back.
};

/// What an ID token has to say (Core 1.0 section 3.1.3.7); the subject where it does.
/// Errors: not_authentic naming the claim.
Result<std::string> subject_of(json::Object const& claims, OpenIdSettings const& settings,
    std::string_view nonce, Instant now);

/// Any thread may call.
class OpenId {
public:
    OpenId(OpenIdSettings settings, WebFetch fetch, Clock clock, Random random);

    bool configured() const { return !settings_.issuer.empty(); }
    /// Errors: unavailable; malformed for a provider that is another than it says.
    Result<Departure> leave();
    /// The subject. Errors: not_authentic (`field` "state" for a browser that never left, or came
    /// back before), unavailable.
    Result<std::string> come_back(
        std::string_view key, std::string_view state, std::string_view code);

private:
    struct Provider {
        std::string authorization, token;
        std::vector<crypto::JwsKey> keys;
        Instant read_at;
    };
    struct Left {
        std::string state, nonce, verifier;
        Instant at;
    };
    Result<Provider> read_provider() const;
    Result<Provider> provider(bool anew);
    Result<Left> take(std::string_view key, std::string_view state);
    Result<json::Object> claims_of(std::string const& token, Provider const& provider);
    std::string drawn() const;

    OpenIdSettings settings_;
    WebFetch fetch_;
    Clock clock_;
    Random random_;
    std::mutex mutex_;
    std::optional<Provider> provider_;
    std::map<std::string, Left, std::less<>> left_;
};

} // namespace comity::http
