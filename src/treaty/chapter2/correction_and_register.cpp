// Chapter two, Article 31(4)(c) to (f): data that prove wrong, security, the register, and
// accounting for what was done. The requesting Party is the one that acts.

#include "treaty/provision.h"

namespace comity::treaty {
namespace {

/// Established, not only feared.
Truth at_fault(View& view)
{
    return any({ view.is(fact::data_fault, DataFault::wrong),
        view.is(fact::data_fault, DataFault::unlawful) });
}

// A31(4)(c)-1. When data prove wrong or unlawful, who sent them tells the recipients in due time.
// The text is softer here than in what follows: it does not say immediately.
Outcome a31_4_c_1(View& view)
{
    return arises(all({ view.is(fact::data_role, DataRole::supplier), at_fault(view) }));
}

// A31(4)(c)-2. The recipient immediately destroys unlawful data and corrects wrong ones.
Outcome a31_4_c_2(View& view)
{
    return arises(all({ view.is(fact::data_role, DataRole::recipient), at_fault(view) }));
}

// A31(4)(c)-3. A recipient that has information on an unlawful use of the data immediately tells
// who sent them.
Outcome a31_4_c_3(View& view)
{
    return arises(
        all({ view.is(fact::data_role, DataRole::recipient), view.is(fact::unlawful_use) }));
}

// A31(4)(c)-4. A recipient that has reason to believe that data are wrong or should be destroyed
// immediately tells who sent them.
Outcome a31_4_c_4(View& view)
{
    return arises(all({ view.is(fact::data_role, DataRole::recipient),
        view.is(fact::data_fault, DataFault::suspected) }));
}

// A31(4)(c)-5. Both tell each other what bears on whether the data are right and current.
Outcome a31_4_c_5(View& view)
{
    return arises(view.is(fact::accuracy_circumstance));
}

// A31(4)(d). The recipient protects the data against loss, change, spreading, access and
// publication that are accidental or not allowed.
Outcome a31_4_d(View& view)
{
    return arises(view.is(fact::personal_data));
}

// A31(4)(e)-1. Both sides keep a register of what was sent, received and destroyed; it states the
// reason of the transmission. Our reading: the reason is the purpose and the case.
Outcome a31_4_e_1(View& view)
{
    auto const personal = view.is(fact::personal_data);
    if (!personal.yes()) return skip(personal);
    return outcome(view.given(fact::case_number));
}

// A31(4)(e)-2. Electronic transmissions are registered by computer. Our reading: so nobody enters
// or changes such an entry by hand.
Outcome a31_4_e_2(View& view)
{
    auto const by_hand = any({ view.is(fact::register_act, RegisterAct::entry_by_hand),
        view.is(fact::register_act, RegisterAct::change) });
    if (!by_hand.yes()) return skip(by_hand);
    return outcome(view.is(fact::transmission_electronic));
}

// A31(4)(e)-3. Registers are kept for three years at least. Whoever counts short purges early, so
// an entry of 29 February is kept until 1 March.
Outcome a31_4_e_3(View& view)
{
    auto const purging = view.is(fact::register_act, RegisterAct::purging);
    if (!purging.yes()) return skip(purging);
    auto const entry = view.date(fact::register_entry_on);
    if (!entry) return Outcome::missing;
    auto const kept_until = due_date(term::register_retention.amount, *entry);
    return outcome(view.pair().requesting.date >= kept_until);
}

// A31(4)(e)-4. What the register says serves only to verify that the rules on data protection were
// kept.
Outcome a31_4_e_4(View& view)
{
    auto const reading = view.is(fact::register_act, RegisterAct::reading);
    if (!reading.yes()) return skip(reading);
    return outcome(view.is(fact::protection_check));
}

// A31(4)(f). On request the recipient tells the sender of every processing of the data and of what
// came of it. So each processing is kept in a way that can be told.
Outcome a31_4_f(View& view)
{
    return arises(view.is(fact::personal_data));
}

constexpr std::string_view nothing_personal = "No personal data are sent.";

constexpr Provision provisions_of_correction[] {
    { .id = "A31(4)(c)-1",
        .title = "Telling recipients of wrong or unlawful data",
        .law = "Who sent data that prove wrong or unlawful tells the recipients in due time.",
        .effect = Effect::obliges,
        .measures = { Measure::correction },
        .judge = a31_4_c_1,
        .holds = "Data that {requesting} sent are wrong, or were obtained or sent unlawfully.",
        .fails = "",
        .not_applicable = "{requesting} did not send the data, or nothing wrong is established.",
        .duty = "Tell every recipient of the data what is wrong or unlawful, in due time." },
    { .id = "A31(4)(c)-2",
        .title = "Correcting and destroying",
        .law = "The recipient immediately destroys unlawful data and corrects wrong ones.",
        .effect = Effect::obliges,
        .measures = { Measure::correction },
        .judge = a31_4_c_2,
        .holds = "Data that {requesting} received are wrong, or were obtained or sent unlawfully.",
        .fails = "",
        .not_applicable = "{requesting} did not receive the data, or nothing wrong is "
                          "established.",
        .duty = "Correct the data when they are wrong, destroy them when they are unlawful, and "
                "record when.",
        .term = &term::immediately },
    { .id = "A31(4)(c)-3",
        .title = "Reporting unlawful use",
        .law = "A recipient with information on unlawful use of the data immediately tells who "
               "sent them.",
        .effect = Effect::obliges,
        .measures = { Measure::correction },
        .judge = a31_4_c_3,
        .holds = "{requesting} has information that data it received were used unlawfully.",
        .fails = "",
        .not_applicable = "{requesting} did not receive the data, or knows of no unlawful use.",
        .duty = "Report the unlawful use to {requested}: what happened and when.",
        .term = &term::immediately },
    { .id = "A31(4)(c)-4",
        .title = "Reporting doubts",
        .law = "A recipient with reason to believe that data are wrong or should be destroyed "
               "immediately tells who sent them.",
        .effect = Effect::obliges,
        .measures = { Measure::correction },
        .judge = a31_4_c_4,
        .holds = "{requesting} has reason to doubt data that it received.",
        .fails = "",
        .not_applicable = "{requesting} did not receive the data, or has no reason to doubt them.",
        .duty = "Tell {requested} of the doubt and its reason, and ask for verification.",
        .term = &term::immediately },
    { .id = "A31(4)(c)-5",
        .title = "Keeping data right and current",
        .law = "Sender and recipient tell each other what bears on whether the data are right and "
               "current.",
        .effect = Effect::obliges,
        .measures = { Measure::correction },
        .judge = a31_4_c_5,
        .holds = "A circumstance became known that bears on the data.",
        .fails = "",
        .not_applicable = "No circumstance became known that bears on the data.",
        .duty = "Tell the other side, and every recipient, of the circumstance." },
    { .id = "A31(4)(d)",
        .title = "Security of data",
        .law = "The recipient protects data against accidental or unauthorised loss, change, "
               "spreading, access and publication.",
        .effect = Effect::obliges,
        .measures = { Measure::access_to_information },
        .judge = a31_4_d,
        .holds = "Personal data that were received are opened.",
        .fails = "",
        .not_applicable = "No personal data are opened.",
        .duty = "Keep the data from loss, change and other eyes; report what goes wrong as an "
                "incident." },
    { .id = "A31(4)(e)-1",
        .title = "Register of transmissions",
        .law = "Sender and receiver register the reason, the content, the two authorities and the "
               "times of transmission and destruction.",
        .effect = Effect::requires_,
        .measures = data_exchanges,
        .judge = a31_4_e_1,
        .holds = "The register can state the reason: the case is named.",
        .fails = "The register cannot state the reason: no case is named.",
        .not_applicable = nothing_personal,
        .duty = "Enter the transmission in the register and keep the entry for at least three "
                "years." },
    { .id = "A31(4)(e)-2",
        .title = "Registered by computer",
        .law = "Electronic transmissions are registered by computer.",
        .effect = Effect::forbids,
        .measures = { Measure::register_use },
        .judge = a31_4_e_2,
        .holds = "The entry of an electronic transmission would be made or changed by hand.",
        .fails = "The transmission was not electronic.",
        .not_applicable = "Nothing is entered or changed by hand." },
    { .id = "A31(4)(e)-3",
        .title = "Registers kept for three years",
        .law = "Registers are kept for three years at least.",
        .effect = Effect::requires_,
        .measures = { Measure::register_use },
        .judge = a31_4_e_3,
        .holds = "The entry has been kept for three years.",
        .fails = "On {requesting-date} the entry has not yet been kept for three years.",
        .not_applicable = "Nothing is purged.",
        .term = &term::register_retention,
        .anchor = &fact::register_entry_on },
    { .id = "A31(4)(e)-4",
        .title = "Use of the register",
        .law = "The register serves only to verify that the rules on data protection were kept.",
        .effect = Effect::requires_,
        .measures = { Measure::register_use },
        .judge = a31_4_e_4,
        .holds = "The register is read to verify that the rules on data protection were kept.",
        .fails = "The register may be read for nothing but to verify that the rules on data "
                 "protection were kept.",
        .not_applicable = "The register is not read.",
        .duty = "Record who read the register, when and why." },
    { .id = "A31(4)(f)",
        .title = "Accounting for processing",
        .law = "On request the recipient tells the sender of every processing and its results.",
        .effect = Effect::obliges,
        .measures = { Measure::use_for_another_purpose, Measure::onward_transfer,
            Measure::access_to_information },
        .judge = a31_4_f,
        .holds = "Personal data that were received are processed.",
        .fails = "",
        .not_applicable = "No personal data are processed.",
        .duty = "Keep this processing and its result so that {requested} can be told of it when "
                "it asks." },
};

} // namespace

constinit Part const text::correction_and_register { "chapter2/correction_and_register.cpp",
    "Correction, security and register", "Art. 31(4)(c) to (f)", provisions_of_correction };

} // namespace comity::treaty
