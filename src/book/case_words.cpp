#include "book/case_words.h"

#include "treaty/facts.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::book {
namespace {

/// A line without its remark and the blanks around it.
std::string_view bare(std::string_view line)
{
    line = line.substr(0, line.find('#'));
    auto const first = line.find_first_not_of(" \t\r");
    if (first == line.npos) return {};
    return line.substr(first, line.find_last_not_of(" \t\r") - first + 1);
}

/// What is told of a fact.
std::string value_in(Words const& words, std::string_view fact, std::string_view value)
{
    auto const* known = treaty::find_fact(fact);
    if (known && known->words) return words.fact_word(fact, value);
    if (known && known->type == treaty::FactType::boolean) return words.say(value);
    if (known && known->type == treaty::FactType::text) return words.of_case(value);
    return std::string { value };
}

/// "from BG to RO", "hot-pursuit from BG to RO", "to RO", "at ...", "uniform-worn = yes", "armband
/// unknown".
std::string line_in(Words const& words, std::string_view line)
{
    if (auto const equals = line.find(" = "); equals != line.npos) {
        auto const fact = line.substr(0, equals);
        return fmt::format(
            "{}: {}", words.fact(fact), value_in(words, fact, line.substr(equals + 3)));
    }
    if (line.ends_with(" unknown"))
        return fmt::format(
            "{}: {}", words.fact(line.substr(0, line.size() - 8)), words.say("not known"));
    std::string out;
    std::string_view role;
    for (auto rest = line; !rest.empty();) {
        auto const end = std::min(rest.find(' '), rest.size());
        auto const word = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (word == "from" || word == "to" || word == "at") {
            role = word;
            continue;
        }
        if (!out.empty()) out += ", ";
        out += role.empty() ? words.word("measure", word)
                            : fmt::format("{}: {}", words.word("case", role), word);
        role = {};
    }
    return out;
}

} // namespace

std::string lines_in(Words const& words, std::string_view lines)
{
    if (words.is_english()) return std::string { lines };
    std::string out;
    while (!lines.empty()) {
        auto const end = std::min(lines.find('\n'), lines.size());
        if (!out.empty()) out += '\n';
        out += line_in(words, lines.substr(0, end));
        lines.remove_prefix(std::min(end + 1, lines.size()));
    }
    return out;
}

std::string facts_in(Words const& words, std::string_view names)
{
    std::string out;
    while (!names.empty()) {
        auto const end = std::min(names.find(", "), names.size());
        if (!out.empty()) out += words.is_english() ? ", " : "; ";
        out += words.fact(names.substr(0, end));
        names.remove_prefix(std::min(end + 2, names.size()));
    }
    return out;
}

CaseWords words_of(treaty::CaseText const& text_case, std::string_view text)
{
    CaseWords out;
    out.file = text_case.file;
    std::string* open = nullptr;
    for (std::size_t line = 1; !text.empty(); ++line) {
        auto const end = text.find('\n');
        auto const words = bare(text.substr(0, end));
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
        bool const begins = words == "Background" || words.starts_with("Case ");
        if (begins && open == &out.changes) break;
        if (words == "Background") {
            out.background_line = line;
            out.background.clear();
            open = &out.background;
        } else if (begins) {
            open = line == text_case.line ? &out.changes : nullptr;
        } else if (open && !words.empty() && !words.starts_with("expect ")) {
            if (!open->empty()) *open += '\n';
            *open += words;
        }
    }
    return out;
}

} // namespace comity::book
