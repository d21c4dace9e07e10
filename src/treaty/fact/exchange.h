#pragma once

#include "treaty/fact/general.h"

/// Articles 2 to 12, 30 and 31: exchange of information, liaison officers, witness protection,
/// refusal, personal data.
namespace comity::treaty {

constexpr FactId first_of_exchange = first_of_general + general_facts.size();

namespace fact {
} // namespace fact

inline constexpr std::array<FactDescription const*, 0> exchange_facts {};

} // namespace comity::treaty
