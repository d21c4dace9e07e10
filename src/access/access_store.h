#pragma once

#include "access/access.h"

/// The tables of accounts, sessions and sign-ins; the only SQL of this room.
namespace comity::access::tables {

struct KeptAccount {
    Account account;
    std::string password; ///< As keep_password made it.
};

struct KeptSession {
    Account account;
    Instant opened_at, used_at;
};

/// One attempt in the life of a subject: an account, or a name that nobody has.
struct Attempt {
    Instant at;
    SignIn::Outcome outcome;
};

/// False where the name is taken.
Result<bool> add_account(
    store::Transaction& t, Account const& account, std::string_view password, Instant now);
Result<bool> close_account(store::Transaction& t, std::string_view name, Instant now);
Result<bool> set_password(store::Transaction& t, std::string_view name, std::string_view password);
/// Open accounts only, here and below.
Result<std::optional<KeptAccount>> account(store::Transaction& t, std::string_view name);
Result<std::vector<Account>> accounts(store::Transaction& t);

Result<void> add_session(
    store::Transaction& t, ByteView digest, std::string_view account_id, Instant now);
Result<std::optional<KeptSession>> session(store::Transaction& t, ByteView digest);
Result<void> note_use(store::Transaction& t, ByteView digest, Instant now);
Result<void> end_session(store::Transaction& t, ByteView digest);
Result<void> end_sessions_of(store::Transaction& t, std::string_view name);
/// Ends what is over, and the oldest of the account until fewer than `count_max` are left.
Result<void> end_old_sessions(
    store::Transaction& t, std::string_view account_id, Instant now, std::size_t count_max);

Result<void> add_attempt(store::Transaction& t, std::string_view id, std::string_view subject,
    std::string_view address, Attempt const& attempt);
Result<void> mark_opened(store::Transaction& t, std::string_view id);
/// Those after an instant, the newest first, at most as many as the longest delay needs.
Result<std::vector<Attempt>> attempts(
    store::Transaction& t, std::string_view subject, Instant after);
Result<void> forget_attempts(store::Transaction& t, Instant before);
Result<std::vector<SignInRecord>> sign_ins(store::Transaction& t, std::size_t count_max);

} // namespace comity::access::tables
