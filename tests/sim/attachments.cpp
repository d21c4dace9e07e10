#include "sim/simulation.h"

#include "exchange/attachment_store.h"

#include <fmt/format.h>

/// Files beside messages: brought a chunk at a time over wires that break.
namespace comity::sim {

using namespace std::chrono_literals;
using store::Transaction;

std::vector<exchange::OutgoingAttachment> World::some_files()
{
    std::vector<exchange::OutgoingAttachment> out;
    for (std::size_t i = 0; i <= below(2); ++i) {
        auto text = fmt::format("{} {}", marker, std::string(below(2500), 'y'));
        out.push_back({ fmt::format("file {}", i), "text/plain",
            [text](std::span<std::uint8_t> room) mutable -> Result<std::size_t> {
                auto const count = std::min(room.size(), text.size());
                std::copy_n(text.begin(), count, room.begin());
                text.erase(0, count);
                return count;
            } });
    }
    return out;
}

void World::plan_bring(std::size_t from, std::size_t to, Micros delay)
{
    if (!plan_.attachments || !bringing_.insert({ from, to }).second) return;
    after(delay, [this, from, to] {
        bringing_.erase({ from, to });
        bring(from, to);
    });
}

exchange::AttachmentLine World::attachment_line(std::size_t from, std::size_t to)
{
    auto const& sender = nodes_[from]->state();
    // A request that is lost on its way there, or whose answer is lost.
    auto const over_the_wire = [this, from, to](auto const& act) -> decltype(act()) {
        auto& peer = *nodes_[to];
        auto const lost = [] { return Error { Error::Kind::unavailable, "lost on the way" }; };
        if (!peer.up() || !network_.open(now_, from, to)) return lost();
        if (plan_.loss && coin(0.1)) return lost();
        auto answer = act();
        if (died(to)) return lost();
        if (!network_.open(now_, to, from) || (plan_.loss && coin(0.1))) return lost();
        return answer;
    };
    exchange::AttachmentLine line;
    line.ask = [this, over_the_wire, sender, to](exchange::AttachmentKey const& of) {
        return over_the_wire([&]() -> Result<std::optional<exchange::Progress>> {
            auto found = nodes_[to]->exchange().attachments().progress(sender, of.message, of.n);
            if (found.ok()) return std::optional { found.take() };
            if (found.error().kind != Error::Kind::not_found) return found.error();
            return std::optional<exchange::Progress> {};
        });
    };
    line.open
        = [this, over_the_wire, sender, to](exchange::AttachmentKey const& of, ByteView list) {
              return over_the_wire([&] {
                  return nodes_[to]->exchange().attachments().open(sender, of.message, of.n, list);
              });
          };
    line.put = [this, over_the_wire, sender, to](
                   exchange::AttachmentKey const& of, std::uint32_t chunk, ByteView sealed) {
        ++tally_.chunks;
        Bytes bytes { sealed.begin(), sealed.end() };
        if (as_text(bytes).find(marker) != std::string_view::npos)
            fail("content of an attachment travels in the clear");
        if (plan_.corruption && coin(0.05)) network_.spoil(bytes);
        return over_the_wire([&] {
            return nodes_[to]->exchange().attachments().take_chunk(
                sender, of.message, of.n, chunk, bytes);
        });
    };
    return line;
}

void World::bring(std::size_t from, std::size_t to)
{
    auto& node = *nodes_[from];
    if (!node.up()) return; // it is planned again when it starts
    auto const brought = exchange::bring_attachment(
        node.exchange().attachments(), nodes_[to]->state(), attachment_line(from, to));
    if (died(from)) return;
    if (brought.ok() && !brought.value()) return;
    plan_bring(from, to, brought.ok() ? Micros { 1ms } : any(1s, 30s));
    if (brought.ok()) plan_pump(from, to, now_ + 1ms);
}

/// Whoever has the message has all of its files.
void World::check_attachments(Promise const& promise, std::string const& id)
{
    auto& to = *nodes_[promise.to];
    for (std::size_t i = 0; i < promise.attachments; ++i) {
        exchange::AttachmentKey const key { id, "in", nodes_[promise.from]->state(),
            static_cast<std::uint32_t>(2 + i) };
        auto const whole = to.store().read([&](Transaction& t) -> Result<bool> {
            auto const row = TRY(exchange::find_attachment(t, key));
            if (!row || row->state != "taken") return false;
            return TRY(exchange::chunk_lines(t, key)).size() == exchange::count_of(row->hashes);
        });
        if (!whole.ok() || !whole.value())
            fail(fmt::format("attachment {} of {} is not whole in {}", key.n, id, to.state()));
        ++tally_.attachments;
    }
}

} // namespace comity::sim
