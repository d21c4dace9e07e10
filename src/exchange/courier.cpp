#include "exchange/courier.h"

#include <fmt/format.h>

#include <array>
#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>

namespace comity::exchange {

struct Courier::Way {
    std::string state;
    Line line;
    Delivery delivery;
    mutable std::mutex mutex;
    std::condition_variable_any news;
    bool woken = true; // whatever waited before the start goes first
    PeerStatus status;
    std::future<Result<void>> keeping; ///< Receipts that are checked and kept meanwhile.
    std::uint64_t keeping_first = 0, keeping_last = 0;
    std::jthread thread;
};

Courier::Courier(Exchange& exchange, std::map<std::string, Line> lines, Clock clock, Random random,
    StatusNotice changed, Patience patience)
    : exchange_(exchange)
    , clock_(std::move(clock))
    , random_(std::move(random))
    , changed_(std::move(changed))
    , patience_(patience)
{
    for (auto& [state, line] : lines) open(state, std::move(line));
}

Courier::~Courier()
{
    stop();
}

void Courier::stop()
{
    std::vector<std::shared_ptr<Way>> all;
    {
        std::scoped_lock const hold { ways_mutex_ };
        all = closed_;
        for (auto& [state, way] : ways_) all.push_back(way);
    }
    for (auto const& way : all) way->thread.request_stop();
    for (auto const& way : all)
        if (way->thread.joinable()) way->thread.join();
}

void Courier::open(std::string const& state, Line line)
{
    auto const way = std::make_shared<Way>();
    way->state = state;
    way->line = std::move(line);
    way->delivery = Delivery { patience_ };
    std::scoped_lock const hold { ways_mutex_ };
    MUST(ways_.emplace(state, way).second);
    way->thread = std::jthread { [this, held = way.get()](
                                     std::stop_token const& stop) { run(*held, stop); } };
}

void Courier::close(std::string const& state)
{
    std::scoped_lock const hold { ways_mutex_ };
    auto found = ways_.extract(state);
    if (found.empty()) return;
    found.mapped()->thread.request_stop();
    closed_.push_back(std::move(found.mapped()));
}

std::shared_ptr<Courier::Way> Courier::way_to(std::string const& state) const
{
    std::scoped_lock const hold { ways_mutex_ };
    auto const found = ways_.find(state);
    return found == ways_.end() ? nullptr : found->second;
}

void Courier::wake(std::string const& state)
{
    auto const way = way_to(state);
    if (!way) return;
    std::scoped_lock const hold { way->mutex };
    way->woken = true;
    way->news.notify_one();
}

PeerStatus Courier::status(std::string const& state) const
{
    auto const way = way_to(state);
    if (!way) return {};
    std::scoped_lock const hold { way->mutex };
    return way->status;
}

std::uint16_t Courier::chance() const
{
    std::array<std::uint8_t, 2> two {};
    random_(two);
    return static_cast<std::uint16_t>(two[0] << 8 | two[1]);
}

/// Receipts are checked and kept while the next messages are on their way; the next receipts wait
/// until these are.
Result<void> Courier::keep(
    Way& way, std::vector<UnderWay> messages, std::vector<Bytes> receipts, Trip trip)
{
    TRY(settle(way));
    way.keeping_first = messages.front().seq;
    way.keeping_last = messages.back().seq;
    if (messages.size() == 1) { // Nothing to gain by another thread.
        TRY(exchange_.acknowledge(messages, receipts, trip));
        way.delivery.succeeded(
            clock_(), { Delivery::Act::carry, way.keeping_first, way.keeping_last });
        return {};
    }
    way.delivery.answered(way.keeping_last);
    way.keeping = std::async(std::launch::async,
        [this, trip, state = way.state, messages = std::move(messages),
            receipts = std::move(receipts)] {
            return keep_and_number(state, messages, receipts, trip);
        });
    return {};
}

Result<void> Courier::keep_and_number(std::string const& state, std::span<UnderWay const> messages,
    std::span<Bytes const> receipts, Trip trip)
{
    auto numbering = std::async(std::launch::async, [&]() -> Result<void> {
        auto const load = TRY(exchange_.load(state));
        auto const trip_time = trip.answered_at - trip.asked_at;
        if (Delivery::numbers_ahead(load, messages.back().seq, trip_time))
            TRY(exchange_.number(state));
        return {};
    });
    auto kept = exchange_.acknowledge(messages, receipts, trip);
    auto numbered = numbering.get();
    TRY(std::move(kept));
    return numbered;
}

Result<void> Courier::settle(Way& way)
{
    if (!way.keeping.valid()) return {};
    TRY(way.keeping.get());
    way.delivery.succeeded(clock_(), { Delivery::Act::carry, way.keeping_first, way.keeping_last });
    return {};
}

Result<void> Courier::carry(Way& way, Delivery::Step const& step)
{
    auto messages = TRY(exchange_.under_way(way.state, step.seq, step.last));
    auto const asked_at = clock_();
    auto carried = TRY(way.line.carry(messages));
    Trip const trip { asked_at, clock_() };
    auto const count = carried.receipts.size();
    MUST(count <= messages.size() && (count > 0 || carried.refused));
    auto const not_taken = count < messages.size() ? messages[count].id : std::string {};
    if (count > 0) {
        messages.resize(count);
        TRY(keep(way, std::move(messages), std::move(carried.receipts), trip));
    }
    if (!carried.refused) return {};
    TRY(settle(way));
    if (carried.lacks_attachments && !not_taken.empty())
        return exchange_.bring_attachments_again(not_taken);
    if (carried.expected)
        return way.delivery.asked_again(clock_(), *carried.expected,
            { Delivery::Act::carry, step.seq + count, step.last }, chance());
    return *carried.refused;
}

Result<void> Courier::hand_receipts(Way& way)
{
    for (auto const& each : TRY(exchange_.receipts_for(way.state))) {
        TRY(way.line.hand_receipt(each.bytes));
        TRY(exchange_.receipt_taken(each));
    }
    return {};
}

Result<void> Courier::look_at(Way& way)
{
    auto const watched = TRY(exchange_.watch(way.state, way.line.window));
    std::scoped_lock const hold { way.mutex };
    way.status.not_proved = watched.not_proved ? watched.not_proved->what : std::string {};
    for (auto const& alarm : watched.alarms)
        way.status.alarm = fmt::format("{}: the register {}", json::word(alarm.kind), alarm.origin);
    return {};
}

Result<void> Courier::perform(Way& way, Delivery::Step const& step)
{
    switch (step.act) {
    case Delivery::Act::rest: return {};
    case Delivery::Act::number: TRY(exchange_.number(way.state)); return {};
    case Delivery::Act::carry: return carry(way, step);
    case Delivery::Act::keep: return settle(way);
    case Delivery::Act::hand_receipts: TRY(hand_receipts(way)); break;
    case Delivery::Act::look: TRY(look_at(way)); break;
    }
    way.delivery.succeeded(clock_(), step);
    return {};
}

void Courier::note(Way& way, Result<void> const& done)
{
    PeerStatus now;
    bool changed = false;
    {
        std::scoped_lock const hold { way.mutex };
        auto const error = done.ok() ? std::string {} : done.error().what;
        auto const before = std::exchange(way.status,
            { done.ok(), way.delivery.last_contact(), error, way.status.alarm,
                way.status.not_proved });
        now = way.status;
        changed = before.reachable != now.reachable || before.last_error != now.last_error;
    }
    if (changed) changed_(way.state, now);
}

void Courier::rest(Way& way, std::stop_token const& stop, Instant until)
{
    std::unique_lock hold { way.mutex };
    auto const pause = until - clock_();
    // What comes while a failure is rested off does not end the rest.
    bool const any_news = way.delivery.reached();
    way.news.wait_for(hold, stop, pause, [&] { return any_news && way.woken; });
    way.woken = false;
}

void Courier::run(Way& way, std::stop_token const& stop)
{
    while (!stop.stop_requested()) {
        auto const load = exchange_.load(way.state);
        if (!load.ok()) {
            way.delivery.failed(clock_(), chance());
            note(way, load.error());
        }
        auto const step = way.delivery.next(clock_(), load.ok() ? load.value() : Load {});
        if (step.act == Delivery::Act::rest) {
            rest(way, stop, step.until);
            continue;
        }
        auto done = perform(way, step);
        if (!done.ok()) {
            // What is here is kept whatever became of what came after it.
            static_cast<void>(settle(way));
            way.delivery.failed(clock_(), chance());
        }
        if (step.act != Delivery::Act::number) note(way, done);
    }
    static_cast<void>(settle(way));
}

} // namespace comity::exchange
