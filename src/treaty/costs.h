#pragma once

#include "treaty/fact/final.h"
#include "treaty/facts.h"
#include "treaty/law.h"

/// Who bears a cost (Art. 35): an article that says so, else an implementing agreement, else
/// consent given before, else the Party whose authorities had it. Pure, as all of this room.
namespace comity::treaty {

/// What a cost was for, as the articles tell them apart.
enum class CostKind : std::uint8_t {
    identification, ///< Comparing or typing a profile, Art. 20(1).
    sampling, ///< Taking and analysing a sample, Art. 20(3)(d).
    witness_living, ///< Art. 10(5).
    witness_staff, ///< Staff and means of protection, Art. 10(5).
    investigator_asked_for, ///< For the territory of the Party that asked, Art. 16(6).
    damage_by_officials, ///< Paid to the injured or who acts for them, Art. 23(3).
    damage_by_data, ///< The same, Art. 31(5).
    common_centre, ///< Art. 29(5).
    other
};
BOOST_DESCRIBE_ENUM(CostKind, identification, sampling, witness_living, witness_staff,
    investigator_asked_for, damage_by_officials, damage_by_data, common_centre, other)

struct Cost {
    CostKind kind {};
    PartyCode requesting, requested; ///< Of the case that it arose in.
    PartyCode paid_by;
    std::int64_t amount = 0; ///< In the smallest unit of its currency.
    Instant at;
    std::optional<PartyCode> responsible {}; ///< Of a damage: whose officials, or whose data.
    std::optional<DataFault> fault {}; ///< Of those data.
    std::vector<PartyCode> shared_by {}; ///< The Parties of a common centre.
    std::optional<PartyCode> agreed {}; ///< Whom an implementing agreement names.
    std::optional<PartyCode> consented {}; ///< Whom consent given before names.
};

/// What one Party owes to the one that paid.
struct CostShare {
    PartyCode party;
    std::int64_t amount = 0;
};

struct CostBearing {
    std::string_view provision; ///< "A20(3)(d)"; "A35" where no article says more.
    CostBasis basis {};
    std::vector<CostShare> shares {}; ///< None: the cost stays with the Party that had it.
};

/// Errors: malformed, naming the field of Cost that is missing or does not fit.
Result<CostBearing> bearing_of(Law const& law, Cost const& cost);

/// What such a cost says to a decision on `reimbursement` from whoever paid.
void tell_cost(Facts& facts, Cost const& cost, CostBasis basis, std::int64_t claimed);

} // namespace comity::treaty
