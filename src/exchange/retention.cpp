#include "exchange/retention.h"

#include <fmt/format.h>

#include <set>

namespace comity::exchange {
namespace {

using message::Act;
using message::RegisterEntry;
using store::Transaction;

constexpr auto kept_at_least = std::chrono::years { 3 };

Result<RegisterEntry> entry_at(Transaction& transaction, std::uint64_t index)
{
    auto const leaf = TRY(ledger::leaf(transaction, index));
    return json::read_text<RegisterEntry>(as_text(leaf), json::Unknown::keep);
}

/// The entries whose data the register says were destroyed.
Result<std::set<std::uint64_t>> destroyed_entries(
    Transaction& transaction, std::uint64_t begin, std::uint64_t end)
{
    std::set<std::uint64_t> out;
    for (auto i = begin; i < end; ++i) {
        auto const entry = TRY(entry_at(transaction, i));
        if (entry.act == Act::destroyed && entry.entry) out.insert(*entry.entry);
    }
    return out;
}

/// Three years of the calendar; 29 February counts as 28 here, since this is only the least.
Result<void> refuse_short(Instant entry, Date until)
{
    std::chrono::year_month_day const day { std::chrono::floor<std::chrono::days>(entry) };
    auto least = day + kept_at_least;
    if (!least.ok()) least = least.year() / least.month() / std::chrono::last;
    // A day less: the calendar of the node's zone may be one behind UTC.
    if (until >= Date { least } - std::chrono::days { 1 }) return {};
    return Error { Error::Kind::not_permitted,
        fmt::format("an entry of {} kept until {} only; A31(4)(e)-3 asks for three years",
            to_text(Date { day }), to_text(until)) };
}

} // namespace

Result<Prunable> prunable(Transaction& transaction, KeptUntil const& kept_until, Date today)
{
    auto const size = TRY(ledger::size(transaction));
    auto const begin = TRY(ledger::minimum_index(transaction));
    auto const held = TRY(ledger::first_held(transaction));
    auto const destroyed = TRY(destroyed_entries(transaction, begin, size));
    for (auto i = begin; i < size; ++i) {
        if (held == i) return Prunable { i, fmt::format("entry {} is held", i) };
        auto const entry = TRY(entry_at(transaction, i));
        auto const until = TRY(kept_until(entry.at));
        TRY(refuse_short(entry.at, until));
        if (today < until)
            return Prunable { i, fmt::format("entry {} is kept until {}", i, to_text(until)) };
        bool const owed = entry.erase_by && (entry.act == Act::sent || entry.act == Act::received)
            && !destroyed.contains(i);
        if (owed)
            return Prunable { i,
                fmt::format("the data of entry {} have no entry of their destruction", i) };
    }
    return Prunable { size, {} };
}

Result<std::optional<std::uint64_t>> prune_register(Transaction& transaction,
    ledger::Ledger& ledger, std::string const& own_state, std::uint64_t until, Instant now)
{
    auto const minimum = TRY(ledger::next_minimum(transaction, until));
    if (minimum == TRY(ledger::minimum_index(transaction))) return std::optional<std::uint64_t> {};
    RegisterEntry leaf {};
    leaf.v = 1;
    leaf.act = Act::pruned;
    leaf.at = now;
    leaf.from = leaf.to = own_state;
    leaf.provisions = { "A31(4)(e)-3" };
    leaf.entry = minimum;
    auto const entry = TRY(ledger.append(transaction, as_view(json::to_text(leaf))));
    auto const pruned = TRY(ledger.prune(transaction, minimum, entry, now));
    return std::optional { pruned };
}

} // namespace comity::exchange
