#pragma once

#include "message/shape.h"

/// The structs of contents as a desk needs them to draw a form, or to show what came: the members
/// in their order, how each is spelt, how large it may be and what they need of each other. From
/// the same shapes, dictionary and rules that the check reads.
namespace comity::message {

/// A struct: {"members": [...], "needs": [...], "orders": [...]}. A member has `name`, `form`
/// (truth, number, instant, date, line, text, words, state, language, currency, uuid, sha256,
/// base64, object, any), `optional` where it may be left out, `least` and `most`, `words` with the
/// `group` that labels them, `of` for the struct of an object, `items` where it is a list.
struct FormMember {
    std::string name;
    std::string form;
    std::optional<bool> optional {};
    std::optional<std::int64_t> least {};
    std::optional<std::int64_t> most {};
    std::optional<std::vector<std::string>> words {};
    std::optional<std::string> group {};
    std::optional<std::string> of {};
    std::optional<std::vector<std::uint32_t>> items {}; ///< Fewest and most.
};
BOOST_DESCRIBE_STRUCT(FormMember, (), (name, form, optional, least, most, words, group, of, items))

/// Where `member` says `is`, one of `one_of` must be there; without a member always.
struct FormNeed {
    std::optional<std::string> member {};
    std::optional<std::string> is {};
    std::vector<std::string> one_of {};
};
BOOST_DESCRIBE_STRUCT(FormNeed, (), (member, is, one_of))

struct Form {
    std::vector<FormMember> members {};
    std::vector<FormNeed> needs {};
};
BOOST_DESCRIBE_STRUCT(Form, (), (members, needs))

Form form_of(Shape const& shape);
/// Of every struct that one of the shapes reaches, by its name.
json::Object forms(std::span<Shape const* const> shapes);

} // namespace comity::message
