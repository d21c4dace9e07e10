#include "rights/reconciliation_store.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::rights {
namespace {

using exchange::Difference;
using store::Transaction;

constexpr std::string_view node_itself = "node";
constexpr std::size_t id_bytes_max = 64; ///< What is longer is no id of a message.

/// Whether an entry of another State's register is about us.
bool concerns(message::RegisterEntry const& entry, std::string_view state)
{
    return entry.from == state || entry.to == state;
}

/// All are counted; the first are named.
void name(Comparison& out, std::vector<Difference> found)
{
    out.wrong += found.size();
    auto const room = exchange::differences_named_max - out.differences.size();
    found.resize(std::min(found.size(), room));
    for (auto& each : found)
        if (each.message.size() > id_bytes_max) each.message.clear();
    std::ranges::move(found, std::back_inserter(out.differences));
}

message::RegisterEntry entry_of_sweep(
    std::string const& own_state, Comparison const& done, std::uint64_t end)
{
    message::RegisterEntry out {};
    out.v = 1;
    out.act = message::Act::swept;
    out.at = done.at;
    out.from = out.to = own_state;
    out.provisions = { "A31(4)(b)-1", "A31(4)(e)-1" };
    out.verdict = done.wrong == 0 ? "complete" : "incomplete";
    out.entry = end;
    return out;
}

} // namespace

Reconciliation::Reconciliation(Rooms rooms, std::string own_state, std::string zone, Clock clock)
    : rooms_(rooms)
    , own_state_(std::move(own_state))
    , zone_(std::move(zone))
    , clock_(std::move(clock))
    , reach_([](std::string const& state) -> Result<ledger::Fetch> {
        return Error { Error::Kind::unavailable, fmt::format("there is no line to {}", state) };
    })
{
}

Reconciliation::~Reconciliation()
{
    stop();
}

void Reconciliation::stop()
{
    thread_.request_stop();
    wait();
}

void Reconciliation::wait()
{
    if (thread_.joinable()) thread_.join();
}

Result<void> Reconciliation::begin(std::string const& officer, std::string const& state)
{
    if (!rooms_.exchange.trust().find(state).ok())
        return Error { Error::Kind::not_found,
            fmt::format("no register key of '{}' is known", state), "party" };
    std::scoped_lock const hold { mutex_ };
    if (!running_.empty())
        return Error { Error::Kind::conflict,
            fmt::format("the register of {} is being read", running_), "party" };
    wait(); // it has kept its result and ends
    running_ = state;
    thread_ = std::jthread { [this, officer, state](
                                 std::stop_token const& stop) { run(stop, officer, state); } };
    return {};
}

namespace {

/// When the register was looked through last, or began; nothing before its first entry.
Result<std::optional<Instant>> last_look(Transaction& transaction, std::string const& own_state)
{
    if (auto const swept = TRY(compared_at(transaction, own_state))) return swept;
    auto const first = TRY(ledger::minimum_index(transaction));
    if (TRY(ledger::size(transaction)) == first) return std::optional<Instant> {};
    auto const leaf = TRY(ledger::leaf(transaction, first));
    return std::optional { TRY(message::read_duty(as_text(leaf))).at };
}

} // namespace

Result<bool> Reconciliation::sweep_when_due()
{
    auto const last
        = TRY(rooms_.store.read([&](Transaction& t) { return last_look(t, own_state_); }));
    if (!last || TRY(day_of(clock_())) <= TRY(day_of(*last))) return false;
    {
        std::scoped_lock const hold { mutex_ };
        if (!running_.empty()) return false;
    }
    TRY(begin(std::string { node_itself }, own_state_));
    return true;
}

Result<Registers> Reconciliation::look()
{
    Registers out;
    out.parties.push_back(own_state_);
    for (auto const& peer : rooms_.exchange.trust().peers())
        if (peer.state != own_state_) out.parties.push_back(peer.state);
    // What runs is asked first: what ended meanwhile is then among the results.
    {
        std::scoped_lock const hold { mutex_ };
        if (!running_.empty()) out.running = running_;
    }
    out.comparisons = TRY(rooms_.store.read([](Transaction& t) { return comparisons(t); }));
    return out;
}

void Reconciliation::run(
    std::stop_token const& stop, std::string const& officer, std::string const& state)
{
    Comparison out { .party = state, .officer = officer };
    std::optional<std::uint64_t> swept;
    auto const done = [&]() -> Result<void> {
        auto const today = TRY(day_of(clock_()));
        if (state != own_state_) return compare(out, stop, today);
        swept = TRY(sweep_own(out, today));
        return {};
    }();
    if (!done.ok()) out = { .party = state, .officer = officer, .failed = done.error().what };
    out.at = clock_();
    // Where not even that can be kept, the old result stands with its old time.
    static_cast<void>(keep(out, swept));
    std::scoped_lock const hold { mutex_ };
    running_.clear();
}

Result<std::uint64_t> Reconciliation::sweep_own(Comparison& out, Date today)
{
    auto swept = TRY(rooms_.store.read(
        [&](Transaction& t) { return exchange::sweep_own(t, own_state_, today); }));
    out.entries = swept.entries;
    out.wrong = swept.wrong;
    out.differences = std::move(swept.differences);
    return swept.end;
}

Result<void> Reconciliation::compare(Comparison& out, std::stop_token const& stop, Date today)
{
    auto const trust = rooms_.exchange.trust();
    exchange::AuditKeys keys;
    for (auto const& peer : trust.peers()) keys.logs.push_back(peer.register_key);
    auto const fetch = TRY(reach_(out.party));
    auto const theirs = TRY(exchange::fetch_register(
        [&](std::string const& path) -> Result<Bytes> {
            if (stop.stop_requested())
                return Error { Error::Kind::unavailable, "this node was stopped meanwhile" };
            return fetch(path);
        },
        keys));
    auto const own_key = TRY(trust.find(own_state_)).register_key;
    auto const ours = TRY(
        rooms_.store.read([&](Transaction& t) { return exchange::own_register(t, own_key); }));
    out.entries = theirs.entries.size();
    name(out, exchange::differences(ours, own_state_, theirs, out.party));
    auto owed = exchange::sweep(theirs, today).differences;
    std::erase_if(owed, [&](Difference const& each) {
        return !concerns(theirs.entries[each.entry - theirs.minimum], own_state_);
    });
    name(out, std::move(owed));
    return {};
}

/// Of two processes of one State that find a new day at once, the second finds the first's sweep.
Result<bool> Reconciliation::another_was_first(
    Transaction& transaction, Comparison const& done) const
{
    if (done.officer != node_itself) return false;
    auto const before = TRY(compared_at(transaction, own_state_));
    return before && TRY(day_of(*before)) >= TRY(day_of(done.at));
}

Result<void> Reconciliation::keep(Comparison const& done, std::optional<std::uint64_t> swept)
{
    return rooms_.store.write([&](Transaction& t) -> Result<void> {
        if (swept) {
            if (TRY(another_was_first(t, done))) return {};
            auto const leaf = json::to_text(entry_of_sweep(own_state_, done, *swept));
            TRY(rooms_.ledger.append(t, as_view(leaf)));
        }
        return keep_comparison(t, done);
    });
}

} // namespace comity::rights
