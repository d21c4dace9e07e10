#include "http/wire.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>
#include <openssl/x509.h>
#include <sys/stat.h>

#include <algorithm>

namespace comity::http {
namespace {

namespace asio = boost::asio;
using Code = boost::system::error_code;
using Via = Peer::Via;

constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

class PlainWire final : public Wire {
public:
    explicit PlainWire(Socket socket)
        : socket_(std::move(socket))
    {
    }
    Socket& socket() override { return socket_; }
    asio::awaitable<bool> handshake() override { co_return true; }
    asio::awaitable<std::size_t> read(asio::mutable_buffer into) override
    {
        auto const [code, size] = co_await socket_.async_read_some(into, as_result);
        co_return code ? 0 : size;
    }
    asio::awaitable<bool> write(asio::const_buffer from) override
    {
        auto const [code, size] = co_await asio::async_write(socket_, from, as_result);
        co_return !code;
    }
    asio::awaitable<void> say_end() override { co_return; }

private:
    Socket socket_;
};

class TlsWire final : public Wire {
public:
    TlsWire(Socket socket, asio::ssl::context& context)
        : stream_(std::move(socket), context)
    {
    }
    Socket& socket() override { return stream_.next_layer(); }
    asio::awaitable<bool> handshake() override
    {
        auto const [code]
            = co_await stream_.async_handshake(asio::ssl::stream_base::server, as_result);
        co_return !code;
    }
    asio::awaitable<std::size_t> read(asio::mutable_buffer into) override
    {
        auto const [code, size] = co_await stream_.async_read_some(into, as_result);
        co_return code ? 0 : size;
    }
    asio::awaitable<bool> write(asio::const_buffer from) override
    {
        auto const [code, size] = co_await asio::async_write(stream_, from, as_result);
        co_return !code;
    }
    asio::awaitable<void> say_end() override
    {
        static_cast<void>(co_await stream_.async_shutdown(as_result));
    }
    Bytes certificate() override
    {
        auto* const shown = SSL_get0_peer_certificate(stream_.native_handle());
        Bytes der(shown ? static_cast<std::size_t>(std::max(0, i2d_X509(shown, nullptr))) : 0);
        auto* out = der.data();
        if (!der.empty()) i2d_X509(shown, &out);
        return der;
    }

private:
    asio::ssl::stream<Socket> stream_;
};

Error unreadable(char const* what, Code code)
{
    return { Error::Kind::malformed, fmt::format("{}: {}", what, code.message()), "identity" };
}

Result<void> ask_for_client(asio::ssl::context& context, Listener const& listener)
{
    Code code;
    context.add_certificate_authority(asio::buffer(listener.client_authorities_pem), code);
    if (code) return unreadable("the clients' authorities cannot be read", code);
    // A desk asks, and takes who shows none too; between nodes there is nobody without.
    auto const needed = listener.via == Peer::Via::mutual_tls
        ? asio::ssl::verify_fail_if_no_peer_cert
        : asio::ssl::verify_none;
    context.set_verify_mode(asio::ssl::verify_peer | needed, code);
    return {};
}

Error cannot_listen(Listener const& listener, Code code)
{
    auto const where = listener.via == Via::unix_socket
        ? listener.socket.string()
        : fmt::format("{} port {}", listener.address, listener.port);
    bool const busy = code == asio::error::address_in_use;
    return { busy ? Error::Kind::conflict : Error::Kind::unavailable,
        busy ? fmt::format("{} is in use by another program", where)
             : fmt::format("cannot listen on {}: {}", where, code.message()),
        "listen" };
}

/// A socket that a stopped process left behind is in nobody's use: connecting to it fails.
Result<void> remove_stale(asio::io_context& io, Listener const& listener)
{
    std::error_code ignored;
    if (!std::filesystem::is_socket(listener.socket, ignored)) return {};
    asio::local::stream_protocol::socket probe { io };
    Code code;
    probe.connect(asio::local::stream_protocol::endpoint { listener.socket.string() }, code);
    if (!code) return cannot_listen(listener, asio::error::address_in_use);
    std::filesystem::remove(listener.socket, ignored);
    return {};
}

} // namespace

std::unique_ptr<Wire> make_wire(Socket socket, asio::ssl::context* tls)
{
    if (tls) return std::make_unique<TlsWire>(std::move(socket), *tls);
    return std::make_unique<PlainWire>(std::move(socket));
}

Result<std::unique_ptr<asio::ssl::context>> make_tls(Listener const& listener)
{
    auto context = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
    auto* const native = context->native_handle();
    MUST(SSL_CTX_set_min_proto_version(native, TLS1_3_VERSION) == 1);
    // Connections stay open, so nothing is resumed and no ticket key needs keeping.
    MUST(SSL_CTX_set_num_tickets(native, 0) == 1);
    Code code;
    context->use_certificate_chain(asio::buffer(listener.identity.certificate_pem), code);
    if (code) return unreadable("the certificate cannot be read", code);
    if (auto const& key = listener.identity.key) {
        if (SSL_CTX_use_PrivateKey(native, key->handle()) != 1)
            code = asio::error::invalid_argument;
    } else {
        context->use_private_key(
            asio::buffer(listener.identity.key_pem), asio::ssl::context::pem, code);
    }
    if (code) return unreadable("the key cannot be read or is not the certificate's", code);
    if (listener.via == Peer::Via::mutual_tls || !listener.client_authorities_pem.empty())
        TRY(ask_for_client(*context, listener));
    return context;
}

Result<std::shared_ptr<asio::ip::tcp::acceptor>> bind_tcp(
    asio::io_context& io, Listener const& listener)
{
    Code code;
    auto const address = asio::ip::make_address(listener.address, code);
    if (code)
        return Error { Error::Kind::malformed,
            fmt::format("'{}' is no IP address", listener.address), "listen" };
    if (listener.via == Via::plain && !address.is_loopback() && !listener.plain_beyond_loopback)
        return Error { Error::Kind::malformed,
            fmt::format("plain text on {}, which is not a loopback address", listener.address),
            "listen" };
    asio::ip::tcp::endpoint const endpoint { address, listener.port };
    auto acceptor = std::make_shared<asio::ip::tcp::acceptor>(io);
    acceptor->open(endpoint.protocol(), code);
    if (!code) acceptor->set_option(asio::socket_base::reuse_address { true }, code);
    if (!code) acceptor->bind(endpoint, code);
    if (!code) acceptor->listen(asio::socket_base::max_listen_connections, code);
    if (code) return cannot_listen(listener, code);
    return acceptor;
}

Result<std::shared_ptr<asio::local::stream_protocol::acceptor>> bind_unix(
    asio::io_context& io, Listener const& listener)
{
    auto const path = listener.socket.string();
    if (path.empty() || path.size() >= sizeof(sockaddr_un::sun_path))
        return Error { Error::Kind::malformed,
            fmt::format("a socket's path has 1 to {} bytes", sizeof(sockaddr_un::sun_path) - 1),
            "listen" };
    TRY(remove_stale(io, listener));
    auto acceptor = std::make_shared<asio::local::stream_protocol::acceptor>(io);
    Code code;
    acceptor->open(asio::local::stream_protocol {}, code);
    // Before it is bound, so that nobody else can connect in between.
    if (!code) MUST(::fchmod(acceptor->native_handle(), S_IRUSR | S_IWUSR) == 0);
    if (!code) acceptor->bind(asio::local::stream_protocol::endpoint { path }, code);
    if (!code) acceptor->listen(asio::socket_base::max_listen_connections, code);
    if (code) return cannot_listen(listener, code);
    return acceptor;
}

} // namespace comity::http
