#pragma once

#include "crypto/certificate.h"

#include <filesystem>
#include <mutex>

/// Private keys that never leave a PKCS#11 token (a smart card, a hardware module, SoftHSM): P-256
/// for signing, key agreement and TLS through OpenSSL's engine "pkcs11"; Ed25519, which the engine
/// does not know, through the module itself.
namespace comity::crypto {

constexpr std::string_view token_scheme = "pkcs11:";

struct TokenSettings {
    std::filesystem::path module; ///< The maker's library.
    /// Gives the PIN when it is first needed. Errors are passed on.
    std::function<Result<std::string>()> pin;
};

/// One library with its login, opened with the first key. One a process: a module is finalised for
/// all of it.
class Token {
public:
    explicit Token(TokenSettings settings);
    ~Token();
    Token(Token const&) = delete;
    Token& operator=(Token const&) = delete;

    /// The private key that an RFC 7512 URI names ("pkcs11:token=...;object=..."). It keeps what it
    /// needs of the token. Errors: malformed for no such URI or one that holds a PIN; not_found;
    /// unavailable where there is no module or engine, or the token refuses the PIN.
    Result<Key> key(std::string const& uri);
    /// The same for an Ed25519 key, which signs a register.
    Result<Key> ed25519_key(std::string const& uri);

private:
    struct Engine;
    Result<std::string> pin() const;
    Result<std::shared_ptr<Engine>> engine();

    TokenSettings settings_;
    std::mutex mutex_;
    std::shared_ptr<Engine> engine_;
};

/// Error: malformed, for what is no URI of a key or holds a PIN.
Result<void> check_token_uri(std::string_view uri);

} // namespace comity::crypto
