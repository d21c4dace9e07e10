#define OPENSSL_SUPPRESS_DEPRECATED // engines; Debian 12 has no provider for PKCS#11

#include "crypto/token.h"

#include "crypto/openssl.h"
#include "crypto/token_signer.h"

#include <fmt/format.h>
#include <openssl/engine.h>
#include <openssl/err.h>

namespace comity::crypto {

struct Token::Engine {
    ENGINE* engine = nullptr;

    Engine() = default;
    Engine(Engine const&) = delete;
    Engine& operator=(Engine const&) = delete;
    ~Engine()
    {
        if (!engine) return;
        ENGINE_finish(engine);
        ENGINE_free(engine);
    }
};

namespace {

constexpr char const* engine_name = "pkcs11";

Error unavailable(std::string_view what)
{
    return openssl_error(Error::Kind::unavailable, what);
}

} // namespace

Result<void> check_token_uri(std::string_view uri)
{
    if (!uri.starts_with(token_scheme) || uri.find("object=") == uri.npos)
        return Error { Error::Kind::malformed,
            "a key in a token is named pkcs11:token=...;object=...", "keys" };
    if (uri.find("pin-value") != uri.npos || uri.find("pin-source") != uri.npos)
        return Error { Error::Kind::malformed, "a PIN does not stand in the name of a key",
            "keys" };
    return {};
}

Token::Token(TokenSettings settings)
    : settings_(std::move(settings))
{
}

Token::~Token() = default;

Result<std::string> Token::pin() const
{
    if (!std::filesystem::exists(settings_.module))
        return Error { Error::Kind::unavailable,
            fmt::format("there is no PKCS#11 module {}", settings_.module.string()),
            "token.module" };
    return settings_.pin();
}

/// Opens the module with the PIN where that was not done yet.
Result<std::shared_ptr<Token::Engine>> Token::engine()
{
    if (engine_) return engine_;
    auto const pin = TRY(this->pin());
    auto* const found = ENGINE_by_id(engine_name);
    if (!found) return unavailable("OpenSSL has no engine 'pkcs11' (libengine-pkcs11-openssl)");
    bool const started = ENGINE_ctrl_cmd_string(found, "QUIET", nullptr, 0) == 1
        && ENGINE_ctrl_cmd_string(found, "MODULE_PATH", settings_.module.c_str(), 0) == 1
        && ENGINE_ctrl_cmd_string(found, "PIN", pin.c_str(), 0) == 1 && ENGINE_init(found) == 1;
    if (!started) {
        ENGINE_free(found);
        return unavailable("the PKCS#11 module does not start");
    }
    engine_ = std::make_shared<Engine>();
    engine_->engine = found;
    return engine_;
}

Result<Key> Token::key(std::string const& uri)
{
    TRY(check_token_uri(uri));
    std::scoped_lock const hold { mutex_ };
    auto const opened = TRY(engine());
    auto* const found = ENGINE_load_private_key(opened->engine, uri.c_str(), nullptr, nullptr);
    if (!found)
        return openssl_error(
            Error::Kind::not_found, fmt::format("the token gives no private key {}", uri));
    Key key { found, opened };
    if (!key.is_p256())
        return Error { Error::Kind::malformed, fmt::format("{} is not on P-256", uri), "keys" };
    return key;
}

Result<Key> Token::ed25519_key(std::string const& uri)
{
    TRY(check_token_uri(uri));
    std::scoped_lock const hold { mutex_ };
    return ed25519_in_token(settings_.module, uri, TRY(pin()));
}

} // namespace comity::crypto
