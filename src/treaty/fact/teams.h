#pragma once

#include "treaty/fact/operations.h"

/// Articles 20 to 29: identification, liability, technical measures, teams, patrols, centres.
namespace comity::treaty {

constexpr FactId first_of_teams = first_of_operations + operations_facts.size();

namespace fact {
} // namespace fact

inline constexpr std::array<FactDescription const*, 0> teams_facts {};

} // namespace comity::treaty
