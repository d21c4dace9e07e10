// Chapter one, Article 19: requests for body search.

#include "treaty/provision.h"

namespace comity::treaty {
namespace {

// A19(1). Law enforcement authorities help each other with body searches of suspects and others, as
// far as the law of the requested Party permits.
Outcome a19_1(View& view)
{
    return outcome(
        view.national(view.pair().requested, NationalRule::body_search, fact::body_search_allowed));
}

// A19(2)(a). The search is needed to confirm facts of the case and is in proportion to the gravity
// of the offence.
Outcome a19_2_a(View& view)
{
    return outcome(all({ view.is(fact::confirms_facts), view.is(fact::proportionate) }));
}

// A19(2)(b). An authorised office of the requesting Party ordered the search, or states that its
// preconditions would be met if the person were there.
Outcome a19_2_b(View& view)
{
    return outcome(any({ view.is(fact::search_order), view.is(fact::search_statement) }));
}

constexpr std::string_view nobody_searched = "Nobody is searched.";

constexpr Provision provisions_of_search[] {
    { .id = "A19(1)",
        .title = "Body search",
        .law = "Authorities help each other with body searches as far as the law of the requested "
               "Party permits.",
        .effect = Effect::requires_,
        .measures = { Measure::body_search },
        .judge = a19_1,
        .holds = "The law of {requested} permits the search.",
        .fails = "The law of {requested} does not permit the search.",
        .not_applicable = nobody_searched },
    { .id = "A19(2)(a)",
        .title = "Necessity and proportionality",
        .law = "The search is needed to confirm facts and in proportion to the offence.",
        .effect = Effect::requires_,
        .measures = { Measure::body_search },
        .judge = a19_2_a,
        .holds = "The search is needed to confirm facts and in proportion to the offence.",
        .fails = "The search is not needed to confirm facts, or out of proportion to the offence.",
        .not_applicable = nobody_searched,
        .delegated = "What is in proportion: the requesting authority." },
    { .id = "A19(2)(b)",
        .title = "Order or statement",
        .law = "An order of an authorised office, or its statement that the preconditions would be "
               "met at home, goes with the request.",
        .effect = Effect::requires_,
        .measures = { Measure::body_search },
        .judge = a19_2_b,
        .holds = "An order or a statement of an authorised office is attached.",
        .fails = "Neither an order nor a statement of an authorised office is attached.",
        .not_applicable = nobody_searched },
};

} // namespace

constinit Part const text::body_search { "chapter1/body_search.cpp", "Body search", "Art. 19",
    provisions_of_search };

} // namespace comity::treaty
