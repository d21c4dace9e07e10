#include "message/shape.h"

#include <boost/core/demangle.hpp>

namespace comity::message::detail {

std::string bare_name(std::type_info const& type)
{
    auto const full = boost::core::demangle(type.name());
    return full.substr(full.rfind(':') + 1);
}

void add_member(Shape& shape, char const* member, bool optional, Shape const& of)
{
    auto name = json::detail::wire_name(member);
    auto const* line = meaning(shape.name, name);
    shape.members.push_back({ std::move(name), optional, &of, line });
}

} // namespace comity::message::detail
