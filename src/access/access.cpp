#include "access/access.h"

#include "access/access_store.h"
#include "access/common_password.h"
#include "access/one_time_code.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>

namespace comity::access {
namespace {

using Outcome = SignIn::Outcome;
using Digest = std::array<std::uint8_t, crypto_hash_sha256_BYTES>;

constexpr std::size_t token_bytes = 32;

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

Error no_session()
{
    return { Error::Kind::not_authentic, "nobody is signed in with this session", "session" };
}

std::string session_id(ByteView digest)
{
    return to_hex(digest.first(16));
}

bool lasts(Instant opened_at, Instant used_at, Instant now)
{
    return now - used_at < idle_max && now - opened_at < session_max;
}

/// Whoever may be there beside the officer himself is out.
Result<void> end_others(store::Transaction& t, Session const& session)
{
    for (auto const& row : TRY(tables::sessions_of(t, session.account.name)))
        if (session_id(row.digest) != session.id) TRY(tables::end_session(t, row.digest));
    return {};
}

/// One that its officer chose himself, as it is kept.
Result<std::string> keep_own(
    tables::KeptAccount const& kept, std::string_view password, PasswordCost cost)
{
    if (password_holds(kept.password, password))
        return Error { Error::Kind::malformed, "the new password is the old one", "password" };
    return keep_password_of(kept.account.name, password, cost);
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

/// What became of a name and a password.
struct Access::Judged {
    std::optional<tables::KeptAccount> kept {}; ///< Where they hold.
    std::string record {}; ///< Of the attempt: refused, until something better is known.
    std::chrono::seconds locked_for {};
};

Result<Access::Judged> Access::judge(
    std::string_view name, std::string_view password, std::string_view address)
{
    if (!judging_.try_acquire())
        return Error { Error::Kind::unavailable,
            fmt::format("over {} sign-ins are being judged; try again", sign_ins_at_once_max) };
    Release const release { judging_ };
    auto const now = clock_();
    Judged out { .record = uuid_v7(now, random_) };
    std::optional<tables::KeptAccount> kept;
    // On record as refused before the password is judged: parallel attempts cannot pass the limit.
    auto const judge_lock = [&](store::Transaction& t) -> Result<Lock> {
        kept = TRY(tables::account(t, name));
        auto const subject = kept ? kept->account.id : subject_of(name);
        auto const found = lock_of(TRY(tables::attempts(t, subject, now - failure_window)), now);
        auto const outcome = found.left.count() > 0 ? Outcome::locked : Outcome::refused;
        if (!found.noted)
            TRY(tables::add_attempt(t, out.record, subject, address, { now, outcome }));
        return found;
    };
    out.locked_for = TRY(store_.write(judge_lock)).left;
    if (out.locked_for.count() > 0) return out;
    if (password_holds(kept ? kept->password : nobody_, password)) out.kept = std::move(kept);
    return out;
}

Result<SignIn> Access::sign_in(std::string_view name, std::string_view password,
    std::string_view address, std::string_view code, std::string_view new_password)
{
    auto const judged = TRY(judge(name, password, address));
    if (judged.locked_for.count() > 0)
        return SignIn { .outcome = Outcome::locked, .retry_after = judged.locked_for };
    if (!judged.kept) return SignIn { .outcome = Outcome::refused };
    auto const& kept = *judged.kept;
    auto const wanting = [&](Outcome what) -> Result<SignIn> {
        TRY(store_.write(
            [&](store::Transaction& t) { return tables::mark(t, judged.record, what); }));
        return SignIn { .outcome = what };
    };
    Opening opening { Way::password, judged.record, address };
    if (kept.account.has_code) {
        if (code.empty()) return wanting(Outcome::code_wanted);
        opening.way = Way::password_and_code;
        opening.code_step = step_of_code(kept.code_secret, code, clock_(), kept.code_step);
        if (!opening.code_step) return SignIn { .outcome = Outcome::refused };
    }
    if (kept.password_once) {
        auto const wanted = TRY(wanting(Outcome::new_password_wanted));
        if (new_password.empty()) return wanted;
        auto own = keep_own(kept, new_password, cost_);
        if (!own.ok()) return Error { own.error().kind, own.error().what, "newPassword" };
        opening.own_password = own.take();
    }
    return open_session(kept.account, opening);
}

Result<SignIn> Access::sign_in_by_subject(std::string_view subject, std::string_view address)
{
    return vouched(Way::openid, subject, address);
}

Result<SignIn> Access::sign_in_by_certificate(std::string_view sha256_hex, std::string_view address)
{
    return vouched(Way::certificate, sha256_hex, address);
}

Result<SignIn> Access::vouched(Way way, std::string_view by, std::string_view address)
{
    auto const now = clock_();
    auto const record = uuid_v7(now, random_);
    std::optional<Account> account;
    auto const find = [&](store::Transaction& t) -> Result<void> {
        if (!by.empty())
            account = TRY(way == Way::certificate ? tables::account_by_certificate(t, by)
                                                  : tables::account_by_subject(t, by));
        return tables::add_attempt(
            t, record, account ? account->id : subject_of(by), address, { now, Outcome::refused });
    };
    TRY(store_.write(find));
    if (!account) return SignIn { .outcome = Outcome::refused };
    return open_session(*account, { way, record, address });
}

Result<SignIn> Access::open_session(Account const& account, Opening const& opening)
{
    std::array<std::uint8_t, token_bytes> secret {};
    random_(secret);
    auto const token = to_hex(secret);
    auto const digest = sha256(token);
    auto const now = clock_();
    // Of two that show the same code at the same time, one comes in.
    auto const open = [&](store::Transaction& t) -> Result<bool> {
        if (opening.code_step && !TRY(tables::use_code(t, account.id, *opening.code_step)))
            return false;
        if (!opening.own_password.empty()) {
            TRY(tables::set_password(t, account.name, { opening.own_password }));
            TRY(note(t, account.name, account.name, "own password"));
        }
        TRY(tables::end_old_sessions(t, account.id, now, sessions_per_account_max));
        TRY(tables::forget_attempts(t, now - sign_ins_kept));
        TRY(tables::mark(t, opening.record, Outcome::opened));
        TRY(tables::add_session(t, { digest, account.id, opening.address, opening.way, now }));
        return true;
    };
    if (!TRY(store_.write(open))) return SignIn { .outcome = Outcome::refused };
    return SignIn { .outcome = Outcome::opened,
        .token = token,
        .session = Session { account, csrf_token_of(token), now, account.party == party_,
            session_id(digest), opening.way } };
}

Result<Session> Access::session(std::string_view token, Use use)
{
    if (token.size() != token_bytes * 2) return no_session();
    auto const digest = sha256(token);
    auto const kept
        = TRY(store_.read([&](store::Transaction& t) { return tables::session(t, digest); }));
    auto const now = clock_();
    if (!kept || !lasts(kept->opened_at, kept->used_at, now)) return no_session();
    if (use == Use::by_person && now - kept->used_at >= use_noted_every)
        TRY(store_.write([&](store::Transaction& t) { return tables::note_use(t, digest, now); }));
    return Session { kept->account, csrf_token_of(token), kept->opened_at,
        kept->account.party == party_, session_id(digest), kept->way };
}

Result<void> Access::end_session(std::string_view token)
{
    auto const digest = sha256(token);
    return store_.write([&](store::Transaction& t) { return tables::end_session(t, digest); });
}

Result<std::vector<SessionLine>> Access::sessions_of(std::string_view name)
{
    auto const rows
        = TRY(store_.read([&](store::Transaction& t) { return tables::sessions_of(t, name); }));
    std::vector<SessionLine> out;
    for (auto const& row : rows) {
        if (!lasts(row.line.opened_at, row.line.used_at, clock_())) continue;
        out.push_back(row.line);
        out.back().id = session_id(row.digest);
    }
    return out;
}

Result<void> Access::end_session_of(std::string_view name, std::string_view id)
{
    return store_.write([&](store::Transaction& t) -> Result<void> {
        for (auto const& row : TRY(tables::sessions_of(t, name)))
            if (session_id(row.digest) == id) return tables::end_session(t, row.digest);
        return Error { Error::Kind::not_found, "the account has no session of this id", "id" };
    });
}

Result<void> Access::change_password(Session const& session, std::string_view old_password,
    std::string_view new_password, std::string_view address)
{
    auto const& name = session.account.name;
    auto const judged = TRY(judge(name, old_password, address));
    if (judged.locked_for.count() > 0)
        return Error { Error::Kind::not_permitted,
            fmt::format("locked for {} seconds", judged.locked_for.count()), "account" };
    if (!judged.kept)
        return Error { Error::Kind::not_authentic, "the old password does not hold", "old" };
    auto const own = keep_own(*judged.kept, new_password, cost_);
    if (!own.ok()) {
        TRY(store_.write([&](store::Transaction& t) {
            return tables::mark(t, judged.record, Outcome::new_password_wanted);
        }));
        return own.error();
    }
    return store_.write([&](store::Transaction& t) -> Result<void> {
        TRY(tables::mark(t, judged.record, Outcome::opened));
        if (!TRY(tables::set_password(t, name, { own.value() }))) return no_session();
        TRY(end_others(t, session));
        return note(t, name, name, "own password");
    });
}

Result<CodeOffer> Access::offer_code(Session const& session, std::string_view issuer)
{
    if (session.account.has_code)
        return Error { Error::Kind::conflict, "the account has codes; they are removed first" };
    Bytes secret(code_secret_bytes);
    random_(secret);
    TRY(store_.write(
        [&](store::Transaction& t) { return tables::offer_code(t, session.account.id, secret); }));
    return CodeOffer { to_base32(secret), otpauth_uri(issuer, session.account.name, secret) };
}

Result<void> Access::take_code(Session const& session, std::string_view code)
{
    auto const& account = session.account;
    return store_.write([&](store::Transaction& t) -> Result<void> {
        auto const kept = TRY(tables::account(t, account.name));
        if (!kept || kept->account.has_code || kept->offered_secret.empty())
            return Error { Error::Kind::conflict, "no secret was offered to this account" };
        auto const step = step_of_code(kept->offered_secret, code, clock_(), 0);
        if (!step) return Error { Error::Kind::malformed, "this is not the code of now", "code" };
        TRY(tables::take_code(t, account.id, *step));
        TRY(end_others(t, session));
        return note(t, account.name, account.name, "one-time codes");
    });
}

Result<std::vector<SignInRecord>> Access::sign_ins(std::size_t count_max)
{
    return store_.read([&](store::Transaction& t) { return tables::sign_ins(t, count_max); });
}

} // namespace comity::access
