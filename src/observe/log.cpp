#include "observe/log.h"

#include "base/error_word.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::observe {
namespace {

bool is_hex(std::string_view text)
{
    return std::ranges::all_of(
        text, [](char c) { return ('0' <= c && c <= '9') || ('a' <= c && c <= 'f'); });
}

/// Not in the middle of a character of UTF-8.
std::string_view cut(std::string_view text)
{
    if (text.size() <= Log::text_bytes_max) return text;
    auto end = Log::text_bytes_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) --end;
    return text.substr(0, end);
}

void append(std::string& line, Value const& value)
{
    line += fmt::format(",\"{}\":", json::word(value.key));
    if (auto const* whole = std::get_if<std::int64_t>(&value.value))
        line += std::to_string(*whole);
    else if (auto const* number = std::get_if<double>(&value.value))
        line += fmt::format("{:.3f}", *number);
    else
        json::append_text(line, cut(std::get<std::string>(value.value)));
}

} // namespace

std::string trace_of(std::string_view message_id)
{
    std::string out { message_id };
    std::erase(out, '-');
    return out.size() == 32 && is_hex(out) ? out : std::string {};
}

std::string traceparent(std::string_view trace, std::uint64_t span)
{
    // A span of zeros is none (Trace Context 3.2.2.4).
    return fmt::format("00-{}-{:016x}-01", trace, std::max<std::uint64_t>(span, 1));
}

std::string_view trace_in(std::string_view header)
{
    // version "-" trace-id "-" parent-id "-" flags
    if (header.size() != 55 || header[2] != '-' || header[35] != '-' || header[52] != '-')
        return {};
    auto const trace = header.substr(3, 32);
    bool const formed = header.starts_with("00") && is_hex(trace) && is_hex(header.substr(36, 16))
        && is_hex(header.substr(53)) && trace.find_first_not_of('0') != trace.npos;
    return formed ? trace : std::string_view {};
}

Log::Log(Clock clock, Write write, Level least)
    : clock_(std::move(clock))
    , write_(std::move(write))
    , least_(least)
{
}

void Log::say(Level level, std::string_view event, std::string_view trace,
    std::vector<Value> const& values) const
{
    if (level < least_) return;
    auto line
        = fmt::format(R"({{"at":"{}","level":"{}","event":)", to_text(clock_()), json::word(level));
    json::append_text(line, event);
    if (!trace.empty()) line += fmt::format(",\"trace\":\"{}\"", trace);
    for (auto const& each : values) append(line, each);
    line += "}\n";
    std::scoped_lock const hold { mutex_ };
    write_(line);
}

void Log::failed(std::string_view event, std::string_view trace, Error const& error,
    std::vector<Value> values) const
{
    values.push_back({ Key::kind, std::string { word(error.kind) } });
    if (!error.field.empty()) values.push_back({ Key::field, error.field });
    say(Level::error, event, trace, values);
}

} // namespace comity::observe
