#pragma once

#include "exchange/pipe.h"

#include <openssl/ssl.h>

#include <chrono>
#include <span>

/// TLS 1.3 over one TCP connection, with deadlines. Under Pipe; nobody else needs it.
namespace comity::exchange {

using Deadline = std::chrono::steady_clock::time_point;

/// A connected socket, closed with the object.
class Descriptor {
public:
    explicit Descriptor(int number)
        : number_(number)
    {
    }
    Descriptor(Descriptor&& other) noexcept
        : number_(std::exchange(other.number_, -1))
    {
    }
    Descriptor& operator=(Descriptor&& other) noexcept
    {
        std::swap(number_, other.number_);
        return *this;
    }
    ~Descriptor();
    int number() const { return number_; }

private:
    int number_;
};

/// One connection. OpenSSL works on memory; the bytes go through our own sends, which raise no
/// signal when the other side is gone.
class TlsStream {
public:
    /// Takes the handshake to its end.
    static Result<std::unique_ptr<TlsStream>> start(
        SSL_CTX* context, Descriptor socket, Deadline deadline);

    Result<void> write(ByteView bytes, Deadline deadline);
    /// At least one byte, or 0 where the peer ended the stream in the TLS way.
    /// Error: unavailable where the stream was cut or the deadline passed; not_authentic where the
    /// peer refused us.
    Result<std::size_t> read(std::span<std::uint8_t> into, Deadline deadline);
    /// SHA-256 of the peer's certificate, lower-case hexadecimal.
    std::string peer_certificate_sha256() const;

    struct Free {
        void operator()(SSL* ssl) const { SSL_free(ssl); }
    };
    TlsStream(std::unique_ptr<SSL, Free> ssl, Descriptor socket)
        : ssl_(std::move(ssl))
        , socket_(std::move(socket))
    {
    }

private:
    template <class Step> Result<int> drive(Step const& step, Deadline deadline);
    Result<void> flush(Deadline deadline);
    Result<void> receive(Deadline deadline);

    std::unique_ptr<SSL, Free> ssl_;
    Descriptor socket_;
};

/// Our certificate, key and the authorities that we believe.
class TlsClient {
public:
    static Result<TlsClient> make(PipeEnd const& end);
    Result<std::unique_ptr<TlsStream>> connect(PipeEnd const& end, PipeLimits const& limits) const;

private:
    struct Free {
        void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    };
    explicit TlsClient(SSL_CTX* context)
        : context_(context)
    {
    }
    std::unique_ptr<SSL_CTX, Free> context_;
};

} // namespace comity::exchange
