#pragma once

#include "base/json.h"
#include "message/dictionary.h"

#include <typeinfo>

/// The described struct of a content as data, so that one piece of code checks, explains and
/// prints every content: what stands where, what may be missing, how large it may be.
namespace comity::message {

struct Shape;

struct ShapeMember {
    std::string name; ///< On the wire.
    bool optional;
    Shape const* shape;
    Meaning const* meaning; ///< Its line in the dictionary.
};

struct Shape {
    enum class Form : std::uint8_t { any, truth, number, text, instant, date, word, list, object };
    BOOST_DESCRIBE_NESTED_ENUM(Form, any, truth, number, text, instant, date, word, list, object)
    Form form;
    std::string name {}; ///< Of a struct or an enumeration.
    std::int64_t least = 0; ///< Of a number, as its C++ type allows.
    std::uint64_t most = 0;
    std::vector<std::string> words {};
    Shape const* item = nullptr;
    std::vector<ShapeMember> members {};
};

namespace detail {

/// Without its namespace. These two stand apart so that a hundred structs share their code.
std::string bare_name(std::type_info const& type);
void add_member(Shape& shape, char const* member, bool optional, Shape const& of);

template <class T> Shape make_shape();

} // namespace detail

/// Made once for each type.
template <class T> Shape const& shape_of()
{
    static Shape const shape = detail::make_shape<T>();
    return shape;
}

namespace detail {

template <class T> Shape object_shape()
{
    Shape out { Shape::Form::object, bare_name(typeid(T)) };
    boost::mp11::mp_for_each<json::detail::Members<T>>([&](auto member) {
        using Field = std::decay_t<decltype(std::declval<T&>().*member.pointer)>;
        if constexpr (json::detail::IsOptional<Field>::value)
            add_member(out, member.name, true, shape_of<typename Field::value_type>());
        else
            add_member(out, member.name, false, shape_of<Field>());
    });
    return out;
}

template <class T> Shape make_shape()
{
    using Form = Shape::Form;
    if constexpr (std::same_as<T, json::Value>) {
        return { Form::any };
    } else if constexpr (std::same_as<T, bool>) {
        return { Form::truth };
    } else if constexpr (std::integral<T>) {
        return { Form::number, {}, static_cast<std::int64_t>(std::numeric_limits<T>::min()),
            static_cast<std::uint64_t>(std::numeric_limits<T>::max()) };
    } else if constexpr (std::same_as<T, std::string>) {
        return { Form::text };
    } else if constexpr (std::same_as<T, Instant>) {
        return { Form::instant };
    } else if constexpr (std::same_as<T, Date>) {
        return { Form::date };
    } else if constexpr (json::detail::DescribedEnum<T>) {
        return { Form::word, bare_name(typeid(T)), 0, 0, json::words<T>() };
    } else if constexpr (json::detail::IsVector<T>::value) {
        return { Form::list, {}, 0, 0, {}, &shape_of<typename T::value_type>() };
    } else {
        return object_shape<T>();
    }
}

} // namespace detail
} // namespace comity::message
