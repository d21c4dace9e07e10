// Chapter one, Article 4(1) to (4): cooperation on request, and the ways between authorities.

#include "treaty/provision.h"

namespace comity::treaty {
namespace {

// A4(1)-1. Authorities assist each other on request within their jurisdiction, unless the law of a
// Party concerned leaves the request or its execution to judicial authorities.
Outcome a4_1_1(View& view)
{
    auto const kind = view.kind();
    if (!kind) return Outcome::missing;
    auto const& asking = view.pair().requesting.judicial[static_cast<std::size_t>(*kind)];
    auto const& asked = view.pair().requested.judicial[static_cast<std::size_t>(*kind)];
    for (auto const* law : { &asking, &asked }) {
        if (!law->value.yes()) continue;
        view.rests_on(law->source);
        return Outcome::fails;
    }
    if (asking.value.no() && asked.value.no()) {
        view.rests_on(asked.source);
        view.rests_on(asking.source);
        return Outcome::holds;
    }
    // The table is silent for at least one of the two: the officer answers for both.
    return outcome(!view.is(fact::judicial_reserved));
}

// A4(1)-2. An authority that is not competent passes the request on to the one that is, and tells
// the authority that asked.
Outcome a4_1_2(View& view)
{
    return arises(!view.is(fact::competent));
}

// A4(2)-1. The law enforcement authorities of the Convention are those of the annexed lists. The
// keeper of a vehicle register may be asked without standing on them: A4(5)(a)-2.
Outcome a4_2_1(View& view)
{
    auto const asking = view.requesting_authority(&Standing::listed);
    auto const asked = view.requested_authority(&Standing::listed);
    if (asked.yes()) return outcome(asking);
    return outcome(
        all({ asking, any({ asked, view.is(fact::route, Route::registration_authority) }) }));
}

// A4(2)-2. What belongs to another ministry stays with it: an authority that is not competent
// passes the matter on and decides nothing about it.
Outcome a4_2_2(View& view)
{
    return arises(!view.is(fact::competent));
}

// A4(3). Requests and answers go from National Central Unit to National Central Unit; while a Party
// has none, its existing structures stand in.
Outcome a4_3(View& view)
{
    auto const usual = view.is(fact::route, Route::national_central_unit);
    if (!usual.yes()) return skip(usual);
    auto const units = all({ view.requesting_authority(&Standing::central),
        view.requested_authority(&Standing::central) });
    if (view.pair().requesting.central_known && view.pair().requested.central_known)
        return outcome(units);
    view.because("No National Central Unit and no existing structure of {requesting} or "
                 "{requested} is known on this date.");
    return Outcome::missing;
}

// A4(4)-1. Listed authorities may deal with each other directly when that is expedient and one of
// two grounds is given; the National Central Units are notified.
Outcome a4_4_1(View& view)
{
    auto const direct = view.is(fact::route, Route::direct);
    if (!direct.yes()) return skip(direct);
    return outcome(all(
        { view.is(fact::direct_expedient), !view.is(fact::direct_ground, DirectGround::none) }));
}

// A4(4)(a). The first ground: crime that authorities of the border region will most probably
// investigate.
Outcome a4_4_a(View& view)
{
    auto const chosen = all({ view.is(fact::route, Route::direct),
        view.is(fact::direct_ground, DirectGround::border_region_crime) });
    if (!chosen.yes()) return skip(chosen);
    return outcome(view.is(fact::border_region));
}

// A4(4)(b). The second ground: averting an immediate threat, when the usual channel between the
// National Central Units would be too slow.
Outcome a4_4_b(View& view)
{
    auto const chosen = all({ view.is(fact::route, Route::direct),
        view.is(fact::direct_ground, DirectGround::immediate_threat) });
    if (!chosen.yes()) return skip(chosen);
    return outcome(all({ view.is(fact::threat_immediate), view.is(fact::usual_channel_too_late) }));
}

constexpr Provision provisions_of_mutual_assistance[] {
    { .id = "A4(1)-1",
        .title = "Cooperation on request",
        .law = "Authorities assist each other on request, unless national law leaves the request "
               "or its execution to judicial authorities.",
        .effect = Effect::requires_,
        .measures = requests,
        .judge = a4_1_1,
        .holds = "Neither Party leaves this kind of request to judicial authorities.",
        .fails = "A Party leaves this kind of request to judicial authorities: use mutual legal "
                 "assistance.",
        .not_applicable = "Nothing is requested.",
        .delegated = "Whether a request lies within its own jurisdiction: the requesting "
                     "authority." },
    { .id = "A4(1)-2",
        .title = "Forwarding to the competent authority",
        .law = "An authority that is not competent passes the request on and tells the authority "
               "that asked.",
        .effect = Effect::obliges,
        .measures = { Measure::information_request_received },
        .judge = a4_1_2,
        .holds = "The requested authority is not competent and must pass the request on.",
        .fails = "",
        .not_applicable = "The requested authority is competent itself.",
        .duty = "Pass the request on to the competent authority and tell the requesting authority "
                "to whom it went." },
    { .id = "A4(2)-1",
        .title = "Listed authorities",
        .law = "The law enforcement authorities of the Convention are those of the annexed lists.",
        .effect = Effect::requires_,
        .measures = between_authorities,
        .judge = a4_2_1,
        .holds = "Both authorities stand on the annexed lists, or belong to one that does.",
        .fails = "One of the two authorities is neither on the annexed lists nor part of one that "
                 "is.",
        .not_applicable = "No authority takes part." },
    { .id = "A4(2)-2",
        .title = "Other ministries",
        .law = "The competence of other ministries is never interfered with.",
        .effect = Effect::obliges,
        .measures = { Measure::information_request_received },
        .judge = a4_2_2,
        .holds = "The matter lies outside the competence of the requested authority.",
        .fails = "",
        .not_applicable = "The requested authority is competent itself.",
        .duty = "Where the matter belongs to another ministry, pass it on and decide nothing "
                "about it.",
        .delegated = "To which ministry a matter belongs: the law of the requested Party." },
    { .id = "A4(3)",
        .title = "National Central Units",
        .law = "Requests and answers go between the National Central Units; existing structures "
               "stand in while a Party has none.",
        .effect = Effect::requires_,
        .measures = transmissions,
        .judge = a4_3,
        .holds = "Both ends are the National Central Units, or the structures that stand in.",
        .fails = "One end is not the National Central Unit of its Party on this date.",
        .not_applicable = "The exchange does not go between the National Central Units." },
    { .id = "A4(4)-1",
        .title = "Direct exchange",
        .law = "Listed authorities may deal with each other directly when that is expedient, one "
               "of two grounds is given and the National Central Units are notified.",
        .effect = Effect::requires_,
        .measures = transmissions,
        .judge = a4_4_1,
        .holds = "Dealing directly is expedient and a ground is given.",
        .fails = "Dealing directly is not expedient, or no ground for it is given.",
        .not_applicable = "The two authorities do not deal with each other directly.",
        .duty = "Notify both National Central Units, or the existing structures, of the direct "
                "exchange.",
        .delegated = "Whether dealing directly is expedient: the requesting authority." },
    { .id = "A4(4)(a)",
        .title = "Direct exchange: border-region crime",
        .law = "Direct exchange may rest on crime that authorities of the border region will most "
               "probably investigate.",
        .effect = Effect::requires_,
        .measures = requests,
        .judge = a4_4_a,
        .holds = "The crime concerns the border region of both authorities.",
        .fails = "The crime does not concern the border region of both authorities.",
        .not_applicable = "Border-region crime is not the ground.",
        .delegated = "Who will most probably investigate: the requesting authority." },
    { .id = "A4(4)(b)",
        .title = "Direct exchange: immediate threat",
        .law = "Direct exchange may rest on an immediate threat for which the usual channel is too "
               "slow.",
        .effect = Effect::requires_,
        .measures = requests,
        .judge = a4_4_b,
        .holds = "The threat is immediate and the usual channel would be too slow.",
        .fails = "The threat is not immediate, or the usual channel is fast enough.",
        .not_applicable = "An immediate threat is not the ground." },
};

} // namespace

constinit Part const text::mutual_assistance { "chapter1/mutual_assistance.cpp",
    "Cooperation on request", "Art. 4(1) to (4)", provisions_of_mutual_assistance };

} // namespace comity::treaty
