// Chapter one, Article 18: gathering evidence in imminent danger.

#include "treaty/provision.h"

namespace comity::treaty {
namespace {

constexpr Measures asks { Measure::evidence_request };
constexpr Measures sends { Measure::evidence_results };

// A18(1)-1. In imminent danger an authority whose national law lets it may ask for evidence to be
// gathered, body searches, searches and seizures included, where that law provides for them.
Outcome a18_1_1(View& view)
{
    auto const& own_law = view.pair().requesting;
    return outcome(all({ view.is(fact::imminent_danger),
        view.national(own_law, NationalRule::evidence_by_police, fact::evidence_power),
        view.is(fact::measure_in_own_law) }));
}

// A18(1)-2. The request goes straight to the competent law enforcement authority.
Outcome a18_1_2(View& view)
{
    return outcome(all({ view.is(fact::route, Route::direct), view.is(fact::competent) }));
}

// A18(2). The law of the requested Party governs the execution, and with it whether the danger is
// imminent; it tells the requesting Party at once.
Outcome a18_2(View& view)
{
    return arises(!view.is(fact::decision_told));
}

// A18(3). Where no judicial authority made the request, the responsible one is told at once, with
// the circumstances that point to the danger.
Outcome a18_3(View& view)
{
    return arises(!view.is(fact::made_by_judicial_authority));
}

// A18(4)-1. Where the law of the requested Party asks for a court order, the competent court of the
// requesting Party sends an order or explanations afterwards, at once.
Outcome a18_4_1(View& view)
{
    return arises(view.national(
        view.pair().requested, NationalRule::evidence_court_order, fact::court_order_required));
}

// A18(5)-1. The results are sent on a formal letter rogatory of the competent judicial authorities.
// Our reading: except in the urgent case.
Outcome a18_5_1(View& view)
{
    auto const usual = !view.is(fact::urgent);
    if (!usual.yes()) return skip(usual);
    return outcome(view.is(fact::letter_rogatory));
}

// A18(5)-2. When it is urgent the requested authority may send them directly; if it is no judicial
// authority, with the consent of the competent one, given before.
Outcome a18_5_2(View& view)
{
    auto const urgent = view.is(fact::urgent);
    if (!urgent.yes()) return skip(urgent);
    auto const judicial = view.is(fact::sent_by_judicial_authority);
    if (judicial.yes()) return Outcome::holds;
    return outcome(any({ judicial, view.is(fact::judicial_consent) }));
}

constexpr Provision provisions_of_evidence[] {
    { .id = "A18(1)-1",
        .title = "Request in imminent danger",
        .law = "In imminent danger an authority whose law lets it may ask for evidence to be "
               "gathered.",
        .effect = Effect::requires_,
        .measures = asks,
        .judge = a18_1_1,
        .holds = "The danger is imminent and the law of {requesting} provides for request and "
                 "measure.",
        .fails = "The danger is not imminent, or the law of {requesting} does not provide for "
                 "request and measure.",
        .not_applicable = "No evidence is asked for." },
    { .id = "A18(1)-2",
        .title = "Straight to the competent authority",
        .law = "The request goes straight to the competent law enforcement authority.",
        .effect = Effect::requires_,
        .measures = asks,
        .judge = a18_1_2,
        .holds = "The request goes straight to the competent authority.",
        .fails = "The request does not go straight to the competent authority.",
        .not_applicable = "No evidence is asked for.",
        .duty = "Copy the request to the National Central Unit (Art. 21(2))." },
    { .id = "A18(2)",
        .title = "Immediate answer under the law of the requested Party",
        .law = "The requested Party judges the danger and executes under its law, and tells the "
               "requesting Party at once.",
        .effect = Effect::obliges,
        .measures = asks,
        .judge = a18_2,
        .holds = "{requested} did not tell its decision yet.",
        .fails = "",
        .not_applicable = "{requested} told its decision.",
        .duty = "{requested} decides whether the danger is imminent and tells {requesting} at "
                "once.",
        .delegated = "Whether the danger is imminent: the requested authority under its law.",
        .term = &term::immediately },
    { .id = "A18(3)",
        .title = "Informing the judicial authority",
        .law = "Where no judicial authority made the request, the responsible one is told at "
               "once.",
        .effect = Effect::obliges,
        .measures = asks,
        .judge = a18_3,
        .holds = "No judicial authority made the request.",
        .fails = "",
        .not_applicable = "A judicial authority made the request.",
        .duty = "Tell the responsible judicial authority of {requesting} at once that the request "
                "was made, with the circumstances that point to imminent danger.",
        .term = &term::immediately },
    { .id = "A18(4)-1",
        .title = "Court order afterwards",
        .law = "Where the law of the requested Party asks for a court order, the court of the "
               "requesting Party sends an order or explanations at once.",
        .effect = Effect::obliges,
        .measures = asks,
        .judge = a18_4_1,
        .holds = "The law of {requested} asks for a court order.",
        .fails = "",
        .not_applicable = "The law of {requested} asks for no court order.",
        .duty = "The competent court of {requesting} sends an order or explanations at once.",
        .term = &term::immediately },
    { .id = "A18(5)-1",
        .title = "Results on a letter rogatory",
        .law = "Results are sent on a formal letter rogatory of the judicial authorities.",
        .effect = Effect::requires_,
        .measures = sends,
        .judge = a18_5_1,
        .holds = "A formal letter rogatory was made.",
        .fails = "No formal letter rogatory was made.",
        .not_applicable = "The results are needed urgently: see Art. 18(5), second sentence." },
    { .id = "A18(5)-2",
        .title = "Urgent results directly",
        .law = "Urgent results may be sent directly; by an authority that is not judicial with "
               "the consent of the judicial authority.",
        .effect = Effect::requires_,
        .measures = sends,
        .judge = a18_5_2,
        .holds = "A judicial authority sends the results or consented before.",
        .fails = "The competent judicial authority did not consent before.",
        .not_applicable = "The results are not needed urgently." },
};

} // namespace

constinit Part const text::urgent_evidence { "chapter1/urgent_evidence.cpp",
    "Gathering evidence in imminent danger", "Art. 18", provisions_of_evidence };

} // namespace comity::treaty
