// Chapter two, Article 29: common centres.

#include "treaty/provision.h"

namespace comity::treaty {
namespace {

// A29(1). Common centres may be set up to make exchange and cooperation easier. Our reading: one
// exists from the day its implementing agreement (paragraph 5) is in force.
Outcome a29_1(View& view)
{
    return outcome(view.is_agreed(AgreementTerm::common_centre));
}

// A29(2)-1. Officials work side by side, within their competence: they exchange, analyse and
// forward information and support coordination, whatever goes between the National Central Units.
Outcome a29_2_1(View& view)
{
    auto const of_a_desk = any({ view.is(fact::act_in_centre, CentreAct::exchange_information),
        view.is(fact::act_in_centre, CentreAct::analyse_information),
        view.is(fact::act_in_centre, CentreAct::forward_information),
        view.is(fact::act_in_centre, CentreAct::support_coordination) });
    if (!of_a_desk.yes()) return skip(of_a_desk);
    return outcome(view.is(fact::act_within_competence));
}

// A29(2)-2. Where officials exchange personal data, Articles 3, 4 and 30 apply accordingly. Our
// reading: a purpose of the Convention, nothing left to judicial authorities, a connection that is
// secure enough, and an official who may use it.
Outcome a29_2_2(View& view)
{
    auto const personal = view.is(fact::personal_data);
    if (!personal.yes()) return skip(personal);
    return outcome(all({ !view.is(fact::purpose, Purpose::other), !view.is(fact::judicial_reserved),
        view.is(fact::channel_secure), view.is(fact::official_authorised) }));
}

// A29(3). Support may also go to preparing and carrying out transfers of persons under treaties
// between the Parties.
Outcome a29_3(View& view)
{
    auto const transfer = view.is(fact::act_in_centre, CentreAct::support_transfer);
    if (!transfer.yes()) return skip(transfer);
    return outcome(view.is(fact::transfer_treaty));
}

// A29(4)-1. Officials of a centre are instructed and disciplined by their own authorities only.
Outcome a29_4_1(View& view)
{
    return outcome(view.is(fact::foreign_instruction));
}

// A29(4)-2. They carry out no operations independently.
Outcome a29_4_2(View& view)
{
    return outcome(view.is(fact::act_in_centre, CentreAct::independent_operation));
}

// A29(4)-3. Joint operations need an agreement of the competent authorities and a form that the
// Convention provides.
Outcome a29_4_3(View& view)
{
    auto const joint = view.is(fact::act_in_centre, CentreAct::joint_operation);
    if (!joint.yes()) return skip(joint);
    return outcome(
        all({ view.is(fact::operation_agreed), view.is(fact::operation_form_provided) }));
}

// A29(5). Implementing agreements settle how a centre is set up, the kinds of cooperation and the
// equal sharing of its costs.
Outcome a29_5(View& view)
{
    return outcome(all({ view.is(fact::centre_kinds_agreed), view.is(fact::centre_costs_equal) }));
}

constexpr Provision provisions_of_centres[] {
    { .id = "A29(1)",
        .title = "Common centres",
        .law = "Common centres may be set up to make exchange of information and cooperation "
               "easier.",
        .effect = Effect::requires_,
        .measures = { Measure::common_centre, Measure::common_centre_act },
        .judge = a29_1,
        .holds = "An agreement of {requesting} and {requested} on a common centre is in force.",
        .fails = "No agreement of {requesting} and {requested} on a common centre is in force on "
                 "this date.",
        .not_applicable = "There is no common centre.",
        .duty = "Enter the centre with its agreement, Parties and place in the register of "
                "centres." },
    { .id = "A29(2)-1",
        .title = "Work in a common centre",
        .law = "Officials exchange, analyse and forward information within their competence and "
               "support coordination.",
        .effect = Effect::requires_,
        .measures = { Measure::common_centre_act },
        .judge = a29_2_1,
        .holds = "The act belongs to a common centre and lies within the official's competence.",
        .fails = "The act lies outside the official's competence.",
        .not_applicable = "No information is dealt with and nothing is coordinated.",
        .duty = "Record query and answer in the log of the desks." },
    { .id = "A29(2)-2",
        .title = "Personal data in a common centre",
        .law = "Articles 3, 4 and 30 apply to exchanges of personal data in a centre.",
        .effect = Effect::requires_,
        .measures = { Measure::common_centre_act },
        .judge = a29_2_2,
        .holds = "The exchange of personal data meets what applies between National Central "
                 "Units.",
        .fails = "The purpose lies outside the Convention, a judicial authority is responsible, "
                 "the connection is not secure enough, or the official may not use it.",
        .not_applicable = "No personal data are exchanged.",
        .duty = "Register the exchange; refuse with reasons in writing where Article 30 gives a "
                "ground." },
    { .id = "A29(3)",
        .title = "Transfers of persons",
        .law = "Centres may help to prepare and carry out transfers of persons under treaties "
               "between the Parties.",
        .effect = Effect::requires_,
        .measures = { Measure::common_centre_act },
        .judge = a29_3,
        .holds = "A treaty between {requesting} and {requested} provides for the transfer.",
        .fails = "No treaty between {requesting} and {requested} provides for the transfer.",
        .not_applicable = "Nobody is transferred.",
        .duty = "Record the help given with the transfer, for both desks." },
    { .id = "A29(4)-1",
        .title = "Instructions and discipline",
        .law = "Officials of a centre are instructed and disciplined by their own authorities "
               "only.",
        .effect = Effect::forbids,
        .measures = { Measure::common_centre_act },
        .judge = a29_4_1,
        .holds = "Another than the official's own authorities gave the instruction or disciplinary "
                 "measure.",
        .fails = "The official follows the own authorities only.",
        .not_applicable = "Nobody is instructed." },
    { .id = "A29(4)-2",
        .title = "No operations of their own",
        .law = "Officials of a centre carry out no operations independently.",
        .effect = Effect::forbids,
        .measures = { Measure::common_centre_act },
        .judge = a29_4_2,
        .holds = "The official would carry out an operation independently.",
        .fails = "The official carries out no operation independently.",
        .not_applicable = "Nobody acts in a centre." },
    { .id = "A29(4)-3",
        .title = "Joint operations",
        .law = "Joint operations need an agreement of the competent authorities and a form that "
               "the Convention provides.",
        .effect = Effect::requires_,
        .measures = { Measure::common_centre_act },
        .judge = a29_4_3,
        .holds = "The competent authorities agreed, and the Convention provides this form.",
        .fails = "The competent authorities did not agree, or the Convention does not provide this "
                 "form.",
        .not_applicable = "No joint operation is carried out." },
    { .id = "A29(5)",
        .title = "Setting up and costs of a centre",
        .law = "Implementing agreements settle how a centre is set up, the kinds of cooperation "
               "and the equal sharing of costs.",
        .effect = Effect::requires_,
        .measures = { Measure::common_centre },
        .judge = a29_5,
        .holds = "An implementing agreement settles the kinds of cooperation and shares the costs "
                 "equally.",
        .fails = "No implementing agreement settles the kinds of cooperation, or the costs are not "
                 "shared equally.",
        .not_applicable = "No centre is set up.",
        .duty = "Split every cost of the centre equally between its Parties." },
};

} // namespace

constinit Part const text::common_centres { "chapter2/common_centres.cpp", "Common centres",
    "Art. 29", provisions_of_centres };

} // namespace comity::treaty
