#include "base/instant.h"

#include <date/tz.h>
#include <fmt/format.h>

#include <charconv>
#include <optional>

namespace comity {
namespace {

using namespace std::chrono;

/// A cursor over fixed-width digits; any miss makes the whole text malformed.
struct Scan {
    std::string_view rest;

    std::optional<int> number(std::size_t digits)
    {
        if (rest.size() < digits) return std::nullopt;
        int value = 0;
        for (char const c : rest.substr(0, digits)) {
            if (c < '0' || c > '9') return std::nullopt;
            value = value * 10 + (c - '0');
        }
        rest.remove_prefix(digits);
        return value;
    }
    bool skip(char c)
    {
        if (!rest.starts_with(c)) return false;
        rest.remove_prefix(1);
        return true;
    }
};

std::optional<Date> scan_date(Scan& scan)
{
    auto const y = scan.number(4);
    if (!y || *y < 1900 || !scan.skip('-')) return std::nullopt;
    auto const m = scan.number(2);
    if (!m || !scan.skip('-')) return std::nullopt;
    auto const d = scan.number(2);
    if (!d) return std::nullopt;
    auto const ymd = year { *y } / *m / *d;
    if (!ymd.ok()) return std::nullopt;
    return sys_days { ymd };
}

std::optional<microseconds> scan_time(Scan& scan)
{
    auto const h = scan.number(2);
    if (!h || *h > 23 || !scan.skip(':')) return std::nullopt;
    auto const m = scan.number(2);
    if (!m || *m > 59 || !scan.skip(':')) return std::nullopt;
    auto const s = scan.number(2);
    if (!s || *s > 59) return std::nullopt;
    microseconds time = hours { *h } + minutes { *m } + seconds { *s };
    if (!scan.skip('.')) return time;
    int scale = 100'000;
    bool any = false;
    while (auto const digit = scan.number(1)) {
        if (scale == 0) return std::nullopt;
        time += microseconds { *digit * scale };
        scale /= 10;
        any = true;
    }
    return any ? std::optional { time } : std::nullopt;
}

std::optional<microseconds> scan_offset(Scan& scan)
{
    if (scan.skip('Z')) return microseconds { 0 };
    bool const west = scan.rest.starts_with('-');
    if (!scan.skip('+') && !scan.skip('-')) return std::nullopt;
    auto const h = scan.number(2);
    if (!h || *h > 23 || !scan.skip(':')) return std::nullopt;
    auto const m = scan.number(2);
    if (!m || *m > 59) return std::nullopt;
    microseconds const offset = hours { *h } + minutes { *m };
    return west ? -offset : offset;
}

std::optional<Instant> scan_instant(std::string_view text)
{
    Scan scan { text };
    auto const day = scan_date(scan);
    if (!day || !scan.skip('T')) return std::nullopt;
    auto const time = scan_time(scan);
    if (!time) return std::nullopt;
    auto const offset = scan_offset(scan);
    if (!offset || !scan.rest.empty()) return std::nullopt;
    return Instant { *day } + *time - *offset;
}

constexpr std::size_t instant_bytes = 27;

/// So many digits, zeros in front.
void put(std::string& out, unsigned number, std::size_t digits)
{
    auto const start = out.size();
    out.resize(start + digits, '0');
    for (auto at = out.size(); at > start; number /= 10)
        out[--at] = static_cast<char>('0' + number % 10);
}

Result<date::time_zone const*> find_zone(std::string_view zone)
{
    // A node asks for its own over and over, and the library looks through all of them.
    thread_local std::string known;
    thread_local date::time_zone const* found = nullptr;
    if (found && known == zone) return found;
    try { // The one edge where the time zone library may throw.
        found = date::locate_zone(std::string { zone });
        known = zone;
        return found;
    } catch (std::runtime_error const&) {
        return Error { Error::Kind::not_found, fmt::format("unknown time zone '{}'", zone) };
    }
}

} // namespace

std::string to_text(Instant instant)
{
    auto const day = floor<days>(instant);
    hh_mm_ss const time { instant - day };
    auto out = to_text(day);
    out.reserve(instant_bytes);
    out += 'T';
    put(out, static_cast<unsigned>(time.hours().count()), 2);
    out += ':';
    put(out, static_cast<unsigned>(time.minutes().count()), 2);
    out += ':';
    put(out, static_cast<unsigned>(time.seconds().count()), 2);
    out += '.';
    put(out, static_cast<unsigned>(time.subseconds().count()), 6);
    out += 'Z';
    return out;
}

Result<Instant> parse_instant(std::string_view text)
{
    if (auto const instant = scan_instant(text)) return *instant;
    return Error { Error::Kind::malformed,
        fmt::format(
            "'{}' is not an RFC 3339 instant such as 2026-04-17T09:14:00Z", text.substr(0, 40)) };
}

std::string to_text(Date date)
{
    year_month_day const ymd { date };
    if (ymd.year() < year { 0 } || ymd.year() > year { 9999 })
        return fmt::format("{}-{:02}-{:02}", static_cast<int>(ymd.year()),
            static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day()));
    std::string out;
    put(out, static_cast<unsigned>(static_cast<int>(ymd.year())), 4);
    out += '-';
    put(out, static_cast<unsigned>(ymd.month()), 2);
    out += '-';
    put(out, static_cast<unsigned>(ymd.day()), 2);
    return out;
}

Result<Date> parse_date(std::string_view text)
{
    Scan scan { text };
    auto const day = scan_date(scan);
    if (day && scan.rest.empty()) return *day;
    return Error { Error::Kind::malformed,
        fmt::format("'{}' is not a date such as 2026-04-17", text.substr(0, 40)) };
}

Result<std::string> to_local_text(Instant instant, std::string_view zone)
{
    auto const info = TRY(find_zone(zone))->get_info(instant);
    auto const local = instant + info.offset;
    auto const day = floor<days>(local);
    hh_mm_ss const time { floor<seconds>(local) - day };
    auto const offset = duration_cast<minutes>(info.offset).count();
    return fmt::format("{} {:02}:{:02}:{:02} {}{:02}:{:02}", to_text(day), time.hours().count(),
        time.minutes().count(), time.seconds().count(), offset < 0 ? '-' : '+',
        std::abs(offset) / 60, std::abs(offset) % 60);
}

Result<Date> local_date(Instant instant, std::string_view zone)
{
    auto const info = TRY(find_zone(zone))->get_info(instant);
    return floor<days>(instant + info.offset);
}

Result<Instant> instant_of(Date date, std::chrono::minutes after_midnight, std::string_view zone)
{
    auto const local = ::date::local_seconds { date.time_since_epoch() + after_midnight };
    auto const info = TRY(find_zone(zone))->get_info(local);
    if (info.result == ::date::local_info::nonexistent) return Instant { info.first.end };
    return Instant { local.time_since_epoch() - info.first.offset };
}

} // namespace comity
