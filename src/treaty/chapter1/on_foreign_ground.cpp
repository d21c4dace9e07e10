#include "treaty/chapter1/on_foreign_ground.h"

namespace comity::treaty {

Truth covers_offence(View& view, AgreementTerm offences)
{
    auto const& model = view.agreed(offences);
    if (model.stated == Stated::nowhere) return false;
    if (model.stated == Stated::not_public) return unknown;
    bool const listed = model.number == static_cast<std::int64_t>(OffenceModel::listed);
    return view.is(listed ? fact::offence_listed : fact::extraditable);
}

Truth extradition_requested_in_time(View& view, Term const& release)
{
    auto const requested = view.is(fact::extradition_requested);
    if (requested.no()) return requested;
    auto const received = view.instant(fact::extradition_requested_at);
    auto const due = view.due(release, fact::arrested_at);
    if (!received || !due) return unknown;
    return all({ requested, *received < *due });
}

Outcome released_in_time(View& view, ArrestFollowed followed, Term const& release)
{
    auto const owed = all({ view.is(fact::arrest_followed, followed),
        !view.is(fact::national_of_territory), !extradition_requested_in_time(view, release) });
    if (!owed.yes()) return skip(owed);
    auto const due = view.due(release, fact::arrested_at);
    if (!due) return Outcome::missing;
    return outcome(view.at() <= *due);
}

} // namespace comity::treaty
