// Chapter one, Article 4(6): the form of requests and answers.

#include "treaty/provision.h"

namespace comity::treaty {
namespace {

// A4(6)-1. Requests and answers are written. The oral request in urgent cases is A4(6)-3.
Outcome a4_6_1(View& view)
{
    auto const oral = view.is(fact::medium, Medium::oral);
    if (oral.yes() && requesting_sends(view.measure())) return Outcome::not_applicable;
    return outcome(!oral);
}

// A4(6)-2. Personal data travel over a connection that is as secure as their sensitivity demands.
Outcome a4_6_2(View& view)
{
    auto const personal = view.is(fact::personal_data);
    if (!personal.yes()) return skip(personal);
    return outcome(view.is(fact::channel_secure));
}

// A4(6)-3. In urgent cases a request may be made orally; it is confirmed in writing right after.
Outcome a4_6_3(View& view)
{
    auto const oral = view.is(fact::medium, Medium::oral);
    if (!oral.yes()) return skip(oral);
    return outcome(view.is(fact::urgent));
}

// A4(6)-4. The written answer to an oral request waits for the written confirmation.
Outcome a4_6_4(View& view)
{
    return outcome(all({ view.is(fact::request_oral), !view.is(fact::confirmed_in_writing) }));
}

// A4(6)-5. Only authorised officials get at the means of communication.
Outcome a4_6_5(View& view)
{
    return outcome(view.is(fact::official_authorised));
}

constexpr Provision provisions_of_form[] {
    { .id = "A4(6)-1",
        .title = "Written form",
        .law = "Requests and answers are made in writing.",
        .effect = Effect::requires_,
        .measures = transmissions | Measures { Measure::refusal },
        .judge = a4_6_1,
        .holds = "It is in writing.",
        .fails = "It is not in writing.",
        .not_applicable = "The request is made orally: see A4(6)-3." },
    { .id = "A4(6)-2",
        .title = "Secure connection for personal data",
        .law = "Personal data travel over a connection as secure as their sensitivity demands.",
        .effect = Effect::requires_,
        .measures = transmissions,
        .judge = a4_6_2,
        .holds = "The connection is secure enough for these personal data.",
        .fails = "The connection is not secure enough for these personal data.",
        .not_applicable = "No personal data are sent.",
        .delegated = "Which connection is secure enough: the security officer." },
    { .id = "A4(6)-3",
        .title = "Oral request in urgent cases",
        .law = "In urgent cases a request may be made orally and is confirmed in writing right "
               "after.",
        .effect = Effect::requires_,
        .measures = requests | Measures { Measure::spontaneous_information },
        .judge = a4_6_3,
        .holds = "The case is urgent: the request may be made orally.",
        .fails = "The case is not urgent: the request must be made in writing.",
        .not_applicable = "The request is not made orally.",
        .duty = "Confirm the oral request in writing immediately." },
    { .id = "A4(6)-4",
        .title = "No written answer before the confirmation",
        .law
        = "An oral request is answered in writing only once its written confirmation is there.",
        .effect = Effect::forbids,
        .measures = { Measure::information_answer },
        .judge = a4_6_4,
        .holds = "The written confirmation of the oral request is still missing.",
        .fails = "The request was made or confirmed in writing.",
        .not_applicable = "Nothing is answered." },
    { .id = "A4(6)-5",
        .title = "Authorised officials only",
        .law = "Only authorised officials have access to the means of communication.",
        .effect = Effect::requires_,
        .measures = sendings | Measures { Measure::refusal },
        .judge = a4_6_5,
        .holds = "The official may use this means of communication.",
        .fails = "The official may not use this means of communication.",
        .not_applicable = "No official is at work." },
};

} // namespace

constinit Part const text::form_of_requests { "chapter1/form_of_requests.cpp", "Form of requests",
    "Art. 4(6)", provisions_of_form };

} // namespace comity::treaty
