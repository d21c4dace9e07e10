#include "observe/line_figures.h"

#include <fmt/format.h>

namespace comity::observe {

LineFigures::Line& LineFigures::line(std::string const& state) const
{
    std::scoped_lock const hold { mutex_ };
    return lines_[state]; // a map: what it holds stays where it is
}

void LineFigures::receipted(std::string const& state, Receipted const& one)
{
    auto& of = line(state);
    of.durations.add(one.taken);
    std::scoped_lock const hold { mutex_ };
    of.clock_difference = one.clock_difference;
}

LineFigures::Now LineFigures::now(std::string const& state) const
{
    auto const& of = line(state);
    Now out { of.durations.told().count, of.durations.quantile(0.5), of.durations.quantile(0.99),
        {} };
    std::scoped_lock const hold { mutex_ };
    out.clock_difference = of.clock_difference;
    return out;
}

void LineFigures::write(MetricsPage& page) const
{
    page.family("comity_delivery_seconds", "histogram",
        "From a message's number to the receipt of the State that it went to.");
    std::scoped_lock const hold { mutex_ };
    for (auto const& [state, line] : lines_) page.samples(line.durations, { { "peer", state } });
}

void RequestFigures::add(std::string_view listener, int status, std::chrono::microseconds taken)
{
    std::scoped_lock const hold { mutex_ };
    auto& durations = all_[{ std::string { listener }, status / 100 }];
    if (!durations) durations = std::make_unique<Durations>();
    durations->add(taken);
}

void RequestFigures::write(MetricsPage& page) const
{
    page.family("comity_request_seconds", "histogram", "How long requests to this node took.");
    std::scoped_lock const hold { mutex_ };
    for (auto const& [key, durations] : all_)
        page.samples(*durations,
            { { "listener", key.first }, { "status", fmt::format("{}xx", key.second) } });
}

} // namespace comity::observe
