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
    { "access", 2, R"(
        ALTER TABLE access_account ADD COLUMN clearance BIGINT NOT NULL DEFAULT 0;
        ALTER TABLE access_account ADD COLUMN compartments TEXT NOT NULL DEFAULT '';
        ALTER TABLE access_account ADD COLUMN certificate TEXT;
        ALTER TABLE access_account ADD COLUMN subject TEXT;
        ALTER TABLE access_account ADD COLUMN code_secret BYTEA;
        ALTER TABLE access_account ADD COLUMN offered_secret BYTEA;
        ALTER TABLE access_account ADD COLUMN code_step BIGINT NOT NULL DEFAULT 0;
        CREATE UNIQUE INDEX access_account_certificate ON access_account (certificate);
        CREATE UNIQUE INDEX access_account_subject ON access_account (subject);
        ALTER TABLE access_session ADD COLUMN address TEXT NOT NULL DEFAULT '';
        ALTER TABLE access_session ADD COLUMN way TEXT NOT NULL DEFAULT 'password';
        CREATE TABLE access_change (
            id TEXT PRIMARY KEY,
            at BIGINT NOT NULL,
            actor TEXT NOT NULL,
            account TEXT NOT NULL,
            what TEXT NOT NULL);
        CREATE INDEX access_change_at ON access_change (at);
    )" },
    { "access", 3,
        "ALTER TABLE access_account ADD COLUMN password_once BIGINT NOT NULL DEFAULT 0" },
};

std::int64_t stored(Instant instant)
{
    return instant.time_since_epoch().count();
}

Instant instant_of(std::int64_t microseconds)
{
    return Instant { std::chrono::microseconds { microseconds } };
}

template <class Word> std::string stored(std::vector<Word> const& words)
{
    std::string out;
    for (auto const each : words) out += (out.empty() ? "" : " ") + json::word(each);
    return out;
}

