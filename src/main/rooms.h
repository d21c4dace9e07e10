#pragma once

#include "access/access.h"
#include "casework/casework.h"
#include "exchange/courier.h"
#include "main/key_ring.h"
#include "main/trust_folder.h"
#include "treaty/commentary.h"

/// The rooms of one node, wired. Real time, randomness and disk enter here and nowhere else.
namespace comity::main {

Clock system_clock();
std::vector<store::Migration> all_migrations();
Result<treaty::Law> read_law(std::filesystem::path const& folder);
/// The *.case files of a folder, by name; none where the folder is empty text.
Result<treaty::Files> read_case_files(std::filesystem::path const& folder);
/// Every duty of the Convention, from the folder of the law.
Result<std::vector<treaty::Requirement>> read_requirements(std::filesystem::path const& folder);
/// The law by article, with its cases and with every duty of the Convention.
Result<treaty::Commentary> read_commentary(Config const& config, treaty::Law const& law);
/// The register's own verifier key, as the trust list has it.
Result<ledger::Verifier> register_verifier(Config const& config);

std::vector<crypto::Key> keys_of(std::vector<HeldRegisterKey> const& held);

/// Everything but network and threads of its own: for a running node and for commands that write.
struct Rooms {
    Config config;
    Clock clock;
    Random random;
    treaty::Law law;
    std::unique_ptr<store::Store> store;
    std::unique_ptr<ledger::Ledger> ledger;
    std::unique_ptr<exchange::Exchange> exchange;
    std::unique_ptr<casework::Casework> casework;
    std::unique_ptr<access::Access> access;
};
Result<std::unique_ptr<Rooms>> open_rooms(Config const& config);

/// For looking only, beside a running node.
Result<std::unique_ptr<store::Store>> open_for_reading(Config const& config);

} // namespace comity::main
