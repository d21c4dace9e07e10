#include "exchange/tls_stream.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/sha.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace comity::exchange {
namespace {

using Steady = std::chrono::steady_clock;

Error unavailable(std::string what)
{
    return { Error::Kind::unavailable, std::move(what) };
}

/// Waits until the socket is ready for `events`; the deadline is an error.
Result<void> wait_for(int socket, short events, Deadline deadline)
{
    pollfd waited { socket, events, 0 };
    for (;;) {
        auto const left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Steady::now());
        if (left.count() <= 0) return unavailable("the peer did not keep up; the deadline passed");
        auto const ready = ::poll(&waited, 1, static_cast<int>(left.count()));
        if (ready > 0) return {};
        if (ready < 0 && errno != EINTR) return unavailable(std::strerror(errno));
    }
}

Result<Descriptor> connect_to(addrinfo const& address, Deadline deadline)
{
    Descriptor socket { ::socket(
        address.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP) };
    if (socket.number() < 0) return unavailable(std::strerror(errno));
    int const on = 1;
    static_cast<void>(::setsockopt(socket.number(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on));
    if (::connect(socket.number(), address.ai_addr, address.ai_addrlen) == 0) return socket;
    if (errno != EINPROGRESS) return unavailable(std::strerror(errno));
    TRY(wait_for(socket.number(), POLLOUT, deadline));
    int failure = 0;
    socklen_t size = sizeof failure;
    MUST(::getsockopt(socket.number(), SOL_SOCKET, SO_ERROR, &failure, &size) == 0);
    if (failure != 0) return unavailable(std::strerror(failure));
    return socket;
}

Result<Descriptor> connect_to(PipeEnd const& end, std::chrono::milliseconds limit)
{
    addrinfo wanted {};
    wanted.ai_socktype = SOCK_STREAM;
    wanted.ai_flags = AI_NUMERICSERV;
    addrinfo* found = nullptr;
    auto const failed
        = ::getaddrinfo(end.host.c_str(), std::to_string(end.port).c_str(), &wanted, &found);
    if (failed != 0)
        return unavailable(fmt::format("{} has no address: {}", end.host, ::gai_strerror(failed)));
    std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> const addresses { found, ::freeaddrinfo };
    std::string why;
    for (auto const* address = found; address; address = address->ai_next) {
        auto socket = connect_to(*address, Steady::now() + limit);
        if (socket.ok()) return socket;
        why = socket.error().what;
    }
    return unavailable(fmt::format("cannot reach {} port {}: {}", end.host, end.port, why));
}

/// What OpenSSL says last, in its words; its queue is empty afterwards.
std::string last_words()
{
    auto const code = ERR_peek_last_error();
    auto const* reason = ERR_reason_error_string(code);
    ERR_clear_error();
    return reason ? reason : "unknown";
}

/// The other side, or our own check of it, says that somebody is not who he must be.
Error refused(SSL* ssl)
{
    auto const verdict = SSL_get_verify_result(ssl);
    if (verdict != X509_V_OK) {
        ERR_clear_error();
        return { Error::Kind::not_authentic,
            fmt::format("the peer's certificate does not hold: {}",
                X509_verify_cert_error_string(verdict)) };
    }
    return { Error::Kind::not_authentic, fmt::format("TLS refused: {}", last_words()) };
}

using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

Error unreadable(char const* what, char const* field)
{
    return { Error::Kind::malformed, fmt::format("{}: {}", what, last_words()), field };
}

std::vector<Certificate> read_certificates(std::string const& pem)
{
    std::vector<Certificate> out;
    std::unique_ptr<BIO, decltype(&BIO_free)> const bio {
        BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free
    };
    while (auto* certificate = PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr))
        out.emplace_back(certificate, X509_free);
    ERR_clear_error(); // The end of the text is an error to OpenSSL.
    return out;
}

Result<void> use_identity(SSL_CTX* context, PipeEnd const& end)
{
    auto const chain = read_certificates(end.certificate_pem);
    if (chain.empty() || SSL_CTX_use_certificate(context, chain.front().get()) != 1)
        return unreadable("our certificate cannot be read", "certificate_pem");
    for (std::size_t i = 1; i < chain.size(); ++i)
        MUST(SSL_CTX_add1_chain_cert(context, chain[i].get()) == 1);
    auto const key
        = end.key ? Result<crypto::Key> { *end.key } : crypto::Key::read_pem(end.key_pem);
    if (!key.ok() || SSL_CTX_use_PrivateKey(context, key.value().handle()) != 1)
        return unreadable("our key cannot be read or is not the certificate's", "key_pem");
    return {};
}

Result<void> believe(SSL_CTX* context, PipeEnd const& end)
{
    auto const authorities = read_certificates(end.authorities_pem);
    if (authorities.empty())
        return unreadable("the peer's authorities cannot be read", "authorities_pem");
    for (auto const& authority : authorities)
        MUST(X509_STORE_add_cert(SSL_CTX_get_cert_store(context), authority.get()) == 1);
    return {};
}

} // namespace

Descriptor::~Descriptor()
{
    if (number_ >= 0) ::close(number_);
}

