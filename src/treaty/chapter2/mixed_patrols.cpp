// Chapter two, Article 28: mixed patrols along the State border.

#include "treaty/chapter2/means_abroad.h"
#include "treaty/provision.h"

namespace comity::treaty {
namespace {

// A28(1). Mixed patrols along the State border avert dangers to public security and fight illegal
// activities across it.
Outcome a28_1(View& view)
{
    return outcome(
        all({ view.is(fact::along_border), !view.is(fact::patrol_purpose, PatrolPurpose::other) }));
}

// A28(2)-1. As far as the law of the territory permits, foreign officials establish identities and
// stop those who try to evade a check.
Outcome a28_2_1(View& view)
{
    auto const own_power = any({ view.is(fact::joint_act, JointAct::identify),
        view.is(fact::joint_act, JointAct::stop_evader) });
    if (!own_power.yes()) return skip(own_power);
    return outcome(view.is(fact::act_lawful));
}

// A28(2)-2. Every other measure is for officials of the territory, unless it would be ineffective
// or impossible without the foreign ones. A weapon is for paragraph 5.
Outcome a28_2_2(View& view)
{
    auto const other_measure = !any(
        { view.is(fact::joint_act, JointAct::assist), view.is(fact::joint_act, JointAct::identify),
            view.is(fact::joint_act, JointAct::stop_evader),
            view.is(fact::joint_act, JointAct::use_weapon) });
    if (!other_measure.yes()) return skip(other_measure);
    return outcome(
        all({ view.is(fact::host_alone_ineffective), view.given(fact::exception_reason) }));
}

// A28(3). The law of the territory on which the officials act applies.
Outcome a28_3(View& view)
{
    return outcome(view.is(fact::act_lawful));
}

// A28(4). Uniform, service weapons and other means, unless the Party of the territory declared
// otherwise.
Outcome a28_4(View& view)
{
    return outcome(may_wear_and_carry(view));
}

// A28(5). Service weapons are used in self-defence only.
Outcome a28_5(View& view)
{
    auto const shot = view.is(fact::joint_act, JointAct::use_weapon);
    if (!shot.yes()) return skip(shot);
    return outcome(view.is(fact::in_legitimate_self_defence));
}

constexpr Provision provisions_of_patrols[] {
    { .id = "A28(1)",
        .title = "Mixed patrols",
        .law = "Mixed patrols along the State border avert dangers to public security and fight "
               "illegal cross-border activities.",
        .effect = Effect::requires_,
        .measures = { Measure::mixed_patrol },
        .judge = a28_1,
        .holds = "The patrol goes along the State border for a purpose of the Convention.",
        .fails = "The patrol does not go along the State border, or not for a purpose of the "
                 "Convention.",
        .not_applicable = "No patrol is formed.",
        .duty = "Enter the patrol with its area, time and members, and keep its log." },
    { .id = "A28(2)-1",
        .title = "Identifying and stopping",
        .law = "As far as the law of the territory permits, foreign officials establish identities "
               "and stop those who try to evade a check.",
        .effect = Effect::requires_,
        .measures = { Measure::mixed_patrol_act },
        .judge = a28_2_1,
        .holds = "The law of {requested} permits officials of {requesting} to do this.",
        .fails = "The law of {requested} does not permit officials of {requesting} to do this.",
        .not_applicable = "Nobody is identified or stopped." },
    { .id = "A28(2)-2",
        .title = "Other measures",
        .law
        = "Other measures are for officials of the territory, unless they would be ineffective "
          "or impossible without the foreign ones.",
        .effect = Effect::requires_,
        .measures = { Measure::mixed_patrol_act },
        .judge = a28_2_2,
        .holds = "Without the official of {requesting} the measure would be ineffective or "
                 "impossible, and it is said why.",
        .fails = "The measure is for officials of {requested}: no exception is given with its "
                 "reason.",
        .not_applicable = "No other measure is taken.",
        .duty = "Record in the log why officials of {requested} could not act alone.",
        .delegated = "Whether the measure would be ineffective or impossible: the patrol of the "
                     "territory." },
    { .id = "A28(3)",
        .title = "Law of the patrol",
        .law = "The law of the territory on which the officials act applies.",
        .effect = Effect::requires_,
        .measures = { Measure::mixed_patrol_act },
        .judge = a28_3,
        .holds = "The law of {requested} applies and permits the act.",
        .fails = "The law of {requested} applies and does not permit the act.",
        .not_applicable = "Nobody acts on patrol." },
    { .id = "A28(4)",
        .title = "Uniform, weapons and other means",
        .law = "Officials on foreign ground may wear their uniform and carry service weapons and "
               "other means, unless the Party of the territory declared otherwise.",
        .effect = Effect::requires_,
        .measures = { Measure::mixed_patrol },
        .judge = a28_4,
        .holds = "{requested} declared nothing against what is worn and carried.",
        .fails = "{requested} declared that this may not be worn or carried, or not so.",
        .not_applicable = "Nobody goes to foreign ground.",
        .delegated = "Whether declared conditions are met: the officer in command." },
    { .id = "A28(5)",
        .title = "Use of weapons",
        .law = "Service weapons are used in self-defence only.",
        .effect = Effect::requires_,
        .measures = { Measure::mixed_patrol_act },
        .judge = a28_5,
        .holds = "The weapon is used in self-defence.",
        .fails = "The weapon is not used in self-defence: a violation for the log.",
        .not_applicable = "No weapon is used.",
        .duty = "Record the use of the weapon and what made it self-defence." },
};

} // namespace

constinit Part const text::mixed_patrols { "chapter2/mixed_patrols.cpp", "Mixed patrols", "Art. 28",
    provisions_of_patrols };

} // namespace comity::treaty
