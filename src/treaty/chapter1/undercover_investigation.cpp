// Chapter one, Articles 16 and 17: undercover investigations, to investigate crimes and to prevent
// criminal offences. The correction of Article 17(2) by DV 18/2020 repaired only its reference.

#include "treaty/provision.h"

namespace comity::treaty {
namespace {

/// What rests on a request and consent. Article 16 applies to Article 17 too (Art. 17(2)).
constexpr Measures requested_measures { Measure::undercover_investigation,
    Measure::preventive_undercover_investigation };
constexpr Measures every_undercover
    = requested_measures | Measures { Measure::urgent_undercover_entry, Measure::undercover_act };

// A16(1)-1. In the investigation of crimes a Party may, on a request made before and as its own law
// provides, consent to officials of another Party as agents or for controlled purchases.
Outcome a16_1_1(View& view)
{
    return outcome(all({ view.is(fact::authorised),
        view.national(view.pair().requested, NationalRule::undercover, fact::undercover_allowed),
        !view.is(fact::undercover_role, UndercoverRole::other) }));
}

// A16(1)-2. The request is made only where the investigation would otherwise be impossible or
// extremely difficult.
Outcome a16_1_2(View& view)
{
    return outcome(view.given(fact::no_other_means));
}

// A16(1)-3. The true identity of the official need not be revealed. Our reading, with paragraph 7:
// so it is not written down in what the Parties share.
Outcome a16_1_3(View& view)
{
    return outcome(view.is(fact::true_identity_recorded));
}

// A16(2)-1. Only single operations of limited duration. Our reading: the first and the last day are
// named; after the last day, in the Party of the territory, nothing more is done.
Outcome a16_2_1(View& view)
{
    bool const act = view.measure() == Measure::undercover_act;
    auto const consented = act ? view.is(fact::authorised) : Truth { true };
    if (!consented.yes()) return skip(consented);
    return outcome(all({ view.is(fact::single_operation),
        view.not_after(fact::operation_from, fact::operation_until),
        view.not_before(fact::operation_until, view.pair().requested.date) }));
}

// A16(2)-2. The officials of both Parties prepare it in close cooperation. Our reading: both
// approved the joint preparation.
Outcome a16_2_2(View& view)
{
    return outcome(
        all({ view.is(fact::prepared_by_requesting), view.is(fact::prepared_by_requested) }));
}

// A16(2)-3. The Party of the territory directs the investigator and answers for what is done.
Outcome a16_2_3(View& view)
{
    return outcome(view.is(fact::directed_by, Director::requested_party));
}

// A16(2)-4. It may ask for the end at any time; so it may after an urgent entry (para 5). The
// investigator may then only withdraw.
Outcome a16_2_4(View& view)
{
    auto const asked = view.is(fact::stop_requested);
    if (!asked.yes()) return skip(asked);
    if (view.measure() != Measure::undercover_act) return Outcome::holds;
    return outcome(!view.is(fact::act_undercover, UndercoverAct::withdraw));
}

// A16(3). Deployment, conditions and use of the results follow the law of the territory.
Outcome a16_3(View& view)
{
    return outcome(!view.is(fact::against_local_law));
}

// A16(4). The Party of the territory gives the investigator all support that is needed, with the
// supervisor present, and every protection.
Outcome a16_4(View& view)
{
    return arises(!view.is(fact::support_in_place));
}

// A16(5)-1. Without consent only where it is particularly urgent, the investigator is in great
// danger of discovery, and the preconditions of a deployment in the other Party are fulfilled.
Outcome a16_5_1(View& view)
{
    return outcome(all({ view.is(fact::urgent), view.is(fact::discovery_danger),
        view.national(view.pair().requested, NationalRule::undercover, fact::undercover_allowed),
        view.is(fact::preconditions_met) }));
}

// A16(5)-2. Until there is consent, the investigator does only what is absolutely necessary to keep
// the cover or to be safe. Leaving always is.
Outcome a16_5_2(View& view)
{
    auto const without_consent = !view.is(fact::authorised);
    if (!without_consent.yes()) return skip(without_consent);
    auto const leaves = view.is(fact::act_undercover, UndercoverAct::withdraw);
    if (leaves.yes()) return Outcome::holds;
    auto const cover_or_safety = any({ view.is(fact::act_undercover, UndercoverAct::keep_cover),
        view.is(fact::act_undercover, UndercoverAct::secure_safety) });
    return outcome(any({ leaves, all({ cover_or_safety, view.is(fact::absolutely_necessary) }) }));
}

// A16(5)-3. The other Party is told of the deployment at once.
Outcome a16_5_3(View& view)
{
    return arises(!view.is(fact::crossing_notified));
}

// A16(6). A Party may also ask for an investigator for its own territory; then it bears the costs,
// unless otherwise agreed.
Outcome a16_6(View& view)
{
    return arises(all(
        { view.is(fact::reverse_deployment), !view.is_agreed(AgreementTerm::undercover_costs) }));
}

// A16(7). The identity is kept secret, and the investigator safe, also after the end.
Outcome a16_7(View& view)
{
    return outcome(view.is(fact::identity_protected));
}

// A17(1). As far as the law of both Parties allows, the same may be done to prevent extraditable
// offences, with consent on a request made before. Our reading: so there is no urgent entry without
// consent for prevention.
Outcome a17_1(View& view)
{
    if (view.measure() == Measure::urgent_undercover_entry)
        if (auto const prevents = view.is(fact::purpose, Purpose::prevention); !prevents.yes())
            return skip(prevents);
    constexpr auto rule = NationalRule::preventive_undercover;
    return outcome(all({ view.is(fact::authorised), view.is(fact::extraditable),
        view.national(view.pair().requesting, rule, fact::preventive_allowed_by_requesting),
        view.national(view.pair().requested, rule, fact::preventive_allowed_by_requested) }));
}

// A17(2). Article 16 (corrected in 2020) applies: its paragraphs govern the measure themselves. The
// investigator is the one whom Article 16(1) describes.
Outcome a17_2(View& view)
{
    return outcome(!view.is(fact::undercover_role, UndercoverRole::other));
}

constexpr std::string_view nobody_undercover = "Nobody investigates undercover.";

constexpr Provision provisions_of_article_16[] {
    { .id = "A16(1)-1",
        .title = "Consent to an undercover investigator",
        .law = "On a request made before and as its law provides, a Party may consent to an "
               "undercover investigator of another Party.",
        .effect = Effect::requires_,
        .measures = { Measure::undercover_investigation },
        .judge = a16_1_1,
        .holds = "{requested} consented, its law allows it, and the role is one of Art. 16(1).",
        .fails = "{requested} did not consent, its law does not allow it, or the role is none of "
                 "Art. 16(1).",
        .not_applicable = nobody_undercover,
        .delegated = "Whether to consent: the competent authority of the requested Party." },
    { .id = "A16(1)-2",
        .title = "No other means",
        .law = "The request is made only where the investigation would otherwise be impossible or "
               "extremely difficult.",
        .effect = Effect::requires_,
        .measures = requested_measures,
        .judge = a16_1_2,
        .holds = "The request explains why no other means would do.",
        .fails = "The request does not explain why no other means would do.",
        .not_applicable = nobody_undercover,
        .delegated = "Whether the explanation convinces: the requesting authority, and then the "
                     "requested one." },
    { .id = "A16(1)-3",
        .title = "True identity not revealed",
        .law = "The true identity of the official need not be revealed.",
        .effect = Effect::forbids,
        .measures = every_undercover,
        .judge = a16_1_3,
        .holds = "The true identity stands in what the Parties share: a code must take its place.",
        .fails = "The true identity stands nowhere in what the Parties share.",
        .not_applicable = nobody_undercover },
    { .id = "A16(2)-1",
        .title = "Single operations of limited duration",
        .law = "Undercover operations are single and limited in time.",
        .effect = Effect::requires_,
        .measures = requested_measures | Measures { Measure::undercover_act },
        .judge = a16_2_1,
        .holds = "It is a single operation and its last day is not over.",
        .fails = "It is no single operation, or its last day is over on {requested-date}.",
        .not_applicable = "There is no consent yet." },
    { .id = "A16(2)-2",
        .title = "Joint preparation",
        .law = "The officials of both Parties prepare the operation in close cooperation.",
        .effect = Effect::requires_,
        .measures = requested_measures,
        .judge = a16_2_2,
        .holds = "The officials of both Parties approved the preparation.",
        .fails = "The officials of one Party did not approve the preparation.",
        .not_applicable = nobody_undercover,
        .duty = "Record both approvals of the joint preparation." },
    { .id = "A16(2)-3",
        .title = "Direction by the Party of the territory",
        .law = "The Party of the territory directs the investigator and is responsible.",
        .effect = Effect::requires_,
        .measures = requested_measures,
        .judge = a16_2_3,
        .holds = "{requested} directs the investigator and is responsible for what is done.",
        .fails = "{requested} must direct the investigator.",
        .not_applicable = nobody_undercover },
    { .id = "A16(2)-4",
        .title = "End on request",
        .law = "The Party of the territory may ask for the end at any time.",
        .effect = Effect::forbids,
        .measures = every_undercover,
        .judge = a16_2_4,
        .holds = "{requested} asked for the end: the operation ends now, and the end is confirmed.",
        .fails = "{requested} asked for the end, and the investigator withdraws.",
        .not_applicable = "{requested} did not ask for the end.",
        .term = &term::immediately },
    { .id = "A16(3)",
        .title = "Law of the territory",
        .law = "Deployment, conditions and use of the results follow the law of the territory.",
        .effect = Effect::requires_,
        .measures = every_undercover,
        .judge = a16_3,
        .holds = "The law of {requested} is observed.",
        .fails = "The law of {requested} is broken.",
        .not_applicable = nobody_undercover,
        .duty = "Use the results only as the law of {requested} allows.",
        .delegated = "What the law of the territory allows: its competent authorities." },
    { .id = "A16(4)",
        .title = "Support and protection",
        .law = "The Party of the territory gives all support that is needed and every protection.",
        .effect = Effect::obliges,
        .measures = requested_measures,
        .judge = a16_4,
        .holds = "Support and protection are not in place yet.",
        .fails = "",
        .not_applicable = "Support and protection are in place.",
        .duty = "{requested} provides staff, with the supervisor of the investigator present, "
                "logistics, equipment and protection; who directs confirms what is missing." },
    { .id = "A16(5)-1",
        .title = "Urgent entry without consent",
        .law = "Without consent only in particular urgency, in great danger of discovery, and "
               "with the preconditions fulfilled.",
        .effect = Effect::requires_,
        .measures = { Measure::urgent_undercover_entry },
        .judge = a16_5_1,
        .holds = "It is urgent, discovery threatens and the preconditions are fulfilled.",
        .fails = "It is not urgent, discovery does not threaten, or a precondition is not "
                 "fulfilled.",
        .not_applicable = nobody_undercover,
        .duty = "Record the urgency and the danger of discovery." },
    { .id = "A16(5)-2",
        .title = "Limited activity without consent",
        .law = "Without consent only what is absolutely necessary for the cover or the safety of "
               "the investigator.",
        .effect = Effect::requires_,
        .measures = { Measure::undercover_act },
        .judge = a16_5_2,
        .holds = "The act is absolutely necessary for the cover or the safety.",
        .fails = "The act is not absolutely necessary for the cover or the safety.",
        .not_applicable = "{requested} consented." },
    { .id = "A16(5)-3",
        .title = "Notice of an urgent entry",
        .law = "The other Party is told of the deployment at once.",
        .effect = Effect::obliges,
        .measures = { Measure::urgent_undercover_entry },
        .judge = a16_5_3,
        .holds = "{requested} was not told of the deployment yet.",
        .fails = "",
        .not_applicable = "{requested} was told of the deployment.",
        .duty = "Tell {requested} of the deployment at once; it may ask for the end at any time.",
        .term = &term::immediately },
    { .id = "A16(6)",
        .title = "Costs of an investigator who was asked for",
        .law = "Who asks for an investigator for its own territory bears the costs, unless "
               "otherwise agreed.",
        .effect = Effect::obliges,
        .measures = requested_measures,
        .judge = a16_6,
        .holds = "{requested} asked for the investigator, and nothing else is agreed on costs.",
        .fails = "",
        .not_applicable = "{requested} did not ask for the investigator, or other costs are "
                          "agreed.",
        .duty = "{requested} bears the costs of the operation." },
    { .id = "A16(7)",
        .title = "Lasting secrecy",
        .law = "The identity is kept secret and the investigator safe, also after the end.",
        .effect = Effect::requires_,
        .measures = every_undercover,
        .judge = a16_7,
        .holds = "Only a closed circle can learn the identity, also after the end.",
        .fails = "The identity is not protected.",
        .not_applicable = nobody_undercover,
        .duty = "Keep the identity closed without end, and register every access to it." },
};

constexpr Provision provisions_of_article_17[] {
    { .id = "A17(1)",
        .title = "Undercover investigation for prevention",
        .law = "As far as national law allows, undercover investigations may also prevent "
               "extraditable offences, with consent on a request made before.",
        .effect = Effect::requires_,
        .measures
        = { Measure::preventive_undercover_investigation, Measure::urgent_undercover_entry },
        .judge = a17_1,
        .holds = "{requested} consented, the offence is extraditable and the law of both Parties "
                 "allows it.",
        .fails = "{requested} did not consent, the offence is not extraditable, or the law of a "
                 "Party does not allow it.",
        .not_applicable = "Nothing is to be prevented.",
        .delegated = "Whether to consent: the competent authority of the requested Party." },
    { .id = "A17(2)",
        .title = "Article 16 applies to prevention",
        .law = "Article 16 applies to undercover investigations for prevention.",
        .effect = Effect::requires_,
        .measures = { Measure::preventive_undercover_investigation },
        .judge = a17_2,
        .holds = "The role is one of Art. 16(1).",
        .fails = "The role is none of Art. 16(1).",
        .not_applicable = nobody_undercover },
};

} // namespace

constinit Part const text::undercover_investigation { "chapter1/undercover_investigation.cpp",
    "Undercover investigations to investigate crimes", "Art. 16", provisions_of_article_16 };
constinit Part const text::preventive_undercover { "chapter1/undercover_investigation.cpp",
    "Undercover investigations to prevent criminal offences", "Art. 17", provisions_of_article_17 };

} // namespace comity::treaty
