#include "protection/trial_vault_test.h"
#include "treaty/decision.h"
#include "treaty/test_law.h"

/// The vault's judgement of one item beside the law's own functions: one rule, not two.
namespace comity::protection {
namespace {

using namespace trial;
namespace fact = treaty::fact;

/// What the law finds on one provision.
treaty::Outcome found(
    treaty::Measure measure, std::string_view provision, treaty::Facts const& facts)
{
    treaty::Situation const situation { measure, treaty::PartyCode::of("BG"),
        treaty::PartyCode::of("RO"), parse_instant("2026-04-17T09:00:00Z").value(), facts };
    auto const decision = treaty::decide(treaty::test::law(), situation);
    for (auto const& finding : decision.findings)
        if (finding.provision->id == provision) return finding.result;
    ADD_FAILURE() << provision << " does not govern the measure";
    return treaty::Outcome::missing;
}

bool objects(Label const& label, Use const& use, std::string_view provision)
{
    for (auto const& each : judge_use(label, use, day("2026-04-17")).objections)
        if (each.provision == provision) return true;
    return false;
}

} // namespace

TEST(LawAgrees, on_the_use_for_another_purpose_with_and_without_consent)
{
    using treaty::UseGround;
    for (auto const ground : { UseGround::purpose_of_supply, UseGround::immediate_serious_threat,
             UseGround::serious_crime, UseGround::other })
        for (bool const consent : { false, true }) {
            treaty::Facts facts;
            facts.tell(fact::use_ground, ground);
            facts.tell(fact::supplier_consent, consent);
            auto label = label_of("RO", day("2027-04-17"));
            auto use = officer_of(ground == UseGround::other ? "taxation" : "investigation");
            use.ground = ground;
            use.justification = "TEST";
            if (consent)
                label.consents.push_back({ message::ConsentSubject::other_purpose, "RO-TEST", "RO",
                    use.purpose, {}, {} });
            auto const law = found(treaty::Measure::use_for_another_purpose, "A31(4)(a)-2", facts);
            EXPECT_EQ(objects(label, use, "A31(4)(a)-2"), law == treaty::Outcome::fails)
                << json::word(ground) << ' ' << consent;
        }
}

TEST(LawAgrees, on_who_opens_what_of_which_level)
{
    for (std::uint8_t level = 0; level <= level_max; ++level)
        for (std::uint8_t clearance = 0; clearance <= level_max; ++clearance)
            for (bool const needs : { false, true }) {
                treaty::Facts facts;
                facts.tell(fact::official_authorised, true);
                facts.tell(fact::need_to_know, needs);
                facts.tell(fact::same_purpose, true);
                facts.tell(fact::classification_level, level);
                facts.tell(fact::clearance_level, clearance);
                auto label = label_of("RO", day("2027-04-17"));
                label.level = level;
                auto use = officer_of();
                use.clearance = clearance;
                use.needs_to_know = needs;
                auto const opens = treaty::Measure::access_to_information;
                EXPECT_EQ(objects(label, use, "A32(1)"),
                    found(opens, "A32(1)", facts) == treaty::Outcome::fails);
                // The need stands in paragraph 5 too; the vault objects under paragraph 1.
                bool const law_refuses = found(opens, "A32(5)", facts) == treaty::Outcome::fails;
                bool const vault_refuses
                    = objects(label, use, "A32(5)") || (level > 0 && objects(label, use, "A32(1)"));
                EXPECT_EQ(vault_refuses, law_refuses) << int { level } << ' ' << int { clearance };
            }
}

TEST(LawAgrees, on_third_States)
{
    for (bool const consent : { false, true }) {
        treaty::Facts facts;
        facts.tell(fact::supplier_consent, consent);
        auto label = label_of("RO", day("2027-04-17"));
        label.onward_transfer = consent;
        auto use = officer_of();
        use.onward_to = "US";
        EXPECT_EQ(objects(label, use, "A31(4)(i)"),
            found(treaty::Measure::onward_transfer, "A31(4)(i)", facts) == treaty::Outcome::fails);
    }
}

} // namespace comity::protection
