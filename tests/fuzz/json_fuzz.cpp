// Any JSON from outside, and through the readers of what lies inside a part.
#include "base/json.h"
#include "base/json_scan.h"
#include "message/body.h"
#include "message/duty.h"

using namespace comity;

namespace {

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

/// Each of them once, as it stands in the document.
void scan_again(std::string_view text, json::Value const& value)
{
    std::size_t told = 0, known = 0;
    auto const read = json::scan(text, [&](std::string_view name, json::Scalar const& scalar) {
        auto const& member = value.as_object().at(name);
        if (auto const* number = std::get_if<std::uint64_t>(&scalar))
            MUST(member.to_number<std::uint64_t>() == *number);
        else
            MUST(std::string_view { member.as_string() } == std::get<std::string_view>(scalar));
        ++told;
    });
    MUST(read.ok() == value.is_object());
    if (!read.ok()) return;
    for (auto const& member : value.as_object()) {
        auto const& it = member.value();
        known += it.is_string() || it.is_uint64() || (it.is_int64() && it.as_int64() >= 0);
    }
    MUST(told == known);
}

/// What can be read as an entry owes what its duty says.
void read_duty(std::string_view text, json::Value const& value)
{
    auto const entry = json::read<message::RegisterEntry>(value, json::Unknown::keep);
    if (!entry.ok()) return;
    auto const duty = message::read_duty(text);
    MUST(duty.ok());
    auto const whole = message::duty_of(entry.value());
    MUST(duty.value().act == whole.act && duty.value().at == whole.at);
    MUST(duty.value().message == whole.message && duty.value().commitment == whole.commitment);
    MUST(duty.value().erase_by == whole.erase_by && duty.value().entry == whole.entry);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    auto const value = json::parse(as_text({ data, size }));
    if (!value.ok()) {
        MUST(value.error().kind == Error::Kind::malformed);
        return 0;
    }
    scan_again(as_text({ data, size }), value.value());
    read_duty(as_text({ data, size }), value.value());
    auto const printed = json::print(value.value());
    auto const again = json::parse(printed);
    MUST(again.ok());
    MUST(json::print(again.value()) == printed);
    read_and_write_again<message::Request>(value.value());
    read_and_write_again<message::Answer>(value.value());
    read_and_write_again<message::Refusal>(value.value());
    read_and_write_again<message::Vehicle>(value.value());
    read_and_write_again<message::RegisterEntry>(value.value());
    return 0;
}
