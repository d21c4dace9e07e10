#include "ledger/kept.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::ledger {
namespace {

using store::Row;
using store::Transaction;

struct NewestHead {
    std::uint64_t size;
    std::string note;
};

Result<std::optional<NewestHead>> newest_head(Transaction& transaction)
{
    return transaction.one("SELECT size, note FROM ledger_head WHERE id = 1", [](Row const& row) {
        return NewestHead { static_cast<std::uint64_t>(row.integer(0)), row.text(1) };
    });
}

Result<void> insert_node(
    Transaction& transaction, unsigned step, std::uint64_t position, Digest const& node)
{
    TRY(transaction.run("INSERT INTO ledger_node (id, hash) VALUES ($1, $2)",
        node_id(step, position), ByteView { node }));
    return {};
}

} // namespace

Ledger::Ledger(store::Store& store, std::string origin, crypto::Key key)
    : store_(store)
    , origin_(std::move(origin))
    , keys_ { std::move(key) }
{
}

Result<std::unique_ptr<Ledger>> Ledger::open(
    store::Store& store, std::string origin, crypto::Key key)
{
    auto made = std::make_unique<Ledger>(store, std::move(origin), std::move(key));
    auto* ledger = made.get();
    // Not read again at once: the disk that failed the group may still be failing.
    store.on_undone([ledger] { ledger->stale_ = true; });
    if (TRY(store.read([ledger](Transaction& t) { return ledger->lacks_nodes(t); })))
        TRY(store.write([ledger](Transaction& t) { return ledger->make_missing_nodes(t); }));
    TRY(store.read([ledger](Transaction& t) { return ledger->reload(t); }));
    if (ledger->edge_.size() == 0)
        TRY(store.write([ledger](Transaction& t) -> Result<void> { return ledger->integrate(t); }));
    store.on_group([ledger](Transaction& transaction) { return ledger->integrate(transaction); });
    return made;
}

Result<void> Ledger::reload(Transaction& transaction)
{
    fresh_.clear();
    edge_ = TRY(edge_at(TRY(size(transaction)), subtrees_of(transaction)));
    stale_ = false;
    return {};
}

/// Earlier versions kept every second step only.
Result<bool> Ledger::lacks_nodes(Transaction& transaction) const
{
    auto const first = TRY(minimum_index(transaction)) / step_width;
    auto const end = TRY(size(transaction)) / step_width;
    return first < end && TRY(kept_nodes(transaction, 1, end - 1, 1)).empty();
}

Result<void> Ledger::make_missing_nodes(Transaction& transaction) const
{
    auto const entries = TRY(size(transaction));
    auto const minimum = TRY(minimum_index(transaction));
    for (unsigned step = 1; entries >> (step * step_height) > 0; step += 2)
        for (auto i = step == 1 ? minimum / step_width : 0; i < entries >> (step * step_height);
            ++i) {
            if (!TRY(kept_nodes(transaction, step, i, 1)).empty()) continue;
            auto const below = TRY(kept_hashes(transaction, step - 1, i * step_width, step_width));
            TRY(insert_node(transaction, step, i, perfect_root(below)));
        }
    return {};
}

/// Works of a group run one after the other, so what was undone stands at the end.
Result<void> Ledger::drop_undone(Transaction& transaction)
{
    if (std::exchange(moment_, transaction.moment()) == transaction.moment() || fresh_.empty())
        return {};
    auto const stand = TRY(transaction.one(
        "SELECT count(*) FROM ledger_entry WHERE position >= $1",
        [](Row const& row) { return static_cast<std::size_t>(row.integer(0)); },
        signed_of(edge_.size())));
    fresh_.resize(std::min(*stand, fresh_.size()));
    return {};
}

Result<std::uint64_t> Ledger::append(Transaction& transaction, ByteView leaf)
{
    if (leaf.size() > leaf_bytes_max)
        return Error { Error::Kind::too_large,
            fmt::format("a register entry of {} bytes, {} at most", leaf.size(), leaf_bytes_max) };
    if (stale_) TRY(reload(transaction));
    TRY(drop_undone(transaction));
    auto const hash = leaf_hash(leaf);
    auto const position = edge_.size() + fresh_.size();
    TRY(transaction.run("INSERT INTO ledger_entry (position, leaf, hash) VALUES ($1, $2, $3)",
        signed_of(position), leaf, ByteView { hash }));
    fresh_.push_back(hash);
    return position;
}

Result<void> Ledger::integrate(Transaction& transaction)
{
    if (stale_) TRY(reload(transaction));
    TRY(drop_undone(transaction));
    auto const fresh = std::exchange(fresh_, {});
    if (fresh.empty() && TRY(newest_head(transaction))) return {};
    Edge::Completed const completed
        = [&](unsigned step, std::uint64_t position, Digest const& node) {
              return insert_node(transaction, step, position, node);
          };
    for (auto const& leaf : fresh) TRY(edge_.append(leaf, completed));
    auto const note = TRY(sign_checkpoint({ origin_, edge_.size(), edge_.root() }, keys()));
    TRY(transaction.run("INSERT INTO ledger_head (id, size, note) VALUES (1, $1, $2) "
                        "ON CONFLICT (id) DO UPDATE SET size = excluded.size, note = excluded.note",
        signed_of(edge_.size()), note));
    return {};
}

Result<std::string> Ledger::cosign(std::string_view note, Instant at) const
{
    std::string out;
    for (auto const& key : keys()) out += TRY(ledger::cosign(note, origin_, key, at));
    return out;
}

std::vector<crypto::Key> Ledger::keys() const
{
    std::scoped_lock const hold { keys_mutex_ };
    return keys_;
}

