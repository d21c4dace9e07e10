#include "base/file.h"
#include "casework/views.h"
#include "exchange/retention.h"
#include "ledger/files.h"
#include "ledger/stamps.h"
#include "ledger/witness.h"
#include "main/commands.h"
#include "main/rooms.h"

#include <fmt/format.h>

#include <ostream>

/// The register of a node: checked, proved, exported, pruned.
namespace comity::main {

using store::Transaction;

constexpr std::size_t exported_stamps_max = 10'000;

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

namespace {

/// Beside the register's own files: what `openssl ts -verify` needs for each stamp.
Result<void> export_stamps(Transaction& transaction, std::filesystem::path const& folder)
{
    auto const kept = TRY(ledger::stamps(transaction, exported_stamps_max));
    if (!kept.empty()) {
        std::error_code failed;
        std::filesystem::create_directories(folder, failed);
    }
    for (auto const& stamp : kept) {
        auto const name = fmt::format("{:06}{}", stamp.id, stamp.late > 0 ? "-late" : "");
        TRY(write_file(folder / (name + ".notes"), as_view(stamp.batch.text)));
        TRY(write_file(folder / (name + ".tsr"), stamp.response));
    }
    return {};
}

} // namespace

Result<ExitCode> export_ledger(
    Config const& config, std::filesystem::path const& folder, std::ostream& out)
{
    auto const store = TRY(open_for_reading(config));
    auto const count = TRY(store->read([&](Transaction& transaction) -> Result<std::size_t> {
        auto const paths = TRY(ledger::file_paths(transaction));
        for (auto const& path : paths) {
            std::error_code failed;
            std::filesystem::create_directories((folder / path).parent_path(), failed);
            TRY(write_file(folder / path, TRY(ledger::file(transaction, path))));
        }
        TRY(export_stamps(transaction, folder / "stamps"));
        return paths.size();
    }));
    out << fmt::format(
        "{} files of the register of {} are in {}\n", count, config.unit, folder.string());
    return 0;
}

Result<ExitCode> list_alarms(Config const& config, std::ostream& out)
{
    auto const store = TRY(open_for_reading(config));
    auto const kept
        = TRY(store->read([](Transaction& transaction) { return ledger::alarms(transaction); }));
    for (auto const& each : kept)
        out << fmt::format("{} {} of {}\n== known\n{}\n== shown\n{}\n", to_text(each.at),
            json::word(each.kind), each.origin, each.known, each.shown);
    out << (kept.empty() ? "No register has contradicted itself.\n" : "");
    return kept.empty() ? 0 : 1;
}

Result<ExitCode> prune_ledger(Config const& config, std::ostream& out)
{
    auto const rooms = TRY(open_rooms(config));
    exchange::KeptUntil const kept_until = [&](Instant entry) -> Result<Date> {
        return treaty::due_date(
            treaty::term::register_retention.amount, TRY(local_date(entry, config.zone)));
    };
    auto const now = rooms->clock();
    auto const today = TRY(local_date(now, config.zone));
    auto const found = TRY(rooms->store->read([&](Transaction& transaction) {
        return exchange::prunable(transaction, kept_until, today);
    }));
    for (bool more = true; more;) {
        auto const minimum = TRY(rooms->store->write([&](Transaction& transaction) {
            return exchange::prune_register(
                transaction, *rooms->ledger, config.party, found.until, now);
        }));
        more = minimum.has_value();
        if (more) out << fmt::format("The register is kept from entry {} on.\n", *minimum);
    }
    if (!found.because.empty()) out << fmt::format("No further: {}.\n", found.because);
    return 0;
}

Result<ExitCode> hold_entry(
    Config const& config, std::uint64_t index, std::string const& reason, std::ostream& out)
{
    auto const rooms = TRY(open_rooms(config));
    TRY(rooms->store->write(
        [&](Transaction& transaction) { return ledger::hold(transaction, index, reason); }));
    out << fmt::format("Entry {} is held, and all after it: {}\n", index, reason);
    return 0;
}

Result<ExitCode> release_entry(Config const& config, std::uint64_t index, std::ostream& out)
{
    auto const rooms = TRY(open_rooms(config));
    TRY(rooms->store->write(
        [&](Transaction& transaction) { return ledger::release(transaction, index); }));
    out << fmt::format("Entry {} is no longer held.\n", index);
    return 0;
}

} // namespace comity::main
