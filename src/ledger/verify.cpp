#include "ledger/kept.h"
#include "ledger/walk.h"

#include <fmt/format.h>

#include <array>

namespace comity::ledger {
namespace {

using store::Row;
using store::Transaction;

constexpr std::uint64_t read_at_once = 256;

/// Kept nodes of every step, from left to right, many read at once.
class KeptNodes {
public:
    explicit KeptNodes(Transaction& transaction)
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

struct Node {
    unsigned step;
    std::uint64_t position;
    Digest hash;
};

/// The nodes that these complete. Error: the first entry at fault.
Result<std::vector<Node>> hash(Leaves const& leaves, Edge& edge)
{
    std::vector<Node> out;
    Edge::Completed const completed
        = [&](unsigned step, std::uint64_t position, Digest const& node) -> Result<void> {
        out.push_back({ step, position, node });
        return {};
    };
    for (std::size_t i = 0; i < leaves.size(); ++i) {
        auto const hash = leaf_hash(leaves.leaf(i));
        if (hash != leaves.kept[i]) return changed("entry", leaves.first + i);
        TRY(edge.append(hash, completed));
    }
    return out;
}

/// One entry after the other, from the edge that the pruned ones left.
Result<void> verify_entries(Transaction& transaction, Edge& edge)
{
    KeptNodes kept { transaction };
    std::vector<Node> nodes;
    auto const see = [&](Leaves const& leaves) -> Result<void> {
        nodes = TRY(hash(leaves, edge));
        return {};
    };
    return walk(transaction, edge.size(), see, [&]() -> Result<void> {
        for (auto const& node : nodes)
            if (TRY(kept.at(node.step, node.position)) != node.hash)
                return changed("tile hash", node.position);
        return {};
    });
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
