// Chapter one, Articles 11 and 12: training, exchange of experience, prevention. Curricula,
// seminars, courses and programmes are registers of other rooms; here stands what sets a condition.

#include "treaty/provision.h"

namespace comity::treaty {
namespace {

// A11(c). Representatives of another Party are invited to exercises and special operations to
// observe; study visits are open to both sides.
Outcome a11_c(View& view)
{
    auto const visit = view.is(fact::invited_to, Invitation::study_visit);
    if (!visit.no()) return skip(!visit);
    return outcome(view.is(fact::observer_only));
}

constexpr Provision provisions_of_training[] {
    { .id = "A11(c)",
        .title = "Observers at exercises and operations",
        .law = "Representatives of another Party are invited to exercises and special operations "
               "as observers, and to study visits.",
        .effect = Effect::requires_,
        .measures = { Measure::observer_invitation },
        .judge = a11_c,
        .holds = "Those invited only observe.",
        .fails = "Those invited would do more than observe.",
        .not_applicable = "They are invited to a study visit.",
        .duty = "Record who was invited and who came." },
};

} // namespace

constinit Part const text::training_and_prevention { "chapter1/training_and_prevention.cpp",
    "Training and prevention", "Art. 11, 12", provisions_of_training };

} // namespace comity::treaty
