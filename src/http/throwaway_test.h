#pragma once

#include "http/server.h"

#include <openssl/ssl.h>

#include <chrono>
#include <memory>
#include <string>

/// What tests of the network need: certificates that live for one test, and clients and servers
/// that misbehave on purpose.
namespace comity::http::test {

using namespace std::chrono_literals;

struct Identity {
    std::string certificate_pem, key_pem;
    std::string sha256; ///< Of the certificate, lower-case hexadecimal.

    TlsIdentity tls() const { return { certificate_pem, key_pem }; }
};

/// An authority of its own, with P-256 keys.
class Authority {
public:
    explicit Authority(std::string name = "TEST authority");
    ~Authority();
    Authority(Authority const&) = delete;
    Authority& operator=(Authority const&) = delete;

    /// Valid from `from` to `until`, counted from now.
    Identity issue(std::string const& name, std::chrono::seconds from = -1h,
        std::chrono::seconds until = 1h) const;
    std::string const& pem() const { return pem_; }

private:
    struct Keys;
    std::unique_ptr<Keys> keys_;
    std::string pem_;
};

/// A plain TCP client of the loopback address that says exactly what it is told to. Reading gives
/// up after 20 seconds, which no passing test waits for.
class RawClient {
public:
    explicit RawClient(std::uint16_t port);
    ~RawClient();
    RawClient(RawClient const&) = delete;
    RawClient& operator=(RawClient const&) = delete;

    int socket() const { return socket_; }
    void send(std::string_view text) const;
    /// All until the server closes.
    std::string read_all();
    /// Until `end` has been read; what came with and before it.
    std::string read_until(std::string_view end);
    /// One response with its Content-Length.
    std::string read_response();

private:
    int socket_;
    std::string rest_;
};

/// A TLS client as OpenSSL makes it, for what Pipe would never do.
class TlsClient {
public:
    struct How {
        Identity const* identity = nullptr;
        int version_max = TLS1_3_VERSION;
    };
    TlsClient(std::uint16_t port, How how);
    ~TlsClient();
    TlsClient(TlsClient const&) = delete;
    TlsClient& operator=(TlsClient const&) = delete;

    bool greeted() const { return greeted_; }
    /// What the server answers to one request; empty where it ends the connection instead.
    std::string ask(std::string_view request);

private:
    RawClient tcp_;
    SSL_CTX* context_;
    SSL* ssl_;
    bool greeted_;
};

/// A socket that listens on a free port of the loopback address.
class RawListener {
public:
    RawListener();
    ~RawListener();
    RawListener(RawListener const&) = delete;
    RawListener& operator=(RawListener const&) = delete;

    std::uint16_t port() const { return port_; }
    int accept() const;

private:
    int socket_;
    std::uint16_t port_ = 0;
};

} // namespace comity::http::test
