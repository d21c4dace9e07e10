#pragma once

#include "base/instant.h"
#include "base/json.h"

#include <functional>
#include <mutex>
#include <variant>

/// What a node tells those who keep it running: lines of JSON and figures. Never personal data:
/// numbers, ids and words of the program, and of an error only its kind and the place it names.
namespace comity::observe {

enum class Level : std::uint8_t { debug, info, warning, error };
BOOST_DESCRIBE_ENUM(Level, debug, info, warning, error)

/// What a line may name. A new name is a decision about what leaves the node: it stands here.
enum class Key : std::uint8_t {
    peer, ///< A State's code.
    message, ///< Id of a message.
    number, ///< Of a message on its pair.
    type, ///< Of a message.
    kind, ///< Of an error or a receipt.
    field, ///< The place that an error names.
    place, ///< A route of this program, never a path as it was sent.
    status, ///< Of an HTTP answer.
    milliseconds,
    count,
    bytes,
    reason, ///< A sentence of this program or of the system about a connection or a disk.
};
BOOST_DESCRIBE_ENUM(Key, peer, message, number, type, kind, field, place, status, milliseconds,
    count, bytes, reason)

struct Value {
    Key key;
    std::variant<std::int64_t, double, std::string> value;
};

/// The 32 digits by which all nodes follow one message (W3C Trace Context, trace-id): the message's
/// own id without its dashes, so that it needs no place in any format. Empty for what is no id.
std::string trace_of(std::string_view message_id);
/// The header `traceparent` of version 00 for a span of that trace.
std::string traceparent(std::string_view trace, std::uint64_t span);
/// The trace-id of a header `traceparent`; empty for one of another form.
std::string_view trace_in(std::string_view header);

/// Writes {"at", "level", "event", "trace"?, ...}, one line each. Threads may share one.
class Log {
public:
    using Write = std::function<void(std::string const& line)>;
    static constexpr std::size_t text_bytes_max = 500; ///< Of a value; the rest is cut off.

    Log(Clock clock, Write write, Level least = Level::info);

    void say(Level level, std::string_view event, std::string_view trace,
        std::vector<Value> const& values = {}) const;
    /// An error as far as it may be told: kind and field. Its sentence may quote what somebody
    /// sent.
    void failed(std::string_view event, std::string_view trace, Error const& error,
        std::vector<Value> values = {}) const;

private:
    Clock clock_;
    Write write_;
    Level least_;
    mutable std::mutex mutex_;
};

} // namespace comity::observe
