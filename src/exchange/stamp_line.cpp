#include "exchange/stamp_line.h"

#include <boost/asio/ip/tcp.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace comity::exchange {
namespace {

constexpr std::string_view scheme = "http://";

Error malformed(std::string_view what)
{
    return { Error::Kind::malformed, fmt::format("the time-stamp authority's answer: {}", what) };
}

std::string lower(std::string_view text)
{
    std::string out { text };
    for (char& c : out)
        if ('A' <= c && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

/// The bytes that the header promises, where it does. Other ways of ending are the connection's.
Result<Bytes> body_of(std::string_view head, std::string_view body)
{
    constexpr std::string_view length = "\r\ncontent-length:";
    auto const lines = lower(head);
    if (lines.find("\r\ntransfer-encoding:") != lines.npos) return malformed("it comes in chunks");
    if (lines.find("\r\ncontent-type: application/timestamp-reply") == lines.npos)
        return malformed("it is no application/timestamp-reply");
    auto const at = lines.find(length);
    if (at == lines.npos) return to_bytes(body);
    auto promised = lines.substr(at + length.size());
    promised.erase(std::min(promised.find("\r\n"), promised.size()));
    promised.erase(0, promised.find_first_not_of(' '));
    if (promised != std::to_string(body.size())) return malformed("it is not as long as it says");
    return to_bytes(body);
}

} // namespace

Result<StampAddress> read_stamp_address(std::string_view url)
{
    auto const plain = std::ranges::all_of(url, [](char c) { return c > 0x20 && c < 0x7f; });
    if (!plain || !url.starts_with(scheme))
        return Error { Error::Kind::malformed,
            fmt::format("'{}' is no address of the form http://host:port/path", url), "url" };
    auto rest = url.substr(scheme.size());
    auto const slash = std::min(rest.find('/'), rest.size());
    StampAddress out { std::string { rest.substr(0, slash) }, "80",
        std::string { rest.substr(slash) } };
    if (out.path.empty()) out.path = "/";
    if (auto const colon = out.host.rfind(':'); colon != out.host.npos) {
        out.port = out.host.substr(colon + 1);
        out.host.erase(colon);
    }
    auto const digit = [](char c) { return '0' <= c && c <= '9'; };
    if (out.host.empty() || out.port.empty() || out.port.size() > 5
        || !std::ranges::all_of(out.port, digit))
        return Error { Error::Kind::malformed, fmt::format("'{}' names no host and port", url),
            "url" };
    return out;
}

Result<Bytes> read_stamp_reply(std::string_view reply)
{
    if (reply.size() > stamp_reply_bytes_max)
        return Error { Error::Kind::too_large,
            fmt::format(
                "a time-stamp authority's answer of over {} bytes", stamp_reply_bytes_max) };
    constexpr std::string_view gap = "\r\n\r\n";
    auto const end = reply.find(gap);
    if (end == reply.npos || !reply.starts_with("HTTP/1.")) return malformed("it is not HTTP");
    auto const status = reply.substr(0, reply.find("\r\n"));
    if (status.size() < 12 || status.substr(8, 4) != " 200")
        return Error { Error::Kind::unavailable,
            fmt::format("the time-stamp authority answered '{}'", status) };
    return body_of(reply.substr(0, end + 2), reply.substr(end + gap.size()));
}

Result<Bytes> ask_for_stamp(
    StampAddress const& address, ByteView request, std::chrono::seconds whole)
{
    boost::asio::ip::tcp::iostream line;
    line.expires_after(whole);
    line.connect(address.host, address.port);
    // HTTP/1.0, so that the answer neither comes in chunks nor leaves the connection open.
    line << fmt::format("POST {} HTTP/1.0\r\nHost: {}:{}\r\n"
                        "Content-Type: application/timestamp-query\r\nContent-Length: {}\r\n\r\n",
        address.path, address.host, address.port, request.size())
         << as_text(request) << std::flush;
    std::string reply(stamp_reply_bytes_max + 1, '\0');
    line.read(reply.data(), std::ssize(reply));
    reply.resize(static_cast<std::size_t>(line.gcount()));
    auto const failed = line.error() && line.error() != boost::asio::error::eof;
    if (failed || reply.empty())
        return Error { Error::Kind::unavailable,
            fmt::format("the time-stamp authority at {}:{} does not answer: {}", address.host,
                address.port, line.error().message()) };
    return read_stamp_reply(reply);
}

} // namespace comity::exchange
