// Chapter two, Article 31(4)(g) to 31(7): rights of the person, third States, liability, and
// officials who process data abroad. The requesting Party is the one that holds the data and acts.

#include "treaty/provision.h"

namespace comity::treaty {
namespace {

// A31(4)(g)-1. Who asks is told what is held about him or her; the law of the Party that is asked
// sets the exceptions and the procedure.
Outcome a31_4_g_1(View& view)
{
    return outcome(!view.is(fact::national_exception));
}

// A31(4)(g)-2. Who asks has wrong data corrected and unlawfully processed data destroyed.
Outcome a31_4_g_2(View& view)
{
    auto const told = view.is(fact::person_claim, PersonClaim::information);
    if (!told.no()) return skip(!told);
    auto const correction = all({ view.is(fact::person_claim, PersonClaim::correction),
        view.is(fact::data_fault, DataFault::wrong) });
    auto const destruction = all({ view.is(fact::person_claim, PersonClaim::destruction),
        view.is(fact::data_fault, DataFault::unlawful) });
    return outcome(any({ correction, destruction }));
}

// A31(4)(g)-3. Before a recipient decides on any of these, the authority that sent the data may
// comment.
Outcome a31_4_g_3(View& view)
{
    auto const received = view.is(fact::data_role, DataRole::recipient);
    if (!received.yes()) return skip(received);
    return outcome(view.is(fact::sender_heard));
}

// A31(4)(h). Whose rights in data protection were violated can turn to an independent court or
// another independent body and claim compensation.
Outcome a31_4_h(View& view)
{
    return arises(view.is(fact::right_violated));
}

// A31(4)(i). What was received goes to a third State only with the consent of the Party that
// supplied it. All information, not only personal data.
Outcome a31_4_i(View& view)
{
    return outcome(view.is(fact::supplier_consent));
}

/// Wrong or unlawfully sent.
Truth at_fault(View& view)
{
    return any({ view.is(fact::data_fault, DataFault::wrong),
        view.is(fact::data_fault, DataFault::unlawful) });
}

// A31(5)-1. A Party is liable under its law to a person damaged by processing data that were wrong
// or unlawfully sent.
Outcome a31_5_1(View& view)
{
    return arises(all({ view.is(fact::damage_from_data), at_fault(view) }));
}

// A31(5)-2. Towards the person it cannot plead that another Party sent them so.
Outcome a31_5_2(View& view)
{
    auto const from_data = view.is(fact::damage_from_data);
    if (!from_data.yes()) return skip(from_data);
    return outcome(view.is(fact::other_party_pleaded));
}

// A31(5)-3. What the receiving Party paid, the Party that sent the data reimburses in full, and no
// more than that.
Outcome a31_5_3(View& view)
{
    auto const from_data = view.is(fact::damage_from_data);
    if (!from_data.yes()) return skip(from_data);
    return outcome(all(
        { at_fault(view), view.not_above(fact::compensation_claimed, fact::compensation_paid) }));
}

// A31(6). When officials process data abroad, the authority on whose behalf the data were obtained
// controls it, under its own law.
Outcome a31_6(View& view)
{
    return arises(all({ view.is(fact::acts_abroad), view.is(fact::personal_data) }));
}

// A31(7). Officials who act abroad get no direct access to the computerised data of the host.
Outcome a31_7(View& view)
{
    return outcome(all({ view.is(fact::acts_abroad), view.is(fact::direct_access_to_host_data) }));
}

constexpr std::string_view other_damage
    = "The damage did not come from data sent under the Convention.";

constexpr Provision provisions_of_rights[] {
    { .id = "A31(4)(g)-1",
        .title = "Right to be told",
        .law = "On request every person is told what is held about him or her; national law sets "
               "the exceptions.",
        .effect = Effect::requires_,
        .measures = { Measure::access_by_person },
        .judge = a31_4_g_1,
        .holds = "The law of {requesting} makes no exception for this claim.",
        .fails = "The law of {requesting} makes an exception for this claim.",
        .not_applicable = "No person asks.",
        .duty = "Answer the person in the time that the law of {requesting} sets.",
        .delegated = "Whether an exception applies: the authority responsible for the processing, "
                     "under the law of its Party." },
    { .id = "A31(4)(g)-2",
        .title = "Right to correction and destruction",
        .law = "On request wrong data are corrected and unlawfully processed data destroyed.",
        .effect = Effect::requires_,
        .measures = { Measure::access_by_person },
        .judge = a31_4_g_2,
        .holds = "The data are wrong and to be corrected, or unlawful and to be destroyed.",
        .fails = "The data are not wrong, or not unlawful, as the claim says.",
        .not_applicable = "The person only asks to be told.",
        .duty = "Record the decision and tell the other Party of it." },
    { .id = "A31(4)(g)-3",
        .title = "The sender may comment",
        .law = "Before a recipient decides on such a claim, the authority that sent the data may "
               "comment.",
        .effect = Effect::requires_,
        .measures = { Measure::access_by_person },
        .judge = a31_4_g_3,
        .holds = "The authority that sent the data had the occasion to comment.",
        .fails = "The authority that sent the data had no occasion to comment yet.",
        .not_applicable = "The data were not received from another Party." },
    { .id = "A31(4)(h)",
        .title = "Effective remedy",
        .law = "Whose rights were violated may turn to an independent court or body and claim "
               "compensation.",
        .effect = Effect::obliges,
        .measures = { Measure::access_by_person },
        .judge = a31_4_h,
        .holds = "The person holds that a right in data protection was violated.",
        .fails = "",
        .not_applicable = "The person does not hold that a right was violated.",
        .duty = "Tell the person which court or independent body of {requesting} to turn to, and "
                "that compensation may be claimed." },
    { .id = "A31(4)(i)",
        .title = "Information to third States",
        .law = "Information received goes to a third State only with the prior consent of the "
               "Party that supplied it.",
        .effect = Effect::requires_,
        .measures = { Measure::onward_transfer },
        .judge = a31_4_i,
        .holds = "{requested} consented to this transfer before.",
        .fails = "{requested} did not consent to this transfer.",
        .not_applicable = "Nothing goes to a third State.",
        .duty = "Record the consent with the transfer." },
    { .id = "A31(5)-1",
        .title = "Liability to the person",
        .law = "A Party is liable under its law for damage from processing data that were wrong "
               "or unlawfully sent.",
        .effect = Effect::obliges,
        .measures = { Measure::damage_claim },
        .judge = a31_5_1,
        .holds = "The damage came from data that were wrong or unlawfully sent.",
        .fails = "",
        .not_applicable = "The damage did not come from wrong or unlawfully sent data.",
        .duty = "Open the claim of the person under the law of {requesting}, with the data and "
                "their entries in the register." },
    { .id = "A31(5)-2",
        .title = "No excuse towards the person",
        .law = "Towards the person a Party cannot plead that another Party sent wrong or unlawful "
               "data.",
        .effect = Effect::forbids,
        .measures = { Measure::damage_claim },
        .judge = a31_5_2,
        .holds = "The fault of another Party is pleaded towards the person.",
        .fails = "The fault of another Party is not pleaded towards the person.",
        .not_applicable = other_damage },
    { .id = "A31(5)-3",
        .title = "Reimbursement by the sender",
        .law = "The Party that sent wrong or unlawful data reimburses in full what the receiving "
               "Party paid.",
        .effect = Effect::requires_,
        .measures = { Measure::reimbursement },
        .judge = a31_5_3,
        .holds = "{requesting} claims no more than it paid for damage from data of {requested}.",
        .fails = "{requesting} claims more than it paid, or the data of {requested} were neither "
                 "wrong nor unlawful.",
        .not_applicable = other_damage,
        .duty = "{requested} reimburses the whole sum that {requesting} paid." },
    { .id = "A31(6)",
        .title = "Control of processing abroad",
        .law = "Processing by officials abroad is controlled by the authority on whose behalf the "
               "data were obtained, under its law.",
        .effect = Effect::obliges,
        .measures = { Measure::access_to_information },
        .judge = a31_6,
        .holds = "An official of {requesting} processes personal data in {requested}.",
        .fails = "",
        .not_applicable = "No official processes personal data abroad.",
        .duty = "Put the processing under the data-protection control of {requesting}, under its "
                "law." },
    { .id = "A31(7)",
        .title = "No direct access to data of the host",
        .law = "Officials acting abroad have no direct access to computerised data of the host "
               "Party.",
        .effect = Effect::forbids,
        .measures = { Measure::access_to_information },
        .judge = a31_7,
        .holds = "An official of {requesting} in {requested} would open its data directly.",
        .fails = "No official abroad opens data of the host directly.",
        .not_applicable = "No official acts abroad." },
};

} // namespace

constinit Part const text::rights_of_the_person { "chapter2/rights_of_the_person.cpp",
    "Rights of the person, third States, liability", "Art. 31(4)(g) to (7)", provisions_of_rights };

} // namespace comity::treaty
