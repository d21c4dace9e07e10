// Chapter one, Article 14(5): how officials in cross-border surveillance behave.

#include "treaty/provision.h"

namespace comity::treaty {
namespace {

constexpr Measures crossings { Measure::surveillance, Measure::urgent_surveillance };

bool is_act(View const& view)
{
    return view.measure() == Measure::surveillance_act;
}

// A14(5)(a). They keep to this article and to the law of the territory, and obey the instructions
// of the competent local authorities.
Outcome a14_5_a(View& view)
{
    return outcome(
        all({ !view.is(fact::against_local_law), !view.is(fact::against_instructions) }));
}

// A14(5)(b). They carry a document that certifies the authorisation, except in the urgent cases of
// paragraph 2.
Outcome a14_5_b(View& view)
{
    auto const with_authorisation
        = is_act(view) ? !view.is(fact::crossed_without_authorisation) : Truth { true };
    if (!with_authorisation.yes()) return skip(with_authorisation);
    return outcome(view.is(fact::authorisation_carried));
}

// A14(5)(c). At any moment they can prove that they act as officials.
Outcome a14_5_c(View& view)
{
    return outcome(view.is(fact::capacity_provable));
}

// A14(5)(d). They may carry their service weapons, unless the requested Party expressly decided
// otherwise, and use them in legitimate self-defence only.
Outcome a14_5_d(View& view)
{
    auto const excluded
        = all({ view.is(fact::weapons_taken_along), view.is(fact::weapons_excluded) });
    if (!is_act(view)) return outcome(excluded);
    auto const uses = view.is(fact::act_in_surveillance, SurveillanceAct::use_weapon);
    if (uses.no()) return outcome(excluded);
    return outcome(any({ excluded, all({ uses, !view.is(fact::in_legitimate_self_defence) }) }));
}

// A14(5)(e). Private homes and places that are not open to the public are not entered.
Outcome a14_5_e(View& view)
{
    auto const enters = view.is(fact::act_in_surveillance, SurveillanceAct::enter_premises);
    if (!enters.yes()) return skip(enters);
    return outcome(!view.is(fact::premises, Premises::open_to_public));
}

// A14(5)(f). The person under surveillance is neither challenged nor arrested.
Outcome a14_5_f(View& view)
{
    return outcome(any({ view.is(fact::act_in_surveillance, SurveillanceAct::challenge),
        view.is(fact::act_in_surveillance, SurveillanceAct::arrest) }));
}

// A14(5)(g)-1. Every operation is reported to the authorities of the territory.
Outcome a14_5_g_1(View& view)
{
    if (!is_act(view)) return Outcome::holds;
    return arises(!view.is(fact::act_in_surveillance, SurveillanceAct::report));
}

// A14(5)(g)-2. The officials may be asked to appear in court.
Outcome a14_5_g_2(View& view)
{
    return arises(view.is(fact::act_in_surveillance, SurveillanceAct::appear_in_court));
}

// A14(5)(h). Their authorities help, when asked, with the investigation that follows, courts
// included, provided that the identity of the officials is protected.
Outcome a14_5_h(View& view)
{
    auto const assists = view.is(fact::act_in_surveillance, SurveillanceAct::assist_investigation);
    if (!assists.yes()) return skip(assists);
    return outcome(all({ view.is(fact::assistance_requested), view.is(fact::identity_protected) }));
}

constexpr Provision provisions_of_rules[] {
    { .id = "A14(5)(a)",
        .title = "Local law and instructions",
        .law = "Surveilling officials keep to the law of the territory and obey the instructions "
               "of the local authorities.",
        .effect = Effect::requires_,
        .measures = { Measure::surveillance_act },
        .judge = a14_5_a,
        .holds = "The act breaks neither the law of {requested} nor an instruction.",
        .fails = "The act breaks the law of {requested} or an instruction of its authorities.",
        .not_applicable = "The officials are not on foreign ground.",
        .duty = "Acknowledge every instruction of the authorities of {requested} and record it.",
        .delegated = "What the law of the territory allows: its competent local authorities." },
    { .id = "A14(5)(b)",
        .title = "Document of authorisation",
        .law = "Surveilling officials carry a document that certifies the authorisation, except "
               "in urgent cases.",
        .effect = Effect::requires_,
        .measures = { Measure::surveillance, Measure::surveillance_act },
        .judge = a14_5_b,
        .holds = "The officials carry a document that certifies the authorisation.",
        .fails = "The officials carry no document that certifies the authorisation.",
        .not_applicable = "The border was crossed in an urgent case." },
    { .id = "A14(5)(c)",
        .title = "Proof of official capacity",
        .law = "Surveilling officials can prove at any moment that they act as officials.",
        .effect = Effect::requires_,
        .measures = crossings | Measures { Measure::surveillance_act },
        .judge = a14_5_c,
        .holds = "Every official can prove the official capacity.",
        .fails = "An official cannot prove the official capacity.",
        .not_applicable = "Nobody is watched.",
        .duty = "Record the service card of every official who takes part." },
    { .id = "A14(5)(d)",
        .title = "Service weapons",
        .law = "Service weapons may be carried unless the requested Party decided otherwise, and "
               "are used in legitimate self-defence only.",
        .effect = Effect::forbids,
        .measures = crossings | Measures { Measure::surveillance_act },
        .judge = a14_5_d,
        .holds = "{requested} decided that no weapons are carried, or the weapon is not used in "
                 "legitimate self-defence.",
        .fails = "No weapon is carried against a decision of {requested} or used other than in "
                 "legitimate self-defence.",
        .not_applicable = "Nobody is watched.",
        .delegated = "Whether it was legitimate self-defence: the courts of the territory." },
    { .id = "A14(5)(e)",
        .title = "No entry into homes and closed places",
        .law = "Private homes and places not open to the public are not entered.",
        .effect = Effect::forbids,
        .measures = { Measure::surveillance_act },
        .judge = a14_5_e,
        .holds = "The place is a private home or not open to the public.",
        .fails = "The place is open to the public.",
        .not_applicable = "No place is entered." },
    { .id = "A14(5)(f)",
        .title = "Neither challenge nor arrest",
        .law = "Surveilling officials neither challenge nor arrest the person.",
        .effect = Effect::forbids,
        .measures = { Measure::surveillance_act },
        .judge = a14_5_f,
        .holds = "The person would be challenged or arrested.",
        .fails = "The person is neither challenged nor arrested.",
        .not_applicable = "Nobody is watched." },
    { .id = "A14(5)(g)-1",
        .title = "Report on every operation",
        .law = "Every operation is reported to the authorities of the territory.",
        .effect = Effect::obliges,
        .measures = crossings | Measures { Measure::surveillance_act },
        .judge = a14_5_g_1,
        .holds = "The operation must be reported to the authorities of {requested}.",
        .fails = "",
        .not_applicable = "This is the report.",
        .duty = "Report on the operation to the authorities of {requested}; the case stays open "
                "until then." },
    { .id = "A14(5)(g)-2",
        .title = "Appearance in court",
        .law = "Surveilling officials may be asked to appear in court.",
        .effect = Effect::obliges,
        .measures = { Measure::surveillance_act },
        .judge = a14_5_g_2,
        .holds = "The official was asked to appear in a court of {requested}.",
        .fails = "",
        .not_applicable = "Nobody was asked to appear in court.",
        .duty = "Pass the summons on through the National Central Unit and name the official by "
                "code." },
    { .id = "A14(5)(h)",
        .title = "Help with the investigation that follows",
        .law = "The authorities of the surveilling officials help with the investigation that "
               "follows, when asked and if the identity of the officials is protected.",
        .effect = Effect::requires_,
        .measures = { Measure::surveillance_act },
        .judge = a14_5_h,
        .holds = "Help was asked for and the identity of the officials is protected.",
        .fails = "Help was not asked for, or the identity of the officials is not protected.",
        .not_applicable = "This is no help with the investigation that follows.",
        .duty = "Help with the investigation and in court, and show codes in place of the names "
                "of the officials in everything that is handed over." },
};

} // namespace

constinit Part const text::surveillance_rules { "chapter1/surveillance_rules.cpp",
    "Cross-border surveillance: conditions", "Art. 14(5)", provisions_of_rules };

} // namespace comity::treaty
