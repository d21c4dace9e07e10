// Before chapter one, Article 3: general measures of cooperation. Its two lists are open; here
// stand the items that set a condition.

#include "treaty/provision.h"

namespace comity::treaty {
namespace {

// A3.1(a). The Parties tell each other facts of cases, links between suspects and how suspects
// usually behave, and name nobody.
Outcome a3_1_a(View& view)
{
    return outcome(!view.is(fact::personal_data));
}

// A3.1(b). Events and incidents to come are announced directly and as early as possible, so that
// measures can be taken in time, and nobody is named. Our reading: what has begun is not to come.
Outcome a3_1_b(View& view)
{
    auto const anonymous = !view.is(fact::personal_data);
    auto const begins = view.instant(fact::event_at);
    return outcome(all({ anonymous, begins ? Truth { view.at() <= *begins } : unknown }));
}

// A3.1(c). What helps the other Party to plan routine work and special operations is passed on,
// and nobody is named.
Outcome a3_1_c(View& view)
{
    return outcome(!view.is(fact::personal_data));
}

// A3.1(e). Until all European States have the same radio equipment and frequencies, the Parties
// keep up radio links and exchange equipment for that. Other equipment: Article 24.
Outcome a3_1_e(View& view)
{
    return arises(view.is(fact::radio_equipment));
}

// A3.2(a). Forces are deployed in neighbouring border areas as coordinated planning says. Our
// reading: a plan is coordinated once both Parties approved it.
Outcome a3_2_a(View& view)
{
    return outcome(all(
        { view.is(fact::plan_approved_by_requesting), view.is(fact::plan_approved_by_requested) }));
}

// A3.2(e). Representatives of the other Parties are invited to special operations to observe.
Outcome a3_2_e(View& view)
{
    auto const operation = view.is(fact::invited_to, Invitation::special_operation);
    if (!operation.yes()) return skip(operation);
    return outcome(view.is(fact::observer_only));
}

constexpr std::string_view names_nobody = "No data on any person are sent.";
constexpr std::string_view names_somebody
    = "Data on a person must not be sent this way: answer a request (Art. 4, 5) or send "
      "information without a request (Art. 6).";

constexpr Provision provisions_of_general_measures[] {
    { .id = "A3.1(a)",
        .title = "Facts of cases",
        .law = "Parties inform each other of facts of cases, links between suspects and their "
               "typical behaviour, without data on persons.",
        .effect = Effect::requires_,
        .measures = { Measure::case_bulletin },
        .judge = a3_1_a,
        .holds = names_nobody,
        .fails = names_somebody,
        .not_applicable = "No facts of cases are sent." },
    { .id = "A3.1(b)",
        .title = "Events and incidents to come",
        .law = "Events and incidents to come are announced directly and as early as possible, "
               "without data on persons.",
        .effect = Effect::requires_,
        .measures = { Measure::event_notice },
        .judge = a3_1_b,
        .holds = "The event is still to come and no data on any person are sent.",
        .fails = "The event has begun already, or data on a person would be sent.",
        .not_applicable = "No event is announced.",
        .duty = "Send the notice straight to the authority that must act, as early as possible.",
        .delegated = "Which events matter to the police work of the other Party: the authority "
                     "that announces them." },
    { .id = "A3.1(c)",
        .title = "Information for operational planning",
        .law = "Important information is provided for planning routine work and special "
               "operations, without data on persons.",
        .effect = Effect::requires_,
        .measures = { Measure::planning_notice },
        .judge = a3_1_c,
        .holds = names_nobody,
        .fails = names_somebody,
        .not_applicable = "No information for planning is sent.",
        .duty = "Enter the notice in the plans of {requested} that it concerns.",
        .delegated = "What is important for planning: the authority that provides it." },
    { .id = "A3.1(e)",
        .title = "Radio communications and equipment",
        .law = "Until European States have uniform radio equipment and frequencies, Parties keep "
               "up radio communications and exchange equipment.",
        .effect = Effect::obliges,
        .measures = { Measure::equipment_loan },
        .judge = a3_1_e,
        .holds = "Radio equipment or a frequency is exchanged.",
        .fails = "",
        .not_applicable = "Neither radio equipment nor a frequency is exchanged.",
        .duty = "Enter the equipment and the frequencies in the register of loans." },
    { .id = "A3.2(a)",
        .title = "Forces in neighbouring border areas",
        .law = "Forces are deployed in neighbouring border areas in accordance with coordinated "
               "planning.",
        .effect = Effect::requires_,
        .measures = { Measure::border_deployment },
        .judge = a3_2_a,
        .holds = "Both Parties approved the plan.",
        .fails = "The plan is not coordinated: one of the two Parties did not approve it.",
        .not_applicable = "No forces are deployed." },
    { .id = "A3.2(e)",
        .title = "Observers at special operations",
        .law = "Representatives of the other Parties are invited to special operations as "
               "observers.",
        .effect = Effect::requires_,
        .measures = { Measure::observer_invitation },
        .judge = a3_2_e,
        .holds = "Those invited only observe.",
        .fails = "Those invited would do more than observe.",
        .not_applicable = "They are not invited to a special operation.",
        .duty = "Record who was invited, as an observer, and who came." },
};

} // namespace

constinit Part const text::general_measures { "general/general_measures.cpp",
    "General measures of cooperation", "Art. 3", provisions_of_general_measures };

} // namespace comity::treaty
