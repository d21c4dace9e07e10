#pragma once

#include "casework/draft.h"
#include "crypto/token.h"
#include "http/clock_levels.h"
#include "protection/key_file.h"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

/// A node's node.toml. Paths in it count from its own folder.
namespace comity::main {

struct Address {
    std::string host;
    std::uint16_t port = 0;
};

/// An authority that puts the register's heads under time-stamps; without a URL there is none.
struct StampSettings {
    std::string url; ///< http://host:port/path
    std::filesystem::path authorities; ///< PEM: whose stamps are believed.
    std::int64_t every_seconds = 60;
    std::int64_t late_after_seconds = 300;
};

/// Who may sign officers in besides this node; without an issuer there is nobody.
struct OpenIdProvider {
    std::string issuer, client_id, return_address;
    std::filesystem::path secret; ///< File with the client secret; empty: a public client.
    std::filesystem::path authorities; ///< PEM; the system's where empty.
};

/// Keys that are not files in keys/ but in a PKCS#11 token.
struct TokenKeys {
    std::map<std::string, std::string> uris; ///< By the name of the key ("seal", "seal-2").
    std::shared_ptr<crypto::Token> token; ///< Set where there are URIs.
};

struct Config {
    std::filesystem::path folder;
    std::string party, unit, name, zone;
    bool test = false; ///< Synthetic data; every screen says so.
    bool supervisor_permission = false;
    casework::FourEyes four_eyes; ///< What this State wants two officers for.
    /// Erase-by on this State's answers, and on its requests where the command line names none.
    int retention_days = 365;
    std::filesystem::path law; ///< Folder of the treaty's data.
    std::filesystem::path
        dna; ///< Loci, kits, frequencies, rule sets; beside `law` where not named.
    std::filesystem::path cases; ///< Folder of text cases that the desk shows; empty: none.
    std::filesystem::path web; ///< Folder of the built desk.
    Address desk; ///< Plain HTTP on loopback; TLS with the transport certificate elsewhere.
    bool desk_over_tls = false;
    /// PEM: the desk over TLS asks browsers for a certificate of theirs; empty: it does not.
    std::filesystem::path desk_client_authorities;
    OpenIdProvider openid;
    std::vector<std::string> desk_hosts; ///< Names by which browsers may call the desk.
    Address peers;
    Address status; ///< Plain HTTP for /health, /ready and /metrics; without a host there is none.
    /// States that must have signed the trust list before this one believes it.
    std::uint32_t trust_signatures = 1;
    std::int64_t retry_longest_seconds = 60;
    StampSettings stamps;
    http::ClockLevels clocks;
    TokenKeys token_keys;
    /// Files with the keys of the outer layer by State; the first seals, each opens.
    std::map<std::string, std::vector<std::filesystem::path>> outer_keys;

    /// A path or postgresql://...: what Store::open takes.
    std::string database;
    /// The vault's key file and its copy on another disk. Processes of one State share them.
    protection::KeyFile::Places vault_keys;
    std::filesystem::path socket() const { return folder / "node.sock"; }
    std::filesystem::path key_file(std::string const& file) const { return folder / "keys" / file; }
};

/// Errors name the file and the setting: missing, of another type, outside its limits.
Result<Config> read_config(std::filesystem::path const& folder);
std::string write_config(Config const& config);

/// "--node bg" is the folder $COMITY_HOME/bg, ./demo-data/bg where that is not set; a path stays
/// one.
std::filesystem::path node_folder(std::string const& name);

} // namespace comity::main
