#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <string>
#include <vector>

/// What every benchmark shares: rates taken side by side, and the line that says them. Nothing here
/// asserts a time.
namespace comity::bench {

/// Does a thing so many times. The loop is inside, so that nothing of ours is timed with it.
using Repeated = std::function<void(std::size_t times)>;

/// Keeps the compiler from seeing that nobody looks at a value.
template <class T> void keep(T const& value)
{
    asm volatile("" : : "r,m"(value) : "memory");
}

inline double seconds_of(Repeated const& work, std::size_t times)
{
    auto const start = std::chrono::steady_clock::now();
    work(times);
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// How often each of them runs in a second: their best of `rounds` turns, in which they take turns,
/// so that a neighbour on the machine disturbs all of them alike.
inline std::vector<double> rates(
    std::vector<Repeated> const& works, int rounds = 7, double turn_seconds = 0.15)
{
    std::vector<std::size_t> times;
    for (auto const& work : works) {
        std::size_t count = 1;
        while (seconds_of(work, count) < turn_seconds / 4) count *= 2;
        times.push_back(count * 4);
    }
    std::vector<double> best(works.size());
    for (int round = 0; round < rounds; ++round)
        for (std::size_t i = 0; i < works.size(); ++i)
            best[i]
                = std::max(best[i], static_cast<double>(times[i]) / seconds_of(works[i], times[i]));
    return best;
}

/// 1234567.8 is "1 234 568", 0.01234 is "0.0123".
inline std::string figure(double value)
{
    if (value < 100) return fmt::format("{:.3g}", value);
    auto out = fmt::format("{:.0f}", value);
    for (auto at = std::ssize(out) - 3; at > 0; at -= 3)
        out.insert(static_cast<std::size_t>(at), 1, ' ');
    return out;
}

/// One row of the table: what is reached, and the limit that the same machine set a moment ago.
/// Both are rates a second; a share of 1 would leave nothing to gain.
inline void say(std::string_view claim, double reached, std::string_view limit, double limit_rate)
{
    fmt::print("| {} | {} | {} | {} | {} |\n", claim, figure(reached), limit, figure(limit_rate),
        figure(reached / limit_rate));
}

/// The same for a cost, in a unit that the claim names: the share is the limit over the cost.
inline void say_cost(std::string_view claim, double cost, std::string_view limit, double least)
{
    fmt::print("| {} | {} | {} | {} | {} |\n", claim, figure(cost), limit, figure(least),
        figure(least / cost));
}

} // namespace comity::bench
