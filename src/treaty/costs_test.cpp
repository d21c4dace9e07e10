#include "treaty/costs.h"

#include "treaty/test_law.h"

#include <gtest/gtest.h>

namespace comity::treaty {
namespace {

constexpr auto bg = PartyCode::of("BG"), ro = PartyCode::of("RO"), rs = PartyCode::of("RS");

/// Bulgaria asked Romania, which paid 340.01.
Cost paid(CostKind kind)
{
    Cost out;
    out.kind = kind;
    out.requesting = bg;
    out.requested = ro;
    out.paid_by = ro;
    out.amount = 34'001;
    out.at = parse_instant("2026-04-17T09:14:00Z").value();
    return out;
}

std::string told(Cost const& cost)
{
    auto const found = bearing_of(test::law(), cost);
    if (!found.ok()) return "refused: " + found.error().field;
    std::string out { found.value().provision };
    out += " " + json::word(found.value().basis);
    for (auto const& share : found.value().shares)
        out += " " + share.party.text() + ":" + std::to_string(share.amount);
    return out;
}

} // namespace

TEST(Costs, each_article_names_who_bears_them)
{
    EXPECT_EQ(told(paid(CostKind::identification)), "A20(1)-5 special-article BG:34001");
    EXPECT_EQ(told(paid(CostKind::sampling)), "A20(3)(d) special-article BG:34001");
    EXPECT_EQ(told(paid(CostKind::witness_living)), "A10(5) special-article BG:34001");
    EXPECT_EQ(told(paid(CostKind::witness_staff)), "A10(5) special-article")
        << "stays with the requested Party";
    auto damage = paid(CostKind::damage_by_officials);
    EXPECT_EQ(told(damage), "refused: responsible");
    damage.responsible = rs;
    EXPECT_EQ(told(damage), "A23(3) special-article RS:34001");
}

TEST(Costs, without_an_article_an_agreement_or_consent_they_stay_where_they_fell)
{
    auto cost = paid(CostKind::other);
    EXPECT_EQ(told(cost), "A35 none");
    cost.consented = bg;
    EXPECT_EQ(told(cost), "A35 prior-consent BG:34001");
    cost.agreed = rs;
    EXPECT_EQ(told(cost), "A35 implementing-agreement RS:34001") << "before consent";
    cost.kind = CostKind::sampling;
    EXPECT_EQ(told(cost), "A20(3)(d) special-article BG:34001") << "an article before both";
}

TEST(Costs, what_is_so_as_a_rule_yields_to_an_agreement)
{
    auto cost = paid(CostKind::witness_living);
    cost.agreed = ro;
    EXPECT_EQ(told(cost), "A10(5) implementing-agreement");
}

TEST(Costs, an_investigator_is_paid_by_who_asked_for_him_unless_other_costs_are_agreed)
{
    auto cost = paid(CostKind::investigator_asked_for);
    cost.requested = rs;
    cost.paid_by = rs;
    EXPECT_EQ(told(cost), "A16(6) special-article BG:34001");
    cost = paid(CostKind::investigator_asked_for);
    EXPECT_EQ(told(cost), "refused: agreed") << "a TEST agreement of Bulgaria and Romania";
    cost.agreed = ro;
    EXPECT_EQ(told(cost), "A16(6) implementing-agreement");
}

TEST(Costs, damage_by_data_is_for_who_sent_them_wrong_or_unlawfully)
{
    auto cost = paid(CostKind::damage_by_data);
    cost.responsible = bg;
    EXPECT_EQ(told(cost), "refused: fault");
    cost.fault = DataFault::none;
    EXPECT_EQ(told(cost), "refused: fault");
    cost.fault = DataFault::suspected;
    EXPECT_EQ(told(cost), "refused: fault");
    cost.fault = DataFault::wrong;
    EXPECT_EQ(told(cost), "A31(5)-3 special-article BG:34001");
    cost.fault = DataFault::unlawful;
    EXPECT_EQ(told(cost), "A31(5)-3 special-article BG:34001");
}

TEST(Costs, of_a_common_centre_are_shared_equally_and_what_cannot_be_shared_stays_with_who_paid)
{
    auto cost = paid(CostKind::common_centre);
    EXPECT_EQ(told(cost), "refused: sharedBy");
    cost.shared_by = { bg, rs };
    EXPECT_EQ(told(cost), "refused: sharedBy") << "who paid is one of them";
    cost.shared_by = { bg, ro, rs, rs };
    EXPECT_EQ(told(cost), "refused: sharedBy") << "each once";
    cost.shared_by = { rs, ro, bg };
    EXPECT_EQ(told(cost), "A29(5) special-article BG:11333 RS:11333");
    cost.amount = 900'000;
    EXPECT_EQ(told(cost), "A29(5) special-article BG:300000 RS:300000");
}

} // namespace comity::treaty
