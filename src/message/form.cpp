#include "message/form.h"

#include "message/rules.h"
#include "message/words_of.h"

namespace comity::message {
namespace {

std::vector<std::string> split(std::string_view words)
{
    std::vector<std::string> out;
    each_word(words, [&](std::string_view word) { out.emplace_back(word); });
    return out;
}

void spell_text(FormMember& out, Rule const& rule)
{
    out.form = rule.spelling == Spelling::any ? "line" : json::word(rule.spelling);
    out.least = rule.least;
    out.most = rule.most;
    if (rule.spelling != Spelling::words) return;
    out.words = split(rule.words);
    out.group = out.name;
}

void spell_number(FormMember& out, Shape const& shape, Rule const& rule)
{
    bool const bounded = rule.spelling == Spelling::number;
    out.form = "number";
    out.least = bounded ? rule.least : shape.least;
    out.most = bounded ? rule.most
                       : static_cast<std::int64_t>(std::min<std::uint64_t>(shape.most, INT64_MAX));
}

void spell(FormMember& out, Shape const& shape, Rule const& rule)
{
    switch (shape.form) {
    case Shape::Form::text: return spell_text(out, rule);
    case Shape::Form::number: return spell_number(out, shape, rule);
    case Shape::Form::word:
        out.form = "words";
        out.words = shape.words;
        out.group = shape.name;
        return;
    case Shape::Form::object:
        out.form = "object";
        out.of = shape.name;
        return;
    case Shape::Form::list: MUST(false); return; // No content has a list of lists.
    case Shape::Form::any:
    case Shape::Form::truth:
    case Shape::Form::instant:
    case Shape::Form::date: out.form = json::word(shape.form); return;
    }
}

FormMember member_of(ShapeMember const& member)
{
    FormMember out { member.name, {} };
    auto const rule = member.meaning ? member.meaning->rule : Rule {};
    if (member.optional) out.optional = true;
    auto const* shape = member.shape;
    if (shape->form == Shape::Form::list) {
        auto const items = member.meaning ? member.meaning->items : Items {};
        out.items = { items.least, items.most };
        shape = shape->item;
    }
    spell(out, *shape, rule);
    return out;
}

void add(json::Object& out, Shape const& shape)
{
    if (shape.form == Shape::Form::list) return add(out, *shape.item);
    if (shape.form != Shape::Form::object || out.contains(shape.name)) return;
    out[shape.name] = json::write(form_of(shape));
    for (auto const& member : shape.members) add(out, *member.shape);
}

} // namespace

Form form_of(Shape const& shape)
{
    Form out;
    for (auto const& member : shape.members) out.members.push_back(member_of(member));
    for (auto const& need : needs()) {
        if (need.of_struct != shape.name) continue;
        FormNeed line { {}, {}, split(need.needs) };
        if (!need.member.empty()) {
            line.member = need.member;
            line.is = need.is;
        }
        out.needs.push_back(std::move(line));
    }
    return out;
}

json::Object forms(std::span<Shape const* const> shapes)
{
    json::Object out;
    for (auto const* shape : shapes) add(out, *shape);
    return out;
}

} // namespace comity::message
