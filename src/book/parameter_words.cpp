#include "book/parameter_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace comity::book {

using namespace document;
using treaty::ParameterGroup;
using treaty::When;

namespace {

std::string_view word_of(When when)
{
    switch (when) {
    case When::in_effect: return "";
    case When::not_yet: return "not yet";
    case When::ended: return "ended";
    case When::not_known: break;
    }
    return "not known";
}

std::string about_of(Words const& words, treaty::ParameterText const& parameter)
{
    if (parameter.group == ParameterGroup::judicial)
        return words.fact_word("kind", parameter.about);
    return words.word("about", parameter.about);
}

/// A word of a list, or a sentence; numbers, ids and markings are the same in every language.
std::string value_of(Words const& words, treaty::ParameterText const& parameter)
{
    auto word = words.word("value", parameter.value);
    return word == parameter.value ? words.of_case(parameter.value) : word;
}

} // namespace

std::string_view heading_of(ParameterGroup group)
{
    switch (group) {
    case ParameterGroup::entry_into_force: return "Since when a State is a Party (Art. 39, 40)";
    case ParameterGroup::authority: return "Authorities (Art. 4, 37)";
    case ParameterGroup::judicial: return "Requests left to judicial authorities (Art. 4(1))";
    case ParameterGroup::readiness: return "Data protection in force (Art. 31(3))";
    case ParameterGroup::marking: return "Markings by level (Art. 32)";
    case ParameterGroup::national_law: return "National law";
    case ParameterGroup::agreement: return "Implementing agreements (Art. 34(1))";
    case ParameterGroup::agreement_term: return "What the agreements say";
    case ParameterGroup::reservation: return "Reservations and declarations (Art. 41)";
    case ParameterGroup::suspension: break;
    }
    return "Suspensions (Art. 42(3))";
}

std::string span_of(Date from, std::optional<Date> until)
{
    return fmt::format("{} to {}", to_text(from), until ? to_text(*until) : "open");
}

std::vector<Text> row_of(Words const& words, treaty::ParameterText const& parameter)
{
    auto parties = fmt::format("{}", fmt::join(parameter.parties, ", "));
    if (parameter.onlyFor) parties += "\n" + words.say(fmt::format("for {}", *parameter.onlyFor));
    Text effect { { words.say(span_of(parameter.from, parameter.until)) } };
    if (parameter.certainFrom)
        effect.runs.push_back(
            { "\n" + words.say("certain from " + to_text(*parameter.certainFrom)) });
    if (auto const word = word_of(parameter.when); !word.empty())
        effect.runs.push_back({ "\n" + words.say(word), Style::strong });
    Text found;
    if (parameter.test && !parameter.source.starts_with("TEST"))
        found.runs.push_back({ "TEST ", Style::strong });
    found.runs.push_back(
        { words.of_case(parameter.source), parameter.test ? Style::strong : Style::plain });
    if (!parameter.note.empty())
        found.runs.push_back({ "\n" + words.of_case(parameter.note), Style::faint });
    return { parties, about_of(words, parameter), value_of(words, parameter), effect, found };
}

} // namespace comity::book
