#include "protection/trial_vault_test.h"

namespace comity::protection {
namespace {

using namespace trial;
using std::chrono::days;

Date const last_day = day("2027-04-17");

std::string objection(Label const& label, Use const& use, Date today = day("2026-04-17"))
{
    auto const found = judge_use(label, use, today);
    return found.permitted() ? "" : found.objections.front().provision;
}

} // namespace

TEST(Label, its_day_is_the_earliest_of_the_three)
{
    EXPECT_EQ(erase_by({ last_day, {}, {} }), last_day);
    EXPECT_EQ(erase_by({ last_day, last_day + days { 1 }, {} }), last_day);
    EXPECT_EQ(erase_by({ last_day, last_day - days { 1 }, {} }), last_day - days { 1 });
    EXPECT_EQ(erase_by({ last_day, last_day - days { 1 }, last_day - days { 2 } }),
        last_day - days { 2 });
}

TEST(Label, is_kept_below_its_day_due_on_it_and_overdue_above)
{
    auto label = label_of("RO", last_day);
    EXPECT_EQ(stage_of(label, last_day - days { 1 }), Stage::kept);
    EXPECT_EQ(stage_of(label, last_day), Stage::due);
    EXPECT_EQ(stage_of(label, last_day + days { 1 }), Stage::overdue);
    label.hold = Hold { "court", last_day + days { 10 } };
    EXPECT_EQ(stage_of(label, last_day - days { 1 }), Stage::kept);
    EXPECT_EQ(stage_of(label, last_day), Stage::held);
    EXPECT_EQ(stage_of(label, last_day + days { 9 }), Stage::held);
    EXPECT_EQ(stage_of(label, last_day + days { 10 }), Stage::due);
    EXPECT_EQ(stage_of(label, last_day + days { 11 }), Stage::overdue);
    label.hold = Hold { "court", last_day - days { 10 } };
    EXPECT_EQ(stage_of(label, last_day), Stage::due) << "a hold puts nothing forward";
}

TEST(Label, each_member_is_checked_and_named)
{
    auto const field = [](auto const& change) {
        auto label = label_of("RO", last_day);
        change(label);
        auto const checked = check(label);
        return checked.ok() ? std::string {} : checked.error().field;
    };
    EXPECT_EQ(field([](Label&) { }), "");
    EXPECT_EQ(field([](Label& l) { l.owner = "ro"; }), "label.owner");
    EXPECT_EQ(field([](Label& l) { l.purpose.clear(); }), "label.purpose");
    EXPECT_EQ(field([](Label& l) { l.legal_basis.clear(); }), "label.legalBasis");
    EXPECT_EQ(field([](Label& l) { l.level = level_max; }), "");
    EXPECT_EQ(field([](Label& l) { l.level = level_max + 1; }), "label.level");
    EXPECT_EQ(field([](Label& l) { l.handling.codes = { "H0", "H2" }; }), "");
    EXPECT_EQ(field([](Label& l) { l.handling.codes = { "H4" }; }), "label.handling.codes");
    EXPECT_EQ(field([](Label& l) { l.handling.codes = { "H3" }; }), "label.handling.text");
    using message::Evaluation4x4, message::Evaluation5x5x5;
    EXPECT_EQ(field([](Label& l) { l.evaluation = { Evaluation4x4 { "X", 4 }, {} }; }), "");
    EXPECT_EQ(field([](Label& l) { l.evaluation = { Evaluation4x4 { "D", 4 }, {} }; }),
        "label.evaluation.fourByFour");
    EXPECT_EQ(field([](Label& l) { l.evaluation = { {}, Evaluation5x5x5 { "E", 5, 5 } }; }), "");
    EXPECT_EQ(field([](Label& l) { l.evaluation = { {}, Evaluation5x5x5 { "E", 5, 6 } }; }),
        "label.evaluation.fiveByFiveByFive");
}

TEST(Use, needs_an_officer_who_is_assigned)
{
    auto const label = label_of("RO", last_day);
    EXPECT_EQ(objection(label, officer_of()), "");
    auto use = officer_of();
    use.officer.clear();
    EXPECT_EQ(objection(label, use), "A32(1)");
    use = officer_of();
    use.needs_to_know = false;
    EXPECT_EQ(objection(label, use), "A32(1)");
}

TEST(Use, against_a_threat_or_a_serious_crime_needs_its_reason)
{
    auto const label = label_of("RO", last_day);
    using treaty::UseGround;
    for (auto const ground : { UseGround::immediate_serious_threat, UseGround::serious_crime }) {
        auto use = officer_of("protection of life");
        use.ground = ground;
        EXPECT_EQ(objection(label, use), "A31(4)(a)-2");
        use.justification = "TEST: threat to a station";
        EXPECT_EQ(objection(label, use), "");
    }
    auto other = officer_of();
    other.ground = UseGround::other;
    EXPECT_EQ(objection(label, other), "A31(4)(a)-2") << "whatever purpose he names";
}

TEST(Use, of_classified_information_needs_the_clearance_and_the_same_purpose)
{
    auto label = label_of("RO", last_day);
    label.level = 2;
    auto use = officer_of();
    for (std::uint8_t clearance = 0; clearance <= level_max; ++clearance) {
        use.clearance = clearance;
        EXPECT_EQ(objection(label, use), clearance < 2 ? "A32(5)" : "");
    }
    use.ground = treaty::UseGround::serious_crime;
    use.justification = "TEST";
    EXPECT_EQ(objection(label, use), "A32(5)");
}

TEST(Use, as_evidence_and_for_a_third_State_needs_what_the_owner_allowed)
{
    auto label = label_of("RO", last_day);
    auto use = officer_of();
    use.as_evidence = true;
    EXPECT_EQ(objection(label, use), "A5(2)");
    label.evidence_use = true;
    EXPECT_EQ(objection(label, use), "");
    label.handling.codes = { "H1" };
    EXPECT_EQ(objection(label, use), "A5(2)");
    use = officer_of();
    use.onward_to = "RO";
    EXPECT_EQ(objection(label, use), "") << "back to its owner";
    use.onward_to = "RS";
    EXPECT_EQ(objection(label, use), "A31(4)(i)");
    label.consents.push_back(
        { message::ConsentSubject::information_to_third_state, "RO-TEST-2", "RO", {}, "RS", {} });
    EXPECT_EQ(objection(label, use), "");
    use.onward_to = "AL";
    EXPECT_EQ(objection(label, use), "A31(4)(i)") << "the consent names Serbia";
}

} // namespace comity::protection
