#include "message/duty.h"

#include "base/json_scan.h"

#include <fmt/format.h>

namespace comity::message {
namespace {

Error wrong(char const* member)
{
    return { Error::Kind::malformed, fmt::format("{} is missing or cannot be read", member),
        member };
}

/// The words of a leaf as they stand, each once.
struct Words {
    std::optional<std::string> act, at, message, commitment, erase_by;
    std::optional<std::uint64_t> entry;
    bool twice = false;

    void take(std::string_view name, json::Scalar const& value)
    {
        auto const* text = std::get_if<std::string_view>(&value);
        if (auto* place = text ? place_of(name) : nullptr) {
            twice |= place->has_value();
            place->emplace(*text);
        } else if (!text && name == "entry") {
            twice |= entry.has_value();
            entry = std::get<std::uint64_t>(value);
        }
    }

private:
    std::optional<std::string>* place_of(std::string_view name)
    {
        if (name == "act") return &act;
        if (name == "at") return &at;
        if (name == "message") return &message;
        if (name == "commitment") return &commitment;
        return name == "eraseBy" ? &erase_by : nullptr;
    }
};

} // namespace

Duty duty_of(RegisterEntry const& entry)
{
    return { entry.act, entry.at, entry.message, entry.commitment, entry.erase_by, entry.entry };
}

Result<Duty> read_duty(std::string_view leaf)
{
    Words words;
    TRY(json::scan(
        leaf, [&](std::string_view name, json::Scalar const& value) { words.take(name, value); }));
    if (words.twice) return Error { Error::Kind::malformed, "a member stands twice in one object" };
    if (!words.act) return wrong("act");
    if (!words.at || !words.message || !words.commitment)
        return wrong(!words.at ? "at" : !words.message ? "message" : "commitment");
    auto const at = TRY(parse_instant(*words.at));
    Duty out { act_of(*words.act), at, std::move(*words.message), std::move(*words.commitment), {},
        words.entry };
    if (words.erase_by) out.erase_by = TRY(parse_date(*words.erase_by));
    return out;
}

} // namespace comity::message
