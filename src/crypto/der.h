#pragma once

#include "base/bytes.h"

#include <initializer_list>

/// DER (X.690) in its one spelling: every length as short as it can be. Included by sources of this
/// room only.
namespace comity::crypto::der {

constexpr std::uint8_t integer = 0x02, octets = 0x04, sequence = 0x30, set = 0x31;
/// [n] EXPLICIT or constructed, and [n] IMPLICIT over a primitive.
constexpr std::uint8_t constructed(unsigned n)
{
    return static_cast<std::uint8_t>(0xa0U | n);
}
constexpr std::uint8_t primitive(unsigned n)
{
    return static_cast<std::uint8_t>(0x80U | n);
}

/// Tag, length, and the parts one after the other.
Bytes wrap(std::uint8_t tag, std::initializer_list<ByteView> parts);

/// Reads values one after the other. Errors: not_authentic, since what is read here is evidence.
class Reader {
public:
    explicit Reader(ByteView bytes)
        : rest_(bytes)
    {
    }
    bool done() const { return rest_.empty(); }
    /// Whether the next value has this tag.
    bool next_is(std::uint8_t tag) const { return !rest_.empty() && rest_.front() == tag; }
    /// The content of the next value, which must have this tag.
    Result<ByteView> take(std::uint8_t tag);
    /// The same with tag and length.
    Result<ByteView> take_whole(std::uint8_t tag);
    /// These very bytes must come next.
    Result<void> skip(ByteView expected);
    /// Nothing may be left.
    Result<void> end() const;

private:
    ByteView rest_;
};

} // namespace comity::crypto::der
