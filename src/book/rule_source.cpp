#include "book/rule_source.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::book {
namespace {

bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Every line with the place where it begins.
struct Line {
    std::string_view text;
    std::size_t begin = 0;
};

std::vector<Line> lines_of(std::string_view text)
{
    std::vector<Line> out;
    for (std::size_t at = 0; at < text.size();) {
        auto const end = std::min(text.find('\n', at), text.size());
        out.push_back({ text.substr(at, end - at), at });
        at = end + 1;
    }
    return out;
}

/// The word right before the first bracket, where a line may begin a function.
std::string_view function_name(std::string_view line)
{
    if (line.empty() || !is_word(line.front())) return {};
    auto const bracket = line.find('(');
    if (bracket == line.npos || line.find('=') < bracket) return {};
    auto begin = bracket;
    while (begin > 0 && is_word(line[begin - 1])) --begin;
    return line.substr(begin, bracket - begin);
}

constexpr std::string_view term_start = "inline constexpr Term ";

bool is_remark(std::string_view line)
{
    return line.starts_with("//") || line.starts_with("template ");
}

/// The line that ends what begins on line `first`; npos where it is only declared.
std::size_t end_of_function(std::vector<Line> const& lines, std::size_t first)
{
    auto at = first;
    while (at < lines.size() && lines[at].text != "{") {
        if (lines[at].text.empty() || lines[at].text.ends_with(';')) return std::string_view::npos;
        ++at;
    }
    while (at < lines.size() && lines[at].text != "}") ++at;
    return at < lines.size() ? at : std::string_view::npos;
}

std::size_t end_of_term(std::vector<Line> const& lines, std::size_t first)
{
    auto at = first;
    while (at < lines.size() && !lines[at].text.ends_with(';')) ++at;
    return at;
}

/// The text of `code` without remarks and strings.
std::string without_words(std::string_view code)
{
    std::string out;
    for (auto const& [line, begin] : lines_of(code)) {
        bool quoted = false;
        for (std::size_t i = 0; i < line.size(); ++i) {
            if (!quoted && line.substr(i).starts_with("//")) break;
            if (line[i] == '"' && (i == 0 || line[i - 1] != '\\'))
                quoted = !quoted;
            else if (!quoted)
                out += line[i];
        }
        out += '\n';
    }
    return out;
}

/// Names in a piece of code; of a name with a scope only those in `term`.
template <class Function> void for_each_name(std::string_view code, Function const& function)
{
    for (std::size_t at = 0; at < code.size();) {
        if (!is_word(code[at])) {
            ++at;
            continue;
        }
        auto end = at;
        while (end < code.size() && is_word(code[end])) ++end;
        auto const before = code.substr(0, at);
        bool const is_term = before.ends_with("term::");
        bool const is_member
            = before.ends_with('.') || before.ends_with("->") || before.ends_with("::");
        if (is_term || !is_member) function(code.substr(at, end - at), is_term);
        at = end;
    }
}

/// What stands between `before` and the next comma or bracket.
std::string_view value_after(std::string_view text, std::string_view before)
{
    auto const at = text.find(before);
    if (at == text.npos) return {};
    auto const begin = at + before.size();
    return text.substr(begin, text.find_first_of(", }", begin) - begin);
}

} // namespace

RuleSources::RuleSources(std::span<SourceFile const> files)
    : files_(files)
{
    for (auto const& file : files) read(file);
}

void RuleSources::read(SourceFile const& file)
{
    auto const lines = lines_of(file.text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        bool const is_term = lines[i].text.starts_with(term_start);
        auto const rest = is_term ? lines[i].text.substr(term_start.size()) : std::string_view {};
        auto const name = is_term ? rest.substr(0, rest.find(' ')) : function_name(lines[i].text);
        if (name.empty()) continue;
        auto const last = is_term ? end_of_term(lines, i) : end_of_function(lines, i);
        if (last >= lines.size()) continue;
        auto first = i;
        while (first > 0 && is_remark(lines[first - 1].text)) --first;
        auto const end = lines[last].begin + lines[last].text.size();
        definitions_.push_back(
            { file.name, name, file.text.substr(lines[first].begin, end - lines[first].begin),
                file.text.substr(lines[i].begin, end - lines[i].begin), is_term });
        i = last;
    }
}

// What the chapters share has one name in all of them; the tools of every rule are the reader's.
RuleSources::Definition const* RuleSources::find(std::string_view file, std::string_view name) const
{
    Definition const* elsewhere = nullptr;
    std::size_t count = 0;
    for (auto const& each : definitions_) {
        if (each.name != name || each.is_term) continue;
        if (each.file == file) return &each;
        if (!each.file.starts_with("chapter") && !each.file.starts_with("general/")) continue;
        elsewhere = &each;
        ++count;
    }
    return count == 1 ? elsewhere : nullptr;
}

void RuleSources::follow(Definition const& definition, std::vector<Definition const*>& out) const
{
    if (std::ranges::find(out, &definition) != out.end()) return;
    out.push_back(&definition);
    for_each_name(without_words(definition.code), [&](std::string_view name, bool is_term) {
        if (is_term) {
            auto const found = std::ranges::find_if(definitions_,
                [&](Definition const& each) { return each.is_term && each.name == name; });
            if (found != definitions_.end()) follow(*found, out);
        } else if (auto const* found = find(definition.file, name)) {
            follow(*found, out);
        }
    });
}

Result<RuleSource> RuleSources::of(treaty::Provision const& provision) const
{
    for (auto const& file : files_) {
        auto const at = file.text.find(fmt::format("{{ .id = \"{}\",", provision.id));
        if (at == file.text.npos) continue;
        auto const row = file.text.substr(at, file.text.find("\n    {", at) - at);
        auto const* judge = find(file.name, value_after(row, ".judge = "));
        if (!judge) break;
        std::vector<Definition const*> found;
        follow(*judge, found);
        auto const term = value_after(row, ".term = &term::");
        for (auto const& each : definitions_)
            if (each.is_term && (each.name == term || counts_for(each, provision.id)))
                follow(each, found);
        RuleSource out { std::string { judge->file }, {} };
        for (bool const terms : { false, true })
            for (auto const* each : found)
                if (each->is_term == terms) out.parts.emplace_back(each->text);
        return out;
    }
    return Error { Error::Kind::not_found,
        fmt::format("the sources have no function for {}", provision.id), "sources" };
}

std::string RuleSources::term_of(std::string_view provision) const
{
    for (auto const& each : definitions_)
        if (each.is_term && counts_for(each, provision)) return std::string { each.text };
    return {};
}

bool RuleSources::counts_for(Definition const& term, std::string_view provision)
{
    return term.code.find(fmt::format("{{ \"{}\",", provision)) != term.code.npos;
}

} // namespace comity::book
