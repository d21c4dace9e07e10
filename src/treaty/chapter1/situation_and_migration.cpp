// Chapter one, Articles 7 and 8: the common picture of the situation, and illegal migration.

#include "treaty/provision.h"

namespace comity::treaty {
namespace {

// A7-2. Reports on the crime situation are exchanged periodically, or when need arises. The
// Convention sets no period.
Outcome a7_2(View& view)
{
    return arises(view.is(fact::report_occasion, ReportOccasion::periodic));
}

// A7-3. At least once a year the Parties make a joint threat analysis. Reports go out all the same
// when it is late; the decision then says so.
Outcome a7_3(View& view)
{
    auto const joint = view.is(fact::report_occasion, ReportOccasion::joint_analysis);
    if (!joint.no()) return skip(!joint);
    auto const last = view.date(fact::last_joint_analysis);
    if (!last) return Outcome::missing;
    if (view.pair().requesting.date > due_date(term::joint_threat_analysis.amount, *last))
        view.because("The last joint threat analysis was made more than a year ago.");
    return Outcome::holds;
}

// A8(1). Information against illegal border crossing and the smuggling of persons is exchanged
// regularly.
Outcome a8_1(View& view)
{
    return arises(view.is(fact::report_occasion, ReportOccasion::periodic));
}

// A8(2)-1. It is above all about flows, volume, structure, destinations, routes, means of transport
// and how smugglers are organised. Our reading: a report that leaves one out is completed, not
// stopped; that nothing is known is an entry too.
Outcome a8_2_1(View& view)
{
    return arises(!all({ view.is(fact::flows_reported), view.is(fact::volume_reported),
        view.is(fact::structure_reported), view.is(fact::destinations_reported),
        view.is(fact::routes_reported), view.is(fact::transport_reported),
        view.is(fact::smugglers_reported) }));
}

// A8(2)-2. Besides, the Parties tell each other of the current situation and of planned measures
// that may matter to the other.
Outcome a8_2_2(View& view)
{
    return arises(view.is(fact::planned_measure_important));
}

constexpr Provision provisions_of_situation[] {
    { .id = "A7-2",
        .title = "Situation reports",
        .law = "Reports on the crime situation are exchanged periodically or when need arises.",
        .effect = Effect::obliges,
        .measures = { Measure::situation_report },
        .judge = a7_2,
        .holds = "The report is one of a series.",
        .fails = "",
        .not_applicable = "The report is not one of a series.",
        .duty = "Send the next report of the series after the agreed period." },
    { .id = "A7-3",
        .title = "Joint threat analysis",
        .law = "The Parties make a joint threat analysis at least once a year.",
        .effect = Effect::obliges,
        .measures = { Measure::situation_report },
        .judge = a7_3,
        .holds = "The next joint threat analysis is due within a year of the last one.",
        .fails = "",
        .not_applicable = "This is the joint threat analysis itself.",
        .duty = "Make the next joint threat analysis together with the other Parties.",
        .term = &term::joint_threat_analysis,
        .anchor = &fact::last_joint_analysis },
    { .id = "A8(1)",
        .title = "Regular exchange on illegal migration",
        .law = "Information against illegal border crossing and the smuggling of persons is "
               "exchanged regularly.",
        .effect = Effect::obliges,
        .measures = { Measure::migration_exchange },
        .judge = a8_1,
        .holds = "The report is one of a series.",
        .fails = "",
        .not_applicable = "The report is not one of a series.",
        .duty = "Send the next report of the series in its turn." },
    { .id = "A8(2)-1",
        .title = "Content of migration reports",
        .law = "The information is above all about flows, volume, structure, destinations, "
               "routes, transport and the organisation of smugglers.",
        .effect = Effect::obliges,
        .measures = { Measure::migration_exchange },
        .judge = a8_2_1,
        .holds = "The report leaves out one of the seven subjects.",
        .fails = "",
        .not_applicable = "The report speaks of all seven subjects.",
        .duty = "Complete the report, or say of the subject left out that nothing is known." },
    { .id = "A8(2)-2",
        .title = "Current situation and planned measures",
        .law = "The Parties tell each other of the current situation and of planned measures that "
               "may matter to the other.",
        .effect = Effect::obliges,
        .measures = { Measure::migration_exchange },
        .judge = a8_2_2,
        .holds = "A measure is planned that may matter to {requested}.",
        .fails = "",
        .not_applicable = "No measure is planned that may matter to {requested}.",
        .duty = "Tell {requested} of the planned measure before it begins, with the analyses it "
                "rests on.",
        .delegated = "Whether a planned measure matters to the other Party: the Party that plans "
                     "it." },
};

} // namespace

constinit Part const text::situation_and_migration { "chapter1/situation_and_migration.cpp",
    "Joint threat analysis and illegal migration", "Art. 7, 8", provisions_of_situation };

} // namespace comity::treaty
