#include "ledger/kept.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <future>

namespace comity::ledger {
namespace {

using store::Row;
using store::Transaction;

Error changed(char const* what, std::uint64_t at)
{
    return { Error::Kind::conflict, fmt::format("{} {} was changed", what, at) };
}

constexpr std::uint64_t read_at_once = 256;

/// Kept nodes of every step, from left to right, many read at once.
class Walk {
public:
    explicit Walk(Transaction& transaction)
        : transaction_(transaction)
    {
    }
    Result<Digest> at(unsigned step, std::uint64_t position)
    {
        auto& part = parts_[step];
        if (position < part.first || position >= part.first + part.nodes.size()) {
            auto nodes = TRY(kept_nodes(transaction_, step, position, read_at_once));
            part = { position, std::move(nodes) };
        }
        if (part.nodes.empty()) return changed("tile hash", position);
        return part.nodes[position - part.first];
    }

private:
    struct Part {
        std::uint64_t first = 0;
        std::vector<Digest> nodes;
    };
    Transaction& transaction_;
    std::array<Part, 64 / step_height + 1> parts_;
};

/// What pruning left of the tree: each kept hash must still be the root of those below it.
Result<void> verify_kept(Transaction& transaction, std::uint64_t minimum)
{
    constexpr unsigned lowest = 2 * step_height; // whole tiles
    for (auto step = lowest / step_height + 1; minimum >> (step * step_height) > 0; ++step)
        for (std::uint64_t i = 0; i < minimum >> (step * step_height); ++i) {
            auto const below = TRY(kept_hashes(transaction, step - 1, i * step_width, step_width));
            auto const kept = TRY(kept_hashes(transaction, step, i, 1));
            if (perfect_root(below) != kept.front()) return changed("tile hash", i);
        }
    return {};
}

constexpr std::size_t batch_entries = 1024;

/// Entries as they were read, one behind the other.
struct Batch {
    std::uint64_t first = 0;
    Bytes leaves;
    std::vector<std::size_t> ends;
    std::vector<Digest> kept; ///< The hashes that stand beside them.
};

struct Node {
    unsigned step;
    std::uint64_t position;
    Digest hash;
};

/// What came of hashing a batch: the nodes that it completed, or the first entry at fault.
struct Hashed {
    std::vector<Node> nodes;
    std::optional<std::uint64_t> wrong {};
};

Hashed hash_batch(Batch const& batch, Edge& edge)
{
    Hashed out;
    Edge::Completed const completed
        = [&](unsigned step, std::uint64_t position, Digest const& node) -> Result<void> {
        out.nodes.push_back({ step, position, node });
        return {};
    };
    std::size_t begin = 0;
    for (std::size_t i = 0; i < batch.ends.size() && !out.wrong; ++i) {
        auto const hash
            = leaf_hash(ByteView { batch.leaves }.subspan(begin, batch.ends[i] - begin));
        if (hash != batch.kept[i]) out.wrong = batch.first + i;
        edge.append(hash, completed).take();
        begin = batch.ends[i];
    }
    return out;
}

/// Hashes one batch on another core while the next is read. The database stays with the reader.
class Hashing {
public:
    Hashing(Transaction& transaction, Edge& edge)
        : walk_(transaction)
        , edge_(edge)
        , reading_ { edge.size(), {}, {}, {} }
    {
    }
    Result<void> take(Row const& row)
    {
        auto const at = static_cast<std::uint64_t>(row.integer(0));
        auto const expected = reading_.first + reading_.ends.size();
        if (at != expected) return changed("the place of entry", expected);
        auto const leaf = row.bytes(1), hash = row.bytes(2);
        if (hash.size() != Digest {}.size()) return changed("entry", at);
        reading_.leaves.insert(reading_.leaves.end(), leaf.begin(), leaf.end());
        reading_.ends.push_back(reading_.leaves.size());
        reading_.kept.push_back(to_digest(hash));
        return reading_.ends.size() < batch_entries ? Result<void> {} : hand_over();
    }
    Result<void> finish()
    {
        TRY(hand_over());
        return settle();
    }

private:
    Result<void> hand_over()
    {
        TRY(settle());
        auto const next = reading_.first + reading_.ends.size();
        std::swap(reading_, hashing_);
        reading_.first = next;
        reading_.leaves.clear();
        reading_.ends.clear();
        reading_.kept.clear();
        // Where no thread is to be had, the library does it when the answer is asked for.
        hashed_ = std::async([this] { return hash_batch(hashing_, edge_); });
        return {};
    }
    Result<void> settle()
    {
        if (!hashed_.valid()) return {};
        auto const done = hashed_.get();
        if (done.wrong) return changed("entry", *done.wrong);
        for (auto const& node : done.nodes)
            if (TRY(walk_.at(node.step, node.position)) != node.hash)
                return changed("tile hash", node.position);
        return {};
    }

    Walk walk_;
    Edge& edge_;
    Batch reading_, hashing_;
    std::future<Hashed> hashed_;
};

/// One entry after the other, from the edge that the pruned ones left.
Result<void> verify_entries(Transaction& transaction, Edge& edge)
{
    Hashing hashing { transaction, edge };
    TRY(transaction.each("SELECT position, leaf, hash FROM ledger_entry ORDER BY position",
        [&](Row const& row) { return hashing.take(row); }));
    return hashing.finish();
}

} // namespace

Result<std::uint64_t> verify(Transaction& transaction, Verifier const& verifier)
{
    auto const checkpoint = TRY(open_checkpoint(TRY(newest_checkpoint(transaction)), verifier));
    auto const minimum = TRY(minimum_index(transaction));
    if (minimum > 0) {
        auto const said = TRY(open_minimum(TRY(minimum_statement(transaction)), verifier));
        if (said.minimum != minimum) return changed("the minimum index", minimum);
        TRY(verify_kept(transaction, minimum));
    }
    auto edge = TRY(edge_at(minimum, subtrees_of(transaction)));
    TRY(verify_entries(transaction, edge));
    if (edge.size() != checkpoint.size)
        return Error { Error::Kind::conflict,
            fmt::format("{} entries, but the signed head names {}", edge.size(), checkpoint.size) };
    if (edge.root() != checkpoint.root)
        return Error { Error::Kind::conflict, "the entries do not give the signed root" };
    return edge.size() - minimum;
}

} // namespace comity::ledger
