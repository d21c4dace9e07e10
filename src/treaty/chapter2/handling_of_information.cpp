// Chapter two, Article 32: what the receiver does with information, classified or not.

#include "treaty/provision.h"

namespace comity::treaty {
namespace {

// A32(1). Everything received from another Party has basic protection: it is opened by authorised
// officials who need it, and every opening is recorded.
Outcome a32_1(View& view)
{
    return outcome(all({ view.is(fact::official_authorised), view.is(fact::need_to_know) }));
}

// A32(4)-1. The sender tells every receiver at once of a changed or lifted level.
Outcome a32_4_1(View&)
{
    return Outcome::holds;
}

// A32(4)-2. The receiver follows the notice in every copy it holds.
Outcome a32_4_2(View& view)
{
    return arises(view.is(fact::copies_exist));
}

// A32(5). Classified information serves its purpose only, and is open only to who needs it and is
// cleared for its level.
Outcome a32_5(View& view)
{
    auto const classified = view.at_least(fact::classification_level, 1);
    if (!classified.yes()) return skip(classified);
    return outcome(all({ view.is(fact::same_purpose), view.is(fact::need_to_know),
        view.not_above(fact::classification_level, fact::clearance_level) }));
}

// A32(6). A breach is reported to the sender at once: how it came, what followed, what was done.
Outcome a32_6(View& view)
{
    return outcome(all({ view.given(fact::breach_circumstances),
        view.given(fact::breach_consequences), view.given(fact::breach_measures) }));
}

constexpr Provision provisions_of_handling[] {
    { .id = "A32(1)",
        .title = "Basic protection",
        .law = "All information received is protected: discretion, access for authorised officials "
               "only, protection of personal data, technical and procedural security.",
        .effect = Effect::requires_,
        .measures = { Measure::access_to_information },
        .judge = a32_1,
        .holds = "The official is authorised and needs the information.",
        .fails = "The official is not authorised, or does not need the information.",
        .not_applicable = "Nothing is opened.",
        .duty = "Record who opened the information, when and for what." },
    { .id = "A32(4)-1",
        .title = "Notice of a changed level",
        .law = "The sender tells the receiver at once that a level was changed or lifted.",
        .effect = Effect::obliges,
        .measures = { Measure::level_change },
        .judge = a32_4_1,
        .holds = "{requesting} changed or lifted the level of information that it sent.",
        .fails = "",
        .not_applicable = "No level changes.",
        .duty = "Tell every receiver of the information its new level.",
        .term = &term::immediately },
    { .id = "A32(4)-2",
        .title = "The receiver follows",
        .law = "The receiver changes or removes the level as it is told.",
        .effect = Effect::obliges,
        .measures = { Measure::level_change },
        .judge = a32_4_2,
        .holds = "{requested} holds copies with the old level.",
        .fails = "",
        .not_applicable = "{requested} holds no copy.",
        .duty
        = "Change the level of every copy, recall or mark what was printed, and confirm it." },
    { .id = "A32(5)",
        .title = "Purpose, need and clearance",
        .law
        = "Classified information serves only its purpose and is open only to persons who need "
          "it and are cleared for it by national law.",
        .effect = Effect::requires_,
        .measures = { Measure::access_to_information },
        .judge = a32_5,
        .holds = "The purpose is the same, and the official needs it and is cleared for its level.",
        .fails = "The purpose is another, or the official does not need it, or is not cleared for "
                 "its level.",
        .not_applicable = "The information is not classified." },
    { .id = "A32(6)",
        .title = "Report of a breach",
        .law
        = "A breach of the rules that protect classified information is reported to the sender "
          "at once, with circumstances, consequences and measures.",
        .effect = Effect::requires_,
        .measures = { Measure::breach_report },
        .judge = a32_6,
        .holds = "The report has its three parts.",
        .fails = "The report lacks the circumstances, the consequences or the measures.",
        .not_applicable = "Nothing was broken.",
        .duty = "Send the report to the authority that sent the information.",
        .term = &term::immediately },
};

} // namespace

constinit Part const text::handling_of_information { "chapter2/handling_of_information.cpp",
    "Handling of information", "Art. 32(1), (4) to (6)", provisions_of_handling };

} // namespace comity::treaty
