#include "message/schema.h"

#include "message/content.h"
#include "message/rules.h"
#include "message/spelling.h"
#include "message/words_of.h"

#include <fmt/format.h>

namespace comity::message {
namespace {

using json::Array;
using json::Object;
using json::Value;

constexpr std::string_view instant_pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{"
                                             "2}(\\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})$";

class Writer {
public:
    Value reference(Shape const& shape)
    {
        if (!defs_.contains(shape.name)) {
            defs_[shape.name] = nullptr; // holds the place, so that the order is that of reading
            defs_[shape.name] = shape.form == Shape::Form::word ? words(shape) : object(shape);
        }
        return Object { { "$ref", "#/$defs/" + shape.name } };
    }
    Object const& defs() const { return defs_; }

private:
    static Value words(Shape const& shape)
    {
        Array all;
        for (auto const& word : shape.words) all.emplace_back(word);
        return Object { { "enum", all } };
    }

    static Object text(Rule const& rule)
    {
        if (rule.spelling == Spelling::words) {
            Array all;
            each_word(rule.words, [&](std::string_view word) { all.emplace_back(word); });
            return { { "enum", all } };
        }
        Object out { { "type", "string" } };
        if (rule.least > 0) out["minLength"] = 1;
        if (rule.most > 0) out["maxLength"] = rule.most;
        if (auto const regex = pattern(rule.spelling); !regex.empty()) out["pattern"] = regex;
        return out;
    }

    static Object number(Shape const& shape, Rule const& rule)
    {
        bool const bounded = rule.spelling == Spelling::number;
        return { { "type", "integer" }, { "minimum", bounded ? rule.least : shape.least },
            { "maximum", bounded ? static_cast<std::uint64_t>(rule.most) : shape.most } };
    }

    Object one(Shape const& shape, Meaning const& line)
    {
        switch (shape.form) {
        case Shape::Form::any: return {};
        case Shape::Form::truth: return { { "type", "boolean" } };
        case Shape::Form::number: return number(shape, line.rule);
        case Shape::Form::text: return text(line.rule);
        case Shape::Form::instant:
            return { { "type", "string" }, { "format", "date-time" },
                { "pattern", instant_pattern } };
        case Shape::Form::date:
            return { { "type", "string" }, { "format", "date" },
                { "pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" } };
        case Shape::Form::list:
            return { { "type", "array" }, { "items", one(*shape.item, line) },
                { "minItems", line.items.least }, { "maxItems", line.items.most } };
        case Shape::Form::word:
        case Shape::Form::object: break;
        }
        return reference(shape).as_object();
    }

    static Object condition(Need const& need, Shape const& member)
    {
        Value wanted(need.is);
        if (member.form == Shape::Form::truth) wanted = need.is == "true";
        Object says { { "const", wanted } };
        if (member.form == Shape::Form::list) says = { { "contains", says } };
        Object out { { "required", Array { need.member } } };
        if (need.is != "*") out["properties"] = Object { { need.member, says } };
        return out;
    }

    static Object rule(Need const& need, Shape const& shape)
    {
        Array choices;
        each_word(need.needs, [&](std::string_view one) {
            choices.push_back(Object { { "required", Array { one } },
                { "properties", Object { { one, Object { { "minItems", 1 } } } } } });
        });
        Object const needed { { "anyOf", choices } };
        if (need.member.empty()) return needed;
        for (auto const& member : shape.members)
            if (member.name == need.member)
                return { { "if", condition(need, *member.shape) }, { "then", needed } };
        MUST(false);
        return {};
    }

    Value object(Shape const& shape)
    {
        Object properties;
        Array required;
        for (auto const& member : shape.members) {
            auto property = one(*member.shape, *member.meaning);
            property["description"] = member.meaning->english;
            properties[member.name] = property;
            if (!member.optional) required.emplace_back(member.name);
        }
        Object out { { "type", "object" }, { "properties", properties }, { "required", required } };
        Array rules;
        for (auto const& need : needs())
            if (need.of_struct == shape.name) rules.push_back(rule(need, shape));
        if (!rules.empty()) out["allOf"] = rules;
        return out;
    }

    Object defs_;
};

} // namespace

Value schema(Type type)
{
    Writer writer;
    auto out = Object { { "$schema", "https://json-schema.org/draft/2020-12/schema" },
        { "$id", fmt::format("urn:comity:{}", schema_of(type)) }, { "title", schema_of(type) },
        { "description", message_type(type).english } };
    out["$ref"] = writer.reference(shape_of(type)).at("$ref");
    out["$defs"] = writer.defs();
    return out;
}

Value schemas()
{
    Object out;
    for (auto const& each : message_types()) out[schema_of(each.type)] = schema(each.type);
    return out;
}

} // namespace comity::message
