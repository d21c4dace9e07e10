// Before chapter one, Articles 1 and 2: what the Convention is for, and its words.

#include "treaty/provision.h"

namespace comity::treaty {
namespace {

// A1. The Parties cooperate against threats to public security and order, and to prevent, detect
// and investigate criminal offences. Our reading: who detects or investigates names the offence.
Outcome a1(View& view)
{
    auto const before_any_crime = any({ view.is(fact::purpose, Purpose::threat_to_public_security),
        view.is(fact::purpose, Purpose::prevention) });
    if (!before_any_crime.no()) return outcome(before_any_crime);

    auto const about_a_crime = any({ view.is(fact::purpose, Purpose::detection),
        view.is(fact::purpose, Purpose::investigation) });
    if (!about_a_crime.yes()) return outcome(about_a_crime);
    return outcome(view.given(fact::offence));
}

// A2(a). Law enforcement authorities are those that national law gives the powers to apply the
// Convention. Comity knows them by its register of authorities.
Outcome a2_a(View& view)
{
    return outcome(all({ view.requesting_authority(&Standing::registered),
        view.requested_authority(&Standing::registered) }));
}

// A2(b). Officials are those whom a law enforcement authority designated. Our reading: the day of
// the act counts. Other measures abroad ask for more than designation in their own articles.
Outcome a2_b(View& view)
{
    return outcome(view.is(fact::official_designated));
}

// A2(d). A State for which the Convention is not in force on the date is a third State.
Outcome a2_d(View& view)
{
    auto const parties = all({ view.pair().requesting.in_force, view.pair().requested.in_force });
    if (parties.unknown())
        view.because("Whether {requesting} and {requested} both were Contracting Parties on "
                     "{requesting-date} is not known: a date of deposit was not found.");
    return outcome(parties);
}

// A2(e). A residence permit gives a right to reside. A paper that only bridges the time of an
// application for asylum, or for a permit, is none; an answer that lists it is put right.
Outcome a2_e(View& view)
{
    auto const asked = view.is(fact::kind, Kind::residence);
    if (!asked.yes()) return skip(asked);
    return arises(view.is(fact::pending_permit_listed));
}

// A2(g). Processing is whatever is done with personal data, by machine or by hand. What counts as
// processing must be accounted for (A31(4)(f)), so each operation is recorded under its name.
Outcome a2_g(View& view)
{
    return arises(view.is(fact::personal_data));
}

constexpr Provision provisions_of_scope[] {
    { .id = "A1",
        .title = "Scope of the Convention",
        .law = "Parties cooperate against threats to public security and order and for the "
               "prevention, detection and police investigation of criminal offences.",
        .effect = Effect::requires_,
        .measures = transmissions | operations
            | Measures { Measure::controlled_delivery, Measure::undercover_investigation,
                Measure::preventive_undercover_investigation, Measure::evidence_request,
                Measure::body_search },
        .judge = a1,
        .holds = "The purpose is one of the four of the Convention.",
        .fails = "The purpose is none of the four of the Convention, or no offence is named.",
        .not_applicable = "The measure has no purpose of its own." },
    { .id = "A2(a)",
        .title = "Law enforcement authorities",
        .law = "Law enforcement authorities are those competent under national law to apply the "
               "Convention.",
        .effect = Effect::requires_,
        .measures = between_authorities,
        .judge = a2_a,
        .holds = "Both authorities are registered law enforcement authorities of their Parties.",
        .fails = "One of the two authorities is no registered law enforcement authority of its "
                 "Party on this date.",
        .not_applicable = "No authority takes part." },
    { .id = "A2(b)",
        .title = "Officials",
        .law = "Officials are those designated by a law enforcement authority.",
        .effect = Effect::requires_,
        .measures
        = { Measure::liaison_posting, Measure::liaison_act, Measure::access_to_information },
        .judge = a2_b,
        .holds = "The official is designated on the day of the act.",
        .fails = "The official is not designated on the day of the act.",
        .not_applicable = "No official acts." },
    { .id = "A2(d)",
        .title = "Third State",
        .law = "A State that is not a Contracting Party is a third State.",
        .effect = Effect::requires_,
        .measures = between_parties,
        .judge = a2_d,
        .holds = "{requesting} and {requested} are Contracting Parties on this date.",
        .fails = "{requesting} or {requested} is a third State on this date.",
        .not_applicable = "No other State takes part." },
    { .id = "A2(e)",
        .title = "Residence permit",
        .law = "A residence permit gives a right to reside; a paper for the time of a pending "
               "application is none.",
        .effect = Effect::obliges,
        .measures = { Measure::information_answer },
        .judge = a2_e,
        .holds = "The answer lists as a residence permit what is only a paper for the time of an "
                 "application.",
        .fails = "",
        .not_applicable = "The answer lists no such paper as a residence permit.",
        .duty = "Take the paper off the residence permits and call it what it is." },
    { .id = "A2(g)",
        .title = "Processing of personal data",
        .law = "Processing is every operation on personal data, automatic or not.",
        .effect = Effect::obliges,
        .measures = { Measure::use_for_another_purpose, Measure::onward_transfer,
            Measure::correction, Measure::destruction, Measure::access_to_information },
        .judge = a2_g,
        .holds = "Personal data are processed.",
        .fails = "",
        .not_applicable = "No personal data are processed.",
        .duty = "Record the operation in the processing log: which one, by whom and when." },
};

} // namespace

constinit Part const text::scope { "general/scope.cpp", "Scope and definitions", "Art. 1, 2",
    provisions_of_scope };

} // namespace comity::treaty
