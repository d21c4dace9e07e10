#include "exchange/multipart.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace comity::exchange {
namespace {

constexpr std::size_t boundary_characters_max = 70;
constexpr std::size_t boundary_characters_min = 16;
constexpr std::size_t name_characters_max = 64;
constexpr std::string_view line_end = "\r\n";

Error malformed(std::string what)
{
    return { Error::Kind::malformed, std::move(what), "body" };
}

bool is_letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_boundary(std::string_view text)
{
    return !text.empty() && text.size() <= boundary_characters_max
        && std::ranges::all_of(
            text, [](char c) { return is_letter_or_digit(c) || c == '-' || c == '_'; });
}

bool is_name(std::string_view text)
{
    return !text.empty() && text.size() <= name_characters_max
        && std::ranges::all_of(
            text, [](char c) { return is_letter_or_digit(c) || c == '.' || c == '_' || c == '-'; });
}

bool is_visible(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7f; });
}

bool equal_ignoring_case(std::string_view a, std::string_view b)
{
    auto const lower = [](char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : int { c }; };
    return std::ranges::equal(a, b, {}, lower, lower);
}

/// Removes `start` from the front where it stands there.
bool skip(std::string_view& text, std::string_view start)
{
    if (!text.starts_with(start)) return false;
    text.remove_prefix(start.size());
    return true;
}

/// The characters before `end`, both removed from the front; nothing where `end` never comes.
std::optional<std::string_view> cut(std::string_view& text, std::string_view end)
{
    auto const at = text.find(end);
    if (at == std::string_view::npos) return {};
    auto const head = text.substr(0, at);
    text.remove_prefix(at + end.size());
    return head;
}

Result<std::string_view> boundary_of(std::string_view content_type)
{
    if (!skip(content_type, "multipart/form-data; boundary="))
        return Error { Error::Kind::malformed,
            "the body is multipart/form-data with a boundary and nothing else", "content-type" };
    if (content_type.size() >= 2 && content_type.front() == '"' && content_type.back() == '"')
        content_type = content_type.substr(1, content_type.size() - 2);
    if (!is_boundary(content_type))
        return Error { Error::Kind::malformed,
            fmt::format(
                "a boundary is 1 to {} letters, digits, '-' or '_'", boundary_characters_max),
            "content-type" };
    return content_type;
}

/// form-data; name="x" and, where it is a file, ; filename="y".
Result<std::string> name_of(std::string_view value)
{
    if (!skip(value, "form-data; name=\""))
        return malformed("a part without form-data and a name in quotes");
    auto const name = cut(value, "\"");
    if (!name || !is_name(*name))
        return malformed(fmt::format(
            "a part's name is 1 to {} letters, digits, '.', '_' or '-'", name_characters_max));
    if (skip(value, "; filename=\"") && !cut(value, "\""))
        return malformed("a filename that does not end");
    if (!value.empty()) return malformed("a part with more than a name and a filename");
    return std::string { *name };
}

Result<Part> read_part_header(std::string_view header)
{
    Part part;
    bool typed = false;
    while (!header.empty()) {
        auto const line = cut(header, line_end);
        auto rest = line.value_or("");
        auto const name = cut(rest, ": ");
        if (!line || !name || !is_visible(rest)) return malformed("a part's header line");
        if (part.name.empty() && equal_ignoring_case(*name, "content-disposition")) {
            part.name = TRY(name_of(rest));
        } else if (!typed && !rest.empty() && equal_ignoring_case(*name, "content-type")) {
            part.content_type = rest;
            typed = true;
        } else {
            return malformed("a part's header that is unknown or sent twice");
        }
    }
    if (part.name.empty()) return malformed("a part without Content-Disposition");
    if (part.content_type.starts_with("multipart/")) return malformed("parts within a part");
    return part;
}

/// One part, from after its boundary line to the start of the next boundary, which is removed.
Result<Part> read_part(std::string_view& rest, std::string_view separator)
{
    auto const header_end = rest.substr(0, part_header_bytes_max).find("\r\n\r\n");
    if (header_end == std::string_view::npos)
        return Error { Error::Kind::too_large,
            fmt::format("a part's header has at most {} bytes", part_header_bytes_max), "body" };
    auto part = TRY(read_part_header(rest.substr(0, header_end + line_end.size())));
    rest.remove_prefix(header_end + 2 * line_end.size());
    auto const content = cut(rest, separator);
    if (!content) return malformed("a part that no boundary ends");
    part.content = to_bytes(*content);
    return part;
}

} // namespace

Result<std::vector<Part>> read_multipart(std::string_view content_type, ByteView body)
{
    auto const boundary = TRY(boundary_of(content_type));
    auto const separator = fmt::format("\r\n--{}", boundary);
    auto rest = as_text(body);
    if (!skip(rest, separator.substr(line_end.size())))
        return malformed("the body starts with its boundary");
    std::vector<Part> parts;
    while (skip(rest, line_end)) {
        if (parts.size() == parts_max)
            return Error { Error::Kind::too_large,
                fmt::format("a body has at most {} parts", parts_max), "body" };
        auto part = TRY(read_part(rest, separator));
        if (std::ranges::find(parts, part.name, &Part::name) != parts.end())
            return malformed(fmt::format("two parts named '{}'", part.name));
        parts.push_back(std::move(part));
    }
    if (!skip(rest, "--")) return malformed("a boundary that neither ends a line nor the body");
    if (!rest.empty() && rest != line_end) return malformed("bytes after the last boundary");
    if (parts.empty()) return malformed("a body without parts");
    return parts;
}

Multipart write_multipart(std::vector<Part> const& parts, std::string_view boundary)
{
    MUST(is_boundary(boundary) && boundary.size() >= boundary_characters_min);
    MUST(!parts.empty() && parts.size() <= parts_max);
    Bytes body;
    auto const add = [&](ByteView bytes) { body.insert(body.end(), bytes.begin(), bytes.end()); };
    for (auto const& part : parts) {
        MUST(is_name(part.name) && is_visible(part.content_type));
        MUST(as_text(part.content).find(boundary) == std::string_view::npos);
        add(as_view(fmt::format(
            "--{}\r\nContent-Disposition: form-data; name=\"{}\"\r\n", boundary, part.name)));
        if (!part.content_type.empty())
            add(as_view(fmt::format("Content-Type: {}\r\n", part.content_type)));
        add(as_view(line_end));
        add(part.content);
        add(as_view(line_end));
    }
    add(as_view(fmt::format("--{}--\r\n", boundary)));
    return { fmt::format("multipart/form-data; boundary={}", boundary), std::move(body) };
}

} // namespace comity::exchange
