// Chapter two, Article 26: mixed groups, and cross-border searches for fugitives and missing
// persons.

#include "treaty/chapter2/means_abroad.h"
#include "treaty/provision.h"

namespace comity::treaty {
namespace {

// A26(1)-1. Where needed, authorities form mixed analysis and other working groups and teams for
// control and observation. The list of kinds is open.
Outcome a26_1_1(View& view)
{
    return outcome(view.is(fact::group_needed));
}

// A26(1)-2. In them, officials on foreign ground support and advise and exercise no sovereign
// powers independently. Our reading: every act of power is refused; a weapon in self-defence is
// none.
Outcome a26_1_2(View& view)
{
    return outcome(all({ !view.is(fact::joint_act, JointAct::assist),
        !view.is(fact::joint_act, JointAct::use_weapon) }));
}

// A26(2)-1. The authorities of the border areas take part in cross-border searches for fugitives.
Outcome a26_2_1(View& view)
{
    auto const not_missing = !view.is(fact::searched_for, SearchedFor::missing_person);
    if (!not_missing.yes()) return skip(not_missing);
    return outcome(all({ view.is(fact::searched_for, SearchedFor::fugitive),
        view.is(fact::border_area_authorities) }));
}

// A26(2)-2. The National Central Units join when the importance of the case goes beyond the region.
Outcome a26_2_2(View& view)
{
    return arises(
        all({ view.is(fact::searched_for, SearchedFor::fugitive), view.is(fact::beyond_region) }));
}

// A26(3). The authorities work together in searching for missing persons.
Outcome a26_3(View& view)
{
    return arises(view.is(fact::searched_for, SearchedFor::missing_person));
}

// A26(4). Uniform, service weapons and other means, unless the Party of the territory declared
// otherwise.
Outcome a26_4(View& view)
{
    return outcome(may_wear_and_carry(view));
}

// A26(5). Service weapons are used in self-defence only.
Outcome a26_5(View& view)
{
    auto const shot = view.is(fact::joint_act, JointAct::use_weapon);
    if (!shot.yes()) return skip(shot);
    return outcome(view.is(fact::in_legitimate_self_defence));
}

constexpr Provision provisions_of_border_search[] {
    { .id = "A26(1)-1",
        .title = "Mixed groups",
        .law = "Where needed, authorities form mixed working groups and teams for control and "
               "observation.",
        .effect = Effect::requires_,
        .measures = { Measure::mixed_group },
        .judge = a26_1_1,
        .holds = "The cooperation needs the group.",
        .fails = "The cooperation does not need the group.",
        .not_applicable = "No group is formed.",
        .duty = "Enter the group with its purpose and members in the register of groups.",
        .delegated = "Whether a group is needed: the authorities of both Parties." },
    { .id = "A26(1)-2",
        .title = "No sovereign powers of their own",
        .law = "In a mixed group, officials of another Party support and advise; they exercise no "
               "sovereign powers independently.",
        .effect = Effect::forbids,
        .measures = { Measure::mixed_group_act },
        .judge = a26_1_2,
        .holds = "The official of {requesting} would exercise sovereign powers; only support and "
                 "advice are allowed.",
        .fails = "The official of {requesting} exercises no sovereign powers.",
        .not_applicable = "Nobody acts in a mixed group." },
    { .id = "A26(2)-1",
        .title = "Search for fugitives",
        .law = "The authorities of the border areas take part in cross-border searches for "
               "fugitives.",
        .effect = Effect::requires_,
        .measures = { Measure::border_search },
        .judge = a26_2_1,
        .holds = "Authorities of both border areas take part in the search for a fugitive.",
        .fails = "The search is for nobody of Article 26, or the authorities of the border areas "
                 "take no part.",
        .not_applicable = "The search is for a missing person.",
        .duty = "Open the search operation with its areas and units for both duty officers." },
    { .id = "A26(2)-2",
        .title = "National Central Units in searches",
        .law = "The National Central Units join when the importance of the case goes beyond the "
               "region.",
        .effect = Effect::obliges,
        .measures = { Measure::border_search },
        .judge = a26_2_2,
        .holds = "The importance of the case goes beyond the region.",
        .fails = "",
        .not_applicable = "No case of more than regional importance.",
        .duty = "Add the National Central Units of {requesting} and {requested} to the search." },
    { .id = "A26(3)",
        .title = "Search for missing persons",
        .law = "The authorities work together in searching for missing persons.",
        .effect = Effect::obliges,
        .measures = { Measure::border_search },
        .judge = a26_3,
        .holds = "The search is for a missing person.",
        .fails = "",
        .not_applicable = "The search is not for a missing person.",
        .duty = "Record the missing person, tell the common centres, and link identification "
                "(Art. 20) and accommodation (Art. 25)." },
    { .id = "A26(4)",
        .title = "Uniform, weapons and other means",
        .law = "Officials on foreign ground may wear their uniform and carry service weapons and "
               "other means, unless the Party of the territory declared otherwise.",
        .effect = Effect::requires_,
        .measures = { Measure::mixed_group, Measure::border_search },
        .judge = a26_4,
        .holds = "{requested} declared nothing against what is worn and carried.",
        .fails = "{requested} declared that this may not be worn or carried, or not so.",
        .not_applicable = "Nobody goes to foreign ground.",
        .delegated = "Whether declared conditions are met: the officer in command." },
    { .id = "A26(5)",
        .title = "Use of weapons",
        .law = "Service weapons are used in self-defence only.",
        .effect = Effect::requires_,
        .measures = { Measure::mixed_group_act },
        .judge = a26_5,
        .holds = "The weapon is used in self-defence.",
        .fails = "The weapon is not used in self-defence.",
        .not_applicable = "No weapon is used.",
        .duty = "Record the use of the weapon and what made it self-defence." },
};

} // namespace

constinit Part const text::border_search { "chapter2/border_search.cpp",
    "Mixed groups and searches", "Art. 26", provisions_of_border_search };

} // namespace comity::treaty
