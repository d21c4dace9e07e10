#include "access/trial_access_test.h"

#include <gtest/gtest.h>

#include <thread>

namespace comity::access {
namespace {

using namespace trial;

Error refusal_of(NewAccount const& wanted)
{
    Desk desk;
    auto const added = desk.access.add_account(wanted);
    return added.ok() ? Error { Error::Kind::unavailable, "was added" } : added.error();
}

NewAccount with(void (*change)(NewAccount&))
{
    auto wanted = Desk::officer("other");
    change(wanted);
    return wanted;
}

} // namespace

TEST(Access, the_right_password_opens_a_session_that_knows_its_account)
{
    Desk desk;
    auto const signed_in = desk.attempt("duty.sofia", password);
    ASSERT_EQ(signed_in.outcome, Outcome::opened);
    EXPECT_EQ(signed_in.token.size(), 64U);
    auto const session = desk.access.session(signed_in.token).take();
    EXPECT_EQ(session.account.display_name, "TEST Дежурен");
    EXPECT_EQ(session.account.party, "BG");
    EXPECT_TRUE(session.may(Action::send_request));
    EXPECT_FALSE(session.may(Action::administer_accounts));
    EXPECT_EQ(session.csrf_token, signed_in.session->csrf_token);
    EXPECT_NE(session.csrf_token, signed_in.token);
}

TEST(Access, the_token_itself_is_nowhere_in_the_database)
{
    Desk desk;
    auto const token = desk.attempt("duty.sofia", password).token;
    auto const digests = desk.store->read([](store::Transaction& t) {
        return t.all(
            "SELECT digest FROM access_session", [](store::Row const& row) { return row.blob(0); });
    });
    ASSERT_EQ(digests.value().size(), 1U);
    EXPECT_EQ(digests.value()[0].size(), 32U);
    EXPECT_NE(to_hex(digests.value()[0]), token);
}

TEST(Access, a_password_at_the_real_cost_is_kept_as_argon2id_and_holds)
{
    auto const kept = keep_password(password, desk_cost).take();
    EXPECT_TRUE(kept.starts_with("$argon2id$v=19$m=65536,t=2,p=1$"));
    EXPECT_TRUE(password_holds(kept, password));
    EXPECT_FALSE(password_holds(kept, "TEST correct hors"));
}

TEST(Access, the_fifth_failure_locks_and_the_fourth_does_not)
{
    Desk four;
    four.fail(4);
    EXPECT_EQ(four.attempt("duty.sofia", password).outcome, Outcome::opened);
    Desk five;
    five.fail(5);
    auto const sixth = five.attempt("duty.sofia", password);
    EXPECT_EQ(sixth.outcome, Outcome::locked);
    EXPECT_EQ(sixth.retry_after, 60s);
}

TEST(Access, a_lock_ends_after_one_minute_and_grows_with_each_failure)
{
    Desk desk;
    desk.fail(5);
    auto locked_at = desk.now;
    for (auto const minutes : { 1min, 2min, 4min }) {
        desk.now = locked_at + minutes - 1ms - 1us;
        EXPECT_EQ(desk.attempt("duty.sofia", "wrong").outcome, Outcome::locked);
        desk.now = locked_at + minutes - 1ms;
        desk.fail(1);
        locked_at = desk.now;
    }
    EXPECT_EQ(desk.attempt("duty.sofia", password).retry_after, 8min);
    desk.now = locked_at + 8min;
    EXPECT_EQ(desk.attempt("duty.sofia", password).outcome, Outcome::opened);
}

TEST(Access, failures_count_for_fifteen_minutes)
{
    for (auto const& [later, outcome] : { std::pair { 15min - 1us, Outcome::locked },
             std::pair { 15min + 0us, Outcome::opened } }) {
        Desk desk;
        desk.fail(1);
        auto const first = desk.now;
        desk.now = first + 15min - 30s;
        desk.fail(4);
        desk.now = first + later - 1ms;
        EXPECT_EQ(desk.attempt("duty.sofia", password).outcome, outcome);
    }
}

TEST(Access, success_starts_the_count_anew)
{
    Desk desk;
    desk.fail(4);
    EXPECT_EQ(desk.attempt("duty.sofia", password).outcome, Outcome::opened);
    desk.fail(4);
    EXPECT_EQ(desk.attempt("duty.sofia", password).outcome, Outcome::opened);
}

TEST(Access, a_name_that_nobody_has_is_answered_like_any_other)
{
    Desk desk;
    desk.fail(5, "nobody");
    auto const sixth = desk.attempt("nobody", password);
    EXPECT_EQ(sixth.outcome, Outcome::locked);
    EXPECT_EQ(sixth.retry_after, 60s);
    EXPECT_EQ(desk.attempt("duty.sofia", password).outcome, Outcome::opened);
    desk.fail(1, "x'; DROP TABLE access_account; --");
    desk.fail(1, std::string(10'000, 'x'));
}

TEST(Access, parallel_attempts_do_not_pass_the_limit)
{
    ScratchFolder const folder;
    auto store = store::Store::open(store::trial::address(folder / "db"), migrations).take();
    std::atomic<std::int64_t> ticks = 1'000'000;
    std::atomic<std::uint8_t> drawn = 0;
    Access access { *store, [&] { return Instant { std::chrono::microseconds { ticks += 1000 } }; },
        [&](std::span<std::uint8_t> out) {
            for (auto& byte : out) byte = ++drawn;
        },
        "BG", cheap };
    ASSERT_TRUE(access.add_account(Desk::officer("duty.sofia")).ok());
    std::atomic<int> judged = 0;
    {
        std::vector<std::jthread> guessers;
        for (int i = 0; i < 4; ++i)
            guessers.emplace_back([&] {
                for (int k = 0; k < 10; ++k)
                    judged += access.sign_in("duty.sofia", "wrong", "").take().outcome
                        == Outcome::refused;
            });
    }
    EXPECT_EQ(judged, 5);
}

TEST(Access, a_session_ends_thirty_minutes_after_its_last_use)
{
    Desk desk;
    auto const token = desk.attempt("duty.sofia", password).token;
    desk.now += 29min + 59s;
    EXPECT_TRUE(desk.access.session(token).ok());
    desk.now += 29min + 59s;
    EXPECT_TRUE(desk.access.session(token).ok());
    desk.now += 30min;
    auto const over = desk.access.session(token);
    ASSERT_FALSE(over.ok());
    EXPECT_EQ(over.error().kind, Error::Kind::not_authentic);
}

TEST(Access, what_comes_by_itself_is_no_use)
{
    Desk desk;
    auto const token = desk.attempt("duty.sofia", password).token;
    desk.now += 29min + 59s;
    EXPECT_TRUE(desk.access.session(token, Use::by_itself).ok());
    desk.now += 1s;
    EXPECT_FALSE(desk.access.session(token, Use::by_itself).ok());
}

TEST(Access, a_session_ends_after_twelve_hours_of_use)
{
    Desk desk;
    auto const token = desk.attempt("duty.sofia", password).token;
    auto const opened = desk.now;
    for (int i = 0; i < 36; ++i) {
        desk.now = opened + 20min * i;
        EXPECT_TRUE(desk.access.session(token).ok());
    }
    desk.now = opened + 12h - 1us;
    EXPECT_TRUE(desk.access.session(token).ok());
    desk.now = opened + 12h;
    EXPECT_FALSE(desk.access.session(token).ok());
}

TEST(Access, signing_out_ends_the_session_and_only_that)
{
    Desk desk;
    auto const one = desk.attempt("duty.sofia", password).token;
    auto const other = desk.attempt("duty.sofia", password).token;
    EXPECT_TRUE(desk.access.end_session(one).ok());
    EXPECT_FALSE(desk.access.session(one).ok());
    EXPECT_TRUE(desk.access.session(other).ok());
    EXPECT_TRUE(desk.access.end_session(one).ok());
}

TEST(Access, the_seventeenth_session_of_an_account_ends_its_oldest)
{
    Desk desk;
    auto const first = desk.attempt("duty.sofia", password).token;
    for (std::size_t i = 1; i < sessions_per_account_max; ++i) desk.attempt("duty.sofia", password);
    EXPECT_TRUE(desk.access.session(first).ok());
    auto const newest = desk.attempt("duty.sofia", password).token;
    EXPECT_FALSE(desk.access.session(first).ok());
    EXPECT_TRUE(desk.access.session(newest).ok());
}

TEST(Access, a_token_of_another_shape_is_nobody)
{
    Desk desk;
    auto const token = desk.attempt("duty.sofia", password).token;
    EXPECT_FALSE(desk.access.session("").ok());
    EXPECT_FALSE(desk.access.session(token.substr(1)).ok());
    EXPECT_FALSE(desk.access.session(token + "0").ok());
    EXPECT_FALSE(desk.access.session(std::string(64, '0')).ok());
}

TEST(Access, a_closed_account_is_out_at_once_and_its_name_stays_taken)
{
    Desk desk;
    auto const token = desk.attempt("duty.sofia", password).token;
    EXPECT_TRUE(desk.access.close_account("duty.sofia").ok());
    EXPECT_FALSE(desk.access.session(token).ok());
    desk.fail(1);
    EXPECT_EQ(desk.attempt("duty.sofia", password).outcome, Outcome::refused);
    EXPECT_EQ(
        desk.access.add_account(Desk::officer("duty.sofia")).error().kind, Error::Kind::conflict);
    EXPECT_EQ(desk.access.close_account("duty.sofia").error().kind, Error::Kind::not_found);
    EXPECT_TRUE(desk.access.accounts().value().empty());
}

TEST(Access, a_new_password_ends_the_sessions_and_the_old_one)
{
    Desk desk;
    auto const token = desk.attempt("duty.sofia", password).token;
    EXPECT_TRUE(desk.access.set_password("duty.sofia", "TEST battery staple").ok());
    EXPECT_FALSE(desk.access.session(token).ok());
    EXPECT_EQ(desk.attempt("duty.sofia", password).outcome, Outcome::refused);
    EXPECT_EQ(
        desk.attempt("duty.sofia", "TEST battery staple").outcome, Outcome::new_password_wanted);
    EXPECT_EQ(desk.access.set_password("nobody", password).error().kind, Error::Kind::not_found);
}

TEST(Access, a_password_that_somebody_else_gave_opens_nothing_but_takes_one_of_ones_own)
{
    Desk desk;
    ASSERT_TRUE(desk.access.set_password("duty.sofia", "TEST battery staple", "admin").ok());
    auto const attempt = [&](std::string_view with, std::string_view own) {
        desk.now += 1ms;
        return desk.access.sign_in("duty.sofia", with, "127.0.0.1", {}, own);
    };
    EXPECT_EQ(attempt("TEST battery staple", "").value().outcome, Outcome::new_password_wanted);
    EXPECT_TRUE(desk.access.sessions_of("duty.sofia").value().empty());
    for (auto const* own : { "short", "TEST battery staple", "password2026!" })
        EXPECT_EQ(attempt("TEST battery staple", own).error().field, "newPassword") << own;
    EXPECT_EQ(attempt("wrong", "TEST of my own choice").value().outcome, Outcome::refused);
    auto const opened = attempt("TEST battery staple", "TEST of my own choice").take();
    ASSERT_EQ(opened.outcome, Outcome::opened);
    EXPECT_TRUE(desk.access.session(opened.token).ok());
    EXPECT_EQ(attempt("TEST battery staple", "").value().outcome, Outcome::refused);
    EXPECT_EQ(attempt("TEST of my own choice", "").value().outcome, Outcome::opened);
    EXPECT_EQ(desk.access.changes(1).value().at(0).what, "own password");
}

TEST(Access, a_password_of_ones_own_is_not_changed_by_a_new_one_that_nobody_asked_for)
{
    Desk desk;
    desk.now += 1ms;
    EXPECT_EQ(desk.access.sign_in("duty.sofia", password, "", {}, "TEST of my own choice")
                  .value()
                  .outcome,
        Outcome::opened);
    EXPECT_EQ(desk.attempt("duty.sofia", "TEST of my own choice").outcome, Outcome::refused);
}

TEST(Access, a_new_account_with_a_password_for_once_opens_nothing_with_it)
{
    Desk desk;
    auto wanted = Desk::officer("new.one");
    wanted.password_once = true;
    ASSERT_TRUE(desk.access.add_account(wanted).ok());
    EXPECT_EQ(desk.attempt("new.one", password).outcome, Outcome::new_password_wanted);
    wanted.name = "other.one";
    wanted.password = "password2026!";
    EXPECT_EQ(desk.access.add_account(wanted).error().field, "password");
}

TEST(Access, every_sign_in_is_on_record_without_the_names_that_nobody_has)
{
    Desk desk;
    desk.fail(1, "TEST secret in the wrong field");
    desk.attempt("duty.sofia", password);
    desk.fail(5);
    for (int i = 0; i < 3; ++i) desk.attempt("duty.sofia", password);
    auto const records = desk.access.sign_ins(100).take();
    ASSERT_EQ(records.size(), 8U);
    EXPECT_EQ(records[0].outcome, Outcome::locked); // Three attempts against one lock: one line.
    EXPECT_EQ(records[0].account, "duty.sofia");
    EXPECT_EQ(records[5].outcome, Outcome::refused);
    EXPECT_EQ(records[6].outcome, Outcome::opened);
    EXPECT_EQ(records[6].address, "127.0.0.1");
    EXPECT_EQ(records[7].account, "");
    EXPECT_EQ(desk.access.sign_ins(2).value().size(), 2U);
}

TEST(Access, records_are_forgotten_after_four_hundred_days)
{
    Desk desk;
    desk.attempt("duty.sofia", password);
    auto const first = desk.access.sign_ins(9).value()[0].at;
    desk.now = first + sign_ins_kept - 1ms - 1us;
    desk.attempt("duty.sofia", password);
    EXPECT_EQ(desk.access.sign_ins(9).value().size(), 2U);
    desk.now = first + sign_ins_kept - 1ms;
    desk.attempt("duty.sofia", password);
    EXPECT_EQ(desk.access.sign_ins(9).value().size(), 2U);
}

TEST(Access, a_wanted_account_with_a_fault_is_refused_by_field)
{
    using New = NewAccount;
    EXPECT_EQ(refusal_of(with([](New& n) { n.name = "Duty"; })).field, "name");
    EXPECT_EQ(refusal_of(with([](New& n) { n.name = ""; })).field, "name");
    EXPECT_EQ(refusal_of(with([](New& n) { n.name = "1x"; })).field, "name");
    EXPECT_EQ(refusal_of(with([](New& n) { n.name = std::string(65, 'x'); })).field, "name");
    EXPECT_EQ(refusal_of(with([](New& n) { n.name = std::string(64, 'x'); })).what, "was added");
    EXPECT_EQ(refusal_of(with([](New& n) { n.name = "duty.sofia"; })).kind, Error::Kind::conflict);
    EXPECT_EQ(refusal_of(with([](New& n) { n.display_name = ""; })).field, "displayName");
    EXPECT_EQ(refusal_of(with([](New& n) { n.roles = {}; })).field, "roles");
    EXPECT_EQ(refusal_of(with([](New& n) {
        n.roles = { Role::case_officer, Role::case_officer };
    })).field,
        "roles");
    EXPECT_EQ(refusal_of(with([](New& n) {
        n.roles = { Role::administrator, Role::case_officer };
    })).field,
        "roles");
    EXPECT_EQ(refusal_of(with([](New& n) { n.party = "BGR"; })).field, "party");
    EXPECT_EQ(refusal_of(with([](New& n) { n.language = "BG"; })).field, "language");
    EXPECT_EQ(
        refusal_of(with([](New& n) { n.password = std::string(11, 'x'); })).field, "password");
    EXPECT_EQ(refusal_of(with([](New& n) { n.password = "TEST correct"; })).what, "was added");
    EXPECT_EQ(
        refusal_of(with([](New& n) { n.password = "TEST correct" + std::string(244, 'x'); })).what,
        "was added");
    EXPECT_EQ(
        refusal_of(with([](New& n) { n.password = std::string(257, 'x'); })).field, "password");
}

} // namespace comity::access
