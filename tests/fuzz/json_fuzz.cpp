// Any JSON from outside, and through the readers of what lies inside a part.
#include "base/json.h"
#include "message/body.h"
#include "message/register_entry.h"

#include <algorithm>

using namespace comity;

namespace {

/// No message of ours has one. Boost 1.81 reads them with the last bit unsure, so two rounds of
/// reading and writing may differ there.
bool has_fraction(json::Value const& value)
{
    if (auto const* array = value.if_array()) return std::ranges::any_of(*array, has_fraction);
    if (auto const* object = value.if_object())
        return std::ranges::any_of(
            *object, [](auto const& member) { return has_fraction(member.value()); });
    return value.is_double();
}

template <class T> void read_and_write_again(json::Value const& value)
{
    auto const read = json::read<T>(value, json::Unknown::keep);
    if (!read.ok()) {
        MUST(!read.error().what.empty());
        return;
    }
    auto const written = json::to_text(read.value());
    auto const again = json::read_text<T>(written, json::Unknown::refuse);
    MUST(again.ok() && json::to_text(again.value()) == written);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const value = json::parse(as_text({ data, size }));
    if (!value.ok()) {
        MUST(value.error().kind == Error::Kind::malformed);
        return 0;
    }
    auto const printed = json::print(value.value());
    auto const again = json::parse(printed);
    MUST(again.ok());
    if (has_fraction(value.value())) return 0;
    MUST(json::print(again.value()) == printed);
    read_and_write_again<message::Request>(value.value());
    read_and_write_again<message::Answer>(value.value());
    read_and_write_again<message::Refusal>(value.value());
    read_and_write_again<message::Vehicle>(value.value());
    read_and_write_again<message::RegisterEntry>(value.value());
    return 0;
}
