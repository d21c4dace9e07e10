// Chapter two, Article 32: confidentiality and classified information. Levels are compared, never
// labels: the same word means different levels in different Parties.

#include "treaty/provision.h"

namespace comity::treaty {
namespace {

// A32(2). Marked information gets from the receiver the protection of the same row of the table.
// Where the receiver has no marking in that row, it must have agreed how to protect it.
Outcome a32_2(View& view)
{
    auto const level = view.number(fact::classification_level);
    if (!level) return Outcome::missing;
    if (*level == 0) return Outcome::not_applicable;
    auto const row = static_cast<std::size_t>(*level);
    auto const& from = view.sender().marked[row];
    auto const& to = view.receiver().marked[row];
    if (!from.value) {
        view.because("{sender} has no marking of this level.");
        view.rests_on(from.source);
        return Outcome::fails;
    }
    view.rests_on(to.source);
    if (to.value) return Outcome::holds;
    return outcome(view.is(fact::handling_agreed));
}

// A32(3). Police information is classified by exception and as low as possible. The decision is
// the official's; the reason must be on record.
Outcome a32_3(View& view)
{
    auto const classified = view.at_least(fact::classification_level, 1);
    if (!classified.yes()) return skip(classified);
    return outcome(view.given(fact::classification_reason));
}

// A32(7). Classified information goes by courier, or in another way that both Parties' laws accept
// for its level.
Outcome a32_7(View& view)
{
    auto const level = view.number(fact::classification_level);
    if (!level) return Outcome::missing;
    if (*level == 0) return Outcome::not_applicable;
    auto const courier = view.is(fact::medium, Medium::courier);
    if (courier.yes()) return Outcome::holds;
    return outcome(any({ courier, view.at_least(fact::channel_level, *level) }));
}

constexpr std::string_view not_classified = "The information is not classified.";

constexpr Provision provisions_of_classified[] {
    { .id = "A32(2)",
        .title = "Equivalent protection",
        .law = "Marked information is protected by the receiver at the same level of the annexed "
               "table.",
        .effect = Effect::requires_,
        .measures = messages,
        .judge = a32_2,
        .holds = "{receiver} protects information of this level.",
        .fails = "{receiver} has no marking of this level and did not agree how to protect the "
                 "information.",
        .not_applicable = not_classified,
        .duty = "Protect the information at this level of the table, whatever its label says." },
    { .id = "A32(3)",
        .title = "Classified by exception",
        .law = "Police information is classified by exception and at the lowest possible level.",
        .effect = Effect::requires_,
        .measures = sendings | further_requests
            | Measures { Measure::surveillance, Measure::classified_transmission },
        .judge = a32_3,
        .holds = "The reason for classifying is on record.",
        .fails = "No reason for classifying is given.",
        .not_applicable = not_classified,
        .delegated = "Which level is the lowest possible: the classifying official." },
    { .id = "A32(7)",
        .title = "Courier or accepted channel",
        .law = "Classified information goes by courier or another way that both Parties accept.",
        .effect = Effect::requires_,
        .measures = messages,
        .judge = a32_7,
        .holds = "It goes by courier, or over a channel accepted for this level.",
        .fails = "The channel is not accepted for this level: use a courier.",
        .not_applicable = not_classified },
};

} // namespace

constinit Part const text::classified_information { "chapter2/classified_information.cpp",
    "Confidentiality", "Art. 32", provisions_of_classified };

} // namespace comity::treaty
