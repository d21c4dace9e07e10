#pragma once

#include "http/message.h"

#include <memory>

namespace comity::http {

constexpr std::size_t header_bytes_max = std::size_t { 16 } << 10U;
constexpr std::size_t header_fields_max = 100;

/// Reads one request from bytes as they come (RFC 9112). Strict: what two readers could read in two
/// ways is refused.
class RequestReader {
public:
    enum class Progress : std::uint8_t {
        needs_more, ///< Call again with what was not used and what came after it.
        header_read, ///< Said once, where a body follows: call again.
        whole,
        refused, ///< `refusal` says why; the connection has no more use.
    };
    struct Step {
        Progress progress;
        std::size_t used = 0; ///< Bytes of the input that are done with.
        std::optional<Response> refusal {};
    };

    explicit RequestReader(std::size_t body_bytes_max);
    ~RequestReader();
    RequestReader(RequestReader const&) = delete;
    RequestReader& operator=(RequestReader const&) = delete;

    Step read(std::string_view input);
    /// From header_read on: the client waits for "100 Continue" before it sends the body.
    bool expects_continue() const;
    /// From header_read on: the client may send another request on this connection.
    bool keep_alive() const;
    /// The whole request; once.
    Request take(Peer const& peer);

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// The other way: status line and header of an answer, to the empty line.
std::string head_of(Response const& response, bool keep_alive);

} // namespace comity::http
