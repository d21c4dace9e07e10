#include "access/access_store.h"
#include "access/common_password.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

/// What an administrator and a security officer do to accounts.
namespace comity::access {
namespace {

constexpr std::size_t display_name_bytes_max = 128;
constexpr std::size_t subject_bytes_max = 255; ///< OpenID Connect Core 1.0 section 2.

Error malformed(std::string what, std::string field)
{
    return { Error::Kind::malformed, std::move(what), std::move(field) };
}

bool is_name(std::string_view name)
{
    auto const letter = [](char c) { return c >= 'a' && c <= 'z'; };
    if (name.empty() || name.size() > name_characters_max || !letter(name.front())) return false;
    return std::ranges::all_of(
        name, [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '-'; });
}

bool all_between(std::string_view text, std::size_t size, char first, char last)
{
    return text.size() == size
        && std::ranges::all_of(text, [&](char c) { return c >= first && c <= last; });
}

Result<void> check_roles(std::vector<Role> const& roles)
{
    if (roles.empty()) return malformed("an account has at least one role", "roles");
    auto sorted = roles;
    std::ranges::sort(sorted);
    if (std::ranges::adjacent_find(sorted) != sorted.end())
        return malformed("a role is named twice", "roles");
    if (sorted.back() == Role::administrator && sorted.size() > 1)
        return malformed("an administrator sees no content, so the role stands alone", "roles");
    return {};
}

bool has_control(std::string_view text)
{
    return std::ranges::any_of(
        text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

Result<void> check_shown(std::string_view display_name, std::string_view language)
{
    if (display_name.empty() || display_name.size() > display_name_bytes_max
        || has_control(display_name))
        return malformed(fmt::format("a display name has 1 to {} bytes and no control character",
                             display_name_bytes_max),
            "displayName");
    auto const script = language.size() > 2 ? language.substr(2) : std::string_view {};
    bool const scripted = script.size() == 5 && script[0] == '-' && script[1] >= 'A'
        && script[1] <= 'Z' && all_between(script.substr(2), 3, 'a', 'z');
    if (!all_between(language.substr(0, 2), 2, 'a', 'z') || !(script.empty() || scripted))
        return malformed(
            "a language is two small letters (ISO 639-1), and a script where it has two (sr-Latn)",
            "language");
    return {};
}

bool is_sha256(std::string_view text)
{
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == text.npos;
}

Result<void> check(NewAccount const& wanted)
{
    if (!is_name(wanted.name))
        return malformed(fmt::format("a name is a letter, then letters a-z, digits, '.' or '-', "
                                     "at most {} characters",
                             name_characters_max),
            "name");
    TRY(check_shown(wanted.display_name, wanted.language));
    TRY(check_roles(wanted.roles));
    if (!all_between(wanted.party, 2, 'A', 'Z'))
        return malformed("a Party is two capital letters (ISO 3166-1)", "party");
    return {};
}

Error no_such_account(std::string_view name)
{
    return { Error::Kind::not_found, fmt::format("no open account is named '{}'", name), "name" };
}

/// Nobody lifts himself.
Result<void> check_not_own(std::string_view name, std::string_view actor)
{
    if (name != actor) return {};
    return Error { Error::Kind::conflict, "nobody does this to his own account", "name" };
}

Result<void> check_vouchers(Account const& account)
{
    if (!account.certificate.empty() && !is_sha256(account.certificate))
        return malformed("a fingerprint is 64 small hexadecimal characters", "certificate");
    if (account.subject.size() > subject_bytes_max || has_control(account.subject))
        return malformed(
            fmt::format("a subject has at most {} bytes", subject_bytes_max), "subject");
    return {};
}

/// Closed accounts give both up, so only open ones can be in the way.
Result<void> check_unique(store::Transaction& t, Account const& account)
{
    auto const other
        = [&](std::optional<Account> const& found) { return found && found->id != account.id; };
    if (!account.certificate.empty()
        && other(TRY(tables::account_by_certificate(t, account.certificate))))
        return Error { Error::Kind::conflict, "another account has this certificate",
            "certificate" };
    if (!account.subject.empty() && other(TRY(tables::account_by_subject(t, account.subject))))
        return Error { Error::Kind::conflict, "another account has this subject", "subject" };
    return {};
}

std::string words(std::vector<Role> const& roles)
{
    std::vector<std::string> out;
    for (auto const role : roles) out.push_back(json::word(role));
    return fmt::format("{}", fmt::join(out, ", "));
}

std::string told(Clearance const& clearance)
{
    std::vector<std::string> out;
    for (auto const each : clearance.compartments) out.push_back(json::word(each));
    return fmt::format("clearance: {} [{}]", clearance.level, fmt::join(out, ", "));
}

Account changed(Account account, AccountChange const& change)
{
    if (change.display_name) account.display_name = *change.display_name;
    if (change.roles) account.roles = *change.roles;
    if (change.language) account.language = *change.language;
    if (change.certificate) account.certificate = *change.certificate;
    if (change.subject) account.subject = *change.subject;
    return account;
}

/// What the record says; a name alone tells too little of who may do what.
std::string told(AccountChange const& change)
{
    std::vector<std::string> out;
    if (change.display_name) out.push_back("display name");
    if (change.roles) out.push_back("roles: " + words(*change.roles));
    if (change.language) out.push_back("language");
    if (change.certificate) out.push_back("certificate: " + *change.certificate);
    if (change.subject) out.push_back("subject");
    return fmt::format("{}", fmt::join(out, "; "));
}

} // namespace

Result<void> Access::note(store::Transaction& t, std::string_view actor, std::string_view name,
    std::string_view what) const
{
    auto const now = clock_();
    return tables::add_change(t, uuid_v7(now, random_),
        { now, std::string { actor }, std::string { name }, std::string { what } },
        now - changes_kept);
}

Result<Account> Access::add_account(NewAccount const& wanted, std::string_view actor)
{
    TRY(check(wanted));
    auto const password = TRY(keep_password_of(wanted.name, wanted.password, cost_));
    auto const now = clock_();
    Account const account { .id = uuid_v7(now, random_),
        .name = wanted.name,
        .display_name = wanted.display_name,
        .roles = wanted.roles,
        .party = wanted.party,
        .language = wanted.language };
    auto const added = TRY(store_.write([&](store::Transaction& t) -> Result<bool> {
        if (!TRY(tables::add_account(t, account, { password, wanted.password_once }, now)))
            return false;
        TRY(note(t, actor, account.name, "added; roles: " + words(account.roles)));
        return true;
    }));
    if (added) return account;
    return Error { Error::Kind::conflict,
        fmt::format("the name '{}' is taken, now or by a closed account", wanted.name), "name" };
}

Result<void> Access::close_account(std::string_view name, std::string_view actor)
{
    TRY(check_not_own(name, actor));
    return store_.write([&](store::Transaction& t) -> Result<void> {
        if (!TRY(tables::close_account(t, name, clock_()))) return no_such_account(name);
        TRY(tables::end_sessions_of(t, name));
        return note(t, actor, name, "closed");
    });
}

Result<void> Access::set_password(
    std::string_view name, std::string_view password, std::string_view actor)
{
    TRY(check_not_own(name, actor));
    auto const kept = TRY(keep_password_of(name, password, cost_));
    return store_.write([&](store::Transaction& t) -> Result<void> {
        if (!TRY(tables::set_password(t, name, { kept, true }))) return no_such_account(name);
        TRY(tables::end_sessions_of(t, name));
        return note(t, actor, name, "password");
    });
}

Result<Account> Access::change_account(
    std::string_view name, AccountChange const& change, std::string_view actor)
{
    TRY(check_not_own(name, actor));
    return store_.write([&](store::Transaction& t) -> Result<Account> {
        auto const kept = TRY(tables::account(t, name));
        if (!kept) return no_such_account(name);
        auto const account = changed(kept->account, change);
        TRY(check_shown(account.display_name, account.language));
        TRY(check_roles(account.roles));
        TRY(check_vouchers(account));
        TRY(check_unique(t, account));
        TRY(tables::change_account(t, account));
        if (account.roles != kept->account.roles) TRY(tables::end_sessions_of(t, name));
        TRY(note(t, actor, name, told(change)));
        return account;
    });
}

Result<Account> Access::set_clearance(
    std::string_view name, Clearance const& clearance, std::string_view actor)
{
    TRY(check_not_own(name, actor));
    TRY(access::check(clearance));
    return store_.write([&](store::Transaction& t) -> Result<Account> {
        auto kept = TRY(tables::account(t, name));
        if (!kept) return no_such_account(name);
        kept->account.clearance = clearance;
        TRY(tables::change_account(t, kept->account));
        TRY(note(t, actor, name, told(clearance)));
        return kept->account;
    });
}

Result<void> Access::remove_code(std::string_view name, std::string_view actor)
{
    TRY(check_not_own(name, actor));
    return store_.write([&](store::Transaction& t) -> Result<void> {
        if (!TRY(tables::remove_code(t, name))) return no_such_account(name);
        TRY(tables::end_sessions_of(t, name));
        return note(t, actor, name, "one-time codes removed");
    });
}

Result<std::vector<Account>> Access::accounts()
{
    return store_.read([](store::Transaction& t) { return tables::accounts(t); });
}

Result<std::map<std::string, std::string>> Access::names()
{
    return store_.read([](store::Transaction& t) { return tables::names(t); });
}

Result<Account> Access::account(std::string_view name)
{
    auto const kept
        = TRY(store_.read([&](store::Transaction& t) { return tables::account(t, name); }));
    if (kept) return kept->account;
    return no_such_account(name);
}

Result<std::vector<AccountRecord>> Access::changes(std::size_t count_max)
{
    return store_.read([&](store::Transaction& t) { return tables::changes(t, count_max); });
}

} // namespace comity::access
