#include "document/told.h"

#include "document/words.h"

#include <fmt/format.h>

#include <cctype>

namespace comity::document {
namespace {

bool is_beside(std::string_view member)
{
    return member == "decision" || member == "requestDecision" || member == "messageId"
        || member == "manifestSha256";
}

bool names_state(std::string_view member)
{
    return member.ends_with("State") || member == "nationalities" || member == "party";
}

class Teller {
public:
    Teller(std::string_view language, std::function<std::string(std::string_view)> const& text)
        : language_(language)
        , text_(text)
    {
    }

    void walk(json::Value const& value, std::string const& path, std::string_view name)
    {
        if (out.size() == particulars_max) return;
        if (auto const* object = value.if_object()) {
            for (auto const& member : *object) {
                std::string_view const key { member.key() };
                if (is_beside(key)) continue;
                auto const here = label_in(language_, "field", key);
                walk(member.value(), path.empty() ? here : path + " \u203a " + here, key);
            }
        } else if (auto const* list = value.if_array()) {
            std::size_t n = 0;
            for (auto const& each : *list)
                walk(each, list->size() == 1 ? path : fmt::format("{} {}", path, ++n), name);
        } else if (auto const* text = value.if_string()) {
            if (!text->empty()) out.push_back({ path, said(*text, name) });
        } else if (value.is_bool()) {
            out.push_back(
                { path, std::string { word_in(language_, value.get_bool() ? "yes" : "no") } });
        } else if (!value.is_null()) {
            out.push_back({ path, json::print(value) });
        }
    }
    std::vector<Particular> out {};

private:
    /// A word of a list as the desk calls it, a State by its name, anything else as it stands.
    std::string said(std::string_view text, std::string_view name) const
    {
        if (names_state(name)) return std::string { party_in(language_, text) };
        std::string list { name }; // lists are named as members are, with a capital
        if (!list.empty()) list[0] = static_cast<char>(std::toupper(list[0]));
        for (auto const& group : { fmt::format("code.{}", list), std::string { name } })
            if (auto const found = label_in(language_, fmt::format("{}.{}", group, text)))
                return std::string { *found };
        if (name == "result")
            if (auto const found = label_in(language_, fmt::format("hit.{}", text)))
                return std::string { *found };
        return text_(text);
    }

    std::string_view language_;
    std::function<std::string(std::string_view)> const& text_;
};

} // namespace

std::vector<Particular> told_by(json::Value const& content, std::string_view language,
    std::function<std::string(std::string_view)> const& text)
{
    Teller teller { language, text };
    teller.walk(content, {}, {});
    return std::move(teller.out);
}

} // namespace comity::document
