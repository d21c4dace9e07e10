// Chapter two, Article 30: limits of cooperation. Refusing a request; equipment that was given.

#include "treaty/provision.h"

namespace comity::treaty {
namespace {

// A30(1)-1. A Party may refuse wholly or in part, or set conditions, when complying would endanger
// its security, other important interests or its law. The list of grounds is closed.
Outcome a30_1_1(View& view)
{
    return outcome(!view.is(fact::refusal_ground, RefusalGround::other));
}

// A30(1)-2. The Parties tell each other of a refusal at once, in writing and with its reasons.
Outcome a30_1_2(View& view)
{
    return outcome(all({ !view.is(fact::medium, Medium::oral), view.given(fact::reasons) }));
}

// A30(2). Equipment supplied under the Convention, and its documentation, go to a third State only
// after those who gave them consented.
Outcome a30_2(View& view)
{
    auto const supplied = view.is(fact::equipment_supplied);
    if (!supplied.yes()) return skip(supplied);
    return outcome(view.is(fact::donor_consent));
}

constexpr Provision provisions_of_refusal[] {
    { .id = "A30(1)-1",
        .title = "Grounds for refusal",
        .law = "A Party may refuse, or set conditions, when complying would endanger its security, "
               "other important interests or its law.",
        .effect = Effect::requires_,
        .measures = { Measure::refusal },
        .judge = a30_1_1,
        .holds = "The refusal rests on one of the three grounds.",
        .fails = "The refusal rests on none of the three grounds of the Convention.",
        .not_applicable = "Nothing is refused.",
        .delegated = "Whether complying would endanger an interest: the requested Party." },
    { .id = "A30(1)-2",
        .title = "Written refusal with reasons",
        .law = "A refusal is told at once, in writing and with its reasons.",
        .effect = Effect::requires_,
        .measures = { Measure::refusal },
        .judge = a30_1_2,
        .holds = "The refusal is in writing and gives its reasons.",
        .fails = "The refusal is not in writing, or gives no reasons.",
        .not_applicable = "Nothing is refused.",
        .duty = "Send the refusal to the requesting Party immediately.",
        .term = &term::immediately },
    { .id = "A30(2)",
        .title = "Equipment to third States",
        .law = "Equipment and documentation supplied under the Convention go to a third State "
               "only with the prior consent of who gave them.",
        .effect = Effect::requires_,
        .measures = { Measure::equipment_transfer },
        .judge = a30_2,
        .holds = "The authorities of {requested} that gave the equipment consented before.",
        .fails = "The authorities of {requested} that gave the equipment did not consent.",
        .not_applicable = "The equipment was not supplied under the Convention.",
        .duty = "Record the consent with the transfer." },
};

} // namespace

constinit Part const text::refusal { "chapter2/grounds_for_refusal.cpp", "Refusal", "Art. 30",
    provisions_of_refusal };

} // namespace comity::treaty
