#include "base/json.h"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_stack.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace comity::json {
namespace {

/// Makes the document and counts the members that the text spells out. The document keeps only the
/// last of two members of one name, so a text whose count differs names one twice: two readers
/// could see two things. And sees numbers that became infinite, which could be written but never
/// read again.
struct Builder {
    static constexpr std::size_t max_object_size = std::size_t(-1);
    static constexpr std::size_t max_array_size = std::size_t(-1);
    static constexpr std::size_t max_key_size = std::size_t(-1);
    static constexpr std::size_t max_string_size = std::size_t(-1);
    using Code = boost::json::error_code;
    using Text = boost::json::string_view;

    boost::json::value_stack stack {};
    std::size_t members = 0;
    bool finite = true;

    bool on_document_begin(Code&) { return true; }
    bool on_document_end(Code&) { return true; }
    bool on_object_begin(Code&) { return true; }
    bool on_object_end(std::size_t count, Code&)
    {
        members += count;
        stack.push_object(count);
        return true;
    }
    bool on_array_begin(Code&) { return true; }
    bool on_array_end(std::size_t count, Code&)
    {
        stack.push_array(count);
        return true;
    }
    bool on_key_part(Text part, std::size_t, Code&)
    {
        stack.push_chars(part);
        return true;
    }
    bool on_key(Text last, std::size_t, Code&)
    {
        stack.push_key(last);
        return true;
    }
    bool on_string_part(Text part, std::size_t, Code&)
    {
        stack.push_chars(part);
        return true;
    }
    bool on_string(Text last, std::size_t, Code&)
    {
        stack.push_string(last);
        return true;
    }
    bool on_number_part(Text, Code&) { return true; }
    bool on_int64(std::int64_t number, Text, Code&)
    {
        stack.push_int64(number);
        return true;
    }
    bool on_uint64(std::uint64_t number, Text, Code&)
    {
        stack.push_uint64(number);
        return true;
    }
    /// Boost 1.81 leaves the last bit unsure: what is read, written and read again would differ.
    /// The document is given at once, so `text` is the whole number.
    bool on_double(double number, Text text, Code&)
    {
        std::from_chars(text.data(), text.data() + text.size(), number);
        finite &= std::isfinite(number);
        stack.push_double(number);
        return true;
    }
    bool on_bool(bool truth, Code&)
    {
        stack.push_bool(truth);
        return true;
    }
    bool on_null(Code&)
    {
        stack.push_null();
        return true;
    }
    bool on_comment_part(Text, Code&) { return true; }
    bool on_comment(Text, Code&) { return true; }
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
    boost::json::basic_parser<Builder> parser { options };
    parser.handler().stack.reset();
    auto const read = parser.write_some(false, text.data(), text.size(), code);
    if (!code && read < text.size()) code = boost::json::error::extra_data;
    if (code) return Error { Error::Kind::malformed, fmt::format("not JSON: {}", code.message()) };
    auto value = parser.handler().stack.release();
    if (parser.handler().members != count_members(value))
        return Error { Error::Kind::malformed, "a member stands twice in one object" };
    if (!parser.handler().finite)
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

std::string Path::text() const
{
    auto const before = parent_ ? parent_->text() : std::string {};
    if (index_ != no_index) return fmt::format("{}[{}]", before, index_);
    if (before.empty() || name_.empty()) return before + std::string { name_ };
    return fmt::format("{}.{}", before, name_);
}

namespace detail {

Error wrong(Path const& path, std::string_view expected)
{
    auto where = path.text();
    auto what = fmt::format("{} must be {}", where.empty() ? "the document" : where, expected);
    return { Error::Kind::malformed, std::move(what), std::move(where) };
}

Error missing(Path const& path)
{
    auto where = path.text();
    auto what = where + " is missing";
    return { Error::Kind::malformed, std::move(what), std::move(where) };
}

Error unknown_member(Path const& path, std::string_view name)
{
    auto where = child(path, name).text();
    auto what = where + " is not a known member";
    return { Error::Kind::malformed, std::move(what), std::move(where) };
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

namespace {

Result<std::string_view> text_of(Value const& value, Path const& path)
{
    if (!value.is_string()) return wrong(path, "text");
    return std::string_view { value.get_string() };
}

/// The same error, at its place.
template <class T> Result<T> at(Result<T> read, Path const& path)
{
    if (!read.ok()) return Error { Error::Kind::malformed, read.error().what, path.text() };
    return read;
}

} // namespace

Result<std::string> read_string(Value const& value, Path const& path)
{
    auto const text = TRY(text_of(value, path));
    return std::string { text };
}

Result<std::int64_t> read_integer(
    Value const& value, std::int64_t least, std::uint64_t most, Path const& path)
{
    auto const refused
        = [&] { return wrong(path, fmt::format("a whole number from {} to {}", least, most)); };
    if (auto const* large = value.if_uint64()) {
        if (*large > most) return refused();
        return static_cast<std::int64_t>(*large);
    }
    auto const* number = value.if_int64();
    if (!number || *number < least) return refused();
    if (*number > 0 && static_cast<std::uint64_t>(*number) > most) return refused();
    return *number;
}

Result<Instant> read_instant(Value const& value, Path const& path)
{
    return at(parse_instant(TRY(text_of(value, path))), path);
}

Result<Date> read_date(Value const& value, Path const& path)
{
    return at(parse_date(TRY(text_of(value, path))), path);
}

Error unknown_word(std::string_view text, std::vector<std::string> const& words, Path const& path)
{
    auto where = path.text();
    auto what = fmt::format("{} is '{}', which is none of: {}", where.empty() ? "the word" : where,
        text.substr(0, 60), fmt::join(words, ", "));
    return { Error::Kind::malformed, std::move(what), std::move(where) };
}

} // namespace detail
} // namespace comity::json
