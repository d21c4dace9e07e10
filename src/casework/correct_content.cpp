#include "casework/correct_content.h"

#include "message/content.h"

#include <fmt/format.h>

#include <charconv>

/// Correction of a content (Art. 31(4)(c)): member by member, by path.
namespace comity::casework {

namespace {

Error malformed(std::size_t member, std::string what)
{
    return { Error::Kind::malformed, std::move(what), fmt::format("members[{}]", member) };
}

/// The next name or number of a path; what is left of it stays.
std::string_view next_step(std::string_view& path)
{
    auto const end = std::min(path.find_first_of(".["), path.size());
    if (end == 0 && path.starts_with('[')) {
        auto const close = std::min(path.find(']'), path.size());
        auto const out = path.substr(0, std::min(close + 1, path.size()));
        path.remove_prefix(out.size());
        if (path.starts_with('.')) path.remove_prefix(1);
        return out;
    }
    auto const out = path.substr(0, end);
    path.remove_prefix(end);
    if (path.starts_with('.')) path.remove_prefix(1);
    return out;
}

/// The same walk for what is changed and for what is only looked at.
template <class List> auto item_at(List& list, std::string_view step) -> decltype(&list[0])
{
    std::size_t index = 0;
    auto const number = step.substr(1, step.size() - 2);
    auto const [end, code] = std::from_chars(number.data(), number.data() + number.size(), index);
    bool const whole = code == std::errc {} && end == number.data() + number.size();
    return whole && step.ends_with(']') && index < list.size() ? &list[index] : nullptr;
}

template <class Value> Value* value_at(Value& root, std::string_view path)
{
    auto* at = &root;
    while (at && !path.empty()) {
        auto const step = next_step(path);
        if (step.empty()) return nullptr;
        if (step.starts_with('['))
            at = at->is_array() ? item_at(at->get_array(), step) : nullptr;
        else
            at = at->is_object() ? at->get_object().if_contains(step) : nullptr;
    }
    return at == &root ? nullptr : at;
}

/// In the form that the member has already; nothing where it cannot have that.
std::optional<json::Value> as_in(json::Value const& before, std::string const& value)
{
    if (before.is_string()) return json::Value(value); // With braces it is a list.
    if (before.is_object() || before.is_array()) return {};
    auto parsed = json::parse(fmt::format("[{}]", value));
    if (!parsed.ok() || parsed.value().get_array().size() != 1) return {};
    auto const& read = parsed.value().get_array().front();
    if (before.is_bool() != read.is_bool() || before.is_number() != read.is_number()) return {};
    return read;
}

/// Paths of what is another value now.
Result<std::vector<std::string>> apply(
    json::Value& content, std::span<CorrectedMember const> members)
{
    std::vector<std::string> out;
    for (std::size_t i = 0; i < members.size(); ++i) {
        auto const& [path, correct] = members[i];
        auto* at = value_at(content, path);
        if (!at) return malformed(i, fmt::format("there is no member '{}'", path.substr(0, 200)));
        if (names_file(*at)) {
            if (correct) return malformed(i, "a file is named alone: it has no value");
            out.push_back(path);
            continue;
        }
        if (!correct) return malformed(i, "what is right is not told");
        auto const value = as_in(*at, *correct);
        if (!value) return malformed(i, fmt::format("'{}' cannot have this value", path));
        if (*at == *value) continue;
        *at = *value;
        out.push_back(path);
    }
    return out;
}

Result<void> check_whole(std::string const& type, json::Value const& content)
{
    auto const* row = message::find_type(type);
    if (!row) return {};
    std::vector<std::string> not_understood;
    auto const right = message::check(message::shape_of(row->type), content, not_understood);
    if (right.ok()) return {};
    return Error { Error::Kind::malformed,
        fmt::format("with it, {} is wrong: {}", right.error().field, right.error().what),
        "members" };
}

} // namespace

bool names_file(json::Value const& value)
{
    auto const* object = value.if_object();
    return object && object->contains("mediaType") && object->contains("name");
}

json::Value const* find_member(json::Value const& content, std::string_view path)
{
    return value_at(content, path);
}

Result<std::vector<std::string>> correct(
    std::string const& type, json::Value& content, std::span<CorrectedMember const> members)
{
    auto out = TRY(apply(content, members));
    if (!out.empty()) TRY(check_whole(type, content));
    return out;
}

} // namespace comity::casework
