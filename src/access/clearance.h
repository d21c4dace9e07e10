#pragma once

#include "access/role.h"

namespace comity::access {

/// What is kept apart from everybody who is not named for it.
enum class Compartment : std::uint8_t {
    witness_protection, ///< Art. 10.
    undercover, ///< Art. 16, 17.
};
BOOST_DESCRIBE_ENUM(Compartment, witness_protection, undercover)

constexpr unsigned clearance_max
    = 4; ///< 0 none ... 3 SECRET, 4 TOP SECRET, as treaty/law.h has it.

/// How far somebody is cleared.
struct Clearance {
    unsigned level = 0;
    std::vector<Compartment> compartments {};

    bool operator==(Clearance const&) const = default;
};
BOOST_DESCRIBE_STRUCT(Clearance, (), (level, compartments))

/// Errors: malformed naming the member: a level over the limit, a compartment named twice.
Result<void> check(Clearance const& clearance);

/// Nothing where an item of this level and compartments may be opened. Art. 32(5): who is not
/// cleared for the level does not read it; Art. 10(1), 16(7): nor who is not of the compartment.
std::optional<Refusal> refused(Clearance const& held, Clearance const& needed);

} // namespace comity::access
