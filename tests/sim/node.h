#pragma once

#include "sim/world.h"

namespace comity::sim {

/// What the world remembers of a message that its sender was told is safe.
struct Promise {
    std::size_t from = 0, to = 0;
    bool may_expire = false;
    std::size_t attachments = 0;
};

/// One State's node. Everything but the disk dies with it.
class Node {
public:
    Node(std::size_t place, exchange::Founding const& founding, std::string folder,
        std::mt19937_64& chance);

    /// False where the disk died on the way.
    bool start(Instant const& world_now);
    void stop();
    bool up() const { return exchange_ != nullptr; }

    std::string const& state() const { return keys_.of.state; }
    exchange::StateKeys const& keys() const { return keys_; }
    exchange::Exchange& exchange() { return *exchange_; }
    store::Store& store() { return *store_; }
    ledger::Ledger& ledger() { return *ledger_; }
    Instant now() const { return *world_now_ + skew; }

    Disk disk;
    std::chrono::microseconds skew {};
    std::map<std::string, exchange::Delivery> deliveries {};
    std::set<std::string> busy {}; ///< States to which something is in the air.
    std::set<std::string> keeping {}; ///< States whose receipts are being kept.

    /// An id is never given twice to the room above, and numbers of a State come in order.
    struct Taken {
        std::string id, peer;
        std::uint64_t seq;
    };
    Result<std::vector<Taken>> taken();
    /// What was wrong with a receipt, or with what the exchange told the room above.
    std::string complaint {};

private:
    exchange::Receiver receiver();

    exchange::StateKeys const& keys_;
    exchange::Founding const& founding_;
    std::string folder_;
    std::mt19937_64& chance_;
    Instant const* world_now_ = nullptr;
    std::unique_ptr<store::Store> store_;
    std::unique_ptr<ledger::Ledger> ledger_;
    std::unique_ptr<exchange::Exchange> exchange_;
};

} // namespace comity::sim
