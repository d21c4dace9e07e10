#pragma once

#include "exchange/attachment_carrier.h"
#include "sim/network.h"

#include "exchange/batch.h"

#include <functional>
#include <queue>
#include <set>

namespace comity::sim {

using exchange::Delivery;
using exchange::Envelope;

constexpr std::string_view marker = "SIM-CONTENT-TEST"; ///< In the content of every message.
constexpr std::uint64_t steps_max = 200'000;
constexpr std::chrono::minutes storm { 12 }; ///< As long things go wrong.
constexpr std::chrono::hours calm { 4 }; ///< By then everything has arrived.
Instant const begin = parse_instant("2026-04-17T06:00:00Z").value();

/// A run: nodes, their network, and what must hold after every step.
class World {
public:
    World(Plan const& plan, exchange::Founding const& founding);
    ~World()
    {
        nodes_.clear();
        unmount_all();
    }
    World(World const&) = delete;
    World& operator=(World const&) = delete;

    Outcome run();

private:
    using Micros = std::chrono::microseconds;
    void at(Instant when, std::function<void()> what) { events_.push({ when, ++order_, what }); }
    void after(Micros delay, std::function<void()> what) { at(now_ + delay, std::move(what)); }
    Micros any(Micros least, Micros most)
    {
        return Micros { std::uniform_int_distribution<std::int64_t> { least.count(), most.count() }(
            chance_) };
    }
    std::size_t below(std::size_t count)
    {
        return std::uniform_int_distribution<std::size_t> { 0, count - 1 }(chance_);
    }
    bool coin(double odds) { return storming() && std::bernoulli_distribution { odds }(chance_); }
    bool storming() const { return now_ < begin + storm; }
    std::uint16_t jitter() { return static_cast<std::uint16_t>(chance_()); }
    void fail(std::string what)
    {
        if (failure_.empty()) failure_ = std::move(what);
    }
    bool honest(std::size_t place) const { return place != liar_; }

    void plan_messages();
    void plan_faults();
    void submit(std::size_t from, std::size_t to);
    std::vector<exchange::OutgoingAttachment> some_files();
    void plan_bring(std::size_t from, std::size_t to, Micros delay);
    void bring(std::size_t from, std::size_t to);
    exchange::AttachmentLine attachment_line(std::size_t from, std::size_t to);
    void check_attachments(Promise const& promise, std::string const& id);
    void pump_all(std::size_t place);
    void plan_pump(std::size_t from, std::size_t to, Instant when);
    void pump(std::size_t from, std::size_t to);
    void look(std::size_t from, std::size_t to, Delivery::Step step);
    void carry(std::size_t from, std::size_t to, Delivery::Step step);
    using Messages = std::vector<exchange::UnderWay>;
    void arrive(std::size_t from, std::size_t to, Delivery::Step step, Messages const& messages,
        std::uint64_t life, bool answered);
    Bytes receive(std::size_t from, std::size_t to, Messages const& messages);
    void answer(std::size_t from, std::size_t to, Delivery::Step step, Messages const& messages,
        Bytes const& answers);
    bool number_ahead(std::size_t from, std::size_t to, std::uint64_t answered);
    bool keep(std::size_t from, std::size_t to, Delivery::Step step,
        std::span<exchange::UnderWay const> taken, std::span<Bytes const> receipts);
    void hand(std::size_t from, std::size_t to, Delivery::Step step);
    void settle(std::size_t from, std::size_t to, Delivery::Step step, bool succeeded);
    void lie();
    void crash(std::size_t place);
    void start_again(std::size_t place);
    bool died(std::size_t place);
    void check_taken(std::size_t place);
    void check_delivered(std::size_t from, std::size_t to, std::string const& id);
    void check_end();
    void check_promises();
    void check_registers();
    bool quiet();
    void watch_plaintext(Envelope const& envelope);

    Plan plan_;
    std::mt19937_64 chance_;
    ScratchFolder scratch_;
    Instant now_ = begin;
    std::vector<std::unique_ptr<Node>> nodes_;
    std::vector<std::uint64_t> lives_; ///< How often a node was started.
    Network network_;
    std::size_t liar_;
    std::map<std::pair<std::size_t, std::size_t>, Instant> planned_;
    std::set<std::pair<std::size_t, std::size_t>> bringing_; ///< A visit is planned.
    std::map<std::string, Promise> promises_;
    std::set<std::pair<std::size_t, Bytes>> first_told_; ///< By the liar: to whom, which manifest.
    std::string failure_;
    Tally tally_;
    std::uint64_t order_ = 0;
    struct Event {
        Instant when;
        std::uint64_t order;
        std::function<void()> what;
        bool operator<(Event const& other) const
        {
            return std::tie(when, order) > std::tie(other.when, other.order);
        }
    };
    std::priority_queue<Event> events_;
};

} // namespace comity::sim
