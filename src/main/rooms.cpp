#include "main/rooms.h"

#include "base/file.h"
#include "protection/items.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

namespace comity::main {
namespace {

Result<std::string> read_text(std::filesystem::path const& path)
{
    return std::string { as_text(TRY(read_file(path))) };
}

} // namespace

Clock system_clock()
{
    return [] {
        return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
    };
}

std::vector<store::Migration> all_migrations()
{
    std::vector<store::Migration> out;
    for (auto const room : { access::migrations, ledger::migrations, exchange::migrations,
             protection::migrations, casework::migrations })
        out.insert(out.end(), room.begin(), room.end());
    return out;
}

Result<treaty::Law> read_law(std::filesystem::path const& folder)
{
    treaty::Files files;
    for (auto const name : treaty::law_file_names()) {
        auto content = TRY(read_text(folder / name));
        files.push_back({ std::string { name }, std::move(content) });
    }
    return treaty::read_law(
        files, [](std::string_view text) { return to_hex(crypto::sha256(as_view(text))); });
}

Result<treaty::Files> read_case_files(std::filesystem::path const& folder)
{
    treaty::Files files;
    if (folder.empty()) return files;
    std::error_code code;
    for (auto const& file : std::filesystem::directory_iterator { folder, code }) {
        if (file.path().extension() != ".case") continue;
        auto content = TRY(read_text(file.path()));
        files.push_back({ file.path().filename().string(), std::move(content) });
    }
    if (code)
        return Error { Error::Kind::not_found,
            fmt::format("cases {}: {}", folder.string(), code.message()), "cases" };
    std::ranges::sort(files, {}, &treaty::File::name);
    return files;
}

Result<std::vector<treaty::Requirement>> read_requirements(std::filesystem::path const& folder)
{
    treaty::File file { "requirements.tsv", {} };
    file.text = TRY(read_text(folder / file.name));
    return treaty::read_requirements(file);
}

Result<treaty::Commentary> read_commentary(Config const& config, treaty::Law const& law)
{
    auto const requirements = TRY(read_requirements(config.law));
    return treaty::Commentary::make(law, TRY(read_case_files(config.cases)), requirements);
}

std::vector<crypto::Key> keys_of(std::vector<HeldRegisterKey> const& held)
{
    std::vector<crypto::Key> out;
    for (auto const& each : held) out.push_back(each.key);
    return out;
}

Result<ledger::Verifier> register_verifier(Config const& config)
{
    auto const trust = TRY(read_trust(config, system_clock()()));
    return TRY(trust.find(config.party)).register_key;
}

Result<std::unique_ptr<Rooms>> open_rooms(Config const& config)
{
    auto const clock = system_clock();
    auto law = TRY(read_law(config.law));
    auto const trust = TRY(read_trust(config, clock()));
    auto const standing = TRY(standing_of(config, TRY(read_keys(config)), trust, clock()));
    auto const register_name = TRY(trust.find(config.party)).register_key.name;
    auto const register_keys = keys_of(standing.register_keys);
    auto store = TRY(store::Store::open(config.database, all_migrations()));
    auto out = std::make_unique<Rooms>(Rooms {
        config, clock, crypto::system_random(), std::move(law), std::move(store), {}, {}, {}, {} });
    out->ledger = TRY(ledger::Ledger::open(*out->store, register_name, register_keys.front()));
    TRY(out->ledger->sign_with(register_keys));
    out->exchange = std::make_unique<exchange::Exchange>(*out->store, *out->ledger, trust,
        standing.self, clock, out->random, exchange::AttachmentSettings {},
        std::max(1U, std::thread::hardware_concurrency()));
    out->exchange->set_channels(channel_rule(out->law));
    out->casework
        = std::make_unique<casework::Casework>(*out->store, *out->ledger, *out->exchange, out->law,
            casework::Settings {
                config.party, config.unit, config.supervisor_permission, config.retention_days },
            clock);
    out->access = std::make_unique<access::Access>(*out->store, clock, out->random, config.party);
    return out;
}

Result<std::unique_ptr<store::Store>> open_for_reading(Config const& config)
{
    return store::Store::open_for_reading(config.database, all_migrations());
}

} // namespace comity::main
