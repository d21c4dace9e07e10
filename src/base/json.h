#pragma once

#include "base/bytes.h"
#include "base/instant.h"

#include <boost/describe.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <boost/mp11.hpp>

#include <concepts>
#include <optional>

/// JSON to and from plain structs. A struct is described once with BOOST_DESCRIBE_STRUCT; reading,
/// writing and the schema all come from that one list. On the wire a member is camelCase (erase_by
/// is "eraseBy"), the word of an enumeration has '-' for '_' ("vehicle-owner").
namespace comity::json {

using Value = boost::json::value;
using Object = boost::json::object;
using Array = boost::json::array;

constexpr std::size_t depth_max = 24;

/// Reads foreign text: strict JSON, valid UTF-8, no member named twice, at most depth_max deep.
/// A number that is not a whole one of 64 bits may be off in its last bit (Boost 1.81): no message
/// may rest on one.
Result<Value> parse(std::string_view text);
/// Compact text; the members in the order they were put in.
std::string print(Value const& value);

/// What happens to a member that the struct does not know.
enum class Unknown : std::uint8_t {
    refuse, ///< Input of our own users: a slip must not pass unseen.
    keep, ///< A message of a newer peer: its exact bytes are kept, the member is passed over.
};

/// Where a value stands. A step back to the root each, made into text only where something is
/// wrong; so it must not outlive the one it was made from.
class Path {
public:
    template <std::convertible_to<std::string_view> Text>
        requires(!std::same_as<Text, Path>)
    Path(Text const& root) // NOLINT(google-explicit-constructor): a name is a path.
        : name_(root)
    {
    }
    Path() = default;
    Path(Path const& parent, std::string_view name)
        : parent_(&parent)
        , name_(name)
    {
    }
    Path(Path const& parent, std::size_t index)
        : parent_(&parent)
        , index_(index)
    {
    }
    /// "parts[2].name"; empty for the document itself.
    std::string text() const;

private:
    static constexpr std::size_t no_index = std::size_t(-1);

