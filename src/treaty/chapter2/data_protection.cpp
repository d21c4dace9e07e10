// Chapter two, Article 31(1) to 31(4)(b): when personal data may travel, what they may be used for,
// how long they are kept.

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

// A31(4)(a)-2. Any other use needs the consent of the Party that supplied them, before.
Outcome a31_4_a_2(View& view)
{
    auto const other = view.is(fact::use_ground, UseGround::other);
    if (!other.yes()) return skip(other);
    return outcome(view.is(fact::supplier_consent));
}

// A31(4)(b)-2. Whatever that date, data are destroyed once they are needed neither for the purpose
// they were supplied for nor for another that (a) allows.
Outcome a31_4_b_2(View& view)
{
    return arises(!view.is(fact::still_needed));
}

// A31(4)(b)-3. At the latest they are destroyed on the last day on which the Convention is in
// force, unless a new convention replaces it. Our reading: for a Party that withdraws or suspends
// as a whole, that is its own last day.
Outcome a31_4_b_3(View& view)
{
    auto const ends
        = all({ view.is(fact::convention_ends), !view.is(fact::replaced_by_convention) });
    if (!ends.yes()) return skip(ends);
    return view.date(fact::last_day_in_force) ? Outcome::holds : Outcome::missing;
}

constexpr std::string_view nothing_personal = "No personal data are sent.";

constexpr Provision provisions_of_protection[] {
    { .id = "A31(3)",
        .title = "Both Parties are ready for personal data",
        .law
        = "Personal data are supplied once the data-protection provisions are in force in both "
          "Parties.",
        .effect = Effect::requires_,
        .measures = data_exchanges,
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
        .measures = data_exchanges,
        .judge = a31_4_a_1,
        .holds = "The personal data travel under a purpose of the Convention.",
        .fails = "The personal data would travel for a purpose outside the Convention.",
        .not_applicable = nothing_personal,
        .duty = "Use the personal data for no other purpose without the consent of {sender}." },
    { .id = "A31(4)(a)-2",
        .title = "Use for another purpose",
        .law = "Any other use of the data needs the prior consent of the Party that supplied them.",
        .effect = Effect::requires_,
        .measures = { Measure::use_for_another_purpose },
        .judge = a31_4_a_2,
        .holds = "{requested} consented to this use before.",
        .fails = "{requested} did not consent to this use.",
        .not_applicable = "The data serve the purpose they were supplied for, avert an immediate "
                          "serious threat or prevent a serious crime.",
        .duty = "Record the consent with the use.",
        .delegated = "Whether a threat is immediate and serious, and a crime serious: the Party "
                     "that uses the data." },
    { .id = "A31(4)(b)-1",
        .title = "Date of destruction",
        .law = "Who sends personal data sets the date by which they must be destroyed.",
        .effect = Effect::requires_,
        .measures = data_exchanges,
        .judge = a31_4_b_1,
        .holds = "{sender} set a date by which the personal data are destroyed.",
        .fails = "The date of destruction lies before the day of sending, {sender-date}.",
        .not_applicable = nothing_personal,
        .duty = "Destroy the personal data by the date that {sender} set, or earlier when they are "
                "no longer needed.",
        .delegated = "How long the data may be kept: the law of the sending Party." },
    { .id = "A31(4)(b)-2",
        .title = "Destruction when no longer needed",
        .law = "Whatever their date, data are destroyed once they are no longer needed.",
        .effect = Effect::obliges,
        .measures = { Measure::destruction },
        .judge = a31_4_b_2,
        .holds = "The data are no longer needed.",
        .fails = "",
        .not_applicable = "The data are still needed.",
        .duty = "Destroy the data now, whatever the date that {requested} set, and enter the "
                "destruction in the register.",
        .delegated = "Whether the data are still needed: the Party that holds them." },
    { .id = "A31(4)(b)-3",
        .title = "Destruction at the end of the Convention",
        .law = "Data are destroyed at the latest on the last day on which the Convention is in "
               "force, unless a new one replaces it.",
        .effect = Effect::obliges,
        .measures = { Measure::destruction },
        .judge = a31_4_b_3,
        .holds = "The Convention will cease to be in force between {requesting} and {requested}.",
        .fails = "",
        .not_applicable = "The Convention stays in force, or a new one replaces it.",
        .duty = "Destroy everything received from {requested} by the end of the last day and "
                "certify it.",
        .term = &term::last_day,
        .anchor = &fact::last_day_in_force },
};

} // namespace

constinit Part const text::data_protection { "chapter2/data_protection.cpp",
    "Protection of personal data", "Art. 31(1) to (4)(b)", provisions_of_protection };

} // namespace comity::treaty
