#include "claims/trial_claims_test.h"

/// What a Party says of a claim leaves on the word of two officers where it sets them.
namespace comity::claims {

using namespace trial;

namespace {

casework::Officer officer(std::string account)
{
    auto const name = "Officer " + account;
    casework::Officer out { std::move(account), name, 0 };
    out.keeps_desk = true;
    return out;
}

/// Proposed by the first, who cannot send it himself.
void propose(Desk& desk, std::string const& number, ClaimStep const& step)
{
    auto const proposed = desk.claims.step(number, step, officer("first"));
    ASSERT_TRUE(proposed.ok()) << proposed.error().field << ' ' << proposed.error().what;
    ASSERT_FALSE(proposed.value().refused) << proposed.value().refused->what;
    EXPECT_TRUE(proposed.value().proposed);
    EXPECT_FALSE(proposed.value().message);
    auto const same = desk.claims.step(number, step, officer("first"));
    ASSERT_TRUE(same.ok() && same.value().refused);
    EXPECT_EQ(same.value().refused->provision, "A31(4)(d)");
}

std::string confirm(Desk& desk, std::string const& number, ClaimAct act)
{
    auto const taken = desk.claims.step(number, { act }, officer("second"));
    EXPECT_TRUE(taken.ok()) << taken.error().field << ' ' << taken.error().what;
    EXPECT_FALSE(taken.value().proposed);
    return taken.value().message.value_or("");
}

struct SofiaByTwo : Three {
    SofiaByTwo()
        : Three({ .send = true })
    {
    }
};

} // namespace

TEST(TwoOfficers, accept_a_claim_of_the_other_Party)
{
    SofiaByTwo states;
    auto const number = states.claimed();
    propose(states.sofia, number, act(ClaimAct::accepted));
    states.carry();
    EXPECT_EQ(states.sofia.standing(number).state, ClaimState::open) << "nothing was said yet";
    EXPECT_EQ(states.bucharest.standing(number).state, ClaimState::open);
    ASSERT_TRUE(states.sofia.claim(number).waiting);
    EXPECT_EQ(states.sofia.claim(number).waiting->proposes, ClaimAct::accepted);
    EXPECT_EQ(
        states.sofia.claim(number).acts, (std::vector { ClaimAct::accepted, ClaimAct::dropped }));
    EXPECT_FALSE(confirm(states.sofia, number, ClaimAct::accepted).empty());
    states.carry();
    EXPECT_EQ(states.bucharest.standing(number).state, ClaimState::accepted);
    EXPECT_FALSE(states.sofia.claim(number).waiting);
    states.net_to_zero();
}

TEST(TwoOfficers, pay_what_the_first_one_named_and_nothing_else)
{
    SofiaByTwo states;
    auto const number = states.claimed();
    auto& sofia = states.sofia;
    propose(sofia, number, act(ClaimAct::paid, 10'000));
    auto const by_second = [&](ClaimStep const& step) {
        return sofia.claims.step(number, step, officer("second")).error();
    };
    for (auto const amount : { 9'999, 10'001 }) {
        EXPECT_EQ(by_second({ ClaimAct::paid, amount }).kind, Error::Kind::conflict);
        EXPECT_EQ(by_second({ ClaimAct::paid, amount }).field, "amountMinor");
    }
    EXPECT_EQ(by_second(act(ClaimAct::accepted)).field, "act");
    EXPECT_EQ(sofia.standing(number).to_creditor, 0);
    EXPECT_FALSE(confirm(sofia, number, ClaimAct::paid).empty());
    states.carry();
    EXPECT_EQ(states.bucharest.standing(number).to_creditor, 10'000);
    auto const told = states.bucharest.claim(number).entries.back();
    EXPECT_EQ(told.reference, "TEST-REF-1");
    EXPECT_EQ(told.paid_on, parse_date("2026-04-17").value());
    states.net_to_zero();
}

TEST(TwoOfficers, confirm_that_a_payment_came_which_waits_until_then)
{
    Three states { {}, { .send = true } };
    auto const number = states.drafted();
    auto& bucharest = states.bucharest;
    propose(bucharest, number, act(ClaimAct::claimed));
    EXPECT_FALSE(confirm(bucharest, number, ClaimAct::claimed).empty());
    states.carry();
    Three::take(states.sofia, number, act(ClaimAct::paid, 34'000));
    states.carry();
    propose(bucharest, number, act(ClaimAct::received));
    EXPECT_EQ(bucharest.differences(WaitsFor::confirmation).size(), 1U) << "still to be said";
    EXPECT_EQ(bucharest.standing(number).state, ClaimState::open);
    EXPECT_FALSE(confirm(bucharest, number, ClaimAct::received).empty());
    states.carry();
    EXPECT_EQ(bucharest.standing(number).state, ClaimState::settled);
    EXPECT_EQ(states.sofia.standing(number).state, ClaimState::settled);
    states.net_to_zero();
}

TEST(TwoOfficers, drop_what_was_proposed_and_the_claim_stands_where_it_stood)
{
    SofiaByTwo states;
    auto const number = states.claimed();
    auto& sofia = states.sofia;
    propose(sofia, number, act(ClaimAct::disputed));
    auto const dropped = sofia.claims.step(number, { ClaimAct::dropped }, officer("second"));
    ASSERT_TRUE(dropped.ok()) << dropped.error().what;
    EXPECT_FALSE(dropped.value().message);
    EXPECT_FALSE(sofia.claim(number).waiting);
    EXPECT_EQ(sofia.standing(number).state, ClaimState::open);
    EXPECT_EQ(sofia.claims.step(number, { ClaimAct::dropped }, officer("second")).error().kind,
        Error::Kind::conflict);
    propose(sofia, number, act(ClaimAct::accepted));
    EXPECT_FALSE(confirm(sofia, number, ClaimAct::accepted).empty());
    states.carry();
    EXPECT_EQ(states.bucharest.standing(number).state, ClaimState::accepted);
}

TEST(TwoOfficers, are_asked_of_accounts_alone_and_of_no_Party_that_does_not_set_them)
{
    SofiaByTwo states;
    auto const number = states.claimed();
    EXPECT_EQ(states.sofia.claims.step(number, act(ClaimAct::accepted), "TEST").error().kind,
        Error::Kind::not_permitted);
    Three alone;
    auto const other = alone.claimed();
    EXPECT_FALSE(Three::take(alone.sofia, other, act(ClaimAct::accepted)).empty());
}

} // namespace comity::claims
