// Chapter three, Article 41: reservations that change these measures. The texts of the reservations
// are data; a reservation whose row has ended changes nothing.

#include "treaty/provision.h"

namespace comity::treaty {
namespace {

ReservedBetween const& reserved(View const& view, Reserved which)
{
    return view.pair().reserved[static_cast<std::size_t>(which)];
}

// RES-BG(1). Bulgaria exchanges classified information only with Parties with which a security
// agreement is in force.
Outcome res_bg_1(View& view)
{
    auto const& reservation = reserved(view, Reserved::bg_classified);
    if (!reservation.value) return Outcome::not_applicable;
    view.rests_on(reservation.source);
    auto const classified = view.at_least(fact::classification_level, 1);
    if (!classified.yes()) return skip(classified);
    return outcome(view.is(fact::security_agreement));
}

// RES-BG(2). Bulgaria transfers personal data after its Commission for Personal Data Protection
// permitted it. Whether a general permission covers a transfer is for that Commission to say.
Outcome res_bg_2(View& view)
{
    auto const& reservation = reserved(view, Reserved::bg_personal_data);
    if (!reservation.value || view.sender().code != PartyCode::of("BG"))
        return Outcome::not_applicable;
    view.rests_on(reservation.source);
    auto const personal = view.is(fact::personal_data);
    if (!personal.yes()) return skip(personal);
    return outcome(view.is(fact::supervisor_permission));
}

// RES-HR(2). Croatia excludes data on vehicles, vessels and aircraft found where the border is not
// settled.
Outcome res_hr_2(View& view)
{
    auto const& reservation = reserved(view, Reserved::hr_vehicles);
    if (!reservation.value) return Outcome::not_applicable;
    view.rests_on(reservation.source);
    auto const vehicle = view.is(fact::kind, Kind::vehicle_owner);
    if (!vehicle.yes()) return skip(vehicle);
    return outcome(view.is(fact::disputed_territory));
}

// RES-AT(1). Austria takes part in controlled deliveries and undercover investigations only when an
// Austrian judicial authority authorised it. Our reading: whichever of the two Austria is.
Outcome res_at_1(View& view)
{
    auto const& reservation = reserved(view, Reserved::at_judicial);
    if (!reservation.value) return Outcome::not_applicable;
    view.rests_on(reservation.source);
    return outcome(view.given(fact::judicial_authorisation));
}

/// Whether a reservation leaves a provision in force between its Party and the other.
Outcome leaves_in_force(View& view, ReservedBetween const& reservation)
{
    if (!reservation.value) return Outcome::not_applicable;
    view.rests_on(reservation.source);
    switch (reservation.towards) {
    case Towards::any: return Outcome::fails;
    case Towards::eu_members: return outcome(reservation.other_in_eu);
    case Towards::not_read: break;
    }
    view.because("Towards which Parties the reservation leaves this in force was not read in a "
                 "source.");
    return Outcome::missing;
}

// RES-HR(1). Croatia lends radio equipment and deploys forces in border areas only towards members
// of the European Union.
Outcome res_hr_1(View& view)
{
    return leaves_in_force(view, reserved(view, Reserved::hr_eu_members));
}

// RES-HR(3). Croatia takes part in the operations of Art. 13 to 17 and 28 only towards some
// Parties. The list was cut off in the source: nothing may be granted before it is read.
Outcome res_hr_3(View& view)
{
    return leaves_in_force(view, reserved(view, Reserved::hr_operations));
}

constexpr Provision provisions_of_reservations[] {
    { .id = "RES-BG(1)",
        .title = "Bulgaria: classified information",
        .law = "Bulgaria exchanges classified information only with Parties with which a security "
               "agreement is in force.",
        .effect = Effect::requires_,
        .measures = messages,
        .judge = res_bg_1,
        .holds = "A security agreement between {requesting} and {requested} is in force.",
        .fails = "No security agreement between {requesting} and {requested} is in force.",
        .not_applicable = "Bulgaria takes no part, or nothing is classified." },
    { .id = "RES-BG(2)",
        .title = "Bulgaria: permission for personal data",
        .law
        = "Bulgaria transfers personal data after its data-protection supervisor permitted it.",
        .effect = Effect::requires_,
        .measures = sendings | further_requests
            | Measures { Measure::surveillance, Measure::classified_transmission },
        .judge = res_bg_2,
        .holds = "The Commission for Personal Data Protection permitted the transfer.",
        .fails = "The Commission for Personal Data Protection did not permit the transfer.",
        .not_applicable = "Bulgaria sends no personal data.",
        .delegated = "Whether a transfer is permitted: the Commission for Personal Data "
                     "Protection." },
    { .id = "RES-AT(1)",
        .title = "Austria: judicial authorisation",
        .law = "Austria takes part in controlled deliveries and undercover investigations only "
               "with the authorisation of an Austrian judicial authority.",
        .effect = Effect::requires_,
        .measures = { Measure::controlled_delivery, Measure::undercover_investigation,
            Measure::urgent_undercover_entry, Measure::preventive_undercover_investigation },
        .judge = res_at_1,
        .holds = "An Austrian judicial authority authorised it.",
        .fails = "No Austrian judicial authority authorised it.",
        .not_applicable = "Austria takes no part." },
    { .id = "RES-HR(1)",
        .title = "Croatia: equipment and deployment",
        .law = "Croatia lends radio equipment and deploys forces in border areas only towards "
               "members of the European Union.",
        .effect = Effect::requires_,
        .measures = { Measure::equipment_loan, Measure::border_deployment },
        .judge = res_hr_1,
        .holds = "The other Party is a member of the European Union.",
        .fails = "The other Party is no member of the European Union.",
        .not_applicable = "Croatia takes no part." },
    { .id = "RES-HR(2)",
        .title = "Croatia: vehicles where the border is not settled",
        .law = "Croatia excludes data on vehicles, vessels and aircraft found where the border is "
               "not settled.",
        .effect = Effect::forbids,
        .measures = transmissions,
        .judge = res_hr_2,
        .holds = "The vehicle, vessel or aircraft was found where the border is not settled.",
        .fails = "The vehicle, vessel or aircraft was not found where the border is not settled.",
        .not_applicable = "Croatia takes no part, or no such data are exchanged." },
    { .id = "RES-HR(3)",
        .title = "Croatia: operations",
        .law = "Croatia takes part in pursuit, surveillance, controlled delivery, undercover "
               "investigation and mixed patrols only towards some Parties.",
        .effect = Effect::requires_,
        .measures = { Measure::hot_pursuit, Measure::surveillance, Measure::urgent_surveillance,
            Measure::controlled_delivery, Measure::undercover_investigation,
            Measure::urgent_undercover_entry, Measure::preventive_undercover_investigation,
            Measure::mixed_patrol },
        .judge = res_hr_3,
        .holds = "The reservation leaves this in force towards the other Party.",
        .fails = "The reservation excludes this towards the other Party.",
        .not_applicable = "Croatia takes no part." },
};

} // namespace

constinit Part const text::reservations { "chapter3/reservations.cpp", "Reservations", "Art. 41",
    provisions_of_reservations };

} // namespace comity::treaty
