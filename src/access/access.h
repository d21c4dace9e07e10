#pragma once

#include "access/clearance.h"
#include "access/password.h"
#include "base/random.h"
#include "store/store.h"

#include <array>
#include <chrono>
#include <map>
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
constexpr std::chrono::days changes_kept { 1100 }; ///< Of accounts: as long as the register.

struct Account {
    std::string id; ///< UUID, for ever.
    std::string name; ///< What one types: a-z, 0-9, '.', '-'; starts with a letter.
    std::string display_name;
    std::vector<Role> roles;
    std::string party; ///< ISO 3166-1 alpha-2, of the State that the officer serves.
    std::string language; ///< ISO 639-1, of the desk.
    Clearance clearance {};
    bool has_code = false; ///< A password alone does not open a session.
    std::string certificate {}; ///< SHA-256 of the client's, lower-case hexadecimal; or empty.
    std::string subject {}; ///< At the OpenID provider; or empty.
};

/// What an administrator gives for a new account.
struct NewAccount {
    std::string name, display_name;
    std::vector<Role> roles;
    std::string party, language;
    std::string password;
    bool password_once = false; ///< It opens no session: its officer takes another one first.
};

/// What of an account is to change; what is missing stays.
struct AccountChange {
    std::optional<std::string> display_name {};
    std::optional<std::vector<Role>> roles {}; ///< Ends its sessions.
    std::optional<std::string> language {};
    std::optional<std::string> certificate {}; ///< Empty: none any more.
    std::optional<std::string> subject {}; ///< Empty: none any more.
};
BOOST_DESCRIBE_STRUCT(AccountChange, (), (display_name, roles, language, certificate, subject))

/// How somebody came in.
enum class Way : std::uint8_t { password, password_and_code, openid, certificate };
BOOST_DESCRIBE_ENUM(Way, password, password_and_code, openid, certificate)

/// Somebody who is signed in, as long as it lasts.
struct Session {
    Account account;
    std::string csrf_token; ///< Every call that changes something must show it.
    Instant opened_at;
    bool of_host = true; ///< Serves the Party that keeps the node.
    std::string id {}; ///< Names it in lists; does not lead to the token.
    Way way = Way::password;

    /// Nothing where it may.
    std::optional<Refusal> refused(Action action) const
    {
        return access::refused({ account.roles, of_host }, action);
    }
    bool may(Action action) const { return !refused(action); }
};

/// A session as its account and the administrator see it.
struct SessionLine {
    std::string id;
    Instant opened_at, used_at;
    std::string address; ///< Where from.
    Way way {};
};
BOOST_DESCRIBE_STRUCT(SessionLine, (), (id, opened_at, used_at, address, way))

/// How an attempt to sign in ended. A name that nobody has is treated like any other, so neither
/// answer nor time tells which names exist.
struct SignIn {
    enum class Outcome : std::uint8_t {
        opened,
        refused,
        locked,
        code_wanted, ///< The password holds, and the account has a one-time code too.
        new_password_wanted, ///< All of it holds, but somebody else gave that password.
    };
    Outcome outcome;
    std::string token {}; ///< opened: for the cookie; 64 hexadecimal characters, kept nowhere.
    std::optional<Session> session {}; ///< opened.
    std::chrono::seconds retry_after {}; ///< locked: how long from now.
};

BOOST_DESCRIBE_ENUM(SignIn::Outcome, opened, refused, locked, code_wanted, new_password_wanted)

/// One line of who signed in or tried to.
struct SignInRecord {
    Instant at;
    std::string account; ///< Name; empty where nobody has the name that was tried.
    std::string address; ///< Where from.
    SignIn::Outcome outcome;
};

/// One line of who changed an account, and how.
struct AccountRecord {
    Instant at;
    std::string actor; ///< Name of an account, or "operator" at the command line.
    std::string account;
    std::string what; ///< "roles: duty-officer", "closed": never a secret.
};
BOOST_DESCRIBE_STRUCT(AccountRecord, (), (at, actor, account, what))

/// A secret for one-time codes on its way to a device.
struct CodeOffer {
    std::string secret; ///< Base32, to be typed.
    std::string uri; ///< otpauth://, to be shown as a picture.
};
BOOST_DESCRIBE_STRUCT(CodeOffer, (), (secret, uri))

/// Whether a call counts as use of the session, or comes by itself (an open event stream).
enum class Use : std::uint8_t { by_person, by_itself };

