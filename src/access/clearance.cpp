#include "access/clearance.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::access {

Result<void> check(Clearance const& clearance)
{
    if (clearance.level > clearance_max)
        return Error { Error::Kind::malformed,
            fmt::format("a level is a whole number from 0 to {}", clearance_max), "level" };
    auto sorted = clearance.compartments;
    std::ranges::sort(sorted);
    if (std::ranges::adjacent_find(sorted) != sorted.end())
        return Error { Error::Kind::malformed, "a compartment is named twice", "compartments" };
    return {};
}

std::optional<Refusal> refused(Clearance const& held, Clearance const& needed)
{
    if (held.level < needed.level)
        return Refusal { "A32(5)",
            fmt::format(
                "cleared for level {}, and this is of level {}", held.level, needed.level) };
    for (auto const each : needed.compartments)
        if (std::ranges::find(held.compartments, each) == held.compartments.end())
            return Refusal { each == Compartment::undercover ? "A16(7)" : "A10(1)",
                fmt::format("not of the compartment {}", json::word(each)) };
    return {};
}

} // namespace comity::access
