// Chapter one, Article 15(1) to (5) and (9): controlled deliveries.

#include "treaty/provision.h"

namespace comity::treaty {
namespace {

// A15(1)-1. On a written request a controlled delivery may be allowed in the investigation of an
// extraditable offence, when the requesting Party explains that without it the perpetrators or the
// channels could hardly be found.
Outcome a15_1_1(View& view)
{
    return outcome(
        all({ !view.is(fact::medium, Medium::oral), view.is(fact::purpose, Purpose::investigation),
            view.is(fact::extraditable), view.given(fact::no_other_means) }));
}

// A15(1)-2. The requested Party may allow it on its territory where it finds it expedient.
Outcome a15_1_2(View& view)
{
    return outcome(view.is(fact::authorised));
}

// A15(1)-3. Above all for six classes of consignment. The list is open: what it does not name must
// be explained.
Outcome a15_1_3(View& view)
{
    auto const named = !view.is(fact::consignment, Consignment::other);
    if (named.yes()) return Outcome::holds;
    return outcome(any({ named, view.given(fact::explanation) }));
}

// A15(1)-4. Where the contents are a particular risk or a threat to the public, the requested Party
// may ask for conditions before it decides. Our reading: before the delivery begins they are met.
Outcome a15_1_4(View& view)
{
    auto const tied = all({ view.is(fact::contents_dangerous), view.is(fact::conditions_set) });
    if (!tied.yes()) return skip(tied);
    return outcome(view.is(fact::conditions_met));
}

// A15(2)-1. The requested Party takes control at the border or at an agreed place, so that it is
// never interrupted: no later than it is given up.
Outcome a15_2_1(View& view)
{
    bool const planned = view.measure() == Measure::controlled_delivery;
    auto const governed
        = planned ? Truth { true } : view.is(fact::act_in_delivery, DeliveryAct::accompany);
    if (!governed.yes()) return skip(governed);
    auto const place = !view.is(fact::take_over_place, TakeOverPlace::elsewhere);
    if (planned) return outcome(place);
    return outcome(all({ place, view.not_after(fact::taken_over_at, fact::released_at) }));
}

// A15(2)-2. It watches the consignment all the time, so that police can step in whenever needed.
Outcome a15_2_2(View& view)
{
    return outcome(view.is(fact::monitoring_assured));
}

// A15(2)-3. After the take-over officials of the requesting Party may go along, by arrangement and
// together with an official of the requested Party.
Outcome a15_2_3(View& view)
{
    auto const goes_along = view.is(fact::act_in_delivery, DeliveryAct::accompany);
    if (!goes_along.yes()) return skip(goes_along);
    return outcome(all({ view.not_after(fact::taken_over_at, view.at()),
        view.is(fact::local_official_present), view.is(fact::accompanying_agreed) }));
}

// A15(3). They observe the law of the requested Party.
Outcome a15_3(View& view)
{
    return outcome(!view.is(fact::against_local_law));
}

/// Art. 15(4): nobody of the requested Party can step in in time, and going on is dangerous, does
/// damage, or means to lose the delivery.
Truth emergency(View& view)
{
    return all({ view.is(fact::local_cannot_intervene),
        any({ view.is(fact::risk_to_life), view.is(fact::damage_to_property),
            view.is(fact::control_lost) }) });
}

// A15(4)-1. In such an emergency an official of the requesting Party may seize the delivery.
Outcome a15_4_1(View& view)
{
    return outcome(emergency(view));
}

/// Art. 15(4): the two acts that an emergency allows beyond Article 14(5)(f).
Truth stops_or_arrests(View& view)
{
    return any({ view.is(fact::act_in_delivery, DeliveryAct::stop_escorts),
        view.is(fact::act_in_delivery, DeliveryAct::arrest_escorts) });
}

// A15(4)-2. If necessary, those who go with the consignment may be stopped and arrested until the
// authorities of the requested Party step in. Our reading: in the same emergency only.
Outcome a15_4_2(View& view)
{
    auto const chosen = stops_or_arrests(view);
    if (!chosen.yes()) return skip(chosen);
    return outcome(all({ emergency(view), view.is(fact::arrest_necessary) }));
}

// A15(4)-3. In every case the authorities of the requested Party are informed at once.
Outcome a15_4_3(View& view)
{
    if (view.measure() == Measure::emergency_seizure) return Outcome::holds;
    return arises(stops_or_arrests(view));
}

// A15(5). A delivery seized on the territory of the requested Party may be handed over on a written
// request.
Outcome a15_5(View& view)
{
    return outcome(all({ view.is(fact::seized_on_territory), view.is(fact::handover_requested),
        !view.is(fact::medium, Medium::oral) }));
}

// A15(9). A delivery whose control begins or goes on in a third State is allowed only when the
// request states that the third State too fulfils the conditions of paragraph 2.
Outcome a15_9(View& view)
{
    auto const third_state = view.is(fact::third_state_leg);
    if (!third_state.yes()) return skip(third_state);
    return outcome(view.is(fact::third_state_assured));
}

constexpr std::string_view nothing_delivered = "Nothing is delivered under control.";

constexpr Provision provisions_of_delivery[] {
    { .id = "A15(1)-1",
        .title = "Written request for a controlled delivery",
        .law = "A controlled delivery is asked for in writing, for an extraditable offence, with "
               "the reason why nothing else would do.",
        .effect = Effect::requires_,
        .measures = { Measure::controlled_delivery },
        .judge = a15_1_1,
        .holds = "The request is written, investigates an extraditable offence and explains why "
                 "nothing else would do.",
        .fails = "The request is oral, investigates no extraditable offence, or does not explain "
                 "why nothing else would do.",
        .not_applicable = nothing_delivered },
    { .id = "A15(1)-2",
        .title = "Permission of the requested Party",
        .law = "The requested Party may allow the delivery on its territory where expedient.",
        .effect = Effect::requires_,
        .measures = { Measure::controlled_delivery },
        .judge = a15_1_2,
        .holds = "{requested} allowed the delivery.",
        .fails = "{requested} did not allow the delivery.",
        .not_applicable = nothing_delivered,
        .duty = "Record the decision of {requested}; a refusal states its reasons in writing.",
        .delegated = "Whether the delivery is expedient: the competent authority of the requested "
                     "Party." },
    { .id = "A15(1)-3",
        .title = "Classes of consignment",
        .law = "Six classes of consignment are named; another one is explained.",
        .effect = Effect::requires_,
        .measures = { Measure::controlled_delivery },
        .judge = a15_1_3,
        .holds = "The consignment is of a named class, or is explained.",
        .fails = "The consignment is of no named class and is not explained.",
        .not_applicable = nothing_delivered },
    { .id = "A15(1)-4",
        .title = "Conditions for dangerous contents",
        .law = "For dangerous contents the requested Party may ask for conditions before it "
               "allows the delivery, or refuse it.",
        .effect = Effect::requires_,
        .measures = { Measure::controlled_delivery },
        .judge = a15_1_4,
        .holds = "Every condition for the dangerous contents is met.",
        .fails = "A condition for the dangerous contents is not met.",
        .not_applicable = "The contents are not dangerous, or no condition was set.",
        .delegated = "Whether the contents are dangerous, and what is then asked: the requested "
                     "Party." },
    { .id = "A15(2)-1",
        .title = "Taking control over",
        .law = "The requested Party takes control at the border or an agreed place, without a "
               "gap.",
        .effect = Effect::requires_,
        .measures = { Measure::controlled_delivery, Measure::controlled_delivery_act },
        .judge = a15_2_1,
        .holds = "Control passes at the border or an agreed place, without a gap.",
        .fails = "Control passes elsewhere, or there is a gap before {requested} takes it.",
        .not_applicable = "Nobody goes along.",
        .duty = "Record where and when control is given up and taken over." },
    { .id = "A15(2)-2",
        .title = "Permanent surveillance",
        .law = "The requested Party watches the consignment all the time, so that police can step "
               "in.",
        .effect = Effect::requires_,
        .measures = { Measure::controlled_delivery },
        .judge = a15_2_2,
        .holds = "The consignment is watched without a break.",
        .fails = "The consignment is not watched without a break.",
        .not_applicable = nothing_delivered,
        .duty = "Record the positions, and raise an alarm when contact is lost." },
    { .id = "A15(2)-3",
        .title = "Going along after the take-over",
        .law = "After the take-over officials of the requesting Party may go along by "
               "arrangement, with an official of the requested Party.",
        .effect = Effect::requires_,
        .measures = { Measure::controlled_delivery_act },
        .judge = a15_2_3,
        .holds = "{requested} took over, agreed, and sends an official along.",
        .fails = "{requested} did not take over yet, did not agree, or sends no official along.",
        .not_applicable = "Nobody goes along." },
    { .id = "A15(3)",
        .title = "Law of the requested Party",
        .law = "Officials of the requesting Party observe the law of the requested Party.",
        .effect = Effect::requires_,
        .measures = { Measure::controlled_delivery_act, Measure::emergency_seizure },
        .judge = a15_3,
        .holds = "The law of {requested} is observed.",
        .fails = "The law of {requested} is broken.",
        .not_applicable = "The officials are not on foreign ground.",
        .duty = "Show the officials what the law of {requested} says and let each confirm it." },
    { .id = "A15(4)-1",
        .title = "Emergency seizure",
        .law = "An official of the requesting Party may seize the delivery when nobody else can "
               "step in in time and going on is dangerous, does damage or loses it.",
        .effect = Effect::requires_,
        .measures = { Measure::emergency_seizure },
        .judge = a15_4_1,
        .holds = "{requested} cannot step in in time, and there is a ground to seize.",
        .fails = "{requested} can step in in time, or there is no ground to seize.",
        .not_applicable = nothing_delivered,
        .duty = "Record the grounds and what was seized." },
    { .id = "A15(4)-2",
        .title = "Stopping and arresting escorts",
        .law = "In that emergency those who go with the consignment may be stopped and arrested, "
               "if necessary, until the requested Party steps in.",
        .effect = Effect::requires_,
        .measures = { Measure::controlled_delivery_act },
        .judge = a15_4_2,
        .holds = "In the emergency it is necessary to stop or arrest the escorts.",
        .fails = "There is no emergency, or it is not necessary to stop or arrest the escorts.",
        .not_applicable = "No escort is stopped or arrested.",
        .duty = "Record when who was arrested and when {requested} took over: the six hours of "
                "Art. 15(7) run from the arrest.",
        .delegated = "Whether it is necessary: the official on the spot." },
    { .id = "A15(4)-3",
        .title = "Immediate information",
        .law = "In every case the authorities of the requested Party are informed at once.",
        .effect = Effect::obliges,
        .measures = { Measure::emergency_seizure, Measure::controlled_delivery_act },
        .judge = a15_4_3,
        .holds = "The authorities of {requested} must know at once.",
        .fails = "",
        .not_applicable = "Nothing was seized and nobody was stopped or arrested.",
        .duty = "Inform the law enforcement authorities of {requested} at once.",
        .term = &term::immediately },
    { .id = "A15(5)",
        .title = "Hand-over of a seized delivery",
        .law = "A delivery seized on the territory of the requested Party may be handed over on a "
               "written request.",
        .effect = Effect::requires_,
        .measures = { Measure::seized_goods_handover },
        .judge = a15_5,
        .holds = "The delivery was seized in {requested} and is asked for in writing.",
        .fails = "The delivery was not seized in {requested}, or is not asked for in writing.",
        .not_applicable = "Nothing is handed over.",
        .duty = "Record the chain of custody up to the receipt.",
        .delegated = "Whether to hand over: the competent authority of the requested Party." },
};

constexpr Provision provisions_of_third_states[] {
    { .id = "A15(9)",
        .title = "Leg through a third State",
        .law = "With a leg in a third State the request states that this State fulfils the "
               "conditions of paragraph 2 too.",
        .effect = Effect::requires_,
        .measures = { Measure::controlled_delivery },
        .judge = a15_9,
        .holds = "The request states that the third State fulfils the conditions too.",
        .fails = "The request does not state that the third State fulfils the conditions too.",
        .not_applicable = "No third State takes part." },
};

} // namespace

constinit Part const text::controlled_delivery { "chapter1/controlled_delivery.cpp",
    "Controlled delivery", "Art. 15(1) to (5)", provisions_of_delivery };
constinit Part const text::third_state_delivery { "chapter1/controlled_delivery.cpp",
    "Controlled delivery through a third State", "Art. 15(9)", provisions_of_third_states };

} // namespace comity::treaty
