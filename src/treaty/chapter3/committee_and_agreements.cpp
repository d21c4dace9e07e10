// Chapter three, Articles 33 to 35: the Committee of Ministers, implementing agreements, costs.

#include "treaty/provision.h"

namespace comity::treaty {
namespace {

// A33(1)-2. The Committee decides unanimously. Our reading: one vote against and there is no
// decision; while a Party has not voted nobody knows.
Outcome a33_1_2(View& view)
{
    auto const nobody_against = view.at_most(fact::votes_against, 0);
    if (nobody_against.no()) return Outcome::fails;
    auto const everybody_voted = view.at_most(fact::votes_open, 0);
    if (everybody_voted.no()) {
        view.because("Not every Party has voted yet.");
        return Outcome::missing;
    }
    return outcome(all({ nobody_against, everybody_voted }));
}

// A34(1). Two Contracting Parties may conclude implementing agreements.
Outcome a34_1(View& view)
{
    auto const parties = all({ view.pair().requesting.in_force, view.pair().requested.in_force });
    if (parties.unknown())
        view.because("Whether {requesting} and {requested} both were Contracting Parties on "
                     "{requesting-date} is not known: a date of deposit was not found.");
    return outcome(parties);
}

// A34(2). The depositary is told of changes of jurisdiction or competence of the authorities named
// in the text and the lists.
Outcome a34_2(View& view)
{
    return arises(view.is(fact::lists_change));
}

// A35. Each Party bears its own costs, unless an article, an implementing agreement or consent of
// the authorities given before says otherwise.
Outcome a35(View& view)
{
    return outcome(!view.is(fact::cost_basis, CostBasis::none));
}

constexpr Provision provisions_of_committee[] {
    { .id = "A33(1)-2",
        .title = "Unanimity of the Committee",
        .law = "The Committee of Ministers decides unanimously on interpretation, application and "
               "implementation.",
        .effect = Effect::requires_,
        .measures = { Measure::committee_decision },
        .judge = a33_1_2,
        .holds = "Every Party has voted and none against.",
        .fails = "A Party voted against: the decision is not adopted.",
        .not_applicable = "The Committee decides nothing.",
        .duty = "Record the decision with the votes, and show it beside the articles it reads." },
    { .id = "A34(1)",
        .title = "Implementing agreements",
        .law = "The Parties may conclude implementing agreements.",
        .effect = Effect::requires_,
        .measures = { Measure::implementing_agreement },
        .judge = a34_1,
        .holds = "{requesting} and {requested} are Contracting Parties and may agree.",
        .fails = "One of the two is no Contracting Party on this date.",
        .not_applicable = "Nothing is agreed.",
        .duty
        = "Enter the agreement with its dates and parameters in the register of agreements." },
    { .id = "A34(2)",
        .title = "Changes of authorities",
        .law = "The depositary is notified of changes in jurisdiction and competence of the "
               "authorities named in the text and the lists.",
        .effect = Effect::obliges,
        .measures = { Measure::authority_change },
        .judge = a34_2,
        .holds = "The change touches an authority that the Convention or its lists name.",
        .fails = "",
        .not_applicable = "No authority that the Convention or its lists name is touched.",
        .duty = "Notify the depositary, and enter the new version of the list with its date." },
    { .id = "A35",
        .title = "Own costs",
        .law = "Each Party bears the costs of its own authorities, unless the Convention, an "
               "implementing agreement or consent given before says otherwise.",
        .effect = Effect::requires_,
        .measures = { Measure::reimbursement },
        .judge = a35,
        .holds = "A special article, an agreement or consent given before puts the cost elsewhere.",
        .fails = "Nothing puts the cost elsewhere: it stays where it fell.",
        .not_applicable = "Nothing is reimbursed." },
};

} // namespace

constinit Part const text::committee_and_agreements { "chapter3/committee_and_agreements.cpp",
    "Committee, agreements, costs", "Art. 33 to 35", provisions_of_committee };

} // namespace comity::treaty
