#pragma once

#include "message/shape.h"
#include "message/type.h"

/// What a part holds, read on arrival: one check for every type, from its described struct, the
/// dictionary and the rules. Errors are `malformed` or `too_large` and name the path and the limit.
namespace comity::message {

constexpr std::size_t content_bytes_max = 1U << 20U;
/// Of members of a newer peer: so many are named, each cut to so many bytes.
constexpr std::size_t not_understood_max = 64;
constexpr std::size_t path_bytes_max = 200;

/// The described struct that a type carries.
Shape const& shape_of(Type type);

struct Read {
    bool known_type = false;
    bool known_schema = false; ///< False: a newer version or another content; nothing was checked.
    std::vector<std::string> not_understood {}; ///< Paths of members that this node passes over.
};

/// A content as it came: the words of `type` and of `parts[].schema`, and the exact bytes. What is
/// not known here is no error and is said; what is known must be right.
Result<Read> read_content(std::string_view type, std::string_view schema, ByteView bytes);

/// A value against a shape; adds the members it does not know.
Result<void> check(
    Shape const& shape, json::Value const& value, std::vector<std::string>& not_understood);

/// While somebody types: what is there must be right; the paths of what is still missing.
Result<std::vector<std::string>> missing_of(Shape const& shape, json::Value const& value);

template <class Body> struct ReadBody {
    Body body;
    std::vector<std::string> not_understood;
};

Result<json::Value> parse_content(ByteView bytes);

/// A content of a type that is known, as its struct.
template <class Body> Result<ReadBody<Body>> read_body(ByteView bytes)
{
    auto const value = TRY(parse_content(bytes));
    std::vector<std::string> not_understood;
    TRY(check(shape_of<Body>(), value, not_understood));
    auto body = TRY(json::read<Body>(value, json::Unknown::keep));
    return ReadBody<Body> { std::move(body), std::move(not_understood) };
}

/// Before it is sent: the same check.
template <class Body> Result<void> check_body(Body const& body)
{
    std::vector<std::string> none;
    return check(shape_of<Body>(), json::write(body), none);
}

} // namespace comity::message
