#include "claims/trial_claims_test.h"

#include <random>

/// Art. 20, 23, 31(5), 35 between nodes: costs, who bears them, claims and what became of them.
namespace comity::claims {

using namespace trial;
using treaty::CostKind;

namespace {

/// The id of what Romania answered, in Sofia's case.
std::string answer_in(Desk& desk, std::string_view number)
{
    return desk.store->read([&](Transaction& t) { return casework::contents_of(t, number); })
        .value()
        .back()
        .message;
}

CostDraft damage_by_data(Desk& desk)
{
    auto out = typed(CostKind::damage_by_data, 300'000);
    out.subject = "Compensation for a wrong entry TEST";
    out.item = answer_in(desk, Three::ours);
    out.fault = treaty::DataFault::wrong;
    return out;
}

casework::Officer officer(std::string account)
{
    auto const name = "Officer " + account;
    casework::Officer out { std::move(account), name, 0 };
    out.keeps_desk = true;
    return out;
}

} // namespace

TEST(Claims, a_cost_that_another_Party_bears_opens_a_draft_and_citing_the_article)
{
    Three states;
    auto const tried
        = states.bucharest.claims.try_cost(Three::theirs, typed(CostKind::identification), "TEST");
    ASSERT_TRUE(tried.ok()) << tried.error().what;
    EXPECT_EQ(tried.value().provision, "A20(1)-5");
    EXPECT_EQ(tried.value().bearer, "BG");
    EXPECT_EQ(tried.value().shares.at(0).decision.verdict, treaty::Verdict::permitted);
    EXPECT_TRUE(states.bucharest.ledger().claims.empty()) << "trying enters nothing";

    auto const number = states.drafted();
    EXPECT_EQ(number, "RO-CL-1");
    EXPECT_EQ(states.bucharest.standing(number).state, ClaimState::draft);
    states.carry();
    EXPECT_TRUE(states.sofia.ledger().claims.empty()) << "a draft does not leave";
    EXPECT_EQ(states.bucharest.balance("BG").net, 0) << "and nobody owes it";
}

TEST(Claims, is_sent_accepted_paid_in_part_and_confirmed_with_both_ledgers_netting_to_zero)
{
    Three states;
    auto const number = states.drafted();
    auto const id = Three::take(states.bucharest, number, act(ClaimAct::claimed));
    EXPECT_EQ(states.bucharest.balance("BG").they_owe, 34'000);
    auto const waits = states.bucharest.differences(WaitsFor::receipt);
    ASSERT_EQ(waits.size(), 1U);
    EXPECT_EQ(waits[0].message, id) << "the difference is named with the message it waits for";
    EXPECT_EQ(waits[0].amount, 34'000);
    states.carry();
    EXPECT_TRUE(states.bucharest.differences(WaitsFor::receipt).empty());
    states.net_to_zero();
    EXPECT_EQ(states.sofia.claim(number).owes, "BG");
    EXPECT_EQ(states.sofia.claim(number).case_number, Three::ours);

    Three::take(states.sofia, number, act(ClaimAct::accepted));
    auto const payment = Three::take(states.sofia, number, act(ClaimAct::paid, 15'000));
    states.carry();
    states.net_to_zero();
    EXPECT_EQ(states.sofia.balance("RO").we_owe, 34'000) << "paid, and not confirmed yet";
    EXPECT_EQ(states.sofia.balance("RO").under_way_to_them, 15'000);
    auto const unconfirmed = states.sofia.differences(WaitsFor::confirmation);
    ASSERT_EQ(unconfirmed.size(), 1U);
    EXPECT_EQ(unconfirmed[0].message, payment);

    Three::take(states.bucharest, number, act(ClaimAct::received));
    states.carry();
    states.net_to_zero();
    EXPECT_EQ(states.sofia.standing(number).outstanding, 19'000);
    EXPECT_EQ(states.bucharest.standing(number).state, ClaimState::accepted);
    EXPECT_TRUE(states.sofia.ledger().differences.empty());

    Three::take(states.sofia, number, act(ClaimAct::paid, 19'000));
    states.carry();
    Three::take(states.bucharest, number, act(ClaimAct::received));
    states.carry();
    for (auto* desk : { &states.sofia, &states.bucharest }) {
        EXPECT_EQ(desk->standing(number).state, ClaimState::settled);
        EXPECT_EQ(desk->verified_entries(), 8U) << "each step in both registers";
    }
    EXPECT_EQ(states.sofia.claims.step(number, act(ClaimAct::paid, 1), "TEST").error().what,
        "claim RO-CL-1 is settled");
    EXPECT_EQ(states.sofia.state_of(payment), "delivered");
}

TEST(Claims, a_cost_that_nothing_puts_elsewhere_stays_where_it_fell)
{
    Three states;
    auto const entered
        = states.bucharest.claims.enter_cost(Three::theirs, typed(CostKind::other), "TEST");
    ASSERT_TRUE(entered.ok()) << entered.error().what;
    EXPECT_TRUE(entered.value().claims.empty());
    EXPECT_EQ(entered.value().bearer, "RO");
    EXPECT_EQ(entered.value().provision, "A35");
    EXPECT_EQ(entered.value().decision->verdict, treaty::Verdict::refused);
    EXPECT_EQ(states.bucharest.claims.costs_of(Three::theirs, "TEST").value().costs.size(), 1U);
}

TEST(Claims, what_a_sample_cost_is_a_draft_with_who_paid_and_expected_by_who_owes)
{
    Three states;
    auto const hears = [](Desk& desk, std::string number) {
        ToldCost const told { std::move(number), CostKind::sampling, "RO", { 34'000, "EUR" },
            "Sample and analysis", "019d9a12-921f-7cdc-a00a-10aa4d15abc6", start };
        ASSERT_TRUE(
            desk.store->write([&](Transaction& t) { return desk.claims.hear(t, told); }).ok());
    };
    hears(states.bucharest, Three::theirs);
    hears(states.sofia, Three::ours);
    auto const expected = states.sofia.differences(WaitsFor::claim);
    ASSERT_EQ(expected.size(), 1U);
    EXPECT_EQ(expected[0].message, "019d9a12-921f-7cdc-a00a-10aa4d15abc6");
    EXPECT_EQ(expected[0].amount, -34'000);
    ASSERT_EQ(states.bucharest.ledger().claims.size(), 1U);
    auto const number = states.bucharest.ledger().claims[0].claim.number;
    EXPECT_EQ(states.bucharest.claim(number).claim.provision, "A20(3)(d)");
    Three::take(states.bucharest, number, act(ClaimAct::claimed));
    states.carry();
    EXPECT_TRUE(states.sofia.ledger().differences.empty()) << "it was claimed";
    EXPECT_EQ(states.sofia.claim(number).cost->kind, CostKind::sampling);
}

TEST(Claims, what_further_typing_cost_is_drafted_by_the_officer_who_ordered_it)
{
    Three states;
    ToldCost const told { Three::theirs, CostKind::identification, "RO", { 12'000, "EUR" },
        "Further typing", {}, start, officer("first") };
    auto& desk = states.bucharest;
    ASSERT_TRUE(desk.store->write([&](Transaction& t) { return desk.claims.hear(t, told); }).ok());
    auto const costs = desk.claims.costs_of(Three::theirs, "TEST").value();
    ASSERT_EQ(costs.costs.size(), 1U);
    EXPECT_EQ(costs.costs[0].by, officer("first").name);
    ASSERT_EQ(costs.claims.size(), 1U);
    auto const& claim = costs.claims[0].claim;
    EXPECT_EQ(claim.provision, "A20(1)-5");
    EXPECT_EQ(claim.debtor, "BG");
    EXPECT_EQ(claim.amount, 12'000);
    Three::take(desk, claim.number, act(ClaimAct::claimed));
    states.carry();
    EXPECT_EQ(states.sofia.standing(claim.number).state, ClaimState::open);
}

TEST(Claims, costs_in_a_currency_that_is_not_kept_keep_nothing_from_being_taken)
{
    Three states;
    auto const hears = [](Desk& desk, std::string number) {
        ToldCost const told { std::move(number), CostKind::sampling, "RO", { 34'000, "JPY" },
            "Sample and analysis", "019d9a12-921f-7cdc-a00a-10aa4d15abc6", start };
        return desk.store->write([&](Transaction& t) { return desk.claims.hear(t, told); });
    };
    EXPECT_EQ(hears(states.bucharest, Three::theirs).error().field, "costs.currency");
    EXPECT_TRUE(hears(states.sofia, Three::ours).ok());
    EXPECT_TRUE(states.sofia.ledger().differences.empty());
}

TEST(Claims, a_dispute_says_its_ground_and_can_be_settled_after_it)
{
    Three states;
    auto const number = states.claimed();
    auto wordless = act(ClaimAct::disputed);
    wordless.ground.reset();
    EXPECT_EQ(states.sofia.claims.step(number, wordless, "TEST").error().field, "ground");
    Three::take(states.sofia, number, act(ClaimAct::disputed));
    states.carry();
    EXPECT_EQ(states.bucharest.standing(number).state, ClaimState::disputed);
    EXPECT_EQ(states.bucharest.claim(number).entries.back().ground, "not-proved");
    EXPECT_EQ(states.bucharest.balance("BG").they_owe, 34'000) << "a dispute takes nothing away";

    Three::take(states.bucharest, number, act(ClaimAct::waived, 4'000));
    states.carry();
    Three::take(states.sofia, number, act(ClaimAct::accepted));
    Three::take(states.sofia, number, act(ClaimAct::paid, 30'000));
    states.carry();
    Three::take(states.bucharest, number, act(ClaimAct::received));
    states.carry();
    EXPECT_EQ(states.sofia.standing(number).state, ClaimState::settled);
    states.net_to_zero();
    EXPECT_EQ(states.bucharest.claim(number).entries.size(), 7U) << "nothing is edited away";
}

TEST(Claims, a_payment_that_crosses_what_is_taken_back_is_paid_back)
{
    Three states;
    auto const number = states.claimed();
    Three::take(states.bucharest, number, act(ClaimAct::waived));
    Three::take(states.sofia, number, act(ClaimAct::paid, 34'000));
    states.carry();
    states.net_to_zero();
    Three::take(states.bucharest, number, act(ClaimAct::received));
    states.carry();
    EXPECT_EQ(states.sofia.claim(number).owes, "RO");
    EXPECT_EQ(states.sofia.balance("RO").net, 34'000);
    states.net_to_zero();
    Three::take(states.bucharest, number, act(ClaimAct::paid, 34'000));
    states.carry();
    Three::take(states.sofia, number, act(ClaimAct::received));
    states.carry();
    EXPECT_EQ(states.bucharest.standing(number).state, ClaimState::settled);
    states.net_to_zero();
}

TEST(Claims, damage_by_officials_is_outstanding_as_paid_less_reimbursed)
{
    Three states;
    auto damage = typed(CostKind::damage_by_officials, 200'000);
    damage.subject = "Fence broken by a car in pursuit TEST";
    auto const number = states.claimed(damage);
    EXPECT_EQ(states.sofia.claim(number).claim.provision, "A23(3)");
    Three::take(states.sofia, number, act(ClaimAct::paid, 150'000));
    states.carry();
    Three::take(states.bucharest, number, act(ClaimAct::received));
    states.carry();
    EXPECT_EQ(states.bucharest.standing(number).outstanding, 50'000);
    EXPECT_EQ(states.bucharest.balance("BG").they_owe, 50'000);
}

TEST(Claims, damage_by_data_names_the_item_its_register_rows_and_who_sent_it)
{
    Three states;
    auto const draft = damage_by_data(states.sofia);
    auto const entered = states.sofia.claims.enter_cost(Three::ours, draft, "TEST");
    ASSERT_TRUE(entered.ok()) << entered.error().field << entered.error().what;
    EXPECT_EQ(entered.value().provision, "A31(5)-3");
    auto const number = entered.value().claims.at(0);
    EXPECT_EQ(states.sofia.claim(number).cost->register_rows.size(), 1U);
    Three::take(states.sofia, number, act(ClaimAct::claimed));
    states.carry();
    EXPECT_EQ(states.bucharest.claim(number).claim.debtor, "RO");
    auto const sent = states.bucharest.opened(Three::theirs).back().body;
    EXPECT_EQ(sent.type, "damage-claim");
    EXPECT_NE(sent.text.find(*draft.item), sent.text.npos);
    EXPECT_NE(sent.text.find("registerRows"), sent.text.npos);
    states.net_to_zero();
}

TEST(Claims, towards_the_injured_nobody_pleads_that_another_Party_erred)
{
    Three states;
    auto draft = damage_by_data(states.sofia);
    draft.refused = "other-party-error";
    auto const pleaded = states.sofia.claims.enter_cost(Three::ours, draft, "TEST");
    ASSERT_FALSE(pleaded.ok());
    EXPECT_EQ(pleaded.error().kind, Error::Kind::not_permitted);
    EXPECT_NE(pleaded.error().what.find("31(5)"), std::string::npos);
    for (auto const& word : json::words<InjuredRefusal>()) EXPECT_NE(word, "other-party-error");
    draft.refused = "no-damage";
    auto const entered = states.sofia.claims.enter_cost(Three::ours, draft, "TEST");
    ASSERT_TRUE(entered.ok()) << entered.error().what;
    EXPECT_TRUE(entered.value().claims.empty()) << "what was not paid is not reimbursed";
    EXPECT_EQ(states.sofia.claims.costs_of(Three::ours, "TEST").value().costs[0].refused,
        InjuredRefusal::no_damage);
}

TEST(Claims, the_costs_of_a_centre_are_claimed_from_each_Party_and_one_opens_a_case_for_them)
{
    Three states;
    auto draft = typed(CostKind::common_centre, 900'000);
    draft.shared_by = { "BG", "RO", "RS" };
    auto const entered = states.bucharest.claims.enter_cost(Three::theirs, draft, "TEST");
    ASSERT_TRUE(entered.ok()) << entered.error().field << entered.error().what;
    ASSERT_EQ(entered.value().claims.size(), 2U);
    for (auto const& number : entered.value().claims)
        Three::take(states.bucharest, number, act(ClaimAct::claimed));
    states.carry();
    states.net_to_zero();
    EXPECT_EQ(states.belgrade.balance("RO").we_owe, 300'000);
    EXPECT_EQ(states.belgrade.ledger().claims.at(0).case_number, "RO/BG/2026-0417");
    EXPECT_EQ(states.belgrade.row("RO/BG/2026-0417").state, casework::CaseState::informed);
    EXPECT_EQ(states.sofia.claims.step(entered.value().claims[1], act(ClaimAct::paid, 1), "TEST")
                  .error()
                  .kind,
        Error::Kind::not_found)
        << "what Belgrade owes is no claim of Sofia's";
}

TEST(Claims, where_the_Party_sets_two_officers_the_second_one_sends_it)
{
    Three three;
    Desk two { 1, { .send = true } };
    auto& desk = two;
    ASSERT_TRUE(desk.store
            ->write([&](Transaction& t) {
                return casework::put_case(t,
                    { "RO-1", {}, "vehicle-owner", "investigation", {}, "BG", "RO",
                        casework::CaseState::answered, start, {}, {} });
            })
            .ok());
    auto const entered
        = desk.claims.enter_cost("RO-1", typed(CostKind::identification), officer("first"));
    ASSERT_TRUE(entered.ok()) << entered.error().what;
    auto const number = entered.value().claims.at(0);
    EXPECT_EQ(desk.claims.step(number, act(ClaimAct::claimed), "TEST").error().kind,
        Error::Kind::not_permitted)
        << "nobody without an account proposes";
    auto const proposed = desk.claims.step(number, act(ClaimAct::claimed), officer("first"));
    ASSERT_TRUE(proposed.ok()) << proposed.error().what;
    EXPECT_TRUE(proposed.value().proposed);
    EXPECT_FALSE(proposed.value().message);
    EXPECT_EQ(desk.standing(number).state, ClaimState::proposed);
    auto const same = desk.claims.step(number, act(ClaimAct::claimed), officer("first"));
    ASSERT_TRUE(same.ok() && same.value().refused);
    EXPECT_EQ(same.value().refused->provision, "A31(4)(d)");
    auto const second = desk.claims.step(number, act(ClaimAct::claimed), officer("second"));
    ASSERT_TRUE(second.ok()) << second.error().what;
    EXPECT_TRUE(second.value().message);
    EXPECT_EQ(desk.standing(number).state, ClaimState::open);
}

TEST(Claims, a_draft_that_is_dropped_never_leaves)
{
    Three states;
    auto const number = states.drafted();
    Three::take(states.bucharest, number, act(ClaimAct::dropped));
    EXPECT_EQ(states.bucharest.standing(number).state, ClaimState::dropped);
    EXPECT_EQ(
        states.bucharest.claims.step(number, act(ClaimAct::claimed), "TEST").error().field, "act");
    EXPECT_EQ(states.bucharest.claims.step(number, act(ClaimAct::paid, 5), "TEST").error().what,
        "the claim has not been sent");
}

TEST(Claims, are_read_by_those_who_need_to_know_the_case)
{
    Three states;
    auto const number = states.claimed();
    auto const stranger = [] {
        casework::Officer out { "stranger", "Stranger TEST", 0 };
        return out;
    }();
    ASSERT_FALSE(states.sofia.casework->take_case(Three::ours, officer("holder")).value());
    auto const opened = states.sofia.claims.open_claim(number, stranger);
    ASSERT_TRUE(opened.ok() && opened.value().refused);
    EXPECT_EQ(opened.value().refused->provision, "A32(1)");
    auto const listed = states.sofia.claims.ledger(stranger).value();
    EXPECT_TRUE(listed.claims.empty());
    EXPECT_EQ(listed.closed, 1);
    EXPECT_TRUE(listed.differences.empty());
    EXPECT_EQ(listed.balances.at(0).we_owe, 34'000) << "a sum tells of no case";
    EXPECT_TRUE(states.sofia.claims.costs_of(Three::ours, stranger).value().refused);
    EXPECT_TRUE(
        states.sofia.claims.step(number, act(ClaimAct::accepted), stranger).value().refused);
    EXPECT_TRUE(states.sofia.claims.try_cost(Three::ours, typed(CostKind::other), stranger)
            .value()
            .refused);
}

TEST(Claims, are_exported_one_line_each_without_formulas)
{
    Three states;
    states.claimed();
    auto ledger = states.sofia.ledger();
    EXPECT_EQ(csv_of(ledger).substr(csv_of(ledger).find('\n') + 1, 86),
        "\"RO-CL-1\",\"RO\",\"BG\",\"2026-0417\",\"A20(1)-5\",EUR,340.00,0.00,0.00,340.00,open,"
        "2026-04-17");
    ledger.claims[0].case_number = "=1+1\"";
    EXPECT_NE(csv_of(ledger).find("\"'=1+1\"\"\""), std::string::npos);
}

/// Both nodes do what they may at random; messages are late, in their order.
TEST(Claims, random_histories_on_two_nodes_end_with_ledgers_that_net_to_zero)
{
    std::mt19937_64 random { 50 };
    Three states;
    std::vector<std::string> numbers;
    for (auto const* currency : { "EUR", "RON" }) {
        auto draft = typed(CostKind::identification, 1'000);
        draft.currency = currency;
        numbers.push_back(states.claimed(draft));
    }
    int taken = 0;
    for (int i = 0; i < 80; ++i) {
        auto& desk = random() % 2 ? states.sofia : states.bucharest;
        auto& other = &desk == &states.sofia ? states.bucharest : states.sofia;
        if (random() % 3 == 0) casework::trial::carry_one(desk, other);
        auto const number = numbers[random() % 2];
        auto const open = desk.claim(number).acts;
        if (open.empty()) continue;
        auto const amount = static_cast<std::int64_t>(1 + random() % 400);
        auto const step = act(open[random() % open.size()], amount);
        taken += desk.claims.step(number, step, "TEST").ok();
    }
    EXPECT_GT(taken, 30);
    for (auto const* currency : { "EUR", "RON" }) {
        auto late = [&](Desk& desk) {
            std::int64_t sum = 0;
            for (auto const& each : desk.differences(WaitsFor::receipt))
                if (each.currency == currency) sum += each.amount;
            return sum;
        };
        auto const here = states.sofia.balance("RO", currency).net - late(states.sofia);
        auto const there = states.bucharest.balance("BG", currency).net - late(states.bucharest);
        EXPECT_EQ(here + there, 0) << "but for what is named as under way";
    }
    states.carry();
    states.net_to_zero("EUR");
    states.net_to_zero("RON");
    for (auto const& number : numbers)
        EXPECT_EQ(json::to_text(states.sofia.standing(number)),
            json::to_text(states.bucharest.standing(number)));
}

} // namespace comity::claims
