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
constexpr std::size_t buffer_bytes = std::size_t { 2 } * header_bytes_max;
constexpr std::size_t joined_bytes_max = 8192; ///< Head and body leave as one record.

bool fits_in_header(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7f; });
}

/// An empty content type: no body.
std::string head_of(PipeEnd const& end, std::string_view method, std::string_view path,
    std::string_view content_type, std::size_t body_bytes)
{
    MUST(path.starts_with('/') && path.find(' ') == std::string_view::npos);
    MUST(fits_in_header(path) && fits_in_header(content_type));
    bool const bare_ipv6 = end.host.find(':') != std::string::npos;
    auto const target = fmt::format("{} HTTP/1.1\r\nHost: {}{}{}:{}\r\n", path,
        bare_ipv6 ? "[" : "", end.host, bare_ipv6 ? "]" : "", end.port);
    if (content_type.empty()) return fmt::format("{} {}\r\n", method, target);
    return fmt::format("{} {}Content-Type: {}\r\nContent-Length: {}\r\n\r\n", method, target,
        content_type, body_bytes);
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

/// Reads an answer from bytes as they come.
class ReplyReader {
public:
    explicit ReplyReader(std::size_t reply_bytes_max)
        : reply_bytes_max_(reply_bytes_max)
    {
        parser_.header_limit(header_bytes_max);
        parser_.body_limit(reply_bytes_max);
    }
    /// How many bytes of the input it is done with.
    Result<std::size_t> put(ByteView input)
    {
        auto used = TRY(step(input));
        if (!parser_.is_header_done() || parser_.eager()) return used;
        // Beast 1.81 aborts on some trailers of a chunked body, so it never gets to see one.
        if (parser_.get().count("transfer-encoding") > 0)
            return Error { Error::Kind::malformed,
                "the peer's answer comes in chunks; it must have a Content-Length or just end" };
        parser_.eager(true);
        if (!parser_.is_done()) used += TRY(step(input.subspan(used)));
        return used;
    }
    /// The stream has ended in the TLS way.
    Result<void> end()
    {
        Code code;
        parser_.put_eof(code);
        if (code) return refusal_of(code, reply_bytes_max_);
        return {};
    }
    bool done() const { return parser_.is_done(); }
    bool keep_alive() const { return parser_.keep_alive(); }
    Reply take()
    {
        auto message = parser_.release();
        auto const type = message[beast::field::content_type];
        return { .status = static_cast<int>(message.result_int()),
            .content_type = std::string { type.data(), type.size() },
            .body = std::move(message.body()) };
    }

private:
    Result<std::size_t> step(ByteView input)
    {
        if (input.empty()) return std::size_t { 0 };
        Code code;
        auto const used = parser_.put(boost::asio::buffer(input.data(), input.size()), code);
        if (code && code != beast::error::need_more) return refusal_of(code, reply_bytes_max_);
        return used;
    }

    std::size_t reply_bytes_max_;
    Parser parser_ {};
};

/// A stream that ends without TLS saying so may have been cut by anybody: then no answer.
Attempt read_reply(TlsStream& stream, Deadline deadline, std::size_t reply_bytes_max)
{
    ReplyReader reader { reply_bytes_max };
    Bytes buffer(buffer_bytes);
    std::size_t size = 0;
    bool answered = false;
    while (!reader.done()) {
        if (size == buffer.size())
            return { Error { Error::Kind::malformed, "the peer's answer has an endless line" },
                answered };
        auto const read = stream.read(std::span { buffer }.subspan(size), deadline);
        if (!read.ok()) return { read.error(), answered };
        if (read.value() == 0 && !answered)
            return { Error { Error::Kind::unavailable, "the peer closed without an answer" } };
        if (read.value() == 0) {
            if (auto const ended = reader.end(); !ended.ok()) return { ended.error(), answered };
            break;
        }
        answered = true;
        size += read.value();
        auto const used = reader.put(std::span { buffer }.first(size));
        if (!used.ok()) return { used.error(), answered };
        std::copy(buffer.begin() + static_cast<std::ptrdiff_t>(used.value()),
            buffer.begin() + static_cast<std::ptrdiff_t>(size), buffer.begin());
        size -= used.value();
    }
    bool const keep = reader.keep_alive() && size == 0;
    return { reader.take(), true, keep };
}

Result<void> send(TlsStream& stream, std::string head, ByteView body, Deadline deadline)
{
    if (body.size() > joined_bytes_max) {
        TRY(stream.write(as_view(head), deadline));
        return stream.write(body, deadline);
    }
    head += as_text(body);
    return stream.write(as_view(head), deadline);
}

Attempt attempt(TlsStream& stream, std::string const& head, ByteView body, PipeLimits const& limits)
{
    auto const deadline = std::chrono::steady_clock::now() + limits.whole;
    auto const sent = send(stream, head, body, deadline);
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

Result<Reply> Pipe::get(std::string_view path)
{
    return exchange("GET", path, {}, {});
}

Result<Reply> Pipe::post(std::string_view path, std::string_view content_type, ByteView body)
{
    MUST(!content_type.empty());
    return exchange("POST", path, content_type, body);
}

Result<Reply> Pipe::put(std::string_view path, std::string_view content_type, ByteView body)
{
    MUST(!content_type.empty());
    return exchange("PUT", path, content_type, body);
}

Result<Reply> Pipe::exchange(
    std::string_view method, std::string_view path, std::string_view content_type, ByteView body)
{
    auto const head = head_of(state_->end, method, path, content_type, body.size());
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
