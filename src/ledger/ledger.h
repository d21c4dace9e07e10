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

    /// The place of the new leaf, final when the commit is. For works: a finisher comes too late,
    /// the head is signed by then. Error: too_large.
    Result<std::uint64_t> append(store::Transaction& transaction, ByteView leaf);

    /// Signs with these from now on, the newest head again too: a line of each, at most
    /// keys_max, while one takes the place of another.
    Result<void> sign_with(std::vector<crypto::Key> keys);
    static constexpr std::size_t keys_max = 2;

    /// Of the first key.
    Verifier verifier() const;
    /// The newest signed head that this transaction sees; inside a finisher, of this very group.
    Result<std::string> checkpoint(store::Transaction& transaction) const;

    /// Forgets the entries before `minimum`, or before the last whole tile in front of it, at most
    /// pruned_entries_max at once; the hashes of whole tiles stay. Says so in a signed statement
    /// (minimum_statement), which names `entry`: where the log itself says so. The new minimum
    /// index. Errors: conflict where an entry before it is held or is not in the signed head yet.
    Result<std::uint64_t> prune(store::Transaction& transaction, std::uint64_t minimum,
        std::uint64_t entry, Instant at) const;
    /// This node's line as a witness under the head of another log, under its own name and key.
    Result<std::string> cosign(std::string_view note, Instant at) const;

    Ledger(store::Store& store, std::string origin, crypto::Key key);

private:
    Result<void> reload(store::Transaction& transaction);
    Result<bool> lacks_nodes(store::Transaction& transaction) const;
    Result<void> make_missing_nodes(store::Transaction& transaction) const;
    Result<void> drop_undone(store::Transaction& transaction);
    Result<void> integrate(store::Transaction& transaction);
    Result<void> sign_again(store::Transaction& transaction) const;
    std::vector<crypto::Key> keys() const;

    store::Store& store_;
    std::string origin_;
    mutable std::mutex keys_mutex_; // signing goes on while they change
    std::vector<crypto::Key> keys_;
    Edge edge_; // touched by the writer alone, as is what follows
    std::vector<Digest> fresh_; ///< The leaves of the group that is being written.
    std::uint64_t moment_ = 0; ///< At which each of them stood.
    /// A group failed, or another process wrote: the edge is to be read again before the next leaf.
    bool stale_ = false;
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

/// Pruning (C2SP tlog-tiles): the first entry that is still kept, 0 where nothing was pruned. What
/// is asked for from before it is not_found, and says so.
constexpr std::uint64_t pruned_entries_max = 65'536;
Result<std::uint64_t> minimum_index(store::Transaction& transaction);
/// What `prune` would make of `minimum`: a whole tile, not too far at once.
Result<std::uint64_t> next_minimum(store::Transaction& transaction, std::uint64_t minimum);
/// The log's signed word on it. Error: not_found where nothing was pruned.
Result<std::string> minimum_statement(store::Transaction& transaction);
struct MinimumIndex {
    std::string origin;
    std::uint64_t minimum = 0;
    std::uint64_t entry = 0; ///< Of the log, in which it says the same.
    Instant at;
};
Result<MinimumIndex> open_minimum(std::string_view statement, Verifier const& verifier);

/// Legal hold: while an entry is held, neither it nor anything after it is pruned.
Result<void> hold(store::Transaction& transaction, std::uint64_t index, std::string_view reason);
Result<void> release(store::Transaction& transaction, std::uint64_t index);
Result<std::optional<std::uint64_t>> first_held(store::Transaction& transaction);

/// Every leaf that is still kept hashed again, every kept hash and the signed head compared. Error:
/// conflict naming the first entry at fault, or not_authentic. The number of entries that were
/// hashed.
Result<std::uint64_t> verify(store::Transaction& transaction, Verifier const& verifier);

} // namespace comity::ledger
