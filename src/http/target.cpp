#include "http/target.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::http {
namespace {

Error malformed(char const* what)
{
    return { Error::Kind::malformed, what, "target" };
}

int hex_value(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// Length of the well-formed UTF-8 sequence at the start (RFC 3629), or 0.
std::size_t utf8_length(ByteView text)
{
    auto const lead = text[0];
    if (lead < 0x80) return 1;
    std::size_t const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i)
        if ((text[i] & 0xc0U) != 0x80U) return 0;
    bool const overlong = (lead == 0xe0 && text[1] < 0xa0) || (lead == 0xf0 && text[1] < 0x90);
    bool const surrogate = lead == 0xed && text[1] > 0x9f;
    bool const beyond = lead == 0xf4 && text[1] > 0x8f;
    return overlong || surrogate || beyond ? 0 : length;
}

bool is_plain_text(std::string_view text)
{
    for (auto rest = as_view(text); !rest.empty();) {
        if (rest[0] < 0x20 || rest[0] == 0x7f) return false;
        auto const length = utf8_length(rest);
        if (length == 0) return false;
        rest = rest.subspan(length);
    }
    return true;
}

enum class Plus : std::uint8_t { stands_for_itself, stands_for_space };

Result<std::string> decode(std::string_view text, Plus plus)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus == Plus::stands_for_space) {
            out += ' ';
        } else if (text[i] != '%') {
            out += text[i];
        } else {
            auto const high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
            auto const low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
            if (high < 0 || low < 0) return malformed("a '%' without two hexadecimal digits");
            out += static_cast<char>(high * 16 + low);
            i += 2;
        }
    }
    if (!is_plain_text(out)) return malformed("not UTF-8 text, or with control characters");
    return out;
}

/// Cuts the text before the next separator off the front.
std::string_view cut(std::string_view& text, char separator)
{
    auto const end = std::min(text.find(separator), text.size());
    auto const head = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return head;
}

Result<std::vector<std::string>> parse_path(std::string_view path)
{
    std::vector<std::string> segments;
    if (path == "/") return segments;
    bool const open_end = path.ends_with('/');
    path.remove_prefix(1);
    while (!path.empty()) {
        auto segment = TRY(decode(cut(path, '/'), Plus::stands_for_itself));
        if (segment == "." || segment == "..") return malformed("a path with '.' or '..'");
        segments.push_back(std::move(segment));
    }
    if (open_end) segments.emplace_back();
    return segments;
}

Result<std::vector<Field>> parse_query(std::string_view query)
{
    std::vector<Field> fields;
    while (!query.empty()) {
        auto pair = cut(query, '&');
        if (pair.empty()) continue;
        if (fields.size() == query_fields_max)
            return Error { Error::Kind::malformed,
                fmt::format("a query of more than {} parameters", query_fields_max), "target" };
        auto name = TRY(decode(cut(pair, '='), Plus::stands_for_space));
        auto value = TRY(decode(pair, Plus::stands_for_space));
        fields.push_back({ std::move(name), std::move(value) });
    }
    return fields;
}

} // namespace

Result<Target> parse_target(std::string_view text)
{
    if (text.size() > target_bytes_max)
        return Error { Error::Kind::too_large,
            fmt::format("a request's target has at most {} bytes", target_bytes_max), "target" };
    if (!text.starts_with('/')) return malformed("a request's target starts with '/'");
    if (!std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f && c != '#'; }))
        return malformed("a request's target is visible ASCII without '#'");
    auto query = text;
    auto const path = cut(query, '?');
    return Target { .path = std::string { path },
        .segments = TRY(parse_path(path)),
        .query = TRY(parse_query(query)) };
}

std::optional<std::string_view> cookie_value(std::string_view header, std::string_view name)
{
    while (!header.empty()) {
        auto pair = cut(header, ';');
        pair.remove_prefix(std::min(pair.find_first_not_of(' '), pair.size()));
        if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=')
            return pair.substr(name.size() + 1);
    }
    return {};
}

std::string_view host_name(std::string_view host)
{
    auto const from = host.starts_with('[') ? std::min(host.find(']'), host.size()) : 0;
    return host.substr(0, host.find(':', from));
}

} // namespace comity::http
