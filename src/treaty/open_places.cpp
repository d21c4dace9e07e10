#include "treaty/open_places.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <vector>

namespace comity::treaty {
namespace {

using Found = std::map<std::string_view, std::string_view>;

bool is_digit(char letter)
{
    return letter >= '0' && letter <= '9';
}

bool is_date(std::string_view text)
{
    constexpr std::string_view form = "0000-00-00";
    return std::ranges::equal(text, form,
        [](char got, char wanted) { return wanted == '-' ? got == '-' : is_digit(got); });
}

bool is_party(std::string_view text)
{
    return text.size() == 2
        && std::ranges::all_of(text, [](char each) { return each >= 'A' && each <= 'Z'; });
}

bool is_id(std::string_view text)
{
    return !text.empty() && text.find_first_of(" ;:") == text.npos;
}

bool fits(std::string_view name, std::string_view text)
{
    constexpr std::string_view parties[] { "requesting", "requested", "sender", "receiver",
        "party" };
    constexpr std::string_view since = " since ";
    if (std::ranges::find(parties, name) != std::end(parties)) return is_party(text);
    if (name.ends_with("-date")) return is_date(text);
    if (name.ends_with("-day")) return is_date(text) || text == "not known";
    if (name.ends_with("-since"))
        return text.empty() || (text.starts_with(since) && is_date(text.substr(since.size())));
    if (name == "count") return !text.empty() && std::ranges::all_of(text, is_digit);
    if (name.ends_with("-id")) return is_id(text);
    return !text.empty();
}

bool match(std::string_view english, std::string_view text, Found& found)
{
    auto const open = std::min(english.find('{'), english.size());
    if (english.substr(0, open) != text.substr(0, open)) return false;
    english.remove_prefix(open);
    text.remove_prefix(std::min(open, text.size()));
    if (english.empty()) return text.empty();
    auto const end = english.find('}');
    if (end == english.npos) return false;
    auto const name = english.substr(1, end - 1);
    for (std::size_t length = 0; length <= text.size(); ++length) {
        auto const here = text.substr(0, length);
        if (!fits(name, here) || !match(english.substr(end + 1), text.substr(length), found))
            continue;
        found[name] = here;
        return true;
    }
    return false;
}

} // namespace

bool has_open_places(std::string_view sentence)
{
    return sentence.contains('{');
}

std::string fill(std::string_view sentence, Filled const& filled)
{
    std::string out;
    for (auto open = sentence.find('{'); open != sentence.npos; open = sentence.find('{')) {
        auto const end = sentence.find('}', open);
        if (end == sentence.npos) break;
        auto const place = sentence.substr(open, end + 1 - open);
        out += sentence.substr(0, open);
        out += filled(place.substr(1, place.size() - 2), place);
        sentence.remove_prefix(end + 1);
    }
    out += sentence;
    return out;
}

std::optional<std::string_view> role_of(std::string_view place)
{
    if (place == "requesting") return "the requesting Party";
    if (place == "requested") return "the requested Party";
    if (place == "sender") return "the sending Party";
    if (place == "receiver") return "the receiving Party";
    if (place.ends_with("-date")) return "the date there";
    if (place.ends_with("-since")) return "";
    return std::nullopt;
}

std::optional<std::string> words_with(
    std::string_view english, std::string_view words, std::string_view text, Filled const& filled)
{
    Found found;
    if (!match(english, text, found)) return std::nullopt;
    return fill(words, [&](std::string_view name, std::string_view open) {
        auto const place = found.find(name);
        return place == found.end() ? std::string { open } : filled(name, place->second);
    });
}

} // namespace comity::treaty
