#pragma once

#include "http/server.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/ssl/context.hpp>

/// The streams of bytes under the server. Only wire.cpp and server.cpp include this.
namespace comity::http {

using Socket = boost::asio::generic::stream_protocol::socket;

/// What a connection reads from and writes to, with TLS or without.
class Wire {
public:
    Wire() = default;
    Wire(Wire const&) = delete;
    Wire& operator=(Wire const&) = delete;
    virtual ~Wire() = default;
    virtual Socket& socket() = 0;
    virtual boost::asio::awaitable<bool> handshake() = 0;
    /// 0 at the end of the stream and after any error.
    virtual boost::asio::awaitable<std::size_t> read(boost::asio::mutable_buffer into) = 0;
    virtual boost::asio::awaitable<bool> write(boost::asio::const_buffer from) = 0;
    virtual boost::asio::awaitable<void> say_end() = 0;
    virtual Bytes certificate() { return {}; }
};

/// With TLS where a context is given.
std::unique_ptr<Wire> make_wire(Socket socket, boost::asio::ssl::context* tls);

/// TLS 1.3 for a listener of kind tls or mutual_tls.
/// Error: malformed for a certificate or key that cannot be read or that do not belong together.
Result<std::unique_ptr<boost::asio::ssl::context>> make_tls(Listener const& listener);

/// Bound and listening. Errors: conflict naming what is in use; malformed; unavailable.
Result<std::shared_ptr<boost::asio::ip::tcp::acceptor>> bind_tcp(
    boost::asio::io_context& io, Listener const& listener);
Result<std::shared_ptr<boost::asio::local::stream_protocol::acceptor>> bind_unix(
    boost::asio::io_context& io, Listener const& listener);

} // namespace comity::http
