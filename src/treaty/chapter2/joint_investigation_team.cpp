// Chapter two, Article 27(1) to (4): setting up a Joint Investigation Team, or extending it.

#include "treaty/provision.h"

namespace comity::treaty {
namespace {

// A27(1)-1. Authorities of two or more Parties agree on a team for a particular purpose and a
// limited time, which may be extended by agreement of all.
Outcome a27_1_1(View& view)
{
    return outcome(all({ view.is(fact::team_agreed), view.given(fact::team_purpose),
        view.not_before(fact::team_until, view.pair().requesting.date) }));
}

// A27(1)-2. The agreement says who belongs to the team; nobody else acts in it.
Outcome a27_1_2(View& view)
{
    if (view.measure() == Measure::joint_investigation_team)
        return outcome(view.is(fact::team_composition_agreed));
    return outcome(!view.is(fact::team_role, TeamRole::none));
}

// A27(2)(a). The first ground: the investigation of one Party demands difficult and complex
// measures with links to others. A team without a ground fails here.
Outcome a27_2_a(View& view)
{
    auto const not_the_other = !view.is(fact::team_ground, TeamGround::coordinated_action);
    if (!not_the_other.yes()) return skip(not_the_other);
    return outcome(all({ view.is(fact::team_ground, TeamGround::complex_investigation),
        view.is(fact::investigation_complex), view.is(fact::linked_to_other_parties) }));
}

// A27(2)(b). The second ground: several Parties investigate, and the circumstances demand that they
// act together.
Outcome a27_2_b(View& view)
{
    auto const chosen = view.is(fact::team_ground, TeamGround::coordinated_action);
    if (!chosen.yes()) return skip(chosen);
    return outcome(
        all({ view.is(fact::several_parties_investigate), view.is(fact::coordination_needed) }));
}

// A27(3)-1. Any Party concerned may ask for a team.
Outcome a27_3_1(View& view)
{
    return outcome(view.is(fact::party_concerned));
}

// A27(3)-2. It is set up in a Party where the investigation is expected to be carried out. Our
// reading: one of those that form the team.
Outcome a27_3_2(View& view)
{
    return outcome(all({ !view.is(fact::team_place, TeamPlace::elsewhere),
        view.is(fact::investigation_expected) }));
}

// A27(4). The request names the authority that makes it, the purpose, the Parties in which the team
// will work and proposals for its composition; the list is closed.
Outcome a27_4(View& view)
{
    return outcome(all({ view.given(fact::requesting_authority), view.given(fact::team_purpose),
        view.given(fact::team_parties), view.given(fact::team_composition) }));
}

constexpr std::string_view no_team = "No team is set up.";

constexpr Provision provisions_of_team[] {
    { .id = "A27(1)-1",
        .title = "Agreement on a team",
        .law = "Authorities of two or more Parties agree on a team for a particular purpose and a "
               "limited time, which all may extend.",
        .effect = Effect::requires_,
        .measures = { Measure::joint_investigation_team },
        .judge = a27_1_1,
        .holds = "All Parties agreed, the purpose is named and the last day is set.",
        .fails = "Not all Parties agreed, no purpose is named, or the last day lies before "
                 "{requesting-date}.",
        .not_applicable = no_team,
        .duty = "Enter the agreement of the team with its purpose, Parties, composition and last "
                "day; the team ends with that day unless all extend it." },
    { .id = "A27(1)-2",
        .title = "Composition of the team",
        .law = "The agreement that sets the team up says who belongs to it.",
        .effect = Effect::requires_,
        .measures = { Measure::joint_investigation_team, Measure::team_act },
        .judge = a27_1_2,
        .holds = "The agreement of the team says who belongs to it, and the person does.",
        .fails = "The agreement does not say who belongs to the team, or the person is not in it.",
        .not_applicable = no_team },
    { .id = "A27(2)(a)",
        .title = "Ground: complex investigation",
        .law = "A team is set up when an investigation of one Party demands difficult and complex "
               "measures with links to other Parties.",
        .effect = Effect::requires_,
        .measures = { Measure::joint_investigation_team },
        .judge = a27_2_a,
        .holds = "The investigation demands difficult and complex measures with links to other "
                 "Parties.",
        .fails = "No ground is given, or the investigation is not complex or has no links to "
                 "other Parties.",
        .not_applicable = "The other ground is given.",
        .delegated = "Whether the measures are difficult and complex: the authorities of the "
                     "Parties." },
    { .id = "A27(2)(b)",
        .title = "Ground: coordinated action",
        .law = "A team is set up when several Parties investigate and the circumstances demand "
               "coordinated and concerted action.",
        .effect = Effect::requires_,
        .measures = { Measure::joint_investigation_team },
        .judge = a27_2_b,
        .holds = "Several Parties investigate and have to act together.",
        .fails = "Not several Parties investigate, or they need not act together.",
        .not_applicable = "Coordinated action is not the ground.",
        .duty = "List the national files of the investigations.",
        .delegated = "Whether the circumstances demand it: the authorities of the Parties." },
    { .id = "A27(3)-1",
        .title = "Who may ask for a team",
        .law = "Any Party concerned may ask for a team.",
        .effect = Effect::requires_,
        .measures = { Measure::joint_investigation_team },
        .judge = a27_3_1,
        .holds = "{requesting} is concerned by the investigation.",
        .fails = "{requesting} is not concerned by the investigation.",
        .not_applicable = no_team },
    { .id = "A27(3)-2",
        .title = "Where a team is set up",
        .law = "A team is set up in a Party where the investigation is expected to be carried out.",
        .effect = Effect::requires_,
        .measures = { Measure::joint_investigation_team },
        .judge = a27_3_2,
        .holds = "The team is set up in a Party of the team where the investigation is expected.",
        .fails = "The place lies outside the Parties of the team, or no investigation is expected "
                 "there.",
        .not_applicable = no_team },
    { .id = "A27(4)",
        .title = "Content of the request",
        .law = "The request names its authority, the purpose, the Parties where the team will work "
               "and proposals for its composition.",
        .effect = Effect::requires_,
        .measures = { Measure::joint_investigation_team },
        .judge = a27_4,
        .holds = "The request has its four parts.",
        .fails = "The request lacks its authority, the purpose, the Parties where the team will "
                 "work or proposals for its composition.",
        .not_applicable = no_team },
};

} // namespace

constinit Part const text::joint_investigation_team { "chapter2/joint_investigation_team.cpp",
    "Joint Investigation Teams", "Art. 27(1) to (4)", provisions_of_team };

} // namespace comity::treaty
