#pragma once

#include "message/register_entry.h"

namespace comity::message {

/// What a register entry says of destruction: all that a sweep looks at (Art. 31(4)(b), (e)).
struct Duty {
    Act act {};
    Instant at {};
    std::string message {};
    std::string commitment {};
    std::optional<Date> erase_by {};
    std::optional<std::uint64_t> entry {}; ///< Which one it fulfils.
};

Duty duty_of(RegisterEntry const& entry);

/// From the leaf of a register, several times quicker than all of it. Error: malformed.
Result<Duty> read_duty(std::string_view leaf);

} // namespace comity::message
