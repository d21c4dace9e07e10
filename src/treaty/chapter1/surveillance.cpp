// Chapter one, Article 14(1) to (4), (6) and (7): surveillance across the border, with
// authorisation and, in urgent cases, before it. Each rests on an implementing agreement of the two
// Parties.

#include "treaty/chapter1/on_foreign_ground.h"

namespace comity::treaty {
namespace {

constexpr Measures crossings { Measure::surveillance, Measure::urgent_surveillance };

/// Crossing, going on and using technical means are the surveillance itself; other acts follow it
/// or go beside it.
Truth surveils(View& view)
{
    if (crossings.has(view.measure())) return true;
    return any({ view.is(fact::act_in_surveillance, SurveillanceAct::continue_surveillance),
        view.is(fact::act_in_surveillance, SurveillanceAct::use_technical_means) });
}

/// What para 1 and 2 share: an agreement, a criminal investigation, a surveillance that runs at
/// home already, and a person presumed to have taken part in the offence.
Truth may_be_carried_on(View& view)
{
    auto const agreement = view.is_agreed(AgreementTerm::surveillance);
    if (agreement.no())
        view.because("No implementing agreement of {requesting} and {requested} on cross-border "
                     "surveillance is in force (Art. 34(1)).");
    return all({ agreement, view.is(fact::criminal_investigation),
        view.is(fact::surveilled_at_home), view.is(fact::presumed_participant) });
}

// A14(1)-1. Officials who, in a criminal investigation, watch a person presumed to have taken part
// in an extraditable offence in their own State may go on across the border, as an agreement
// provides, when the other Party authorised it on a request made before.
Outcome a14_1_1(View& view)
{
    return outcome(
        all({ may_be_carried_on(view), view.is(fact::extraditable), view.is(fact::authorised) }));
}

// A14(1)-2. The authorisation may be tied to conditions.
Outcome a14_1_2(View& view)
{
    auto const tied = view.is(fact::conditions_set);
    if (!tied.yes()) return skip(tied);
    return outcome(view.is(fact::conditions_met));
}

// A14(1)-3. On request the surveillance is entrusted to officials of the territory.
Outcome a14_1_3(View& view)
{
    return arises(view.is(fact::hand_over_asked));
}

// A14(1)-4. The request goes to the authority that each Party designated for it.
Outcome a14_1_4(View& view)
{
    return outcome(
        view.is_listed_in(AgreementTerm::surveillance_authority, fact::requested_authority));
}

// A14(2)-1. Where particularly urgent reasons make a request beforehand impossible, they may go on
// across the border without authorisation.
Outcome a14_2_1(View& view)
{
    return outcome(all({ may_be_carried_on(view), view.is(fact::prior_request_impossible) }));
}

// A14(2)-2. The authority of the territory is told of the crossing at once.
Outcome a14_2_2(View& view)
{
    return arises(!view.is(fact::crossing_notified));
}

// A14(2)-3. And a request that gives the reasons is submitted at once.
Outcome a14_2_3(View& view)
{
    return arises(!view.is(fact::request_submitted));
}

// A14(3). The agreement names the offences of the urgent case: by a list, or as all extraditable
// ones.
Outcome a14_3(View& view)
{
    return outcome(covers_offence(view, AgreementTerm::surveillance_urgent_offences));
}

// A14(4)-1. The surveillance ends when the Party of the territory asks for it. The Bulgarian text
// joins this with the five hours. Our reading: either of the two is enough.
Outcome a14_4_1(View& view)
{
    auto const asked = view.is(fact::stop_requested);
    if (!asked.yes()) return skip(asked);
    return outcome(surveils(view));
}

/// An authorisation that came when the five hours were over does not revive the surveillance.
Truth authorised_in_time(View& view)
{
    auto const authorised = view.is(fact::authorised);
    if (authorised.no()) return authorised;
    auto const received = view.instant(fact::authorised_at);
    auto const due = view.due(term::surveillance_without_authorisation, fact::crossed_at);
    if (!received || !due) return unknown;
    return all({ authorised, *received <= *due });
}

// A14(4)-2. It ends too when five hours after the crossing no authorisation was received: elapsed
// hours, by day and night.
Outcome a14_4_2(View& view)
{
    auto const unauthorised = all({ surveils(view), !authorised_in_time(view) });
    if (!unauthorised.yes()) return skip(unauthorised);
    auto const due = view.due(term::surveillance_without_authorisation, fact::crossed_at);
    if (!due) return Outcome::missing;
    return outcome(view.at() < *due);
}

// A14(6). The agreement says officials of which services may survey.
Outcome a14_6(View& view)
{
    return outcome(view.is_listed_in(AgreementTerm::surveillance_services, fact::acting_service));
}

// A14(7). Agreements may extend this article: by technical means, with the consent of the official
// in charge. Our reading: without such an agreement there are none.
Outcome a14_7(View& view)
{
    auto const technical = view.is(fact::act_in_surveillance, SurveillanceAct::use_technical_means);
    if (!technical.yes()) return skip(technical);
    return outcome(all({ view.is_agreed(AgreementTerm::surveillance_technical_means),
        view.is(fact::official_in_charge_consents) }));
}

constexpr std::string_view nobody_watched = "Nobody is watched.";

constexpr Provision provisions_of_surveillance[] {
    { .id = "A14(1)-1",
        .title = "Surveillance with authorisation",
        .law = "Officials may carry a surveillance for an extraditable offence across the border, "
               "as an agreement provides, when the other Party authorised it before.",
        .effect = Effect::requires_,
        .measures = { Measure::surveillance },
        .judge = a14_1_1,
        .holds = "A surveillance that runs in a criminal investigation for an extraditable "
                 "offence is authorised and rests on an agreement.",
        .fails = "The surveillance does not run at home in a criminal investigation of a presumed "
                 "participant, the offence is not extraditable, or {requested} did not authorise.",
        .not_applicable = nobody_watched,
        .duty = "Record the request and the authorisation.",
        .delegated = "Whether to authorise: the designated authority of the requested Party." },
    { .id = "A14(1)-2",
        .title = "Conditions of the authorisation",
        .law = "The authorisation may be tied to conditions.",
        .effect = Effect::requires_,
        .measures = { Measure::surveillance, Measure::surveillance_act },
        .judge = a14_1_2,
        .holds = "Every condition of the authorisation is met.",
        .fails = "A condition of the authorisation is not met.",
        .not_applicable = "{requested} set no condition.",
        .delegated = "Which conditions are set: the designated authority of the requested Party." },
    { .id = "A14(1)-3",
        .title = "Surveillance by local officials",
        .law = "On request the surveillance is entrusted to officials of the territory.",
        .effect = Effect::obliges,
        .measures = { Measure::surveillance },
        .judge = a14_1_3,
        .holds = "It was asked that officials of {requested} take the surveillance over.",
        .fails = "",
        .not_applicable = "Nobody asked that officials of {requested} take over.",
        .duty = "Entrust the surveillance to officials of {requested}, and record on both sides "
                "when they took over." },
    { .id = "A14(1)-4",
        .title = "Designated authority",
        .law = "The request goes to the authority designated to grant or pass on the "
               "authorisation.",
        .effect = Effect::requires_,
        .measures = crossings,
        .judge = a14_1_4,
        .holds = "The requested authority is the designated one.",
        .fails = "The requested authority is not the designated one: send the request to that.",
        .not_applicable = "Nothing is requested." },
    { .id = "A14(2)-1",
        .title = "Urgent surveillance",
        .law = "When particularly urgent reasons make a request beforehand impossible, officials "
               "may cross without authorisation.",
        .effect = Effect::requires_,
        .measures = { Measure::urgent_surveillance },
        .judge = a14_2_1,
        .holds = "Particularly urgent reasons leave no time for a request beforehand.",
        .fails = "A request beforehand is possible, or the surveillance does not run at home in a "
                 "criminal investigation of a presumed participant.",
        .not_applicable = nobody_watched,
        .duty = "Record the urgent reasons." },
    { .id = "A14(2)-2",
        .title = "Notice of the crossing",
        .law = "The authority of the territory is told of an urgent crossing at once.",
        .effect = Effect::obliges,
        .measures = { Measure::urgent_surveillance },
        .judge = a14_2_2,
        .holds = "The authority of {requested} was not told of the crossing yet.",
        .fails = "",
        .not_applicable = "The authority of {requested} was told of the crossing.",
        .duty = "Tell the authority of {requested} at once that the border was crossed: when, "
                "where, whom the surveillance concerns.",
        .term = &term::immediately },
    { .id = "A14(2)-3",
        .title = "Request with reasons",
        .law = "A request that gives the reasons for crossing without authorisation follows at "
               "once.",
        .effect = Effect::obliges,
        .measures = { Measure::urgent_surveillance },
        .judge = a14_2_3,
        .holds = "The request was not submitted yet.",
        .fails = "",
        .not_applicable = "The request was submitted.",
        .duty = "Submit at once a request for assistance that gives the reasons for crossing "
                "without authorisation.",
        .term = &term::immediately },
    { .id = "A14(3)",
        .title = "Offences of urgent surveillance",
        .law = "The implementing agreement names the offences of the urgent case: by a list, or "
               "all extraditable ones.",
        .effect = Effect::requires_,
        .measures = { Measure::urgent_surveillance },
        .judge = a14_3,
        .holds = "The agreement allows urgent surveillance for this offence.",
        .fails = "No agreement allows urgent surveillance for this offence.",
        .not_applicable = nobody_watched },
    { .id = "A14(4)-1",
        .title = "Stop on request",
        .law = "The surveillance ends when the Party of the territory asks for it.",
        .effect = Effect::forbids,
        .measures = crossings | Measures { Measure::surveillance_act },
        .judge = a14_4_1,
        .holds = "{requested} asked to stop: the surveillance ends now, and the stop is "
                 "confirmed.",
        .fails = "{requested} asked to stop, and this act does not carry the surveillance on.",
        .not_applicable = "{requested} did not ask to stop.",
        .term = &term::immediately },
    { .id = "A14(4)-2",
        .title = "Five hours without authorisation",
        .law = "The surveillance ends five hours after the crossing when no authorisation was "
               "received.",
        .effect = Effect::requires_,
        .measures = { Measure::urgent_surveillance, Measure::surveillance_act },
        .judge = a14_4_2,
        .holds = "Five hours have not passed since the crossing.",
        .fails = "Five hours have passed since the crossing and no authorisation was received in "
                 "time: the surveillance ends.",
        .not_applicable = "The authorisation was received in time, or the act does not carry the "
                          "surveillance on.",
        .duty = "Stop the surveillance when the term is up, unless the authorisation was received.",
        .term = &term::surveillance_without_authorisation,
        .anchor = &fact::crossed_at },
};

constexpr Provision provisions_of_surveillance_by_agreement[] {
    { .id = "A14(6)",
        .title = "Officials entitled to survey",
        .law = "The implementing agreement says officials of which services may survey.",
        .effect = Effect::requires_,
        .measures = crossings,
        .judge = a14_6,
        .holds = "The agreement names the service of the surveilling officials.",
        .fails = "No agreement names the service of the surveilling officials.",
        .not_applicable = nobody_watched },
    { .id = "A14(7)",
        .title = "Technical means by agreement",
        .law = "Agreements may extend the article, such as by technical means with the consent of "
               "the official in charge.",
        .effect = Effect::requires_,
        .measures = { Measure::surveillance_act },
        .judge = a14_7,
        .holds = "The agreement allows technical means and the official in charge consents.",
        .fails = "No agreement allows technical means, or the official in charge does not "
                 "consent.",
        .not_applicable = "No technical means are used.",
        .delegated = "Whether technical means are used in a case: the official in charge in the "
                     "requested Party." },
};

} // namespace

constinit Part const text::surveillance { "chapter1/surveillance.cpp", "Cross-border surveillance",
    "Art. 14(1) to (4)", provisions_of_surveillance };
constinit Part const text::surveillance_by_agreement { "chapter1/surveillance.cpp",
    "Cross-border surveillance: services and technical means", "Art. 14(6), (7)",
    provisions_of_surveillance_by_agreement };

} // namespace comity::treaty
