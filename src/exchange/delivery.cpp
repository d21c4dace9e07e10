#include "exchange/delivery.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::exchange {

std::chrono::microseconds Patience::after(unsigned failures, std::uint16_t chance) const
{
    std::chrono::microseconds wait = first;
    for (unsigned i = 1; i < failures && wait < longest; ++i) wait *= 2;
    wait = std::min<std::chrono::microseconds>(wait, longest);
    return wait * 3 / 4 + wait / 2 * chance / 65'536;
}

Delivery::Step Delivery::carry_from(std::uint64_t seq, Load const& load)
{
    return { Act::carry, seq, std::min(seq + batch_messages_max - 1, load.last_numbered) };
}

Delivery::Step Delivery::next(Instant now, Load const& load) const
{
    if (now < rest_until_) return { .act = Act::rest, .until = rest_until_ };
    auto const first = std::max(load.first_under_way, answered_ + 1);
    bool const under_way = load.first_under_way != 0 && first <= load.last_numbered;
    auto const known_there = under_way ? first - 1 : load.last_numbered;
    // What fills a gap is kept before more of it goes: only then is it known how far it reached.
    if (again_from_ != 0 && answered_ >= again_from_) return { Act::keep };
    if (again_from_ != 0 && again_from_ <= known_there) return carry_from(again_from_, load);
    if (under_way) return carry_from(first, load);
    // A number is for ever, so nothing gets one before somebody is there to take it: until then
    // what is more urgent can still go first, and what expires leaves no gap.
    if (!reached_) return { Act::look };
    if (load.waiting) return { Act::number };
    if (answered_ != 0) return { Act::keep };
    if (load.receipts) return { Act::hand_receipts };
    if (now >= look_at_) return { Act::look };
    return { .act = Act::rest, .until = look_at_ };
}

bool Delivery::numbers_ahead(
    Load const& load, std::uint64_t answered, std::chrono::microseconds trip)
{
    auto const on_the_way = std::max(load.last_numbered, answered) - answered;
    return load.waiting && trip <= quick_trip_max && on_the_way <= batch_messages_max;
}

void Delivery::succeeded(Instant now, Step const& step)
{
    failures_ = 0;
    reached_ = true;
    last_contact_ = now;
    rest_until_ = {};
    if (step.act == Act::carry && step.last >= answered_) answered_ = 0;
    if (step.act == Act::look) look_at_ = now + quiet_max;
    if (step.act == Act::carry && step.seq == again_from_) again_from_ = step.last + 1;
}

void Delivery::failed(Instant now, std::uint16_t chance)
{
    ++failures_;
    reached_ = false;
    answered_ = 0;
    rest_until_ = now + patience_.after(failures_, chance);
}

Result<void> Delivery::asked_again(
    Instant now, std::uint64_t expected, Step const& step, std::uint16_t chance)
{
    if (expected == 0 || expected >= step.seq) {
        failed(now, chance);
        return Error { Error::Kind::conflict,
            fmt::format("message {} was brought and the peer says it waits for {}: its history is "
                        "not ours",
                step.seq, expected),
            "seq" };
    }
    again_from_ = expected;
    return {};
}

} // namespace comity::exchange
