#include "ledger/merkle.h"

namespace comity::ledger {
namespace {

constexpr std::uint8_t leaf_prefix[] = { 0 };
constexpr std::uint8_t node_prefix[] = { 1 };

/// A walk over the maximal perfect subtrees of [begin, end), left to right, folded into one hash:
/// the Merkle tree hash of that range where it is a node of the tree.
Result<Digest> range_hash(std::uint64_t begin, std::uint64_t end, Subtrees const& subtrees)
{
    auto const count = end - begin;
    MUST(count > 0);
    if (std::has_single_bit(count)) {
        auto const level = static_cast<unsigned>(std::countr_zero(count));
        return subtrees(level, begin >> level);
    }
    auto const split = begin + std::bit_floor(count - 1);
    auto const left = TRY(range_hash(begin, split, subtrees));
    auto const right = TRY(range_hash(split, end, subtrees));
    return node_hash(left, right);
}

} // namespace

Digest leaf_hash(ByteView leaf)
{
    return crypto::sha256({ leaf_prefix, leaf });
}

Digest node_hash(Digest const& left, Digest const& right)
{
    return crypto::sha256({ node_prefix, left, right });
}

Digest perfect_root(std::span<Digest const> hashes)
{
    MUST(std::has_single_bit(hashes.size()));
    std::vector<Digest> row { hashes.begin(), hashes.end() };
    for (auto count = row.size(); count > 1; count /= 2)
        for (std::size_t i = 0; i < count / 2; ++i) row[i] = node_hash(row[2 * i], row[2 * i + 1]);
    return row.front();
}

Digest empty_root()
{
    return crypto::sha256(ByteView {});
}

Result<void> Edge::append(Digest const& leaf, Completed const& completed)
{
    auto node = leaf;
    unsigned level = 0;
    for (; (size_ >> level & 1U) != 0; ++level) {
        node = node_hash(subtrees_[level], node);
        if ((level + 1) % step_height == 0)
            TRY(completed((level + 1) / step_height, size_ >> (level + 1), node));
    }
    subtrees_[level] = node;
    ++size_;
    return {};
}

Digest Edge::root() const
{
    if (size_ == 0) return empty_root();
    auto level = static_cast<unsigned>(std::countr_zero(size_));
    auto root = subtrees_[level];
    for (++level; level < 64; ++level)
        if ((size_ >> level & 1U) != 0) root = node_hash(subtrees_[level], root);
    return root;
}

void Edge::restore(std::uint64_t size, unsigned level, Digest const& subtree)
{
    size_ = size;
    subtrees_[level] = subtree;
}

Result<Edge> edge_at(std::uint64_t size, Subtrees const& subtrees)
{
    Edge edge;
    std::uint64_t begin = 0;
    for (unsigned level = 64; level-- > 0;) {
        if ((size >> level & 1U) == 0) continue;
        edge.restore(size, level, TRY(subtrees(level, begin >> level)));
        begin += std::uint64_t { 1 } << level;
    }
    return edge;
}

Result<Digest> tree_root(std::uint64_t size, Subtrees const& subtrees)
{
    return size == 0 ? empty_root() : range_hash(0, size, subtrees);
}

Result<std::vector<Digest>> inclusion_proof(
    std::uint64_t index, std::uint64_t size, Subtrees const& subtrees)
{
    MUST(index < size);
    std::vector<Digest> path;
    std::uint64_t begin = 0;
    for (auto end = size; end - begin > 1;) {
        auto const split = begin + std::bit_floor(end - begin - 1);
        if (index < split) {
            path.push_back(TRY(range_hash(split, end, subtrees)));
            end = split;
        } else {
            path.push_back(TRY(range_hash(begin, split, subtrees)));
            begin = split;
        }
    }
    return std::vector<Digest> { path.rbegin(), path.rend() };
}

Result<std::vector<Digest>> consistency_proof(
    std::uint64_t old_size, std::uint64_t size, Subtrees const& subtrees)
{
    MUST(0 < old_size && old_size <= size);
    std::vector<Digest> path;
    std::uint64_t begin = 0;
    auto end = size;
    bool old_is_whole = true; // SUBPROOF's b: the old tree is known as it stands
    while (old_size != end) {
        auto const split = begin + std::bit_floor(end - begin - 1);
        if (old_size <= split) {
            path.push_back(TRY(range_hash(split, end, subtrees)));
            end = split;
        } else {
            path.push_back(TRY(range_hash(begin, split, subtrees)));
            begin = split;
            old_is_whole = false;
        }
    }
    if (!old_is_whole) path.push_back(TRY(range_hash(begin, end, subtrees)));
    return std::vector<Digest> { path.rbegin(), path.rend() };
}

bool verify_inclusion(Digest const& leaf, std::uint64_t index, std::uint64_t size,
    std::span<Digest const> path, Digest const& root)
{
    if (index >= size) return false;
    auto node = index;
    auto last = size - 1;
    auto hash = leaf;
    for (auto const& sibling : path) {
        if (last == 0) return false;
        if ((node & 1U) != 0 || node == last) {
            hash = node_hash(sibling, hash);
            while ((node & 1U) == 0 && node != 0) {
                node >>= 1U;
                last >>= 1U;
            }
        } else {
            hash = node_hash(hash, sibling);
        }
        node >>= 1U;
        last >>= 1U;
    }
    return last == 0 && hash == root;
}

bool verify_consistency(std::uint64_t old_size, std::uint64_t size, Digest const& old_root,
    Digest const& root, std::span<Digest const> path)
{
    // A proof from nothing proves nothing, so it is not one.
    if (old_size == 0 || old_size > size) return false;
    if (old_size == size) return path.empty() && old_root == root;
    if (path.empty()) return false;
    std::vector<Digest> hashes { path.begin(), path.end() };
    if (std::has_single_bit(old_size)) hashes.insert(hashes.begin(), old_root);
    auto node = old_size - 1;
    auto last = size - 1;
    while ((node & 1U) != 0) {
        node >>= 1U;
        last >>= 1U;
    }
    auto old_hash = hashes.front();
    auto hash = hashes.front();
    for (auto const& sibling : std::span { hashes }.subspan(1)) {
        if (last == 0) return false;
        if ((node & 1U) != 0 || node == last) {
            old_hash = node_hash(sibling, old_hash);
            hash = node_hash(sibling, hash);
            while ((node & 1U) == 0 && node != 0) {
                node >>= 1U;
                last >>= 1U;
            }
        } else {
            hash = node_hash(hash, sibling);
        }
        node >>= 1U;
        last >>= 1U;
    }
    return last == 0 && old_hash == old_root && hash == root;
}

} // namespace comity::ledger
