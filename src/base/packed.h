#pragma once

#include "base/json.h"

/// Plain structs as few bytes, for rows that this node alone writes and reads: the members of the
/// list of json.h in their order, without their names. A struct begins with the number of its
/// members, so one that grew at its end still reads what was packed before; no member may move.
/// Enumerations stand by their words, which may.
namespace comity::packed {

namespace detail {

using json::detail::Described;
using json::detail::DescribedEnum;
using json::detail::IsOptional;
using json::detail::IsVector;
using json::detail::Members;

void put_number(Bytes& out, std::uint64_t number);
void put_text(Bytes& out, std::string_view text);
Result<std::uint64_t> take_number(ByteView& rest);
Result<std::string_view> take_text(ByteView& rest);
Error wrong(std::string_view what);

/// Small numbers of either sign are short.
constexpr std::uint64_t folded(std::int64_t number)
{
    return static_cast<std::uint64_t>(number) << 1U ^ static_cast<std::uint64_t>(number >> 63);
}
constexpr std::int64_t unfolded(std::uint64_t number)
{
    return static_cast<std::int64_t>(number >> 1U ^ (~(number & 1U) + 1U));
}

template <class T> void put(Bytes& out, T const& value)
{
    if constexpr (std::same_as<T, std::string>) {
        put_text(out, value);
    } else if constexpr (std::same_as<T, Instant> || std::same_as<T, Date>) {
        put_number(out, folded(static_cast<std::int64_t>(value.time_since_epoch().count())));
    } else if constexpr (std::unsigned_integral<T>) {
        put_number(out, value);
    } else if constexpr (std::integral<T>) {
        put_number(out, folded(value));
    } else if constexpr (DescribedEnum<T>) {
        put_text(out, json::word(value));
    } else if constexpr (IsVector<T>::value) {
        put_number(out, value.size());
        for (auto const& each : value) put(out, each);
    } else if constexpr (IsOptional<T>::value) {
        put(out, value.has_value());
        if (value) put(out, *value);
    } else {
        static_assert(Described<T>, "describe the struct with BOOST_DESCRIBE_STRUCT");
        put_number(out, boost::mp11::mp_size<Members<T>>::value);
        boost::mp11::mp_for_each<Members<T>>([&](auto member) { put(out, value.*member.pointer); });
    }
}

template <class T> Result<void> take(ByteView& rest, T& out);

template <class T> Result<void> take_struct(ByteView& rest, T& out)
{
    auto count = TRY(take_number(rest));
    if (count > boost::mp11::mp_size<Members<T>>::value) return wrong("members to come");
    Result<void> done {};
    boost::mp11::mp_for_each<Members<T>>([&](auto member) {
        if (!done.ok() || count == 0) return;
        --count;
        done = take(rest, out.*member.pointer);
    });
    return done;
}

template <class T> Result<void> take_vector(ByteView& rest, T& out)
{
    auto const count = TRY(take_number(rest));
    if (count > rest.size()) return wrong("a list that is cut off");
    out.resize(count);
    for (auto& each : out) TRY(take(rest, each));
    return {};
}

template <class T> Result<void> take(ByteView& rest, T& out)
{
    if constexpr (std::same_as<T, std::string>) {
        out = TRY(take_text(rest));
    } else if constexpr (std::same_as<T, Instant> || std::same_as<T, Date>) {
        using Count = typename T::duration;
        out = T { Count { static_cast<typename Count::rep>(unfolded(TRY(take_number(rest)))) } };
    } else if constexpr (std::integral<T>) {
        auto const number = TRY(take_number(rest));
        if constexpr (std::unsigned_integral<T>)
            out = static_cast<T>(number);
        else
            out = static_cast<T>(unfolded(number));
    } else if constexpr (DescribedEnum<T>) {
        auto const found = json::from_word<T>(TRY(take_text(rest)));
        if (!found) return wrong("a word that is not known");
        out = *found;
    } else if constexpr (IsVector<T>::value) {
        TRY(take_vector(rest, out));
    } else if constexpr (IsOptional<T>::value) {
        bool there = false;
        TRY(take(rest, there));
        if (there) TRY(take(rest, out.emplace()));
    } else {
        TRY(take_struct(rest, out));
    }
    return {};
}

} // namespace detail

template <class T> Bytes write(T const& value)
{
    Bytes out;
    out.reserve(256);
    detail::put(out, value);
    return out;
}

/// Error: malformed for what write() did not make of this struct or an earlier one.
template <class T> Result<T> read(ByteView bytes)
{
    T out {};
    TRY(detail::take(bytes, out));
    if (!bytes.empty()) return detail::wrong("stray bytes");
    return out;
}

} // namespace comity::packed
