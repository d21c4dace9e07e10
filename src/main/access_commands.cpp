#include "main/commands.h"
#include "main/rooms.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <ostream>

/// Accounts of a node from its own machine: reading beside a running node, changing while it is
/// stopped. A running one is administered at its desk.
namespace comity::main {
namespace {

constexpr std::size_t lines_max = 200;

template <class Word>
Result<std::vector<Word>> read_words(std::vector<std::string> const& words, std::string_view field)
{
    std::vector<Word> out;
    for (auto const& word : words) {
        auto const found = json::from_word<Word>(word);
        if (!found)
            return json::detail::unknown_word(word, json::words<Word>(), std::string { field });
        out.push_back(*found);
    }
    return out;
}

template <class Word> std::string joined(std::vector<Word> const& words)
{
    std::vector<std::string> out;
    for (auto const each : words) out.push_back(json::word(each));
    return fmt::format("{}", fmt::join(out, ", "));
}

void show(access::Account const& account, std::ostream& out)
{
    out << fmt::format("{:<20} {}  {}  [{}]  level {}{}{}{}{}\n", account.name,
        account.display_name, account.party, joined(account.roles), account.clearance.level,
        account.clearance.compartments.empty() ? "" : ", " + joined(account.clearance.compartments),
        account.has_code ? ", one-time codes" : "",
        account.certificate.empty() ? "" : ", certificate",
        account.subject.empty() ? "" : ", OpenID");
}

Result<ExitCode> read_access(access::Access& room, AccessOptions const& options, std::ostream& out)
{
    if (options.command == "list")
        for (auto const& account : TRY(room.accounts())) show(account, out);
    if (options.command == "sign-ins")
        for (auto const& each : TRY(room.sign_ins(lines_max)))
            out << fmt::format("{}  {:<20} {:<16} {}\n", to_text(each.at), each.account,
                each.address, json::word(each.outcome));
    if (options.command == "changes")
        for (auto const& each : TRY(room.changes(lines_max)))
            out << fmt::format(
                "{}  {} by {}: {}\n", to_text(each.at), each.account, each.actor, each.what);
    return 0;
}

Result<access::Account> changed(access::Access& room, AccessOptions const& options)
{
    access::AccountChange change;
    if (options.command == "clear")
        return room.set_clearance(options.name,
            { options.level,
                TRY(read_words<access::Compartment>(options.compartments, "compartment")) });
    if (!options.roles.empty()) change.roles = TRY(read_words<access::Role>(options.roles, "role"));
    change.display_name = options.display_name;
    change.language = options.language;
    change.certificate = options.certificate;
    change.subject = options.subject;
    return room.change_account(options.name, change);
}

} // namespace

Result<ExitCode> print_access_table(std::ostream& out)
{
    out << access::print_table();
    return 0;
}

Result<ExitCode> administer_access(
    Config const& config, AccessOptions const& options, std::ostream& out)
{
    if (options.command == "list" || options.command == "sign-ins"
        || options.command == "changes") {
        auto const store = TRY(open_for_reading(config));
        access::Access room { *store, system_clock(), crypto::system_random(), config.party };
        return read_access(room, options, out);
    }
    auto const rooms = TRY(open_rooms(config));
    auto& room = *rooms->access;
    if (options.command == "close") {
        TRY(room.close_account(options.name));
        out << fmt::format("{} may not sign in any more\n", options.name);
    } else if (options.command == "password") {
        TRY(room.set_password(options.name, options.password));
        out << fmt::format(
            "{} signs in with it once and then takes one of his own\n", options.name);
    } else if (options.command == "remove-code") {
        TRY(room.remove_code(options.name));
        out << fmt::format("{} signs in with a password alone\n", options.name);
    } else {
        show(TRY(changed(room, options)), out);
    }
    return 0;
}

} // namespace comity::main
