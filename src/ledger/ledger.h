#pragma once

#include "ledger/checkpoint.h"
#include "store/store.h"

#include <mutex>

namespace comity::ledger {

extern std::span<store::Migration const> const migrations;

constexpr std::size_t leaf_bytes_max = 65'535; ///< tlog-tiles: an entry has a 16-bit length.

/// Everything that proves one entry under one head, for anybody with the verifier key.
struct Proof {
    std::uint64_t index = 0;
    Bytes leaf;
    std::vector<Digest> path;
    std::string checkpoint; ///< A signed note.
};

/// A node's append-only log. A leaf gets its place in the same commit as what it speaks of; the
/// head is signed once per group, in that commit too. What an entry means is not its business.
class Ledger {
public:
    /// Reads its edge from the store and hooks into its groups. The store outlives the ledger.
    static Result<std::unique_ptr<Ledger>> open(
        store::Store& store, std::string origin, crypto::Key key);

    /// The place of the new leaf, final when the commit is. Error: too_large.
    Result<std::uint64_t> append(store::Transaction& transaction, ByteView leaf);

    Verifier verifier() const;
    /// The newest signed head that this transaction sees; inside a finisher, of this very group.
    Result<std::string> checkpoint(store::Transaction& transaction) const;

    /// This node's line as a witness under the head of another log, under its own name and key.
    Result<std::string> cosign(std::string_view note, Instant at) const;

    Ledger(store::Store& store, std::string origin, crypto::Key key);

private:
    Result<void> reload(store::Transaction& transaction);
    Result<void> integrate(store::Transaction& transaction);

    store::Store& store_;
    std::string origin_;
    crypto::Key key_;
    Edge edge_; // touched by the writer alone
    bool stale_
        = false; ///< A group failed, or another process wrote: the edge is to be read again.
};

/// Reading needs no key: these work on any ledger's tables.
Result<std::uint64_t> size(store::Transaction& transaction);
Result<std::string> newest_checkpoint(store::Transaction& transaction);
Result<Bytes> leaf(store::Transaction& transaction, std::uint64_t index);
/// Error: not_found when the index is outside the newest head.
Result<Proof> prove(store::Transaction& transaction, std::uint64_t index);
Result<std::vector<Digest>> prove_consistency(
    store::Transaction& transaction, std::uint64_t old_size, std::uint64_t size);

/// C2SP tlog-tiles: the bytes of tile/<level>/<position>, of `width` hashes, and of
/// tile/entries/<position>, of `width` entries. Error: not_found when the tree is smaller.
Result<Bytes> tile(
    store::Transaction& transaction, unsigned level, std::uint64_t position, std::uint64_t width);
Result<Bytes> entry_bundle(
    store::Transaction& transaction, std::uint64_t position, std::uint64_t width);
/// The entries of one bundle.
Result<std::vector<Bytes>> read_bundle(ByteView bundle);

/// Every leaf hashed again, every kept hash and the signed head compared. Error: conflict naming
/// the first entry at fault, or not_authentic. The number of entries that hold.
Result<std::uint64_t> verify(store::Transaction& transaction, Verifier const& verifier);

} // namespace comity::ledger
