#pragma once

#include "access/access.h"

/// The tables of accounts, sessions and sign-ins; the only SQL of this room.
namespace comity::access::tables {

struct KeptAccount {
    Account account;
    std::string password; ///< As keep_password made it.
    Bytes code_secret {}, offered_secret {}; ///< Empty: none.
    std::int64_t code_step = 0; ///< Of the last code that was used.
    bool password_once = false; ///< Given by somebody else.
};

struct KeptSession {
    Account account;
    Instant opened_at, used_at;
    Way way {};
};

/// One attempt in the life of a subject: an account, or a name that nobody has.
struct Attempt {
    Instant at;
    SignIn::Outcome outcome;
};

struct NewPassword {
    std::string_view kept; ///< As keep_password made it.
    bool once = false;
};
/// False where the name is taken.
Result<bool> add_account(
    store::Transaction& t, Account const& account, NewPassword const& password, Instant now);
Result<bool> close_account(store::Transaction& t, std::string_view name, Instant now);
Result<bool> set_password(
    store::Transaction& t, std::string_view name, NewPassword const& password);
/// Everything but id, password and secrets, by the id.
Result<void> change_account(store::Transaction& t, Account const& account);
Result<void> offer_code(store::Transaction& t, std::string_view id, ByteView secret);
/// The offered secret comes into use; `step` is that of the first code.
Result<void> take_code(store::Transaction& t, std::string_view id, std::int64_t step);
Result<bool> remove_code(store::Transaction& t, std::string_view name);
/// False where a code of this step or a later one was used before.
Result<bool> use_code(store::Transaction& t, std::string_view id, std::int64_t step);
/// Open accounts only, here and below.
Result<std::optional<KeptAccount>> account(store::Transaction& t, std::string_view name);
Result<std::optional<Account>> account_by_certificate(
    store::Transaction& t, std::string_view sha256);
Result<std::optional<Account>> account_by_subject(store::Transaction& t, std::string_view subject);
Result<std::vector<Account>> accounts(store::Transaction& t);
Result<std::map<std::string, std::string>> names(store::Transaction& t);

struct NewSession {
    ByteView digest;
    std::string_view account_id, address;
    Way way {};
    Instant at;
};
Result<void> add_session(store::Transaction& t, NewSession const& session);
Result<std::optional<KeptSession>> session(store::Transaction& t, ByteView digest);
struct SessionRow {
    Bytes digest;
    SessionLine line; ///< Without its id.
};
Result<std::vector<SessionRow>> sessions_of(store::Transaction& t, std::string_view name);
Result<void> note_use(store::Transaction& t, ByteView digest, Instant now);
Result<void> end_session(store::Transaction& t, ByteView digest);
Result<void> end_sessions_of(store::Transaction& t, std::string_view name);
/// Ends what is over, and the oldest of the account until fewer than `count_max` are left.
Result<void> end_old_sessions(
    store::Transaction& t, std::string_view account_id, Instant now, std::size_t count_max);

Result<void> add_attempt(store::Transaction& t, std::string_view id, std::string_view subject,
    std::string_view address, Attempt const& attempt);
Result<void> mark(store::Transaction& t, std::string_view id, SignIn::Outcome outcome);
/// Those after an instant, the newest first, at most as many as the longest delay needs.
Result<std::vector<Attempt>> attempts(
    store::Transaction& t, std::string_view subject, Instant after);
Result<void> forget_attempts(store::Transaction& t, Instant before);
Result<std::vector<SignInRecord>> sign_ins(store::Transaction& t, std::size_t count_max);

Result<void> add_change(
    store::Transaction& t, std::string_view id, AccountRecord const& record, Instant forget_before);
Result<std::vector<AccountRecord>> changes(store::Transaction& t, std::size_t count_max);

} // namespace comity::access::tables
