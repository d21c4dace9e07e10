#include "protection/vault_kept.h"

#include <algorithm>

/// Drawers and the keys of their days: where the key of an item lies wrapped, and what lies in a
/// drawer. What is due is found through its drawer, so no table has an index of days or States.
namespace comity::protection {

using store::Transaction;

Date month_after(Date day)
{
    std::chrono::year_month_day const date { day };
    return std::chrono::sys_days { (date.year() / date.month() + std::chrono::months { 1 }) / 1 };
}

Result<Vault::Wrapped> Vault::wrap(Transaction& t, Kept const& item,
    std::shared_ptr<KeyRing const>& ring, crypto::Nonce96 const& nonce)
{
    auto const drawer = TRY(drawer_for(t, { item.row.owner, item.row.destroy_on }, ring));
    auto const key = ring->find(drawer);
    MUST(key.has_value());
    return Wrapped { drawer,
        crypto::Aes256Gcm { key->key }.seal(
            nonce, as_view(beside_key(item.row.item, drawer)), item.key) };
}

Result<void> Vault::index(Transaction& t, Kept const& item)
{
    if (item.inside.terms.empty()) return {};
    auto const key = TRY(index_key(t, { item.row.owner, month_after(item.row.destroy_on) }));
    for (auto const& term : item.inside.terms)
        TRY(tables::add_term(t, blinded(key, term), item.row.item));
    return {};
}

Result<std::uint64_t> Vault::add_key(Transaction& t, KeyKind kind, Place const& place)
{
    PeriodKey fresh { kind, place.first, place.second, 0, {} };
    random_(fresh.key);
    std::uint64_t id = 0;
    TRY(keys_->change([&](KeyRing& ring) -> Result<void> {
        id = ring.next_id++;
        ring.keys.emplace(id, fresh);
        ++ring.version;
        return {};
    }));
    TRY(tables::set_keys_version(t, keys_->version()));
    return id;
}

Result<std::uint64_t> Vault::drawer_for(
    Transaction& t, Place const& place, std::shared_ptr<KeyRing const>& ring)
{
    auto& open = open_drawers_[place];
    auto const usable = [&](Drawer const& drawer) {
        auto const key = ring->find(drawer.id);
        return key && key->doubted_at == 0 && drawer.items < drawer_items_max;
    };
    if (!usable(open)) {
        open = {};
        auto const there = keys_->those([&](PeriodKey const& key) {
            return key.kind == KeyKind::drawer && key.owner == place.first
                && key.dies_on == place.second && key.doubted_at == 0;
        });
        for (auto const& each : there) {
            auto const items = TRY(tables::count_in_drawer(t, each.first));
            Drawer const drawer { each.first, items };
            if (usable(drawer)) open = drawer;
        }
    }
    if (open.id == 0) {
        open.id = TRY(add_key(t, KeyKind::drawer, place));
        ring = keys_->ring();
    }
    ++open.items;
    return open.id;
}

Result<crypto::Key256> Vault::index_key(Transaction& t, Place const& month)
{
    auto& id = index_keys_[month];
    if (!keys_->find(id)) {
        auto const there = keys_->those([&](PeriodKey const& key) {
            return key.kind == KeyKind::index && key.owner == month.first
                && key.dies_on == month.second;
        });
        id = there.empty() ? TRY(add_key(t, KeyKind::index, month)) : there.front().first;
    }
    return keys_->find(id)->key;
}

namespace {

struct Collected {
    std::vector<Found> found;
    std::size_t count_max;

    bool full() const { return found.size() >= count_max; }
    std::size_t room() const { return count_max - found.size(); }
};

Result<void> collect(Transaction& t, std::uint64_t drawer,
    std::function<bool(Found const&)> const& fits, Collected& out)
{
    for (auto& each : TRY(tables::lying_in(t, drawer, fits ? drawer_items_max : out.room())))
        if (!out.full() && (!fits || fits(each))) out.found.push_back(std::move(each));
    return {};
}

} // namespace

Result<std::vector<Found>> Vault::lying(Transaction& t, DrawerFits const& drawer_fits,
    ItemFits const& item_fits, std::size_t count_max) const
{
    auto const ring = keys_->ring(t.moment());
    std::vector<std::pair<Date, std::uint64_t>> drawers;
    for (auto const& [id, key] : ring->keys)
        if (key.kind == KeyKind::drawer && drawer_fits(key)) drawers.emplace_back(key.dies_on, id);
    std::ranges::sort(drawers);
    Collected out { {}, count_max };
    for (auto const& [day, id] : drawers) {
        if (out.full()) break;
        TRY(collect(t, id, {}, out));
    }
    if (out.full()) return std::move(out.found);
    for (auto const id : TRY(tables::drawers(t)))
        if (!out.full() && !ring->keys.contains(id)) TRY(collect(t, id, item_fits, out));
    return std::move(out.found);
}

Result<std::vector<Found>> Vault::due_by(Transaction& t, Date day, std::size_t count_max) const
{
    return lying(
        t, [&](PeriodKey const& key) { return key.dies_on <= day; },
        [&](Found const& item) { return item.destroy_on <= day; }, count_max);
}

Result<std::vector<Found>> Vault::next_due(Transaction& t, std::size_t count_max) const
{
    return due_by(t, Date::max(), count_max);
}

} // namespace comity::protection
