// Chapter one, Article 9: liaison officers. The requesting Party is the one that posts the officer;
// the requested Party the one where the officer is posted, or for which the officer acts.

#include "treaty/provision.h"

namespace comity::treaty {
namespace {

// A9(1). Posting liaison officers to each other, for a time or without end, is settled by bilateral
// agreement. A posting to a third State is not: A9(4)-3.
Outcome a9_1(View& view)
{
    auto const third = view.is(fact::posting_in_third_state);
    if (!third.no()) return skip(!third);
    return outcome(view.is_agreed(AgreementTerm::liaison_officers));
}

/// The list of tasks is open; a task it names meets what the text says of it.
template <class Condition> Outcome of_task(View& view, LiaisonTask task, Condition condition)
{
    auto const applies = view.is(fact::liaison_task, task);
    if (!applies.yes()) return skip(applies);
    return outcome(condition());
}

// A9(2)(a). Helping to exchange information, for the purposes of the Convention.
Outcome a9_2_a(View& view)
{
    return of_task(view, LiaisonTask::information_exchange,
        [&] { return !view.is(fact::purpose, Purpose::other); });
}

// A9(2)(b). Helping to execute requests for police assistance in criminal matters. Our reading: the
// request is named.
Outcome a9_2_b(View& view)
{
    return of_task(
        view, LiaisonTask::police_assistance, [&] { return view.given(fact::case_number); });
}

// A9(2)(c). Helping authorities with their duties in border surveillance.
Outcome a9_2_c(View& view)
{
    return of_task(view, LiaisonTask::border_surveillance,
        [&] { return view.is(fact::border_surveillance_authority); });
}

// A9(3)-1. Liaison officers advise and assist; they take no police measure in their own right.
Outcome a9_3_1(View& view)
{
    return outcome(view.is(fact::independent_police_act));
}

// A9(3)-2. They follow the instructions of the Party that posted them and of the Party where they
// are posted.
Outcome a9_3_2(View& view)
{
    return outcome(all({ view.is(fact::within_instructions_of_requesting),
        view.is(fact::within_instructions_of_requested) }));
}

// A9(4)-1. Parties may agree that a liaison officer posted in a third State acts for another of
// them as well.
Outcome a9_4_1(View& view)
{
    return outcome(all({ view.is(fact::posting_in_third_state),
        view.is_agreed(AgreementTerm::liaison_representation) }));
}

// A9(4)-2. Under such an agreement the officer informs the other Party, asked or not, and acts on
// its behalf within his or her competence.
Outcome a9_4_2(View& view)
{
    return outcome(view.is(fact::within_competence));
}

// A9(4)-3. The Parties tell each other of their intentions to post liaison officers to third
// States.
Outcome a9_4_3(View& view)
{
    return arises(view.is(fact::posting_in_third_state));
}

constexpr std::string_view another_task = "The liaison officer has another task.";

constexpr Provision provisions_of_liaison[] {
    { .id = "A9(1)",
        .title = "Agreement on liaison officers",
        .law = "Bilateral agreements settle the posting of liaison officers, for a definite or an "
               "indefinite period.",
        .effect = Effect::requires_,
        .measures = { Measure::liaison_posting },
        .judge = a9_1,
        .holds = "An agreement of {requesting} and {requested} provides for liaison officers.",
        .fails = "No agreement of {requesting} and {requested} provides for liaison officers.",
        .not_applicable = "The posting is to a third State." },
    { .id = "A9(2)(a)",
        .title = "Liaison task: exchange of information",
        .law = "Liaison officers help to exchange information for the purposes of the Convention.",
        .effect = Effect::requires_,
        .measures = { Measure::liaison_act },
        .judge = a9_2_a,
        .holds = "The exchange serves a purpose of the Convention.",
        .fails = "The exchange serves no purpose of the Convention.",
        .not_applicable = another_task,
        .duty = "Record the act under task (a)." },
    { .id = "A9(2)(b)",
        .title = "Liaison task: police assistance",
        .law = "Liaison officers help to execute requests for police assistance in criminal "
               "matters.",
        .effect = Effect::requires_,
        .measures = { Measure::liaison_act },
        .judge = a9_2_b,
        .holds = "The request is named that the act helps to execute.",
        .fails = "No request is named that the act would help to execute.",
        .not_applicable = another_task,
        .duty = "Record the act under task (b), with the request." },
    { .id = "A9(2)(c)",
        .title = "Liaison task: border surveillance",
        .law = "Liaison officers help the authorities responsible for border surveillance with "
               "their duties.",
        .effect = Effect::requires_,
        .measures = { Measure::liaison_act },
        .judge = a9_2_c,
        .holds = "The authority assisted is responsible for border surveillance.",
        .fails = "The authority assisted is not responsible for border surveillance.",
        .not_applicable = another_task,
        .duty = "Record the act under task (c)." },
    { .id = "A9(3)-1",
        .title = "No powers of their own",
        .law = "Liaison officers advise and assist and take no independent police measures.",
        .effect = Effect::forbids,
        .measures = { Measure::liaison_act },
        .judge = a9_3_1,
        .holds = "The liaison officer would take a police measure in his or her own right.",
        .fails = "The liaison officer advises and assists.",
        .not_applicable = "No liaison officer acts." },
    { .id = "A9(3)-2",
        .title = "Instructions of both Parties",
        .law = "Liaison officers work within the instructions of the posting Party and of the "
               "Party of posting.",
        .effect = Effect::requires_,
        .measures = { Measure::liaison_act },
        .judge = a9_3_2,
        .holds = "The act keeps within the instructions of {requesting} and of {requested}.",
        .fails = "The act goes beyond the instructions of {requesting} or of {requested}: ask "
                 "both.",
        .not_applicable = "No liaison officer acts." },
    { .id = "A9(4)-1",
        .title = "Acting for another Party in a third State",
        .law = "Parties may agree that a liaison officer in a third State also acts for other "
               "Parties.",
        .effect = Effect::requires_,
        .measures = { Measure::liaison_representation },
        .judge = a9_4_1,
        .holds = "{requesting} and {requested} agreed that liaison officers in third States act "
                 "for the other.",
        .fails = "No agreement lets liaison officers of {requesting} act for {requested}, or the "
                 "officer is not posted in a third State.",
        .not_applicable = "No liaison officer acts for another Party." },
    { .id = "A9(4)-2",
        .title = "On behalf of the other Party",
        .law = "Such liaison officers inform the other Party, asked or not, and act on its behalf "
               "within their competence.",
        .effect = Effect::requires_,
        .measures = { Measure::liaison_representation },
        .judge = a9_4_2,
        .holds = "The act lies within the competence of the liaison officer.",
        .fails = "The act lies outside the competence of the liaison officer.",
        .not_applicable = "No liaison officer acts for another Party.",
        .duty = "Name {requested} as the Party on whose behalf the act is done." },
    { .id = "A9(4)-3",
        .title = "Intended postings to third States",
        .law = "Parties tell each other of their intentions to post liaison officers to third "
               "States.",
        .effect = Effect::obliges,
        .measures = { Measure::liaison_posting },
        .judge = a9_4_3,
        .holds = "A liaison officer is to be posted to a third State.",
        .fails = "",
        .not_applicable = "The posting is not to a third State.",
        .duty = "Tell every other Party of the intended posting: the State and the date." },
};

} // namespace

constinit Part const text::liaison_officers { "chapter1/liaison_officers.cpp", "Liaison officers",
    "Art. 9", provisions_of_liaison };

} // namespace comity::treaty
