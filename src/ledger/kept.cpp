#include "ledger/kept.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::ledger {

using store::Row;
using store::Transaction;

Digest to_digest(ByteView bytes)
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

Error changed(char const* what, std::uint64_t at)
{
    return { Error::Kind::conflict, fmt::format("{} {} was changed", what, at) };
}

Result<std::vector<Digest>> kept_nodes(
    Transaction& transaction, unsigned step, std::uint64_t first, std::uint64_t count)
{
    auto const make = [](Row const& row) { return to_digest(row.blob(0)); };
    if (step == 0)
        return transaction.all("SELECT hash FROM ledger_entry WHERE position >= $1 AND "
                               "position < $2 ORDER BY position",
            make, signed_of(first), signed_of(first + count));
    return transaction.all("SELECT hash FROM ledger_node WHERE id >= $1 AND id < $2 ORDER BY id",
        make, node_id(step, first), node_id(step, first) + signed_of(count));
}

Result<std::vector<Digest>> kept_hashes(
    Transaction& transaction, unsigned step, std::uint64_t first, std::uint64_t count)
{
    auto hashes = TRY(kept_nodes(transaction, step, first, count));
    if (hashes.size() == count) return hashes;
    TRY(refuse_pruned(transaction, first << (step * step_height)));
    return not_found("hash at", first + hashes.size());
}

namespace {

/// The nodes under one parent of the next step, read at once: a proof goes through all of them.
struct Group {
    unsigned step = 0;
    std::uint64_t first = 0;
    std::vector<Digest> nodes;
};

} // namespace

Subtrees subtrees_of(Transaction& transaction)
{
    return [&transaction, group = std::make_shared<Group>()](
               unsigned level, std::uint64_t position) -> Result<Digest> {
        auto const within = level % step_height;
        auto const step = level / step_height;
        auto const first = position << within;
        auto const count = std::uint64_t { 1 } << within;
        auto const base = first - first % step_width;
        if (group->nodes.empty() || group->step != step || group->first != base) {
            auto nodes = TRY(kept_nodes(transaction, step, base, step_width));
            *group = { step, base, std::move(nodes) };
        }
        if (group->nodes.size() < first - base + count) {
            TRY(refuse_pruned(transaction, first << (step * step_height)));
            return not_found("hash at", first);
        }
        return perfect_root(std::span { group->nodes }.subspan(first - base, count));
    };
}

Result<void> refuse_pruned(Transaction& transaction, std::uint64_t index)
{
    auto const minimum = TRY(minimum_index(transaction));
    if (index >= minimum) return {};
    return Error { Error::Kind::not_found,
        fmt::format("entry {} was pruned at the end of its retention; the register is kept from "
                    "entry {} on",
            index, minimum) };
}

} // namespace comity::ledger
