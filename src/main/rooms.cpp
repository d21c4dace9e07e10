#include "main/rooms.h"

#include "base/file.h"
#include "casework/carry_over.h"
#include "casework/direct_contact.h"
#include "protection/vault.h"
#include "store/compact.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

namespace comity::main {
namespace {

constexpr auto persons_file = "persons.tsv"; ///< Beside the law: rights/national.h.

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
             protection::migrations, casework::migrations, identification::migrations,
             rights::migrations, security::migrations, claims::migrations })
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

Result<crypto::Key256> vault_lock(Config const& config, Random const& random)
{
    auto const file = config.key_file("vault-lock.key");
    std::error_code code;
    bool const founded = std::filesystem::exists(file, code)
        || std::filesystem::exists(config.vault_keys.file, code);
    crypto::Key256 out {};
    if (!founded) {
        random(out);
        TRY(write_file(file, as_view(to_hex(out) + "\n"), Readable::by_owner));
    }
    auto const text = TRY(read_text(file));
    auto const bytes = from_hex(std::string_view { text }.substr(0, text.find('\n')));
    if (!bytes.ok() || bytes.value().size() != out.size())
        return Error { Error::Kind::malformed,
            fmt::format("{} is no key of 32 bytes in hexadecimal", file.string()) };
    std::ranges::copy(bytes.value(), out.begin());
    return out;
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

namespace {

casework::Settings settings_of(Config const& config)
{
    return { config.party, config.unit, config.supervisor_permission, config.retention_days,
        config.four_eyes };
}

/// Database, register and vault.
Result<void> open_memory(
    Rooms& rooms, std::string const& register_name, std::vector<crypto::Key> const& register_keys)
{
    auto const& config = rooms.config;
    rooms.store = TRY(store::Store::open(config.database, all_migrations()));
    rooms.ledger = TRY(ledger::Ledger::open(*rooms.store, register_name, register_keys.front()));
    TRY(rooms.ledger->sign_with(register_keys));
    rooms.vault = TRY(protection::Vault::open(*rooms.store, *rooms.ledger,
        { config.vault_keys, config.party, config.zone }, TRY(vault_lock(config, rooms.random)),
        rooms.clock, rooms.random));
    return {};
}

/// The files of profiles, and the room that compares them.
Result<void> open_identification(Rooms& rooms)
{
    auto const& config = rooms.config;
    rooms.knowledge = TRY(search::dna::Knowledge::read(config.dna));
    rooms.terms = TRY(identification::Terms::read(config.dna));
    rooms.profiles = TRY(identification::ProfileDatabase::open(
        *rooms.store, *rooms.vault, rooms.knowledge, { .own_state = config.party }));
    identification::Identification::Rooms const below { *rooms.store, *rooms.exchange,
        *rooms.casework, *rooms.vault, rooms.law, *rooms.profiles, rooms.terms };
    identification::Settings const settings { .party = config.party,
        .unit = config.unit,
        .supervisor_permission = config.supervisor_permission,
        .retention_days = config.retention_days,
        .four_eyes = config.four_eyes };
    rooms.identification = std::make_unique<identification::Identification>(
        below, settings, rooms.clock, rooms.random);
    rooms.runs = std::make_unique<identification::FirstConnection>(
        below, settings, rooms.clock, rooms.random);
    rooms.sampling
        = std::make_unique<identification::Sampling>(below, settings, rooms.clock, rooms.random);
    rooms.audits = std::make_unique<identification::FileAudit>(*rooms.profiles);
    return {};
}

/// The ledger of claims hears what a sample costs, Art. 20(3)(d), and further typing, Art. 20(1).
void open_claims(Rooms& rooms)
{
    rooms.claims = std::make_unique<claims::Claims>(
        rights::Rooms { *rooms.store, *rooms.exchange, *rooms.casework, *rooms.vault, rooms.law },
        rights::Settings { settings_of(rooms.config) }, rooms.clock);
    rooms.sampling->on_costs([&ledger = *rooms.claims](store::Transaction& transaction,
                                 identification::SamplingCosts const& told) {
        return ledger.hear(transaction,
            { told.number, treaty::CostKind::sampling, told.requested, told.costs,
                "Sample and analysis", told.message, told.at });
    });
    rooms.identification->on_costs([&ledger = *rooms.claims](store::Transaction& transaction,
                                       identification::TypingCosts const& told) {
        return ledger.hear(transaction,
            { told.number, treaty::CostKind::identification, told.requested, told.costs,
                "Further typing", {}, told.day, told.officer });
    });
}

} // namespace

Result<std::unique_ptr<Rooms>> open_rooms(Config const& config)
{
    auto const clock = system_clock();
    auto law = TRY(read_law(config.law));
    auto const trust = TRY(read_trust(config, clock()));
    auto const standing = TRY(standing_of(config, TRY(read_keys(config)), trust, clock()));
    auto const register_name = TRY(trust.find(config.party)).register_key.name;
    auto const register_keys = keys_of(standing.register_keys);
    auto out = std::make_unique<Rooms>(Rooms { .config = config,
        .clock = clock,
        .random = crypto::system_random(),
        .law = std::move(law) });
    TRY(open_memory(*out, register_name, register_keys));
    if (TRY(casework::carry_over(*out->store, *out->vault, settings_of(config), clock())) > 0) {
        out->vault.reset();
        out->ledger.reset();
        out->store.reset();
        TRY(store::compact(config.database));
        TRY(open_memory(*out, register_name, register_keys));
    }
    out->exchange = std::make_unique<exchange::Exchange>(*out->store, *out->ledger, trust,
        standing.self, clock, out->random, exchange::AttachmentSettings {},
        std::max(1U, std::thread::hardware_concurrency()));
    out->exchange->set_channels(channel_rule(out->law));
    out->casework = std::make_unique<casework::Casework>(*out->store, *out->ledger, *out->exchange,
        *out->vault, out->law, settings_of(config), clock);
    out->handover = std::make_unique<casework::Handover>(
        *out->store, *out->vault, *out->casework, settings_of(config), clock);
    out->related = std::make_unique<casework::Related>(*out->store, *out->vault, clock);
    casework::take_copies(*out->casework, out->law, config.party);
    out->directory = std::make_unique<casework::Directory>(
        *out->store, *out->exchange, *out->casework, out->law, settings_of(config), clock);
    out->papers = std::make_unique<paper::CasePapers>(
        *out->store, *out->vault, *out->casework, settings_of(config), clock);
    TRY(open_identification(*out));
    out->rights
        = std::make_unique<rights::Rights>(rights::Rights::Rooms { *out->store, *out->exchange,
                                               *out->casework, *out->vault, out->law },
            rights::Settings { settings_of(config) }, clock);
    out->persons = std::make_unique<rights::PersonRequests>(
        rights::Rooms { *out->store, *out->exchange, *out->casework, *out->vault, out->law },
        *out->rights, TRY(rights::National::read(TRY(read_text(config.law / persons_file)))),
        rights::Settings { settings_of(config) }, clock);
    out->registers = std::make_unique<rights::Reconciliation>(
        rights::Reconciliation::Rooms { *out->store, *out->ledger, *out->exchange }, config.party,
        config.zone, clock);
    out->security = std::make_unique<security::Security>(
        rights::Rooms { *out->store, *out->exchange, *out->casework, *out->vault, out->law },
        rights::Settings { settings_of(config) }, clock);
    open_claims(*out);
    out->access = std::make_unique<access::Access>(*out->store, clock, out->random, config.party);
    return out;
}

Result<std::unique_ptr<store::Store>> open_for_reading(Config const& config)
{
    return store::Store::open_for_reading(config.database, all_migrations());
}

} // namespace comity::main
