#include "main/command_line.h"
#include "main/commands.h"

#include <CLI/CLI.hpp>
#include <csignal>
#include <fmt/format.h>

#include <functional>
#include <iostream>

/// The command line: words become calls. Exit codes: 0 done, 1 refused or not holding, 2 a fact is
/// missing, 64 bad input, 70 anything else.
namespace {

using namespace comity;
using namespace comity::main;

constexpr ExitCode bad_input = 64;
constexpr ExitCode failed = 70;

void add_node_commands(CLI::App& app, Words& words)
{
    auto* found = app.add_subcommand("found", "keys, certificates and one trust list for States");
    found->add_option("folder", words.found.folder)->required();
    found->add_option("--states", words.found.states, "ISO codes")->delimiter(',');
    found->add_option("--first-port", words.found.first_port);
    found->add_option("--hosts", words.found.hosts, "IP addresses, one for each State")
        ->delimiter(',');
    found->add_option("--law", words.found.law);
    found->add_option("--cases", words.found.cases);
    found->add_option("--web", words.found.web);
    found->callback(
        [&words] { words.run = [&words] { return found_exchange(words.found, std::cout); }; });

    auto* node = app.add_subcommand("node", "a State's node")->require_subcommand(1);
    on_node(*node->add_subcommand("run", "until it is told to stop"), words,
        [](Config const& config) { return run_node(config, std::cout); });

    auto* account = app.add_subcommand("account", "accounts of the desk")->require_subcommand(1);
    auto* add = account->add_subcommand("add", "the password is read from standard input");
    add->add_option("--name", words.account.name)->required();
    add->add_option("--display-name", words.account.display_name)->required();
    add->add_option("--role", words.account.roles)->required();
    add->add_option("--language", words.account.language);
    add->add_flag("--once", words.account.once, "to be changed at the first sign-in");
    on_node(*add, words, [&words](Config const& config) {
        std::getline(std::cin, words.account.password);
        return add_account(config, words.account, std::cout);
    });

    auto* vehicles = app.add_subcommand("vehicles", "the national register")->require_subcommand(1);
    auto* load = vehicles->add_subcommand("load", "one vehicle in JSON a line");
    load->add_option("file", words.folder)->required();
    on_node(*load, words,
        [&words](Config const& config) { return load_vehicles(config, words.folder, std::cout); });
}

/// What changes accounts is for a node that is stopped.
void add_access_commands(CLI::App& app, Words& words)
{
    auto* access = app.add_subcommand("access", "who may what")->require_subcommand(1);
    access->add_subcommand("table", "roles and actions")->callback([&words] {
        words.run = [] { return print_access_table(std::cout); };
    });
    auto& options = words.access;
    constexpr std::pair<char const*, char const*> commands[]
        = { { "list", "accounts that are open" }, { "sign-ins", "who came in or tried to" },
              { "changes", "who changed which account" }, { "change", "what is named; roles" },
              { "clear", "level and compartments" }, { "close", "for good" },
              { "password", "read from standard input" }, { "remove-code", "a device is lost" } };
    for (auto const& [name, help] : commands) {
        std::string const chosen { name };
        auto* command = access->add_subcommand(name, help);
        if (chosen != "list" && chosen != "sign-ins" && chosen != "changes")
            command->add_option("account", options.name)->required();
        if (chosen == "change") {
            command->add_option("--role", options.roles, "all that it has from now on");
            command->add_option("--display-name", options.display_name);
            command->add_option("--language", options.language);
            command->add_option("--certificate", options.certificate, "SHA-256, hexadecimal");
            command->add_option("--subject", options.subject, "at the OpenID provider");
        }
        if (chosen == "clear") {
            command->add_option("--level", options.level)->required();
            command->add_option("--compartment", options.compartments);
        }
        on_node(*command, words, [&words, chosen](Config const& config) {
            words.access.command = chosen;
            if (chosen == "password") std::getline(std::cin, words.access.password);
            return administer_access(config, words.access, std::cout);
        });
    }
}

void add_request_commands(CLI::App& app, Words& words)
{
    auto* request = app.add_subcommand("request", "ask another State")->require_subcommand(1);
    auto* send = request->add_subcommand("send", "judge, and where permitted send");
    add_fields(*send, words.draft,
        { { "--to", "to" }, { "--authority", "authority" }, { "--kind", "kind" },
            { "--plate", "plate" }, { "--registration-state", "registrationState" },
            { "--purpose", "purpose" }, { "--offence", "offence" }, { "--ground", "needGround" },
            { "--case", "caseNumber" }, { "--erase-by", "eraseBy" }, { "--urgency", "urgency" } });
    on_node(*send, words, [&words](Config const& config) {
        return send_request(config, given(words.draft), std::cout);
    });

    auto* cases = app.add_subcommand("case", "cases of a node")->require_subcommand(1);
    auto* show = cases->add_subcommand("show", "one case with its timeline");
    show->add_option("number", words.number)->required();
    on_node(*show, words,
        [&words](Config const& config) { return show_case(config, words.number, std::cout); });
    on_node(*cases->add_subcommand("list", "by time left"), words,
        [](Config const& config) { return list_cases(config, std::cout); });

    auto* claim = app.add_subcommand("claim", "what Parties owe")->require_subcommand(1);
    on_node(*claim->add_subcommand("list", "the newest first"), words,
        [](Config const& config) { return list_claims(config, std::cout); });
    on_node(*claim->add_subcommand("balance", "by Party and currency"), words,
        [](Config const& config) { return show_balance(config, std::cout); });
    auto* one = claim->add_subcommand("show", "one claim with its entries");
    one->add_option("number", words.number)->required();
    on_node(*one, words,
        [&words](Config const& config) { return show_claim(config, words.number, std::cout); });

    auto* vault = app.add_subcommand("vault", "personal data of a node")->require_subcommand(1);
    auto* day = vault->add_subcommand(
        "confirm-day", "the clock jumped by over a month, and this day has come");
    day->add_option("day", words.number, "YYYY-MM-DD")->required();
    on_node(*day, words,
        [&words](Config const& config) { return confirm_day(config, words.number, std::cout); });
}

void add_message_commands(CLI::App& app, Words& words)
{
    auto* message = app.add_subcommand("message", "messages of a node")->require_subcommand(1);
    on_node(*message->add_subcommand("list", "the newest first"), words,
        [](Config const& config) { return list_messages(config, std::cout); });
    auto* save = message->add_subcommand("export", "everything that proves a message, as files");
    save->add_option("id", words.id)->required();
    save->add_option("folder", words.folder)->required();
    save->add_flag("--sealed", words.sealed, "leave the content sealed");
    on_node(*save, words, [&words](Config const& config) {
        return export_message(config, words.id, words.folder, words.sealed, std::cout);
    });
    auto* verify = message->add_subcommand("verify", "check exported evidence");
    verify->add_option("folder", words.folder)->required();
    verify->callback(
        [&words] { words.run = [&words] { return verify_message(words.folder, std::cout); }; });
    constexpr std::pair<char const*, char const*> kinds[] = { { "types", "every type of message" },
        { "schema", "JSON Schema of one type, or all" }, { "page", "docs/MESSAGES.md" } };
    for (auto const& [name, help] : kinds) {
        auto* command = message->add_subcommand(name, help);
        command->callback([&words, chosen = std::string { name }] {
            words.messages.command = chosen;
            words.run = [&words] { return explain_messages(words.messages, std::cout); };
        });
        if (std::string_view { name } == "schema") command->add_option("type", words.messages.type);
    }
}

void add_courier_commands(CLI::App& app, Words& words)
{
    auto* courier = app.add_subcommand("courier", "packets that a courier carries (A32(7))");
    courier->require_subcommand(1);
    auto* pack = courier->add_subcommand("pack", "a message that waits, as one sealed file");
    pack->add_option("id", words.id)->required();
    pack->add_option("file", words.folder)->required();
    on_node(*pack, words, [&words](Config const& config) {
        return pack_packet(config, words.id, words.folder, std::cout);
    });
    auto* open = courier->add_subcommand("open", "take a packet; writes the signed receipt");
    open->add_option("file", words.folder)->required();
    on_node(*open, words,
        [&words](Config const& config) { return open_packet(config, words.folder, std::cout); });
    auto* receipt = courier->add_subcommand("receipt", "take the receipt that came back");
    receipt->add_option("file", words.folder)->required();
    on_node(*receipt, words, [&words](Config const& config) {
        return take_courier_receipt(config, words.folder, std::cout);
    });
}

/// Of one or two registers with public keys alone, or of this node's beside a peer's.
void add_audit_command(CLI::App& ledger, Words& words)
{
    auto* audit = ledger.add_subcommand("audit", "check registers with public keys alone");
    auto& options = words.audit;
    audit->add_option("source", options.sources, "one or two: an exported folder or https://...")
        ->expected(0, 2);
    audit->add_option("--keys", options.keys, "a trust list, or a verifier key a line");
    audit->add_option("--identity", options.identity, "PEM of certificate and key, for https");
    audit->add_option("--witnesses", options.witnesses_min, "cosignatures that a head must bear");
    audit->add_option("--on", options.on, "a date; today where missing");
    audit->add_option("--against", words.against, "a State: its register beside this node's");
    audit->add_option("--node", words.node, "for --against: folder of the node, or its name");
    audit->callback([&words] {
        words.run = [&words]() -> Result<ExitCode> {
            if (words.against.empty()) return audit_sources(words.audit, std::cout);
            for (char& c : words.against)
                if ('a' <= c && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
            return audit_ledger(
                TRY(read_config(node_folder(words.node))), words.against, std::cout);
        };
    });
}

/// Of a node that is stopped: they write.
void add_retention_commands(CLI::App& ledger, Words& words)
{
    on_node(*ledger.add_subcommand("prune", "forget what is past its retention"), words,
        [](Config const& config) { return prune_ledger(config, std::cout); });
    auto* hold = ledger.add_subcommand("hold", "legal hold on an entry and all after it");
    hold->add_option("entry", words.index)->required();
    hold->add_option("--reason", words.reason)->required();
    on_node(*hold, words, [&words](Config const& config) {
        return hold_entry(config, words.index, words.reason, std::cout);
    });
    auto* release = ledger.add_subcommand("release", "end a legal hold");
    release->add_option("entry", words.index)->required();
    on_node(*release, words,
        [&words](Config const& config) { return release_entry(config, words.index, std::cout); });
}

void add_ledger_commands(CLI::App& app, Words& words)
{
    auto* ledger = app.add_subcommand("ledger", "the register of a node")->require_subcommand(1);
    on_node(*ledger->add_subcommand("verify", "hash every entry again"), words,
        [](Config const& config) { return verify_ledger(config, std::cout); });
    auto* prove = ledger->add_subcommand("prove", "inclusion proof of one entry, as JSON");
    prove->add_option("entry", words.index)->required();
    on_node(*prove, words,
        [&words](Config const& config) { return prove_entry(config, words.index, std::cout); });
    auto* save = ledger->add_subcommand("export", "the whole register as files");
    save->add_option("folder", words.folder)->required();
    on_node(*save, words,
        [&words](Config const& config) { return export_ledger(config, words.folder, std::cout); });
    add_audit_command(*ledger, words);
    add_retention_commands(*ledger, words);
    on_node(*ledger->add_subcommand("alarms", "contradictions of registers that were kept"), words,
        [](Config const& config) { return list_alarms(config, std::cout); });
}

void add_trust_commands(CLI::App& app, Words& words)
{
    auto* trust = app.add_subcommand("trust", "who the other nodes are")->require_subcommand(1);
    auto& options = words.trust;
    constexpr std::pair<char const*, char const*> commands[] = { { "show", "the list in force" },
        { "propose", "writes the next list, unsigned: own keys as they are held" },
        { "sign", "says what a list changes, and signs it" },
        { "install", "checks a list and puts it into force, without a restart" } };
    for (auto const& [name, help] : commands) {
        auto* command = trust->add_subcommand(name, help);
        if (std::string_view { name } != "show")
            command->add_option("file", options.file, "the list, *.json")->required();
        if (std::string_view { name } == "propose") {
            command->add_flag("--finish", options.finish, "name the newest keys alone");
            command->add_option("--address", options.address, "host:port of the own node");
            command->add_option("--add-states", options.add_states, "a list with further States");
            command->add_option("--remove-state", options.remove_state);
            command->add_option("--revoke", options.revoke, "fingerprint of a certificate");
            command->add_option("--reason", options.reason);
            command->add_option("--revoked-at", options.revoked_at, "an instant; now if missing");
            command->add_option("--required", options.required, "States that sign a list");
        }
        on_node(*command, words, [&words, chosen = std::string { name }](Config const& config) {
            words.trust.command = chosen;
            return change_trust(config, words.trust, std::cout);
        });
    }
}

void add_key_commands(CLI::App& app, Words& words)
{
    auto* keys = app.add_subcommand("keys", "the keys of a node")->require_subcommand(1);
    constexpr std::pair<char const*, char const*> commands[]
        = { { "show", "what is held, named by the list, in use" },
              { "rotate", "a new key: seal, sealing, transport or register" },
              { "destroy", "a key that nothing needs any more, by its name" },
              { "renew", "the running node takes up its keys as they now lie there" } };
    for (auto const& [name, help] : commands) {
        auto* command = keys->add_subcommand(name, help);
        if (std::string_view { name } == "rotate" || std::string_view { name } == "destroy")
            command->add_option("subject", words.keys.subject)->required();
        if (std::string_view { name } == "destroy")
            command->add_flag(
                "--even-kept", words.keys.even_kept, "give up kept parts that it opens");
        on_node(*command, words, [&words, chosen = std::string { name }](Config const& config) {
            words.keys.command = chosen;
            return change_keys(config, words.keys, std::cout);
        });
    }
    auto* certify = keys->add_subcommand("certify", "where the root is: signs a request");
    certify->add_option("request", words.certify.request)->required();
    certify->add_option("--as", words.certify.usage, "seal, sealing, transport")->required();
    certify->add_option("--host", words.certify.host, "of a transport certificate");
    certify->add_option("--root", words.certify.root, "without .crt and .key")->required();
    certify->callback(
        [&words] { words.run = [&words] { return certify_key(words.certify, std::cout); }; });
}

void add_treaty_commands(CLI::App& app, Words& words)
{
    auto* treaty = app.add_subcommand("treaty", "ask the Convention")->require_subcommand(1);
    auto& options = words.treaty;
    constexpr std::pair<char const*, char const*> commands[]
        = { { "check", "judge a situation in JSON (a file or -)" },
              { "try", "run a file of text cases" }, { "facts", "facts of a measure" },
              { "party", "a Party on a date" }, { "status", "all Parties on a date" },
              { "authority", "who a provision names in a Party" },
              { "level", "a marking of one Party in another" },
              { "channels", "which level goes how between two Parties" },
              { "deadline", "when a term is up" },
              { "replay", "judge a stored decision again (a file or -)" },
              { "coverage", "how every duty of the Convention is carried" },
              { "book", "one page an article into a folder, as HTML and PDF, to be signed" } };
    for (auto const& [name, help] : commands) {
        auto* command = treaty->add_subcommand(name, help);
        command->add_option("subject", options.subject);
        command->add_option("--law", options.law, "folder of the treaty's data");
        command->add_option("--cases", options.cases, "folder of the text cases");
        command->add_option("--party", options.party);
        command->add_option("--for", options.provision);
        command->add_option("--on", options.on, "a date; today where missing");
        command->add_option("--marking", options.marking);
        command->add_option("--to", options.to);
        command->add_option("--from", options.from, "an instant");
        command->add_option("--zone", options.zone, "IANA");
        if (std::string_view { name } == "book")
            command->add_option("--language", options.language, "en, bg or es");
        command->callback([&words, chosen = std::string { name }] {
            words.treaty.command = chosen;
            words.run = [&words] { return ask_treaty(words.treaty, std::cout); };
        });
    }
}

ExitCode report(Error const& error)
{
    std::cerr << "error: " << error.what << '\n';
    switch (error.kind) {
    case Error::Kind::malformed:
    case Error::Kind::not_found:
    case Error::Kind::too_large: return bad_input;
    case Error::Kind::not_authentic: return 1;
    case Error::Kind::not_permitted:
    case Error::Kind::conflict:
    case Error::Kind::unavailable: break;
    }
    return failed;
}

} // namespace

int main(int argc, char** argv)
{
    // A peer that hangs up ends its own connection, not the node.
    std::signal(SIGPIPE, SIG_IGN);
    CLI::App app { "Comity: police cooperation between States under the PCC SEE" };
    app.require_subcommand(1);
    Words words;
    add_node_commands(app, words);
    add_access_commands(app, words);
    add_request_commands(app, words);
    add_message_commands(app, words);
    add_courier_commands(app, words);
    add_ledger_commands(app, words);
    add_trust_commands(app, words);
    add_key_commands(app, words);
    add_treaty_commands(app, words);
    add_dna_commands(app, words);
    try { // CLI11's own way of saying that the words do not fit
        app.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        auto const code = app.exit(error);
        return code == 0 ? 0 : bad_input;
    }
    MUST(words.run != nullptr);
    auto const done = words.run();
    return done.ok() ? done.value() : report(done.error());
}
