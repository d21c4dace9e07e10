#include "message/page.h"

#include "message/content.h"
#include "message/rules.h"
#include "message/spelling.h"
#include "message/words_of.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>

namespace comity::message {
namespace {

/// Written once for all, after the types.
using Shared = std::map<std::string, Shape const*>;

constexpr std::string_view opening = R"(# The messages

Printed by `comity message page`; a test holds it equal, so change the source and print it again.
Numbers, words and members are for ever: more may come, nothing goes and nothing changes its
meaning (`tests/messages/frozen.txt`). An example of each stands in `tests/messages/`;
`comity message schema TYPE` prints its JSON Schema (2020-12).

A content is one JSON object of at most {} bytes, the first part of its message.
`parts[].schema` is the word of the type, a stroke and the version. A member marked ? may be left
out; one that a receiver does not know is passed over. Lengths are bytes of UTF-8. A *line* has no
control characters; a *text* may have line ends and tabs. Spelling is that of PROTOCOL.md 1.

## Types

*re*: the manifest must have `inReplyTo`. Personal data: whether the parts never, may or always
hold any.

| number | word | family | re | personal data | provisions | |
|---|---|---|---|---|---|---|
)";

std::string listed(std::vector<std::string> const& words)
{
    return fmt::format("`{}`", fmt::join(words, "` `"));
}

std::vector<std::string> words_of(std::string_view text)
{
    std::vector<std::string> out;
    each_word(text, [&](std::string_view word) { out.emplace_back(word); });
    return out;
}

std::string text_in_words(Rule const& rule)
{
    switch (rule.spelling) {
    case Spelling::words: return listed(words_of(rule.words));
    case Spelling::line: return fmt::format("line, {} to {}", rule.least, rule.most);
    case Spelling::text: return fmt::format("text, {} to {}", rule.least, rule.most);
    case Spelling::base64: return fmt::format("base64, at most {}", rule.most);
    case Spelling::uuid: return "id";
    case Spelling::sha256: return "hash";
    case Spelling::state: return "State";
    case Spelling::language: return "language (BCP 47)";
    case Spelling::currency: return "currency (ISO 4217)";
    case Spelling::any:
    case Spelling::number: break;
    }
    return "text";
}

/// What a member is; notes the structs that it leads to.
std::string kind_of(Shape const& shape, Meaning const& line, Shared& shared)
{
    switch (shape.form) {
    case Shape::Form::any: return "object or value";
    case Shape::Form::truth: return "bool";
    case Shape::Form::number:
        return fmt::format("number, {} to {}", line.rule.least, line.rule.most);
    case Shape::Form::text: return text_in_words(line.rule);
    case Shape::Form::instant: return "instant";
    case Shape::Form::date: return "date";
    case Shape::Form::word: return listed(shape.words);
    case Shape::Form::list: {
        auto const least
            = line.items.least > 0 ? fmt::format("{} to ", line.items.least) : "up to ";
        return fmt::format(
            "list, {}{}: {}", least, line.items.most, kind_of(*shape.item, line, shared));
    }
    case Shape::Form::object: break;
    }
    shared.emplace(shape.name, &shape);
    return fmt::format("{}", shape.name);
}

std::string need_in_words(Need const& need)
{
    auto const needed = words_of(need.needs);
    auto const what = needed.size() == 1 ? fmt::format("`{}`", needed[0])
                                         : fmt::format("one of `{}`", fmt::join(needed, "` `"));
    if (need.member.empty()) return fmt::format("- {} must be there.\n", what);
    if (need.is == "*") return fmt::format("- with `{}`: {}.\n", need.member, what);
    return fmt::format("- `{}` is `{}`: {}.\n", need.member, need.is, what);
}

std::string members_of(Shape const& shape, Shared& shared)
{
    std::string out = "| member | what | meaning |\n|---|---|---|\n";
    for (auto const& member : shape.members)
        out += fmt::format("| `{}`{} | {} | {} |\n", member.name, member.optional ? " ?" : "",
            kind_of(*member.shape, *member.meaning, shared), member.meaning->english);
    std::string rules;
    for (auto const& need : needs())
        if (need.of_struct == shape.name) rules += need_in_words(need);
    for (auto const& order : orders())
        if (order.of_struct == shape.name)
            rules += fmt::format("- `{}` is not after `{}`.\n", order.first, order.last);
    return rules.empty() ? out : out + "\n" + rules;
}

std::string row(MessageType const& each)
{
    return fmt::format("| {} | `{}` | {} | {} | {} | {} | {} |\n", static_cast<unsigned>(each.type),
        json::word(each.type), json::word(each.family), each.answers ? "re" : "",
        json::word(each.personal_data), each.provisions, each.english);
}

} // namespace

std::string types_table()
{
    std::string out;
    for (auto const& each : message_types())
        out += fmt::format("{:>3}  {:<30} {:<16} {:<3} {:<7} {:<55} {}\n",
            static_cast<unsigned>(each.type), json::word(each.type), json::word(each.family),
            each.answers ? "re" : "", json::word(each.personal_data), each.provisions,
            each.english);
    return out;
}

std::string messages_page()
{
    auto out = fmt::format(opening, content_bytes_max);
    for (auto const& each : message_types()) out += row(each);
    Shared shared;
    out += "\n## Contents\n";
    for (auto const& each : message_types())
        out += fmt::format("\n### `{}`\n\n{}\n\n{}", schema_of(each.type), each.english,
            members_of(shape_of(each.type), shared));
    out += "\n## What contents share\n";
    for (Shared written; written.size() < shared.size();) {
        auto const known = shared;
        for (auto const& [name, shape] : known)
            if (written.emplace(name, shape).second)
                out += fmt::format("\n### {}\n\n{}", name, members_of(*shape, shared));
    }
    return out;
}

} // namespace comity::message
