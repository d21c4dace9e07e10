#pragma once

#include "exchange/batch.h"

#include <map>
#include <mutex>
#include <stop_token>

/// The thin part of the exchange that waits, tries and tries again: what to do next is told by
/// Delivery.
namespace comity::exchange {

/// The line to one State.
struct Line {
    /// Brings the first of these messages, one at least, and what was answered back.
    std::function<Result<Carried>(std::span<UnderWay const>)> carry;
    std::function<Result<void>(Bytes const& receipt)> hand_receipt;
    Window window;
};

/// What is known of the way to a State.
struct PeerStatus {
    bool reachable = false; ///< The last attempt reached it.
    std::optional<Instant> last_contact_at;
    std::string last_error;
    std::string alarm; ///< What its register or ours did wrong, until somebody restarts the node.
    std::string not_proved; ///< Why its register, or ours by it, could not be witnessed just now.
};

/// One thread for each State, one message or batch in the air on each: the order of a pair is kept
/// by never sending the next before receipts of all of it are here. These are checked and kept, and
/// what waits gets its numbers, while the next is on its way.
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
    /// A line to a State that had none.
    void open(std::string const& state, Line line);
    /// No further attempt is begun; what is in the air ends by itself.
    void close(std::string const& state);
    PeerStatus status(std::string const& state) const;
    void stop();

    struct Way;

private:
    std::shared_ptr<Way> way_to(std::string const& state) const;
    void run(Way& way, std::stop_token const& stop);
    Result<void> perform(Way& way, Delivery::Step const& step);
    Result<void> carry(Way& way, Delivery::Step const& step);
    Result<void> keep(
        Way& way, std::vector<UnderWay> messages, std::vector<Bytes> receipts, Trip trip);
    Result<void> keep_and_number(std::string const& state, std::span<UnderWay const> messages,
        std::span<Bytes const> receipts, Trip trip);
    /// Until what is being kept is kept. Its error is its step's.
    Result<void> settle(Way& way);
    Result<void> hand_receipts(Way& way);
    Result<void> look_at(Way& way);
    void note(Way& way, Result<void> const& done);
    void rest(Way& way, std::stop_token const& stop, Instant until);
    std::uint16_t chance() const;

    Exchange& exchange_;
    Clock clock_;
    Random random_;
    StatusNotice changed_;
    Patience patience_;
    mutable std::mutex ways_mutex_; // the lists below; a way is shared with whoever asks of it
    std::map<std::string, std::shared_ptr<Way>> ways_;
    std::vector<std::shared_ptr<Way>> closed_;
};

} // namespace comity::exchange
