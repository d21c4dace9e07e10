#include "protection/vault.h"

#include "protection/vault_kept.h"

#include "base/packed.h"

#include <fmt/format.h>

#include <algorithm>

/// Keeping and reading. Destruction stands in vault_destruction.cpp.
namespace comity::protection {

using store::Transaction;

namespace {

crypto::Key256 derived(crypto::Key256 const& node_key, std::string_view what)
{
    auto const bytes = crypto::hkdf_sha256(node_key, {}, as_view(what), 32);
    crypto::Key256 out {};
    std::ranges::copy(bytes, out.begin());
    return out;
}

Error malformed(std::string field, std::string what)
{
    return { Error::Kind::malformed, std::move(what), std::move(field) };
}

Error gone(std::string_view id)
{
    return { Error::Kind::not_found, fmt::format("there is no item '{}'", id), "id" };
}

Error changed(std::string_view id)
{
    return { Error::Kind::conflict,
        fmt::format("item '{}' was changed behind the program's back", id), "id" };
}

Result<void> check(NewItem const& item, Date today)
{
    if (item.id.empty() || item.id.size() > item_id_bytes_max)
        return malformed("id", fmt::format("must be 1 to {} bytes", item_id_bytes_max));
    if (item.content.size() > content_bytes_max)
        return Error { Error::Kind::too_large,
            fmt::format("the content is over {} bytes", content_bytes_max), "content" };
    if (item.heading.size() > heading_bytes_max)
        return Error { Error::Kind::too_large,
            fmt::format("the heading is over {} bytes", heading_bytes_max), "heading" };
    if (item.terms.size() > item_terms_max)
        return malformed("terms", fmt::format("over {} words", item_terms_max));
    TRY(check(item.label));
    if (erase_by(item.label.deadlines) <= today)
        return malformed("label.deadlines",
            fmt::format(
                "its day, {}, has come (A31(4)(b)-1)", to_text(erase_by(item.label.deadlines))));
    return {};
}

} // namespace

Result<Bytes> open_sealed(crypto::Key256 const& key, std::string_view beside, ByteView sealed)
{
    return crypto::Aes256Gcm { key }.open(as_view(beside), sealed);
}

Bytes pack(Inside const& inside)
{
    return packed::write(inside);
}

Result<Inside> inside_of(ByteView bytes)
{
    if (!bytes.empty() && bytes.front() == '{')
        return json::read_text<Inside>(as_text(bytes), json::Unknown::refuse);
    return packed::read<Inside>(bytes);
}

std::string beside(std::string_view id, std::string_view part)
{
    std::string out { part };
    out += '/';
    out += id;
    return out;
}

std::string beside_key(std::int64_t item, std::uint64_t drawer)
{
    return beside(std::to_string(item) + '/' + std::to_string(drawer), "key");
}

Vault::Vault(store::Store& store, ledger::Ledger& ledger, Settings settings,
    std::unique_ptr<KeyFile> keys, crypto::Key256 const& node_key, Clock clock, Random random)
    : store_(store)
    , ledger_(ledger)
    , settings_(std::move(settings))
    , keys_(std::move(keys))
    , word_key_(derived(node_key, "comity vault words"))
    , log_(derived(node_key, "comity vault operations"))
    , clock_(std::move(clock))
    , random_(std::move(random))
{
}

Result<std::unique_ptr<Vault>> Vault::open(store::Store& store, ledger::Ledger& ledger,
    Settings settings, crypto::Key256 const& node_key, Clock clock, Random random)
{
    auto keys = TRY(KeyFile::open(settings.keys, node_key, random));
    auto const version = TRY(store.read([](Transaction& t) { return tables::keys_version(t); }));
    if (version > keys->version())
        return Error { Error::Kind::conflict,
            fmt::format("the key file is of version {}, the database knows {}: an old key file "
                        "brings back keys that were destroyed",
                keys->version(), version) };
    auto out = std::make_unique<Vault>(store, ledger, std::move(settings), std::move(keys),
        node_key, std::move(clock), std::move(random));
    TRY(out->today());
    TRY(out->settle());
    return out;
}

Result<Date> Vault::today() const
{
    return today(*keys_->ring());
}

Result<Date> Vault::today(KeyRing const& ring) const
{
    return std::max(TRY(local_date(clock_(), settings_.zone)), ring.seen);
}

Bytes Vault::seal(crypto::Key256 const& key, std::string_view beside, ByteView plain) const
{
    crypto::Nonce96 nonce {};
    random_(nonce);
    return crypto::Aes256Gcm { key }.seal(nonce, as_view(beside), plain);
}

Result<void> Vault::put(Transaction& t, NewItem const& item, Actor const& actor)
{
    auto ring = keys_->ring(t.moment());
    TRY(check(item, TRY(today(*ring))));
    Kept fresh { { 0, item.id, item.label.owner, destroy_on(item.label), item.entry, 0, {}, {} },
        {}, { item.label, {}, item.heading } };
    for (auto const& term : item.terms) fresh.inside.terms.push_back(TRY(normalised(term)));
    Drawn drawn;
    random_(drawn.bytes);
    fresh.key = drawn.key();
    crypto::Aes256Gcm const seals { fresh.key };
    fresh.row.label
        = seals.seal(drawn.nonce(0), as_view(beside(item.id, label_place)), pack(fresh.inside));
    fresh.row.item = TRY(next_item(t));
    TRY(tables::insert(t, fresh.row,
        seals.seal(drawn.nonce(1), as_view(beside(item.id, content_place)), item.content)));
    auto const wrapped = TRY(wrap(t, fresh, ring, drawn.nonce(2)));
    TRY(tables::insert_key(t, fresh.row.item, wrapped.drawer, wrapped.key));
    TRY(index(t, fresh));
    return note(t, Operation::store, fresh, actor, item.label.legal_basis);
}

Result<std::int64_t> Vault::next_item(Transaction& t)
{
    if (!newest_item_.find(t)) newest_item_.keep(t, TRY(tables::newest(t)));
    return ++*newest_item_.find(t);
}

Result<Vault::Kept> Vault::kept(Transaction& t, std::string_view id) const
{
    auto row = TRY(tables::find(t, id));
    if (!row) return gone(id);
    return open_row({ std::move(*row) }, *keys_->ring(t.moment()));
}

Result<Vault::Kept> Vault::open_row(Kept out, KeyRing const& ring) const
{
    auto const& row = out.row;
    auto const drawer = ring.find(row.drawer);
    if (!drawer)
        return Error { Error::Kind::not_found,
            fmt::format("item '{}' was destroyed: its key is gone", row.id), "id" };
    auto const key = open_sealed(drawer->key, beside_key(row.item, row.drawer), row.wrapped);
    if (!key.ok() || key.value().size() != out.key.size()) return changed(row.id);
    std::ranges::copy(key.value(), out.key.begin());
    out.seals = std::make_shared<crypto::Aes256Gcm const>(out.key);
    auto const text = out.seals->open(as_view(beside(row.id, label_place)), row.label);
    if (!text.ok()) return changed(row.id);
    out.inside = TRY(inside_of(text.value()));
    auto const& label = out.inside.label;
    bool const same = label.owner == row.owner && destroy_on(label) == row.destroy_on
        && drawer->owner == row.owner && drawer->dies_on == row.destroy_on;
    if (!same) return changed(row.id);
    return out;
}

Result<Read> Vault::read(Transaction& t, std::string_view id, Use const& use)
{
    Bytes sealed;
    auto row = TRY(tables::find_whole(t, id, sealed));
    if (!row) return gone(id);
    auto const ring = keys_->ring(t.moment());
    auto item = TRY(open_row({ std::move(*row) }, *ring));
    Read out { judge_use(item.inside.label, use, TRY(today(*ring))), {}, {}, {}, {} };
    out.entry = TRY(note_use(t, &item, use, out.judgement));
    if (!out.judgement.permitted()) return out;
    auto content = item.seals->open(as_view(beside(id, content_place)), sealed);
    if (!content.ok()) return changed(id);
    out.label = std::move(item.inside.label);
    out.content = content.take();
    out.heading = std::move(item.inside.heading);
    return out;
}

Result<std::vector<std::optional<std::string>>> Vault::headings(
    std::span<std::string const> ids, Use const& use) const
{
    auto const day = TRY(today());
    std::vector<std::optional<std::string>> out(ids.size());
    std::size_t shown = 0;
    TRY(store_.read([&](Transaction& t) -> Result<void> {
        for (std::size_t i = 0; i < ids.size(); ++i) {
            auto const item = kept(t, ids[i]);
            if (!item.ok() && item.error().kind == Error::Kind::not_found) continue;
            if (!item.ok()) return item.error();
            auto own = use;
            own.purpose = item.value().inside.label.purpose;
            if (!judge_use(item.value().inside.label, own, day).permitted()) continue;
            out[i] = item.value().inside.heading;
            ++shown;
        }
        return {};
    }));
    if (shown == 0) return out;
    auto listed = use;
    listed.operation = Operation::retrieve;
    listed.justification = fmt::format("headings of {} items", shown);
    TRY(store_.write([&](Transaction& t) -> Result<void> {
        TRY(note_use(t, nullptr, listed, { {}, { "A32(1)" }, {}, {} }));
        return {};
    }));
    return out;
}

/// A label that says another day takes its item to another drawer.
Result<void> Vault::relabel(Transaction& t, Kept& item)
{
    TRY(check(item.inside.label));
    auto const day = destroy_on(item.inside.label);
    bool const moves = day != item.row.destroy_on;
    item.row.destroy_on = day;
    item.row.label = seal(item.key, beside(item.row.id, label_place), pack(item.inside));
    TRY(tables::set_label(t, item.row));
    if (!moves) return {};
    auto const left = item.row.drawer;
    auto ring = keys_->ring(t.moment());
    crypto::Nonce96 nonce {};
    random_(nonce);
    auto const wrapped = TRY(wrap(t, item, ring, nonce));
    TRY(tables::set_key(t, item.row.item, wrapped.drawer, wrapped.key));
    TRY(tables::clear_terms(t, item.row.item));
    TRY(index(t, item));
    return replace_drawer(t, left);
}

Result<void> Vault::set_deadlines(
    Transaction& t, std::string_view id, Deadlines const& deadlines, Actor const& actor)
{
    auto const day = TRY(today());
    auto item = TRY(kept(t, id));
    if (stage_of(item.inside.label, day) != Stage::kept)
        return Error { Error::Kind::conflict,
            fmt::format("the day of item '{}' has come (A31(4)(b)-1)", id), "id" };
    if (erase_by(deadlines) <= day)
        return malformed("deadlines", "the day has come: destroy the item instead");
    item.inside.label.deadlines = deadlines;
    TRY(relabel(t, item));
    return note(t, Operation::alter, item, actor, { "A31(4)(b)-1", "A31(4)(b)-2" });
}

Result<void> Vault::set_level(
    Transaction& t, std::string_view id, std::uint8_t level, Actor const& actor)
{
    auto item = TRY(kept(t, id));
    item.inside.label.level = level;
    TRY(relabel(t, item));
    return note(t, Operation::alter, item, actor, { "A32(4)-2" });
}

Result<void> Vault::set_hold(
    Transaction& t, std::string_view id, std::optional<Hold> const& hold, Actor const& actor)
{
    auto const day = TRY(today());
    auto item = TRY(kept(t, id));
    if (stage_of(item.inside.label, day) >= Stage::due)
        return Error { Error::Kind::conflict,
            fmt::format("the day of item '{}' has come (A31(4)(b)-1)", id), "id" };
    if (hold && hold->until <= day) return malformed("hold.until", "must be a day to come");
    item.inside.label.hold = hold;
    TRY(relabel(t, item));
    return note(t, Operation::block, item, actor, { "A31(4)(b)-1", "A31(4)(h)" });
}

Result<void> Vault::add_consent(
    Transaction& t, std::string_view id, Consent const& consent, Actor const& actor)
{
    auto item = TRY(kept(t, id));
    item.inside.label.consents.push_back(consent);
    TRY(relabel(t, item));
    return note(t, Operation::alter, item, actor, { "A31(4)(a)-2" });
}

Result<bool> Vault::end_consent(
    Transaction& t, std::string_view id, std::string_view number, Actor const& actor)
{
    auto item = TRY(kept(t, id));
    auto& consents = item.inside.label.consents;
    if (std::erase_if(consents, [&](Consent const& each) { return each.number == number; }) == 0)
        return false;
    TRY(relabel(t, item));
    TRY(note(t, Operation::block, item, actor, { "A31(4)(a)-2" }));
    return true;
}

Result<Label> Vault::label(Transaction& t, std::string_view id) const
{
    return TRY(kept(t, id)).inside.label;
}

Result<std::vector<Copy>> Vault::copies(Transaction& t, std::string_view id) const
{
    auto const row = TRY(tables::find(t, id));
    return row ? tables::copies(t, row->item) : Result<std::vector<Copy>> { std::vector<Copy> {} };
}

Result<void> Vault::set_terms(Transaction& t, std::string_view id, std::vector<Term> const& terms)
{
    if (terms.size() > item_terms_max)
        return malformed("terms", fmt::format("over {} words", item_terms_max));
    auto item = TRY(kept(t, id));
    item.inside.terms.clear();
    for (auto const& term : terms) item.inside.terms.push_back(TRY(normalised(term)));
    TRY(relabel(t, item));
    TRY(tables::clear_terms(t, item.row.item));
    return index(t, item);
}

Result<void> Vault::replace(
    Transaction& t, std::string_view id, Replacement const& replacement, Actor const& actor)
{
    if (replacement.content.size() > content_bytes_max)
        return Error { Error::Kind::too_large,
            fmt::format("the content is over {} bytes", content_bytes_max), "content" };
    auto const item = TRY(kept(t, id));
    if (stage_of(item.inside.label, TRY(today())) != Stage::kept)
        return Error { Error::Kind::conflict,
            fmt::format("the day of item '{}' has come (A31(4)(b)-1)", id), "id" };
    auto before
        = open_sealed(item.key, beside(id, content_place), TRY(tables::content(t, item.row.item)));
    if (!before.ok()) return changed(id);
    auto const& earlier = replacement.earlier;
    TRY(put(t, { earlier, item.inside.label, before.take(), {}, {}, item.inside.heading }, actor));
    TRY(add_copy(t, id, { CopyKind::attachment, earlier }));
    auto fresh = item;
    fresh.inside.heading = replacement.heading;
    fresh.row.label = seal(fresh.key, beside(id, label_place), pack(fresh.inside));
    TRY(tables::set_label(t, fresh.row));
    TRY(tables::set_content(
        t, item.row.item, seal(item.key, beside(id, content_place), replacement.content)));
    TRY(set_terms(t, id, replacement.terms));
    return note(t, Operation::alter, item, actor, { "A31(4)(c)-2" });
}

Result<void> Vault::add_copy(Transaction& t, std::string_view id, Copy const& copy)
{
    if (copy.place.empty() || copy.place.size() > place_bytes_max)
        return malformed("place", fmt::format("must be 1 to {} bytes", place_bytes_max));
    auto const row = TRY(tables::find(t, id));
    if (!row) return gone(id);
    if (TRY(tables::copies(t, row->item)).size() >= item_copies_max)
        return Error { Error::Kind::too_large,
            fmt::format("item '{}' has {} copies, its limit", id, item_copies_max) };
    return tables::add_copy(t, row->item, copy);
}

Result<void> Vault::set_entry(Transaction& t, std::string_view id, std::uint64_t entry)
{
    auto const row = TRY(tables::find(t, id));
    if (!row) return gone(id);
    return tables::set_entry(t, row->item, entry);
}

Bytes Vault::blind(std::string_view word) const
{
    auto const digest = crypto::hmac_sha256(word_key_, as_view(word));
    return { digest.begin(), digest.begin() + 16 };
}

Result<std::vector<Found>> Vault::find(Transaction& t, Term const& term, Use const& use) const
{
    auto const wanted = TRY(normalised(term));
    if (use.officer.empty() || !use.needs_to_know || use.need.empty() || use.purpose.empty())
        return Error { Error::Kind::not_permitted,
            "a search needs an officer, a purpose and a case that he is assigned to (A32(1))" };
    auto const months
        = keys_->those([](PeriodKey const& key) { return key.kind == KeyKind::index; });
    std::vector<Found> out;
    for (auto const& [id, month] : months) {
        auto const left = found_max - out.size();
        for (auto& each : TRY(tables::with_term(t, blinded(month.key, wanted), left)))
            out.push_back(std::move(each));
    }
    auto looking = use;
    looking.operation = Operation::retrieve;
    TRY(note_use(t, nullptr, looking, { {}, { "A32(1)" }, {}, {} }));
    return out;
}

} // namespace comity::protection
