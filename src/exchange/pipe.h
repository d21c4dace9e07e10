#pragma once

#include "crypto/certificate.h"

#include <chrono>
#include <memory>
#include <optional>

namespace comity::exchange {

/// How to reach one peer, and what it must show.
struct PipeEnd {
    std::string host; ///< IP address or a name that the system resolves.
    std::uint16_t port = 0;
    std::string certificate_pem; ///< Our own first, then those that lead to the authority.
    std::string key_pem;
    std::optional<crypto::Key> key {}; ///< In place of key_pem: also one that is in a token.
    std::string authorities_pem; ///< Who may have signed the peer's certificate.
    /// SHA-256 of the peer's certificate (DER), lower-case hexadecimal: one now, or two while it
    /// changes. It takes the place of checking a name.
    std::vector<std::string> peer_certificates_sha256;
};

struct PipeLimits {
    std::chrono::milliseconds connect { 5'000 }; ///< TCP, to each address of a name.
    std::chrono::milliseconds handshake { 5'000 };
    std::chrono::milliseconds whole { 60'000 }; ///< From the first byte sent to the last received.
    std::size_t reply_bytes_max = std::size_t { 1 } << 20U;
};

/// What a peer said; any status.
struct Reply {
    int status = 0;
    std::string content_type;
    Bytes body;
};

/// Carries bytes to one peer over mTLS 1.3 and brings its answer back. Keeps the connection for the
/// next time. Blocks its caller; one caller at a time.
class Pipe {
public:
    /// Opens nothing yet. Error: malformed for what cannot be read or does not belong together.
    static Result<std::unique_ptr<Pipe>> make(PipeEnd end, PipeLimits limits = {});
    ~Pipe();

    /// POST. A kept connection that the peer had closed meanwhile is replaced once, and only where
    /// no byte of an answer came: the peer may have seen the bytes twice, never half.
    /// Errors: unavailable (nobody there, too slow, broken off); not_authentic (the peer is not who
    /// it must be, or will not have us); too_large (the answer); malformed (no HTTP answer).
    Result<Reply> post(std::string_view path, std::string_view content_type, ByteView body);

    /// GET; errors as for post.
    Result<Reply> get(std::string_view path);

    struct State;
    explicit Pipe(std::unique_ptr<State> state);

private:
    Result<Reply> exchange(std::string_view path, std::string_view content_type, ByteView body);

    std::unique_ptr<State> state_;
};

} // namespace comity::exchange
