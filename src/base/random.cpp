#include "base/random.h"

#include "base/bytes.h"

#include <array>

namespace comity {

std::string uuid_v7(Instant now, Random const& random)
{
    std::array<std::uint8_t, 16> id {};
    random(id);
    auto milliseconds = static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count());
    for (std::size_t i = 6; i-- > 0; milliseconds >>= 8U)
        id[i] = static_cast<std::uint8_t>(milliseconds);
    id[6] = static_cast<std::uint8_t>((id[6] & 0x0fU) | 0x70U);
    id[8] = static_cast<std::uint8_t>((id[8] & 0x3fU) | 0x80U);
    auto hex = to_hex(id);
    for (std::size_t const at : { 8U, 13U, 18U, 23U }) hex.insert(at, 1, '-');
    return hex;
}

bool is_uuid(std::string_view text)
{
    if (text.size() != 36) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool const dash = i == 8 || i == 13 || i == 18 || i == 23;
        bool const digit = (text[i] >= '0' && text[i] <= '9') || (text[i] >= 'a' && text[i] <= 'f');
        if (dash ? text[i] != '-' : !digit) return false;
    }
    return true;
}

} // namespace comity
