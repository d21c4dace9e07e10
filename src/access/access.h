#pragma once

#include "access/password.h"
#include "access/role.h"
#include "base/random.h"
#include "store/store.h"

#include <array>
#include <chrono>
#include <optional>
#include <semaphore>

namespace comity::access {

/// The tables of this room, for Store::open.
extern std::span<store::Migration const> const migrations;

constexpr std::size_t name_characters_max = 64;
constexpr std::size_t sign_ins_at_once_max = 4; ///< Each takes the memory of a PasswordCost.
constexpr std::size_t sessions_per_account_max = 16; ///< The oldest ends when one more opens.

constexpr std::chrono::minutes idle_max { 30 }; ///< A session ends that long after its last use.
constexpr std::chrono::hours session_max { 12 }; ///< And that long after it was opened.
/// Use is noted on disk no more often than this, so idleness may be judged that much too early.
constexpr std::chrono::seconds use_noted_every { 10 };

constexpr unsigned failures_max = 5; ///< This many failures within the window lock a name.
constexpr std::chrono::minutes failure_window { 15 };
constexpr std::chrono::days sign_ins_kept { 400 };

struct Account {
    std::string id; ///< UUID, for ever.
    std::string name; ///< What one types: a-z, 0-9, '.', '-'; starts with a letter.
    std::string display_name;
    std::vector<Role> roles;
    std::string party; ///< ISO 3166-1 alpha-2, of the State that the officer serves.
    std::string language; ///< ISO 639-1, of the desk.
};

/// What an administrator gives for a new account.
struct NewAccount {
    std::string name, display_name;
    std::vector<Role> roles;
    std::string party, language;
    std::string password;
};

/// Somebody who is signed in, as long as it lasts.
struct Session {
    Account account;
    std::string csrf_token; ///< Every call that changes something must show it.
    Instant opened_at;
    bool of_host = true; ///< Serves the Party that keeps the node.

    /// Nothing where it may.
    std::optional<Refusal> refused(Action action) const
    {
        return access::refused({ account.roles, of_host }, action);
    }
    bool may(Action action) const { return !refused(action); }
};

/// How an attempt to sign in ended. A name that nobody has is treated like any other, so neither
/// answer nor time tells which names exist.
struct SignIn {
    enum class Outcome : std::uint8_t { opened, refused, locked };
    Outcome outcome;
    std::string token {}; ///< opened: for the cookie; 64 hexadecimal characters, kept nowhere.
    std::optional<Session> session {}; ///< opened.
    std::chrono::seconds retry_after {}; ///< locked: how long from now.
};

/// One line of who signed in or tried to.
struct SignInRecord {
    Instant at;
    std::string account; ///< Name; empty where nobody has the name that was tried.
    std::string address; ///< Where from.
    SignIn::Outcome outcome;
};

/// Whether a call counts as use of the session, or comes by itself (an open event stream).
enum class Use : std::uint8_t { by_person, by_itself };

/// Accounts, signing in, sessions. Any thread may call. Keeps no content of police work.
class Access {
public:
    /// `party`: whose node this is.
    Access(store::Store& store, Clock clock, Random random, std::string party,
        PasswordCost cost = desk_cost);

    /// Errors: malformed naming the field; conflict where the name is taken.
    Result<Account> add_account(NewAccount const& wanted);
    /// Ends its sessions; the name stays taken, for the records. Error: not_found.
    Result<void> close_account(std::string_view name);
    /// Ends its sessions. Errors: malformed, not_found.
    Result<void> set_password(std::string_view name, std::string_view password);
    /// All that are open, by name.
    Result<std::vector<Account>> accounts();

    /// After `failures_max` failures within `failure_window` a name is locked for 1 minute after
    /// its last failure; 2, 4, 8, 15 minutes after the next ones. Success starts the count anew.
    /// Error: unavailable when `sign_ins_at_once_max` are being judged already.
    Result<SignIn> sign_in(
        std::string_view name, std::string_view password, std::string_view address);
    /// The session of a token. Error: not_authentic where there is none (any more).
    Result<Session> session(std::string_view token, Use use = Use::by_person);
    /// Ends it; a token of no session is no error.
    Result<void> end_session(std::string_view token);

    /// The newest first.
    Result<std::vector<SignInRecord>> sign_ins(std::size_t count_max);

private:
    std::string subject_of(std::string_view name) const;
    Result<SignIn> open_session(Account const& account, std::string_view record);

    store::Store& store_;
    Clock clock_;
    Random random_;
    std::string party_;
    PasswordCost cost_;
    std::array<std::uint8_t, 32> name_key_ {};
    std::string nobody_; ///< A kept password that no account has.
    std::counting_semaphore<sign_ins_at_once_max> judging_ { sign_ins_at_once_max };
};

} // namespace comity::access