Result<std::unique_ptr<TlsStream>> TlsStream::start(
    SSL_CTX* context, Descriptor socket, Deadline deadline)
{
    std::unique_ptr<SSL, Free> ssl { SSL_new(context) };
    MUST(ssl != nullptr);
    SSL_set_bio(ssl.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
    SSL_set_connect_state(ssl.get());
    auto stream = std::make_unique<TlsStream>(std::move(ssl), std::move(socket));
    TRY(stream->drive([&] { return SSL_do_handshake(stream->ssl_.get()); }, deadline));
    TRY(stream->flush(deadline));
    return stream;
}

/// Repeats one call of OpenSSL until it is done, moving bytes in between. The value is what the
/// call returned, 0 where the peer ended the stream.
template <class Step> Result<int> TlsStream::drive(Step const& step, Deadline deadline)
{
    for (;;) {
        ERR_clear_error();
        auto const done = step();
        if (done > 0) return done;
        auto const why = SSL_get_error(ssl_.get(), done);
        auto const flushed = flush(deadline); // Also an alert that says why we refuse.
        if (why == SSL_ERROR_ZERO_RETURN) return 0;
        if (why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE) return refused(ssl_.get());
        if (!flushed.ok()) return flushed.error();
        if (why == SSL_ERROR_WANT_READ) TRY(receive(deadline));
    }
}

Result<void> TlsStream::flush(Deadline deadline)
{
    auto* const out = SSL_get_wbio(ssl_.get());
    for (;;) {
        char* data = nullptr;
        auto const size = BIO_get_mem_data(out, &data);
        if (size <= 0) return {};
        auto const sent
            = ::send(socket_.number(), data, static_cast<std::size_t>(size), MSG_NOSIGNAL);
        if (sent < 0 && errno == EAGAIN) {
            TRY(wait_for(socket_.number(), POLLOUT, deadline));
        } else if (sent < 0) {
            return unavailable(fmt::format("sending to the peer failed: {}", std::strerror(errno)));
        } else {
            std::array<char, 4096> gone {};
            for (auto left = sent; left > 0;)
                left -= BIO_read(out, gone.data(),
                    static_cast<int>(std::min<std::ptrdiff_t>(left, gone.size())));
        }
    }
}

Result<void> TlsStream::receive(Deadline deadline)
{
    TRY(wait_for(socket_.number(), POLLIN, deadline));
    std::array<char, 16384> bytes; // NOLINT(cppcoreguidelines-pro-type-member-init): filled next.
    auto const size = ::recv(socket_.number(), bytes.data(), bytes.size(), 0);
    if (size < 0 && errno == EAGAIN) return {};
    if (size < 0) return unavailable(fmt::format("the peer broke off: {}", std::strerror(errno)));
    if (size == 0) return unavailable("the peer broke off: the stream ends without TLS saying so");
    MUST(BIO_write(SSL_get_rbio(ssl_.get()), bytes.data(), static_cast<int>(size)) == size);
    return {};
}

Result<void> TlsStream::write(ByteView bytes, Deadline deadline)
{
    constexpr std::size_t record_bytes_max = 16384;
    while (!bytes.empty()) {
        auto const size = std::min(bytes.size(), record_bytes_max);
        TRY(drive(
            [&] { return SSL_write(ssl_.get(), bytes.data(), static_cast<int>(size)); }, deadline));
        TRY(flush(deadline));
        bytes = bytes.subspan(size);
    }
    return {};
}

Result<std::size_t> TlsStream::read(std::span<std::uint8_t> into, Deadline deadline)
{
    auto const read = TRY(
        drive([&] { return SSL_read(ssl_.get(), into.data(), static_cast<int>(into.size())); },
            deadline));
    return static_cast<std::size_t>(read);
}

std::string TlsStream::peer_certificate_sha256() const
{
    auto* const shown = SSL_get0_peer_certificate(ssl_.get());
    MUST(shown != nullptr);
    std::array<std::uint8_t, SHA256_DIGEST_LENGTH> digest {};
    MUST(X509_digest(shown, EVP_sha256(), digest.data(), nullptr) == 1);
    return to_hex(digest);
}

Result<TlsClient> TlsClient::make(PipeEnd const& end)
{
    TlsClient client { SSL_CTX_new(TLS_client_method()) };
    auto* const context = client.context_.get();
    MUST(context != nullptr && SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION) == 1);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    TRY(use_identity(context, end));
    TRY(believe(context, end));
    return client;
}

Result<std::unique_ptr<TlsStream>> TlsClient::connect(
    PipeEnd const& end, PipeLimits const& limits) const
{
    auto socket = TRY(connect_to(end, limits.connect));
    auto stream = TRY(
        TlsStream::start(context_.get(), std::move(socket), Steady::now() + limits.handshake));
    auto const shown = stream->peer_certificate_sha256();
    if (std::ranges::find(end.peer_certificates_sha256, shown)
        != end.peer_certificates_sha256.end())
        return stream;
    return Error { Error::Kind::not_authentic,
        fmt::format("the peer shows certificate {}, which is not the one agreed", shown) };
}

} // namespace comity::exchange
