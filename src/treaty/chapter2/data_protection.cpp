// Chapter two, Article 31: protection of personal data.

#include "treaty/provision.h"

namespace comity::treaty {
namespace {

// A31(3). Personal data are supplied once the data-protection provisions are in force in both
// Parties. In practice the Committee of Ministers decides for each Party that they are.
Outcome a31_3(View& view)
{
    auto const personal = view.is(fact::personal_data);
    if (!personal.yes()) return skip(personal);
    auto const& asking = view.pair().requesting.protection_ready;
    auto const& asked = view.pair().requested.protection_ready;
    auto const ready = all({ asking.value, asked.value });
    if (ready.unknown())
        view.because("Since when the data-protection provisions of {requesting} or {requested} are "
                     "in force is not known for this date.");
    view.rests_on((asking.value == ready ? asking : asked).source);
    return outcome(ready);
}

// A31(4)(a)-1. Personal data serve only the purpose they were supplied for (and averting immediate
// serious threats and serious crime). So they travel under one of the purposes of Art. 1.
Outcome a31_4_a_1(View& view)
{
    auto const personal = view.is(fact::personal_data);
    if (!personal.yes()) return skip(personal);
    return outcome(!view.is(fact::purpose, Purpose::other));
}

// A31(4)(b)-1. Who sends personal data sets, with them, the date by which they are destroyed. Our
// reading: a date that has passed when they are sent is none.
Outcome a31_4_b_1(View& view)
{
    auto const personal = view.is(fact::personal_data);
    if (!personal.yes()) return skip(personal);
    return outcome(view.not_before(fact::erase_by, view.sender().date));
}

// A31(4)(e)-1. Both sides keep a register of what was sent, received and destroyed; it states the
// reason of the transmission. Our reading: the reason is the purpose and the case.
Outcome a31_4_e_1(View& view)
{
    auto const personal = view.is(fact::personal_data);
    if (!personal.yes()) return skip(personal);
    return outcome(view.given(fact::case_number));
}

constexpr std::string_view nothing_personal = "No personal data are sent.";

constexpr Provision provisions_of_protection[] {
    { .id = "A31(3)",
        .title = "Both Parties are ready for personal data",
        .law
        = "Personal data are supplied once the data-protection provisions are in force in both "
          "Parties.",
        .effect = Effect::requires_,
        .measures = messages,
        .judge = a31_3,
        .holds = "The data-protection provisions of both Parties are in force.",
        .fails = "The data-protection provisions of {requesting} or {requested} are not in force "
                 "on this date.",
        .not_applicable = nothing_personal },
    { .id = "A31(4)(a)-1",
        .title = "Purpose of the personal data",
        .law = "Personal data are used only for the purpose they were supplied for, or against an "
               "immediate serious threat or a serious crime.",
        .effect = Effect::requires_,
        .measures = messages,
        .judge = a31_4_a_1,
        .holds = "The personal data travel under a purpose of the Convention.",
        .fails = "The personal data would travel for a purpose outside the Convention.",
        .not_applicable = nothing_personal,
        .duty = "Use the personal data for no other purpose without the consent of {sender}." },
    { .id = "A31(4)(b)-1",
        .title = "Date of destruction",
        .law = "Who sends personal data sets the date by which they must be destroyed.",
        .effect = Effect::requires_,
        .measures = messages,
        .judge = a31_4_b_1,
        .holds = "{sender} set a date by which the personal data are destroyed.",
        .fails = "The date of destruction lies before the day of sending, {sender-date}.",
        .not_applicable = nothing_personal,
        .duty = "Destroy the personal data by the date that {sender} set, or earlier when they are "
                "no longer needed.",
        .delegated = "How long the data may be kept: the law of the sending Party." },
    { .id = "A31(4)(e)-1",
        .title = "Register of transmissions",
        .law = "Sender and receiver register the reason, the content, the two authorities and the "
               "times of transmission and destruction.",
        .effect = Effect::requires_,
        .measures = messages,
        .judge = a31_4_e_1,
        .holds = "The register can state the reason: the case is named.",
        .fails = "The register cannot state the reason: no case is named.",
        .not_applicable = nothing_personal,
        .duty = "Enter the transmission in the register and keep the entry for at least three "
                "years." },
};

} // namespace

constinit Part const text::data_protection { "chapter2/data_protection.cpp",
    "Protection of personal data", "Art. 31", provisions_of_protection };

} // namespace comity::treaty
