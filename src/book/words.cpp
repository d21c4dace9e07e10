#include "book/words.h"

#include "treaty/article.h"

#include <fmt/format.h>

#include <utility>

namespace comity::book {
namespace {

/// The sentence of a provision with its open places, which the words are told by.
std::string_view open_sentence(
    std::string_view id, std::string_view part, std::string_view otherwise)
{
    auto const* provision = treaty::find_provision(id);
    if (!provision) return otherwise;
    if (part == "holds") return provision->holds;
    if (part == "fails") return provision->fails;
    if (part == "not-applicable") return provision->not_applicable;
    if (part == "duty") return provision->duty;
    return otherwise;
}

} // namespace

Words::Words(
    std::string language, treaty::Translation law, treaty::Wording cases, treaty::Wording own)
    : language_(std::move(language))
    , said_(Said { std::move(law), std::move(cases), std::move(own) })
{
}

std::string Words::say(std::string_view english) const
{
    auto words = said_ ? said_->own.of(english) : std::nullopt;
    return words ? *std::move(words) : std::string { english };
}

std::string Words::say_each(std::string_view english) const
{
    std::string out;
    for (;;) {
        auto const end = english.find("; ");
        out += say(english.substr(0, end));
        if (end == english.npos) return out;
        out += "; ";
        english.remove_prefix(end + 2);
    }
}

std::string Words::of_case(std::string_view english) const
{
    auto words = said_ ? said_->cases.of(english) : std::nullopt;
    return words ? *std::move(words) : std::string { english };
}

std::string Words::word(std::string_view list, std::string_view word) const
{
    auto words = said_ ? said_->own.of(fmt::format("{}.{}", list, word)) : std::nullopt;
    return words ? *std::move(words) : std::string { word };
}

std::string Words::role(std::string_view place, bool begins) const
{
    auto const english = treaty::role_of(place);
    if (!english) return fmt::format("{{{}}}", place);
    if (!begins || english->empty()) return of_case(*english);
    return of_case("T" + std::string { english->substr(1) });
}

std::string Words::law(std::string_view id, std::string_view part, std::string_view english) const
{
    if (!said_ || english.empty()) return std::string { english };
    auto const words = said_->law.of(id, part, open_sentence(id, part, english));
    if (!words) return say(english);
    bool begins = words->starts_with('{');
    return treaty::fill(*words, [&](std::string_view place, std::string_view) {
        return role(place, std::exchange(begins, false));
    });
}

std::string Words::reason(std::string_view id, std::string_view english) const
{
    if (!said_) return std::string { english };
    auto const as_it_is
        = [](std::string_view, std::string_view text) { return std::string { text }; };
    return said_->law.reason(id, english, as_it_is).value_or(std::string { english });
}

std::string Words::fact(std::string_view name) const
{
    auto const words = said_ ? said_->law.of(name, "fact", name) : std::nullopt;
    return std::string { words.value_or(name) };
}

std::string Words::fact_word(std::string_view fact, std::string_view word) const
{
    auto const id = fmt::format("{}.{}", fact, word);
    auto const words = said_ ? said_->law.of(id, "word", word) : std::nullopt;
    return std::string { words.value_or(word) };
}

} // namespace comity::book
