#include "message/dictionary/spellings.h"

#include "base/check.h"

#include <fmt/format.h>

#include <array>
#include <map>
#include <string>

namespace comity::message {

std::span<std::span<Meaning const> const> dictionary()
{
    static std::array const all { detail::value_meanings(), detail::body_meanings(),
        detail::notice_meanings(), detail::operation_meanings(), detail::cycle_meanings() };
    return all;
}

Meaning const* meaning(std::string_view of_struct, std::string_view member)
{
    static auto const by_name = [] {
        std::map<std::string, Meaning const*, std::less<>> out;
        for (auto const& part : dictionary())
            for (auto const& each : part) MUST(out.emplace(each.name, &each).second);
        return out;
    }();
    auto found = by_name.find(fmt::format("{}.{}", of_struct, member));
    if (found == by_name.end()) found = by_name.find(member);
    return found == by_name.end() ? nullptr : found->second;
}

} // namespace comity::message
