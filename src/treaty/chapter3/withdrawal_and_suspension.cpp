// Chapter three, Articles 41 and 42: making and withdrawing reservations, leaving, suspending.

#include "treaty/provision.h"

namespace comity::treaty {
namespace {

/// Whether what the depositary received has taken effect at the instant that is judged.
Truth in_effect(View& view, Term const& term)
{
    auto const due = view.due(term, fact::notice_received_at);
    if (!due) return unknown;
    return view.at() >= *due;
}

// A41(1). Reservations are made on ratification, acceptance, approval or accession, and not later.
Outcome a41_1(View& view)
{
    return outcome(view.is(fact::made_with_instrument));
}

// A41(2). A reservation is withdrawn at any time by notice, with effect on the day of its receipt.
Outcome a41_2(View& view)
{
    return outcome(in_effect(view, term::reservation_withdrawn));
}

// A42(2). A Party withdraws at any time by written notice, with effect six months after the day of
// its receipt.
Outcome a42_2(View& view)
{
    return outcome(all({ view.is(fact::notice_written), in_effect(view, term::withdrawal) }));
}

// A42(3)-1. A Party suspends the Convention or a part of it when that is necessary for the security
// of the State, public order and security, or the life and integrity of citizens.
Outcome a42_3_1(View& view)
{
    return outcome(!view.is(fact::suspension_ground, SuspensionGround::other));
}

// A42(3)-2. The depositary is notified at once that it begins and that it ends.
Outcome a42_3_2(View&)
{
    return Outcome::holds;
}

// A42(3)-3. It takes effect fifteen days after the day of receipt: until then every act stays
// lawful, and from then on what stands under a suspended article is forbidden.
Outcome a42_3_3(View& view)
{
    if (view.measure() == Measure::suspension) return outcome(!in_effect(view, term::suspension));
    auto const& suspended = view.pair().suspended[article_of(view.measure())];
    if (suspended.value) view.rests_on(suspended.source);
    return outcome(suspended.value);
}

constexpr Provision provisions_of_withdrawal[] {
    { .id = "A41(1)",
        .title = "Making reservations",
        .law = "Reservations are made on ratification, acceptance, approval or accession.",
        .effect = Effect::requires_,
        .measures = { Measure::reservation_deposit },
        .judge = a41_1,
        .holds = "The reservation was made with the instrument.",
        .fails = "The reservation was not made with the instrument.",
        .not_applicable = "Nothing is reserved.",
        .duty = "Register the reservation by provision and by the Parties it touches." },
    { .id = "A41(2)",
        .title = "Withdrawing reservations",
        .law = "Reservations are withdrawn at any time by notice to the depositary, with effect on "
               "the day of its receipt.",
        .effect = Effect::requires_,
        .measures = { Measure::reservation_withdrawal },
        .judge = a41_2,
        .holds = "The depositary has received the notice: the reservation has ended.",
        .fails = "The depositary receives the notice later: the reservation still stands.",
        .not_applicable = "No reservation is withdrawn.",
        .duty = "End the reservation with the day of receipt.",
        .term = &term::reservation_withdrawn,
        .anchor = &fact::notice_received_at },
    { .id = "A42(2)",
        .title = "Withdrawal",
        .law = "A Party withdraws at any time by written notice, with effect six months after the "
               "day of its receipt.",
        .effect = Effect::requires_,
        .measures = { Measure::withdrawal },
        .judge = a42_2,
        .holds = "The six months are over: {requesting} is no Party any more.",
        .fails = "The notice is not in writing, or the six months are not over: {requesting} is "
                 "still a Party.",
        .not_applicable = "Nobody withdraws.",
        .duty = "Destroy, on the last day at the latest, the personal data received under the "
                "Convention.",
        .term = &term::withdrawal,
        .anchor = &fact::notice_received_at },
    { .id = "A42(3)-1",
        .title = "Grounds of a suspension",
        .law = "A Party suspends the Convention, in part or as a whole, when that is necessary for "
               "State security, public order and security, or life and integrity of citizens.",
        .effect = Effect::requires_,
        .measures = { Measure::suspension },
        .judge = a42_3_1,
        .holds = "The suspension rests on one of the grounds.",
        .fails = "The suspension rests on none of the grounds.",
        .not_applicable = "Nothing is suspended.",
        .duty = "Register the suspension with its articles and dates.",
        .delegated = "Whether the suspension is necessary: the suspending Party." },
    { .id = "A42(3)-2",
        .title = "Notice of a suspension",
        .law = "The depositary is notified at once of such a step and of its end.",
        .effect = Effect::obliges,
        .measures = { Measure::suspension },
        .judge = a42_3_2,
        .holds = "{requesting} suspends, or ends a suspension.",
        .fails = "",
        .not_applicable = "Nothing is suspended.",
        .duty = "Notify the depositary, now and when the suspension ends.",
        .term = &term::immediately },
    { .id = "A42(3)-3",
        .title = "Effect of a suspension",
        .law = "It takes effect fifteen days after the day of receipt.",
        .effect = Effect::forbids,
        .measures = between_parties | Measures { Measure::suspension },
        .judge = a42_3_3,
        .holds = "The fifteen days are not over, or the article is suspended on this date.",
        .fails = "Nothing that the measure stands under is suspended; a suspension that is judged "
                 "has taken effect.",
        .not_applicable = "Nothing is suspended.",
        .term = &term::suspension,
        .anchor = &fact::notice_received_at },
};

} // namespace

constinit Part const text::withdrawal_and_suspension { "chapter3/withdrawal_and_suspension.cpp",
    "Reservations made, withdrawal, suspension", "Art. 41, 42", provisions_of_withdrawal };

} // namespace comity::treaty
