#include "message/content.h"
#include "message/rules.h"
#include "message/spelling.h"
#include "message/words_of.h"

#include <fmt/format.h>

#include <algorithm>

/// One walk over a value beside its shape. The order of the errors is the order of the shape.
namespace comity::message {
namespace {

using json::detail::child;

Error about(Error::Kind kind, json::Path const& path, std::string_view rule)
{
    auto where = path.text();
    auto what = fmt::format("{} {}", where.empty() ? "the content" : where, rule);
    return { kind, std::move(what), std::move(where) };
}

Error malformed(json::Path const& path, std::string_view rule)
{
    return about(Error::Kind::malformed, path, rule);
}

Error too_large(json::Path const& path, std::string_view rule)
{
    return about(Error::Kind::too_large, path, rule);
}

Result<void> check_text(json::Value const& value, Rule const& rule, json::Path const& path)
{
    auto const text = TRY(json::detail::read_string(value, path));
    if (rule.spelling == Spelling::words) {
        std::vector<std::string> words;
        each_word(rule.words, [&](std::string_view word) { words.emplace_back(word); });
        if (std::ranges::count(words, text)) return {};
        return json::detail::unknown_word(text, words, path);
    }
    if (text.size() > static_cast<std::size_t>(rule.most))
        return too_large(path, fmt::format("has {} bytes, {} at most", text.size(), rule.most));
    if (text.size() < static_cast<std::size_t>(rule.least))
        return malformed(path, fmt::format("has {} bytes, {} at least", text.size(), rule.least));
    if (!spelt(rule.spelling, text)) return malformed(path, spelling_in_words(rule.spelling));
    return {};
}

Result<void> check_number(
    json::Value const& value, Shape const& shape, Rule const& rule, json::Path const& path)
{
    bool const bounded = rule.spelling == Spelling::number;
    TRY(json::detail::read_integer(value, bounded ? rule.least : shape.least,
        bounded ? static_cast<std::uint64_t>(rule.most) : shape.most, path));
    return {};
}

/// There, and with something in it.
bool filled(json::Object const& object, std::string_view member)
{
    auto const* value = object.if_contains(member);
    return value && !(value->is_array() && value->get_array().empty());
}

std::string word_of(json::Value const& value)
{
    if (value.is_string()) return std::string { value.get_string() };
    if (value.is_bool()) return value.get_bool() ? "true" : "false";
    return {};
}

/// A list of words applies as soon as one of them is the word.
bool applies(json::Object const& object, Need const& need)
{
    if (need.member.empty()) return true;
    auto const* value = object.if_contains(need.member);
    if (!value) return false;
    if (need.is == "*") return true;
    if (!value->is_array()) return word_of(*value) == need.is;
    return std::ranges::any_of(
        value->get_array(), [&](auto const& item) { return word_of(item) == need.is; });
}

using Missing = std::vector<std::string>;

/// `missing`: takes what is missing in place of an error; null where it is one.
Result<void> check_needs(
    std::string_view name, json::Object const& object, json::Path const& path, Missing* missing)
{
    for (auto const& need : needs()) {
        if (need.of_struct != name || !applies(object, need)) continue;
        bool found = false;
        each_word(need.needs, [&](std::string_view one) { found |= filled(object, one); });
        if (found) continue;
        auto const why = need.member.empty() ? std::string {}
            : need.is == "*"                 ? fmt::format(" because there is {}", need.member)
                             : fmt::format(" because {} is '{}'", need.member, need.is);
        auto const first = child(path, need.needs.substr(0, need.needs.find(' ')));
        if (missing) {
            missing->push_back(first.text());
            continue;
        }
        return malformed(first, fmt::format("is missing{}; one is needed of: {}", why, need.needs));
    }
    return {};
}

/// Comparable: a date or a number as it is, an instant on the UTC line.
std::string sortable(json::Value const& value)
{
    if (!value.is_string()) {
        auto const number = json::detail::read_integer(value, 0, INT64_MAX, {});
        return fmt::format("{:020}", number.ok() ? number.value() : 0);
    }
    auto const text = std::string { value.get_string() };
    auto const instant = parse_instant(text);
    return instant.ok() ? to_text(instant.value()) : text;
}

Result<void> check_orders(std::string_view name, json::Object const& object, json::Path const& path)
{
    for (auto const& order : orders()) {
        if (order.of_struct != name) continue;
        auto const* first = object.if_contains(order.first);
        auto const* last = object.if_contains(order.last);
        if (first && last && sortable(*last) < sortable(*first))
            return malformed(child(path, order.last), fmt::format("is before {}", order.first));
    }
    return {};
}

class Walk {
public:
    explicit Walk(std::vector<std::string>& not_understood, Missing* missing = nullptr)
        : not_understood_(not_understood)
        , missing_(missing)
    {
    }

