#pragma once

#include "exchange/exchange.h"

#include <map>
#include <stop_token>

/// The thin part of the exchange that waits, tries and tries again.
namespace comity::exchange {

/// Brings an envelope to a State and its receipt back.
using Carry = std::function<Result<Bytes>(Envelope const&)>;
/// Asks a State's node for the newest signed head of its register.
using AskHead = std::function<Result<std::string>()>;

/// The line to one State.
struct Line {
    Carry carry;
    AskHead ask_head;
};

/// A quiet line is tried that often: whether anybody is there, and what its register's head is, so
/// that every State witnesses the others even on days without a message.
constexpr std::chrono::seconds quiet_max { 30 };

/// How long to wait after a failure: doubling from first to longest, a quarter more or less by
/// chance, so that many nodes do not all knock at once when a peer comes back.
struct Patience {
    std::chrono::milliseconds first { 250 };
    std::chrono::milliseconds longest { 60'000 };

    std::chrono::milliseconds after(unsigned failures, Random const& random) const;
};

/// What is known of the way to a State.
struct PeerStatus {
    bool reachable = false; ///< The last attempt reached it.
    std::optional<Instant> last_contact_at;
    std::string last_error;
};

/// One thread for each State, one message under way on each: the order of a pair is kept by never
/// sending the next before the last is receipted.
class Courier {
public:
    /// Told, on the way's own thread, when a State becomes reachable or stops to be.
    using StatusNotice = std::function<void(std::string const& state, PeerStatus const&)>;

    /// Starts at once with whatever waited.
    Courier(Exchange& exchange, std::map<std::string, Line> lines, Clock clock, Random random,
        StatusNotice changed, Patience patience = {});
    ~Courier();

    /// Something waits for that State.
    void wake(std::string const& state);
    PeerStatus status(std::string const& state) const;
    void stop();

    struct Way;

private:
    void run(Way& way, std::stop_token const& stop);
    Result<bool> carry_one(Way& way);
    Result<bool> look_at(Way& way);
    void note(Way& way, Result<bool> const& done);
    void rest(Way& way, std::stop_token const& stop, unsigned failures);

    Exchange& exchange_;
    Clock clock_;
    Random random_;
    Patience patience_;
    StatusNotice changed_;
    std::map<std::string, std::unique_ptr<Way>> ways_;
};

} // namespace comity::exchange
