#include "access/access.h"

#include "access/access_store.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>

namespace comity::access {
namespace {

using Outcome = SignIn::Outcome;
using Digest = std::array<std::uint8_t, crypto_hash_sha256_BYTES>;

constexpr std::size_t token_bytes = 32;
constexpr std::size_t display_name_bytes_max = 128;

Digest sha256(std::string_view text)
{
    Digest out {};
    auto const bytes = as_view(text);
    crypto_hash_sha256(out.data(), bytes.data(), bytes.size());
    return out;
}

/// From the token alone, so it is kept nowhere; it does not lead back to the token.
std::string csrf_token_of(std::string_view token)
{
    return to_hex(sha256("comity csrf " + std::string { token }));
}

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

Result<void> check(NewAccount const& wanted)
{
    if (!is_name(wanted.name))
        return malformed(fmt::format("a name is a letter, then letters a-z, digits, '.' or '-', "
                                     "at most {} characters",
                             name_characters_max),
            "name");
    if (wanted.display_name.empty() || wanted.display_name.size() > display_name_bytes_max)
        return malformed(fmt::format("a display name has 1 to {} bytes", display_name_bytes_max),
            "display_name");
    TRY(check_roles(wanted.roles));
    if (!all_between(wanted.party, 2, 'A', 'Z'))
        return malformed("a Party is two capital letters (ISO 3166-1)", "party");
    if (!all_between(wanted.language, 2, 'a', 'z'))
        return malformed("a language is two small letters (ISO 639-1)", "language");
    return {};
}

Error no_such_account(std::string_view name)
{
    return { Error::Kind::not_found, fmt::format("no open account is named '{}'", name), "name" };
}

Error no_session()
{
    return { Error::Kind::not_authentic, "nobody is signed in with this session", "session" };
}

/// How long a name stays locked after its last failure.
std::chrono::minutes lock_after(std::size_t failures)
{
    constexpr std::array<int, 5> minutes { 1, 2, 4, 8, 15 };
    if (failures < failures_max) return std::chrono::minutes { 0 };
    return std::chrono::minutes { minutes[std::min(failures - failures_max, minutes.size() - 1)] };
}

struct Lock {
    std::chrono::seconds left {}; ///< Rounded up; zero: not locked.
    bool noted = false; ///< An attempt against this very lock is on record.
};

/// Judges the attempts of one subject within the window, the newest first.
Lock lock_of(std::vector<tables::Attempt> const& attempts, Instant now)
{
    std::size_t failures = 0;
    std::optional<Instant> last_failure;
    bool noted = false;
    for (auto const& attempt : attempts) {
        if (attempt.outcome == Outcome::opened) break;
        noted |= attempt.outcome == Outcome::locked && !last_failure;
        if (attempt.outcome != Outcome::refused) continue;
        if (!last_failure) last_failure = attempt.at;
        ++failures;
    }
    if (!last_failure) return {};
    auto const until = *last_failure + lock_after(failures);
    if (now >= until) return {};
    return { std::chrono::ceil<std::chrono::seconds>(until - now), noted };
}

/// Lets go of one of the places for judging passwords.
template <class Semaphore> struct Release {
    Semaphore& places;
    ~Release() { places.release(); }
};

} // namespace

Access::Access(
    store::Store& store, Clock clock, Random random, std::string party, PasswordCost cost)
    : store_(store)
    , clock_(std::move(clock))
    , random_(std::move(random))
    , party_(std::move(party))
    , cost_(cost)
{
    MUST(sodium_init() >= 0);
    random_(name_key_);
    std::array<std::uint8_t, token_bytes> unknown {};
    random_(unknown);
    auto kept = keep_password(to_hex(unknown), cost_);
    MUST(kept.ok());
    nobody_ = kept.take();
}

Result<Account> Access::add_account(NewAccount const& wanted)
{
    TRY(check(wanted));
    auto const password = TRY(keep_password(wanted.password, cost_));
    auto const now = clock_();
    Account const account { .id = uuid_v7(now, random_),
        .name = wanted.name,
        .display_name = wanted.display_name,
        .roles = wanted.roles,
        .party = wanted.party,
        .language = wanted.language };
    auto const added = TRY(store_.write(
        [&](store::Transaction& t) { return tables::add_account(t, account, password, now); }));
    if (added) return account;
    return Error { Error::Kind::conflict,
        fmt::format("the name '{}' is taken, now or by a closed account", wanted.name), "name" };
}

Result<void> Access::close_account(std::string_view name)
{
    return store_.write([&](store::Transaction& t) -> Result<void> {
        if (!TRY(tables::close_account(t, name, clock_()))) return no_such_account(name);
        return tables::end_sessions_of(t, name);
    });
}

Result<void> Access::set_password(std::string_view name, std::string_view password)
{
    auto const kept = TRY(keep_password(password, cost_));
    return store_.write([&](store::Transaction& t) -> Result<void> {
        if (!TRY(tables::set_password(t, name, kept))) return no_such_account(name);
        return tables::end_sessions_of(t, name);
    });
}

Result<std::vector<Account>> Access::accounts()
{
    return store_.read([](store::Transaction& t) { return tables::accounts(t); });
}

/// A name that nobody has may be a password typed into the wrong field: only a digest under a key
/// of this process is kept, enough to count the failures.
std::string Access::subject_of(std::string_view name) const
{
    std::array<std::uint8_t, crypto_generichash_BYTES> digest {};
    auto const bytes = as_view(name);
    crypto_generichash(digest.data(), digest.size(), bytes.data(), bytes.size(), name_key_.data(),
        name_key_.size());
    return "?" + to_hex(digest);
}

Result<SignIn> Access::sign_in(
    std::string_view name, std::string_view password, std::string_view address)
{
    if (!judging_.try_acquire())
        return Error { Error::Kind::unavailable,
            fmt::format("over {} sign-ins are being judged; try again", sign_ins_at_once_max) };
    Release const release { judging_ };
    auto const now = clock_();
    auto const record = uuid_v7(now, random_);
    std::optional<tables::KeptAccount> kept;
    // On record as refused before the password is judged: parallel attempts cannot pass the limit.
    auto const judge_lock = [&](store::Transaction& t) -> Result<Lock> {
        kept = TRY(tables::account(t, name));
        auto const subject = kept ? kept->account.id : subject_of(name);
        auto const found = lock_of(TRY(tables::attempts(t, subject, now - failure_window)), now);
        auto const outcome = found.left.count() > 0 ? Outcome::locked : Outcome::refused;
        if (!found.noted) TRY(tables::add_attempt(t, record, subject, address, { now, outcome }));
        return found;
    };
    auto const lock = TRY(store_.write(judge_lock));
    if (lock.left.count() > 0)
        return SignIn { .outcome = Outcome::locked, .retry_after = lock.left };
    auto const holds = password_holds(kept ? kept->password : nobody_, password);
    if (!holds || !kept) return SignIn { .outcome = Outcome::refused };
    return open_session(kept->account, record);
}

Result<SignIn> Access::open_session(Account const& account, std::string_view record)
{
    std::array<std::uint8_t, token_bytes> secret {};
    random_(secret);
    auto const token = to_hex(secret);
    auto const now = clock_();
    auto const open = [&](store::Transaction& t) -> Result<void> {
        TRY(tables::end_old_sessions(t, account.id, now, sessions_per_account_max));
        TRY(tables::forget_attempts(t, now - sign_ins_kept));
        TRY(tables::mark_opened(t, record));
        return tables::add_session(t, sha256(token), account.id, now);
    };
    TRY(store_.write(open));
    return SignIn { .outcome = Outcome::opened,
        .token = token,
        .session = Session { account, csrf_token_of(token), now, account.party == party_ } };
}

Result<Session> Access::session(std::string_view token, Use use)
{
    if (token.size() != token_bytes * 2) return no_session();
    auto const digest = sha256(token);
    auto const kept
        = TRY(store_.read([&](store::Transaction& t) { return tables::session(t, digest); }));
    auto const now = clock_();
    if (!kept || now - kept->used_at >= idle_max || now - kept->opened_at >= session_max)
        return no_session();
    if (use == Use::by_person && now - kept->used_at >= use_noted_every)
        TRY(store_.write([&](store::Transaction& t) { return tables::note_use(t, digest, now); }));
    bool const of_host = kept->account.party == party_;
    return Session { kept->account, csrf_token_of(token), kept->opened_at, of_host };
}

Result<void> Access::end_session(std::string_view token)
{
    auto const digest = sha256(token);
    return store_.write([&](store::Transaction& t) { return tables::end_session(t, digest); });
}

Result<std::vector<SignInRecord>> Access::sign_ins(std::size_t count_max)
{
    return store_.read([&](store::Transaction& t) { return tables::sign_ins(t, count_max); });
}

} // namespace comity::access
