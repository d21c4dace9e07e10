// Chapter two, Article 30: refusing a request.

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
        .duty = "Send the refusal to the requesting Party immediately." },
};

} // namespace

constinit Part const text::refusal { "chapter2/grounds_for_refusal.cpp", "Refusal", "Art. 30",
    provisions_of_refusal };

} // namespace comity::treaty
