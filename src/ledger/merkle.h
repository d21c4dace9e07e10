#pragma once

#include "crypto/hash.h"

#include <bit>
#include <functional>

/// The Merkle tree of RFC 6962 section 2 and its proofs. Pure: hashes in, hashes out.
namespace comity::ledger {

using crypto::Digest;

constexpr unsigned tile_height = 8; ///< C2SP tlog-tiles: 256 hashes a tile.
constexpr std::uint64_t tile_width = 1U << tile_height;
constexpr unsigned step_height = 4; ///< Nodes are kept at every fourth level, two steps a tile.

Digest leaf_hash(ByteView leaf);
Digest node_hash(Digest const& left, Digest const& right);
/// The root of a perfect tree. MUST: a power of two of hashes.
Digest perfect_root(std::span<Digest const> hashes);
/// The root of no entries: SHA-256 of nothing.
Digest empty_root();

/// The right edge of a growing tree: one hash for each perfect subtree, 64 at most.
class Edge {
public:
    /// Told of every node at the top of a step: how many steps up (1, 2, ...) and its place there.
    /// Every second step is the level of a tile.
    using Completed
        = std::function<Result<void>(unsigned step, std::uint64_t position, Digest const&)>;

    std::uint64_t size() const { return size_; }
    Result<void> append(Digest const& leaf, Completed const& completed);
    Digest root() const;
    /// Puts the perfect subtree of 2^level leaves that a tree of `size` has there; for reloading.
    void restore(std::uint64_t size, unsigned level, Digest const& subtree);

private:
    std::uint64_t size_ = 0;
    std::array<Digest, 64> subtrees_ {};
};

/// Gives the hash of the perfect subtree of 2^level leaves at `position`, counted in such subtrees.
using Subtrees = std::function<Result<Digest>(unsigned level, std::uint64_t position)>;

/// The edge of the tree of the first `size` leaves.
Result<Edge> edge_at(std::uint64_t size, Subtrees const& subtrees);
/// The root of the first `size` leaves.
Result<Digest> tree_root(std::uint64_t size, Subtrees const& subtrees);
/// RFC 6962 2.1.1 and 2.1.2. MUST: index < size; 0 < old_size <= size.
Result<std::vector<Digest>> inclusion_proof(
    std::uint64_t index, std::uint64_t size, Subtrees const& subtrees);
Result<std::vector<Digest>> consistency_proof(
    std::uint64_t old_size, std::uint64_t size, Subtrees const& subtrees);

/// RFC 9162 2.1.3.2 and 2.1.4.2: the second, independent way round.
bool verify_inclusion(Digest const& leaf, std::uint64_t index, std::uint64_t size,
    std::span<Digest const> path, Digest const& root);
bool verify_consistency(std::uint64_t old_size, std::uint64_t size, Digest const& old_root,
    Digest const& root, std::span<Digest const> path);

} // namespace comity::ledger