/// Accounts, signing in, sessions. Any thread may call. Keeps no content of police work.
class Access {
public:
    /// `party`: whose node this is.
    Access(store::Store& store, Clock clock, Random random, std::string party,
        PasswordCost cost = desk_cost);

    /// `actor` is the name of the account that does it, or "operator": nobody changes the roles,
    /// the clearance or the being of his own account (conflict). All of them are on record.
    /// Errors: malformed naming the field; conflict where the name is taken.
    Result<Account> add_account(NewAccount const& wanted, std::string_view actor = "operator");
    /// Ends its sessions; the name stays taken, for the records. Error: not_found.
    Result<void> close_account(std::string_view name, std::string_view actor = "operator");
    /// Good for one sign-in, at which its officer takes another. Ends its sessions.
    /// Errors: malformed, not_found.
    Result<void> set_password(
        std::string_view name, std::string_view password, std::string_view actor = "operator");
    /// Errors: malformed, not_found; conflict where another account has the certificate or subject.
    Result<Account> change_account(
        std::string_view name, AccountChange const& change, std::string_view actor = "operator");
    Result<Account> set_clearance(
        std::string_view name, Clearance const& clearance, std::string_view actor = "operator");
    /// The device was lost: a password alone will do until another one is enrolled.
    Result<void> remove_code(std::string_view name, std::string_view actor = "operator");
    /// All that are open, by name.
    Result<std::vector<Account>> accounts();
    Result<Account> account(std::string_view name);
    /// By id, of everybody who ever had an account.
    Result<std::map<std::string, std::string>> names();
    /// The newest first.
    Result<std::vector<AccountRecord>> changes(std::size_t count_max);

    /// The old password is judged as in signing in; all other sessions end.
    /// Errors: not_authentic (`field` "old"), not_permitted while the name is locked, malformed.
    Result<void> change_password(Session const& session, std::string_view old_password,
        std::string_view new_password, std::string_view address);
    /// A new secret, not yet in use. Error: conflict where the account has one already.
    Result<CodeOffer> offer_code(Session const& session, std::string_view issuer);
    /// The device shows a right code: from now on one is asked for. Other sessions end.
    /// Errors: malformed (`field` "code"); conflict where none was offered.
    Result<void> take_code(Session const& session, std::string_view code);

    /// After `failures_max` failures within `failure_window` a name is locked for 1 minute after
    /// its last failure; 2, 4, 8, 15 minutes after the next ones. Success starts the count anew.
    /// A wrong code is a failure like a wrong password; an account without codes ignores one.
    /// `new_password` is taken where one is wanted, and not looked at elsewhere.
    /// Errors: unavailable when `sign_ins_at_once_max` are being judged already; malformed, where
    /// all holds but the new password is none (`field` "newPassword").
    Result<SignIn> sign_in(std::string_view name, std::string_view password,
        std::string_view address, std::string_view code = {}, std::string_view new_password = {});
    /// Somebody whom a provider or a certificate has vouched for.
    Result<SignIn> sign_in_by_subject(std::string_view subject, std::string_view address);
    Result<SignIn> sign_in_by_certificate(std::string_view sha256, std::string_view address);
    /// The session of a token. Error: not_authentic where there is none (any more).
    Result<Session> session(std::string_view token, Use use = Use::by_person);
    /// Ends it; a token of no session is no error.
    Result<void> end_session(std::string_view token);
    /// Those of an account that last, the newest first.
    Result<std::vector<SessionLine>> sessions_of(std::string_view name);
    /// Error: not_found where the account has no session of this id.
    Result<void> end_session_of(std::string_view name, std::string_view id);

    /// The newest first.
    Result<std::vector<SignInRecord>> sign_ins(std::size_t count_max);

private:
    struct Judged;
    std::string subject_of(std::string_view name) const;
    Result<Judged> judge(
        std::string_view name, std::string_view password, std::string_view address);
    Result<SignIn> vouched(Way way, std::string_view by, std::string_view address);
    /// How a session is opened, and what is to hold in the same commit.
    struct Opening {
        Way way {};
        std::string_view record, address;
        std::optional<std::int64_t> code_step {};
        std::string own_password {}; ///< As keep_password made it, in the place of one for once.
    };
    Result<SignIn> open_session(Account const& account, Opening const& opening);
    Result<void> note(store::Transaction& t, std::string_view actor, std::string_view name,
        std::string_view what) const;

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
