// Chapter one, Article 6: information without a request. Article 4(6) applies to it as it stands.

#include "treaty/provision.h"

namespace comity::treaty {
namespace {

// A6-1. Information is given without a request when proven facts let one assume that the other
// Party needs it, against concrete threats or to prevent, detect and investigate crime.
Outcome a6_1(View& view)
{
    return outcome(all({ view.given(fact::proven_facts), view.is(fact::need_assumed) }));
}

// A6-2. It takes the ways of Article 4(3) and 4(4): between the National Central Units, or directly
// on one of the two grounds. Article 4(5) is not among them, so no register is addressed.
Outcome a6_2(View& view)
{
    auto const usual = view.is(fact::route, Route::national_central_unit);
    if (usual.yes()) return Outcome::holds;
    auto const region = all({ view.is(fact::direct_ground, DirectGround::border_region_crime),
        view.is(fact::border_region) });
    auto const threat = all({ view.is(fact::direct_ground, DirectGround::immediate_threat),
        view.is(fact::threat_immediate), view.is(fact::usual_channel_too_late) });
    return outcome(
        any({ usual, all({ view.is(fact::route, Route::direct), any({ region, threat }) }) }));
}

constexpr Provision provisions_of_article_6[] {
    { .id = "A6-1",
        .title = "Information without a request",
        .law = "Information is given without a request when proven facts give reason to assume "
               "that the other Party needs it.",
        .effect = Effect::requires_,
        .measures = { Measure::spontaneous_information },
        .judge = a6_1,
        .holds = "Proven facts give reason to assume that {requested} needs the information.",
        .fails = "No proven facts are named, or they give no reason to assume that {requested} "
                 "needs the information.",
        .not_applicable = "The information was requested.",
        .delegated = "Whether the facts are proven and give reason: the sending authority." },
    { .id = "A6-2",
        .title = "The ways of a request",
        .law = "Information without a request takes the same ways as requests: between National "
               "Central Units, or directly on a ground of Art. 4(4).",
        .effect = Effect::requires_,
        .measures = { Measure::spontaneous_information },
        .judge = a6_2,
        .holds = "It goes between the National Central Units, or directly on a ground of Art. "
                 "4(4).",
        .fails = "It goes neither between the National Central Units nor directly on a ground of "
                 "Art. 4(4).",
        .not_applicable = "The information was requested." },
};

} // namespace

constinit Part const text::spontaneous_information { "chapter1/spontaneous_information.cpp",
    "Information without a request", "Art. 6", provisions_of_article_6 };

} // namespace comity::treaty
