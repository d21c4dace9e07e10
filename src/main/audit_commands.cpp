#include "base/file.h"
#include "exchange/pipe.h"
#include "exchange/sweep.h"
#include "main/commands.h"
#include "main/node.h"
#include "main/rooms.h"

#include <fmt/format.h>

#include <ostream>

/// Registers held against their keys, their duties and each other.
namespace comity::main {
namespace {

using exchange::Difference;
using exchange::Register;
using store::Transaction;

constexpr std::string_view https = "https://";
constexpr std::string_view register_path = "register/";

ledger::Fetch from_folder(std::filesystem::path const& folder)
{
    return [folder](std::string const& path) {
        return read_file(folder / path.substr(register_path.size()));
    };
}

ledger::Fetch from_pipe(std::shared_ptr<exchange::Pipe> pipe, std::string const& whose)
{
    return [pipe, whose](std::string const& path) -> Result<Bytes> {
        auto reply = TRY(pipe->get("/" + path));
        if (reply.status == 200) return std::move(reply.body);
        return Error { reply.status == 404 ? Error::Kind::not_found : Error::Kind::unavailable,
            fmt::format("{} answered {} to {}", whose, reply.status, path) };
    };
}

/// The State of a trust list whose node is at an address. Its certificates are the list's; nothing
/// else of the list is checked: the auditor vouches for the file.
Result<exchange::Peer> peer_at(std::string const& address, std::string_view list)
{
    auto const read = TRY(json::read_text<exchange::TrustList>(list, json::Unknown::keep));
    for (auto const& each : read.states) {
        if (each.address != address) continue;
        auto root = TRY(crypto::Certificate::read_pem(each.root));
        auto key = TRY(ledger::Verifier::read(each.register_key));
        exchange::Peer out { each.state, each.unit, std::move(root), {}, {}, {}, std::move(key),
            each.address };
        for (auto const& pem : each.transports)
            out.transports.push_back(TRY(crypto::Certificate::read_pem(pem)));
        return out;
    }
    return Error { Error::Kind::not_found,
        fmt::format("the keys are no trust list with a node at {}", address), "--keys" };
}

Result<ledger::Fetch> fetch_of(
    std::string const& source, AuditOptions const& options, std::string_view keys)
{
    if (!source.starts_with(https)) {
        if (!std::filesystem::is_directory(source))
            return Error { Error::Kind::not_found,
                fmt::format("'{}' is neither a folder nor https://host:port", source), "source" };
        return from_folder(source);
    }
    auto address = source.substr(https.size());
    if (address.ends_with('/')) address.pop_back();
    if (!keys.starts_with('{') || options.identity.empty())
        return Error { Error::Kind::malformed,
            "a node is asked with a trust list as --keys and with an --identity that it admits",
            "--identity" };
    auto const pem = TRY(read_file(options.identity));
    auto certificate = TRY(crypto::Certificate::read_pem(as_text(pem)));
    auto key = TRY(crypto::Key::read_pem(as_text(pem)));
    crypto::Identity const identity { std::move(certificate), std::move(key) };
    auto const peer = TRY(peer_at(address, keys));
    std::shared_ptr<exchange::Pipe> pipe = TRY(exchange::Pipe::make(TRY(pipe_end(peer, identity))));
    return from_pipe(std::move(pipe), peer.state);
}

void say(std::vector<Difference> const& found, std::ostream& out)
{
    for (auto const& each : found)
        out << fmt::format(
            "  {} entry {} (message {}): {}\n", each.holder, each.entry, each.message, each.what);
}

void describe(Register const& read, std::ostream& out)
{
    out << fmt::format("{}: {} entries, kept from {} on; every hash gives the root it signed.\n",
        read.head.origin, read.head.size, read.minimum);
    for (auto const& each : read.cosignatures) {
        Instant const at { std::chrono::seconds { each.at_s } };
        out << fmt::format("  cosigned by {} at {}\n", each.witness, to_text(at));
    }
    if (read.cosignatures.empty()) out << "  cosigned by no witness whose key was given\n";
}

/// What a register's own entries owe.
std::size_t say_sweep(Register const& read, Date on, std::ostream& out)
{
    auto const swept = exchange::sweep(read, on);
    say(swept.differences, out);
    if (swept.wrong == 0)
        out << fmt::format(
            "  everything that was due by {} has its entry of destruction\n", to_text(on));
    if (swept.wrong > swept.differences.size())
        out << fmt::format("  and {} more\n", swept.wrong - swept.differences.size());
    return swept.wrong;
}

std::size_t say_differences(Register const& ours, std::string const& own_state,
    Register const& theirs, std::string const& peer_state, std::ostream& out)
{
    auto const found = exchange::differences(ours, own_state, theirs, peer_state);
    say(found, out);
    out << (found.empty() ? "Every sending has its receipt on the other side.\n"
                          : "The registers differ.\n");
    return found.size();
}

/// A register that cannot be read as one does not hold either; one out of reach may.
bool does_not_hold(Error const& error)
{
    return error.kind != Error::Kind::unavailable && error.kind != Error::Kind::too_large;
}

} // namespace

Result<ExitCode> audit_sources(AuditOptions const& options, std::ostream& out)
{
    if (options.sources.empty() || options.keys.empty())
        return Error { Error::Kind::malformed, "audit wants a source and --keys, or --against",
            "source" };
    auto const key_file = TRY(read_file(options.keys));
    auto const keys = TRY(exchange::read_audit_keys(as_text(key_file)));
    auto const today = std::chrono::floor<std::chrono::days>(system_clock()());
    auto const on = options.on.empty() ? Date { today } : TRY(parse_date(options.on));
    std::vector<Register> read;
    std::size_t found = 0;
    for (auto const& source : options.sources) {
        auto const fetch = TRY(fetch_of(source, options, as_text(key_file)));
        auto one = exchange::fetch_register(fetch, keys);
        if (!one.ok() && does_not_hold(one.error())) {
            out << fmt::format("{} does not hold: {}\n", source, one.error().what);
            return 1;
        }
        read.push_back(TRY(one));
        describe(read.back(), out);
        if (read.back().cosignatures.size() < options.witnesses_min) {
            out << fmt::format("  {} witnesses are asked for\n", options.witnesses_min);
            ++found;
        }
        found += say_sweep(read.back(), on, out);
    }
    if (read.size() == 2 && (read[0].state().empty() || read[1].state().empty()))
        return Error { Error::Kind::malformed, "no entry tells whose register one of them is" };
    if (read.size() == 2)
        found += say_differences(read[0], read[0].state(), read[1], read[1].state(), out);
    return found == 0 ? 0 : 1;
}

Result<ExitCode> audit_ledger(Config const& config, std::string const& against, std::ostream& out)
{
    auto const now = system_clock()();
    auto const trust = TRY(read_trust(config, now));
    auto const peer = TRY(trust.find(against));
    auto const own_key = TRY(trust.find(config.party)).register_key;
    auto const standing = TRY(standing_of(config, TRY(read_keys(config)), trust, now));
    std::shared_ptr<exchange::Pipe> pipe
        = TRY(exchange::Pipe::make(TRY(pipe_end(peer, standing.transport.identity))));
    exchange::AuditKeys keys;
    for (auto const& each : trust.peers()) keys.logs.push_back(each.register_key);
    auto const theirs = TRY(exchange::fetch_register(from_pipe(std::move(pipe), against), keys));
    auto const store = TRY(open_for_reading(config));
    auto const ours = TRY(store->read(
        [&](Transaction& transaction) { return exchange::own_register(transaction, own_key); }));
    auto const today = TRY(local_date(now, config.zone));
    std::size_t found = 0;
    for (auto const* each : { &ours, &theirs }) {
        describe(*each, out);
        found += say_sweep(*each, today, out);
    }
    found += say_differences(ours, config.party, theirs, against, out);
    return found == 0 ? 0 : 1;
}

} // namespace comity::main
