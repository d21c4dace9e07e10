#pragma once

#include "treaty/fact/teams.h"

/// Articles 32 to 42: classified information, the Committee, agreements, instruments.
namespace comity::treaty {

constexpr FactId first_of_final = first_of_teams + teams_facts.size();

namespace fact {
} // namespace fact

inline constexpr std::array<FactDescription const*, 0> final_facts {};

} // namespace comity::treaty