template <class Word> std::vector<Word> words_of(std::string_view text)
{
    std::vector<Word> out;
    while (!text.empty()) {
        auto const end = std::min(text.find(' '), text.size());
        auto const word = json::from_word<Word>(text.substr(0, end));
        MUST(word.has_value());
        out.push_back(*word);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

std::optional<std::string_view> stored_if(std::string const& text)
{
    return text.empty() ? std::nullopt : std::optional<std::string_view> { text };
}

Way way_of(std::string const& word)
{
    auto const way = json::from_word<Way>(word);
    MUST(way.has_value());
    return *way;
}

SignIn::Outcome outcome_of(std::string const& word)
{
    auto const outcome = json::from_word<SignIn::Outcome>(word);
    MUST(outcome.has_value());
    return *outcome;
}

/// The first columns of every row that begins with an account, in account_of's order.
#define ACCOUNT_COLUMNS                                                                            \
    "a.id, a.name, a.display_name, a.roles, a.party, a.language, a.clearance, a.compartments, "    \
    "a.certificate, a.subject, a.code_secret"
constexpr int account_columns = 11;

Account account_of(store::Row const& row)
{
    return { .id = row.text(0),
        .name = row.text(1),
        .display_name = row.text(2),
        .roles = words_of<Role>(row.text(3)),
        .party = row.text(4),
        .language = row.text(5),
        .clearance = { static_cast<unsigned>(row.integer(6)), words_of<Compartment>(row.text(7)) },
        .has_code = !row.null(10),
        .certificate = row.text_if(8).value_or(""),
        .subject = row.text_if(9).value_or("") };
}

} // namespace

std::span<store::Migration const> const migrations { steps };

namespace tables {

Result<bool> add_account(
    store::Transaction& t, Account const& account, NewPassword const& password, Instant now)
{
    auto const added
        = TRY(t.run("INSERT INTO access_account "
                    "(id, name, display_name, roles, party, language, password, created_at, "
                    "password_once) "
                    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (name) DO NOTHING",
            account.id, account.name, account.display_name, stored(account.roles), account.party,
            account.language, password.kept, stored(now), std::int64_t { password.once }));
    return added == 1;
}

Result<bool> close_account(store::Transaction& t, std::string_view name, Instant now)
{
    auto const closed = TRY(t.run("UPDATE access_account SET closed_at = $1, password = '', "
                                  "certificate = NULL, subject = NULL, code_secret = NULL, "
                                  "offered_secret = NULL "
                                  "WHERE name = $2 AND closed_at IS NULL",
        stored(now), name));
    return closed == 1;
}

Result<bool> set_password(store::Transaction& t, std::string_view name, NewPassword const& password)
{
    auto const changed = TRY(t.run("UPDATE access_account SET password = $1, password_once = $2 "
                                   "WHERE name = $3 AND closed_at IS NULL",
        password.kept, std::int64_t { password.once }, name));
    return changed == 1;
}

Result<void> change_account(store::Transaction& t, Account const& account)
{
    TRY(t.run("UPDATE access_account SET display_name = $1, roles = $2, language = $3, "
              "clearance = $4, compartments = $5, certificate = $6, subject = $7 WHERE id = $8",
        account.display_name, stored(account.roles), account.language, account.clearance.level,
        stored(account.clearance.compartments), stored_if(account.certificate),
        stored_if(account.subject), account.id));
    return {};
}

Result<void> offer_code(store::Transaction& t, std::string_view id, ByteView secret)
{
    TRY(t.run("UPDATE access_account SET offered_secret = $1 WHERE id = $2", secret, id));
    return {};
}

Result<void> take_code(store::Transaction& t, std::string_view id, std::int64_t step)
{
    TRY(t.run("UPDATE access_account SET code_secret = offered_secret, offered_secret = NULL, "
              "code_step = $1 WHERE id = $2",
        step, id));
    return {};
}

Result<bool> remove_code(store::Transaction& t, std::string_view name)
{
    auto const changed = TRY(t.run("UPDATE access_account SET code_secret = NULL, "
                                   "offered_secret = NULL WHERE name = $1 AND closed_at IS NULL",
        name));
    return changed == 1;
}

Result<bool> use_code(store::Transaction& t, std::string_view id, std::int64_t step)
{
    auto const changed
        = TRY(t.run("UPDATE access_account SET code_step = $1 WHERE id = $2 AND code_step < $3",
            step, id, step));
    return changed == 1;
}

Result<std::optional<KeptAccount>> account(store::Transaction& t, std::string_view name)
{
    return t.one(
        "SELECT " ACCOUNT_COLUMNS ", a.password, a.offered_secret, a.code_step, "
        "a.password_once "
        "FROM access_account a WHERE a.name = $1 AND a.closed_at IS NULL",
        [](store::Row const& row) {
            return KeptAccount { account_of(row), row.text(account_columns),
                row.blob(account_columns - 1), row.blob(account_columns + 1),
                row.integer(account_columns + 2), row.integer(account_columns + 3) != 0 };
        },
        name);
}

Result<std::optional<Account>> account_by_certificate(
    store::Transaction& t, std::string_view sha256)
{
    return t.one("SELECT " ACCOUNT_COLUMNS " FROM access_account a "
                 "WHERE a.certificate = $1 AND a.closed_at IS NULL",
        account_of, sha256);
}

Result<std::optional<Account>> account_by_subject(store::Transaction& t, std::string_view subject)
{
    return t.one("SELECT " ACCOUNT_COLUMNS " FROM access_account a "
                 "WHERE a.subject = $1 AND a.closed_at IS NULL",
        account_of, subject);
}

Result<std::vector<Account>> accounts(store::Transaction& t)
{
    return t.all("SELECT " ACCOUNT_COLUMNS " FROM access_account a "
                 "WHERE a.closed_at IS NULL ORDER BY a.name",
        account_of);
}

Result<std::map<std::string, std::string>> names(store::Transaction& t)
{
    std::map<std::string, std::string> out;
    TRY(t.each(
        "SELECT id, name FROM access_account", [&out](store::Row const& row) -> Result<void> {
            out.emplace(row.text(0), row.text(1));
            return {};
        }));
    return out;
}

Result<void> add_session(store::Transaction& t, NewSession const& session)
{
    TRY(t.run("INSERT INTO access_session (digest, account_id, opened_at, used_at, address, way) "
              "VALUES ($1, $2, $3, $4, $5, $6)",
        session.digest, session.account_id, stored(session.at), stored(session.at), session.address,
        json::word(session.way)));
    return {};
}

Result<std::optional<KeptSession>> session(store::Transaction& t, ByteView digest)
{
    return t.one(
        "SELECT " ACCOUNT_COLUMNS ", s.opened_at, s.used_at, s.way "
        "FROM access_session s JOIN access_account a ON a.id = s.account_id "
        "WHERE s.digest = $1 AND a.closed_at IS NULL",
        [](store::Row const& row) {
            return KeptSession { account_of(row), instant_of(row.integer(account_columns)),
                instant_of(row.integer(account_columns + 1)),
                way_of(row.text(account_columns + 2)) };
        },
        digest);
}

Result<std::vector<SessionRow>> sessions_of(store::Transaction& t, std::string_view name)
{
    return t.all(
        "SELECT s.digest, s.opened_at, s.used_at, s.address, s.way "
        "FROM access_session s JOIN access_account a ON a.id = s.account_id "
        "WHERE a.name = $1 ORDER BY s.opened_at DESC",
        [](store::Row const& row) {
            return SessionRow { row.blob(0),
                { .id = {},
                    .opened_at = instant_of(row.integer(1)),
                    .used_at = instant_of(row.integer(2)),
                    .address = row.text(3),
                    .way = way_of(row.text(4)) } };
        },
        name);
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
        id, subject, address, stored(attempt.at), json::word(attempt.outcome)));
    return {};
}

Result<void> mark(store::Transaction& t, std::string_view id, SignIn::Outcome outcome)
{
    TRY(t.run("UPDATE access_sign_in SET outcome = $1 WHERE id = $2", json::word(outcome), id));
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

Result<void> add_change(
    store::Transaction& t, std::string_view id, AccountRecord const& record, Instant forget_before)
{
    TRY(t.run("DELETE FROM access_change WHERE at <= $1", stored(forget_before)));
    TRY(t.run("INSERT INTO access_change (id, at, actor, account, what) "
              "VALUES ($1, $2, $3, $4, $5)",
        id, stored(record.at), record.actor, record.account, record.what));
    return {};
}

Result<std::vector<AccountRecord>> changes(store::Transaction& t, std::size_t count_max)
{
    return t.all(
        "SELECT at, actor, account, what FROM access_change "
        "ORDER BY at DESC, id DESC LIMIT $1",
        [](store::Row const& row) {
            return AccountRecord { instant_of(row.integer(0)), row.text(1), row.text(2),
                row.text(3) };
        },
        count_max);
}

} // namespace tables
} // namespace comity::access
