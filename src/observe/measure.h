#pragma once

#include "base/instant.h"

#include <array>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

namespace comity::observe {

/// How long something takes: a histogram since the start for those who collect, and the last
/// thousand for those who look. Threads may share one.
class Durations {
public:
    /// Seconds; the last bucket has no bound.
    static constexpr std::array bounds { 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5,
        1.0, 2.5, 5.0, 10.0, 60.0, 600.0, 3600.0, 86'400.0 };
    static constexpr std::size_t recent_max = 1000;

    struct Told {
        std::array<std::uint64_t, bounds.size() + 1> counts {}; ///< Each bucket by itself.
        std::uint64_t count = 0;
        double sum_seconds = 0;
    };

    void add(std::chrono::microseconds taken);
    Told told() const;
    /// That share of the last ones took no longer; none where there were none. `share`: 0 to 1.
    std::optional<std::chrono::microseconds> quantile(double share) const;

private:
    mutable std::mutex mutex_;
    Told told_;
    std::vector<std::chrono::microseconds> recent_; ///< A ring once it is full.
    std::size_t next_ = 0;
};

/// The text format of Prometheus, version 0.0.4: what /metrics answers.
class MetricsPage {
public:
    static constexpr std::string_view content_type = "text/plain; version=0.0.4; charset=utf-8";

    struct Label {
        std::string_view name, value;
    };
    /// Comes before its samples. `type`: counter, gauge or histogram.
    void family(std::string_view name, std::string_view type, std::string_view help);
    void sample(double value, std::span<Label const> labels = {});
    void samples(Durations const& durations, std::vector<Label> labels = {});
    std::string take() { return std::move(text_); }

private:
    void line(std::string_view suffix, std::span<Label const> labels, double value);

    std::string text_;
    std::string name_;
};

} // namespace comity::observe
