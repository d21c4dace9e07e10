#include "message/attached.h"

#include "message/content.h"
#include "message/value.h"

#include <fmt/format.h>

namespace comity::message {
namespace {

using json::detail::child;

/// What a number stands for.
struct Named {
    std::string_view name, media_type;
};

std::optional<Named> find_number(Manifest const& manifest, std::uint32_t n)
{
    for (auto const& part : manifest.parts)
        if (part.n == n && n > 1) return Named { part.name, part.media_type };
    for (auto const& each : manifest.sealed_attachments())
        if (each.n == n) return Named { each.name, each.media_type };
    return {};
}

Error wrong(json::Path const& path, std::string_view rule)
{
    auto where = path.text();
    auto what = fmt::format("{} {}", where, rule);
    return { Error::Kind::malformed, std::move(what), std::move(where) };
}

Result<void> check_one(Manifest const& manifest, json::Value const& value, json::Path const& path)
{
    auto const said = TRY(json::read<Attachment>(value, json::Unknown::keep, path));
    auto const found = find_number(manifest, said.part);
    if (!found) return wrong(child(path, "part"), "names nothing that came with the message");
    if (found->name != said.name)
        return wrong(child(path, "name"), "is another name than the manifest's");
    if (found->media_type != said.media_type)
        return wrong(child(path, "mediaType"), "is another media type than the manifest's");
    return {};
}

Result<void> walk(
    Manifest const& manifest, Shape const& shape, json::Value const& value, json::Path const& path)
{
    if (shape.form == Shape::Form::list && value.is_array()) {
        std::size_t place = 0;
        for (auto const& item : value.get_array())
            TRY(walk(manifest, *shape.item, item, child(path, place++)));
    }
    if (shape.form != Shape::Form::object || !value.is_object()) return {};
    if (&shape == &shape_of<Attachment>()) return check_one(manifest, value, path);
    for (auto const& member : shape.members)
        if (auto const* found = value.get_object().if_contains(member.name))
            TRY(walk(manifest, *member.shape, *found, child(path, member.name)));
    return {};
}

} // namespace

Result<void> check_attached(Manifest const& manifest, ByteView content)
{
    auto const* type = find_type(manifest.type);
    if (!type || manifest.parts.empty() || manifest.parts.front().schema != schema_of(type->type))
        return {};
    return walk(manifest, shape_of(type->type), TRY(parse_content(content)), {});
}

} // namespace comity::message
