#include "observe/measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace comity::observe {
namespace {

double seconds(std::chrono::microseconds taken)
{
    return std::chrono::duration<double> { taken }.count();
}

void append_escaped(std::string& out, std::string_view text)
{
    for (char const c : text) {
        if (c == '\\' || c == '"') out += '\\';
        if (c == '\n')
            out += "\\n";
        else
            out += c;
    }
}

} // namespace

void Durations::add(std::chrono::microseconds taken)
{
    taken = std::max(taken, std::chrono::microseconds { 0 }); // a clock may be set back
    auto const bucket = std::ranges::lower_bound(bounds, seconds(taken)) - bounds.begin();
    std::scoped_lock const hold { mutex_ };
    ++told_.counts[static_cast<std::size_t>(bucket)];
    ++told_.count;
    told_.sum_seconds += seconds(taken);
    if (recent_.size() < recent_max)
        recent_.push_back(taken);
    else
        recent_[next_] = taken;
    next_ = (next_ + 1) % recent_max;
}

Durations::Told Durations::told() const
{
    std::scoped_lock const hold { mutex_ };
    return told_;
}

std::optional<std::chrono::microseconds> Durations::quantile(double share) const
{
    MUST(0 <= share && share <= 1);
    std::vector<std::chrono::microseconds> sorted;
    {
        std::scoped_lock const hold { mutex_ };
        sorted = recent_;
    }
    if (sorted.empty()) return std::nullopt;
    auto const rank = std::ceil(share * static_cast<double>(sorted.size()));
    auto const place = sorted.begin() + std::max<std::ptrdiff_t>(static_cast<int>(rank) - 1, 0);
    std::ranges::nth_element(sorted, place);
    return *place;
}

void MetricsPage::family(std::string_view name, std::string_view type, std::string_view help)
{
    name_ = name;
    text_ += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, help, name, type);
}

void MetricsPage::sample(double value, std::span<Label const> labels)
{
    line("", labels, value);
}

void MetricsPage::samples(Durations const& durations, std::vector<Label> labels)
{
    auto const told = durations.told();
    std::uint64_t up_to = 0;
    for (std::size_t i = 0; i < told.counts.size(); ++i) {
        up_to += told.counts[i];
        auto const bound = i < Durations::bounds.size() ? fmt::format("{}", Durations::bounds[i])
                                                        : std::string { "+Inf" };
        labels.push_back({ "le", bound });
        line("_bucket", labels, static_cast<double>(up_to));
        labels.pop_back();
    }
    line("_sum", labels, told.sum_seconds);
    line("_count", labels, static_cast<double>(told.count));
}

void MetricsPage::line(std::string_view suffix, std::span<Label const> labels, double value)
{
    text_ += name_;
    text_ += suffix;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        text_ += fmt::format("{}{}=\"", i == 0 ? "{" : ",", labels[i].name);
        append_escaped(text_, labels[i].value);
        text_ += '"';
    }
    if (!labels.empty()) text_ += '}';
    text_ += fmt::format(" {}\n", value);
}

} // namespace comity::observe
