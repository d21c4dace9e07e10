#pragma once

#include "exchange/exchange.h"
#include "exchange/outer.h"
#include "main/config.h"

/// The private keys of a node, in keys/: NAME.key with its certificate NAME.crt, where NAME is the
/// kind ("seal", "sealing", "transport"), or the kind with a number ("seal-2") for the one that
/// takes its place; and register.key, register-2.key. A key that the settings name by URI is in a
/// token instead of its file.
namespace comity::main {

constexpr int keys_of_kind_max = 32;
/// How long a sealing key stays after the list that drops it came into force: a peer that has not
/// had that list yet may still send what is sealed to it.
constexpr std::chrono::days sealing_key_rest { 7 };

struct HeldKey {
    std::string name;
    crypto::Identity identity;
};

struct HeldRegisterKey {
    std::string name;
    crypto::Key key;
};

struct KeyRing {
    std::vector<HeldKey> seals, sealings, transports; ///< In the order in which they were made.
    std::vector<HeldRegisterKey> register_keys;
};

/// Whether there is a private key of that name, as a file or in a token.
bool is_held(Config const& config, std::string const& name);
/// Error: as for Key::read_pem and Token::key.
Result<crypto::Key> read_key(Config const& config, std::string const& name);
Result<crypto::Key> read_register_key(Config const& config, std::string const& name);
/// The keys of the outer layer, by State. Errors name the file.
Result<exchange::OuterKeys::ByState> read_outer_keys(Config const& config);

/// Errors: not_found where there is none of a kind; conflict for a key and a certificate that do
/// not belong together.
Result<KeyRing> read_keys(Config const& config);

/// What a node signs with, opens with and shows, now that this list is in force: of each kind the
/// one made first among those that its State's line names and that count now, so that a new one is
/// used only when a list drops the old one, which is after every peer has had a list that names
/// both. Where the line names none, the one that lasts longest.
struct Standing {
    exchange::Self self;
    HeldKey seal, sealing, transport;
    /// The register's, as the line names them. Never empty.
    std::vector<HeldRegisterKey> register_keys;

    /// When one of the three certificates in use runs out, and another is to be chosen.
    Instant until() const;
};
/// Errors: not_found where the list has no line of this State; conflict where its line names a
/// register key that is not here.
Result<Standing> standing_of(
    Config const& config, KeyRing const& ring, exchange::Trust const& trust, Instant now);

/// The names that a kind of key may have, the first ones first: "seal", "seal-2", ...
std::string key_name(std::string_view kind, int number);

} // namespace comity::main
