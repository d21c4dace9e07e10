// Chapter three, Articles 38 and 39: the depositary and the instruments.

#include "treaty/provision.h"

namespace comity::treaty {
namespace {

// A38(1). The depositary is Albania: instruments and notices take effect through it alone.
Outcome a38_1(View& view)
{
    return outcome(view.pair().requested.code == PartyCode::of("AL"));
}

// A38(2). Certified copies go to every State that signed or accedes.
Outcome a38_2(View&)
{
    return Outcome::holds;
}

// A38(3). The other Parties are notified of every instrument, reservation, declaration and notice.
Outcome a38_3(View&)
{
    return Outcome::holds;
}

// A38(4). All Parties are notified of every date of entry into force, which Art. 40 computes.
Outcome a38_4(View& view)
{
    auto const binds = !view.is(fact::instrument, Instrument::other);
    auto const dated = view.date(fact::deposited_on).has_value();
    return arises(all({ binds, dated ? Truth { true } : unknown }));
}

// A39(1). A signatory binds itself by ratification, acceptance or approval, any State by accession:
// always by an instrument deposited with the depositary. A signature alone binds nobody.
Outcome a39_1(View& view)
{
    return outcome(!view.is(fact::instrument, Instrument::other));
}

// A39(2). The Convention is open for accession; the text sets no limit of region.
Outcome a39_2(View& view)
{
    return arises(view.is(fact::instrument, Instrument::accession));
}

constexpr Provision provisions_of_depositary[] {
    { .id = "A38(1)",
        .title = "Depositary",
        .law = "Albania is the depositary.",
        .effect = Effect::requires_,
        .measures = instruments,
        .judge = a38_1,
        .holds = "It goes to Albania, the depositary.",
        .fails = "{requested} is not the depositary; Albania is.",
        .not_applicable = "Nothing is deposited." },
    { .id = "A38(2)",
        .title = "Certified copies",
        .law = "The depositary sends certified copies to all States that signed or accede.",
        .effect = Effect::obliges,
        .measures = { Measure::instrument_deposit },
        .judge = a38_2,
        .holds = "{requesting} deposits an instrument.",
        .fails = "",
        .not_applicable = "No instrument is deposited.",
        .duty = "Send {requesting} a certified copy and record the dispatch and its receipt." },
    { .id = "A38(3)",
        .title = "Notification of instruments and notices",
        .law = "The depositary notifies the other Parties of every instrument, reservation, "
               "declaration and other notice.",
        .effect = Effect::obliges,
        .measures = instruments,
        .judge = a38_3,
        .holds = "The depositary receives something that concerns the other Parties.",
        .fails = "",
        .not_applicable = "The depositary receives nothing.",
        .duty = "Notify every other Party and keep the receipts." },
    { .id = "A38(4)",
        .title = "Notification of entry into force",
        .law = "The depositary notifies all Parties of each date of entry into force.",
        .effect = Effect::obliges,
        .measures = { Measure::instrument_deposit },
        .judge = a38_4,
        .holds = "The day of deposit is known, and with it the day of entry into force.",
        .fails = "",
        .not_applicable = "No instrument that binds is deposited.",
        .duty = "Notify all Parties of the day of entry into force, and show a published day that "
                "differs from it.",
        .term = &term::entry_of_state,
        .anchor = &fact::deposited_on },
    { .id = "A39(1)",
        .title = "Instruments",
        .law = "The Convention is subject to ratification, acceptance, approval or accession; the "
               "instruments are deposited with the depositary.",
        .effect = Effect::requires_,
        .measures = { Measure::instrument_deposit },
        .judge = a39_1,
        .holds = "It is one of the four instruments.",
        .fails = "It is none of the four instruments; a signature alone binds nobody.",
        .not_applicable = "No instrument is deposited.",
        .duty = "Register the instrument with its kind, its day and its text." },
    { .id = "A39(2)",
        .title = "Accession",
        .law = "The Convention is open for accession.",
        .effect = Effect::obliges,
        .measures = { Measure::instrument_deposit },
        .judge = a39_2,
        .holds = "{requesting} accedes.",
        .fails = "",
        .not_applicable = "{requesting} does not accede.",
        .duty
        = "Register the acceding State, its National Central Unit, authorities and markings." },
};

} // namespace

constinit Part const text::depositary { "chapter3/depositary.cpp", "Depositary and instruments",
    "Art. 38, 39", provisions_of_depositary };

} // namespace comity::treaty
