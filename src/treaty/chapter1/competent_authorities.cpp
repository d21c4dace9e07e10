// Chapter one, Articles 21 to 23: who may make the requests of this chapter, and the status and
// liability of officials who work on foreign ground.

#include "treaty/provision.h"

namespace comity::treaty {
namespace {

/// The requests of Articles 15 to 20. Those of Articles 13 and 14 have authorities of their own.
constexpr Measures requests_of_articles_15_to_20 { Measure::controlled_delivery,
    Measure::undercover_investigation, Measure::preventive_undercover_investigation,
    Measure::evidence_request, Measure::body_search, Measure::dna_comparison, Measure::dna_storage,
    Measure::dna_sampling };

// A21(1). Requests under Articles 15 to 20 are a matter of the authorities of the annexed lists.
Outcome a21_1(View& view)
{
    return outcome(all({ view.requesting_authority(&Standing::listed),
        view.requested_authority(&Standing::listed) }));
}

// A21(2). Such a request is copied to the National Central Unit. Our reading: of either Party, and
// nothing is left to copy when the request goes from one Unit to the other.
Outcome a21_2(View& view)
{
    return arises(!all({ view.requesting_authority(&Standing::central),
        view.requested_authority(&Standing::central) }));
}

// A22. Officials at work on foreign ground count as officials of that Party in respect of offences
// that they commit or that are committed against them.
Outcome a22(View& view)
{
    return arises(view.is(fact::official_offence));
}

// A23(1). A Party is liable, by the law of the territory, for damage that its officials cause there
// at their tasks. Damage by data is for Article 31(5).
Outcome a23_1(View& view)
{
    auto const not_by_data = !view.is(fact::damage_from_data);
    if (!not_by_data.yes()) return skip(not_by_data);
    return outcome(view.is(fact::damage_cause, DamageCause::officials_at_their_tasks));
}

// A23(2). The Party of the territory repairs such damage as if its own officials had caused it.
Outcome a23_2(View& view)
{
    return arises(view.is(fact::damage_cause, DamageCause::officials_at_their_tasks));
}

// A23(3). The Party of the officials reimburses in full what was paid to the victims or those who
// act for them; the duty lasts until nothing is outstanding. In a reimbursement the other Party
// asks.
Outcome a23_3(View& view)
{
    if (view.measure() == Measure::damage_claim)
        return arises(view.is(fact::damage_cause, DamageCause::officials_at_their_tasks));
    return arises(
        all({ view.is(fact::reimbursement_ground, ReimbursementGround::damage_by_officials),
            !view.not_above(fact::sum_paid, fact::sum_reimbursed) }));
}

constexpr Provision provisions_of_authorities[] {
    { .id = "A21(1)",
        .title = "Authorities for the requests of Articles 15 to 20",
        .law = "The authorities of the annexed lists are responsible for requests under Articles "
               "15 to 20.",
        .effect = Effect::requires_,
        .measures = requests_of_articles_15_to_20,
        .judge = a21_1,
        .holds = "Both authorities stand on the annexed lists, or belong to one that does.",
        .fails = "One of the two authorities stands on no annexed list and may not deal with this "
                 "request.",
        .not_applicable = "Nothing is requested under Articles 15 to 20." },
    { .id = "A21(2)",
        .title = "Copies for the National Central Units",
        .law = "Copies of requests under Articles 15 to 20 go to the National Central Unit.",
        .effect = Effect::obliges,
        .measures = requests_of_articles_15_to_20,
        .judge = a21_2,
        .holds = "The request does not go from one National Central Unit to the other.",
        .fails = "",
        .not_applicable = "The request goes from one National Central Unit to the other.",
        .duty = "Send a copy of the request to the National Central Units of {requesting} and "
                "{requested}, or the structures that stand in; it is not complete without their "
                "receipts." },
    { .id = "A22",
        .title = "Legal status of officials abroad",
        .law = "Officials who work in another Party count as its officials in respect of offences "
               "by or against them.",
        .effect = Effect::obliges,
        .measures = { Measure::damage_claim },
        .judge = a22,
        .holds = "An offence by or against the official is judged as one of an official of "
                 "{requested}.",
        .fails = "",
        .not_applicable = "No offence was committed by or against the official.",
        .duty = "Record the incident as an offence by or against an official of {requested}, under "
                "the law of {requested}." },
    { .id = "A23(1)",
        .title = "Liability for damage by officials",
        .law
        = "A Party is liable, by the law of the territory, for damage that its officials cause "
          "there at their tasks.",
        .effect = Effect::requires_,
        .measures = { Measure::damage_claim },
        .judge = a23_1,
        .holds = "{requesting} is liable under the law of {requested}.",
        .fails = "The damage was not caused by officials of {requesting} at their tasks in "
                 "{requested}.",
        .not_applicable = "The damage was caused by data.",
        .duty = "Enter the claim with {requesting} as the liable Party and the law of {requested}.",
        .delegated = "Whether and how much damage was caused: the authorities of the territory." },
    { .id = "A23(2)",
        .title = "Repair by the Party of the territory",
        .law = "The Party of the territory repairs the damage on the terms that apply to its own "
               "officials.",
        .effect = Effect::obliges,
        .measures = { Measure::damage_claim },
        .judge = a23_2,
        .holds = "Officials of {requesting} caused damage in {requested} at their tasks.",
        .fails = "",
        .not_applicable = "No official of {requesting} caused the damage.",
        .duty = "{requested} repairs the damage or pays for it as for damage by its own officials, "
                "and records the payment." },
    { .id = "A23(3)",
        .title = "Full reimbursement",
        .law = "The Party of the officials reimburses in full what was paid to the victims or "
               "their representatives.",
        .effect = Effect::obliges,
        .measures = { Measure::damage_claim, Measure::reimbursement },
        .judge = a23_3,
        .holds = "What the Party of the territory pays is not yet reimbursed in full.",
        .fails = "",
        .not_applicable = "Nothing paid for damage by officials is outstanding.",
        .duty = "The Party of the officials reimburses the other in full for what it paid to the "
                "victims or their representatives." },
};

} // namespace

constinit Part const text::competent_authorities { "chapter1/competent_authorities.cpp",
    "Authorities, status and liability", "Art. 21 to 23", provisions_of_authorities };

} // namespace comity::treaty
