#pragma once

#include "base/scratch.h"
#include "exchange/exchange.h"
#include "exchange/founding.h"
#include "sim/disk.h"

#include <queue>
#include <set>

/// Several States' nodes in one process, under simulated time, network and disks: the real
/// exchange, ledger and store, driven by one random number. The same seed gives the same run.
namespace comity::sim {

/// What may happen in a run. Shrinking a failure switches one after the other off.
struct Plan {
    std::uint64_t seed = 1;
    std::size_t nodes = 3;
    std::size_t messages = 40;
    bool attachments = true;
    bool loss = true, duplication = true, reordering = true, corruption = true, partitions = true,
         one_way = true, crashes = true, full_disks = true, skewed_clocks = true, expiry = true,
         byzantine = true;
};
Plan plan_of(std::uint64_t seed);
std::string in_words(Plan const& plan);

struct Tally {
    std::uint64_t steps = 0, submitted = 0, delivered = 0, expired = 0, lost = 0, duplicated = 0,
                  delayed = 0, corrupted = 0, partitions = 0, lies = 0, receipts = 0, gaps = 0,
                  forks = 0, batches = 0, chunks = 0, attachments = 0;
    DiskFaults disks;

    void add(Tally const& other);
};

/// What went wrong, in one sentence; empty: nothing.
struct Outcome {
    std::string failure;
    Tally tally;
};

Outcome run(Plan const& plan, exchange::Founding const& founding);

/// What OpenSSL draws (nonces, keys of a seal) from the seed as well. Founding draws before it.
void seed_everything(std::uint64_t seed);

/// All States of a run; the runs of one process share them.
exchange::Founding const& founding_of(std::size_t nodes);

} // namespace comity::sim
