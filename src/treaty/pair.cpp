#include "treaty/pair.h"

#include <algorithm>

namespace comity::treaty {
namespace {

/// What the rows of an authority that are valid on the date say of it.
Standing resolve_standing(std::span<Authority const> rows, std::string_view id, Side const& side)
{
    Standing out;
    Sourced<bool> existing;
    std::string_view parent;
    auto const take = [](Sourced<bool>& into, SourceId source) {
        if (!into.value) into = { true, source };
    };
    for (auto const& each : rows) {
        if (each.id != id || !each.validity.covers(side.date)) continue;
        take(out.registered, each.source);
        if (is_annexed(each.list)) take(out.listed, each.source);
        if (each.list == List::national_central_units) take(out.central, each.source);
        if (each.list == List::existing_structures) take(existing, each.source);
        if (each.list == List::registry) take(out.registry, each.source);
        if (!each.part_of.empty()) parent = each.part_of;
    }
    if (!side.has_unit) out.central = existing;
    if (out.listed.value || parent.empty()) return out;
    // read_law() refuses an authority that is, over others, part of itself.
    out.listed = resolve_standing(rows, parent, side).listed;
    if (is_test_source(out.registered.source)) out.listed.source = out.registered.source;
    return out;
}

void resolve_authorities(std::span<Authority const> rows, Side& side)
{
    for (auto const& each : rows)
        if (each.validity.covers(side.date)
            && std::ranges::find(side.authorities, each.id, &AuthorityThen::id)
                == side.authorities.end())
            side.authorities.push_back({ each.id, resolve_standing(rows, each.id, side) });
}

Side resolve_side(Law const& law, PartyCode code, Instant at)
{
    auto const* party = law.party(code);
    // The zone of every Party was tried when the law was read.
    auto const date = party ? local_date(at, party->zone).take() : floor<std::chrono::days>(at);
    Side side { .code = code,
        .zone = party ? std::string_view { party->zone } : "UTC",
        .date = date,
        .in_force = party ? party->in_force(date) : Truth { false },
        .in_force_since = party ? party->in_force_on() : std::nullopt,
        .has_unit = !law.authorities(code, List::national_central_units, date).empty(),
        .central_known = !law.national_central_unit(code, date).empty(),
        .protection_ready = { law.protection_ready(code, date) },
        .judicial {},
        .marked {},
        .national {},
        .eu_member = party && party->eu_member_since && *party->eu_member_since <= date,
        .authorities {} };
    resolve_authorities(law.authorities(code), side);
    if (auto const* row = law.readiness(code)) side.protection_ready.source = row->source;
    for (auto const& row : law.tables().judicial)
        if (row.party == code && row.validity.covers(date))
            side.judicial[static_cast<std::size_t>(row.kind)] = { row.reserved, row.source };
    for (int level = 1; level <= level_max; ++level)
        if (auto const* row = law.marking(code, level, date))
            side.marked[static_cast<std::size_t>(level)] = { !row->text.empty(), row->source };
    for (auto const& row : law.tables().national)
        if (row.party == code && row.validity.covers(date))
            side.national[static_cast<std::size_t>(row.rule)] = { row.value, row.source };
    return side;
}

/// The agreement that binds the two on the date of the territory, and what it says for the Party
/// whose officials act.
void resolve_agreements(Law const& law, Pair& pair)
{
    for (auto const& row : law.tables().agreement_terms) {
        if (!row.binds(pair.requesting.code, pair.requested.code)) continue;
        if (!row.validity.covers(pair.requested.date)) continue;
        auto& agreed = pair.agreed[static_cast<std::size_t>(row.term)];
        agreed = { row.is_public ? Stated::yes : Stated::not_public, row.source, row.number,
            &row.ids };
    }
}

ReservedBetween resolve_reservation(Law const& law, std::string_view id, Pair const& pair)
{
    auto const* row = law.reservation(id);
    if (!row) return {};
    auto const& [own, other] = pair.requesting.code == row->party
        ? std::tie(pair.requesting, pair.requested)
        : std::tie(pair.requested, pair.requesting);
    if (own.code != row->party || !row->validity.covers(own.date)) return {};
    return { true, row->source, row->towards, other.eu_member };
}

void resolve_suspensions(Law const& law, Pair& pair)
{
    for (auto const& row : law.tables().suspensions)
        for (auto const* side : { &pair.requesting, &pair.requested })
            if (row.party == side->code && row.validity.covers(side->date))
                for (std::size_t article = 1; article <= article_count; ++article)
                    if (row.touches(static_cast<int>(article)))
                        pair.suspended[article] = { true, row.source };
}

} // namespace

Standing const& Side::standing(std::string_view authority_id) const
{
    static constexpr Standing nothing {};
    for (auto const& each : authorities)
        if (each.id == authority_id) return each.standing;
    return nothing;
}

Pair resolve(Law const& law, PartyCode requesting, PartyCode requested, Instant at)
{
    auto const since = law.tables().in_force_on;
    auto const a = resolve_side(law, requesting, at);
    auto const b = resolve_side(law, requested, at);
    Pair pair { .at = at,
        .convention_in_force = a.date >= since && b.date >= since,
        .requesting = a,
        .requested = b,
        .reserved {},
        .suspended {},
        .agreed {} };
    for (std::size_t i = 0; i < reserved_ids.size(); ++i)
        pair.reserved[i] = resolve_reservation(law, reserved_ids[i], pair);
    resolve_suspensions(law, pair);
    resolve_agreements(law, pair);
    return pair;
}

std::string_view Pair::zone(Calendar calendar) const
{
    switch (calendar) {
    case Calendar::requesting: return requesting.zone;
    case Calendar::requested: return requested.zone;
    case Calendar::depositary: return zone_of_depositary;
    case Calendar::none: break;
    }
    return "UTC";
}

} // namespace comity::treaty
