#pragma once

#include "exchange/sweep.h"
#include "rights/rights.h"

#include <mutex>
#include <thread>

/// Registers held against what they owe and against each other, for who controls data protection
/// (Art. 31(4)(b), (e)). One at a time, in a thread of its own: a register may be long.
namespace comity::rights {

/// What came of it, the last time.
struct Comparison {
    std::string party; ///< Whose register; our own: what it owes.
    Instant at {};
    std::string officer {}; ///< Or "node", which sweeps its own once a day.
    std::uint64_t entries = 0; ///< Of that register, those that were pruned not counted.
    std::uint64_t wrong = 0;
    std::vector<exchange::Difference> differences {}; ///< The first differences_named_max.
    std::optional<std::string> failed {}; ///< Why nothing came of it.
};
BOOST_DESCRIBE_STRUCT(Comparison, (), (party, at, officer, entries, wrong, differences, failed))

struct Registers {
    std::optional<std::string> running {}; ///< The State whose register is being read.
    std::vector<std::string> parties {}; ///< Our own first.
    std::vector<Comparison> comparisons {}; ///< By Party; of some there is none yet.
};
BOOST_DESCRIBE_STRUCT(Registers, (), (running, parties, comparisons))

class Reconciliation {
public:
    struct Rooms {
        store::Store& store;
        ledger::Ledger& ledger;
        exchange::Exchange& exchange;
    };
    /// The register of another State, by its paths.
    using Reach = std::function<Result<ledger::Fetch>(std::string const& state)>;

    Reconciliation(Rooms rooms, std::string own_state, std::string zone, Clock clock);
    ~Reconciliation();
    Reconciliation(Reconciliation const&) = delete;
    Reconciliation& operator=(Reconciliation const&) = delete;

    /// Before anything begins; until then no other State can be reached.
    void reach_by(Reach reach) { reach_ = std::move(reach); }

    /// In place of what came of it before. Of our own register: the sweep, which is entered in it.
    /// Errors: not_found for no Party whose register key is known; conflict while one runs.
    Result<void> begin(std::string const& officer, std::string const& state);
    /// Sweeps our own register on the first call of a day on which nobody did; not on the day of
    /// its first entry. True when it began.
    Result<bool> sweep_when_due();
    Result<Registers> look();
    /// Returns when nothing runs any more.
    void wait();
    /// The same; what runs ends with its next question to the other node.
    void stop();

private:
    void run(std::stop_token const& stop, std::string const& officer, std::string const& state);
    /// The first entry that it did not see.
    Result<std::uint64_t> sweep_own(Comparison& out, Date today);
    Result<void> compare(Comparison& out, std::stop_token const& stop, Date today);
    Result<bool> another_was_first(store::Transaction& transaction, Comparison const& done) const;
    Result<void> keep(Comparison const& done, std::optional<std::uint64_t> swept);
    Result<Date> day_of(Instant at) const { return local_date(at, zone_); }

    Rooms rooms_;
    std::string own_state_, zone_;
    Clock clock_;
    Reach reach_;
    std::mutex mutex_; // what follows
    std::string running_; ///< Empty: nothing.
    std::jthread thread_;
};

} // namespace comity::rights
