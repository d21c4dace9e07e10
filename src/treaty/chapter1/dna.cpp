// Chapter one, Article 20: comparing, keeping and obtaining DNA profiles and other identification
// material.

#include "treaty/provision.h"

namespace comity::treaty {
namespace {

// A20(1)-1. Competent services compare identification material in their databases, as their
// national law provides, in an ongoing investigation or proceedings, for a missing person or for an
// unidentified body.
Outcome a20_1_1(View& view)
{
    return outcome(all({ !view.is(fact::identification_ground, IdentificationGround::other),
        view.is(fact::comparison_lawful) }));
}

// A20(1)-2. The requesting services are told the result as soon as possible; the Convention gives
// no number and does not say at once.
Outcome a20_1_2(View& view)
{
    return arises(view.is(fact::search_result, SearchResult::open));
}

// A20(1)-3. A request uses the version of the Interpol DNA form that is valid when it is made. Our
// reading: one about fingerprints needs no DNA form.
Outcome a20_1_3(View& view)
{
    auto const profile
        = view.is(fact::identification_material, IdentificationMaterial::dna_profile);
    if (!profile.yes()) return skip(profile);
    return outcome(view.is(fact::dna_form_valid));
}

// A20(1)-4. Where further typing is needed for biostatistical accuracy, the requested Party sees to
// it, as far as that is appropriate and proportionate.
Outcome a20_1_4(View& view)
{
    return arises(all({ view.is(fact::typing_needed), view.is(fact::typing_proportionate) }));
}

// A20(1)-5. All costs of the requested Party are reimbursed; the duty lasts until nothing is
// outstanding. In a reimbursement it is that Party which asks.
Outcome a20_1_5(View& view)
{
    if (view.measure() == Measure::dna_comparison) return Outcome::holds;
    return arises(all({ view.is(fact::reimbursement_ground, ReimbursementGround::identification),
        !view.not_above(fact::sum_paid, fact::sum_reimbursed) }));
}

// A20(2). After a search that found nothing, the requested Party keeps the profile for further
// searches if it was asked to and its law provides for it.
Outcome a20_2(View& view)
{
    return outcome(all({ view.is(fact::search_result, SearchResult::nothing_found),
        view.is(fact::storage_requested),
        view.national(
            view.pair().requested, NationalRule::stored_profiles, fact::storage_lawful) }));
}

// A20(3)-1. When there is no profile of a person who stays in the requested Party, that Party takes
// and analyses a sample and sends the profile, on conditions (a) to (d).
Outcome a20_3_1(View& view)
{
    return outcome(
        all({ view.is(fact::person_in_requested_party), !view.is(fact::profile_available) }));
}

// A20(3)(a). The requesting Party says what for.
Outcome a20_3_a(View& view)
{
    return outcome(view.given(fact::sampling_purpose));
}

// A20(3)(b). It attaches a request for analysis or an order of its competent services, which shows
// that the same could be done on its own territory.
Outcome a20_3_b(View& view)
{
    return outcome(all({ view.is(fact::analysis_order), view.is(fact::analysis_grounds_shown) }));
}

// A20(3)(c). The conditions of the law of the requested Party are met.
Outcome a20_3_c(View& view)
{
    return outcome(view.is(fact::sampling_lawful));
}

// A20(3)(d). The requested Party gets all its costs back.
Outcome a20_3_d(View& view)
{
    return outcome(view.is(fact::costs_undertaken));
}

// A20(4). Requests may also go through the competent police authorities; then they are dealt with
// through the same channels.
Outcome a20_4(View& view)
{
    return arises(view.is(fact::police_channel));
}

constexpr Provision provisions_of_dna[] {
    { .id = "A20(1)-1",
        .title = "Comparing identification material",
        .law = "Services compare DNA profiles and other identification material in their databases "
               "for investigations, proceedings, missing persons and unidentified bodies.",
        .effect = Effect::requires_,
        .measures = { Measure::dna_comparison },
        .judge = a20_1_1,
        .holds = "The comparison has a ground, and the law of both Parties provides for it.",
        .fails = "The comparison has none of the grounds, or the law of a Party does not provide "
                 "for it.",
        .not_applicable = "Nothing is compared.",
        .delegated = "What national law provides for its databases: the competent services." },
    { .id = "A20(1)-2",
        .title = "Result as soon as possible",
        .law = "The requesting services are told the result as soon as possible.",
        .effect = Effect::obliges,
        .measures = { Measure::dna_comparison },
        .judge = a20_1_2,
        .holds = "The requesting services do not know the result yet.",
        .fails = "",
        .not_applicable = "The requesting services know the result.",
        .duty = "Tell the services of {requesting} the result as soon as possible, and show how "
                "long the request has been open." },
    { .id = "A20(1)-3",
        .title = "Interpol DNA form",
        .law = "A request uses the version of the Interpol DNA form that is valid when it is made.",
        .effect = Effect::requires_,
        .measures = { Measure::dna_comparison },
        .judge = a20_1_3,
        .holds = "The request stands on the valid version of the Interpol DNA form.",
        .fails = "The request does not stand on the version of the Interpol DNA form that is valid "
                 "now.",
        .not_applicable = "No DNA profile is compared." },
    { .id = "A20(1)-4",
        .title = "Further typing",
        .law = "The requested Party has the material typed further when accuracy needs it and as "
               "far as that is appropriate and proportionate.",
        .effect = Effect::obliges,
        .measures = { Measure::dna_comparison },
        .judge = a20_1_4,
        .holds = "Further typing is needed, appropriate and proportionate.",
        .fails = "",
        .not_applicable = "Further typing is not needed, or not proportionate.",
        .duty = "{requested} sees to the further typing and records it with its cost.",
        .delegated = "Whether further typing is appropriate and proportionate: the requested "
                     "Party." },
    { .id = "A20(1)-5",
        .title = "Costs of comparison",
        .law = "All costs that the requested Party has in this way are reimbursed.",
        .effect = Effect::obliges,
        .measures = { Measure::dna_comparison, Measure::reimbursement },
        .judge = a20_1_5,
        .holds = "The Party that compares has costs that are not yet reimbursed.",
        .fails = "",
        .not_applicable = "No costs of an identification are outstanding.",
        .duty
        = "The Party that asked for the identification reimburses the other for all its costs." },
    { .id = "A20(2)",
        .title = "Keeping a profile",
        .law = "After a search that found nothing, the requested Party keeps the profile for "
               "searches if it was asked to and its law provides for it.",
        .effect = Effect::requires_,
        .measures = { Measure::dna_storage },
        .judge = a20_2,
        .holds = "The search found nothing, {requesting} asked to keep the profile and the law of "
                 "{requested} provides for it.",
        .fails = "The profile may not be kept and is destroyed after the search: something was "
                 "found, nobody asked to keep it, or the law of {requested} does not provide for "
                 "it.",
        .not_applicable = "No profile is to be kept.",
        .duty = "{requested} keeps the profile for searches only, with its purpose and the date of "
                "its destruction." },
    { .id = "A20(3)-1",
        .title = "Obtaining a profile",
        .law = "The requested Party takes and analyses a sample of a person who stays there and of "
               "whom there is no profile.",
        .effect = Effect::requires_,
        .measures = { Measure::dna_sampling },
        .judge = a20_3_1,
        .holds = "The person stays in {requested} and no profile is available.",
        .fails = "The person does not stay in {requested}, or a profile is available already.",
        .not_applicable = "No profile is to be obtained.",
        .duty = "{requested} takes and analyses the sample and sends the profile." },
    { .id = "A20(3)(a)",
        .title = "Purpose of the sample",
        .law = "The requesting Party says what the sample is for.",
        .effect = Effect::requires_,
        .measures = { Measure::dna_sampling },
        .judge = a20_3_a,
        .holds = "{requesting} said what the sample is for.",
        .fails = "{requesting} did not say what the sample is for.",
        .not_applicable = "No profile is to be obtained." },
    { .id = "A20(3)(b)",
        .title = "Request for analysis or order",
        .law = "The requesting Party attaches a request for analysis or an order, which shows that "
               "the same could be done on its own territory.",
        .effect = Effect::requires_,
        .measures = { Measure::dna_sampling },
        .judge = a20_3_b,
        .holds = "A request for analysis or an order is attached and shows the grounds.",
        .fails = "No request for analysis or order is attached, or it does not show that the same "
                 "could be done in {requesting}.",
        .not_applicable = "No profile is to be obtained." },
    { .id = "A20(3)(c)",
        .title = "Law of the requested Party",
        .law = "The conditions of the law of the requested Party for taking and analysing a sample "
               "are met.",
        .effect = Effect::requires_,
        .measures = { Measure::dna_sampling },
        .judge = a20_3_c,
        .holds = "{requested} confirmed that the conditions of its law are met.",
        .fails = "The conditions of the law of {requested} are not met.",
        .not_applicable = "No profile is to be obtained.",
        .delegated = "Whether the conditions of its own law are met: the requested Party." },
    { .id = "A20(3)(d)",
        .title = "Costs of sampling",
        .law = "The requested Party is reimbursed for all its costs of the sample.",
        .effect = Effect::requires_,
        .measures = { Measure::dna_sampling },
        .judge = a20_3_d,
        .holds = "{requesting} undertakes to reimburse all costs.",
        .fails = "{requesting} does not undertake to reimburse all costs.",
        .not_applicable = "No profile is to be obtained.",
        .duty = "{requesting} reimburses {requested} for all the costs of sampling and analysis." },
    { .id = "A20(4)",
        .title = "Police channels",
        .law = "Requests may also go through the competent police authorities, and are dealt with "
               "through the same channels.",
        .effect = Effect::obliges,
        .measures = { Measure::dna_comparison, Measure::dna_storage, Measure::dna_sampling },
        .judge = a20_4,
        .holds = "The request goes through the police authorities of both Parties.",
        .fails = "",
        .not_applicable = "The request does not go through police authorities.",
        .duty = "Answer through the same police channel and register it." },
};

} // namespace

constinit Part const text::dna { "chapter1/dna.cpp", "Identification material", "Art. 20",
    provisions_of_dna };

} // namespace comity::treaty
