// The same bytes of randomness in every run need OpenSSL's old way of replacing its generator.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "sim/world.h"

#include <fmt/format.h>
#include <openssl/rand.h>

namespace comity::sim {
namespace {

std::mt19937_64& openssl_chance()
{
    static std::mt19937_64 chance { 20'261'122 };
    return chance;
}

int fill(unsigned char* out, int size)
{
    for (int i = 0; i < size; ++i) out[i] = static_cast<unsigned char>(openssl_chance()());
    return 1;
}

int ready()
{
    return 1;
}

/// Signatures and seals draw from the seed too: their lengths differ, and with them the writes.
void seed_openssl(std::uint64_t seed)
{
    static RAND_METHOD const method { nullptr, fill, nullptr, nullptr, fill, ready };
    static int const set = RAND_set_rand_method(&method);
    MUST(set == 1);
    openssl_chance().seed(seed);
}

} // namespace

Plan plan_of(std::uint64_t seed)
{
    std::mt19937_64 chance { seed ^ 0x5ca1ab1eULL };
    auto const below = [&](std::size_t count) { return chance() % count; };
    Plan plan { .seed = seed,
        .nodes = 3 + (below(4) == 0 ? below(10) : below(3)),
        .messages = 20 + below(40) };
    for (auto each : { &Plan::loss, &Plan::duplication, &Plan::reordering, &Plan::corruption,
             &Plan::partitions, &Plan::one_way, &Plan::crashes, &Plan::full_disks,
             &Plan::skewed_clocks, &Plan::expiry, &Plan::byzantine, &Plan::attachments })
        plan.*each = below(4) != 0;
    return plan;
}

std::string in_words(Plan const& plan)
{
    auto out = fmt::format("{} nodes, {} messages", plan.nodes, plan.messages);
    constexpr std::pair<bool Plan::*, std::string_view> names[] { { &Plan::loss, "loss" },
        { &Plan::duplication, "duplication" }, { &Plan::reordering, "reordering" },
        { &Plan::corruption, "corruption" }, { &Plan::partitions, "partitions" },
        { &Plan::one_way, "one-way links" }, { &Plan::crashes, "crashes" },
        { &Plan::full_disks, "full disks" }, { &Plan::skewed_clocks, "skewed clocks" },
        { &Plan::expiry, "expiry" }, { &Plan::byzantine, "a liar" },
        { &Plan::attachments, "attachments" } };
    for (auto const& [which, name] : names)
        if (plan.*which) out += fmt::format(", {}", name);
    return out;
}

void Tally::add(Tally const& other)
{
    for (auto const each : { &Tally::steps, &Tally::submitted, &Tally::delivered, &Tally::expired,
             &Tally::lost, &Tally::duplicated, &Tally::delayed, &Tally::corrupted,
             &Tally::partitions, &Tally::lies, &Tally::receipts, &Tally::gaps, &Tally::forks,
             &Tally::batches, &Tally::chunks, &Tally::attachments })
        this->*each += other.*each;
    disks.crashes += other.disks.crashes;
    disks.torn_writes += other.disks.torn_writes;
    disks.lost_writes += other.disks.lost_writes;
    disks.full += other.disks.full;
}

exchange::Founding const& founding_of(std::size_t nodes)
{
    static std::map<std::size_t, exchange::Founding> made;
    auto const found = made.find(nodes);
    if (found != made.end()) return found->second;
    seed_openssl(nodes);
    static constexpr std::array states { "BG", "RO", "RS", "MK", "AL", "BA", "ME", "MD", "AT", "HU",
        "SI", "HR" };
    std::vector<exchange::FoundingState> list;
    for (std::size_t i = 0; i < nodes; ++i)
        list.push_back({ states.at(i), fmt::format("NCU {} TEST", states.at(i)), "localhost",
            fmt::format("127.0.0.1:{}", i + 1) });
    return made
        .emplace(nodes,
            exchange::found(list, static_cast<std::uint32_t>(nodes),
                parse_instant("2026-04-17T00:00:00Z").value(), crypto::system_random()))
        .first->second;
}

void seed_everything(std::uint64_t seed)
{
    seed_openssl(seed);
}

} // namespace comity::sim