Result<void> Ledger::sign_with(std::vector<crypto::Key> keys)
{
    MUST(!keys.empty() && keys.size() <= keys_max);
    {
        std::scoped_lock const hold { keys_mutex_ };
        keys_ = std::move(keys);
    }
    return store_.write([this](Transaction& transaction) { return sign_again(transaction); });
}

namespace {

struct OwnNote {
    std::string update;
    std::int64_t key;
    std::string note;
};

/// Whatever this log shows of itself under its own signature.
Result<std::vector<OwnNote>> own_notes(Transaction& transaction)
{
    constexpr std::pair<char const*, char const*> places[] = { { "ledger_head", "id" },
        { "ledger_minimum", "id" }, { "ledger_proposed", "id" }, { "ledger_cosigned", "size" } };
    std::vector<OwnNote> out;
    for (auto const& [table, key] : places)
        TRY(transaction.each(fmt::format("SELECT DISTINCT {}, note FROM {}", key, table),
            [&](Row const& row) -> Result<void> {
                out.push_back({ fmt::format("UPDATE {} SET note = $1 WHERE {} = $2", table, key),
                    row.integer(0), row.text(1) });
                return {};
            }));
    return out;
}

} // namespace

/// Who knows the new key alone must find it under everything that he may ask for.
Result<void> Ledger::sign_again(Transaction& transaction) const
{
    auto const with = keys();
    for (auto const& each : TRY(own_notes(transaction))) {
        auto const is_signed = [&](crypto::Key const& key) {
            return open_note(each.note, { origin_, crypto::public_key_of(key) }).ok();
        };
        if (std::ranges::all_of(with, is_signed)) continue;
        auto const text = TRY(note_text(each.note));
        TRY(transaction.run(each.update, TRY(sign_note(text, origin_, with)), each.key));
    }
    return {};
}

Verifier Ledger::verifier() const
{
    return { origin_, crypto::public_key_of(keys().front()) };
}

Result<std::string> Ledger::checkpoint(Transaction& transaction) const
{
    return newest_checkpoint(transaction);
}

Result<std::uint64_t> size(Transaction& transaction)
{
    auto const head = TRY(newest_head(transaction));
    return head ? head->size : 0;
}

Result<std::string> newest_checkpoint(Transaction& transaction)
{
    auto const head = TRY(newest_head(transaction));
    if (!head) return Error { Error::Kind::not_found, "the ledger has no head yet" };
    return head->note;
}

Result<Bytes> leaf(Transaction& transaction, std::uint64_t index)
{
    auto const found = TRY(transaction.one(
        "SELECT leaf FROM ledger_entry WHERE position = $1",
        [](Row const& row) { return row.blob(0); }, signed_of(index)));
    if (found) return *found;
    TRY(refuse_pruned(transaction, index));
    return not_found("entry", index);
}

Result<Proof> prove(Transaction& transaction, std::uint64_t index)
{
    auto const head = TRY(newest_head(transaction));
    if (!head || index >= head->size) return not_found("entry", index);
    Proof out;
    out.index = index;
    out.leaf = TRY(leaf(transaction, index));
    out.path = TRY(inclusion_proof(index, head->size, subtrees_of(transaction)));
    out.checkpoint = head->note;
    return out;
}

Result<std::vector<Digest>> prove_consistency(
    Transaction& transaction, std::uint64_t old_size, std::uint64_t size)
{
    auto const head = TRY(newest_head(transaction));
    if (!head || size > head->size || old_size == 0 || old_size > size)
        return not_found("head of size", size);
    return consistency_proof(old_size, size, subtrees_of(transaction));
}

Result<Bytes> tile(
    Transaction& transaction, unsigned level, std::uint64_t position, std::uint64_t width)
{
    auto const entries = TRY(size(transaction));
    if (width == 0 || width > tile_width || level > 7 || position > entries
        || position * tile_width + width > entries >> (level * tile_height))
        return not_found("tile", position);
    if (level == 0) TRY(refuse_pruned(transaction, position * tile_width));
    Bytes out;
    for (auto const& hash : TRY(kept_hashes(transaction, 2 * level, position * tile_width, width)))
        out.insert(out.end(), hash.begin(), hash.end());
    return out;
}

Result<Bytes> entry_bundle(Transaction& transaction, std::uint64_t position, std::uint64_t width)
{
    auto const entries = TRY(size(transaction));
    if (width == 0 || width > tile_width || position > entries
        || position * tile_width + width > entries)
        return not_found("entry bundle", position);
    TRY(refuse_pruned(transaction, position * tile_width));
    auto const first = signed_of(position * tile_width);
    Bytes out;
    TRY(transaction.each(
        "SELECT leaf FROM ledger_entry WHERE position >= $1 AND position < $2 ORDER BY position",
        [&](Row const& row) -> Result<void> {
            auto const entry = row.blob(0);
            out.push_back(static_cast<std::uint8_t>(entry.size() >> 8U));
            out.push_back(static_cast<std::uint8_t>(entry.size()));
            out.insert(out.end(), entry.begin(), entry.end());
            return {};
        },
        first, first + signed_of(width)));
    return out;
}

Result<std::vector<Bytes>> read_bundle(ByteView bundle)
{
    std::vector<Bytes> out;
    while (!bundle.empty()) {
        if (bundle.size() < 2 || out.size() == tile_width)
            return Error { Error::Kind::malformed, "an entry bundle with stray bytes" };
        auto const size = static_cast<std::size_t>(bundle[0] << 8U | bundle[1]);
        if (bundle.size() < 2 + size)
            return Error { Error::Kind::malformed, "an entry bundle cut short" };
        auto const entry = bundle.subspan(2, size);
        out.emplace_back(entry.begin(), entry.end());
        bundle = bundle.subspan(2 + size);
    }
    return out;
}

} // namespace comity::ledger
