#include "casework/views.h"
#include "exchange/audit.h"
#include "exchange/pipe.h"
#include "main/commands.h"
#include "main/node.h"
#include "main/rooms.h"

#include <fmt/format.h>

#include <ostream>

/// The register: checked, proved, held against another State's.
namespace comity::main {

using store::Transaction;

Result<ExitCode> verify_ledger(Config const& config, std::ostream& out)
{
    auto const verifier = TRY(register_verifier(config));
    auto const store = TRY(open_for_reading(config));
    auto const count = TRY(store->read(
        [&](Transaction& transaction) { return ledger::verify(transaction, verifier); }));
    out << fmt::format("{}: {} entries hashed again; they give the root that {} signed.\n",
        config.unit, count, verifier.name);
    return 0;
}

Result<ExitCode> prove_entry(Config const& config, std::uint64_t index, std::ostream& out)
{
    auto const verifier = TRY(register_verifier(config));
    auto const store = TRY(open_for_reading(config));
    auto const proof = TRY(store->read([&](Transaction& transaction) {
        return casework::entry_proof(transaction, index, verifier);
    }));
    out << json::to_text(proof) << '\n';
    return 0;
}

Result<ExitCode> audit_ledger(Config const& config, std::string const& against, std::ostream& out)
{
    auto const trust = TRY(read_trust(config, system_clock()()));
    auto const peer = TRY(trust.find(against));
    auto const own_key = TRY(trust.find(config.party)).register_key;
    auto const transport = TRY(read_identity(config, "transport"));
    auto const pipe = TRY(exchange::Pipe::make(TRY(pipe_end(peer, transport))));
    auto const fetch = [&](std::string const& path) -> Result<Bytes> {
        auto reply = TRY(pipe->get("/" + path));
        if (reply.status == 200) return std::move(reply.body);
        return Error { Error::Kind::unavailable,
            fmt::format("{} answered {} to {}", against, reply.status, path) };
    };
    auto const theirs = TRY(exchange::fetch_register(fetch, peer.register_key));
    auto const store = TRY(open_for_reading(config));
    auto const ours = TRY(store->read(
        [&](Transaction& transaction) { return exchange::own_register(transaction, own_key); }));
    auto const found = exchange::differences(ours, config.party, theirs, against);
    out << fmt::format("{}: {} entries, {}: {} entries; both give the roots they signed.\n",
        config.party, ours.head.size, against, theirs.head.size);
    for (auto const& each : found)
        out << fmt::format(
            "  {} entry {} (message {}): {}\n", each.holder, each.entry, each.message, each.what);
    out << (found.empty() ? "Every sending has its receipt on the other side.\n"
                          : "The registers differ.\n");
    return found.empty() ? 0 : 1;
}

} // namespace comity::main
