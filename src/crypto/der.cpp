#include "crypto/der.h"

#include <algorithm>

namespace comity::crypto::der {
namespace {

Error not_authentic()
{
    return { Error::Kind::not_authentic, "CMS in another form or spelling" };
}

struct Header {
    std::size_t bytes;
    std::size_t content;
};

Result<Header> read_header(ByteView from)
{
    if (from.size() < 2) return not_authentic();
    std::size_t const first = from[1];
    if (first < 0x80) return Header { 2, first };
    auto const count = first & 0x7fU;
    if (count == 0 || count > 4 || from.size() < 2 + count || from[2] == 0) return not_authentic();
    std::size_t content = 0;
    for (auto const byte : from.subspan(2, count)) content = content << 8U | byte;
    if (content < 0x80) return not_authentic();
    return Header { 2 + count, content };
}

void put_length(Bytes& out, std::size_t length)
{
    if (length < 0x80) {
        out.push_back(static_cast<std::uint8_t>(length));
        return;
    }
    unsigned count = 1;
    while (count < sizeof length && length >> (8 * count) != 0) ++count;
    out.push_back(static_cast<std::uint8_t>(0x80U | count));
    for (; count > 0; --count) out.push_back(static_cast<std::uint8_t>(length >> (8 * count - 8)));
}

} // namespace

Bytes wrap(std::uint8_t tag, std::initializer_list<ByteView> parts)
{
    constexpr std::size_t header_bytes_max = 2 + sizeof(std::size_t);
    std::size_t length = 0;
    for (auto const part : parts) length += part.size();
    Bytes out;
    out.reserve(header_bytes_max + length);
    out.push_back(tag);
    put_length(out, length);
    for (auto const part : parts) out.insert(out.end(), part.begin(), part.end());
    return out;
}

Result<ByteView> Reader::take_whole(std::uint8_t tag)
{
    if (!next_is(tag)) return not_authentic();
    auto const header = TRY(read_header(rest_));
    if (rest_.size() - header.bytes < header.content) return not_authentic();
    auto const whole = rest_.first(header.bytes + header.content);
    rest_ = rest_.subspan(whole.size());
    return whole;
}

Result<ByteView> Reader::take(std::uint8_t tag)
{
    auto const whole = TRY(take_whole(tag));
    return whole.subspan(TRY(read_header(whole)).bytes);
}

Result<void> Reader::skip(ByteView expected)
{
    if (rest_.size() < expected.size()
        || !std::ranges::equal(rest_.first(expected.size()), expected))
        return not_authentic();
    rest_ = rest_.subspan(expected.size());
    return {};
}

Result<void> Reader::end() const
{
    if (!done()) return not_authentic();
    return {};
}

} // namespace comity::crypto::der
