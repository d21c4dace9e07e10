#include "main/config.h"

#include "base/file.h"
#include "exchange/outer.h"
#include "http/web_client.h"
#include "store/store.h"

#define TOML_EXCEPTIONS 0
#include <fmt/format.h>
#include <toml++/toml.h>

#include <cstdlib>

namespace comity::main {
namespace {

Error wrong(std::string_view setting, std::string_view what)
{
    return { Error::Kind::malformed, fmt::format("node.toml: {} {}", setting, what),
        std::string { setting } };
}

/// The settings of one file, read with their names in the errors.
struct Settings {
    toml::table const& table;

    Result<std::string> text(std::string_view name) const
    {
        auto const value = table.at_path(name).value_exact<std::string>();
        if (!value || value->empty()) return wrong(name, "is missing or no text");
        return *value;
    }
    /// Empty where the setting is not there.
    Result<std::string> text_or_none(std::string_view name) const
    {
        if (!table.at_path(name)) return std::string {};
        return text(name);
    }
    Result<std::int64_t> number(
        std::string_view name, std::int64_t least, std::int64_t most, std::int64_t otherwise) const
    {
        auto const node = table.at_path(name);
        if (!node) return otherwise;
        auto const value = node.value_exact<std::int64_t>();
        if (!value || *value < least || *value > most)
            return wrong(name, fmt::format("must be a whole number from {} to {}", least, most));
        return *value;
    }
    Result<bool> flag(std::string_view name) const
    {
        auto const node = table.at_path(name);
        if (!node) return false;
        auto const value = node.value_exact<bool>();
        if (!value) return wrong(name, "must be true or false");
        return *value;
    }
    Result<Address> address(std::string const& name) const
    {
        Address out;
        out.host = TRY(text(name + ".address"));
        out.port = static_cast<std::uint16_t>(TRY(number(name + ".port", 0, 65'535, 0)));
        return out;
    }
    Result<std::vector<std::string>> list(std::string_view name) const
    {
        auto const* array = table.at_path(name).as_array();
        if (!array) return wrong(name, "must be a list of texts");
        std::vector<std::string> out;
        for (auto const& item : *array) {
            auto const value = item.value_exact<std::string>();
            if (!value) return wrong(name, "must be a list of texts");
            out.push_back(*value);
        }
        return out;
    }
};

/// The table [stamps], where there is one.
Result<StampSettings> read_stamps(Settings const& settings, std::filesystem::path const& folder)
{
    StampSettings out;
    if (!settings.table.at_path("stamps")) return out;
    out.url = TRY(settings.text("stamps.url"));
    out.authorities = folder / TRY(settings.text("stamps.authorities"));
    out.every_seconds = TRY(settings.number("stamps.every_seconds", 1, 86'400, 60));
    out.late_after_seconds = TRY(settings.number("stamps.late_after_seconds", 1, 86'400, 300));
    return out;
}

/// The table [clocks], where there is one.
Result<http::ClockLevels> read_clocks(Settings const& settings)
{
    constexpr std::int64_t year_minutes = 366 * 24 * 60;
    http::ClockLevels out;
    auto const read = [&](std::string_view name, std::int64_t least, std::int64_t& into) {
        auto const value = settings.number(name, least, year_minutes, into);
        if (value.ok()) into = value.value();
        return value;
    };
    // Red comes after amber, on clocks that run down and on those that run up.
    TRY(read("clocks.red_left_minutes", 0, out.red_left_minutes));
    TRY(read("clocks.amber_left_minutes", out.red_left_minutes, out.amber_left_minutes));
    TRY(read("clocks.amber_gone_minutes", 0, out.amber_gone_minutes));
    TRY(read("clocks.red_gone_minutes", out.amber_gone_minutes, out.red_gone_minutes));
    return out;
}

/// The table [four_eyes], where there is one.
Result<casework::FourEyes> read_four_eyes(Settings const& settings)
{
    casework::FourEyes out;
    out.send = TRY(settings.flag("four_eyes.send"));
    out.refuse = TRY(settings.flag("four_eyes.refuse"));
    out.release_hit = TRY(settings.flag("four_eyes.release_hit"));
    return out;
}

/// The table [openid], where it is.
Result<OpenIdProvider> read_openid(Settings const& settings, std::filesystem::path const& folder)
{
    OpenIdProvider out;
    if (!settings.table.contains("openid")) return out;
    out.issuer = TRY(settings.text("openid.issuer"));
    out.client_id = TRY(settings.text("openid.client_id"));
    out.return_address = TRY(settings.text("openid.return_address"));
    auto const secret = TRY(settings.text_or_none("openid.secret_file"));
    if (!secret.empty()) out.secret = folder / secret;
    auto const authorities = TRY(settings.text_or_none("openid.authorities"));
    if (!authorities.empty()) out.authorities = folder / authorities;
    for (auto const& [name, url] : { std::pair { "openid.issuer", &out.issuer },
             std::pair { "openid.return_address", &out.return_address } })
        if (auto const read = http::read_web_address(*url); !read.ok())
            return wrong(name, read.error().what);
    return out;
}

constexpr char const* pin_variable = "COMITY_TOKEN_PIN";

/// The PIN is read when a key is first needed, and is never in the settings.
std::function<Result<std::string>()> pin_from(std::filesystem::path file)
{
    return [file = std::move(file)]() -> Result<std::string> {
        if (file.empty()) {
            auto const* value = std::getenv(pin_variable); // NOLINT: nobody sets it here
            if (value && *value) return std::string { value };
            return wrong("token.pin_file",
                fmt::format("is missing, and so is {} in the environment", pin_variable));
        }
        auto const content = TRY(read_file(file, 256));
        auto const text = as_text(content);
        return std::string { text.substr(0, text.find_first_of("\r\n")) };
    };
}

/// The tables [token] and [keys], where they are.
Result<TokenKeys> read_token_keys(Settings const& settings, std::filesystem::path const& folder)
{
    TokenKeys out;
    auto const* keys = settings.table.get_as<toml::table>("keys");
    if (!keys) return out;
    for (auto const& [name, value] : *keys) {
        auto const setting = fmt::format("keys.{}", name.str());
        auto const uri = TRY(settings.text(setting));
        if (auto const fits = crypto::check_token_uri(uri); !fits.ok())
            return wrong(setting, fits.error().what);
        out.uris[std::string { name.str() }] = uri;
    }
    crypto::TokenSettings token;
    token.module = TRY(settings.text("token.module"));
    auto const pin_file = TRY(settings.text_or_none("token.pin_file"));
    token.pin = pin_from(pin_file.empty() ? std::filesystem::path {} : folder / pin_file);
    out.token = std::make_shared<crypto::Token>(std::move(token));
    return out;
}

/// The table [outer]: a State and one or two files.
Result<std::map<std::string, std::vector<std::filesystem::path>>> read_outer(
    Settings const& settings, std::filesystem::path const& folder)
{
    std::map<std::string, std::vector<std::filesystem::path>> out;
    auto const* table = settings.table.get_as<toml::table>("outer");
    if (!table) return out;
    for (auto const& [state, value] : *table) {
        auto const setting = fmt::format("outer.{}", state.str());
        auto const files = TRY(settings.list(setting));
        if (files.empty() || files.size() > exchange::outer_keys_max)
            return wrong(setting, fmt::format("has 1 to {} files", exchange::outer_keys_max));
        for (auto const& file : files) out[std::string { state.str() }].push_back(folder / file);
    }
    return out;
}

/// The table [vault], where there is one.
Result<protection::KeyFile::Places> read_vault(
    Settings const& settings, std::filesystem::path const& folder)
{
    auto const file = TRY(settings.text_or_none("vault.keys"));
    auto const copy = TRY(settings.text_or_none("vault.copy"));
    return protection::KeyFile::Places { folder / (file.empty() ? "keys/vault.key" : file),
        copy.empty() ? std::filesystem::path {} : folder / copy };
}

std::string database_of(std::filesystem::path const& folder, std::string const& setting)
{
    if (store::is_postgres(setting)) return setting;
    return (folder / (setting.empty() ? "node.db" : setting)).string();
}

} // namespace

Result<Config> read_config(std::filesystem::path const& folder)
{
    auto const text = read_file(folder / "node.toml", 65'536);
    if (!text.ok())
        return Error { Error::Kind::not_found,
            fmt::format("there is no node at {} (no node.toml)", folder.string()) };
    auto const parsed = toml::parse(as_text(text.value()));
    if (!parsed)
        return wrong("line " + std::to_string(parsed.error().source().begin.line),
            parsed.error().description());
    Settings const settings { parsed.table() };
    Config out;
    out.folder = folder;
    out.party = TRY(settings.text("party"));
    out.unit = TRY(settings.text("unit"));
    out.name = TRY(settings.text("name"));
    out.zone = TRY(settings.text("zone"));
    out.test = TRY(settings.flag("test"));
    out.supervisor_permission = TRY(settings.flag("supervisor_permission"));
    out.four_eyes = TRY(read_four_eyes(settings));
    out.retention_days = static_cast<int>(TRY(settings.number("retention_days", 1, 36'500, 365)));
    out.law = folder / TRY(settings.text("law"));
    if (auto const cases = TRY(settings.text_or_none("cases")); !cases.empty())
        out.cases = folder / cases;
    auto const dna = TRY(settings.text_or_none("dna"));
    out.dna = dna.empty() ? out.law.lexically_normal().parent_path() / "dna" : folder / dna;
    out.web = folder / TRY(settings.text("web"));
    out.database = database_of(folder, TRY(settings.text_or_none("database")));
    out.vault_keys = TRY(read_vault(settings, folder));
    out.desk = TRY(settings.address("desk"));
    out.desk_over_tls = TRY(settings.flag("desk.tls"));
    out.desk_hosts = TRY(settings.list("desk.hosts"));
    if (auto const file = TRY(settings.text_or_none("desk.client_authorities")); !file.empty())
        out.desk_client_authorities = folder / file;
    out.openid = TRY(read_openid(settings, folder));
    out.peers = TRY(settings.address("peers"));
    out.trust_signatures
        = static_cast<std::uint32_t>(TRY(settings.number("trust_signatures", 1, 64, 1)));
    out.retry_longest_seconds = TRY(settings.number("retry_longest_seconds", 1, 86'400, 60));
    if (parsed.table().contains("status")) out.status = TRY(settings.address("status"));
    out.stamps = TRY(read_stamps(settings, folder));
    out.clocks = TRY(read_clocks(settings));
    out.token_keys = TRY(read_token_keys(settings, folder));
    out.outer_keys = TRY(read_outer(settings, folder));
    return out;
}

std::string write_config(Config const& config)
{
    std::string hosts;
    for (auto const& host : config.desk_hosts)
        hosts += fmt::format("{}\"{}\"", hosts.empty() ? "" : ", ", host);
    auto const cases
        = config.cases.empty() ? "" : fmt::format("\ncases = \"{}\"", config.cases.string());
    auto const database
        = config.database.empty() ? "" : fmt::format("\ndatabase = \"{}\"", config.database);
    auto const status = config.status.host.empty()
        ? std::string {}
        : fmt::format("\n[status] # /health, /ready, /metrics: for machines, without signing in\n"
                      "address = \"{}\"\nport = {}\n",
              config.status.host, config.status.port);
    return fmt::format(R"toml(# A Comity node. Paths count from this folder.
party = "{}"
unit = "{}"
name = "{}"
zone = "{}"
test = {} # synthetic data: every screen says so
# General permission of the data-protection supervisor to transfer personal data (RES-BG(2)).
supervisor_permission = {}
retention_days = {} # erase-by on its answers, and on requests of the command line, A31(4)(b)
law = "{}"{}
web = "{}"{}
trust_signatures = {} # States that must have signed the trust list
retry_longest_seconds = {}

[desk]
address = "{}"
port = {}
tls = {}
hosts = [{}]

[peers]
address = "{}"
port = {}

[clocks] # minutes before a deadline, and since something had to be done immediately
amber_left_minutes = {}
red_left_minutes = {}
amber_gone_minutes = {}
red_gone_minutes = {}

[four_eyes] # a second officer confirms it, never the same account
send = {} # requests, information without a request, and every word on a claim
refuse = {}
release_hit = {} # answers that tell of a hit
)toml",
               config.party, config.unit, config.name, config.zone, config.test,
               config.supervisor_permission, config.retention_days, config.law.string(), cases,
               config.web.string(), database, config.trust_signatures, config.retry_longest_seconds,
               config.desk.host, config.desk.port, config.desk_over_tls, hosts, config.peers.host,
               config.peers.port, config.clocks.amber_left_minutes, config.clocks.red_left_minutes,
               config.clocks.amber_gone_minutes, config.clocks.red_gone_minutes,
               config.four_eyes.send, config.four_eyes.refuse, config.four_eyes.release_hit)
        + status;
}

std::filesystem::path node_folder(std::string const& name)
{
    if (name.find('/') != name.npos || name == ".") return name;
    auto const* home = std::getenv("COMITY_HOME"); // NOLINT: read once, before any thread
    return std::filesystem::path { home ? home : "demo-data" } / name;
}

} // namespace comity::main
