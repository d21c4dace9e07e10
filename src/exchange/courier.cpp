#include "exchange/courier.h"

#include <array>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace comity::exchange {

struct Courier::Way {
    std::string state;
    Line line;
    mutable std::mutex mutex;
    std::condition_variable_any news;
    bool woken = true; // whatever waited before the start goes first
    PeerStatus status;
    std::jthread thread;
};

std::chrono::milliseconds Patience::after(unsigned failures, Random const& random) const
{
    auto wait = first;
    for (unsigned i = 1; i < failures && wait < longest; ++i) wait *= 2;
    wait = std::min(wait, longest);
    std::array<std::uint8_t, 2> chance {};
    random(chance);
    auto const of_65536 = static_cast<long>(chance[0]) << 8 | chance[1];
    return wait * 3 / 4 + wait / 2 * of_65536 / 65'536;
}

Courier::Courier(Exchange& exchange, std::map<std::string, Line> lines, Clock clock, Random random,
    StatusNotice changed, Patience patience)
    : exchange_(exchange)
    , clock_(std::move(clock))
    , random_(std::move(random))
    , patience_(patience)
    , changed_(std::move(changed))
{
    for (auto& [state, line] : lines) {
        auto way = std::make_unique<Way>();
        way->state = state;
        way->line = std::move(line);
        ways_.emplace(state, std::move(way));
    }
    for (auto& [state, way] : ways_)
        way->thread = std::jthread { [this, held = way.get()](
                                         std::stop_token const& stop) { run(*held, stop); } };
}

Courier::~Courier()
{
    stop();
}

void Courier::stop()
{
    for (auto& [state, way] : ways_) way->thread.request_stop();
    for (auto& [state, way] : ways_)
        if (way->thread.joinable()) way->thread.join();
}

void Courier::wake(std::string const& state)
{
    auto const found = ways_.find(state);
    if (found == ways_.end()) return;
    std::scoped_lock const hold { found->second->mutex };
    found->second->woken = true;
    found->second->news.notify_one();
}

PeerStatus Courier::status(std::string const& state) const
{
    auto const found = ways_.find(state);
    if (found == ways_.end()) return {};
    std::scoped_lock const hold { found->second->mutex };
    return found->second->status;
}

Result<bool> Courier::carry_one(Way& way)
{
    auto const waiting = TRY(exchange_.next_for(way.state));
    if (!waiting) return false;
    auto const receipt = TRY(way.line.carry(waiting->envelope));
    TRY(exchange_.acknowledge(waiting->id, receipt));
    return true;
}

void Courier::note(Way& way, Result<bool> const& done)
{
    if (done.ok() && !done.value()) return; // nothing was tried
    PeerStatus now;
    bool changed = false;
    {
        std::scoped_lock const hold { way.mutex };
        auto const error = done.ok() ? std::string {} : done.error().what;
        changed = way.status.reachable != done.ok() || way.status.last_error != error;
        way.status.reachable = done.ok();
        way.status.last_error = error;
        if (done.ok()) way.status.last_contact_at = clock_();
        now = way.status;
    }
    if (changed) changed_(way.state, now);
}

Result<bool> Courier::look_at(Way& way)
{
    TRY(exchange_.observe(way.state, TRY(way.line.ask_head())));
    return true;
}

void Courier::rest(Way& way, std::stop_token const& stop, unsigned failures)
{
    std::unique_lock hold { way.mutex };
    if (failures > 0) {
        way.news.wait_for(hold, stop, patience_.after(failures, random_), [] { return false; });
        return;
    }
    way.news.wait_for(hold, stop, quiet_max, [&] { return way.woken; });
    way.woken = false;
}

void Courier::run(Way& way, std::stop_token const& stop)
{
    unsigned failures = 0;
    bool busy = false;
    while (!stop.stop_requested()) {
        auto done = carry_one(way);
        bool const carried = done.ok() && done.value();
        // The line went quiet, or was quiet all along: look who is there.
        if (done.ok() && !carried && !busy) done = look_at(way);
        busy = carried;
        note(way, done);
        failures = done.ok() ? 0 : failures + 1;
        if (!carried) rest(way, stop, failures);
    }
}

} // namespace comity::exchange
