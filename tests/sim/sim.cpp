// The simulator: sim [--seeds N] [--from S]. Prints what was done and, for each failure, the seed
// and the smallest plan that still fails. Exit status 1 when anything failed.
#include "sim/world.h"

#include "crypto/hash.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <chrono>
#include <iostream>

namespace comity::sim {
namespace {

/// Switches faults off and takes nodes and messages away for as long as it still fails.
Plan shrink(Plan plan, std::function<bool(Plan const&)> const& fails)
{
    constexpr bool Plan::* switches[] { &Plan::attachments, &Plan::byzantine, &Plan::full_disks,
        &Plan::expiry, &Plan::skewed_clocks, &Plan::corruption, &Plan::duplication,
        &Plan::reordering, &Plan::one_way, &Plan::partitions, &Plan::loss, &Plan::crashes };
    for (auto const each : switches) {
        auto smaller = plan;
        smaller.*each = false;
        if (plan.*each && fails(smaller)) plan = smaller;
    }
    for (auto smaller = plan; smaller.messages > 1 && (smaller.messages /= 2, fails(smaller));)
        plan = smaller;
    for (auto smaller = plan; smaller.nodes > 2 && (--smaller.nodes, fails(smaller));)
        plan = smaller;
    return plan;
}

/// What a failing seed comes down to.
void tell_failure(Plan const& plan, std::string const& failure)
{
    auto const least = shrink(
        plan, [](Plan const& each) { return !run(each, founding_of(each.nodes)).failure.empty(); });
    std::cout << fmt::format("seed {}: {}\n  smallest: {}\n  which says: {}\n", plan.seed, failure,
        in_words(least), run(least, founding_of(least.nodes)).failure);
}

void tell(Tally const& sum)
{
    std::cout << fmt::format("messages: {} promised, {} expired, {} receipts, {} batches\n",
        sum.submitted, sum.expired, sum.receipts, sum.batches);
    std::cout << fmt::format(
        "attachments: {} delivered, {} chunks brought\n", sum.attachments, sum.chunks);
    std::cout << fmt::format("network: {} lost, {} sent twice, {} spoiled, {} partitions\n",
        sum.lost, sum.duplicated, sum.corrupted, sum.partitions);
    std::cout << fmt::format("disks: {} crashes, {} writes torn, {} lost, {} refused as full\n",
        sum.disks.crashes, sum.disks.torn_writes, sum.disks.lost_writes, sum.disks.full);
    std::cout << fmt::format("peers: {} lies told, {} refusals for order, {} forks kept\n",
        sum.lies, sum.gaps, sum.forks);
}

int run_all(std::uint64_t first, std::uint64_t count)
{
    constexpr std::uint64_t seeds_between_lines = 250;
    Tally sum;
    std::uint64_t failures = 0;
    auto const start = std::chrono::steady_clock::now();
    auto const tell_progress = [&](std::uint64_t done) {
        std::chrono::duration<double> const seconds = std::chrono::steady_clock::now() - start;
        std::cout << fmt::format("{} seeds from {}: {} failures, {} steps in {:.1f} s", done, first,
            failures, sum.steps, seconds.count())
                  << std::endl; // a run of hours is read while it goes on
    };
    for (std::uint64_t done = 0; done < count;) {
        auto const plan = plan_of(first + done);
        auto const outcome = run(plan, founding_of(plan.nodes));
        sum.add(outcome.tally);
        if (!outcome.failure.empty()) {
            ++failures;
            tell_failure(plan, outcome.failure);
        }
        if (++done % seeds_between_lines == 0 || done == count) tell_progress(done);
    }
    tell(sum);
    return failures == 0 ? 0 : 1;
}

} // namespace
} // namespace comity::sim

int main(int argc, char** argv)
{
    CLI::App app { "Comity's exchange under simulated time, network and disks" };
    std::uint64_t seeds = 200, from = 1;
    app.add_option("--seeds", seeds, "how many runs");
    app.add_option("--from", from, "the first seed");
    CLI11_PARSE(app, argc, argv);
    return comity::sim::run_all(from, seeds);
}
