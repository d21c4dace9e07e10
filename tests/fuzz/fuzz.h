#pragma once

#include "base/bytes.h"

#include <algorithm>
#include <array>

/// What the fuzz targets share: taking an input apart.
namespace comity::fuzz {

/// Takes values off the front of an input; zeros where it has run out.
class Input {
public:
    Input(std::uint8_t const* data, std::size_t size)
        : rest_(data, size)
    {
    }
    ByteView rest() const { return rest_; }
    std::string_view text() const { return as_text(rest_); }
    bool empty() const { return rest_.empty(); }

    std::uint64_t number(std::size_t bytes)
    {
        std::uint64_t out = 0;
        for (std::size_t i = 0; i < bytes; ++i) out = out << 8U | byte();
        return out;
    }
    std::uint8_t byte()
    {
        if (rest_.empty()) return 0;
        auto const first = rest_.front();
        rest_ = rest_.subspan(1);
        return first;
    }
    std::array<std::uint8_t, 32> digest()
    {
        std::array<std::uint8_t, 32> out {};
        for (auto& one : out) one = byte();
        return out;
    }
    /// Up to the next line feed, which is taken too.
    std::string_view line()
    {
        auto const all = text();
        auto const end = std::min(all.find('\n'), all.size());
        rest_ = rest_.subspan(std::min(end + 1, all.size()));
        return all.substr(0, end);
    }

private:
    ByteView rest_;
};

/// True bytes with what an adversary did to them: each four bytes of the input change, cut or add
/// at one place.
inline Bytes altered(Bytes const& original, ByteView input)
{
    Input edits { input.data(), input.size() };
    auto out = original;
    while (!edits.empty() && !out.empty()) {
        auto const act = edits.byte() % 4;
        auto const place = static_cast<std::ptrdiff_t>(edits.number(2) % out.size());
        auto const value = edits.byte();
        if (act == 0) out[static_cast<std::size_t>(place)] ^= value;
        if (act == 1) out.erase(out.begin() + place);
        if (act == 2) out.insert(out.begin() + place, value);
        if (act == 3) out.resize(static_cast<std::size_t>(place));
    }
    return out;
}

} // namespace comity::fuzz
