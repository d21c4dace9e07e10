#include "ledger/merkle.h"

#include "base/file.h"
#include "base/json.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace comity::ledger {
namespace {

// Public vectors of transparency-dev/merkle (Apache-2.0), read where they lie.
std::filesystem::path const vectors = "../shared/data/vectors/merkle";

Digest digest_of(json::Value const& text, bool& well_formed)
{
    auto const bytes = from_base64(std::string_view { text.as_string() });
    Digest out {};
    well_formed &= bytes.ok() && !bytes.value().empty();
    if (!well_formed) return out;
    // Some vectors write words where any hash would do; equal words stay equal, others differ.
    if (bytes.value().size() != out.size()) return crypto::sha256(bytes.value());
    std::ranges::copy(bytes.value(), out.begin());
    return out;
}

std::vector<Digest> path_of(json::Value const& proof, bool& well_formed)
{
    std::vector<Digest> out;
    if (proof.is_array())
        for (auto const& each : proof.as_array()) out.push_back(digest_of(each, well_formed));
    return out;
}

bool inclusion_holds(json::Value const& vector)
{
    bool well_formed = true;
    auto const leaf = digest_of(vector.at("leafHash"), well_formed);
    auto const root = digest_of(vector.at("root"), well_formed);
    auto const path = path_of(vector.at("proof"), well_formed);
    return well_formed
        && verify_inclusion(leaf, vector.at("leafIdx").to_number<std::uint64_t>(),
            vector.at("treeSize").to_number<std::uint64_t>(), path, root);
}

bool consistency_holds(json::Value const& vector)
{
    bool well_formed = true;
    auto const old_root = digest_of(vector.at("root1"), well_formed);
    auto const root = digest_of(vector.at("root2"), well_formed);
    auto const path = path_of(vector.at("proof"), well_formed);
    return well_formed
        && verify_consistency(vector.at("size1").to_number<std::uint64_t>(),
            vector.at("size2").to_number<std::uint64_t>(), old_root, root, path);
}

/// Runs every vector of a folder. The number run.
int run(std::filesystem::path const& folder, bool (*holds)(json::Value const&))
{
    int count = 0;
    for (auto const& file : std::filesystem::recursive_directory_iterator { folder }) {
        if (file.path().extension() != ".json") continue;
        auto const vector = json::parse(as_text(read_file(file.path()).value())).value();
        EXPECT_EQ(holds(vector), !vector.at("wantErr").as_bool()) << file.path();
        ++count;
    }
    return count;
}

std::vector<Digest> leaves(std::size_t count)
{
    std::vector<Digest> out;
    for (std::size_t i = 0; i < count; ++i) out.push_back(leaf_hash(as_view(std::to_string(i))));
    return out;
}

/// RFC 6962's own recursive definition, slow and plain.
Digest slow_root(std::span<Digest const> hashes)
{
    if (hashes.empty()) return empty_root();
    if (hashes.size() == 1) return hashes.front();
    auto const split = std::bit_floor(hashes.size() - 1);
    return node_hash(slow_root(hashes.first(split)), slow_root(hashes.subspan(split)));
}

Subtrees in_memory(std::vector<Digest> const& hashes)
{
    return [&](unsigned level, std::uint64_t position) -> Result<Digest> {
        return slow_root(
            std::span { hashes }.subspan(position << level, std::size_t { 1 } << level));
    };
}

Result<void> ignore(unsigned, std::uint64_t, Digest const&)
{
    return {};
}

} // namespace

TEST(Merkle, the_public_inclusion_vectors_hold)
{
    if (!std::filesystem::exists(vectors)) GTEST_SKIP() << "no vectors at " << vectors;
    EXPECT_EQ(run(vectors / "inclusion", inclusion_holds), 98);
}

TEST(Merkle, the_public_consistency_vectors_hold)
{
    if (!std::filesystem::exists(vectors)) GTEST_SKIP() << "no vectors at " << vectors;
    EXPECT_EQ(run(vectors / "consistency", consistency_holds), 98);
}

TEST(Merkle, the_empty_tree_and_the_first_leaf_are_those_of_RFC_6962)
{
    EXPECT_EQ(
        to_hex(empty_root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(
        to_hex(leaf_hash({})), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
}

TEST(Merkle, the_edge_gives_the_root_of_the_definition_at_every_size)
{
    auto const all = leaves(600);
    Edge edge;
    EXPECT_EQ(edge.root(), empty_root());
    for (std::size_t size = 1; size <= all.size(); ++size) {
        ASSERT_TRUE(edge.append(all[size - 1], ignore).ok());
        ASSERT_EQ(edge.root(), slow_root(std::span { all }.first(size))) << size;
    }
}

TEST(Merkle, every_proof_of_a_small_tree_holds_and_fails_for_its_neighbour)
{
    auto const all = leaves(70);
    auto const subtrees = in_memory(all);
    for (std::uint64_t size = 1; size <= all.size(); ++size) {
        auto const root = slow_root(std::span { all }.first(size));
        for (std::uint64_t index = 0; index < size; ++index) {
            auto const path = inclusion_proof(index, size, subtrees).value();
            ASSERT_TRUE(verify_inclusion(all[index], index, size, path, root));
            ASSERT_FALSE(verify_inclusion(all[index], index + 1, size, path, root));
            ASSERT_FALSE(verify_inclusion(leaf_hash({}), index, size, path, root));
        }
        for (std::uint64_t old = 1; old <= size; ++old) {
            auto const old_root = slow_root(std::span { all }.first(old));
            auto const path = consistency_proof(old, size, subtrees).value();
            ASSERT_TRUE(verify_consistency(old, size, old_root, root, path));
            ASSERT_FALSE(verify_consistency(old, size, root, empty_root(), path));
        }
    }
}

} // namespace comity::ledger
