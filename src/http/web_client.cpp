#include "http/web_client.h"

#include <fmt/format.h>
#include <netdb.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fcntl.h>
#include <memory>

namespace comity::http {
namespace {

template <auto Function> struct FreeWith {
    template <class T> void operator()(T* pointer) const { Function(pointer); }
};
using Context = std::unique_ptr<SSL_CTX, FreeWith<SSL_CTX_free>>;
using Stream = std::unique_ptr<SSL, FreeWith<SSL_free>>;
using Addresses = std::unique_ptr<addrinfo, FreeWith<freeaddrinfo>>;

/// A connected socket, closed with the object.
struct Socket {
    int number = -1;
    explicit Socket(int given)
        : number(given)
    {
    }
    Socket(Socket const&) = delete;
    Socket& operator=(Socket const&) = delete;
    ~Socket()
    {
        if (number >= 0) ::close(number);
    }
};

Error unavailable(WebAddress const& to, std::string_view why)
{
    return { Error::Kind::unavailable, fmt::format("{}:{}: {}", to.host, to.port, why) };
}

bool is_loopback(std::string_view host)
{
    return host == "127.0.0.1" || host == "localhost" || host == "::1";
}

/// Connects within the time, then blocks with it on every read and write.
bool connected(int number, addrinfo const& to, std::chrono::seconds whole)
{
    auto const flags = ::fcntl(number, F_GETFL);
    ::fcntl(number, F_SETFL, flags | O_NONBLOCK);
    if (::connect(number, to.ai_addr, to.ai_addrlen) != 0) {
        pollfd waiting { number, POLLOUT, 0 };
        auto const millis = std::chrono::milliseconds { whole }.count();
        if (errno != EINPROGRESS || ::poll(&waiting, 1, static_cast<int>(millis)) != 1)
            return false;
        int error = 0;
        socklen_t size = sizeof error;
        if (::getsockopt(number, SOL_SOCKET, SO_ERROR, &error, &size) != 0 || error != 0)
            return false;
    }
    ::fcntl(number, F_SETFL, flags);
    timeval const limit { whole.count(), 0 };
    return ::setsockopt(number, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit) == 0
        && ::setsockopt(number, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit) == 0;
}

Result<std::unique_ptr<Socket>> connect(WebAddress const& to, std::chrono::seconds whole)
{
    addrinfo hints {};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(to.host.c_str(), to.port.c_str(), &hints, &found) != 0)
        return unavailable(to, "the name is not known");
    Addresses const addresses { found };
    for (auto const* each = found; each; each = each->ai_next) {
        auto out = std::make_unique<Socket>(
            ::socket(each->ai_family, each->ai_socktype | SOCK_CLOEXEC, each->ai_protocol));
        if (out->number >= 0 && connected(out->number, *each, whole)) return out;
    }
    return unavailable(to, "nobody answers");
}

/// Plain or TLS; a stream that ends is 0, one that fails is less.
struct Line {
    int number;
    SSL* tls;

    long write(std::string_view text) const
    {
        if (tls) return SSL_write(tls, text.data(), static_cast<int>(text.size()));
        return ::send(number, text.data(), text.size(), MSG_NOSIGNAL);
    }
    long read(std::span<char> into) const
    {
        if (!tls) return ::recv(number, into.data(), into.size(), 0);
        auto const size = SSL_read(tls, into.data(), static_cast<int>(into.size()));
        if (size > 0) return size;
        return SSL_get_error(tls, size) == SSL_ERROR_ZERO_RETURN ? 0 : -1;
    }
};

Result<std::string> exchanged(Line const& line, WebAddress const& to, std::string_view request)
{
    while (!request.empty()) {
        auto const size = line.write(request);
        if (size <= 0) return unavailable(to, "the line broke");
        request.remove_prefix(static_cast<std::size_t>(size));
    }
    std::string reply;
    std::array<char, 8192> buffer {};
    for (;;) {
        auto const size = line.read(buffer);
        if (size < 0) return unavailable(to, "the line broke, or the answer is too slow");
        if (size == 0) return reply;
        reply.append(buffer.data(), static_cast<std::size_t>(size));
        if (reply.size() > web_reply_bytes_max)
            return Error { Error::Kind::too_large,
                fmt::format("an answer of over {} bytes", web_reply_bytes_max) };
    }
}

Result<Context> make_context(std::string const& authorities)
{
    Context context { SSL_CTX_new(TLS_client_method()) };
    MUST(context && SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION) == 1);
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    auto const read = authorities.empty()
        ? SSL_CTX_set_default_verify_paths(context.get())
        : SSL_CTX_load_verify_locations(context.get(), authorities.c_str(), nullptr);
    ERR_clear_error();
    if (read == 1) return context;
    return Error { Error::Kind::malformed, "the authorities cannot be read", "openid.authorities" };
}

