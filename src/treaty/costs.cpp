#include "treaty/costs.h"

#include "treaty/pair.h"

#include <algorithm>

namespace comity::treaty {
namespace {

/// Whom an article names.
enum class Names : std::uint8_t { requesting, requested, responsible, all_equally, nobody };

struct Article {
    CostKind kind;
    std::string_view provision;
    Names names;
    bool yields; ///< To what the Parties agreed: "as a rule", "unless otherwise agreed".
};

constexpr Article articles[] {
    { CostKind::identification, "A20(1)-5", Names::requesting, false },
    { CostKind::sampling, "A20(3)(d)", Names::requesting, false },
    { CostKind::witness_living, "A10(5)", Names::requesting, true },
    { CostKind::witness_staff, "A10(5)", Names::requested, true },
    { CostKind::investigator_asked_for, "A16(6)", Names::requesting, true },
    { CostKind::damage_by_officials, "A23(3)", Names::responsible, false },
    { CostKind::damage_by_data, "A31(5)-3", Names::responsible, false },
    { CostKind::common_centre, "A29(5)", Names::all_equally, false },
    { CostKind::other, "A35", Names::nobody, true },
};
static_assert(std::size(articles) == static_cast<std::size_t>(CostKind::other) + 1);

Article const& article_of(CostKind kind)
{
    return articles[static_cast<std::size_t>(kind)];
}

Error malformed(std::string field, std::string what)
{
    return { Error::Kind::malformed, std::move(what), std::move(field) };
}

/// A16(6): other costs than those of the article are agreed. Who asked is the Party of the
/// territory, so the other one's officials act.
bool other_costs_agreed(Law const& law, Cost const& cost)
{
    if (cost.kind != CostKind::investigator_asked_for) return false;
    auto const pair = resolve(law, cost.requested, cost.requesting, cost.at);
    auto const& found = pair.agreed[static_cast<std::size_t>(AgreementTerm::undercover_costs)];
    return found.stated == Stated::not_public || (found.stated == Stated::yes && found.number != 0);
}

CostBearing wholly(Cost const& cost, std::string_view provision, CostBasis basis, PartyCode bearer)
{
    CostBearing out { provision, basis };
    if (bearer != cost.paid_by) out.shares.push_back({ bearer, cost.amount });
    return out;
}

/// The smallest units that cannot be shared stay with the Party that paid.
Result<CostBearing> equally(Cost const& cost, std::string_view provision)
{
    auto parties = cost.shared_by;
    std::ranges::sort(parties);
    bool const twice = std::ranges::adjacent_find(parties) != parties.end();
    bool const pays = std::ranges::count(parties, cost.paid_by) == 1;
    if (parties.size() < 2 || twice || !pays)
        return malformed("sharedBy", "name each Party of the centre once, the one that paid too");
    CostBearing out { provision, CostBasis::special_article };
    auto const share = cost.amount / static_cast<std::int64_t>(parties.size());
    for (auto const& party : parties)
        if (party != cost.paid_by && share > 0) out.shares.push_back({ party, share });
    return out;
}

Result<CostBearing> by_article(Cost const& cost, Article const& article)
{
    auto const special = CostBasis::special_article;
    switch (article.names) {
    case Names::requesting: return wholly(cost, article.provision, special, cost.requesting);
    case Names::requested: return wholly(cost, article.provision, special, cost.requested);
    case Names::all_equally: return equally(cost, article.provision);
    case Names::responsible: break;
    case Names::nobody: return CostBearing { "A35", CostBasis::none };
    }
    if (!cost.responsible)
        return malformed("responsible", "say whose officials, or whose data, caused the damage");
    auto const fault = cost.fault.value_or(DataFault::none);
    bool const at_fault = fault == DataFault::wrong || fault == DataFault::unlawful;
    if (cost.kind == CostKind::damage_by_data && !at_fault)
        return malformed("fault", "say whether the data were wrong or were sent unlawfully");
    return wholly(cost, article.provision, special, *cost.responsible);
}

} // namespace

Result<CostBearing> bearing_of(Law const& law, Cost const& cost)
{
    auto const& article = article_of(cost.kind);
    if (article.yields && cost.agreed)
        return wholly(cost, article.provision, CostBasis::implementing_agreement, *cost.agreed);
    if (other_costs_agreed(law, cost))
        return malformed("agreed", "an agreement sets other costs: say whom it names");
    if (article.names != Names::nobody) return by_article(cost, article);
    if (cost.consented)
        return wholly(cost, article.provision, CostBasis::prior_consent, *cost.consented);
    return by_article(cost, article);
}

void tell_cost(Facts& facts, Cost const& cost, CostBasis basis, std::int64_t claimed)
{
    bool const dna = cost.kind == CostKind::identification || cost.kind == CostKind::sampling;
    bool const officials = cost.kind == CostKind::damage_by_officials;
    bool const data = cost.kind == CostKind::damage_by_data;
    facts.tell(fact::cost_basis, basis);
    facts.tell(fact::reimbursement_ground,
        dna             ? ReimbursementGround::identification
            : officials ? ReimbursementGround::damage_by_officials
                        : ReimbursementGround::other);
    facts.tell(fact::sum_paid, cost.amount);
    facts.tell(fact::sum_reimbursed, 0);
    facts.tell(fact::damage_from_data, data);
    facts.tell(fact::data_fault, cost.fault.value_or(DataFault::none));
    facts.tell(fact::compensation_paid, cost.amount);
    facts.tell(fact::compensation_claimed, claimed);
}

} // namespace comity::treaty
