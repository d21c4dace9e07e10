// Chapter three, Article 40: entry into force. deadline.h computes the dates; here they are
// applied.

#include "treaty/provision.h"

namespace comity::treaty {
namespace {

// A40(1). The Convention enters into force on the ninetieth day after the second deposit.
Outcome a40_1(View& view)
{
    return outcome(view.pair().convention_in_force);
}

// A40(2). For a State that deposits later, on the ninetieth day after its own deposit.
Outcome a40_2(View& view)
{
    auto const both = all({ view.pair().requesting.in_force, view.pair().requested.in_force });
    if (both.unknown())
        view.because("When the Convention entered into force for {requesting} or {requested} was "
                     "not found; on this date it may not yet have been.");
    return outcome(both);
}

constexpr Provision provisions_of_entry[] {
    { .id = "A40(1)",
        .title = "Entry into force of the Convention",
        .law = "The Convention enters into force on the ninetieth day after the second instrument "
               "is deposited.",
        .effect = Effect::requires_,
        .measures = between_parties,
        .judge = a40_1,
        .holds = "The Convention is in force.",
        .fails = "The Convention is not yet in force on this date.",
        .not_applicable = "Nothing is done under the Convention." },
    { .id = "A40(2)",
        .title = "Entry into force for a later State",
        .law = "For a State that deposits later the Convention enters into force on the ninetieth "
               "day after its own deposit.",
        .effect = Effect::requires_,
        .measures = between_parties,
        .judge = a40_2,
        .holds = "The Convention is in force for {requesting}{requesting-since} and for "
                 "{requested}{requested-since}.",
        .fails = "The Convention is not in force for both: {requesting}{requesting-since}, "
                 "{requested}{requested-since}; the date is {requesting-date}.",
        .not_applicable = "Nothing is done under the Convention." },
};

} // namespace

constinit Part const text::entry_into_force { "chapter3/entry_into_force.cpp", "Entry into force",
    "Art. 40", provisions_of_entry };

} // namespace comity::treaty
