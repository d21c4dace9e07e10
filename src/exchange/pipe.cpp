#include "exchange/pipe.h"

#include "exchange/tls_stream.h"

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/vector_body.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace comity::exchange {
namespace {

namespace beast = boost::beast::http;
using Code = boost::system::error_code;
using Parser = beast::response_parser<beast::vector_body<std::uint8_t>>;

constexpr std::uint32_t header_bytes_max = std::uint32_t { 16 } << 10U;
constexpr std::size_t buffer_bytes = 2 * header_bytes_max;
constexpr std::size_t joined_bytes_max = 8192; ///< Head and body leave as one record.

bool fits_in_header(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7f; });
}

std::string head_of(PipeEnd const& end, std::string_view path, std::string_view content_type,
    std::size_t body_bytes)
{
    MUST(path.starts_with('/') && path.find(' ') == std::string_view::npos);
    MUST(fits_in_header(path) && fits_in_header(content_type));
    bool const bare_ipv6 = end.host.find(':') != std::string::npos;
    return fmt::format("POST {} HTTP/1.1\r\nHost: {}{}{}:{}\r\nContent-Type: {}\r\n"
                       "Content-Length: {}\r\n\r\n",
        path, bare_ipv6 ? "[" : "", end.host, bare_ipv6 ? "]" : "", end.port, content_type,
        body_bytes);
}

Error refusal_of(Code code, std::size_t reply_bytes_max)
{
    if (code == beast::error::body_limit)
        return { Error::Kind::too_large,
            fmt::format("the peer's answer is over {} bytes", reply_bytes_max) };
    if (code == beast::error::partial_message)
        return { Error::Kind::unavailable, "the peer broke off in the middle of its answer" };
    return { Error::Kind::malformed, "the peer's answer is not HTTP: " + code.message() };
}

/// What came of one attempt on one connection.
struct Attempt {
    Result<Reply> reply;
    bool answered = false; ///< At least one byte came back.
    bool keep = false;
};

/// Reads one answer. A stream that ends without TLS saying so may have been cut by anybody.
Attempt read_reply(TlsStream& stream, Deadline deadline, std::size_t reply_bytes_max)
{
    Parser parser;
    parser.header_limit(header_bytes_max);
    parser.body_limit(reply_bytes_max);
    parser.eager(true);
    Bytes buffer(buffer_bytes);
    std::size_t size = 0;
    bool answered = false;
    while (!parser.is_done()) {
        auto const read = stream.read({ buffer.data() + size, buffer.size() - size }, deadline);
        if (!read.ok()) return { read.error(), answered };
        if (read.value() == 0 && !answered)
            return { Error { Error::Kind::unavailable, "the peer closed without an answer" } };
        answered = true;
        size += read.value();
        Code code;
        auto const used = size == 0 || read.value() == 0
            ? 0
            : parser.put(boost::asio::buffer(buffer.data(), size), code);
        if (read.value() == 0) parser.put_eof(code);
        if (code && code != beast::error::need_more)
            return { refusal_of(code, reply_bytes_max), answered };
        std::copy(buffer.begin() + static_cast<std::ptrdiff_t>(used),
            buffer.begin() + static_cast<std::ptrdiff_t>(size), buffer.begin());
        size -= used;
        if (size == buffer.size())
            return { Error { Error::Kind::malformed, "the peer's answer has an endless line" },
                answered };
    }
    bool const keep = parser.keep_alive() && size == 0;
    auto message = parser.release();
    auto const type = message[beast::field::content_type];
    return { Reply { .status = static_cast<int>(message.result_int()),
                 .content_type = std::string { type.data(), type.size() },
                 .body = std::move(message.body()) },
        true, keep };
}

Attempt attempt(TlsStream& stream, std::string const& head, ByteView body, PipeLimits const& limits)
{
    auto const deadline = std::chrono::steady_clock::now() + limits.whole;
    auto sent = stream.write(as_view(head), deadline);
    if (sent.ok()) sent = stream.write(body, deadline);
    auto received = read_reply(stream, deadline, limits.reply_bytes_max);
    // A peer that will not take it all may have said why, so its words go before our failure.
    if (!sent.ok() && !received.answered
        && received.reply.error().kind != Error::Kind::not_authentic)
        return { sent.error() };
    received.keep = received.keep && sent.ok();
    return received;
}

} // namespace

struct Pipe::State {
    PipeEnd end;
    PipeLimits limits;
    TlsClient client;
    std::unique_ptr<TlsStream> stream {};
};

Pipe::Pipe(std::unique_ptr<State> state)
    : state_(std::move(state))
{
}

Pipe::~Pipe() = default;

Result<std::unique_ptr<Pipe>> Pipe::make(PipeEnd end, PipeLimits limits)
{
    for (auto const& digest : end.peer_certificates_sha256)
        if (digest.size() != 64 || !from_hex(digest).ok())
            return Error { Error::Kind::malformed,
                fmt::format("'{}' is no SHA-256 in lower-case hexadecimal", digest),
                "peer_certificates_sha256" };
    if (end.peer_certificates_sha256.empty())
        return Error { Error::Kind::malformed, "no certificate of the peer is named",
            "peer_certificates_sha256" };
    auto client = TRY(TlsClient::make(end));
    return std::make_unique<Pipe>(
        std::make_unique<State>(std::move(end), limits, std::move(client)));
}

Result<Reply> Pipe::post(std::string_view path, std::string_view content_type, ByteView body)
{
    auto const head = head_of(state_->end, path, content_type, body.size());
    if (auto kept = std::exchange(state_->stream, nullptr)) {
        auto again = attempt(*kept, head, body, state_->limits);
        if (again.keep) state_->stream = std::move(kept);
        bool const was_closed = !again.reply.ok() && !again.answered
            && again.reply.error().kind == Error::Kind::unavailable;
        if (!was_closed) return std::move(again.reply);
    }
    auto stream = TRY(state_->client.connect(state_->end, state_->limits));
    auto first = attempt(*stream, head, body, state_->limits);
    if (first.keep) state_->stream = std::move(stream);
    return std::move(first.reply);
}

} // namespace comity::exchange