    Path const* parent_ = nullptr;
    std::string_view name_ {};
    std::size_t index_ = no_index;
};

namespace detail {

template <class T> struct IsOptional : std::false_type { };
template <class T> struct IsOptional<std::optional<T>> : std::true_type { };
template <class T> struct IsVector : std::false_type { };
template <class T> struct IsVector<std::vector<T>> : std::true_type { };

template <class T>
concept Described = boost::describe::has_describe_members<T>::value;
template <class T>
concept DescribedEnum = boost::describe::has_describe_enumerators<T>::value;

template <class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public>;

Error wrong(Path const& path, std::string_view expected);
Error missing(Path const& path);
Error unknown_member(Path const& path, std::string_view name);
inline Path child(Path const& path, std::string_view name)
{
    return { path, name };
}
inline Path child(Path const& path, std::size_t index)
{
    return { path, index };
}
std::string wire_word(std::string_view enumerator);
std::string wire_name(std::string_view member);

/// The name of a member on the wire, made once for each member.
template <class Descriptor> std::string const& name_of(Descriptor descriptor)
{
    static std::string const name = wire_name(descriptor.name);
    return name;
}

} // namespace detail

/// The words of an enumeration in the order they were described, made once.
template <class Enum> std::vector<std::string> const& words()
{
    static std::vector<std::string> const all = [] {
        std::vector<std::string> out;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>(
            [&](auto descriptor) { out.push_back(detail::wire_word(descriptor.name)); });
        return out;
    }();
    return all;
}

template <class Enum> std::string const& word(Enum value)
{
    std::size_t place = 0;
    std::size_t found = std::string::npos;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>([&](auto descriptor) {
        if (descriptor.value == value) found = place;
        ++place;
    });
    MUST(found != std::string::npos);
    return words<Enum>()[found];
}

template <class Enum> std::optional<Enum> from_word(std::string_view text)
{
    std::optional<Enum> out;
    auto const& all = words<Enum>();
    std::size_t place = 0;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>([&](auto descriptor) {
        if (all[place++] == text) out = descriptor.value;
    });
    return out;
}

template <class T> Value write(T const& value)
{
    if constexpr (std::same_as<T, Value> || std::same_as<T, bool>) {
        return value;
    } else if constexpr (std::same_as<T, Object> || std::same_as<T, Array>) {
        return value;
    } else if constexpr (std::unsigned_integral<T>) {
        return static_cast<std::uint64_t>(value);
    } else if constexpr (std::integral<T>) {
        return static_cast<std::int64_t>(value);
    } else if constexpr (std::same_as<T, std::string>) {
        return Value(std::string_view(value));
    } else if constexpr (std::same_as<T, Instant> || std::same_as<T, Date>) {
        return Value(std::string_view(comity::to_text(value)));
    } else if constexpr (detail::DescribedEnum<T>) {
        return Value(std::string_view(word(value)));
    } else if constexpr (detail::IsVector<T>::value) {
        Array out;
        for (auto const& item : value) out.push_back(write(item));
        return out;
    } else {
        static_assert(detail::Described<T>, "describe the struct with BOOST_DESCRIBE_STRUCT");
        Object out;
        boost::mp11::mp_for_each<detail::Members<T>>([&](auto member) {
            auto const& field = value.*member.pointer;
            if constexpr (detail::IsOptional<std::decay_t<decltype(field)>>::value) {
                if (field) out[detail::name_of(member)] = write(*field);
            } else {
                out[detail::name_of(member)] = write(field);
            }
        });
        return out;
    }
}

template <class T> Result<T> read(Value const& value, Unknown unknown, Path const& path = {});

namespace detail {

Result<std::string> read_string(Value const& value, Path const& path);
Result<std::int64_t> read_integer(
    Value const& value, std::int64_t least, std::uint64_t most, Path const& path);
Result<Instant> read_instant(Value const& value, Path const& path);
Result<Date> read_date(Value const& value, Path const& path);
Error unknown_word(std::string_view text, std::vector<std::string> const& words, Path const& path);

template <class T> Result<T> read_vector(Value const& value, Unknown unknown, Path const& path)
{
    if (!value.is_array()) return wrong(path, "a list");
    T out;
    for (auto const& item : value.get_array())
        out.push_back(TRY(read<typename T::value_type>(item, unknown, child(path, out.size()))));
    return out;
}

template <class T> Result<T> read_struct(Value const& value, Unknown unknown, Path const& path)
{
    if (!value.is_object()) return wrong(path, "an object");
    auto const& object = value.get_object();
    T out {};
    std::optional<Error> error;
    std::size_t known = 0;
    boost::mp11::mp_for_each<Members<T>>([&](auto member) {
        if (error) return;
        using Field = std::decay_t<decltype(out.*member.pointer)>;
        auto const* found = object.if_contains(name_of(member));
        known += found != nullptr;
        auto const take = [&]<class Inner>(std::type_identity<Inner>) {
            auto field = read<Inner>(*found, unknown, child(path, name_of(member)));
            if (field.ok())
                out.*member.pointer = field.take();
            else
                error = field.error();
        };
        if constexpr (IsOptional<Field>::value) {
            if (found) take(std::type_identity<typename Field::value_type> {});
        } else if (found) {
            take(std::type_identity<Field> {});
        } else {
            error = missing(child(path, name_of(member)));
        }
    });
    if (error) return *error;
    if (unknown == Unknown::keep || known == object.size()) return out;
    for (auto const& member : object) {
        bool named = false;
        boost::mp11::mp_for_each<Members<T>>(
            [&](auto descriptor) { named |= member.key() == name_of(descriptor); });
        if (!named) return unknown_member(path, member.key());
    }
    return out;
}

} // namespace detail

/// A struct out of a value. Errors name the member by its path from the root.
template <class T> Result<T> read(Value const& value, Unknown unknown, Path const& path)
{
    if constexpr (std::same_as<T, Value>) {
        return value;
    } else if constexpr (std::same_as<T, Object>) {
        if (!value.is_object()) return detail::wrong(path, "an object");
        return value.get_object();
    } else if constexpr (std::same_as<T, bool>) {
        if (!value.is_bool()) return detail::wrong(path, "true or false");
        return value.get_bool();
    } else if constexpr (std::integral<T>) {
        return static_cast<T>(TRY(
            detail::read_integer(value, static_cast<std::int64_t>(std::numeric_limits<T>::min()),
                static_cast<std::uint64_t>(std::numeric_limits<T>::max()), path)));
    } else if constexpr (std::same_as<T, std::string>) {
        return detail::read_string(value, path);
    } else if constexpr (std::same_as<T, Instant>) {
        return detail::read_instant(value, path);
    } else if constexpr (std::same_as<T, Date>) {
        return detail::read_date(value, path);
    } else if constexpr (detail::DescribedEnum<T>) {
        auto const text = TRY(detail::read_string(value, path));
        if (auto const found = from_word<T>(text)) return *found;
        return detail::unknown_word(text, words<T>(), path);
    } else if constexpr (detail::IsVector<T>::value) {
        return detail::read_vector<T>(value, unknown, path);
    } else {
        static_assert(detail::Described<T>, "describe the struct with BOOST_DESCRIBE_STRUCT");
        return detail::read_struct<T>(value, unknown, path);
    }
}

/// parse, then read.
template <class T> Result<T> read_text(std::string_view text, Unknown unknown)
{
    return read<T>(TRY(parse(text)), unknown);
}

/// Appends a text as print() escapes it.
void append_text(std::string& out, std::string_view text);

/// Appends what write, then print would give, without the tree between them.
template <class T> void append(std::string& out, T const& value)
{
    if constexpr (std::same_as<T, Value> || std::same_as<T, Object> || std::same_as<T, Array>) {
        out += print(value);
    } else if constexpr (std::same_as<T, bool>) {
        out += value ? "true" : "false";
    } else if constexpr (std::integral<T>) {
        out += std::to_string(value);
    } else if constexpr (std::same_as<T, std::string>) {
        append_text(out, value);
    } else if constexpr (std::same_as<T, Instant> || std::same_as<T, Date>) {
        append_text(out, comity::to_text(value));
    } else if constexpr (detail::DescribedEnum<T>) {
        append_text(out, word(value));
    } else if constexpr (detail::IsVector<T>::value) {
        out += '[';
        for (auto const& item : value) {
            if (&item != value.data()) out += ',';
            append(out, item);
        }
        out += ']';
    } else {
        static_assert(detail::Described<T>, "describe the struct with BOOST_DESCRIBE_STRUCT");
        auto const start = out.size();
        boost::mp11::mp_for_each<detail::Members<T>>([&](auto member) {
            auto const& field = value.*member.pointer;
            auto const add = [&](auto const& content) {
                out += out.size() == start ? '{' : ',';
                append_text(out, detail::name_of(member));
                out += ':';
                append(out, content);
            };
            if constexpr (detail::IsOptional<std::decay_t<decltype(field)>>::value) {
                if (field) add(*field);
            } else {
                add(field);
            }
        });
        if (out.size() == start) out += '{';
        out += '}';
    }
}

/// The same bytes as write, then print, without the tree between them.
template <class T> std::string to_text(T const& value)
{
    std::string out;
    append(out, value);
    return out;
}

/// JSON Schema (2020-12) of a described struct, from the same one list.
template <class T> Value schema()
{
    if constexpr (std::same_as<T, Value>) {
        return Object {};
    } else if constexpr (std::same_as<T, Object>) {
        return Object { { "type", "object" } };
    } else if constexpr (std::same_as<T, bool>) {
        return Object { { "type", "boolean" } };
    } else if constexpr (std::integral<T>) {
        return Object { { "type", "integer" } };
    } else if constexpr (std::same_as<T, std::string>) {
        return Object { { "type", "string" } };
    } else if constexpr (std::same_as<T, Instant>) {
        return Object { { "type", "string" }, { "format", "date-time" } };
    } else if constexpr (std::same_as<T, Date>) {
        return Object { { "type", "string" }, { "format", "date" } };
    } else if constexpr (detail::DescribedEnum<T>) {
        Array allowed;
        for (auto const& each : words<T>()) allowed.emplace_back(each);
        return Object { { "enum", allowed } };
    } else if constexpr (detail::IsVector<T>::value) {
        return Object { { "type", "array" }, { "items", schema<typename T::value_type>() } };
    } else if constexpr (detail::IsOptional<T>::value) {
        return schema<typename T::value_type>();
    } else {
        Object properties;
        Array required;
        boost::mp11::mp_for_each<detail::Members<T>>([&](auto member) {
            using Field = std::decay_t<decltype(std::declval<T&>().*member.pointer)>;
            properties[detail::name_of(member)] = schema<Field>();
            if (!detail::IsOptional<Field>::value) required.emplace_back(detail::name_of(member));
        });
        return Object { { "type", "object" }, { "properties", properties },
            { "required", required } };
    }
}

} // namespace comity::json

/// Reading and writing a large struct is compiled once and not in every file that names it:
/// ELSEWHERE stands behind its header's namespace, HERE in one source file. The sanitizers make
/// half a minute out of each such file else.
#define COMITY_JSON_EACH(Keyword, T)                                                               \
    Keyword template comity::json::Value comity::json::write<T>(T const&);                         \
    Keyword template void comity::json::append<T>(std::string&, T const&);                         \
    Keyword template std::string comity::json::to_text<T>(T const&);                               \
    Keyword template comity::Result<T> comity::json::read<T>(                                      \
        comity::json::Value const&, comity::json::Unknown, json::Path const&);                     \
    Keyword template comity::Result<T> comity::json::read_text<T>(                                 \
        std::string_view, comity::json::Unknown);
#define COMITY_JSON_ELSEWHERE(T) COMITY_JSON_EACH(extern, T)
#define COMITY_JSON_HERE(T) COMITY_JSON_EACH(, T)
