#include "treaty/decision.h"
#include "treaty/test_law.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace comity::treaty {
namespace {

std::string reason(UseConsent consent, ConsentRefusal ground)
{
    Situation use;
    use.measure = Measure::team_information_use;
    use.requesting = test::party("RO");
    use.requested = test::party("MD");
    use.at = parse_instant("2026-04-17T09:14:00Z").take();
    use.facts.tell(fact::information_otherwise_known, false);
    use.facts.tell(fact::information_lawfully_obtained, true);
    use.facts.tell(fact::information_use, InformationUse::other_offences);
    use.facts.tell(fact::use_consent, consent);
    use.facts.tell(fact::consent_refusal, ground);
    auto const findings = in_words(decide(test::law(), use)).findings;
    return std::ranges::find(findings, "A27(12)(b)", &FindingText::provision)->reason;
}

} // namespace

TEST(JointInvestigationTeam, reports_a_consent_refused_on_a_ground_of_no_article)
{
    for (auto const refused : { UseConsent::withheld, UseConsent::withdrawn }) {
        EXPECT_TRUE(reason(refused, ConsentRefusal::other)
                .starts_with("The consent was refused on a ground that the Convention "
                             "does not allow"));
        for (auto const allowed :
            { ConsentRefusal::investigations_endangered, ConsentRefusal::cooperation_refusable })
            EXPECT_TRUE(reason(refused, allowed).starts_with("The Party where the information "));
    }
    EXPECT_TRUE(reason(UseConsent::not_given_yet, ConsentRefusal::other)
            .starts_with("The Party where the information "));
}

} // namespace comity::treaty
