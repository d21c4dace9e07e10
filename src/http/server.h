#pragma once

#include "crypto/certificate.h"
#include "http/events.h"
#include "http/message.h"

#include <chrono>
#include <filesystem>
#include <functional>

namespace comity::http {

/// Answers one request. Runs on a pool of threads and may block.
using Handler = std::function<Response(Request)>;

constexpr std::size_t desk_body_bytes_max = std::size_t { 1 } << 20U;
constexpr std::size_t peer_body_bytes_max = std::size_t { 64 } << 20U;

/// Who we are in TLS.
struct TlsIdentity {
    std::string certificate_pem; ///< Our own first, then those that lead to the authority.
    std::string key_pem;
    std::optional<crypto::Key> key {}; ///< In place of key_pem: also one that is in a token.
};

/// One place where requests come in.
struct Listener {
    Peer::Via via = Peer::Via::plain;
    std::string address = "127.0.0.1"; ///< IP address; not for unix_socket.
    std::uint16_t port = 0; ///< 0: one that is free; Server::port tells which.
    std::filesystem::path socket {}; ///< unix_socket: its path; made with mode 0600.
    TlsIdentity identity {}; ///< tls, mutual_tls: both TLS 1.3 and nothing older.
    std::string client_authorities_pem {}; ///< mutual_tls: who may have signed the client's.
    /// Plain text belongs on the loopback address; elsewhere only when somebody says so.
    bool plain_beyond_loopback = false;
    std::size_t body_bytes_max = desk_body_bytes_max;
    std::size_t connections_max = 512;
    Handler handler;
};

/// How long things may take. A client that is slower is answered 408 where it can be, and closed.
struct Deadlines {
    std::chrono::milliseconds header { 10'000 }; ///< TLS handshake, and again: a whole header.
    std::chrono::milliseconds body { 60'000 };
    std::chrono::milliseconds idle { 75'000 }; ///< Between two requests.
    std::chrono::milliseconds write { 60'000 }; ///< A response, or one batch of events.
    std::chrono::milliseconds heartbeat { 15'000 }; ///< A comment on a quiet event stream.
    /// An event stream ends then; the browser comes back and its session is looked at again.
    std::chrono::milliseconds stream { 300'000 };
    std::chrono::milliseconds drain { 10'000 }; ///< What is under way at stop may still end.
};

/// HTTP/1.1 on any number of listeners: one thread for the sockets, a pool for the handlers.
/// Strict: what two readers could read in two ways (two lengths, a length and chunks, folded header
/// lines, a second Host) is refused with 400, and a body without a length with 411. Limits are
/// answered with JSON errors and 4xx.
class Server {
public:
    /// Errors: conflict naming address and port that is in use; malformed for a certificate, key or
    /// address that cannot be read; unavailable.
    static Result<std::unique_ptr<Server>> start(
        std::vector<Listener> listeners, Deadlines deadlines = {}, std::size_t handler_threads = 8);
    /// Stops.
    ~Server();

    /// Who we are and whom we believe on a listener of kind tls or mutual_tls, for connections that
    /// come from now on. Error: malformed; then nothing changes.
    Result<void> renew(
        std::size_t listener, TlsIdentity identity, std::string client_authorities_pem);

    /// The port that a listener is bound to, by its place in the list; 0 for a Unix socket.
    std::uint16_t port(std::size_t listener) const;
    /// Takes no more, ends event streams and idle connections, lets requests under way end (for
    /// Deadlines::drain at most), then closes all. Once; later calls do nothing.
    void stop();

    struct State;
    explicit Server(std::unique_ptr<State> state);

private:
    std::unique_ptr<State> state_;
};

} // namespace comity::http
