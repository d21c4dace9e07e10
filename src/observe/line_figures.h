#pragma once

#include "observe/measure.h"

#include <map>
#include <memory>
#include <string>

namespace comity::observe {

/// One message that came to be receipted.
struct Receipted {
    std::chrono::microseconds taken {}; ///< From its number to its receipt.
    /// The other clock less ours, at best to half the time that asking took.
    std::chrono::microseconds clock_difference {};
};

/// What is measured of the way to each State while a node runs. Threads may share one.
class LineFigures {
public:
    struct Now {
        std::uint64_t receipted = 0;
        std::optional<std::chrono::microseconds> half, most; ///< p50 and p99 of the last thousand.
        std::optional<std::chrono::microseconds> clock_difference; ///< As measured last.
    };

    void receipted(std::string const& state, Receipted const& one);
    Now now(std::string const& state) const;
    void write(MetricsPage& page) const;

private:
    struct Line {
        Durations durations;
        std::optional<std::chrono::microseconds> clock_difference;
    };
    Line& line(std::string const& state) const;

    mutable std::mutex mutex_;
    mutable std::map<std::string, Line> lines_; // as many as there are States
};

/// How long requests took, by the listener they came through and what became of them.
class RequestFigures {
public:
    void add(std::string_view listener, int status, std::chrono::microseconds taken);
    void write(MetricsPage& page) const;

private:
    mutable std::mutex mutex_;
    std::map<std::pair<std::string, int>, std::unique_ptr<Durations>> all_; // by class: 2 is 2xx
};

} // namespace comity::observe
