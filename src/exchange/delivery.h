#pragma once

#include "base/instant.h"
#include "base/result.h"

#include <cstdint>
#include <optional>

/// What is done next for the messages to one State, as a pure state machine: it is told what
/// happened and says what to do. It reads no clock, no disk and no network, so the courier's
/// threads and the simulator drive the very same code.
namespace comity::exchange {

/// How long to wait after a failure: doubling from first to longest, a quarter more or less by
/// chance, so that many nodes do not all knock at once when a peer comes back.
struct Patience {
    std::chrono::milliseconds first { 250 };
    std::chrono::milliseconds longest { 60'000 };

    /// `chance`: any number; the same one gives the same wait.
    std::chrono::microseconds after(unsigned failures, std::uint16_t chance) const;
};

/// A quiet line is tried that often: whether anybody is there, and what its register's head is, so
/// that every State witnesses the others even on days without a message.
constexpr std::chrono::seconds quiet_max { 30 };
/// Messages that get their numbers together and travel together, by count and by the bytes that
/// they take on the way. A more urgent one that comes later waits for these, where the way is quick
/// for as many that are on it, and for no others. One message goes whatever its size.
constexpr std::size_t batch_messages_max = 64;
constexpr std::size_t batch_bytes_max = std::size_t { 16 } << 20U;

/// There and back: a way that takes no longer is quick.
constexpr std::chrono::milliseconds quick_trip_max { 250 };

/// What there is to do for a State.
struct Load {
    std::uint64_t first_under_way = 0; ///< The oldest number without a receipt; 0: none.
    std::uint64_t last_numbered = 0; ///< The newest number given; 0: none.
    bool waiting = false; ///< Something waits for a number.
    bool receipts = false; ///< A later receipt waits to be handed over.
};

class Delivery {
public:
    enum class Act : std::uint8_t {
        rest, ///< Nothing until `until`, or until something new waits.
        look, ///< Ask for the head of its register: is anybody there?
        number, ///< Give numbers to the most urgent of what waits.
        carry, ///< Bring messages `seq` to `last`, or the first of them, and their receipts back.
        keep, ///< Until the receipts that are here are kept, there is nothing else to do.
        hand_receipts, ///< Hand over the later receipts.
    };
    struct Step {
        Act act;
        std::uint64_t seq = 0;
        std::uint64_t last = 0;
        Instant until {};
    };

    explicit Delivery(Patience patience = {})
        : patience_(patience)
    {
    }

    Step next(Instant now, Load const& load) const;

    /// Whether what waits gets its numbers while others are on their way, so that it can leave as
    /// soon as these are answered. `answered`: the last of those whose receipts are here, and
    /// `trip` what they took.
    static bool numbers_ahead(
        Load const& load, std::uint64_t answered, std::chrono::microseconds trip);

    /// The receipts of the messages up to `last` are here and are being kept, which takes its time:
    /// what comes after these may leave meanwhile.
    void answered(std::uint64_t last) { answered_ = last; }
    /// The messages up to `last` were receipted, the receipts were taken, or the head was seen.
    void succeeded(Instant now, Step const& step);
    /// Nobody there, a refusal, a receipt that proves nothing.
    void failed(Instant now, std::uint16_t chance);
    /// The State lacks a message before step.seq, which was brought: it waits for `expected`.
    /// Error: conflict when that makes no sense; it counts as a failure.
    Result<void> asked_again(
        Instant now, std::uint64_t expected, Step const& step, std::uint16_t chance);

    bool reached() const { return reached_; }
    std::optional<Instant> last_contact() const { return last_contact_; }

private:
    static Step carry_from(std::uint64_t seq, Load const& load);

    Patience patience_;
    unsigned failures_ = 0;
    bool reached_ = false; ///< The last attempt reached it.
    Instant rest_until_ {};
    Instant look_at_ {}; ///< When a quiet line is tried again.
    std::optional<Instant> last_contact_;
    std::uint64_t answered_ = 0; ///< See answered(); 0: nothing is being kept.
    std::uint64_t again_from_ = 0; ///< An older message that the State has lost; 0: none.
};

} // namespace comity::exchange
