#include "base/json.h"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace comity::json {
namespace {

/// Counts the members that the text spells out. The document keeps only the last of two members
/// of one name, so a text whose count differs names one twice: two readers could see two things.
/// And sees numbers that became infinite, which could be written but never read again.
struct CountMembers {
    static constexpr std::size_t max_object_size = std::size_t(-1);
    static constexpr std::size_t max_array_size = std::size_t(-1);
    static constexpr std::size_t max_key_size = std::size_t(-1);
    static constexpr std::size_t max_string_size = std::size_t(-1);
    using Code = boost::json::error_code;

    std::size_t members = 0;
    bool finite = true;

    bool on_document_begin(Code&) { return true; }
    bool on_document_end(Code&) { return true; }
    bool on_object_begin(Code&) { return true; }
    bool on_object_end(std::size_t count, Code&)
    {
        members += count;
        return true;
    }
    bool on_array_begin(Code&) { return true; }
    bool on_array_end(std::size_t, Code&) { return true; }
    bool on_key_part(boost::json::string_view, std::size_t, Code&) { return true; }
    bool on_key(boost::json::string_view, std::size_t, Code&) { return true; }
    bool on_string_part(boost::json::string_view, std::size_t, Code&) { return true; }
    bool on_string(boost::json::string_view, std::size_t, Code&) { return true; }
    bool on_number_part(boost::json::string_view, Code&) { return true; }
    bool on_int64(std::int64_t, boost::json::string_view, Code&) { return true; }
    bool on_uint64(std::uint64_t, boost::json::string_view, Code&) { return true; }
    bool on_double(double number, boost::json::string_view, Code&)
    {
        finite &= std::isfinite(number);
        return true;
    }
    bool on_bool(bool, Code&) { return true; }
    bool on_null(Code&) { return true; }
    bool on_comment_part(boost::json::string_view, Code&) { return true; }
    bool on_comment(boost::json::string_view, Code&) { return true; }
};

std::size_t count_members(Value const& value)
{
    std::size_t count = 0;
    if (auto const* object = value.if_object()) {
        count += object->size();
        for (auto const& member : *object) count += count_members(member.value());
    } else if (auto const* array = value.if_array()) {
        for (auto const& item : *array) count += count_members(item);
    }
    return count;
}

} // namespace

Result<Value> parse(std::string_view text)
{
    boost::json::error_code code;
    boost::json::parse_options options;
    options.max_depth = depth_max;
    auto value = boost::json::parse(text, code, {}, options);
    if (code) return Error { Error::Kind::malformed, fmt::format("not JSON: {}", code.message()) };
    boost::json::basic_parser<CountMembers> counter { options };
    counter.write_some(false, text.data(), text.size(), code);
    if (code || counter.handler().members != count_members(value))
        return Error { Error::Kind::malformed, "a member stands twice in one object" };
    if (!counter.handler().finite)
        return Error { Error::Kind::malformed, "not JSON: a number is too large" };
    return value;
}

std::string print(Value const& value)
{
    return boost::json::serialize(value);
}

void append_text(std::string& out, std::string_view text)
{
    auto const plain = [](char c) {
        return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\' && c != 0x7f;
    };
    if (!std::ranges::all_of(text, plain)) {
        out += boost::json::serialize(boost::json::string_view { text });
        return;
    }
    out += '"';
    out += text;
    out += '"';
}

namespace detail {

Error wrong(std::string const& path, std::string_view expected)
{
    return { Error::Kind::malformed,
        fmt::format("{} must be {}", path.empty() ? "the document" : path, expected), path };
}

Error missing(std::string const& path)
{
    return { Error::Kind::malformed, fmt::format("{} is missing", path), path };
}

Error unknown_member(std::string const& path, std::string_view name)
{
    auto const full = child(path, name);
    return { Error::Kind::malformed, fmt::format("{} is not a known member", full), full };
}

std::string child(std::string const& path, std::string_view name)
{
    return path.empty() ? std::string { name } : fmt::format("{}.{}", path, name);
}

std::string child(std::string const& path, std::size_t index)
{
    return fmt::format("{}[{}]", path, index);
}

std::string wire_word(std::string_view enumerator)
{
    std::string out { enumerator };
    std::replace(out.begin(), out.end(), '_', '-');
    if (out.ends_with('-')) out.pop_back(); // `requires_`, a keyword without its underscore
    return out;
}

std::string wire_name(std::string_view member)
{
    std::string out;
    bool raise = false;
    for (char const c : member) {
        if (c == '_') {
            raise = true;
            continue;
        }
        out += raise && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        raise = false;
    }
    return out;
}

Result<std::string> read_string(Value const& value, std::string const& path)
{
    if (!value.is_string()) return wrong(path, "text");
    return std::string { value.get_string() };
}

Result<std::int64_t> read_integer(
    Value const& value, std::int64_t least, std::uint64_t most, std::string const& path)
{
    auto const expected = fmt::format("a whole number from {} to {}", least, most);
    if (auto const* large = value.if_uint64()) {
        if (*large > most) return wrong(path, expected);
        return static_cast<std::int64_t>(*large);
    }
    auto const* number = value.if_int64();
    if (!number || *number < least) return wrong(path, expected);
    if (*number > 0 && static_cast<std::uint64_t>(*number) > most) return wrong(path, expected);
    return *number;
}

Result<Instant> read_instant(Value const& value, std::string const& path)
{
    auto instant = parse_instant(TRY(read_string(value, path)));
    if (!instant.ok()) return Error { Error::Kind::malformed, instant.error().what, path };
    return instant;
}

Result<Date> read_date(Value const& value, std::string const& path)
{
    auto date = parse_date(TRY(read_string(value, path)));
    if (!date.ok()) return Error { Error::Kind::malformed, date.error().what, path };
    return date;
}

Error unknown_word(
    std::string_view text, std::vector<std::string> const& words, std::string const& path)
{
    return { Error::Kind::malformed,
        fmt::format("{} is '{}', which is none of: {}", path.empty() ? "the word" : path,
            text.substr(0, 60), fmt::join(words, ", ")),
        path };
}

} // namespace detail
} // namespace comity::json
