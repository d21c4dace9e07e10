// Chapter one, Article 10: witness protection. The requesting Party protects the person in its
// programme; the requested Party helps.

#include "treaty/provision.h"

namespace comity::treaty {
namespace {

// A10(1). Authorities with powers in witness protection work together directly. Our reading: only
// their circle sees the case.
Outcome a10_1(View& view)
{
    return outcome(all({ view.is(fact::protection_powers_of_requesting),
        view.is(fact::protection_powers_of_requested),
        view.is(fact::compartment, Compartment::witness_protection) }));
}

// A10(2). They exchange information, help with logistics and receive persons. The list is open;
// what it does not name is explained.
Outcome a10_2(View& view)
{
    auto const other = view.is(fact::witness_help, WitnessHelp::other);
    if (other.no()) return Outcome::holds;
    return outcome(any({ !other, view.given(fact::explanation) }));
}

// A10(3). For each person to be received an agreement settles the rights and duties, before.
Outcome a10_3(View& view)
{
    auto const reception = view.is(fact::witness_help, WitnessHelp::reception);
    if (!reception.yes()) return skip(reception);
    return outcome(view.given(fact::reception_agreement));
}

// A10(4)-1. The person is under protection in the programme of the requesting Party.
Outcome a10_4_1(View& view)
{
    return outcome(view.given(fact::programme_of_requesting));
}

// A10(4)-2. The person is not included in the programme of the requested Party.
Outcome a10_4_2(View& view)
{
    return outcome(view.is(fact::in_programme_of_requested));
}

// A10(4)-3. Accompanying measures follow the law of the requested Party.
Outcome a10_4_3(View& view)
{
    return arises(view.is(fact::accompanying_measures));
}

// A10(5). As a rule the requesting Party pays for the living of the person; the requested Party for
// staff and means of protection.
Outcome a10_5(View& view)
{
    return arises(view.is(fact::witness_help, WitnessHelp::reception));
}

/// On serious grounds, and not before the requesting Party was duly notified.
Truth may_end(View& view)
{
    return all({ view.is(fact::witness_end_grounds), view.is(fact::witness_end_notified) });
}

// A10(6)-1. The requested Party may then end the accompanying measures.
Outcome a10_6_1(View& view)
{
    return outcome(may_end(view));
}

// A10(6)-2. In that case the requesting Party takes the person back.
Outcome a10_6_2(View& view)
{
    return arises(may_end(view));
}

constexpr std::string_view nobody_received = "No person is received.";

constexpr Provision provisions_of_witness_protection[] {
    { .id = "A10(1)",
        .title = "Authorities for witness protection",
        .law = "Authorities with powers in witness protection work together directly.",
        .effect = Effect::requires_,
        .measures = { Measure::witness_reception, Measure::witness_measures_end },
        .judge = a10_1,
        .holds = "Both authorities have powers in witness protection and keep the case in their "
                 "circle.",
        .fails = "One of the two authorities has no powers in witness protection, or the case is "
                 "not kept in their circle.",
        .not_applicable = "Nobody is protected." },
    { .id = "A10(2)",
        .title = "Ways of help",
        .law = "The cooperation is above all exchange of information, help with logistics and "
               "reception of persons.",
        .effect = Effect::requires_,
        .measures = { Measure::witness_reception },
        .judge = a10_2,
        .holds = "The help is one that the Convention names, or is explained.",
        .fails = "The help is none that the Convention names, and is not explained.",
        .not_applicable = "Nobody is protected.",
        .duty = "Record the kind of help, for the circle of witness protection only." },
    { .id = "A10(3)",
        .title = "Agreement for each person",
        .law = "For each person to be received an agreement settles the rights and duties.",
        .effect = Effect::requires_,
        .measures = { Measure::witness_reception },
        .judge = a10_3,
        .holds = "An agreement on receiving this person is concluded.",
        .fails = "No agreement on receiving this person is concluded.",
        .not_applicable = nobody_received },
    { .id = "A10(4)-1",
        .title = "In the programme of the requesting Party",
        .law = "The person is protected in the programme of the requesting Party.",
        .effect = Effect::requires_,
        .measures = { Measure::witness_reception },
        .judge = a10_4_1,
        .holds = "The person is in the programme of {requesting}.",
        .fails = "The person is not in the programme of {requesting}.",
        .not_applicable = "Nobody is protected." },
    { .id = "A10(4)-2",
        .title = "Not in the programme of the requested Party",
        .law = "The person is not included in the programme of the requested Party.",
        .effect = Effect::forbids,
        .measures = { Measure::witness_reception },
        .judge = a10_4_2,
        .holds = "The person is or would be included in the programme of {requested}.",
        .fails = "The person is not included in the programme of {requested}.",
        .not_applicable = "Nobody is protected." },
    { .id = "A10(4)-3",
        .title = "Law of the accompanying measures",
        .law = "The law of the requested Party governs the accompanying measures.",
        .effect = Effect::obliges,
        .measures = { Measure::witness_reception },
        .judge = a10_4_3,
        .holds = "{requested} takes accompanying measures.",
        .fails = "",
        .not_applicable = "{requested} takes no accompanying measures.",
        .duty = "Take the accompanying measures under the law of {requested}." },
    { .id = "A10(5)",
        .title = "Costs of witness protection",
        .law = "As a rule the requesting Party bears the living costs, the requested Party those "
               "of staff and means.",
        .effect = Effect::obliges,
        .measures = { Measure::witness_reception },
        .judge = a10_5,
        .holds = "A person is received.",
        .fails = "",
        .not_applicable = nobody_received,
        .duty = "Book living costs to {requesting}, staff and means of protection to "
                "{requested}.",
        .delegated = "Whether a case is an exception to the rule: the two Parties." },
    { .id = "A10(6)-1",
        .title = "Ending the accompanying measures",
        .law = "On serious grounds, and after duly notifying the requesting Party, the requested "
               "Party may end the accompanying measures.",
        .effect = Effect::requires_,
        .measures = { Measure::witness_measures_end },
        .judge = a10_6_1,
        .holds = "There are serious grounds and {requesting} was notified before.",
        .fails = "There are no serious grounds, or {requesting} was not notified before.",
        .not_applicable = "Nothing is ended.",
        .delegated = "Whether the grounds are serious: the requested Party." },
    { .id = "A10(6)-2",
        .title = "Taking the person back",
        .law = "When the measures end, the requesting Party takes the person back.",
        .effect = Effect::obliges,
        .measures = { Measure::witness_measures_end },
        .judge = a10_6_2,
        .holds = "The accompanying measures may end.",
        .fails = "",
        .not_applicable = "The accompanying measures may not end.",
        .duty = "{requesting} takes the person back; record the transfer." },
};

} // namespace

constinit Part const text::witness_protection { "chapter1/witness_protection.cpp",
    "Witness protection", "Art. 10", provisions_of_witness_protection };

} // namespace comity::treaty
