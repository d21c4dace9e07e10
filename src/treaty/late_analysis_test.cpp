#include "treaty/decision.h"
#include "treaty/test_law.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace comity::treaty {

TEST(JointThreatAnalysis, is_late_from_the_day_after_its_year)
{
    auto const reason_at = [](std::string_view instant) {
        Situation situation { Measure::situation_report, test::party("RO"), test::party("RS"),
            parse_instant(instant).take(), {} };
        situation.facts.tell(fact::report_occasion, ReportOccasion::periodic);
        situation.facts.tell(fact::last_joint_analysis, test::day("2025-03-10"));
        auto const text = in_words(decide(test::law(), situation));
        return std::ranges::find(text.findings, "A7-3", &FindingText::provision)->reason;
    };
    auto const in_time = "The next joint threat analysis is due within a year of the last one.";
    EXPECT_EQ(reason_at("2026-03-09T12:00:00Z"), in_time);
    // Midnight in Bucharest.
    EXPECT_EQ(reason_at("2026-03-10T21:59:59.999999Z"), in_time);
    EXPECT_EQ(reason_at("2026-03-10T22:00:00Z"),
        "The last joint threat analysis was made more than a year ago.");
}

} // namespace comity::treaty
