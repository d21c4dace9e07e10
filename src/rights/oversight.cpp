#include "rights/oversight.h"

#include "crypto/hash.h"
#include "protection/operation_reading.h"

#include <fmt/format.h>

#include <set>

namespace comity::rights {

using store::Transaction;

namespace {

constexpr std::int64_t operations_counted = 10'000;

std::vector<Refusals> count_refusals(std::span<protection::OperationEntry const> operations)
{
    std::map<std::string, std::int64_t> counts;
    for (auto const& each : operations)
        if (!each.permitted)
            for (auto const& provision : each.provisions) ++counts[provision];
    std::vector<Refusals> out;
    for (auto const& [provision, count] : counts) out.push_back({ provision, count });
    return out;
}

/// The place that a seed draws, the k-th time.
std::uint64_t drawn_place(std::string const& seed, std::size_t k, std::uint64_t of)
{
    auto const digest = crypto::sha256(as_view(fmt::format("{}/{}", seed, k)));
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < 8; ++i) number = (number << 8U) | digest[i];
    return number % of;
}

} // namespace

Result<Oversight> oversee(
    store::Store& store, protection::Vault const& vault, std::chrono::hours patience, Instant now)
{
    auto const today = TRY(vault.today());
    return store.read([&](Transaction& t) -> Result<Oversight> {
        Oversight out { now, std::chrono::seconds { patience }.count() };
        for (auto& each : TRY(vault.next_due(t, due_shown_max))) {
            if (each.destroy_on == casework::no_last_day) continue; // no personal data
            out.due.push_back({ std::move(each.id), std::move(each.owner), each.destroy_on,
                each.destroy_on <= today });
        }
        for (auto const& each : TRY(notices_open(t, listed_max)))
            out.open.push_back(view_of(each, now));
        for (auto const& each : TRY(newest_consents(t, listed_max)))
            out.consents.push_back(view_of(each, today));
        auto const operations = TRY(protection::newest_operations(t, operations_counted));
        out.operations = static_cast<std::int64_t>(operations.size());
        out.refusals = count_refusals(operations);
        return out;
    });
}

Result<Sample> draw_sample(
    store::Store& store, std::string const& seed, std::size_t count, std::optional<std::int64_t> of)
{
    if (seed.empty() || seed.size() > 64)
        return Error { Error::Kind::malformed, "1 to 64 characters", "seed" };
    if (count == 0 || count > sample_max)
        return Error { Error::Kind::malformed, fmt::format("1 to {}", sample_max), "count" };
    return store.read([&](Transaction& t) -> Result<Sample> {
        Sample out { seed };
        out.of = TRY(protection::operations_count(t));
        if (of && (*of < 1 || static_cast<std::uint64_t>(*of) > out.of))
            return Error { Error::Kind::malformed, fmt::format("1 to {}", out.of), "of" };
        if (of) out.of = static_cast<std::uint64_t>(*of);
        std::set<std::uint64_t> places;
        // A place drawn twice counts once; a log shorter than the sample is shown whole.
        auto const wanted = std::min<std::uint64_t>(count, out.of);
        for (std::size_t k = 0; places.size() < wanted && k < sample_max * 100; ++k)
            places.insert(drawn_place(seed, k, out.of));
        for (auto const place : places)
            out.drawn.push_back(TRY(protection::operation_at(t, place)));
        return out;
    });
}

} // namespace comity::rights
