#include "exchange/sweep.h"

#include "ledger/ledger.h"
#include "ledger/walk.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::exchange {
namespace {

using message::Act;
using message::Duty;
using Kind = Difference::Kind;

/// A day for the zones: the register writes UTC, the day of destruction is the State's own.
constexpr auto slack = std::chrono::days { 1 };

bool owes_destruction(Duty const& duty)
{
    return duty.erase_by && (duty.act == Act::sent || duty.act == Act::received);
}

std::array<std::uint8_t, 16> hash_of(Duty const& duty)
{
    constexpr std::uint8_t between[] = { 0 };
    auto const whole = crypto::sha256({ as_view(duty.message), between, as_view(duty.commitment) });
    std::array<std::uint8_t, 16> out {};
    std::copy_n(whole.begin(), out.size(), out.begin());
    return out;
}

} // namespace

void Sweep::say(
    std::uint64_t entry, std::string const& message, Difference::Kind kind, std::string what)
{
    ++out_.wrong;
    if (out_.differences.size() < differences_named_max)
        out_.differences.push_back({ entry, holder_, message, kind, std::move(what) });
}

void Sweep::take(Duty const& duty)
{
    auto const entry = minimum_ + out_.entries;
    if (duty.act == Act::destroyed) take_destruction(duty);
    if (owes_destruction(duty)) owed_.push_back({ entry, hash_of(duty), *duty.erase_by });
    ++out_.entries;
}

Sweep::Owed* Sweep::find_owed(std::uint64_t entry)
{
    if (found_ + 1 < owed_.size() && owed_[found_ + 1].entry == entry) return &owed_[++found_];
    auto const at = std::ranges::lower_bound(owed_, entry, {}, &Owed::entry);
    if (at == owed_.end() || at->entry != entry) return nullptr;
    found_ = static_cast<std::size_t>(at - owed_.begin());
    return &*at;
}

void Sweep::take_destruction(Duty const& duty)
{
    auto const entry = minimum_ + out_.entries;
    if (!duty.entry || *duty.entry >= entry)
        return say(entry, duty.message, Kind::destroys_nothing,
            "a destruction that names no entry before it");
    if (*duty.entry < minimum_) return; // pruned with what it fulfilled
    auto* owed = find_owed(*duty.entry);
    if (!owed || owed->of != hash_of(duty))
        return say(entry, duty.message, Kind::does_not_fit,
            fmt::format("it does not fit entry {}, which it names", *duty.entry));
    if (std::exchange(owed->destroyed, true))
        return say(entry, duty.message, Kind::destroyed_before,
            fmt::format("entry {} was destroyed before", *duty.entry));
    ++out_.destroyed;
    auto const day = std::chrono::floor<std::chrono::days>(duty.at);
    if (day > owed->erase_by + slack)
        say(owed->entry, duty.message, Kind::destroyed_late,
            fmt::format("due for destruction by {} (A31(4)(b)-1), destroyed on {}",
                to_text(owed->erase_by), to_text(Date { day })));
}

Result<Swept> Sweep::finish(MessageOf const& message_of)
{
    out_.owed = owed_.size();
    out_.end = minimum_ + out_.entries;
    for (auto const& each : owed_) {
        if (each.destroyed || each.erase_by >= today_) continue;
        bool const named = out_.differences.size() < differences_named_max;
        say(each.entry, named ? TRY(message_of(each.entry)) : std::string {}, Kind::not_destroyed,
            fmt::format("due for destruction by {} (A31(4)(b)-1), and no entry says that it was "
                        "destroyed",
                to_text(each.erase_by)));
    }
    std::ranges::stable_sort(out_.differences, {}, &Difference::entry);
    return std::move(out_);
}

Swept sweep(Register const& of, Date today)
{
    Sweep walk { of.state(), of.minimum, today };
    for (auto const& entry : of.entries) walk.take(message::duty_of(entry));
    return walk
        .finish([&](std::uint64_t entry) -> Result<std::string> {
            return of.entries[entry - of.minimum].message;
        })
        .take();
}

Result<Swept> sweep_own(store::Transaction& transaction, std::string holder, Date today)
{
    auto const minimum = TRY(ledger::minimum_index(transaction));
    Sweep of { std::move(holder), minimum, today };
    TRY(ledger::walk(transaction, minimum, [&](ledger::Leaves const& leaves) -> Result<void> {
        for (std::size_t i = 0; i < leaves.size(); ++i)
            of.take(TRY(message::read_duty(as_text(leaves.leaf(i)))));
        return {};
    }));
    return of.finish([&](std::uint64_t entry) -> Result<std::string> {
        auto const leaf = TRY(ledger::leaf(transaction, entry));
        return TRY(message::read_duty(as_text(leaf))).message;
    });
}

} // namespace comity::exchange
