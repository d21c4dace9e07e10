#include "protection/vault_kept.h"

#include <fmt/format.h>

#include <algorithm>

/// Destruction (Art. 31(4)(b)). A key leaves the key file only when the commit that needs it no
/// more is on disk; until then the file says that it is doubted, and the next opening looks.
namespace comity::protection {

using message::DestructionGround;
using store::Transaction;

namespace {

constexpr std::size_t items_a_commit = 256;

std::vector<std::string> provisions_of(DestructionGround ground)
{
    switch (ground) {
    case DestructionGround::unlawfully_sent:
    case DestructionGround::wrong: return { "A31(4)(c)-2", "A31(4)(e)-1" };
    case DestructionGround::no_longer_needed: return { "A31(4)(b)-2", "A31(4)(e)-1" };
    case DestructionGround::deadline: return { "A31(4)(b)-1", "A31(4)(e)-1" };
    case DestructionGround::end_of_convention: break;
    }
    return { "A31(4)(b)-3", "A31(4)(e)-1" };
}

bool hangs_on_it(Copy const& copy)
{
    return copy.kind == CopyKind::attachment || copy.kind == CopyKind::draft;
}

} // namespace

message::RegisterEntry destruction_of(
    message::RegisterEntry const& fulfilled, std::uint64_t entry, Instant at)
{
    auto out = fulfilled;
    out.act = message::Act::destroyed;
    out.at = at;
    out.provisions = { "A31(4)(b)-1", "A31(4)(e)-1" };
    out.entry = entry;
    return out;
}

Result<std::optional<std::uint64_t>> Vault::enter(
    Transaction& t, std::optional<std::uint64_t> fulfilled, Instant at)
{
    if (!fulfilled) return std::optional<std::uint64_t> {};
    auto const leaf = ledger::leaf(t, *fulfilled);
    // An entry that was pruned owes nothing any more; the destruction goes on.
    if (!leaf.ok() && leaf.error().kind == Error::Kind::not_found)
        return std::optional<std::uint64_t> {};
    if (!leaf.ok()) return leaf.error();
    auto const of
        = TRY(json::read_text<message::RegisterEntry>(as_text(leaf.value()), json::Unknown::keep));
    auto const text = json::print(json::write(destruction_of(of, *fulfilled, at)));
    auto const place = TRY(ledger_.append(t, as_view(text)));
    return std::optional { place };
}

Result<void> Vault::destroy_one(Transaction& t, std::string const& id, Destruction& act)
{
    auto const row = TRY(tables::find(t, id));
    if (!row) return {};
    auto const at = clock_();
    Destroyed out { id, row->owner, act.ground, at, row->entry, {}, {} };
    out.copies = TRY(tables::copies(t, row->item));
    TRY(tables::remove(t, row->item));
    act.drawers.insert(row->drawer);
    out.entry = TRY(enter(t, row->entry, at));
    OperationEntry entry;
    entry.operation = Operation::destroy;
    entry.at = at;
    entry.item = id;
    entry.officer = act.actor.officer;
    entry.need = act.actor.need;
    entry.provisions = provisions_of(act.ground);
    entry.entry = out.entry;
    entry.owner = row->owner;
    entry.late = TRY(today()) > row->destroy_on;
    TRY(log_.append(t, entry));
    auto const copies = out.copies;
    for (auto const& hears : hear_) TRY(hears(t, out));
    act.done.push_back(std::move(out));
    // What hangs on it; it is gone from the tables by now, so a ring of copies ends too.
    for (auto const& copy : copies)
        if (hangs_on_it(copy)) TRY(destroy_one(t, copy.place, act));
    return {};
}

Result<void> Vault::destroy_all(
    Transaction& t, std::vector<std::string> const& ids, Destruction& act)
{
    for (auto const& id : ids) TRY(destroy_one(t, id, act));
    return {};
}

Result<void> Vault::replace_drawer(Transaction& t, std::uint64_t drawer)
{
    auto const old = keys_->find(drawer);
    // On its day all that is in it goes, and its key with destroy_period.
    if (!old || old->dies_on <= TRY(today())) return {};
    auto const rows = TRY(tables::in_drawer(t, drawer));
    PeriodKey fresh { *old };
    fresh.doubted_at = 0;
    random_(fresh.key);
    std::uint64_t id = 0;
    TRY(keys_->change([&](KeyRing& ring) -> Result<void> {
        ring.keys.at(drawer).doubted_at = ++ring.version;
        if (rows.empty()) return {};
        id = ring.next_id++;
        ring.keys.emplace(id, fresh);
        return {};
    }));
    TRY(tables::set_keys_version(t, keys_->version()));
    for (auto const& row : rows) {
        auto const key = TRY(open_sealed(old->key, beside_key(row.item, drawer), row.wrapped));
        TRY(tables::set_key(t, row.item, id, seal(fresh.key, beside_key(row.item, id), key)));
    }
    t.after_commit([this, drawer] {
        // What fails here is done by the next settle().
        static_cast<void>(kill(drawer));
    });
    return {};
}

Result<void> Vault::kill(std::uint64_t drawer)
{
    return keys_->change([&](KeyRing& ring) -> Result<void> {
        ring.keys.erase(drawer);
        return {};
    });
}

/// Looks in the database what became of the keys in doubt. One that is older than a doubt, a backup
/// that was put back, decides nothing.
Result<void> Vault::settle()
{
    auto const doubted = keys_->those([](PeriodKey const& key) { return key.doubted_at != 0; });
    std::set<std::uint64_t> dead, alive;
    TRY(store_.read([&](Transaction& t) -> Result<void> {
        auto const version = TRY(tables::keys_version(t));
        for (auto const& [id, key] : doubted) {
            if (version < key.doubted_at) continue;
            bool const named = TRY(tables::count_in_drawer(t, id)) > 0;
            (named ? alive : dead).insert(id);
        }
        return {};
    }));
    return keys_->change([&](KeyRing& ring) -> Result<void> {
        for (auto const id : dead) ring.keys.erase(id);
        for (auto const id : alive) ring.keys.at(id).doubted_at = 0;
        return {};
    });
}

Result<std::vector<Destroyed>> Vault::destroy(
    Transaction& t, std::string_view id, DestructionGround ground, Actor const& actor)
{
    Destruction act { ground, actor };
    TRY(destroy_one(t, std::string { id }, act));
    for (auto const drawer : act.drawers) TRY(replace_drawer(t, drawer));
    return std::move(act.done);
}

void Vault::confirm_day(Date day)
{
    confirmed_ = day;
}

Result<Date> Vault::day_of_destruction() const
{
    auto const day = TRY(today());
    auto const seen = keys_->seen();
    bool const first = seen == Date {};
    if (first || day <= seen + days_jump_max || day <= confirmed_.load()) return day;
    return Error { Error::Kind::conflict,
        fmt::format("the clock says {}, destruction last ran on {}: nothing is destroyed until "
                    "somebody confirms the day",
            to_text(day), to_text(seen)) };
}

Result<std::vector<std::string>> Vault::due(Transaction& t, std::size_t count_max) const
{
    std::vector<std::string> out;
    for (auto& each : TRY(due_by(t, TRY(day_of_destruction()), count_max)))
        out.push_back(std::move(each.id));
    return out;
}

Result<std::vector<Destroyed>> Vault::destroy_due(Transaction& t, std::size_t count_max)
{
    auto const ids = TRY(due(t, count_max));
    Destruction act { DestructionGround::deadline, { "node", {} } };
    TRY(destroy_all(t, ids, act));
    // What hung on a due item and had a later day of its own leaves a drawer that lives on.
    for (auto const drawer : act.drawers) TRY(replace_drawer(t, drawer));
    if (ids.size() < count_max)
        t.after_commit([this] {
            // Both are done again the next time.
            static_cast<void>(destroy_period());
            static_cast<void>(settle());
        });
    return std::move(act.done);
}

Result<std::size_t> Vault::kill_those(std::function<bool(PeriodKey const&)> const& fits, Date seen)
{
    std::size_t dead = 0;
    TRY(keys_->change([&](KeyRing& ring) -> Result<void> {
        dead = std::erase_if(ring.keys, [&](auto const& each) { return fits(each.second); });
        ring.seen = std::max(ring.seen, seen);
        return {};
    }));
    return dead;
}

Result<std::size_t> Vault::destroy_period()
{
    auto const day = TRY(day_of_destruction());
    return kill_those([&](PeriodKey const& key) { return key.dies_on <= day; }, day);
}

Result<void> Vault::take_party(DestructionCertificate& certificate, AtEnd const& at_end)
{
    for (;;) {
        Destruction act { DestructionGround::end_of_convention, { "node", {} } };
        std::uint64_t held = 0;
        auto const found = TRY(store_.write([&](Transaction& t) -> Result<std::size_t> {
            auto const owned = TRY(lying(
                t, [&](PeriodKey const& key) { return key.owner == certificate.owner; },
                [&](Found const& item) { return item.owner == certificate.owner; },
                items_a_commit));
            std::vector<std::string> ids;
            for (auto const& [id, owner, day] : owned) {
                auto const item = kept(t, id);
                held += item.ok() && item.value().inside.label.hold;
                if (at_end.before) TRY(at_end.before(t, id));
                ids.push_back(id);
            }
            TRY(destroy_all(t, ids, act));
            if (at_end.after)
                for (auto const& each : act.done) TRY(at_end.after(t, each));
            for (auto const drawer : act.drawers) {
                auto const key = keys_->find(drawer);
                if (key && key->owner != certificate.owner) TRY(replace_drawer(t, drawer));
            }
            return ids.size();
        }));
        certificate.items += act.done.size();
        certificate.holds_ended += held;
        for (auto const& each : act.done) {
            for (auto const& copy : each.copies)
                if (copy.kind == CopyKind::exported) certificate.exports.push_back(copy);
            if (!each.entry) continue;
            if (!certificate.first_entry) certificate.first_entry = each.entry;
            certificate.last_entry = each.entry;
        }
        if (found == 0) return {};
    }
}

Result<DestructionCertificate> Vault::end_party(
    std::string const& owner, Date last_day, AtEnd const& at_end)
{
    if (owner == settings_.own_state)
        return Error { Error::Kind::malformed, "a State's own data do not end with the Convention",
            "owner" };
    if (TRY(today()) < last_day)
        return Error { Error::Kind::conflict,
            fmt::format("{} is a Party until {} (A31(4)(b)-3)", owner, to_text(last_day)),
            "last-day" };
    DestructionCertificate out;
    out.of = settings_.own_state;
    out.owner = owner;
    out.last_day = last_day;
    TRY(take_party(out, at_end));
    // Every key of that State at once.
    out.keys = TRY(kill_those([&](PeriodKey const& key) { return key.owner == owner; }, {}));
    out.at = clock_();
    TRY(store_.write([&](Transaction& t) {
        Kept all;
        all.row.owner = owner;
        return note(t, Operation::destroy, all, { "node", fmt::format("end of {}", owner) },
            out.provisions);
    }));
    return out;
}

} // namespace comity::protection
