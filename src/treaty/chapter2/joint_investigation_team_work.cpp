// Chapter two, Article 27(5) to (14): the work of a Joint Investigation Team. The requesting Party
// is the one whose official acts; where the team works is a fact, because it moves.

#include "treaty/provision.h"

namespace comity::treaty {
namespace {

/// A person of the requesting Party is seconded while the team works in the requested one; A27(6).
Truth seconded(View& view)
{
    return view.is(fact::team_works_in, TeamTerritory::requested_party);
}

/// A seconded person does one of the acts for which the paragraphs have conditions.
Truth seconded_and(View& view, TeamAct act)
{
    return all({ view.is(fact::act_in_team, act), seconded(view) });
}

// A27(5)(a). The team is led by somebody of the authorities of the Party in which it works, within
// that person's competence: the leader changes when the team moves.
Outcome a27_5_a(View& view)
{
    auto const at_home = view.is(fact::team_works_in, TeamTerritory::requesting_party);
    auto const abroad = view.is(fact::team_works_in, TeamTerritory::requested_party);
    return outcome(
        any({ all({ at_home, view.is(fact::team_leader_of, TeamLeader::requesting_party) }),
            all({ abroad, view.is(fact::team_leader_of, TeamLeader::requested_party) }) }));
}

// A27(5)(b). The law of the Party in which it works applies; members work under the leader, on the
// conditions that their own authorities set in the agreement.
Outcome a27_5_b(View& view)
{
    return outcome(all({ view.is(fact::act_lawful), view.is(fact::under_leader),
        view.is(fact::own_conditions_kept) }));
}

// A27(6). Members from other Parties than the one in which the team works are seconded to it.
Outcome a27_6(View& view)
{
    return arises(seconded(view));
}

// A27(7). Seconded members may be present at investigative measures, unless the leader decides
// otherwise for particular reasons and by the law of the place.
Outcome a27_7(View& view)
{
    auto const present = seconded_and(view, TeamAct::be_present);
    if (!present.yes()) return skip(present);
    return outcome(!all({ view.is(fact::leader_excludes), view.given(fact::exclusion_reason),
        view.is(fact::exclusion_lawful) }));
}

// A27(8). The leader may entrust seconded members with tasks by the law of the place, once both the
// authorities there and the Party that sent them have approved.
Outcome a27_8(View& view)
{
    auto const tasked = seconded_and(view, TeamAct::investigative_task);
    if (!tasked.yes()) return skip(tasked);
    return outcome(all({ view.is(fact::entrusted_by_leader), view.is(fact::act_lawful),
        view.is(fact::approved_by_host), view.is(fact::approved_by_sending_party) }));
}

// A27(9). When a measure is needed in their own Party, seconded members ask their own authorities,
// which take it as in a national investigation.
Outcome a27_9(View& view)
{
    auto const asked = seconded_and(view, TeamAct::ask_own_authorities);
    if (!asked.yes()) return skip(asked);
    return outcome(
        all({ view.is(fact::measure_in_own_party), view.is(fact::as_national_investigation) }));
}

// A27(10). A Party outside the team, or a third State, is asked by the authorities of the Party in
// which the team works, under the instruments with that State.
Outcome a27_10(View& view)
{
    auto const asked = view.is(fact::act_in_team, TeamAct::ask_other_state);
    if (!asked.yes()) return skip(asked);
    return outcome(all({ !seconded(view), view.is(fact::assistance_instrument) }));
}

// A27(11). Members may give the team what their own Party knows, within its law and their
// competence, for the investigation of the team.
Outcome a27_11(View& view)
{
    auto const provided = view.is(fact::act_in_team, TeamAct::provide_information);
    if (!provided.yes()) return skip(provided);
    return outcome(all({ view.is(fact::own_law_allows), view.is(fact::act_within_competence),
        view.is(fact::for_team_investigation) }));
}

/// Paragraph 12 binds information that the authorities know only through the team.
Truth bound_and_used_for(View& view, InformationUse use)
{
    return all(
        { !view.is(fact::information_otherwise_known), view.is(fact::information_use, use) });
}

// A27(12)(a). Such information, lawfully obtained, serves the purpose of the team.
Outcome a27_12_a(View& view)
{
    auto const used = bound_and_used_for(view, InformationUse::purpose_of_team);
    if (!used.yes()) return skip(used);
    return outcome(view.is(fact::information_lawfully_obtained));
}

// A27(12)(b). Other offences need the prior consent of the Party where the information became
// available. It may be refused on two grounds only; our reading: a refusal on another ground is
// reported, and is still no consent.
Outcome a27_12_b(View& view)
{
    auto const used = bound_and_used_for(view, InformationUse::other_offences);
    if (!used.yes()) return skip(used);
    auto const consent = view.is(fact::use_consent, UseConsent::given);
    auto const refused = any({ view.is(fact::use_consent, UseConsent::withheld),
        view.is(fact::use_consent, UseConsent::withdrawn) });
    if (refused.yes() && view.is(fact::consent_refusal, ConsentRefusal::other).yes())
        view.because("The consent was refused on a ground that the Convention does not allow; "
                     "without consent the use is refused all the same.");
    return outcome(all({ view.is(fact::information_lawfully_obtained), consent }));
}

// A27(12)(c). It also serves to prevent an immediate and real threat to public security; what is
// investigated afterwards needs the consent of letter (b).
Outcome a27_12_c(View& view)
{
    auto const used = bound_and_used_for(view, InformationUse::immediate_threat);
    if (!used.yes()) return skip(used);
    return outcome(all({ view.is(fact::information_lawfully_obtained),
        view.is(fact::threat_immediate), view.is(fact::threat_real) }));
}

// A27(12)(d). Anything else has to be agreed between the Parties of the team.
Outcome a27_12_d(View& view)
{
    auto const used = bound_and_used_for(view, InformationUse::other);
    if (!used.yes()) return skip(used);
    return outcome(
        all({ view.is(fact::information_lawfully_obtained), view.is(fact::use_agreed) }));
}

// A27(13). Other provisions and arrangements on joint teams stay as they are: a team that rests on
// them is not judged by this article.
Outcome a27_13(View& view)
{
    return outcome(!view.is(fact::team_other_instrument));
}

// A27(14)-1. Persons from outside law enforcement, such as officials of international
// organisations, may take part where laws and instruments permit and an arrangement is reached.
Outcome a27_14_1(View& view)
{
    auto const from_outside = view.measure() == Measure::team_act
        ? view.is(fact::team_role, TeamRole::participant)
        : view.is(fact::participants_planned);
    if (!from_outside.yes()) return skip(from_outside);
    return outcome(
        all({ view.is(fact::participation_lawful), view.is(fact::participation_agreed) }));
}

// A27(14)-2. They have no rights of members or seconded members unless the agreement expressly says
// so.
Outcome a27_14_2(View& view)
{
    auto const right_used = all({ view.is(fact::team_role, TeamRole::participant),
        !view.is(fact::act_in_team, TeamAct::assist) });
    if (!right_used.yes()) return skip(right_used);
    return outcome(view.is(fact::member_rights_agreed));
}

constexpr std::string_view another_use
    = "The information is known in another way too, or wanted for another use.";
constexpr Measures of_a_team { Measure::joint_investigation_team, Measure::team_act,
    Measure::team_information_use };

constexpr Provision provisions_of_team_work[] {
    { .id = "A27(5)(a)",
        .title = "Leader of the team",
        .law = "The team is led by a representative of the authorities of the Party in which it "
               "works.",
        .effect = Effect::requires_,
        .measures = { Measure::team_act },
        .judge = a27_5_a,
        .holds = "The leader comes from the Party in which the team works.",
        .fails = "The leader does not come from the Party in which the team works: another leader "
                 "is needed there.",
        .not_applicable = "No team works.",
        .duty = "Keep the history of leaders with the places of work." },
    { .id = "A27(5)(b)",
        .title = "Law and leadership",
        .law = "The law of the Party in which the team works applies; members work under the "
               "leader, on the conditions of their own authorities.",
        .effect = Effect::requires_,
        .measures = { Measure::team_act },
        .judge = a27_5_b,
        .holds = "The act is lawful where the team works, under its leader and within the "
                 "conditions of the person's own authorities.",
        .fails = "The act is not lawful where the team works, not under its leader or against the "
                 "conditions of the person's own authorities.",
        .not_applicable = "No team works." },
    { .id = "A27(6)",
        .title = "Seconded members",
        .law = "Members from other Parties than the one in which the team works are seconded.",
        .effect = Effect::obliges,
        .measures = { Measure::team_act },
        .judge = a27_6,
        .holds = "The team works in {requested}: persons from {requesting} are seconded.",
        .fails = "",
        .not_applicable = "The team works in {requesting}: its own officials are not seconded.",
        .duty = "Show the person from {requesting} as seconded, under the law of {requested}." },
    { .id = "A27(7)",
        .title = "Presence of seconded members",
        .law = "Seconded members may be present at investigative measures, unless the leader "
               "decides otherwise for particular reasons.",
        .effect = Effect::requires_,
        .measures = { Measure::team_act },
        .judge = a27_7,
        .holds = "Nothing valid excludes the seconded member: an exclusion needs a particular "
                 "reason and the law of {requested}.",
        .fails = "The leader excluded the seconded member for a particular reason and by the law "
                 "of {requested}.",
        .not_applicable = "No seconded member is to be present.",
        .duty = "Record an exclusion with its reason.",
        .delegated = "Whether there are particular reasons: the leader of the team." },
    { .id = "A27(8)",
        .title = "Tasks of seconded members",
        .law = "The leader may entrust seconded members with tasks that the authorities there and "
               "the Party that sent them approved.",
        .effect = Effect::requires_,
        .measures = { Measure::team_act },
        .judge = a27_8,
        .holds = "The leader entrusted the task, both approvals are there and the law of "
                 "{requested} permits it.",
        .fails = "The leader did not entrust the task, one of the two approvals is not there, or "
                 "the law of {requested} does not permit it.",
        .not_applicable = "No seconded member carries out a task.",
        .duty = "Record both approvals with the task." },
    { .id = "A27(9)",
        .title = "Asking the own authorities",
        .law = "Seconded members may ask their own authorities for measures in their own Party, "
               "taken as in a national investigation.",
        .effect = Effect::requires_,
        .measures = { Measure::team_act },
        .judge = a27_9,
        .holds = "The measure is taken in {requesting} as in a national investigation.",
        .fails = "The measure is not to be taken in {requesting}, or not as in a national "
                 "investigation.",
        .not_applicable = "No seconded member asks the own authorities.",
        .duty = "Send it to the authorities of {requesting} as a request inside the team; no "
                "request for legal assistance is needed." },
    { .id = "A27(10)",
        .title = "Help from outside the team",
        .law = "Other Parties and third States are asked by the authorities of the Party in which "
               "the team works, under the instruments with them.",
        .effect = Effect::requires_,
        .measures = { Measure::team_act },
        .judge = a27_10,
        .holds = "{requesting}, where the team works, asks under an instrument with that State.",
        .fails = "The team does not work in {requesting}, or no instrument covers the request.",
        .not_applicable = "No State outside the team is asked." },
    { .id = "A27(11)",
        .title = "Information of the own Party",
        .law = "Members may give the team information of their own Party, within its law and their "
               "competence, for its investigation.",
        .effect = Effect::requires_,
        .measures = { Measure::team_act },
        .judge = a27_11,
        .holds = "The law of {requesting} and the member's competence allow it, and it is for the "
                 "team's investigation.",
        .fails = "The law of {requesting} or the member's competence does not allow it, or it is "
                 "not for the team's investigation.",
        .not_applicable = "No information is given to the team.",
        .duty = "Enter the transmission in the registers of both sides, with the team as its "
                "reason." },
    { .id = "A27(12)(a)",
        .title = "Use for the purpose of the team",
        .law = "Information lawfully obtained in a team may serve the purpose of the team.",
        .effect = Effect::requires_,
        .measures = { Measure::team_information_use },
        .judge = a27_12_a,
        .holds = "The information was lawfully obtained and serves the purpose of the team.",
        .fails = "The information was not lawfully obtained.",
        .not_applicable = another_use },
    { .id = "A27(12)(b)",
        .title = "Use for other offences",
        .law = "With prior consent of the Party where it became available, it may serve against "
               "other offences; consent is refused on two grounds only.",
        .effect = Effect::requires_,
        .measures = { Measure::team_information_use },
        .judge = a27_12_b,
        .holds = "The information was lawfully obtained and the Party where it became available "
                 "consented.",
        .fails = "The Party where the information became available did not consent, or it was not "
                 "lawfully obtained.",
        .not_applicable = another_use,
        .duty = "Record the consent with the use.",
        .delegated = "Whether the use endangers its investigations: the Party where the "
                     "information became available." },
    { .id = "A27(12)(c)",
        .title = "Use against an immediate threat",
        .law = "It may serve to prevent an immediate and real threat to public security.",
        .effect = Effect::requires_,
        .measures = { Measure::team_information_use },
        .judge = a27_12_c,
        .holds = "The information was lawfully obtained and the threat is immediate and real.",
        .fails = "The threat is not immediate or not real, or the information was not lawfully "
                 "obtained.",
        .not_applicable = another_use,
        .duty
        = "When an investigation follows, ask for the consent to use the information in it." },
    { .id = "A27(12)(d)",
        .title = "Other uses by agreement",
        .law = "It may serve another use that the Parties of the team agreed on.",
        .effect = Effect::requires_,
        .measures = { Measure::team_information_use },
        .judge = a27_12_d,
        .holds = "The information was lawfully obtained and the Parties of the team agreed on the "
                 "use.",
        .fails = "The Parties of the team did not agree on the use, or the information was not "
                 "lawfully obtained.",
        .not_applicable = another_use },
    { .id = "A27(13)",
        .title = "Teams under other instruments",
        .law = "Other provisions and arrangements on joint teams stay as they are.",
        .effect = Effect::requires_,
        .measures = of_a_team,
        .judge = a27_13,
        .holds = "The team rests on Article 27.",
        .fails = "The team rests on another instrument, which Article 27 leaves as it is: judge it "
                 "by that instrument.",
        .not_applicable = "There is no team." },
    { .id = "A27(14)-1",
        .title = "Participants from outside",
        .law = "Persons from outside law enforcement may take part where laws and instruments "
               "permit and an arrangement is reached.",
        .effect = Effect::requires_,
        .measures = { Measure::joint_investigation_team, Measure::team_act },
        .judge = a27_14_1,
        .holds = "Laws and instruments permit the participation and it is arranged.",
        .fails = "Laws or instruments do not permit the participation, or it is not arranged.",
        .not_applicable = "Nobody from outside law enforcement takes part.",
        .duty = "Enter the participant with the arrangement." },
    { .id = "A27(14)-2",
        .title = "Participants have no rights of members",
        .law = "Participants have no rights of members unless the agreement of the team expressly "
               "says so.",
        .effect = Effect::requires_,
        .measures = { Measure::team_act },
        .judge = a27_14_2,
        .holds = "The agreement of the team expressly gives the participant this right.",
        .fails = "The agreement of the team gives the participant no right of a member.",
        .not_applicable = "No participant uses a right of a member." },
};

} // namespace

constinit Part const text::joint_investigation_team_work {
    "chapter2/joint_investigation_team_work.cpp", "Work of a Joint Investigation Team",
    "Art. 27(5) to (14)", provisions_of_team_work
};

} // namespace comity::treaty
