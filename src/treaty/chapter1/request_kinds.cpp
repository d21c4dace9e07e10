// Chapter one, Article 4(5): what may be asked. The list is open.

#include "treaty/provision.h"

namespace comity::treaty {
namespace {

// A4(5)(a)-1. Data on vehicles, vessels and aircraft, their owners and operators are given when
// they are needed: to identify a person as owner or operator, to identify the means that a person
// used, or as vehicle data for preventing and fighting crime and protecting public order.
Outcome a4_5_a_1(View& view)
{
    auto const asked = view.is(fact::kind, Kind::vehicle_owner);
    if (!asked.yes()) return skip(asked);
    return outcome(!view.is(fact::need_ground, NeedGround::none));
}

// A4(5)(a)-2. Such a request may go straight to the authority that keeps the register of motor
// vehicles; on vessels, and only in urgent cases, to a law enforcement authority.
Outcome a4_5_a_2(View& view)
{
    auto const straight = view.is(fact::route, Route::registration_authority);
    if (!straight.yes()) return skip(straight);
    auto const vehicle = all({ view.is(fact::vehicle_class, VehicleClass::motor_vehicle),
        view.requested_authority(&Standing::registry) });
    auto const vessel = all({ view.is(fact::vehicle_class, VehicleClass::vessel),
        view.is(fact::urgent), view.requested_authority(&Standing::listed) });
    return outcome(all({ view.is(fact::kind, Kind::vehicle_owner), any({ vehicle, vessel }) }));
}

/// The other letters set no condition of their own. Our reading: a request for something says what
/// that is.
Outcome names_its_subject(View& view, Kind kind)
{
    auto const asked = view.is(fact::kind, kind);
    if (!asked.yes()) return skip(asked);
    return outcome(view.is(fact::subject_named));
}

// A4(5)(b). Driving licences and registration documents.
Outcome a4_5_b(View& view)
{
    return names_its_subject(view, Kind::driving_licence);
}

// A4(5)(c). Whereabouts, residence and residence permits.
Outcome a4_5_c(View& view)
{
    return names_its_subject(view, Kind::residence);
}

// A4(5)(d). Subscribers of telephones and telecommunications.
Outcome a4_5_d(View& view)
{
    return names_its_subject(view, Kind::telecom_subscriber);
}

// A4(5)(e). Identification of persons and human remains.
Outcome a4_5_e(View& view)
{
    return names_its_subject(view, Kind::identification);
}

// A4(5)(f). Origin of objects.
Outcome a4_5_f(View& view)
{
    return names_its_subject(view, Kind::object_origin);
}

// A4(5)(g). Search for wanted persons and property.
Outcome a4_5_g(View& view)
{
    return names_its_subject(view, Kind::wanted_search);
}

// A4(5)(h). Starting and coordinating search measures.
Outcome a4_5_h(View& view)
{
    return names_its_subject(view, Kind::search_measures);
}

// A4(5)(i). Statements and police interviews.
Outcome a4_5_i(View& view)
{
    return names_its_subject(view, Kind::interview);
}

// A4(5)(j). Crime scenes and evidence.
Outcome a4_5_j(View& view)
{
    return names_its_subject(view, Kind::crime_scene);
}

// A4(5)(k). Witness protection: besides, only its own circle may see the case (Art. 10).
Outcome a4_5_k(View& view)
{
    auto const asked = view.is(fact::kind, Kind::witness_protection);
    if (!asked.yes()) return skip(asked);
    return outcome(all({ view.is(fact::compartment, Compartment::witness_protection),
        view.is(fact::subject_named) }));
}

// A4(5)(l). Information in a hot pursuit.
Outcome a4_5_l(View& view)
{
    return names_its_subject(view, Kind::pursuit_information);
}

// A4(5)(m). Security of mass events.
Outcome a4_5_m(View& view)
{
    return names_its_subject(view, Kind::mass_event);
}

// A4(5)-open. The list is not closed; what it does not name must be explained.
Outcome a4_5_open(View& view)
{
    auto const other = view.is(fact::kind, Kind::other);
    if (!other.yes()) return skip(other);
    return outcome(view.given(fact::explanation));
}

constexpr std::string_view subject_named = "The request says whom or what it is about.";
constexpr std::string_view no_subject = "The request does not say whom or what it is about.";
constexpr std::string_view another_kind = "Another kind of request is made.";

constexpr Provision provisions_of_kinds[] {
    { .id = "A4(5)(a)-1",
        .title = "Data on vehicles, vessels and aircraft",
        .law = "Data on vehicles, vessels and aircraft, their owners and operators are given when "
               "needed on one of three grounds.",
        .effect = Effect::requires_,
        .measures = requests,
        .judge = a4_5_a_1,
        .holds = "A ground is given why the vehicle data are needed.",
        .fails = "None of the three grounds for needing vehicle data is given.",
        .not_applicable = another_kind },
    { .id = "A4(5)(a)-2",
        .title = "Straight to the registration authority",
        .law = "Requests on motor vehicles may go straight to the keeper of the register; urgent "
               "ones on vessels to a law enforcement authority.",
        .effect = Effect::requires_,
        .measures = requests,
        .judge = a4_5_a_2,
        .holds = "This request may go straight to the authority that is asked.",
        .fails = "Only vehicle requests to the keeper of the register, and urgent vessel requests "
                 "to a listed authority, may take this way.",
        .not_applicable = "The request does not go straight to a registration authority." },
    { .id = "A4(5)(b)",
        .title = "Driving licences and registration documents",
        .law = "Requests may ask about driving licences, vehicle registration papers and the "
               "permits that go with them.",
        .effect = Effect::requires_,
        .measures = requests,
        .judge = a4_5_b,
        .holds = subject_named,
        .fails = no_subject,
        .not_applicable = another_kind },
    { .id = "A4(5)(c)",
        .title = "Whereabouts, residence and residence permits",
        .law = "Requests may ask where a person is or lives, and for residence permits.",
        .effect = Effect::requires_,
        .measures = requests,
        .judge = a4_5_c,
        .holds = subject_named,
        .fails = no_subject,
        .not_applicable = another_kind },
    { .id = "A4(5)(d)",
        .title = "Subscribers of telephones and telecommunications",
        .law = "Requests may ask who the subscriber of a telephone or other telecommunication "
               "equipment is.",
        .effect = Effect::requires_,
        .measures = requests,
        .judge = a4_5_d,
        .holds = subject_named,
        .fails = no_subject,
        .not_applicable = another_kind },
    { .id = "A4(5)(e)",
        .title = "Identification of persons and human remains",
        .law = "Requests may ask to identify a person, a corpse or parts of one.",
        .effect = Effect::requires_,
        .measures = requests,
        .judge = a4_5_e,
        .holds = subject_named,
        .fails = no_subject,
        .not_applicable = another_kind },
    { .id = "A4(5)(f)",
        .title = "Origin of objects",
        .law = "Requests may ask where objects come from: firearms, ammunition, explosives, "
               "vehicles, vessels, aircraft, cultural goods and others.",
        .effect = Effect::requires_,
        .measures = requests,
        .judge = a4_5_f,
        .holds = subject_named,
        .fails = no_subject,
        .not_applicable = another_kind },
    { .id = "A4(5)(g)",
        .title = "Search for wanted persons and property",
        .law = "Requests may ask to search for wanted persons and property.",
        .effect = Effect::requires_,
        .measures = requests,
        .judge = a4_5_g,
        .holds = subject_named,
        .fails = no_subject,
        .not_applicable = another_kind },
    { .id = "A4(5)(h)",
        .title = "Starting and coordinating search measures",
        .law = "Requests may ask to start search measures and to coordinate them.",
        .effect = Effect::requires_,
        .measures = requests,
        .judge = a4_5_h,
        .holds = subject_named,
        .fails = no_subject,
        .not_applicable = another_kind },
    { .id = "A4(5)(i)",
        .title = "Statements and police interviews",
        .law = "Requests may ask to take statements and hold police interviews, above all to "
               "learn whether a person is willing to give information.",
        .effect = Effect::requires_,
        .measures = requests,
        .judge = a4_5_i,
        .holds = subject_named,
        .fails = no_subject,
        .not_applicable = another_kind,
        .delegated = "Whether a person is willing to give information: that person." },
    { .id = "A4(5)(j)",
        .title = "Crime scenes and evidence",
        .law = "Requests may ask about inspections of crime scenes and about collecting and "
               "evaluating evidence.",
        .effect = Effect::requires_,
        .measures = requests,
        .judge = a4_5_j,
        .holds = subject_named,
        .fails = no_subject,
        .not_applicable = another_kind },
    { .id = "A4(5)(k)",
        .title = "Concrete witness protection measures",
        .law = "Requests may ask for concrete measures that protect witnesses.",
        .effect = Effect::requires_,
        .measures = requests,
        .judge = a4_5_k,
        .holds = "The request is kept within witness protection and says whom it is about.",
        .fails = "The request is not kept within witness protection, or does not say whom it "
                 "is about.",
        .not_applicable = another_kind },
    { .id = "A4(5)(l)",
        .title = "Information in a hot pursuit",
        .law = "Requests may ask for information while a hot pursuit goes on.",
        .effect = Effect::requires_,
        .measures = requests,
        .judge = a4_5_l,
        .holds = subject_named,
        .fails = no_subject,
        .not_applicable = another_kind },
    { .id = "A4(5)(m)",
        .title = "Security of mass events",
        .law = "Requests may ask to cooperate and exchange information on the security of mass "
               "events.",
        .effect = Effect::requires_,
        .measures = requests,
        .judge = a4_5_m,
        .holds = subject_named,
        .fails = no_subject,
        .not_applicable = another_kind },
    { .id = "A4(5)-open",
        .title = "Other requests",
        .law = "The list of what may be asked is open.",
        .effect = Effect::requires_,
        .measures = requests,
        .judge = a4_5_open,
        .holds = "It is explained what the request of another kind is for.",
        .fails = "A request of another kind needs an explanation.",
        .not_applicable = another_kind },
};

} // namespace

constinit Part const text::request_kinds { "chapter1/request_kinds.cpp", "What may be asked",
    "Art. 4(5)", provisions_of_kinds };

} // namespace comity::treaty
