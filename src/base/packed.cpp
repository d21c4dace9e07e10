#include "base/packed.h"

namespace comity::packed::detail {

Error wrong(std::string_view what)
{
    return { Error::Kind::malformed, "packed bytes have " + std::string { what } };
}

/// Seven bits a byte, the lowest first; all but the last have the highest bit.
void put_number(Bytes& out, std::uint64_t number)
{
    for (; number >= 0x80; number >>= 7U) out.push_back(static_cast<std::uint8_t>(number | 0x80U));
    out.push_back(static_cast<std::uint8_t>(number));
}

void put_text(Bytes& out, std::string_view text)
{
    put_number(out, text.size());
    out.insert(out.end(), text.begin(), text.end());
}

Result<std::uint64_t> take_number(ByteView& rest)
{
    std::uint64_t out = 0;
    for (unsigned shift = 0; shift < 64 && !rest.empty(); shift += 7) {
        auto const byte = rest.front();
        rest = rest.subspan(1);
        out |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
        if (byte < 0x80) return out;
    }
    return wrong("a number that is cut off");
}

Result<std::string_view> take_text(ByteView& rest)
{
    auto const size = TRY(take_number(rest));
    if (size > rest.size()) return wrong("a text that is cut off");
    auto const out = as_text(rest.first(size));
    rest = rest.subspan(size);
    return out;
}

} // namespace comity::packed::detail
