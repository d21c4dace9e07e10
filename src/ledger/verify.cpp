#include "base/crew.h"
#include "ledger/kept.h"

#include <fmt/format.h>

#include <array>
#include <limits>
#include <optional>

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

constexpr std::size_t batch_entries = 2048;

/// Entries as they were read, one behind the other.
struct Batch {
    std::uint64_t first = 0;
    Bytes leaves;
    std::vector<std::size_t> ends;
    std::vector<Digest> kept; ///< The hashes that stand beside them.

    std::uint64_t end() const { return first + ends.size(); }
};

/// A batch from `first` on, empty behind the last entry. Where none was read yet, any entry that
/// stands before `first` is found too.
Result<void> read_batch(
    Transaction& transaction, std::uint64_t first, bool from_the_start, Batch& out)
{
    out.first = first;
    out.leaves.clear();
    out.ends.clear();
    out.kept.clear();
    auto const from = from_the_start ? std::numeric_limits<std::int64_t>::min() : signed_of(first);
    return transaction.each(
        "SELECT position, leaf, hash FROM ledger_entry WHERE position >= $1 "
        "ORDER BY position LIMIT $2",
        [&out](Row const& row) -> Result<void> {
            auto const at = static_cast<std::uint64_t>(row.integer(0));
            if (at != out.end()) return changed("the place of entry", out.end());
            auto const leaf = row.bytes(1), hash = row.bytes(2);
            if (hash.size() != Digest {}.size()) return changed("entry", at);
            out.leaves.insert(out.leaves.end(), leaf.begin(), leaf.end());
            out.ends.push_back(out.leaves.size());
            out.kept.push_back(to_digest(hash));
            return {};
        },
        from, batch_entries);
}

struct Node {
    unsigned step;
    std::uint64_t position;
    Digest hash;
};

/// The nodes that a batch completes. Error: the first entry at fault.
Result<std::vector<Node>> hash_batch(Batch const& batch, Edge& edge)
{
    std::vector<Node> out;
    Edge::Completed const completed
        = [&](unsigned step, std::uint64_t position, Digest const& node) -> Result<void> {
        out.push_back({ step, position, node });
        return {};
    };
    std::size_t begin = 0;
    for (std::size_t i = 0; i < batch.ends.size(); ++i) {
        auto const hash
            = leaf_hash(ByteView { batch.leaves }.subspan(begin, batch.ends[i] - begin));
        if (hash != batch.kept[i]) return changed("entry", batch.first + i);
        TRY(edge.append(hash, completed));
        begin = batch.ends[i];
    }
    return out;
}

/// One entry after the other, from the edge that the pruned ones left. One batch is hashed on
/// another core while the next is read; the database stays with one thread at a time.
Result<void> verify_entries(Transaction& transaction, Edge& edge)
{
    Walk walk { transaction };
    Crew crew { 1 };
    Batch hashing, reading;
    TRY(read_batch(transaction, edge.size(), true, hashing));
    while (!hashing.ends.empty()) {
        Result<void> read;
        std::optional<Result<std::vector<Node>>> nodes;
        crew.each(2, [&](std::size_t i) {
            if (i == 0)
                read = read_batch(transaction, hashing.end(), false, reading);
            else
                nodes.emplace(hash_batch(hashing, edge));
        });
        for (auto const& node : TRY(std::move(*nodes)))
            if (TRY(walk.at(node.step, node.position)) != node.hash)
                return changed("tile hash", node.position);
        TRY(std::move(read));
        std::swap(hashing, reading);
    }
    return {};
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
