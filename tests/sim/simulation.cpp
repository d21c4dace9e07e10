#include "sim/simulation.h"

#include <fmt/format.h>

namespace comity::sim {

using namespace std::chrono_literals;
using store::Transaction;

World::World(Plan const& plan, exchange::Founding const& founding)
    : plan_(plan)
    , chance_(plan.seed)
    , lives_(plan.nodes)
    , network_(plan, chance_)
    , liar_(plan.byzantine ? below(plan.nodes) : plan.nodes)
{
    for (std::size_t i = 0; i < plan.nodes; ++i) {
        auto const folder = (scratch_ / fmt::format("node-{}", i)).string();
        std::filesystem::create_directory(folder);
        auto& node = *nodes_.emplace_back(std::make_unique<Node>(i, founding, folder, chance_));
        if (plan.skewed_clocks) node.skew = any(-2min, 2min);
        if (!node.start(now_)) fail(fmt::format("{} does not start", node.state()));
    }
}

void World::submit(std::size_t from, std::size_t to)
{
    auto& node = *nodes_[from];
    if (!node.up()) return;
    exchange::Outgoing out { .type = message::Type::request,
        .to = nodes_[to]->state(),
        .case_reference = { "2026-0417", {} },
        .legal_basis = { "PCC SEE", { "A1" }, "sim" },
        .verdict = "permitted",
        .purpose = "investigation",
        .urgency = static_cast<message::Urgency>(below(3)),
        .retention = message::Retention { parse_date("2027-04-17").value(), "A31(4)(b)-1" },
        .parts = { { "request", "sim/1",
            to_bytes(fmt::format("{} {}", marker, std::string(below(6000), 'x'))) } } };
    bool const expires = plan_.expiry && coin(0.2);
    if (expires) out.expires_at = node.now() + any(1s, 6min);
    if (plan_.attachments && below(4) == 0) out.attachments = some_files();
    auto const files = out.attachments.size();
    auto const sealed = node.exchange().seal(std::move(out));
    if (died(from) || (files > 0 && !sealed.ok())) return; // its disk is full or dead
    if (!sealed.ok()) return fail("sealing: " + sealed.error().what);
    auto const id = node.store().write(
        [&](Transaction& t) { return node.exchange().submit(t, sealed.value()); });
    if (id.ok()) {
        ++tally_.submitted;
        promises_[id.value()] = { from, to, expires, files };
        if (files > 0) plan_bring(from, to, 1ms);
    }
    died(from);
}

void World::plan_messages()
{
    for (std::size_t planned = 0; planned < plan_.messages;) {
        auto const from = below(plan_.nodes);
        auto const to = (from + 1 + below(plan_.nodes - 1)) % plan_.nodes;
        // Now and then many at once: they travel together.
        auto const count = below(4) == 0 ? 2 + below(8) : 1;
        after(any(0s, storm), [this, from, to, count] {
            for (std::size_t i = 0; i < count; ++i) submit(from, to);
            pump(from, to);
        });
        planned += count;
    }
}

void World::plan_faults()
{
    auto const times = plan_.nodes * 2;
    for (std::size_t i = 0; i < times; ++i) {
        if (plan_.crashes)
            after(any(0s, storm), [this, place = below(plan_.nodes), count = 1 + below(80)] {
                if (nodes_[place]->up()) nodes_[place]->disk.die_after(count);
            });
        if (plan_.full_disks && i % 2 == 0) {
            auto const place = below(plan_.nodes);
            auto const from = any(0s, storm);
            after(from, [this, place] { nodes_[place]->disk.set_full(true); });
            after(from + any(1s, 2min), [this, place] { nodes_[place]->disk.set_full(false); });
        }
        if (plan_.byzantine) after(any(0s, storm), [this] { lie(); });
    }
    network_.plan_partitions(begin, storm);
}

void World::pump_all(std::size_t place)
{
    for (std::size_t to = 0; to < plan_.nodes; ++to) {
        if (to == place) continue;
        pump(place, to);
        plan_bring(place, to, 1s);
    }
}

bool World::died(std::size_t place)
{
    if (!nodes_[place]->disk.dead()) return false;
    crash(place);
    return true;
}

void World::crash(std::size_t place)
{
    auto& node = *nodes_[place];
    node.stop();
    ++lives_[place];
    node.disk.restart();
    start_again(place);
}

/// As a supervisor does: again and again. On a full disk a node does not start.
void World::start_again(std::size_t place)
{
    after(any(1s, 1min), [this, place] {
        auto& node = *nodes_[place];
        if (node.start(now_)) return pump_all(place);
        if (!node.disk.full()) return fail(fmt::format("{} does not start again", node.state()));
        start_again(place);
    });
}

void World::settle(std::size_t from, std::size_t to, Delivery::Step step, bool succeeded)
{
    auto& node = *nodes_[from];
    auto const& peer = nodes_[to]->state();
    node.busy.erase(peer);
    if (succeeded)
        node.deliveries[peer].succeeded(node.now(), step);
    else
        node.deliveries[peer].failed(node.now(), jitter());
    plan_pump(from, to, now_ + 1ms);
}

/// One pump of a pair is planned at a time: the earliest.
void World::plan_pump(std::size_t from, std::size_t to, Instant when)
{
    auto& planned = planned_[{ from, to }];
    if (planned > now_ && planned <= when) return;
    planned = when;
    at(when, [this, from, to, when] {
        if (planned_[{ from, to }] == when) pump(from, to);
    });
}

void World::pump(std::size_t from, std::size_t to)
{
    auto& node = *nodes_[from];
    auto const& peer = nodes_[to]->state();
    if (!node.up() || node.busy.contains(peer)) return;
    auto const load = node.exchange().load(peer);
    if (!load.ok()) {
        if (!died(from)) fail("load: " + load.error().what);
        return;
    }
    auto const step = node.deliveries[peer].next(node.now(), load.value());
    node.busy.insert(peer);
    switch (step.act) {
    case Delivery::Act::rest:
        node.busy.erase(peer);
        return plan_pump(from, to, std::max(step.until - node.skew, now_ + 1ms));
    case Delivery::Act::number: {
        auto const numbered = node.exchange().number(peer);
        if (died(from)) return;
        node.busy.erase(peer);
        if (!numbered.ok()) node.deliveries[peer].failed(node.now(), jitter());
        plan_pump(from, to, now_ + 1ms);
        return;
    }
    case Delivery::Act::keep: node.busy.erase(peer); return plan_pump(from, to, now_ + 1ms);
    case Delivery::Act::look: return look(from, to, step);
    case Delivery::Act::carry: return carry(from, to, step);
    case Delivery::Act::hand_receipts: return hand(from, to, step);
    }
}

void World::look(std::size_t from, std::size_t to, Delivery::Step step)
{
    after(network_.latency(), [this, from, to, step, life = lives_[from]] {
        auto& node = *nodes_[from];
        auto& peer = *nodes_[to];
        if (lives_[from] != life) return;
        bool const there
            = peer.up() && network_.open(now_, from, to) && network_.open(now_, to, from);
        if (!there) return settle(from, to, step, false);
        exchange::Window const window {
            [&](std::string const& path) -> Result<Bytes> {
                if (path != "register/checkpoint")
                    return Error { Error::Kind::unavailable, "tiles are not simulated" };
                return peer.store().read([](Transaction& t) -> Result<Bytes> {
                    return to_bytes(TRY(ledger::newest_checkpoint(t)));
                });
            },
            [](std::string const&) -> Result<exchange::Cosigned> {
                return Error { Error::Kind::unavailable, "cosigning is not simulated" };
            }
        };
        auto const seen = node.exchange().watch(peer.state(), window);
        died(to);
        if (died(from)) return;
        if (seen.ok() && !seen.value().alarms.empty())
            fail(fmt::format("{} sounds an alarm over {}", node.state(), peer.state()));
        settle(from, to, step, seen.ok());
    });
}

void World::carry(std::size_t from, std::size_t to, Delivery::Step step)
{
    auto& node = *nodes_[from];
    auto const found = node.exchange().under_way(nodes_[to]->state(), step.seq, step.last);
    if (!found.ok()) {
        if (!died(from)) fail("under way: " + found.error().what);
        return;
    }
    auto const& messages = found.value();
    for (auto const& each : messages) watch_plaintext(each.envelope);
    tally_.batches += messages.size() > 1;
    auto const life = lives_[from];
    if (plan_.duplication && coin(0.15)) {
        ++tally_.duplicated;
        auto const late = plan_.reordering && coin(0.5) ? any(1s, 6min) : network_.latency();
        after(late, [this, from, to, step, messages, life] {
            arrive(from, to, step, messages, life, false);
        });
    }
    if (plan_.loss && coin(0.15)) {
        ++tally_.lost;
        after(60s, [this, from, to, step, life] {
            if (lives_[from] == life) settle(from, to, step, false);
        });
        return;
    }
    after(network_.latency(),
        [this, from, to, step, messages, life] { arrive(from, to, step, messages, life, true); });
}

/// As the receiver's route does: the bytes of the way in, those of the answer out.
Bytes World::receive(std::size_t from, std::size_t to, Messages const& messages)
{
    auto const& sender = nodes_[from]->state();
    auto& node = *nodes_[to];
    auto body = exchange::write_batch(messages);
    if (plan_.corruption && coin(0.05)) {
        ++tally_.corrupted;
        network_.spoil(body);
    }
    auto const envelopes = exchange::read_batch(body);
    exchange::Taken taken;
    if (envelopes.ok())
        taken = node.exchange().receive_batch(envelopes.value(), sender);
    else
        taken.refused = envelopes.error();
    if (node.disk.dead()) return {};
    json::Object why { { "message", "" } };
    if (taken.refused && taken.refused->kind == Error::Kind::conflict) {
        auto const number = node.exchange().expected_from(sender);
        if (number.ok()) why["expected"] = number.value();
        why["field"] = taken.refused->field;
        ++tally_.gaps;
    }
    // A liar of a receiver names any number it likes, or has lost what it never had.
    if (!honest(to) && coin(0.2)) {
        ++tally_.lies;
        why["expected"] = below(5);
        if (plan_.attachments && below(2) == 0) why["field"] = "attachments";
        taken.refused = Error { Error::Kind::conflict, "a lie", "seq" };
        taken.receipts.clear();
    }
    auto const words = json::print(json::Object { { "error", why } });
    return exchange::write_answers(taken.receipts, taken.refused ? as_view(words) : ByteView {});
}

void World::arrive(std::size_t from, std::size_t to, Delivery::Step step, Messages const& messages,
    std::uint64_t life, bool answered)
{
    auto const give_up = [&](Micros when) {
        if (!answered) return;
        after(when, [this, from, to, step, life] {
            if (lives_[from] == life) settle(from, to, step, false);
        });
    };
    if (!nodes_[to]->up() || !network_.open(now_, from, to)) return give_up(5s);
    auto answers = receive(from, to, messages);
    if (died(to)) return give_up(5s);
    check_taken(to);
    bool const lost = plan_.loss && coin(0.15);
    tally_.lost += lost;
    if (lost || !network_.open(now_, to, from)) return give_up(60s);
    if (!answered) return;
    if (plan_.corruption && coin(0.05)) {
        ++tally_.corrupted;
        network_.spoil(answers);
    }
    after(network_.latency(), [this, from, to, step, messages, answers, life] {
        if (lives_[from] == life) answer(from, to, step, messages, answers);
    });
}

/// As the courier does: receipts are kept while what comes next is on its way, one answer's after
/// the other's.
void World::answer(std::size_t from, std::size_t to, Delivery::Step step, Messages const& messages,
    Bytes const& answers)
{
    auto& node = *nodes_[from];
    auto const& peer = nodes_[to]->state();
    if (node.keeping.contains(peer))
        return after(1ms, [this, from, to, step, messages, answers, life = lives_[from]] {
            if (lives_[from] == life) answer(from, to, step, messages, answers);
        });
    auto const carried = exchange::read_answers(answers, messages.size());
    if (!carried.ok()) return settle(from, to, step, false);
    auto const& [receipts, refused, expected, lacks_attachments] = carried.value();
    auto const taken = std::span { messages }.first(receipts.size());
    if (!refused && coin(0.5)) {
        node.keeping.insert(peer);
        node.deliveries[peer].answered(step.seq + taken.size() - 1);
        after(any(1ms, 300ms), [this, from, to, step, messages, receipts, life = lives_[from]] {
            if (lives_[from] != life) return;
            nodes_[from]->keeping.erase(nodes_[to]->state());
            if (!number_ahead(from, to, step.seq + receipts.size() - 1)) return;
            auto const kept = std::span { messages }.first(receipts.size());
            if (!keep(from, to, step, kept, receipts)) plan_pump(from, to, now_ + 1ms);
        });
        node.busy.erase(peer);
        return plan_pump(from, to, now_ + 1ms);
    }
    if (!taken.empty() && !keep(from, to, step, taken, receipts)) {
        if (!node.up()) return;
        node.busy.erase(peer);
        return plan_pump(from, to, now_ + 1ms);
    }
    step.seq += taken.size();
    if (lacks_attachments && taken.size() < messages.size()) {
        static_cast<void>(node.exchange().bring_attachments_again(messages[taken.size()].id));
        if (died(from)) return;
        plan_bring(from, to, 1ms);
        return settle(from, to, step, false);
    }
    if (refused && !expected) return settle(from, to, step, false);
    if (expected)
        static_cast<void>(node.deliveries[peer].asked_again(node.now(), *expected, step, jitter()));
    node.busy.erase(peer);
    plan_pump(from, to, now_ + 1ms);
}

/// As the courier does where the way is quick. False where the node died of it.
bool World::number_ahead(std::size_t from, std::size_t to, std::uint64_t answered)
{
    auto& exchange = nodes_[from]->exchange();
    auto const& peer = nodes_[to]->state();
    auto const load = exchange.load(peer);
    auto const trip = exchange::quick_trip_max + (coin(0.5) ? 0us : 1us);
    if (load.ok() && Delivery::numbers_ahead(load.value(), answered, trip))
        static_cast<void>(exchange.number(peer));
    return !died(from);
}

/// False where a receipt proves nothing, or the node died of it.
bool World::keep(std::size_t from, std::size_t to, Delivery::Step step,
    std::span<exchange::UnderWay const> taken, std::span<Bytes const> receipts)
{
    auto& node = *nodes_[from];
    auto& delivery = node.deliveries[nodes_[to]->state()];
    auto const noted = node.exchange().acknowledge(taken, receipts);
    if (died(from)) return false;
    if (!node.complaint.empty()) fail(node.complaint);
    if (!noted.ok()) {
        delivery.failed(node.now(), jitter());
        return false;
    }
    tally_.receipts += taken.size();
    for (auto const& each : taken) check_delivered(from, to, each.id);
    delivery.succeeded(node.now(), { step.act, step.seq, step.seq + taken.size() - 1 });
    return true;
}

void World::hand(std::size_t from, std::size_t to, Delivery::Step step)
{
    auto& node = *nodes_[from];
    auto& peer = *nodes_[to];
    if (!peer.up() || !network_.open(now_, from, to)) return settle(from, to, step, false);
    auto const waiting = node.exchange().receipts_for(peer.state());
    bool fine = waiting.ok();
    if (fine)
        for (auto const& each : waiting.value()) {
            fine = peer.exchange().take_receipt(each.bytes, node.state()).ok();
            if (died(to) || !fine || coin(0.2)) {
                fine = false;
                break;
            }
            fine = node.exchange().receipt_taken(each).ok();
            if (died(from)) return;
            if (!fine) break;
        }
    settle(from, to, step, fine);
}

/// What a State's own keys can do against the others.
void World::lie()
{
    auto& node = *nodes_[liar_];
    auto const to = (liar_ + 1 + below(plan_.nodes - 1)) % plan_.nodes;
    auto& victim = *nodes_[to];
    if (!node.up() || !victim.up()) return;
    auto const load = node.exchange().load(victim.state());
    if (!load.ok() || load.value().last_numbered == 0) return;
    auto const seq = 1 + below(load.value().last_numbered);
    auto old = node.exchange().under_way(victim.state(), seq);
    if (!old.ok()) return;
    auto const forged = network_.forge(old.value().envelope, node.keys().seal, now_);
    ++tally_.lies;
    // What has not come yet it may tell as it likes, and again; then the true message is the fork.
    auto const expected = victim.exchange().expected_from(node.state());
    bool const first_told = expected.ok() && expected.value() <= seq;
    // Behind the true one in a batch, or alone.
    bool const behind = below(2) == 0;
    std::vector<Envelope> told { forged.envelope };
    if (behind) told.insert(told.begin(), old.value().envelope);
    if (forged.of_right_order && first_told && !behind)
        first_told_.emplace(to, forged.envelope.manifest);
    auto const taken = victim.exchange().receive_batch(told, node.state());
    if (died(to)) return;
    if (!taken.refused && forged.must_be_refused
        && !first_told_.contains({ to, forged.envelope.manifest }))
        fail(fmt::format("{} took a message that does not hold", victim.state()));
    check_taken(to);
}

bool World::quiet()
{
    if (storming() || !bringing_.empty()) return false;
    for (std::size_t from = 0; from < plan_.nodes; ++from)
        for (std::size_t to = 0; to < plan_.nodes; ++to) {
            if (!nodes_[from]->up()) return false;
            if (from == to || !honest(from)) continue;
            auto const load = nodes_[from]->exchange().load(nodes_[to]->state());
            if (!load.ok()) return false;
            if (load.value().first_under_way || load.value().waiting || load.value().receipts)
                return false;
        }
    return true;
}

Outcome World::run()
{
    plan_messages();
    plan_faults();
    for (std::size_t i = 0; i < plan_.nodes; ++i) pump_all(i);
    bool calmed = false;
    while (failure_.empty() && !events_.empty() && tally_.steps < steps_max) {
        auto const next = events_.top();
        events_.pop();
        now_ = std::max(now_, next.when);
        if (now_ > begin + calm) break;
        if (!calmed && !storming()) {
            calmed = true;
            for (auto& node : nodes_) node->disk.set_full(false);
        }
        next.what();
        ++tally_.steps;
        if (calmed && tally_.steps % 64 == 0 && quiet()) break;
    }
    if (failure_.empty() && !quiet()) fail("something still waits after the storm");
    if (failure_.empty()) check_end();
    for (auto& node : nodes_) {
        auto const& faults = node->disk.faults();
        tally_.disks.crashes += faults.crashes;
        tally_.disks.torn_writes += faults.torn_writes;
        tally_.disks.lost_writes += faults.lost_writes;
        tally_.disks.full += faults.full;
    }
    tally_.partitions = network_.partitions();
    return { failure_, tally_ };
}

Outcome run(Plan const& plan, exchange::Founding const& founding)
{
    seed_everything(plan.seed);
    World world { plan, founding };
    return world.run();
}

} // namespace comity::sim
