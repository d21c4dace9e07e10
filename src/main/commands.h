#pragma once

#include "base/json.h"
#include "main/config.h"

#include <iosfwd>
#include <optional>

/// What the command line does, one function a command. Output goes to `out`; an error is returned.
namespace comity::main {

/// How a command ended when it ended well: 0, or 1 and 2 for a request that the law refuses or that
/// lacks a fact.
using ExitCode = int;

struct FoundOptions {
    std::filesystem::path folder;
    std::vector<std::string> states;
    std::uint16_t first_port = 7800;
    std::vector<std::string> hosts; ///< IP address of each State's node; none: all on loopback.
    std::filesystem::path law, cases, web;
};
Result<ExitCode> found_exchange(FoundOptions const& options, std::ostream& out);
Result<ExitCode> run_node(Config const& config, std::ostream& out);
/// Which role may what.
Result<ExitCode> print_access_table(std::ostream& out);
struct AccountOptions {
    std::string name, display_name, language;
    std::vector<std::string> roles;
    std::string password;
    bool once = false; ///< Its officer takes another one at his first sign-in.
};
Result<ExitCode> add_account(
    Config const& config, AccountOptions const& options, std::ostream& out);
/// `comity access ...`: list, sign-ins, changes; change, clear, close, password, remove-code.
struct AccessOptions {
    std::string command, name;
    std::vector<std::string> roles, compartments;
    unsigned level = 0;
    std::optional<std::string> display_name, language, certificate, subject;
    std::string password;
};
Result<ExitCode> administer_access(
    Config const& config, AccessOptions const& options, std::ostream& out);
Result<ExitCode> load_vehicles(
    Config const& config, std::filesystem::path const& file, std::ostream& out);

/// A table of profiles into the national file of a node that does not run.
Result<ExitCode> register_profiles(Config const& config, std::filesystem::path const& file,
    std::string const& erase_by, std::ostream& out);
/// Article 20: `draft` with the loci of a sheet, "D3S1358 15 18", one a line.
Result<ExitCode> ask_comparison(Config const& config, json::Object draft,
    std::filesystem::path const& sheet, std::ostream& out);

/// Relatives of missing persons, an identification::RelativeDraft a line.
Result<ExitCode> register_relatives(
    Config const& config, std::filesystem::path const& file, std::ostream& out);
/// Article 20 for a missing person; `relatives`: "mother=NUMBER".
Result<ExitCode> ask_family(Config const& config, json::Object draft,
    std::vector<std::string> const& relatives, std::ostream& out);
/// One category of the national file against the pairs that chance gives.
/// A first connection is proposed; another State's is agreed to or refused; it begins, stops, goes
/// on; or what runs there are.
Result<ExitCode> propose_run(Config const& config, json::Object const& draft, std::ostream& out);
Result<ExitCode> take_run_step(Config const& config, std::string const& number,
    std::string const& step, std::string const& reason, std::ostream& out);
Result<ExitCode> list_runs(Config const& config, std::ostream& out);
/// Article 20(1): further typing of our profile of a hit was ordered; `order` is a TypingDraft.
Result<ExitCode> order_typing(
    Config const& config, std::string const& number, json::Object const& order, std::ostream& out);
/// A sample, Article 20(3): asked for with the document of the order, or only judged; those that
/// there are; one of them with what was said of it.
Result<ExitCode> ask_sample(Config const& config, json::Object const& draft,
    std::filesystem::path const& document, bool only_try, std::ostream& out);
Result<ExitCode> list_samples(Config const& config, std::ostream& out);
Result<ExitCode> show_sample(Config const& config, std::string const& number, std::ostream& out);
Result<ExitCode> audit_file(Config const& config, std::string const& category, std::ostream& out);

Result<ExitCode> send_request(Config const& config, json::Object draft, std::ostream& out);
Result<ExitCode> show_case(Config const& config, std::string const& number, std::ostream& out);
/// Destruction goes on after the clock jumped (protection/vault.h, days_jump_max).
Result<ExitCode> confirm_day(Config const& config, std::string const& day, std::ostream& out);
Result<ExitCode> list_cases(Config const& config, std::ostream& out);
Result<ExitCode> list_messages(Config const& config, std::ostream& out);
Result<ExitCode> list_claims(Config const& config, std::ostream& out);
Result<ExitCode> show_claim(Config const& config, std::string const& number, std::ostream& out);
/// By Party and currency.
Result<ExitCode> show_balance(Config const& config, std::ostream& out);
Result<ExitCode> export_message(Config const& config, std::string const& id,
    std::filesystem::path const& folder, bool sealed, std::ostream& out);
Result<ExitCode> verify_message(std::filesystem::path const& folder, std::ostream& out);

Result<ExitCode> verify_ledger(Config const& config, std::ostream& out);
Result<ExitCode> prove_entry(Config const& config, std::uint64_t index, std::ostream& out);
Result<ExitCode> audit_ledger(Config const& config, std::string const& against, std::ostream& out);
/// Registers read with public keys alone: 0 where everything holds, 1 where it does not.
struct AuditOptions {
    std::vector<std::string> sources; ///< One or two: exported folders, "https://host:port".
    std::filesystem::path keys; ///< Trust list or verifier keys.
    std::filesystem::path identity; ///< PEM of certificate and key that an https source admits.
    std::string on; ///< A date; today where empty.
    std::size_t witnesses_min = 0; ///< Cosignatures that each head must bear.
};
Result<ExitCode> audit_sources(AuditOptions const& options, std::ostream& out);
Result<ExitCode> export_ledger(
    Config const& config, std::filesystem::path const& folder, std::ostream& out);
Result<ExitCode> list_alarms(Config const& config, std::ostream& out);
Result<ExitCode> prune_ledger(Config const& config, std::ostream& out);
Result<ExitCode> hold_entry(
    Config const& config, std::uint64_t index, std::string const& reason, std::ostream& out);
Result<ExitCode> release_entry(Config const& config, std::uint64_t index, std::ostream& out);

/// Packets for a courier, by the running node.
Result<ExitCode> pack_packet(Config const& config, std::string const& message,
    std::filesystem::path const& file, std::ostream& out);
Result<ExitCode> open_packet(
    Config const& config, std::filesystem::path const& file, std::ostream& out);
Result<ExitCode> take_courier_receipt(
    Config const& config, std::filesystem::path const& file, std::ostream& out);

/// `comity trust ...`: show, propose, sign, install.
struct TrustOptions {
    std::string command;
    std::filesystem::path file; ///< The list on its way.
    bool finish = false; ///< The own line names the newest key of each kind alone.
    std::string address; ///< Of the own node.
    std::filesystem::path add_states; ///< A list whose further States come in.
    std::string remove_state;
    std::string revoke, reason, revoked_at; ///< Fingerprint, text, instant (now where empty).
    std::uint32_t required = 0; ///< As it is where 0.
};
Result<ExitCode> change_trust(Config const& config, TrustOptions const& options, std::ostream& out);

/// Tells the node of this folder, where one runs, to take up trust and keys as they now lie there.
Result<ExitCode> renew_node(Config const& config, std::ostream& out);

/// `comity keys ...`: show, rotate KIND, destroy NAME.
struct KeyOptions {
    std::string command, subject;
    bool even_kept = false; ///< Although it opens parts that are kept.
};
Result<ExitCode> change_keys(Config const& config, KeyOptions const& options, std::ostream& out);
/// `comity keys certify`: what the State's root does, away from the node.
struct CertifyOptions {
    std::filesystem::path request;
    std::string usage, host = "localhost";
    std::filesystem::path root; ///< Without ".crt" and ".key".
};
Result<ExitCode> certify_key(CertifyOptions const& options, std::ostream& out);

/// `comity message types`, `schema [TYPE]`, `page`: the words after it.
struct MessageOptions {
    std::string command, type;
};
Result<ExitCode> explain_messages(MessageOptions const& options, std::ostream& out);

/// `comity treaty ...`; the words after it.
struct TreatyOptions {
    std::filesystem::path law, cases;
    /// check, try, facts, party, status, authority, level, deadline, coverage, replay,
    /// book, channels
    std::string command;
    std::string subject, party, provision, on, marking, to, from, zone;
    std::string language = "en"; ///< Of a book: en, bg, es.
};
Result<ExitCode> ask_treaty(TreatyOptions const& options, std::ostream& out);

} // namespace comity::main
