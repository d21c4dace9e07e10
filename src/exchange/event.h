#pragma once

#include "message/receipt.h"

#include <functional>

/// What happens to messages, told to whoever keeps a log or figures. Never what they say.
namespace comity::exchange {

/// When receipts were asked for and when they came.
struct Trip {
    Instant asked_at;
    Instant answered_at;
};

enum class Happened : std::uint8_t {
    numbered, ///< One of ours is signed, registered and under way.
    taken, ///< A peer's is stored with its receipt.
    refused, ///< A peer's was not taken; it may come again.
    receipted, ///< The peer's receipt for one of ours holds and is stored.
};
BOOST_DESCRIBE_ENUM(Happened, numbered, taken, refused, receipted)

struct Event {
    Happened what;
    std::string peer;
    std::string message; ///< Id; empty for what could not be read.
    std::uint64_t seq = 0;
    std::string type {};
    std::optional<message::ReceiptKind> receipt {}; ///< Taken and receipted.
    std::optional<Error> error {}; ///< Refused.
    /// Receipted: from its number to its receipt.
    std::chrono::microseconds lasted {};
    /// Receipted over a line: the peer's clock less ours, true to half of the trip.
    std::optional<std::chrono::microseconds> clock_difference {};
};

/// Called behind the commit, on the thread that made it.
using Observer = std::function<void(Event const&)>;

} // namespace comity::exchange
