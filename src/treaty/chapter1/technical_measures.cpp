// Chapter one, Article 24: technical measures. Lines, frequency bands and plans of procurement are
// data of other rooms; lending and sharing equipment are measures.

#include "treaty/provision.h"

namespace comity::treaty {
namespace {

// A24(2)(a). Parties consider exchanging equipment and posting liaison officers with radio sets.
// What is lent must be found again.
Outcome a24_2_a(View& view)
{
    return arises(view.is(fact::radio_equipment));
}

// A24(3). Other technical equipment of one or more Parties is shared where an agreement says so.
Outcome a24_3(View& view)
{
    auto const other = !view.is(fact::radio_equipment);
    if (!other.yes()) return skip(other);
    return outcome(view.is_agreed(AgreementTerm::equipment_use));
}

constexpr Provision provisions_of_technical_measures[] {
    { .id = "A24(2)(a)",
        .title = "Radio equipment",
        .law = "Parties consider exchanging equipment and posting liaison officers with radio "
               "sets.",
        .effect = Effect::obliges,
        .measures = { Measure::equipment_loan },
        .judge = a24_2_a,
        .holds = "Radio equipment is lent.",
        .fails = "",
        .not_applicable = "No radio equipment is lent.",
        .duty = "Enter the loan in the equipment register with the day of return; it is overdue on "
                "the day after.",
        .delegated = "Whether equipment is exchanged: the Parties." },
    { .id = "A24(3)",
        .title = "Joint use of other equipment",
        .law = "Parties may agree to use other technical equipment and means of theirs jointly.",
        .effect = Effect::requires_,
        .measures = { Measure::equipment_loan },
        .judge = a24_3,
        .holds = "An agreement of {requesting} and {requested} covers the joint use.",
        .fails = "No agreement of {requesting} and {requested} covers the joint use.",
        .not_applicable = "Radio equipment is lent.",
        .duty = "Enter the joint use in the equipment register." },
};

} // namespace

constinit Part const text::technical_measures { "chapter1/technical_measures.cpp",
    "Technical measures", "Art. 24", provisions_of_technical_measures };

} // namespace comity::treaty
