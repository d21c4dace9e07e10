#include "access/access_store.h"

#include <fmt/format.h>

namespace comity::access {
namespace {

constexpr store::Migration steps[] = {
    { "access", 1, R"(
        CREATE TABLE access_account (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            display_name TEXT NOT NULL,
            roles TEXT NOT NULL,
            party TEXT NOT NULL,
            language TEXT NOT NULL,
            password TEXT NOT NULL,
            created_at BIGINT NOT NULL,
            closed_at BIGINT);
        CREATE TABLE access_session (
            digest BYTEA PRIMARY KEY,
            account_id TEXT NOT NULL,
            opened_at BIGINT NOT NULL,
            used_at BIGINT NOT NULL);
        CREATE INDEX access_session_account ON access_session (account_id, opened_at);
        CREATE TABLE access_sign_in (
            id TEXT PRIMARY KEY,
            subject TEXT NOT NULL,
            address TEXT NOT NULL,
            at BIGINT NOT NULL,
            outcome TEXT NOT NULL);
        CREATE INDEX access_sign_in_subject ON access_sign_in (subject, at);
        CREATE INDEX access_sign_in_at ON access_sign_in (at);
    )" },
};

std::int64_t stored(Instant instant)
{
    return instant.time_since_epoch().count();
}

Instant instant_of(std::int64_t microseconds)
{
    return Instant { std::chrono::microseconds { microseconds } };
}

std::string stored(std::vector<Role> const& roles)
{
    std::string out;
    for (auto const role : roles) out += (out.empty() ? "" : " ") + json::word(role);
    return out;
}

std::vector<Role> roles_of(std::string_view words)
{
    std::vector<Role> out;
    while (!words.empty()) {
        auto const end = std::min(words.find(' '), words.size());
        auto const role = json::from_word<Role>(words.substr(0, end));
        MUST(role.has_value());
        out.push_back(*role);
        words.remove_prefix(std::min(end + 1, words.size()));
    }
    return out;
}

SignIn::Outcome outcome_of(std::string const& word)
{
    if (word == "opened") return SignIn::Outcome::opened;
    return word == "locked" ? SignIn::Outcome::locked : SignIn::Outcome::refused;
}

std::string_view stored(SignIn::Outcome outcome)
{
    switch (outcome) {
    case SignIn::Outcome::opened: return "opened";
    case SignIn::Outcome::refused: return "refused";
    case SignIn::Outcome::locked: return "locked";
    }
    return {};
}

Account account_of(store::Row const& row)
{
    return { .id = row.text(0),
        .name = row.text(1),
        .display_name = row.text(2),
        .roles = roles_of(row.text(3)),
        .party = row.text(4),
        .language = row.text(5) };
}

} // namespace

std::span<store::Migration const> const migrations { steps };

namespace tables {

Result<bool> add_account(
    store::Transaction& t, Account const& account, std::string_view password, Instant now)
{
    auto const added
        = TRY(t.run("INSERT INTO access_account "
                    "(id, name, display_name, roles, party, language, password, created_at) "
                    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (name) DO NOTHING",
            account.id, account.name, account.display_name, stored(account.roles), account.party,
            account.language, password, stored(now)));
    return added == 1;
}

Result<bool> close_account(store::Transaction& t, std::string_view name, Instant now)
{
    auto const closed = TRY(t.run("UPDATE access_account SET closed_at = $1, password = '' "
                                  "WHERE name = $2 AND closed_at IS NULL",
        stored(now), name));
    return closed == 1;
}

Result<bool> set_password(store::Transaction& t, std::string_view name, std::string_view password)
{
    auto const changed
        = TRY(t.run("UPDATE access_account SET password = $1 WHERE name = $2 AND closed_at IS NULL",
            password, name));
    return changed == 1;
}

Result<std::optional<KeptAccount>> account(store::Transaction& t, std::string_view name)
{
    return t.one(
        "SELECT id, name, display_name, roles, party, language, password FROM access_account "
        "WHERE name = $1 AND closed_at IS NULL",
        [](store::Row const& row) { return KeptAccount { account_of(row), row.text(6) }; }, name);
}

Result<std::vector<Account>> accounts(store::Transaction& t)
{
    return t.all("SELECT id, name, display_name, roles, party, language FROM access_account "
                 "WHERE closed_at IS NULL ORDER BY name",
        account_of);
}

Result<void> add_session(
    store::Transaction& t, ByteView digest, std::string_view account_id, Instant now)
{
    TRY(t.run("INSERT INTO access_session (digest, account_id, opened_at, used_at) "
              "VALUES ($1, $2, $3, $4)",
        digest, account_id, stored(now), stored(now)));
    return {};
}

Result<std::optional<KeptSession>> session(store::Transaction& t, ByteView digest)
{
    return t.one(
        "SELECT a.id, a.name, a.display_name, a.roles, a.party, a.language, s.opened_at, s.used_at "
        "FROM access_session s JOIN access_account a ON a.id = s.account_id "
        "WHERE s.digest = $1 AND a.closed_at IS NULL",
        [](store::Row const& row) {
            return KeptSession { account_of(row), instant_of(row.integer(6)),
                instant_of(row.integer(7)) };
        },
        digest);
}

Result<void> note_use(store::Transaction& t, ByteView digest, Instant now)
{
    TRY(t.run("UPDATE access_session SET used_at = $1 WHERE digest = $2 AND used_at < $3",
        stored(now), digest, stored(now)));
    return {};
}

Result<void> end_session(store::Transaction& t, ByteView digest)
{
    TRY(t.run("DELETE FROM access_session WHERE digest = $1", digest));
    return {};
}

Result<void> end_sessions_of(store::Transaction& t, std::string_view name)
{
    TRY(t.run("DELETE FROM access_session WHERE account_id IN "
              "(SELECT id FROM access_account WHERE name = $1)",
        name));
    return {};
}

Result<void> end_old_sessions(
    store::Transaction& t, std::string_view account_id, Instant now, std::size_t count_max)
{
    TRY(t.run("DELETE FROM access_session WHERE used_at <= $1 OR opened_at <= $2",
        stored(now - idle_max), stored(now - session_max)));
    TRY(t.run("DELETE FROM access_session WHERE digest IN (SELECT digest FROM access_session "
              "WHERE account_id = $1 ORDER BY opened_at DESC LIMIT 1000 OFFSET $2)",
        account_id, count_max - 1));
    return {};
}

Result<void> add_attempt(store::Transaction& t, std::string_view id, std::string_view subject,
    std::string_view address, Attempt const& attempt)
{
    TRY(t.run("INSERT INTO access_sign_in (id, subject, address, at, outcome) "
              "VALUES ($1, $2, $3, $4, $5)",
        id, subject, address, stored(attempt.at), stored(attempt.outcome)));
    return {};
}

Result<void> mark_opened(store::Transaction& t, std::string_view id)
{
    TRY(t.run("UPDATE access_sign_in SET outcome = 'opened' WHERE id = $1", id));
    return {};
}

Result<std::vector<Attempt>> attempts(
    store::Transaction& t, std::string_view subject, Instant after)
{
    return t.all(
        "SELECT at, outcome FROM access_sign_in WHERE subject = $1 AND at > $2 "
        "ORDER BY at DESC, id DESC LIMIT 64",
        [](store::Row const& row) {
            return Attempt { instant_of(row.integer(0)), outcome_of(row.text(1)) };
        },
        subject, stored(after));
}

Result<void> forget_attempts(store::Transaction& t, Instant before)
{
    TRY(t.run("DELETE FROM access_sign_in WHERE at <= $1", stored(before)));
    return {};
}

Result<std::vector<SignInRecord>> sign_ins(store::Transaction& t, std::size_t count_max)
{
    return t.all(
        "SELECT s.at, a.name, s.address, s.outcome FROM access_sign_in s "
        "LEFT JOIN access_account a ON a.id = s.subject ORDER BY s.at DESC, s.id DESC LIMIT $1",
        [](store::Row const& row) {
            return SignInRecord { .at = instant_of(row.integer(0)),
                .account = row.text_if(1).value_or(""),
                .address = row.text(2),
                .outcome = outcome_of(row.text(3)) };
        },
        count_max);
}

} // namespace tables
} // namespace comity::access
