#pragma once

#include "bench/exchange/carrier.h"

#include <string>

namespace comity::bench {

/// What processes used, those that ended among them.
struct Usage {
    double cpu_seconds = 0;
    double written_bytes = 0; ///< Handed to the disk.
    double resident_bytes = 0;
};
/// This process and `others`, with all that they started.
Usage usage_of(std::vector<pid_t> const& others);

/// A process and all that it started.
std::vector<pid_t> family_of(pid_t root);

/// One run.
struct Figures {
    double rate = 0; ///< Acknowledged a second.
    double cpu_ms = 0; ///< A message, all processes.
    double written_kb = 0; ///< A message.
    double p50_ms = 0, p99_ms = 0, p999_ms = 0; ///< From the planned instant of sending.
    double foreign = 0; ///< Share of the machine that others used meanwhile.
};

/// Messages without acknowledgement at any time, flat out.
constexpr std::size_t in_flight_max = 1024;

/// Warms up; then as fast as so many senders get it through, each going on as soon as its message
/// is on the source's disk; then at a steady pace of half of that, whatever becomes of those before
/// (open loop). Prints a row for tools/bench_exchange.sh: fields separated by tabs.
struct Row {
    Figures peak, half;
};
Row measure(Carrier& carrier, std::string const& name, std::size_t senders, double seconds);

} // namespace comity::bench
