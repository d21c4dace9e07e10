#include "sim/node.h"

#include <fmt/format.h>

namespace comity::sim {
namespace {

using store::Transaction;

constexpr store::Migration steps[] = { { "sim", 1,
    "CREATE TABLE sim_taken (place BIGINT PRIMARY KEY, id TEXT NOT NULL, peer TEXT NOT NULL, "
    "seq BIGINT NOT NULL)" } };

std::vector<store::Migration> all_migrations()
{
    std::vector<store::Migration> out { std::begin(steps), std::end(steps) };
    for (auto const room : { ledger::migrations, exchange::migrations })
        out.insert(out.end(), room.begin(), room.end());
    return out;
}

Random random_from(std::mt19937_64& chance)
{
    return [&chance](std::span<std::uint8_t> out) {
        for (auto& each : out) each = static_cast<std::uint8_t>(chance());
    };
}

exchange::AttachmentSettings small_chunks()
{
    exchange::AttachmentSettings out;
    out.chunk_bytes = 512;
    return out;
}

} // namespace

Node::Node(std::size_t place, exchange::Founding const& founding, std::string folder,
    std::mt19937_64& chance)
    : disk(chance)
    , keys_(founding.states[place])
    , founding_(founding)
    , folder_(std::move(folder))
    , chance_(chance)
{
    mount(folder_, disk);
}

exchange::Receiver Node::receiver()
{
    return {
        [](Transaction& transaction,
            exchange::Delivered const& delivered) -> Result<exchange::Disposition> {
            auto const& manifest = delivered.manifest;
            TRY(transaction.run("INSERT INTO sim_taken (id, peer, seq) VALUES ($1, $2, $3)",
                manifest.id, manifest.from.state, manifest.seq));
            return exchange::Disposition { "permitted", "sim", {}, {}, {}, {} };
        },
        [this](Transaction&, message::Receipt const& receipt) -> Result<void> {
            if (receipt.kind == message::ReceiptKind::rejected && !receipt.reason)
                complaint = fmt::format("{}: rejected without a reason", receipt.message_id);
            return {};
        },
        {},
    };
}

bool Node::start(Instant const& world_now)
{
    world_now_ = &world_now;
    auto opened = store::Store::open(
        std::filesystem::path { folder_ } / "db", all_migrations(), store::Writer::caller);
    if (!opened.ok()) return false;
    store_ = opened.take();
    auto log = ledger::Ledger::open(*store_, keys_.register_log, keys_.register_key);
    if (!log.ok()) return stop(), false;
    ledger_ = log.take();
    exchange_ = std::make_unique<exchange::Exchange>(
        *store_, *ledger_, founding_.trust(world_now),
        exchange::Self { keys_.of.state, keys_.of.unit, keys_.seal, keys_.sealing },
        [this] { return now(); }, random_from(chance_), small_chunks());
    exchange_->set_receiver(receiver());
    for (auto const& other : founding_.states)
        if (other.of.state != state()) deliveries[other.of.state] = exchange::Delivery {};
    return true;
}

void Node::stop()
{
    exchange_.reset();
    ledger_.reset();
    store_.reset();
    deliveries.clear();
    busy.clear();
    keeping.clear();
}

Result<std::vector<Node::Taken>> Node::taken()
{
    return store_->read([](Transaction& transaction) {
        return transaction.all(
            "SELECT id, peer, seq FROM sim_taken ORDER BY place", [](store::Row const& row) {
                return Taken { row.text(0), row.text(1),
                    static_cast<std::uint64_t>(row.integer(2)) };
            });
    });
}

} // namespace comity::sim
