#include "ledger/ledger.h"

#include <fmt/format.h>

namespace comity::ledger {
namespace {

using store::Row;
using store::Transaction;

Digest to_digest(Bytes const& bytes)
{
    Digest out {};
    MUST(bytes.size() == out.size());
    std::ranges::copy(bytes, out.begin());
    return out;
}

Error not_found(char const* what, std::uint64_t index)
{
    return { Error::Kind::not_found, fmt::format("the ledger has no {} {}", what, index) };
}

std::int64_t signed_of(std::uint64_t number)
{
    return static_cast<std::int64_t>(number);
}

/// `count` kept hashes of a tile level from `first` on: leaves at level 0, tiles above.
Result<std::vector<Digest>> kept_hashes(
    Transaction& transaction, unsigned level, std::uint64_t first, std::uint64_t count)
{
    auto const make = [](Row const& row) { return to_digest(row.blob(0)); };
    auto hashes = level == 0
        ? TRY(transaction.all(
              "SELECT hash FROM ledger_entry WHERE position >= $1 AND position < $2 "
              "ORDER BY position",
              make, signed_of(first), signed_of(first + count)))
        : TRY(transaction.all("SELECT hash FROM ledger_tile WHERE level = $1 AND position >= $2 "
                              "AND position < $3 ORDER BY position",
              make, static_cast<std::int64_t>(level), signed_of(first), signed_of(first + count)));
    if (hashes.size() != count) return not_found("hash at", first + hashes.size());
    return hashes;
}

Subtrees subtrees_of(Transaction& transaction)
{
    return [&transaction](unsigned level, std::uint64_t position) -> Result<Digest> {
        auto const within = level % tile_height;
        return perfect_root(TRY(kept_hashes(
            transaction, level / tile_height, position << within, std::uint64_t { 1 } << within)));
    };
}

struct Head {
    std::uint64_t size;
    std::string note;
};

Result<std::optional<Head>> newest_head(Transaction& transaction)
{
    return transaction.one("SELECT size, note FROM ledger_head WHERE id = 1", [](Row const& row) {
        return Head { static_cast<std::uint64_t>(row.integer(0)), row.text(1) };
    });
}

} // namespace

Ledger::Ledger(store::Store& store, std::string origin, crypto::Key key)
    : store_(store)
    , origin_(std::move(origin))
    , key_(std::move(key))
{
}

Result<std::unique_ptr<Ledger>> Ledger::open(
    store::Store& store, std::string origin, crypto::Key key)
{
    auto made = std::make_unique<Ledger>(store, std::move(origin), std::move(key));
    auto* ledger = made.get();
    TRY(store.read([ledger](Transaction& t) { return ledger->reload(t); }));
    store.on_undone([ledger] { ledger->stale_ = true; });
    if (ledger->edge_.size() == 0)
        TRY(store.write([ledger](Transaction& t) -> Result<void> { return ledger->integrate(t); }));
    store.on_group([ledger](Transaction& transaction) { return ledger->integrate(transaction); });
    return made;
}

Result<void> Ledger::reload(Transaction& transaction)
{
    Edge edge;
    auto const head = TRY(newest_head(transaction));
    auto const entries = head ? head->size : 0;
    auto const subtrees = subtrees_of(transaction);
    std::uint64_t begin = 0;
    for (unsigned level = 64; level-- > 0;) {
        if ((entries >> level & 1U) == 0) continue;
        edge.restore(entries, level, TRY(subtrees(level, begin >> level)));
        begin += std::uint64_t { 1 } << level;
    }
    edge_ = edge;
    stale_ = false;
    return {};
}

Result<std::uint64_t> Ledger::append(Transaction& transaction, ByteView leaf)
{
    if (leaf.size() > leaf_bytes_max)
        return Error { Error::Kind::too_large,
            fmt::format("a register entry of {} bytes, {} at most", leaf.size(), leaf_bytes_max) };
    auto const hash = leaf_hash(leaf);
    auto const position = TRY(transaction.one(
        "INSERT INTO ledger_entry (position, leaf, hash) "
        "VALUES ((SELECT coalesce(max(position) + 1, 0) FROM ledger_entry), $1, $2) "
        "RETURNING position",
        [](Row const& row) { return static_cast<std::uint64_t>(row.integer(0)); }, leaf,
        ByteView { hash }));
    return position.value();
}

Result<void> Ledger::integrate(Transaction& transaction)
{
    // append has added rows by now, and the head says what the edge must be without them.
    if (stale_) TRY(reload(transaction));
    auto const before = edge_.size();
    auto const fresh = TRY(transaction.all(
        "SELECT hash FROM ledger_entry WHERE position >= $1 ORDER BY position",
        [](Row const& row) { return to_digest(row.blob(0)); }, signed_of(before)));
    if (fresh.empty() && TRY(newest_head(transaction))) return {};
    for (auto const& hash : fresh)
        TRY(edge_.append(
            hash, [&](unsigned level, std::uint64_t position, Digest const& node) -> Result<void> {
                TRY(transaction.run(
                    "INSERT INTO ledger_tile (level, position, hash) VALUES ($1, $2, $3)", level,
                    signed_of(position), ByteView { node }));
                return {};
            }));
    auto const note = sign_checkpoint({ origin_, edge_.size(), edge_.root() }, key_);
    TRY(transaction.run("INSERT INTO ledger_head (id, size, note) VALUES (1, $1, $2) "
                        "ON CONFLICT (id) DO UPDATE SET size = excluded.size, note = excluded.note",
        signed_of(edge_.size()), note));
    return {};
}

Result<std::string> Ledger::cosign(std::string_view note, Instant at) const
{
    return ledger::cosign(note, origin_, key_, at);
}

Verifier Ledger::verifier() const
{
    return { origin_, crypto::public_key_of(key_) };
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
    if (!found) return not_found("entry", index);
    return *found;
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
    Bytes out;
    for (auto const& hash : TRY(kept_hashes(transaction, level, position * tile_width, width)))
        out.insert(out.end(), hash.begin(), hash.end());
    return out;
}

Result<Bytes> entry_bundle(Transaction& transaction, std::uint64_t position, std::uint64_t width)
{
    auto const entries = TRY(size(transaction));
    if (width == 0 || width > tile_width || position > entries
        || position * tile_width + width > entries)
        return not_found("entry bundle", position);
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

Result<std::uint64_t> verify(Transaction& transaction, Verifier const& verifier)
{
    auto const head = TRY(newest_head(transaction));
    if (!head) return Error { Error::Kind::not_found, "the ledger has no head yet" };
    auto const checkpoint = TRY(open_checkpoint(head->note, verifier));
    Edge edge;
    auto const wrong = [](char const* what, std::uint64_t at) {
        return Error { Error::Kind::conflict, fmt::format("{} {} was changed", what, at) };
    };
    TRY(transaction.each("SELECT position, leaf, hash FROM ledger_entry ORDER BY position",
        [&](Row const& row) -> Result<void> {
            auto const at = static_cast<std::uint64_t>(row.integer(0));
            if (at != edge.size()) return wrong("the place of entry", edge.size());
            auto const hash = leaf_hash(row.blob(1));
            if (!std::ranges::equal(hash, row.blob(2))) return wrong("entry", at);
            return edge.append(hash,
                [&](unsigned level, std::uint64_t position, Digest const& node) -> Result<void> {
                    auto const kept = TRY(kept_hashes(transaction, level, position, 1));
                    return kept.front() == node ? Result<void> {} : wrong("tile hash", position);
                });
        }));
    if (edge.size() != checkpoint.size)
        return Error { Error::Kind::conflict,
            fmt::format("{} entries, but the signed head names {}", edge.size(), checkpoint.size) };
    if (edge.root() != checkpoint.root)
        return Error { Error::Kind::conflict, "the entries do not give the signed root" };
    return edge.size();
}

} // namespace comity::ledger
