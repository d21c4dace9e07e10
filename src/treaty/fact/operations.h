#pragma once

#include "treaty/fact/exchange.h"

/// Articles 13 to 19: operations on foreign ground and urgent assistance.
namespace comity::treaty {

constexpr FactId first_of_operations = first_of_exchange + exchange_facts.size();

namespace fact {
} // namespace fact

inline constexpr std::array<FactDescription const*, 0> operations_facts {};

} // namespace comity::treaty
