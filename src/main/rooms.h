#pragma once

#include "access/access.h"
#include "casework/directory.h"
#include "casework/handover.h"
#include "casework/related.h"
#include "claims/claims.h"
#include "exchange/courier.h"
#include "http/message.h"
#include "identification/file_audit.h"
#include "identification/first_connection.h"
#include "identification/sampling.h"
#include "main/key_ring.h"
#include "main/trust_folder.h"
#include "paper/case_papers.h"
#include "rights/person.h"
#include "rights/reconciliation.h"
#include "security/security.h"
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

/// What the vault's key file is sealed under: keys/vault-lock.key, made where there is neither it
/// nor a key file. Whoever has both opens the vault: docs/OPERATING says where to keep them.
Result<crypto::Key256> vault_lock(Config const& config, Random const& random);

/// Everything but network and threads of its own: for a running node and for commands that write.
struct Rooms {
    Config config;
    Clock clock;
    Random random;
    treaty::Law law;
    std::unique_ptr<store::Store> store {};
    std::unique_ptr<ledger::Ledger> ledger {};
    std::unique_ptr<exchange::Exchange> exchange {};
    std::unique_ptr<protection::Vault> vault {};
    std::unique_ptr<casework::Casework> casework {};
    std::unique_ptr<casework::Handover> handover {};
    std::unique_ptr<casework::Related> related {};
    std::unique_ptr<casework::Directory> directory {};
    std::unique_ptr<paper::CasePapers> papers {};
    search::dna::Knowledge knowledge {};
    identification::Terms terms {};
    std::unique_ptr<identification::ProfileDatabase> profiles {};
    std::unique_ptr<identification::Identification> identification {};
    std::unique_ptr<identification::FirstConnection> runs {};
    std::unique_ptr<identification::Sampling> sampling {};
    std::unique_ptr<identification::FileAudit> audits {};
    std::unique_ptr<rights::Rights> rights {};
    std::unique_ptr<rights::PersonRequests> persons {};
    std::unique_ptr<rights::Reconciliation> registers {};
    std::unique_ptr<security::Security> security {};
    std::unique_ptr<claims::Claims> claims {};
    std::unique_ptr<access::Access> access {};
};
Result<std::unique_ptr<Rooms>> open_rooms(Config const& config);

/// The matrix of Art. 32(7) as the exchange asks for it. `law` must outlive it.
exchange::ChannelRule channel_rule(treaty::Law const& law);
/// What the command line tells a running node to do with packets.
Result<http::Response> courier_control(Rooms& rooms, http::Request const& request);

/// Who works at the command line and not under an officer's name.
constexpr std::string_view operator_name = "operator at the command line";
/// What the command line asks of the vault of a running node: to show a case, to note an export, to
/// go on destroying after the clock jumped.
Result<http::Response> vault_control(Rooms& rooms, http::Request const& request);

/// What it tells a running node to do with a first connection of two Parties.
Result<http::Response> run_control(Rooms& rooms, http::Request const& request);
/// To record that further typing was ordered.
Result<http::Response> typing_control(Rooms& rooms, http::Request const& request);
/// The same with a sample.
Result<http::Response> sample_control(Rooms& rooms, http::Request const& request);

/// For looking only, beside a running node.
Result<std::unique_ptr<store::Store>> open_for_reading(Config const& config);

} // namespace comity::main
