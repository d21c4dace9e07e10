#include "sim/simulation.h"

#include "exchange/audit.h"
#include "ledger/witness.h"

#include <fmt/format.h>

/// What must hold after every step, and at the end.
namespace comity::sim {

using store::Transaction;

void World::watch_plaintext(Envelope const& envelope)
{
    auto const shows
        = [](Bytes const& bytes) { return as_text(bytes).find(marker) != std::string_view::npos; };
    if (shows(envelope.manifest) || shows(envelope.signature)
        || std::ranges::any_of(envelope.parts, shows))
        fail("content travels in the clear");
}

void World::check_taken(std::size_t place)
{
    auto const taken = nodes_[place]->taken();
    if (!taken.ok()) return fail("taken: " + taken.error().what);
    std::map<std::string, std::uint64_t> last;
    std::set<std::string> ids;
    for (auto const& each : taken.value()) {
        if (!ids.insert(each.id).second)
            fail(fmt::format("{} was delivered twice in {}", each.id, nodes_[place]->state()));
        // What came too late or was spoiled uses a number up too, so there may be holes here.
        if (each.seq <= std::exchange(last[each.peer], each.seq))
            fail(fmt::format(
                "messages of {} came out of order in {}", each.peer, nodes_[place]->state()));
    }
    tally_.delivered = std::max<std::uint64_t>(tally_.delivered, taken.value().size());
}

void World::check_delivered(std::size_t from, std::size_t to, std::string const& id)
{
    auto const promise = promises_.find(id);
    if (promise == promises_.end() || !honest(to) || !nodes_[to]->up()) return;
    auto const there
        = nodes_[to]->store().read([&](Transaction& t) { return exchange::message_by_id(t, id); });
    if (!there.ok())
        fail(fmt::format("{} was receipted to {} and is not in {}", id, nodes_[from]->state(),
            nodes_[to]->state()));
}

void World::check_promises()
{
    for (auto const& [id, promise] : promises_) {
        if (!honest(promise.from)) continue;
        auto& from = *nodes_[promise.from];
        auto& to = *nodes_[promise.to];
        auto const stored = from.store().read(
            [&, id = id](Transaction& t) { return exchange::message_by_id(t, id); });
        if (!stored.ok()) {
            fail(fmt::format("{} was promised in {} and is lost", id, from.state()));
            continue;
        }
        auto const& state = stored.value().state;
        tally_.expired += state == "expired";
        auto const taken = to.taken();
        auto const count = std::ranges::count(taken.value(), id, &Node::Taken::id);
        bool const right = state == "delivered" ? count == 1
            : state == "expired"                ? promise.may_expire && count == 0
                                                : false;
        if (right && state == "delivered") check_attachments(promise, id);
        if (!right)
            fail(fmt::format("{} from {} to {} is '{}' and was delivered {} times", id,
                from.state(), to.state(), state, count));
    }
}

void World::check_registers()
{
    std::vector<exchange::Register> registers;
    for (auto& node : nodes_) {
        auto const verifier = node->ledger().verifier();
        auto read = node->store().read([&](Transaction& t) -> Result<exchange::Register> {
            TRY(ledger::verify(t, verifier));
            if (!TRY(ledger::alarms(t)).empty())
                return Error { Error::Kind::conflict, "an alarm over an honest register" };
            auto const told = TRY(exchange::forks(t));
            tally_.forks += told.size();
            for (auto const& each : told)
                if (liar_ == plan_.nodes || each.peer != nodes_[liar_]->state())
                    return Error { Error::Kind::conflict, "a fork of an honest State" };
            return exchange::own_register(t, verifier);
        });
        if (!read.ok()) return fail(node->state() + ": " + read.error().what);
        registers.push_back(read.take());
    }
    for (std::size_t a = 0; a < plan_.nodes; ++a)
        for (std::size_t b = a + 1; b < plan_.nodes; ++b) {
            if (!honest(a) || !honest(b)) continue;
            auto const found = exchange::differences(
                registers[a], nodes_[a]->state(), registers[b], nodes_[b]->state());
            if (!found.empty())
                fail(
                    fmt::format("{} entry {}: {}", found[0].holder, found[0].entry, found[0].what));
        }
}

void World::check_end()
{
    for (auto& node : nodes_)
        if (!node->up()) return fail(node->state() + " is down at the end");
    for (std::size_t i = 0; i < plan_.nodes; ++i) check_taken(i);
    check_promises();
    check_registers();
    for (auto& node : nodes_)
        if (node->disk.holds(marker)) fail("content lies in the clear on " + node->state());
}

} // namespace comity::sim
