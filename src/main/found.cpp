#include "base/file.h"
#include "casework/vehicle_register.h"
#include "exchange/founding.h"
#include "main/commands.h"
#include "main/rooms.h"

#include <fmt/format.h>

#include <ostream>

/// Setting a node up: keys and trust, accounts, the national register.
namespace comity::main {
namespace {

struct Seat {
    std::string_view state, unit, name, zone;
};
// Seats of the twelve National Central Units; the units' names in the demo are marked TEST.
constexpr Seat seats[] = { { "AL", "NCU Tirana TEST", "Tirana", "Europe/Tirane" },
    { "AT", "NCU Vienna TEST", "Vienna", "Europe/Vienna" },
    { "BA", "NCU Sarajevo TEST", "Sarajevo", "Europe/Sarajevo" },
    { "BG", "NCU Sofia TEST", "Sofia", "Europe/Sofia" },
    { "HR", "NCU Zagreb TEST", "Zagreb", "Europe/Zagreb" },
    { "HU", "NCU Budapest TEST", "Budapest", "Europe/Budapest" },
    { "MD", "NCU Chisinau TEST", "Chisinau", "Europe/Chisinau" },
    { "ME", "NCU Podgorica TEST", "Podgorica", "Europe/Podgorica" },
    { "MK", "NCU Skopje TEST", "Skopje", "Europe/Skopje" },
    { "RO", "NCU Bucharest TEST", "Bucharest", "Europe/Bucharest" },
    { "RS", "NCU Belgrade TEST", "Belgrade", "Europe/Belgrade" },
    { "SI", "NCU Ljubljana TEST", "Ljubljana", "Europe/Ljubljana" } };

Result<Seat> seat_of(std::string const& state)
{
    for (auto const& seat : seats)
        if (seat.state == state) return seat;
    return Error { Error::Kind::malformed,
        fmt::format("'{}' is not a Party to the Convention", state), "states" };
}

std::string lower(std::string text)
{
    for (char& c : text)
        if ('A' <= c && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

Result<void> put_identity(
    std::filesystem::path const& keys, std::string const& name, crypto::Identity const& identity)
{
    TRY(write_file(keys / (name + ".crt"), as_view(identity.certificate.pem())));
    return write_file(keys / (name + ".key"), as_view(identity.key.pem()), Readable::by_owner);
}

Result<void> put_node(std::filesystem::path const& folder, exchange::StateKeys const& keys,
    exchange::Founding const& founding, Config const& config)
{
    std::error_code code;
    std::filesystem::create_directories(folder / "keys", code);
    std::filesystem::create_directories(folder / "roots", code);
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, code);
    if (code)
        return Error { Error::Kind::unavailable,
            fmt::format("cannot create {}: {}", folder.string(), code.message()) };
    TRY(put_identity(folder / "keys", "root", keys.root));
    TRY(put_identity(folder / "keys", "seal", keys.seal));
    TRY(put_identity(folder / "keys", "sealing", keys.sealing));
    TRY(put_identity(folder / "keys", "transport", keys.transport));
    TRY(write_file(
        folder / "keys" / "register.key", as_view(keys.register_key.pem()), Readable::by_owner));
    for (auto const& each : founding.states)
        TRY(write_file(folder / "roots" / (lower(each.of.state) + ".pem"),
            as_view(each.root.certificate.pem())));
    auto in_folder = config;
    in_folder.folder = folder;
    in_folder.vault_keys = { folder / "keys" / "vault.key", {} };
    auto const random = crypto::system_random();
    TRY(protection::KeyFile::open(
        in_folder.vault_keys, TRY(vault_lock(in_folder, random)), random));
    TRY(keep_trust_list(in_folder, { founding.trust_list, founding.signatures, founding.at }));
    return write_file(folder / "node.toml", as_view(write_config(config)));
}

Config config_of(FoundOptions const& options, Seat const& seat, std::uint16_t desk_port,
    std::uint16_t status_port)
{
    Config config;
    config.party = seat.state;
    config.unit = seat.unit;
    config.name = seat.name;
    config.zone = seat.zone;
    config.test = true;
    config.supervisor_permission = true;
    config.law = std::filesystem::absolute(options.law);
    if (!options.cases.empty()) config.cases = std::filesystem::absolute(options.cases);
    config.web = std::filesystem::absolute(options.web);
    config.trust_signatures = static_cast<std::uint32_t>(options.states.size() / 2 + 1);
    config.retry_longest_seconds = 5;
    config.desk = { "127.0.0.1", desk_port };
    config.desk_hosts = { "127.0.0.1", "localhost" };
    config.peers = { "127.0.0.1", static_cast<std::uint16_t>(desk_port + 1) };
    config.status = { "127.0.0.1", status_port };
    return config;
}

} // namespace

Result<ExitCode> found_exchange(FoundOptions const& options, std::ostream& out)
{
    if (!options.hosts.empty() && options.hosts.size() != options.states.size())
        return Error { Error::Kind::malformed,
            fmt::format("{} hosts for {} States", options.hosts.size(), options.states.size()),
            "hosts" };
    std::vector<exchange::FoundingState> states;
    std::vector<Config> configs;
    auto port = options.first_port;
    auto status_port = static_cast<std::uint16_t>(port + 2 * options.states.size());
    for (std::size_t i = 0; i < options.states.size(); ++i) {
        auto const seat = TRY(seat_of(options.states[i]));
        auto& config = configs.emplace_back(config_of(options, seat, port, status_port++));
        if (!options.hosts.empty()) config.peers.host = options.hosts[i];
        states.push_back({ options.states[i], std::string { seat.unit }, "localhost",
            fmt::format("{}:{}", config.peers.host, config.peers.port) });
        port = static_cast<std::uint16_t>(port + 2);
    }
    for (auto const& state : options.states)
        if (std::filesystem::exists(options.folder / lower(state)))
            return Error { Error::Kind::conflict,
                fmt::format("{} exists already; nothing was changed",
                    (options.folder / lower(state)).string()) };
    auto const majority = static_cast<std::uint32_t>(states.size() / 2 + 1);
    auto const founding
        = exchange::found(states, majority, system_clock()(), crypto::system_random());
    for (std::size_t i = 0; i < configs.size(); ++i) {
        auto const folder = options.folder / lower(options.states[i]);
        TRY(put_node(folder, founding.states[i], founding, configs[i]));
        out << fmt::format(
            "{}: keys, certificates and trust list in {}\n", configs[i].unit, folder.string());
    }
    return 0;
}

Result<ExitCode> add_account(Config const& config, AccountOptions const& options, std::ostream& out)
{
    auto const rooms = TRY(open_rooms(config));
    access::NewAccount wanted { options.name, options.display_name, {}, config.party,
        options.language, options.password, options.once };
    for (auto const& word : options.roles) {
        auto const role = json::from_word<access::Role>(word);
        if (!role) return json::detail::unknown_word(word, json::words<access::Role>(), "role");
        wanted.roles.push_back(*role);
    }
    auto const account = TRY(rooms->access->add_account(wanted));
    out << fmt::format(
        "{} ({}) may sign in at {}\n", account.name, account.display_name, config.unit);
    return 0;
}

Result<ExitCode> load_vehicles(
    Config const& config, std::filesystem::path const& file, std::ostream& out)
{
    auto const lines = TRY(read_file(file, std::size_t { 1 } << 30U));
    auto const rooms = TRY(open_rooms(config));
    auto const count = TRY(rooms->store->write([&](store::Transaction& transaction) {
        return casework::import_vehicles(transaction, as_text(lines));
    }));
    out << fmt::format("{}: {} vehicles in the national register (TEST)\n", config.unit, count);
    return 0;
}

} // namespace comity::main
