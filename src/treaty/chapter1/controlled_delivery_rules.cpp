// Chapter one, Article 15(6) to (8): the person arrested during a controlled delivery, and how the
// officials of the requesting Party behave. The corrections of DV 18/2020 repaired only references
// to other paragraphs; the rules are the same before and after.

#include "treaty/chapter1/on_foreign_ground.h"

namespace comity::treaty {
namespace {

// A15(6). Whom the competent local authorities arrested after an action under paragraph 4
// (corrected in 2020) may be held for questioning, whatever the nationality.
Outcome a15_6(View& view)
{
    auto const of_delivery = view.is(fact::arrest_followed, ArrestFollowed::controlled_delivery);
    if (!of_delivery.yes()) return skip(of_delivery);
    return outcome(view.is(fact::arrested_by_local));
}

// A15(7). Who is no national is released six hours after the arrest at the latest, unless a request
// for provisional arrest for extradition came before; the hours from midnight to nine do not count.
Outcome a15_7(View& view)
{
    return released_in_time(
        view, ArrestFollowed::controlled_delivery, term::release_after_delivery);
}

/// Yes for any other act; else what `holds` says, which is only then asked.
template <class Holds> Truth when(View& view, DeliveryAct act, Holds holds)
{
    auto const chosen = view.is(fact::act_in_delivery, act);
    if (chosen.no()) return true;
    return any({ !chosen, holds() });
}

/// Letter (f) of Article 14(5), with its exception: the special rule of Article 15(4) judges those
/// who stop or arrest the escorts.
Truth neither_challenges_nor_arrests(View& view)
{
    return !any({ view.is(fact::act_in_delivery, DeliveryAct::challenge),
        view.is(fact::act_in_delivery, DeliveryAct::arrest_other) });
}

// A15(8). Letters (a) to (c) and (e) to (h) of Article 14(5) (corrected in 2020) apply to the
// officials of the requesting Party; (d), on weapons, does not. The law of (a) stands in 15(3).
Outcome a15_8(View& view)
{
    auto const open_place = [&] { return view.is(fact::premises, Premises::open_to_public); };
    auto const asked_and_protected = [&] {
        return all({ view.is(fact::assistance_requested), view.is(fact::identity_protected) });
    };
    return outcome(all({
        !view.is(fact::against_instructions), // (a)
        view.is(fact::authorisation_carried), // (b)
        view.is(fact::capacity_provable), // (c)
        when(view, DeliveryAct::enter_premises, open_place), // (e)
        neither_challenges_nor_arrests(view), // (f)
        when(view, DeliveryAct::assist_investigation, asked_and_protected), // (h)
    }));
}

constexpr Provision provisions_of_rules[] {
    { .id = "A15(6)",
        .title = "Detention for questioning after a delivery",
        .law = "Whom the competent authorities arrested after an action under paragraph 4 may be "
               "held for questioning, whatever the nationality.",
        .effect = Effect::requires_,
        .measures = { Measure::detention_for_questioning },
        .judge = a15_6,
        .holds = "The competent authorities of {requested} arrested the person after an action "
                 "under Art. 15(4).",
        .fails = "The competent authorities of {requested} did not arrest the person.",
        .not_applicable = "The arrest followed no controlled delivery.",
        .duty = "Record when the detention began and which authority holds the person.",
        .delegated = "How the person is held and questioned: the law of the territory." },
    { .id = "A15(7)",
        .title = "Release after six hours",
        .law = "Who is no national is released six hours after the arrest at the latest, hours "
               "from midnight to nine not counted, unless extradition was asked for before.",
        .effect = Effect::requires_,
        .measures = { Measure::detention_for_questioning },
        .judge = a15_7,
        .holds = "The six hours are not over.",
        .fails = "The six hours are over: the person must be released.",
        .not_applicable = "The arrest followed no delivery, the person is a national, or "
                          "extradition was asked for in time.",
        .duty = "Release the person when the term is up at the latest, and record it.",
        .term = &term::release_after_delivery,
        .anchor = &fact::arrested_at },
    { .id = "A15(8)",
        .title = "Conduct as in surveillance",
        .law = "Article 14(5), letters (a) to (c) and (e) to (h), applies to the officials of the "
               "requesting Party.",
        .effect = Effect::requires_,
        .measures = { Measure::controlled_delivery_act },
        .judge = a15_8,
        .holds = "The act keeps to Art. 14(5)(a) to (c) and (e) to (h).",
        .fails = "The act breaks Art. 14(5): instructions, document, proof of capacity, closed "
                 "places, no challenge or arrest, or the protection of identities.",
        .not_applicable = "The officials are not on foreign ground.",
        .duty = "Report on the operation to the authorities of {requested}; officials may be asked "
                "to appear in court, under code." },
};

} // namespace

constinit Part const text::controlled_delivery_rules { "chapter1/controlled_delivery_rules.cpp",
    "Controlled delivery: detention and conduct", "Art. 15(6) to (8)", provisions_of_rules };

} // namespace comity::treaty
