// Chapter one, Article 13(5) and (6): how officials in hot pursuit behave, and how long the person
// may be held.

#include "treaty/chapter1/on_foreign_ground.h"

namespace comity::treaty {
namespace {

constexpr Measures pursuit { Measure::hot_pursuit, Measure::hot_pursuit_act };

// A13(5)(a). They keep to this article and to the law of the territory, and obey the instructions
// of the competent local authorities.
Outcome a13_5_a(View& view)
{
    return outcome(
        all({ !view.is(fact::against_local_law), !view.is(fact::against_instructions) }));
}

// A13(5)(b). Only land and blue borders are crossed. Our reading: blue are rivers, lakes and the
// sea, never the air.
Outcome a13_5_b(View& view)
{
    return outcome(!view.is(fact::border_crossed, BorderKind::air));
}

// A13(5)(c). Private homes and places that are not open to the public are not entered.
Outcome a13_5_c(View& view)
{
    auto const enters = view.is(fact::act_in_pursuit, PursuitAct::enter_premises);
    if (!enters.yes()) return skip(enters);
    return outcome(!view.is(fact::premises, Premises::open_to_public));
}

// A13(5)(d)-1. They are easily identified by uniform, armband or accessories on the vehicle; plain
// clothes in an unmarked vehicle without any of these are forbidden.
Outcome a13_5_d_1(View& view)
{
    return outcome(any({ view.is(fact::uniform_worn), view.is(fact::armband_worn),
        view.is(fact::vehicle_marked) }));
}

// A13(5)(d)-2. At any moment they can prove that they act as officials.
Outcome a13_5_d_2(View& view)
{
    return outcome(view.is(fact::capacity_provable));
}

// A13(5)(e). They may carry their service weapons and use them in legitimate self-defence only.
Outcome a13_5_e(View& view)
{
    auto const uses = view.is(fact::act_in_pursuit, PursuitAct::use_weapon);
    if (!uses.yes()) return skip(uses);
    return outcome(!view.is(fact::in_legitimate_self_defence));
}

/// What may be done to a person who was detained under procedure (b); nothing else may.
Truth allowed_after_detention(View& view, PursuitAct act)
{
    switch (act) {
    case PursuitAct::search: return view.is(fact::for_local_authorities);
    case PursuitAct::handcuff: return view.is(fact::during_transfer);
    case PursuitAct::seize: return view.is(fact::objects_of_the_person);
    default: return false;
    }
}

// A13(5)(f). After a detention under procedure (b) the person may only be searched, in order to be
// brought before the local authorities; handcuffs may be used during the transfer, and objects that
// the person carries may be seized.
Outcome a13_5_f(View& view)
{
    auto const is = [&](PursuitAct act) { return view.is(fact::act_in_pursuit, act); };
    auto const on_person = any({ is(PursuitAct::search), is(PursuitAct::handcuff),
        is(PursuitAct::seize), is(PursuitAct::interrogate), is(PursuitAct::other_on_person) });
    if (!on_person.yes()) return skip(on_person);
    return outcome(
        all({ view.is_agreed(AgreementTerm::pursuit_detention), view.is(fact::detained_by_pursuers),
            allowed_after_detention(view, *view.word(fact::act_in_pursuit)) }));
}

// A13(5)(g). After every operation, whether or not anybody was arrested, they appear before the
// local authorities, report, and stay available when asked until all is clear.
Outcome a13_5_g(View& view)
{
    if (view.measure() == Measure::hot_pursuit) return Outcome::holds;
    return arises(!view.is(fact::act_in_pursuit, PursuitAct::report));
}

// A13(5)(h). Their authorities help, when asked, with the investigation that follows, courts
// included, provided that the identity of the officials is protected.
Outcome a13_5_h(View& view)
{
    auto const assists = view.is(fact::act_in_pursuit, PursuitAct::assist_investigation);
    if (!assists.yes()) return skip(assists);
    return outcome(all({ view.is(fact::assistance_requested), view.is(fact::identity_protected) }));
}

// A13(6)-1. Whom the competent authorities arrested after a pursuit may be held for questioning,
// whatever the nationality. Our reading: after any other arrest the Convention gives no such power.
Outcome a13_6_1(View& view)
{
    auto const not_of_delivery
        = !view.is(fact::arrest_followed, ArrestFollowed::controlled_delivery);
    if (!not_of_delivery.yes()) return skip(not_of_delivery);
    return outcome(all({ view.is(fact::arrest_followed, ArrestFollowed::hot_pursuit),
        view.is(fact::arrested_by_local) }));
}

// A13(6)-2. Who is no national is released six hours after the arrest at the latest; the hours from
// midnight to nine do not count.
Outcome a13_6_2(View& view)
{
    return released_in_time(view, ArrestFollowed::hot_pursuit, term::release_after_pursuit);
}

// A13(6)-3. Unless a request for provisional arrest for extradition came before, in any form.
Outcome a13_6_3(View& view)
{
    return arises(all({ view.is(fact::arrest_followed, ArrestFollowed::hot_pursuit),
        !view.is(fact::national_of_territory),
        extradition_requested_in_time(view, term::release_after_pursuit) }));
}

constexpr Provision provisions_of_rules[] {
    { .id = "A13(5)(a)",
        .title = "Local law and instructions",
        .law = "Pursuing officials keep to the law of the territory and obey the instructions of "
               "the local authorities.",
        .effect = Effect::requires_,
        .measures = { Measure::hot_pursuit_act },
        .judge = a13_5_a,
        .holds = "The act breaks neither the law of {requested} nor an instruction.",
        .fails = "The act breaks the law of {requested} or an instruction of its authorities.",
        .not_applicable = "The officials are not on foreign ground.",
        .duty = "Acknowledge every instruction of the authorities of {requested} and record it.",
        .delegated = "What the law of the territory allows: its competent local authorities." },
    { .id = "A13(5)(b)",
        .title = "Land and blue borders only",
        .law = "Hot pursuit crosses land and blue borders only.",
        .effect = Effect::requires_,
        .measures = { Measure::hot_pursuit },
        .judge = a13_5_b,
        .holds = "The pursuit crosses a land or blue border.",
        .fails = "The pursuit would cross the border by air.",
        .not_applicable = "No border is crossed." },
    { .id = "A13(5)(c)",
        .title = "No entry into homes and closed places",
        .law = "Private homes and places not open to the public are not entered.",
        .effect = Effect::forbids,
        .measures = { Measure::hot_pursuit_act },
        .judge = a13_5_c,
        .holds = "The place is a private home or not open to the public.",
        .fails = "The place is open to the public.",
        .not_applicable = "No place is entered." },
    { .id = "A13(5)(d)-1",
        .title = "Easily identified",
        .law = "Pursuing officials are identified by uniform, armband or accessories on the "
               "vehicle.",
        .effect = Effect::requires_,
        .measures = { Measure::hot_pursuit },
        .judge = a13_5_d_1,
        .holds = "Uniform, armband or vehicle identifies the officials.",
        .fails = "Plain clothes and an unmarked vehicle without any identification are forbidden.",
        .not_applicable = "Nobody is pursued." },
    { .id = "A13(5)(d)-2",
        .title = "Proof of official capacity",
        .law = "Pursuing officials can prove at any moment that they act as officials.",
        .effect = Effect::requires_,
        .measures = pursuit,
        .judge = a13_5_d_2,
        .holds = "Every official can prove the official capacity.",
        .fails = "An official cannot prove the official capacity.",
        .not_applicable = "Nobody is pursued.",
        .duty = "Record the service card of every official who takes part." },
    { .id = "A13(5)(e)",
        .title = "Service weapons",
        .law = "Service weapons may be carried and are used in legitimate self-defence only.",
        .effect = Effect::forbids,
        .measures = { Measure::hot_pursuit_act },
        .judge = a13_5_e,
        .holds = "The weapon is not used in legitimate self-defence.",
        .fails = "The weapon is used in legitimate self-defence.",
        .not_applicable = "No weapon is used.",
        .delegated = "Whether it was legitimate self-defence: the courts of the territory." },
    { .id = "A13(5)(f)",
        .title = "Limits after detention",
        .law = "A detained person may only be searched for the hand-over, be handcuffed during "
               "the transfer, and have carried objects seized.",
        .effect = Effect::requires_,
        .measures = { Measure::hot_pursuit_act },
        .judge = a13_5_f,
        .holds = "After a detention under procedure (b) this may be done to the person.",
        .fails = "Only a search for the hand-over, handcuffs during the transfer and seizure of "
                 "carried objects are allowed, after a detention under procedure (b).",
        .not_applicable = "Nothing is done to a detained person.",
        .duty = "Record the search, the use of handcuffs and every object seized." },
    { .id = "A13(5)(g)",
        .title = "Report after every operation",
        .law = "After every operation the officials appear before the local authorities, report, "
               "and stay available when asked, also when nobody was arrested.",
        .effect = Effect::obliges,
        .measures = pursuit,
        .judge = a13_5_g,
        .holds = "The operation must be reported to the authorities of {requested}.",
        .fails = "",
        .not_applicable = "This is the report.",
        .duty = "After the operation, also without an arrest, appear before the authorities of "
                "{requested}, report, and stay available as long as they ask; the case stays open "
                "until then." },
    { .id = "A13(5)(h)",
        .title = "Help with the investigation that follows",
        .law = "The authorities of the pursuing officials help with the investigation that "
               "follows, when asked and if the identity of the officials is protected.",
        .effect = Effect::requires_,
        .measures = { Measure::hot_pursuit_act },
        .judge = a13_5_h,
        .holds = "Help was asked for and the identity of the officials is protected.",
        .fails = "Help was not asked for, or the identity of the officials is not protected.",
        .not_applicable = "This is no help with the investigation that follows.",
        .duty = "Help with the investigation and in court, and show codes in place of the names "
                "of the officials in everything that is handed over." },
    { .id = "A13(6)-1",
        .title = "Detention for questioning after a pursuit",
        .law = "Whom the competent authorities arrested after a pursuit may be held for "
               "questioning, whatever the nationality.",
        .effect = Effect::requires_,
        .measures = { Measure::detention_for_questioning },
        .judge = a13_6_1,
        .holds = "The competent authorities of {requested} arrested the person after a pursuit.",
        .fails = "The competent authorities did not arrest the person, or not after a pursuit.",
        .not_applicable = "The arrest followed a controlled delivery: see Art. 15(6).",
        .duty = "Record when the detention began and which authority holds the person.",
        .delegated = "How the person is held and questioned: the law of the territory." },
    { .id = "A13(6)-2",
        .title = "Release after six hours",
        .law = "Who is no national is released six hours after the arrest at the latest, hours "
               "from midnight to nine not counted.",
        .effect = Effect::requires_,
        .measures = { Measure::detention_for_questioning },
        .judge = a13_6_2,
        .holds = "The six hours are not over.",
        .fails = "The six hours are over: the person must be released.",
        .not_applicable = "The arrest followed no pursuit, the person is a national, or "
                          "extradition was asked for in time.",
        .duty = "Release the person when the term is up at the latest, and record it.",
        .term = &term::release_after_pursuit,
        .anchor = &fact::arrested_at },
    { .id = "A13(6)-3",
        .title = "Extradition lifts the duty of release",
        .law = "A request for provisional arrest for extradition received before lifts the duty "
               "of release.",
        .effect = Effect::obliges,
        .measures = { Measure::detention_for_questioning },
        .judge = a13_6_3,
        .holds = "A request for provisional arrest came before the six hours were over.",
        .fails = "",
        .not_applicable = "No such request came in time, or there is no duty of release.",
        .duty = "Record the request and when it was received; the term of six hours is closed." },
};

} // namespace

constinit Part const text::hot_pursuit_rules { "chapter1/hot_pursuit_rules.cpp",
    "Hot pursuit: conditions and detention", "Art. 13(5), (6)", provisions_of_rules };

} // namespace comity::treaty
