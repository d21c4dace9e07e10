#include "access/one_time_code.h"
#include "access/trial_access_test.h"

#include <gtest/gtest.h>

namespace comity::access {
namespace {

using namespace trial;

/// Enrols the officer's device and gives what computes its codes.
Bytes enrol(Desk& desk)
{
    auto const session = *desk.attempt("duty.sofia", password).session;
    auto const offer = desk.access.offer_code(session, "TEST").take();
    auto const secret = desk.store->read([](store::Transaction& t) {
        return t.one("SELECT offered_secret FROM access_account WHERE name = 'duty.sofia'",
            [](store::Row const& row) { return row.blob(0); });
    });
    auto const bytes = *secret.value();
    MUST(offer.secret == to_base32(bytes));
    MUST(desk.access.take_code(session, one_time_code(bytes, step_of(desk.now))).ok());
    desk.now += code_every;
    return bytes;
}

std::string code_of(Desk const& desk, ByteView secret, int steps = 0)
{
    return one_time_code(secret, step_of(desk.now) + steps);
}

} // namespace

TEST(Codes, once_enrolled_a_password_alone_opens_nothing)
{
    Desk desk;
    auto const secret = enrol(desk);
    EXPECT_EQ(desk.attempt("duty.sofia", password).outcome, Outcome::code_wanted);
    auto const opened = desk.attempt("duty.sofia", password, code_of(desk, secret));
    ASSERT_EQ(opened.outcome, Outcome::opened);
    EXPECT_EQ(opened.session->way, Way::password_and_code);
    EXPECT_EQ(desk.access.session(opened.token).value().way, Way::password_and_code);
}

TEST(Codes, a_code_is_taken_once_and_the_one_that_enrolled_it_not_again)
{
    Desk desk;
    auto const secret = enrol(desk);
    desk.now -= code_every;
    EXPECT_EQ(
        desk.attempt("duty.sofia", password, code_of(desk, secret)).outcome, Outcome::refused);
    desk.now += code_every;
    auto const code = code_of(desk, secret);
    EXPECT_EQ(desk.attempt("duty.sofia", password, code).outcome, Outcome::opened);
    EXPECT_EQ(desk.attempt("duty.sofia", password, code).outcome, Outcome::refused);
    EXPECT_EQ(
        desk.attempt("duty.sofia", password, code_of(desk, secret, 1)).outcome, Outcome::opened);
}

TEST(Codes, a_password_for_once_asks_for_the_code_before_a_new_password)
{
    Desk desk;
    auto const secret = enrol(desk);
    ASSERT_TRUE(desk.access.set_password("duty.sofia", "TEST battery staple", "admin").ok());
    EXPECT_EQ(desk.attempt("duty.sofia", "TEST battery staple").outcome, Outcome::code_wanted);
    auto const code = code_of(desk, secret, 1);
    EXPECT_EQ(desk.attempt("duty.sofia", "TEST battery staple", code).outcome,
        Outcome::new_password_wanted);
    EXPECT_EQ(
        desk.access.sign_in("duty.sofia", "TEST battery staple", "", code, "TEST of my own choice")
            .value()
            .outcome,
        Outcome::opened);
}

TEST(Codes, guessing_one_locks_as_guessing_a_password_does)
{
    Desk desk;
    auto const secret = enrol(desk);
    for (unsigned i = 0; i < failures_max; ++i)
        EXPECT_EQ(desk.attempt("duty.sofia", password, code_of(desk, secret, 7)).outcome,
            Outcome::refused);
    EXPECT_EQ(desk.attempt("duty.sofia", password, code_of(desk, secret)).outcome, Outcome::locked);
}

TEST(Codes, an_asked_for_code_is_no_failure)
{
    Desk desk;
    auto const secret = enrol(desk);
    for (unsigned i = 0; i < failures_max + 1; ++i)
        EXPECT_EQ(desk.attempt("duty.sofia", password).outcome, Outcome::code_wanted);
    EXPECT_EQ(desk.attempt("duty.sofia", password, code_of(desk, secret)).outcome, Outcome::opened);
}

TEST(Codes, a_wrong_first_code_enrols_nothing_and_a_second_secret_is_not_offered)
{
    Desk desk;
    auto const session = *desk.attempt("duty.sofia", password).session;
    EXPECT_EQ(desk.access.take_code(session, "123456").error().kind, Error::Kind::conflict);
    ASSERT_TRUE(desk.access.offer_code(session, "TEST").ok());
    EXPECT_EQ(desk.access.take_code(session, "12345").error().field, "code");
    EXPECT_EQ(desk.attempt("duty.sofia", password).outcome, Outcome::opened);
    enrol(desk);
    auto enrolled = session;
    enrolled.account.has_code = true;
    EXPECT_EQ(desk.access.offer_code(enrolled, "TEST").error().kind, Error::Kind::conflict);
    EXPECT_EQ(desk.access.take_code(session, "123456").error().kind, Error::Kind::conflict);
}

TEST(Codes, the_administrator_takes_a_lost_device_away)
{
    Desk desk;
    auto const secret = enrol(desk);
    auto const token = desk.attempt("duty.sofia", password, code_of(desk, secret)).token;
    ASSERT_TRUE(desk.access.remove_code("duty.sofia", "admin").ok());
    EXPECT_FALSE(desk.access.session(token).ok());
    EXPECT_EQ(desk.attempt("duty.sofia", password).outcome, Outcome::opened);
    EXPECT_EQ(desk.access.remove_code("nobody").error().kind, Error::Kind::not_found);
}

TEST(Administration, new_roles_end_the_sessions_and_a_new_language_does_not)
{
    Desk desk;
    auto const token = desk.attempt("duty.sofia", password).token;
    AccountChange change;
    change.language = "en";
    change.display_name = "TEST Officer";
    ASSERT_TRUE(desk.access.change_account("duty.sofia", change, "admin").ok());
    EXPECT_EQ(desk.access.session(token).value().account.display_name, "TEST Officer");
    change.roles = { { Role::analyst } };
    ASSERT_TRUE(desk.access.change_account("duty.sofia", change, "admin").ok());
    EXPECT_FALSE(desk.access.session(token).ok());
    EXPECT_EQ(desk.access.account("duty.sofia").value().roles, std::vector { Role::analyst });
}

TEST(Administration, nobody_changes_his_own_account_but_his_password_and_his_device)
{
    Desk desk;
    auto const own = [](auto const& result) { return result.error().kind; };
    auto const name = "duty.sofia";
    EXPECT_EQ(own(desk.access.close_account(name, name)), Error::Kind::conflict);
    EXPECT_EQ(own(desk.access.change_account(name, {}, name)), Error::Kind::conflict);
    EXPECT_EQ(own(desk.access.set_clearance(name, { 4 }, name)), Error::Kind::conflict);
    EXPECT_EQ(own(desk.access.set_password(name, password, name)), Error::Kind::conflict);
    EXPECT_EQ(own(desk.access.remove_code(name, name)), Error::Kind::conflict);
}

TEST(Administration, a_change_with_a_fault_is_refused_by_field_and_changes_nothing)
{
    Desk desk;
    auto const field = [&](AccountChange const& change) {
        return desk.access.change_account("duty.sofia", change).error().field;
    };
    EXPECT_EQ(field({ .display_name = "" }), "displayName");
    EXPECT_EQ(field({ .display_name = "a\nb" }), "displayName");
    EXPECT_EQ(field({ .display_name = std::string(129, 'x') }), "displayName");
    EXPECT_EQ(field({ .roles = { {} } }), "roles");
    EXPECT_EQ(field({ .language = "english" }), "language");
    EXPECT_EQ(field({ .certificate = "abc" }), "certificate");
    EXPECT_EQ(field({ .certificate = std::string(64, 'G') }), "certificate");
    EXPECT_EQ(field({ .subject = std::string(256, 'x') }), "subject");
    EXPECT_EQ(desk.access.change_account("nobody", {}).error().kind, Error::Kind::not_found);
    EXPECT_EQ(desk.access.set_clearance("nobody", {}).error().kind, Error::Kind::not_found);
    EXPECT_EQ(desk.access.set_clearance("duty.sofia", { 5 }).error().field, "level");
    EXPECT_EQ(desk.access.account("duty.sofia").value().display_name, "TEST Дежурен");
    EXPECT_TRUE(desk.access
            .change_account("duty.sofia",
                { .display_name = std::string(128, 'x'), .subject = std::string(255, 'x') })
            .ok());
}

TEST(Administration, a_clearance_is_kept_and_seen_by_the_session_that_is_open)
{
    Desk desk;
    auto const token = desk.attempt("duty.sofia", password).token;
    Clearance const wanted { 3, { Compartment::undercover } };
    ASSERT_TRUE(desk.access.set_clearance("duty.sofia", wanted, "security").ok());
    EXPECT_EQ(desk.access.session(token).value().account.clearance, wanted);
    ASSERT_TRUE(desk.access.set_clearance("duty.sofia", {}, "security").ok());
    EXPECT_EQ(desk.access.session(token).value().account.clearance, Clearance {});
}

TEST(Administration, a_certificate_and_a_subject_open_a_session_of_the_one_account_they_name)
{
    Desk desk;
    ASSERT_TRUE(desk.access.add_account(Desk::officer("other")).ok());
    std::string const sha256(64, 'a');
    ASSERT_TRUE(
        desk.access.change_account("duty.sofia", { .certificate = sha256, .subject = "TEST|7" })
            .ok());
    EXPECT_EQ(desk.access.change_account("other", { .certificate = sha256 }).error().field,
        "certificate");
    EXPECT_EQ(
        desk.access.change_account("other", { .subject = "TEST|7" }).error().field, "subject");
    auto const by_card = desk.access.sign_in_by_certificate(sha256, "127.0.0.1").take();
    ASSERT_EQ(by_card.outcome, Outcome::opened);
    EXPECT_EQ(by_card.session->way, Way::certificate);
    EXPECT_EQ(
        desk.access.sign_in_by_subject("TEST|7", "").take().session->account.name, "duty.sofia");
    for (auto const* unknown : { "", "TEST|8" }) {
        EXPECT_EQ(desk.access.sign_in_by_subject(unknown, "").take().outcome, Outcome::refused);
        EXPECT_EQ(desk.access.sign_in_by_certificate(unknown, "").take().outcome, Outcome::refused);
    }
    ASSERT_TRUE(desk.access.close_account("duty.sofia").ok());
    EXPECT_EQ(desk.access.sign_in_by_certificate(sha256, "").take().outcome, Outcome::refused);
    EXPECT_TRUE(desk.access.change_account("other", { .certificate = sha256 }).ok());
}

TEST(Administration, every_change_is_on_record_with_who_did_it_and_without_secrets)
{
    Desk desk;
    desk.now += 1ms;
    ASSERT_TRUE(
        desk.access.change_account("duty.sofia", { .roles = { { Role::analyst } } }, "admin").ok());
    desk.now += 1ms;
    ASSERT_TRUE(desk.access.set_password("duty.sofia", "TEST battery staple", "admin").ok());
    auto const records = desk.access.changes(9).take();
    ASSERT_EQ(records.size(), 3U);
    EXPECT_EQ(records[0].what, "password");
    EXPECT_EQ(records[1].actor, "admin");
    EXPECT_EQ(records[1].what, "roles: analyst");
    EXPECT_EQ(records[2].actor, "operator");
    EXPECT_EQ(records[2].what, "added; roles: duty-officer");
    desk.now = records[2].at + changes_kept;
    ASSERT_TRUE(desk.access.close_account("duty.sofia", "admin").ok());
    EXPECT_EQ(desk.access.changes(9).value().size(), 3U);
}

TEST(Sessions, are_listed_with_where_from_and_ended_one_by_one)
{
    Desk desk;
    auto const one = desk.attempt("duty.sofia", password).token;
    auto const two = desk.attempt("duty.sofia", password);
    auto const lines = desk.access.sessions_of("duty.sofia").take();
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0].id, two.session->id);
    EXPECT_EQ(lines[0].address, "127.0.0.1");
    EXPECT_EQ(two.token.find(lines[0].id), std::string::npos);
    ASSERT_TRUE(desk.access.end_session_of("duty.sofia", lines[1].id).ok());
    EXPECT_FALSE(desk.access.session(one).ok());
    EXPECT_TRUE(desk.access.session(two.token).ok());
    EXPECT_EQ(
        desk.access.end_session_of("duty.sofia", lines[1].id).error().kind, Error::Kind::not_found);
    EXPECT_EQ(
        desk.access.end_session_of("other", lines[0].id).error().kind, Error::Kind::not_found);
    desk.now += idle_max;
    EXPECT_TRUE(desk.access.sessions_of("duty.sofia").value().empty());
}

TEST(Sessions, an_own_new_password_ends_all_others_and_takes_the_old_one)
{
    Desk desk;
    auto const other = desk.attempt("duty.sofia", password).token;
    auto const own = desk.attempt("duty.sofia", password);
    auto const change = [&](std::string_view old_password, std::string_view new_password) {
        desk.now += 1ms;
        return desk.access.change_password(*own.session, old_password, new_password, "");
    };
    EXPECT_EQ(change("wrong", "TEST battery staple").error().field, "old");
    EXPECT_EQ(change(password, "short").error().field, "password");
    EXPECT_TRUE(desk.access.session(other).ok());
    ASSERT_TRUE(change(password, "TEST battery staple").ok());
    EXPECT_FALSE(desk.access.session(other).ok());
    EXPECT_TRUE(desk.access.session(own.token).ok());
    EXPECT_EQ(desk.attempt("duty.sofia", "TEST battery staple").outcome, Outcome::opened);
    for (unsigned i = 0; i < failures_max; ++i)
        EXPECT_EQ(change("wrong", password).error().kind, Error::Kind::not_authentic);
    EXPECT_EQ(change("TEST battery staple", password).error().kind, Error::Kind::not_permitted);
}

} // namespace comity::access
