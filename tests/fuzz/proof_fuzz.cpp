// Proofs out of another State's register, and its bundles of entries. A made-up proof holds for
// one leaf at most; a true one holds, and no longer once a bit of it is another.
#include "fuzz/fuzz.h"
#include "ledger/ledger.h"

using namespace comity;
using ledger::Digest;

namespace {

/// Straight from the definition of RFC 6962 section 2.1.
Digest root_of(std::span<Digest const> leaves)
{
    if (leaves.empty()) return ledger::empty_root();
    if (leaves.size() == 1) return leaves[0];
    auto const half = std::bit_floor(leaves.size() - 1);
    return ledger::node_hash(root_of(leaves.first(half)), root_of(leaves.subspan(half)));
}

void made_up(fuzz::Input input)
{
    auto const index = input.number(8);
    auto const size = input.number(8);
    auto const first = input.digest();
    auto const root = input.digest();
    std::vector<Digest> path;
    while (!input.empty() && path.size() < 130) path.push_back(input.digest());
    // A fuzzer that watches comparisons finds the root of its own leaf; of another it cannot.
    auto other = first;
    other[0] ^= 1;
    if (ledger::verify_inclusion(first, index, size, path, root))
        MUST(!ledger::verify_inclusion(other, index, size, path, root));
    if (ledger::verify_consistency(index, size, first, root, path))
        MUST(!ledger::verify_consistency(index, size, other, root, path));
}

void altered(std::vector<Digest>& path, std::uint64_t bit)
{
    auto const at = bit / 256 % path.size();
    path[at][bit / 8 % 32] ^= static_cast<std::uint8_t>(1U << bit % 8);
}

void true_ones(fuzz::Input input)
{
    std::vector<Digest> leaves(1 + input.byte());
    for (std::size_t i = 0; i < leaves.size(); ++i)
        leaves[i] = ledger::leaf_hash(as_view(std::to_string(i)));
    auto const index = input.number(2) % leaves.size();
    auto const bit = input.number(2);
    auto const size = leaves.size();
    auto const subtrees = [&](unsigned level, std::uint64_t position) -> Result<Digest> {
        return root_of(std::span { leaves }.subspan(position << level, std::size_t { 1 } << level));
    };
    auto const root = root_of(leaves);
    auto path = ledger::inclusion_proof(index, size, subtrees).value();
    MUST(ledger::verify_inclusion(leaves[index], index, size, path, root));
    if (!path.empty()) {
        altered(path, bit);
        MUST(!ledger::verify_inclusion(leaves[index], index, size, path, root));
    }
    auto const old_root = root_of(std::span { leaves }.first(index + 1));
    path = ledger::consistency_proof(index + 1, size, subtrees).value();
    MUST(ledger::verify_consistency(index + 1, size, old_root, root, path));
    if (!path.empty()) {
        altered(path, bit);
        MUST(!ledger::verify_consistency(index + 1, size, old_root, root, path));
    }
}

void bundle(ByteView bytes)
{
    auto const entries = ledger::read_bundle(bytes);
    if (!entries.ok()) return;
    Bytes again;
    for (auto const& entry : entries.value()) {
        MUST(entry.size() <= ledger::leaf_bytes_max);
        again.push_back(static_cast<std::uint8_t>(entry.size() >> 8U));
        again.push_back(static_cast<std::uint8_t>(entry.size()));
        again.insert(again.end(), entry.begin(), entry.end());
    }
    MUST(std::ranges::equal(again, bytes));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    made_up({ data, size });
    true_ones({ data, size });
    bundle({ data, size });
    return 0;
}