    Result<void> one(
        Shape const& shape, json::Value const& value, Meaning const* line, json::Path const& path)
    {
        auto const rule = line ? line->rule : Rule {};
        switch (shape.form) {
        case Shape::Form::any: return {};
        case Shape::Form::truth:
            if (!value.is_bool()) return json::detail::wrong(path, "true or false");
            return {};
        case Shape::Form::number: return check_number(value, shape, rule, path);
        case Shape::Form::text: return check_text(value, rule, path);
        case Shape::Form::instant: return done(json::detail::read_instant(value, path));
        case Shape::Form::date: return done(json::detail::read_date(value, path));
        case Shape::Form::word: return word(shape, value, path);
        case Shape::Form::list: return list(shape, value, line, path);
        case Shape::Form::object: break;
        }
        return object(shape, value, path);
    }

private:
    template <class T> static Result<void> done(Result<T> const& read)
    {
        if (!read.ok()) return read.error();
        return {};
    }

    static Result<void> word(Shape const& shape, json::Value const& value, json::Path const& path)
    {
        auto const text = TRY(json::detail::read_string(value, path));
        if (std::ranges::count(shape.words, text)) return {};
        return json::detail::unknown_word(text, shape.words, path);
    }

    Result<void> list(
        Shape const& shape, json::Value const& value, Meaning const* line, json::Path const& path)
    {
        if (!value.is_array()) return json::detail::wrong(path, "a list");
        auto const& items = value.get_array();
        auto const allowed = line ? line->items : Items {};
        if (items.size() > allowed.most)
            return too_large(
                path, fmt::format("has {} items, {} at most", items.size(), allowed.most));
        if (items.size() < allowed.least) {
            if (!missing_)
                return malformed(
                    path, fmt::format("has {} items, {} at least", items.size(), allowed.least));
            missing_->push_back(path.text());
        }
        std::size_t place = 0;
        for (auto const& item : items) TRY(one(*shape.item, item, line, child(path, place++)));
        return {};
    }

    Result<void> object(Shape const& shape, json::Value const& value, json::Path const& path)
    {
        if (!value.is_object()) return json::detail::wrong(path, "an object");
        auto const& object = value.get_object();
        std::size_t known = 0;
        for (auto const& member : shape.members) {
            auto const* found = object.if_contains(member.name);
            auto const at = child(path, member.name);
            if (!found && !member.optional) {
                if (!missing_) return json::detail::missing(at);
                missing_->push_back(at.text());
            }
            if (!found) continue;
            ++known;
            TRY(one(*member.shape, *found, member.meaning, at));
        }
        if (known < object.size()) note_unknown(shape, object, path);
        TRY(check_needs(shape.name, object, path, missing_));
        return check_orders(shape.name, object, path);
    }

    void note_unknown(Shape const& shape, json::Object const& object, json::Path const& path)
    {
        for (auto const& member : object) {
            auto const named = [&](auto const& each) { return each.name == member.key(); };
            if (std::ranges::any_of(shape.members, named)) continue;
            if (not_understood_.size() == not_understood_max) return;
            auto const full = child(path, std::string_view { member.key() }).text();
            not_understood_.emplace_back(cut(full, path_bytes_max));
        }
    }

    std::vector<std::string>& not_understood_;
    Missing* missing_;
};

} // namespace

Result<void> check(
    Shape const& shape, json::Value const& value, std::vector<std::string>& not_understood)
{
    return Walk { not_understood }.one(shape, value, nullptr, {});
}

Result<std::vector<std::string>> missing_of(Shape const& shape, json::Value const& value)
{
    std::vector<std::string> not_understood;
    Missing missing;
    TRY(Walk(not_understood, &missing).one(shape, value, nullptr, {}));
    if (!not_understood.empty())
        return malformed(not_understood.front(), "is no member of this content");
    return missing;
}

} // namespace comity::message
