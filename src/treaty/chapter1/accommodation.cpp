// Chapter one, Article 25: registration forms of foreigners in accommodation. The requested Party
// is the one on whose territory the accommodation lies.

#include "treaty/provision.h"

namespace comity::treaty {
namespace {

// A25(1)(a). Heads of accommodation, or those who act for them, see that foreigners fill in and
// sign a form and prove who they are with a valid document.
Outcome a25_1_a(View& view)
{
    auto const foreigner = !view.is(fact::guest_national);
    if (!foreigner.yes()) return skip(foreigner);
    return outcome(all({ view.is(fact::form_filled_in), view.is(fact::form_signed),
        view.is(fact::identity_document_valid) }));
}

// A25(1)(b). The forms are kept by law enforcement authorities or given to them when they find it
// needed on one of four grounds, unless national law provides otherwise. Our reading: preventing
// threats and investigating crimes are two grounds; the print lost a comma between them.
Outcome a25_1_b(View& view)
{
    return outcome(
        all({ !view.is(fact::forms_purpose, FormsPurpose::other), view.is(fact::forms_needed),
            !view.national(view.pair().requested, NationalRule::accommodation_forms_withheld,
                fact::forms_withheld) }));
}

// A25(2)-1. The same holds for everything that is rented out to stay in: tents, caravans, yachts.
Outcome a25_2_1(View& view)
{
    auto const foreigner = !view.is(fact::guest_national);
    if (!foreigner.yes()) return skip(foreigner);
    return outcome(!view.is(fact::accommodation_place, AccommodationPlace::not_rented));
}

// A25(2)-2. A foreigner is who is not a national of the Party where the accommodation lies.
Outcome a25_2_2(View& view)
{
    return arises(!view.is(fact::guest_national));
}

constexpr std::string_view no_foreigner = "The guest is a national of {requested}.";

constexpr Provision provisions_of_accommodation[] {
    { .id = "A25(1)(a)",
        .title = "Registration form and identity document",
        .law = "Foreigners in accommodation fill in and sign a form and show a valid identity "
               "document.",
        .effect = Effect::requires_,
        .measures = { Measure::accommodation_registration },
        .judge = a25_1_a,
        .holds = "The form is filled in and signed, and a valid identity document was shown.",
        .fails = "The form is not filled in or not signed, or no valid identity document was "
                 "shown.",
        .not_applicable = no_foreigner,
        .duty = "Register the form." },
    { .id = "A25(1)(b)",
        .title = "Forms for law enforcement authorities",
        .law = "The forms are kept by law enforcement authorities or given to them for threats, "
               "crimes, missing persons and victims of accidents, unless national law provides "
               "otherwise.",
        .effect = Effect::requires_,
        .measures = { Measure::accommodation_search },
        .judge = a25_1_b,
        .holds = "The forms are needed on a ground of the Convention and national law does not "
                 "provide otherwise.",
        .fails = "The forms are not needed on a ground of the Convention, or the law of "
                 "{requested} provides otherwise.",
        .not_applicable = "No forms are wanted.",
        .duty = "Record who used the forms and for what purpose.",
        .delegated = "Whether the forms are needed: the law enforcement authority." },
    { .id = "A25(2)-1",
        .title = "Rented places",
        .law = "The same applies to every rented place to stay in, above all tents, caravans and "
               "yachts.",
        .effect = Effect::requires_,
        .measures = { Measure::accommodation_registration },
        .judge = a25_2_1,
        .holds = "The foreigner stays in an establishment or in another rented place.",
        .fails = "The foreigner stays in no rented place: the Convention asks for no form.",
        .not_applicable = no_foreigner },
    { .id = "A25(2)-2",
        .title = "Foreigner",
        .law = "A foreigner is who is not a national of the Party where the accommodation lies.",
        .effect = Effect::obliges,
        .measures = { Measure::accommodation_registration },
        .judge = a25_2_2,
        .holds = "The guest is not a national of {requested} and so a foreigner there.",
        .fails = "",
        .not_applicable = no_foreigner,
        .duty = "The head of the accommodation, or an agent, has the foreigner fill in and sign "
                "the form and show an identity document." },
};

} // namespace

constinit Part const text::accommodation { "chapter1/accommodation.cpp", "Accommodation", "Art. 25",
    provisions_of_accommodation };

} // namespace comity::treaty
