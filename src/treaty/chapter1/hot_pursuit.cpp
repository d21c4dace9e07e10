// Chapter one, Article 13(1) to (4), (7) and (8): who may pursue whom across the border, how far
// and how long. Each of it rests on an implementing agreement of the two Parties.

#include "treaty/chapter1/on_foreign_ground.h"

namespace comity::treaty {
namespace {

constexpr Measures pursuit { Measure::hot_pursuit, Measure::hot_pursuit_act };

/// Crossing, going on and detaining are the pursuit itself; other acts follow it or go beside it.
Truth pursues(View& view)
{
    if (view.measure() == Measure::hot_pursuit) return true;
    return any({ view.is(fact::act_in_pursuit, PursuitAct::continue_pursuit),
        view.is(fact::act_in_pursuit, PursuitAct::detain) });
}

// A13(1)-1. Officials who pursue, on their own territory, a person caught in the act may go on
// across the border without permission, as an agreement provides, when it is so urgent that the
// other Party cannot be notified before, or its authorities cannot be there in time.
Outcome a13_1_1(View& view)
{
    auto const agreement = view.is_agreed(AgreementTerm::hot_pursuit);
    if (agreement.no())
        view.because("No implementing agreement of {requesting} and {requested} on hot pursuit is "
                     "in force (Art. 34(1)).");
    return outcome(all({ agreement, view.is(fact::pursuit_began_at_home),
        !view.is(fact::pursuit_ground, PursuitGround::none),
        any({ view.is(fact::notice_impossible), view.is(fact::take_over_too_late) }) }));
}

// A13(1)-2. The same holds for who escaped from provisional custody or while serving a sentence of
// deprivation of liberty.
Outcome a13_1_2(View& view)
{
    auto const escaped = view.is(fact::pursuit_ground, PursuitGround::escape);
    if (!escaped.yes()) return skip(escaped);
    return outcome(any({ view.is(fact::escaped_from, EscapedFrom::provisional_custody),
        view.is(fact::escaped_from, EscapedFrom::sentence) }));
}

// A13(1)-3. The authorities of the territory are contacted when the border is crossed at the
// latest.
Outcome a13_1_3(View& view)
{
    return outcome(view.not_after(fact::contacted_at, fact::crossed_at));
}

// A13(1)-4. The pursuit ends as soon as the Party of the territory asks for it.
Outcome a13_1_4(View& view)
{
    auto const asked = view.is(fact::stop_requested);
    if (!asked.yes()) return skip(asked);
    return outcome(pursues(view));
}

// A13(1)-5. When the pursuing officials ask, the local authorities challenge the person to
// establish the identity or to make an arrest.
Outcome a13_1_5(View& view)
{
    return arises(view.is(fact::act_in_pursuit, PursuitAct::ask_to_challenge));
}

// A13(2). The agreement names the offences: by a list, or as all extraditable ones.
Outcome a13_2(View& view)
{
    return outcome(covers_offence(view, AgreementTerm::pursuit_offences));
}

// A13(3)(a). Under the first procedure the pursuing officials may not apprehend. Our reading: nor
// may they where no agreement chose the second.
Outcome a13_3_a(View& view)
{
    auto const detains = view.is(fact::act_in_pursuit, PursuitAct::detain);
    if (!detains.yes()) return skip(detains);
    return outcome(!view.is_agreed(AgreementTerm::pursuit_detention));
}

// A13(3)(b). Under the second they may detain the person when no stop was asked for and the local
// authorities cannot step in fast enough, until these can; they are informed at once.
Outcome a13_3_b(View& view)
{
    auto const chosen = all({ view.is(fact::act_in_pursuit, PursuitAct::detain),
        view.is_agreed(AgreementTerm::pursuit_detention) });
    if (!chosen.yes()) return skip(chosen);
    return outcome(all({ !view.is(fact::stop_requested), view.is(fact::local_cannot_intervene) }));
}

Truth states(View& view, AgreementTerm term)
{
    auto const stated = view.agreed(term).stated;
    if (stated == Stated::not_public) return unknown;
    return stated == Stated::yes;
}

Truth within_area(View& view)
{
    auto const states_area = states(view, AgreementTerm::pursuit_area_metres);
    if (!states_area.yes()) return !states_area;
    return view.at_most(
        fact::metres_from_border, view.agreed(AgreementTerm::pursuit_area_metres).number);
}

Truth within_time(View& view)
{
    auto const states_time = states(view, AgreementTerm::pursuit_time_minutes);
    if (!states_time.yes()) return !states_time;
    auto const crossed = view.instant(fact::crossed_at);
    if (!crossed) return unknown;
    std::chrono::minutes const most { view.agreed(AgreementTerm::pursuit_time_minutes).number };
    return view.at() <= *crossed + most;
}

// A13(4)(a). In an area or for a time, counted from the crossing, that the agreement sets; where it
// sets both, within both. Our reading: an agreement that sets nothing permits nothing.
Outcome a13_4_a(View& view)
{
    auto const limited = all({ pursues(view), !view.is_agreed(AgreementTerm::pursuit_unlimited) });
    if (!limited.yes()) return skip(limited);
    auto const any_limit = any({ states(view, AgreementTerm::pursuit_area_metres),
        states(view, AgreementTerm::pursuit_time_minutes) });
    return outcome(all({ any_limit, within_area(view), within_time(view) }));
}

// A13(4)(b). Or without any limit in area or time.
Outcome a13_4_b(View& view)
{
    return arises(view.is_agreed(AgreementTerm::pursuit_unlimited));
}

// A13(7). The agreement says officials of which services may pursue.
Outcome a13_7(View& view)
{
    return outcome(view.is_listed_in(AgreementTerm::pursuit_services, fact::acting_service));
}

// A13(8). Two Parties may agree on further grounds than those of paragraph 1.
Outcome a13_8(View& view)
{
    auto const further = view.is(fact::pursuit_ground, PursuitGround::further_ground);
    if (!further.yes()) return skip(further);
    return outcome(view.is_agreed(AgreementTerm::pursuit_further_grounds));
}

constexpr std::string_view no_detention = "Nobody is detained.";

constexpr Provision provisions_of_pursuit[] {
    { .id = "A13(1)-1",
        .title = "Entry in hot pursuit",
        .law = "Officials pursuing a person caught in the act may cross the border unannounced, "
               "as an implementing agreement provides, when the urgency leaves no other way.",
        .effect = Effect::requires_,
        .measures = { Measure::hot_pursuit },
        .judge = a13_1_1,
        .holds = "The pursuit began at home, has a ground, rests on an agreement and could not "
                 "be announced or taken over in time.",
        .fails = "The pursuit did not begin at home, has no ground, or could have been announced "
                 "or taken over in time.",
        .not_applicable = "Nobody is pursued." },
    { .id = "A13(1)-2",
        .title = "Hot pursuit of an escaped person",
        .law = "The same applies to who escaped from provisional custody or from a sentence of "
               "deprivation of liberty.",
        .effect = Effect::requires_,
        .measures = { Measure::hot_pursuit },
        .judge = a13_1_2,
        .holds = "The person escaped from provisional custody or from a sentence.",
        .fails = "The person escaped from neither provisional custody nor a sentence.",
        .not_applicable = "Escape is not the ground of the pursuit." },
    { .id = "A13(1)-3",
        .title = "Contact when crossing at the latest",
        .law = "The authorities of the territory are contacted at the crossing at the latest.",
        .effect = Effect::requires_,
        .measures = { Measure::hot_pursuit },
        .judge = a13_1_3,
        .holds = "The authorities of {requested} were contacted by the time of the crossing.",
        .fails = "The authorities of {requested} were contacted only after the crossing.",
        .not_applicable = "No border is crossed.",
        .duty = "Record the times of contact and of crossing, and who was contacted how." },
    { .id = "A13(1)-4",
        .title = "Stop on request",
        .law = "The pursuit ends as soon as the Party of the territory asks for it.",
        .effect = Effect::forbids,
        .measures = pursuit,
        .judge = a13_1_4,
        .holds = "{requested} asked to stop: the pursuit ends now, and the stop is confirmed.",
        .fails = "{requested} asked to stop, and this act does not carry the pursuit on.",
        .not_applicable = "{requested} did not ask to stop.",
        .term = &term::immediately },
    { .id = "A13(1)-5",
        .title = "Challenge by the local authorities",
        .law = "When the pursuing officials ask, the local authorities challenge the person.",
        .effect = Effect::obliges,
        .measures = { Measure::hot_pursuit_act },
        .judge = a13_1_5,
        .holds = "The pursuing officials ask the local authorities to challenge the person.",
        .fails = "",
        .not_applicable = "The pursuing officials do not ask for a challenge.",
        .duty = "The competent authorities of {requested} challenge the person, to establish the "
                "identity or to make an arrest, and tell the result." },
    { .id = "A13(2)",
        .title = "Offences of hot pursuit",
        .law = "The implementing agreement names the offences: by a list, or all extraditable "
               "ones.",
        .effect = Effect::requires_,
        .measures = { Measure::hot_pursuit },
        .judge = a13_2,
        .holds = "The agreement allows hot pursuit for this offence.",
        .fails = "No agreement allows hot pursuit for this offence.",
        .not_applicable = "Nobody is pursued." },
    { .id = "A13(3)(a)",
        .title = "Procedure without detention",
        .law = "Under procedure (a) the pursuing officials may not apprehend the person.",
        .effect = Effect::forbids,
        .measures = { Measure::hot_pursuit_act },
        .judge = a13_3_a,
        .holds = "The agreement does not let officials of {requesting} detain in {requested}.",
        .fails = "The agreement lets officials of {requesting} detain in {requested}.",
        .not_applicable = no_detention },
    { .id = "A13(3)(b)",
        .title = "Procedure with detention",
        .law = "Under procedure (b) they may detain the person while the local authorities cannot "
               "step in, and inform these at once.",
        .effect = Effect::requires_,
        .measures = { Measure::hot_pursuit_act },
        .judge = a13_3_b,
        .holds = "No stop was asked for and the local authorities cannot step in fast enough.",
        .fails = "A stop was asked for, or the local authorities can step in fast enough.",
        .not_applicable = "Nobody is detained under procedure (b).",
        .duty = "Inform the officials of {requested} at once, hold the person only until they can "
                "establish the identity or make the arrest, and record detention, notice and "
                "hand-over.",
        .term = &term::immediately },
    { .id = "A13(4)(a)",
        .title = "Limits in area and time",
        .law = "Pursuit goes on within the area or the time from the crossing that the agreement "
               "sets.",
        .effect = Effect::requires_,
        .measures = { Measure::hot_pursuit_act },
        .judge = a13_4_a,
        .holds = "The pursuit is within the area and the time of the agreement.",
        .fails = "The pursuit is beyond the area or the time of the agreement, or no agreement "
                 "sets them.",
        .not_applicable = "The act does not carry the pursuit on, or the agreement sets no "
                          "limit." },
    { .id = "A13(4)(b)",
        .title = "No limit in area or time",
        .law = "Or pursuit goes on without a limit in area or time, where the agreement says so.",
        .effect = Effect::obliges,
        .measures = { Measure::hot_pursuit },
        .judge = a13_4_b,
        .holds = "The agreement sets no limit in area or time.",
        .fails = "",
        .not_applicable = "The agreement does not waive the limits.",
        .duty = "Show the pursuing officials that no limit in area or time applies." },
};

constexpr Provision provisions_of_pursuit_by_agreement[] {
    { .id = "A13(7)",
        .title = "Officials entitled to pursue",
        .law = "The implementing agreement says officials of which services may pursue.",
        .effect = Effect::requires_,
        .measures = { Measure::hot_pursuit },
        .judge = a13_7,
        .holds = "The agreement names the service of the pursuing officials.",
        .fails = "No agreement names the service of the pursuing officials.",
        .not_applicable = "Nobody is pursued." },
    { .id = "A13(8)",
        .title = "Further grounds by agreement",
        .law = "Two Parties may extend the grounds of hot pursuit by agreement.",
        .effect = Effect::requires_,
        .measures = { Measure::hot_pursuit },
        .judge = a13_8,
        .holds = "The agreement extends the grounds of hot pursuit.",
        .fails = "No agreement extends the grounds of hot pursuit.",
        .not_applicable = "The ground of the pursuit is not a further one." },
};

} // namespace

constinit Part const text::hot_pursuit { "chapter1/hot_pursuit.cpp", "Hot pursuit",
    "Art. 13(1) to (4)", provisions_of_pursuit };
constinit Part const text::hot_pursuit_by_agreement { "chapter1/hot_pursuit.cpp",
    "Hot pursuit: services and further grounds", "Art. 13(7), (8)",
    provisions_of_pursuit_by_agreement };

} // namespace comity::treaty