Result<std::string> over_tls(Socket const& socket, WebAddress const& to,
    std::string const& authorities, std::string_view request)
{
    auto const context = TRY(make_context(authorities));
    Stream const stream { SSL_new(context.get()) };
    MUST(stream && SSL_set_fd(stream.get(), socket.number) == 1);
    auto name = to.host; // what SSL_set_tlsext_host_name says, without its cast
    MUST(
        SSL_ctrl(stream.get(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name.data())
        == 1);
    auto* const wanted = SSL_get0_param(stream.get());
    if (X509_VERIFY_PARAM_set1_ip_asc(wanted, to.host.c_str()) != 1)
        MUST(X509_VERIFY_PARAM_set1_host(wanted, to.host.c_str(), to.host.size()) == 1);
    if (SSL_connect(stream.get()) != 1) {
        auto const verdict = SSL_get_verify_result(stream.get());
        ERR_clear_error();
        if (verdict == X509_V_OK) return unavailable(to, "no TLS");
        return Error { Error::Kind::not_authentic,
            fmt::format("{}: {}", to.host, X509_verify_cert_error_string(verdict)) };
    }
    auto reply = exchanged({ socket.number, stream.get() }, to, request);
    ERR_clear_error();
    return reply;
}

/// HTTP/1.0, so that the answer neither comes in chunks nor leaves the connection open.
std::string text_of(WebAddress const& to, std::string const& form)
{
    auto const head = fmt::format(
        "{} HTTP/1.0\r\nHost: {}:{}\r\nAccept: application/json\r\n", to.path, to.host, to.port);
    if (form.empty()) return fmt::format("GET {}\r\n", head);
    return fmt::format("POST {}Content-Type: application/x-www-form-urlencoded\r\n"
                       "Content-Length: {}\r\n\r\n{}",
        head, form.size(), form);
}

std::string lower(std::string_view text)
{
    std::string out { text };
    for (char& c : out)
        if ('A' <= c && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

} // namespace

Result<WebAddress> read_web_address(std::string_view url)
{
    auto const wrong = [&](std::string_view why) {
        return Error { Error::Kind::malformed, fmt::format("'{}' {}", url, why), "url" };
    };
    if (!std::ranges::all_of(url, [](char c) { return c > 0x20 && c < 0x7f; }))
        return wrong("is no visible ASCII");
    WebAddress out;
    out.tls = url.starts_with("https://");
    if (!out.tls && !url.starts_with("http://")) return wrong("is no https:// address");
    auto const rest = url.substr(out.tls ? 8 : 7);
    auto const slash = std::min(rest.find('/'), rest.size());
    out.host = rest.substr(0, slash);
    out.path = slash == rest.size() ? "/" : rest.substr(slash);
    out.port = out.tls ? "443" : "80";
    if (auto const colon = out.host.rfind(':'); colon != out.host.npos) {
        out.port = out.host.substr(colon + 1);
        out.host.erase(colon);
    }
    if (out.host.empty() || out.port.empty() || out.port.size() > 5
        || out.host.find('@') != out.host.npos
        || out.port.find_first_not_of("0123456789") != out.port.npos)
        return wrong("names no host and port");
    if (!out.tls && !is_loopback(out.host)) return wrong("is plain text beyond this machine");
    return out;
}

Result<std::string> read_web_reply(std::string_view reply)
{
    auto const end = reply.find("\r\n\r\n");
    if (!reply.starts_with("HTTP/1.") || end == reply.npos)
        return Error { Error::Kind::malformed, "the answer is not HTTP" };
    auto const head = lower(reply.substr(0, end + 2));
    auto const status = reply.substr(0, reply.find("\r\n"));
    if (status.size() < 12 || status.substr(8, 4) != " 200")
        return Error { Error::Kind::unavailable, fmt::format("the answer is '{}'", status) };
    if (head.find("\r\ncontent-type: application/json") == head.npos
        && head.find("\r\ncontent-type: application/jwk-set+json") == head.npos)
        return Error { Error::Kind::malformed, "the answer is no JSON" };
    if (head.find("\r\ntransfer-encoding:") != head.npos)
        return Error { Error::Kind::malformed, "the answer comes in chunks" };
    return std::string { reply.substr(end + 4) };
}

WebFetch web_fetch(std::string authorities, std::chrono::seconds whole)
{
    return [authorities = std::move(authorities), whole](
               WebRequest const& request) -> Result<std::string> {
        auto const to = TRY(read_web_address(request.url));
        auto const socket = TRY(connect(to, whole));
        auto const text = text_of(to, request.form);
        auto const reply = to.tls ? TRY(over_tls(*socket, to, authorities, text))
                                  : TRY(exchanged({ socket->number, nullptr }, to, text));
        return read_web_reply(reply);
    };
}

} // namespace comity::http
