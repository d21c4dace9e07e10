#include "exchange/attachment_carrier.h"

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

namespace comity::exchange {

Result<bool> bring_attachment(
    Attachments const& attachments, std::string_view state, AttachmentLine const& line)
{
    auto const cargo = TRY(attachments.next_for(state));
    if (!cargo) return false;
    auto const known = TRY(line.ask(cargo->key));
    bool const begun = known && known->root == to_hex(root_of(cargo->hashes));
    if (!begun) TRY(line.open(cargo->key, cargo->hashes));
    auto const count = count_of(cargo->hashes);
    for (auto const& range : begun ? known->lacks : std::vector<ChunkRange> { { 1, count } })
        for (auto chunk = std::max(range.from, 1U); chunk <= std::min(range.to, count); ++chunk)
            TRY(line.put(cargo->key, chunk, TRY(attachments.chunk(*cargo, chunk))));
    auto const now = TRY(line.ask(cargo->key));
    if (!now || !now->lacks.empty() || now->root != to_hex(root_of(cargo->hashes)))
        return Error { Error::Kind::unavailable, "the peer lost chunks while they were brought",
            "attachments" };
    TRY(attachments.arrived(*cargo));
    return true;
}

struct AttachmentCarrier::Way {
    std::string state;
    AttachmentLine line;
    std::mutex mutex;
    std::condition_variable_any news;
    bool woken = true; // whatever waited before the start
    unsigned failures = 0;
    std::stop_source stopping;
    std::jthread thread;
};

namespace {

/// The stop of the carrier ends an attachment between two chunks.
AttachmentLine that_stops(AttachmentLine line, std::stop_token const& stop)
{
    line.put = [put = std::move(line.put), stop](
                   AttachmentKey const& of, std::uint32_t chunk, ByteView sealed) -> Result<void> {
        if (stop.stop_requested()) return Error { Error::Kind::unavailable, "this node stops" };
        return put(of, chunk, sealed);
    };
    return line;
}

} // namespace

AttachmentCarrier::AttachmentCarrier(Attachments const& attachments,
    std::map<std::string, AttachmentLine> lines, Random random, Arrived arrived, Patience patience)
    : attachments_(attachments)
    , random_(std::move(random))
    , arrived_(std::move(arrived))
    , patience_(patience)
{
    for (auto& [state, line] : lines) open(state, std::move(line));
}

AttachmentCarrier::~AttachmentCarrier()
{
    stop();
}

void AttachmentCarrier::stop()
{
    std::vector<std::shared_ptr<Way>> all;
    {
        std::scoped_lock const hold { ways_mutex_ };
        all = closed_;
        for (auto& [state, way] : ways_) all.push_back(way);
    }
    for (auto const& way : all) way->stopping.request_stop();
    for (auto const& way : all)
        if (way->thread.joinable()) way->thread.join();
}

void AttachmentCarrier::open(std::string const& state, AttachmentLine line)
{
    auto const way = std::make_shared<Way>();
    way->state = state;
    way->line = that_stops(std::move(line), way->stopping.get_token());
    std::scoped_lock const hold { ways_mutex_ };
    MUST(ways_.emplace(state, way).second);
    way->thread = std::jthread { [this, held = way.get()] { run(*held); } };
}

void AttachmentCarrier::close(std::string const& state)
{
    std::scoped_lock const hold { ways_mutex_ };
    auto found = ways_.extract(state);
    if (found.empty()) return;
    found.mapped()->stopping.request_stop();
    closed_.push_back(std::move(found.mapped()));
}

void AttachmentCarrier::wake(std::string const& state)
{
    std::scoped_lock const hold_ways { ways_mutex_ };
    auto const found = ways_.find(state);
    if (found == ways_.end()) return;
    std::scoped_lock const hold { found->second->mutex };
    found->second->woken = true;
    found->second->news.notify_one();
}

void AttachmentCarrier::run(Way& way)
{
    auto const stop = way.stopping.get_token();
    while (!stop.stop_requested()) {
        auto const brought = bring_attachment(attachments_, way.state, way.line);
        if (brought.ok()) {
            way.failures = 0;
            if (brought.value()) {
                arrived_(way.state);
                continue;
            }
        } else {
            ++way.failures;
        }
        std::array<std::uint8_t, 2> two {};
        random_(two);
        auto const chance = static_cast<std::uint16_t>(two[0] << 8 | two[1]);
        std::unique_lock hold { way.mutex };
        if (brought.ok()) {
            way.news.wait(hold, stop, [&] { return way.woken; });
        } else { // what comes while a failure is rested off does not end the rest
            way.news.wait_for(
                hold, stop, patience_.after(way.failures, chance), [] { return false; });
        }
        way.woken = false;
    }
}

} // namespace comity::exchange
