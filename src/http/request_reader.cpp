#include "http/request_reader.h"

#include "http/target.h"

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/status.hpp>
#include <boost/beast/http/vector_body.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace comity::http {
namespace {

namespace beast = boost::beast::http;
using Code = boost::system::error_code;
using Parser = beast::request_parser<beast::vector_body<std::uint8_t>>;

std::string lower(std::string_view text)
{
    std::string out { text };
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

/// Beast's own string_view is another type.
std::string_view view(boost::beast::string_view text)
{
    return { text.data(), text.size() };
}

Error malformed(std::string what, std::string field = {})
{
    return { Error::Kind::malformed, std::move(what), std::move(field) };
}

Error header_too_large()
{
    return { Error::Kind::too_large,
        fmt::format("a request's header has at most {} bytes", header_bytes_max), "header" };
}

/// Where two readers could disagree about a request, nobody may read it (RFC 9112 section 11.2).
Result<void> check_header(Parser const& parser, std::string_view raw)
{
    auto const& header = parser.get();
    // Each line end that is followed by a blank is a folded line (RFC 9112 section 5.2).
    if (raw.find("\n ") != std::string_view::npos || raw.find("\n\t") != std::string_view::npos)
        return malformed("a folded header line");
    if (std::distance(header.begin(), header.end()) > std::ptrdiff_t { header_fields_max })
        return malformed(fmt::format("more than {} header lines", header_fields_max));
    for (auto const* once : { "host", "content-length", "transfer-encoding", "content-type",
             "content-encoding", "origin", "cookie", "x-csrf-token", "last-event-id" })
        if (header.count(once) > 1) return malformed("a header that is sent twice", once);
    if (header.count("content-length") > 0 && header.count("transfer-encoding") > 0)
        return malformed("both Content-Length and Transfer-Encoding", "content-length");
    auto const length = header.find("content-length");
    auto const digit = [](char c) { return c >= '0' && c <= '9'; };
    if (length != header.end() && !std::ranges::all_of(length->value(), digit))
        return malformed("a Content-Length that is not one number", "content-length");
    if (header.version() >= 11 && header.count("host") == 0)
        return malformed("a request without Host", "host");
    if (auto const expect = header.find("expect"); expect != header.end())
        if (lower({ expect->value().data(), expect->value().size() }) != "100-continue")
            return malformed("an Expect other than 100-continue", "expect");
    return {};
}

/// What a parser's error means to the client.
Response refusal_of(Code code, std::size_t body_bytes_max)
{
    if (code == beast::error::body_limit)
        return refusal({ Error::Kind::too_large,
            fmt::format("a request's body has at most {} bytes", body_bytes_max), "body" });
    if (code == beast::error::header_limit) return refusal(431, header_too_large());
    if (code == beast::error::bad_version)
        return refusal(505, malformed("only HTTP/1.1 and HTTP/1.0 are spoken here"));
    return refusal(malformed("not an HTTP/1.1 request: " + code.message()));
}

} // namespace

struct RequestReader::State {
    std::size_t body_bytes_max;
    Parser parser {};
    Target target {};
    bool header_read = false;

    std::optional<Response> judge_header(std::string_view raw);
    Step step(std::string_view input);
};

std::optional<Response> RequestReader::State::judge_header(std::string_view raw)
{
    header_read = true;
    // The parser's own count leaves some bytes out; this is exact.
    if (raw.size() > header_bytes_max) return refusal(431, header_too_large());
    if (auto const checked = check_header(parser, raw); !checked.ok())
        return refusal(checked.error());
    // No client of ours sends chunks. Beast 1.81 aborts on some trailers of a chunked body, so it
    // never gets to see one; RFC 9112 section 6.3 lets a server ask for a length.
    if (parser.get().count("transfer-encoding") > 0)
        return refusal(411, malformed("a body comes with a Content-Length", "content-length"));
    auto parsed = parse_target(view(parser.get().target()));
    if (parsed.ok()) {
        target = parsed.take();
        return {};
    }
    bool const long_target = parsed.error().kind == Error::Kind::too_large;
    return refusal(long_target ? 414 : 400, parsed.error());
}

RequestReader::Step RequestReader::State::step(std::string_view input)
{
    Code code;
    auto const used
        = input.empty() ? 0 : parser.put(boost::asio::buffer(input.data(), input.size()), code);
    if (code && code != beast::error::need_more)
        return { Progress::refused, used, refusal_of(code, body_bytes_max) };
    if (!parser.is_header_done()) return { Progress::needs_more, used };
    if (!header_read) {
        // The parser takes a header only once it is whole, so this is its text.
        if (auto refused = judge_header(input.substr(0, used)))
            return { Progress::refused, used, std::move(refused) };
        parser.eager(true);
        if (!parser.is_done()) return { Progress::header_read, used };
    }
    return { parser.is_done() ? Progress::whole : Progress::needs_more, used };
}

RequestReader::RequestReader(std::size_t body_bytes_max)
    : state_(std::make_unique<State>(body_bytes_max))
{
    state_->parser.header_limit(static_cast<std::uint32_t>(header_bytes_max));
    state_->parser.body_limit(body_bytes_max);
}

RequestReader::~RequestReader() = default;

RequestReader::Step RequestReader::read(std::string_view input)
{
    MUST(!state_->parser.is_done());
    return state_->step(input);
}

bool RequestReader::expects_continue() const
{
    return state_->parser.get().count("expect") > 0;
}

bool RequestReader::keep_alive() const
{
    return state_->parser.get().keep_alive();
}

Request RequestReader::take(Peer const& peer)
{
    MUST(state_->parser.is_done());
    auto message = state_->parser.release();
    std::vector<Field> headers;
    for (auto const& field : message)
        headers.push_back(
            { lower(view(field.name_string())), std::string { view(field.value()) } });
    return { .method = std::string { view(message.method_string()) },
        .path = std::move(state_->target.path),
        .segments = std::move(state_->target.segments),
        .query = std::move(state_->target.query),
        .headers = std::move(headers),
        .body = std::move(message.body()),
        .peer = peer };
}

std::string head_of(Response const& response, bool keep_alive)
{
    auto const reason
        = beast::obsolete_reason(beast::int_to_status(static_cast<unsigned>(response.status)));
    auto out = fmt::format("HTTP/1.1 {} {}\r\nConnection: {}\r\n", response.status,
        std::string_view { reason.data(), reason.size() }, keep_alive ? "keep-alive" : "close");
    bool const has_length = !response.events && response.status != 204 && response.status != 304;
    if (has_length) out += fmt::format("Content-Length: {}\r\n", response.body.size());
    if (response.events) out += "Content-Type: text/event-stream\r\n";
    for (auto const& [name, value] : response.headers) {
        MUST(value.find_first_of(std::string_view { "\r\n\0", 3 }) == std::string::npos);
        out += fmt::format("{}: {}\r\n", name, value);
    }
    return out + "\r\n";
}

} // namespace comity::http
