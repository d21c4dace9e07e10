#include "ledger/ledger.h"

#include "base/file.h"
#include "base/scratch.h"
#include "store/trial_store_test.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace comity::ledger {
namespace {

using store::Store;
using store::Transaction;

/// A ledger in a folder of its own.
struct Node {
    ScratchFolder folder;
    crypto::Key key = crypto::Key::generate(crypto::Key::Kind::ed25519);
    std::unique_ptr<Store> store;
    std::unique_ptr<Ledger> ledger;

    Node() { open(); }
    void open()
    {
        ledger.reset();
        store.reset();
        store = Store::open(store::trial::address(folder / "db"), migrations, store::Writer::caller)
                    .take();
        ledger = Ledger::open(*store, "ledger.test", key).take();
    }
    Result<std::uint64_t> append(std::string_view leaf)
    {
        return store->write([&](Transaction& t) { return ledger->append(t, as_view(leaf)); });
    }
    void append_many(std::size_t count)
    {
        auto const done = store->write([&](Transaction& t) -> Result<void> {
            for (std::size_t i = 0; i < count; ++i)
                TRY(ledger->append(t, as_view(fmt::format("entry {}", i))));
            return {};
        });
        ASSERT_TRUE(done.ok());
    }
    Checkpoint head()
    {
        auto const note = store->read([](Transaction& t) { return newest_checkpoint(t); }).value();
        return open_checkpoint(note, ledger->verifier()).value();
    }
    Result<std::uint64_t> verify_all()
    {
        return store->read([&](Transaction& t) { return verify(t, ledger->verifier()); });
    }
    void tamper(std::string_view sql)
    {
        ASSERT_TRUE(store->write([&](Transaction& t) { return t.run(sql); }).ok());
    }
};

Digest to_digest(ByteView bytes)
{
    Digest out {};
    std::ranges::copy(bytes.first(32), out.begin());
    return out;
}

} // namespace

TEST(Ledger, places_are_given_in_order_and_every_entry_is_provable)
{
    Node node;
    EXPECT_EQ(node.head().size, 0);
    for (std::uint64_t i = 0; i < 300; ++i)
        ASSERT_EQ(node.append(fmt::format("leaf {}", i)).value(), i);
    auto const head = node.head();
    for (std::uint64_t const index : { 0U, 1U, 255U, 256U, 299U }) {
        auto const proof
            = node.store->read([&](Transaction& t) { return prove(t, index); }).value();
        EXPECT_TRUE(
            verify_inclusion(leaf_hash(proof.leaf), index, head.size, proof.path, head.root));
        EXPECT_EQ(as_text(proof.leaf), fmt::format("leaf {}", index));
    }
    auto const beyond = node.store->read([](Transaction& t) { return prove(t, 300); });
    EXPECT_EQ(beyond.error().kind, Error::Kind::not_found);
    EXPECT_EQ(node.verify_all().value(), 300);
}

TEST(Ledger, opened_again_it_goes_on_where_it_was)
{
    Node node;
    node.append_many(70'000);
    auto const before = node.head();
    node.open();
    EXPECT_EQ(node.head(), before);
    ASSERT_TRUE(node.append("one more").ok());
    EXPECT_EQ(node.verify_all().value(), 70'001);
    auto const path
        = node.store->read([](Transaction& t) { return prove_consistency(t, 70'000, 70'001); })
              .value();
    EXPECT_TRUE(verify_consistency(70'000, 70'001, before.root, node.head().root, path));
}

TEST(Ledger, work_that_is_undone_leaves_no_entry)
{
    Node node;
    ASSERT_TRUE(node.append("kept").ok());
    auto const refused = node.store->write([&](Transaction& t) -> Result<void> {
        TRY(node.ledger->append(t, as_view("undone")));
        return Error { Error::Kind::conflict, "refused" };
    });
    EXPECT_FALSE(refused.ok());
    auto const failed = node.store->write([&](Transaction& t) -> Result<void> {
        TRY(node.ledger->append(t, as_view("undone late")));
        t.before_commit([](Transaction&) -> Result<void> {
            return Error { Error::Kind::unavailable, "late" };
        });
        return {};
    });
    EXPECT_FALSE(failed.ok());
    EXPECT_EQ(node.append("next").value(), 1);
    EXPECT_EQ(node.verify_all().value(), 2);
}

TEST(Ledger, any_change_behind_its_back_is_found_and_named)
{
    char const* const attacks[] = {
        "UPDATE ledger_entry SET leaf = hash WHERE position = 3",
        "UPDATE ledger_entry SET hash = (SELECT e.hash FROM ledger_entry AS e WHERE e.position = "
        "4) WHERE position = 3",
        "DELETE FROM ledger_entry WHERE position = 3",
        "DELETE FROM ledger_entry WHERE position = 299",
        "UPDATE ledger_node SET hash = (SELECT e.hash FROM ledger_entry AS e WHERE e.position = 0) "
        "WHERE id = 72057594037927936",
        "UPDATE ledger_node SET hash = (SELECT e.hash FROM ledger_entry AS e WHERE e.position = 0) "
        "WHERE id = 2 * 72057594037927936",
        "DELETE FROM ledger_node WHERE id = 72057594037927936 + 5",
        "UPDATE ledger_head SET note = replace(note, '300', '299')",
    };
    for (auto const* attack : attacks) {
        Node node;
        node.append_many(300);
        ASSERT_TRUE(node.verify_all().ok());
        node.tamper(attack);
        EXPECT_FALSE(node.verify_all().ok()) << attack;
    }
    Node node;
    node.append_many(300);
    node.tamper(attacks[0]);
    EXPECT_EQ(node.verify_all().error().what, "entry 3 was changed");
}

TEST(Ledger, an_undone_work_between_others_of_its_group_leaves_no_gap)
{
    ScratchFolder const folder;
    auto const store = Store::open(folder / "db", migrations).take();
    auto const ledger
        = Ledger::open(*store, "ledger.test", crypto::Key::generate(crypto::Key::Kind::ed25519))
              .take();
    std::vector<std::jthread> threads;
    std::atomic<std::uint64_t> kept = 0;
    for (int writer = 0; writer < 8; ++writer)
        threads.emplace_back([&, writer] {
            for (int i = 0; i < 60; ++i) {
                bool const undone = (i + writer) % 3 == 0;
                auto const done = store->write([&](Transaction& t) -> Result<void> {
                    TRY(ledger->append(t, as_view("one")));
                    TRY(ledger->append(t, as_view("two")));
                    if (undone) return Error { Error::Kind::conflict, "undone" };
                    return {};
                });
                EXPECT_NE(done.ok(), undone);
                if (done.ok()) kept += 2;
            }
        });
    threads.clear();
    EXPECT_EQ(
        store->read([&](Transaction& t) { return verify(t, ledger->verifier()); }).value(), kept);
}

TEST(Ledger, nodes_that_an_older_version_did_not_keep_are_made_when_it_is_opened)
{
    Node node;
    node.append_many(70'000);
    ASSERT_TRUE(node.verify_all().ok());
    node.tamper("DELETE FROM ledger_node WHERE id / 72057594037927936 % 2 = 1");
    ASSERT_FALSE(node.verify_all().ok());
    node.open();
    EXPECT_EQ(node.verify_all().value(), 70'000);
}

TEST(Ledger, a_leaf_of_65535_bytes_is_kept_and_a_longer_one_refused)
{
    Node node;
    EXPECT_TRUE(node.append(std::string(65'535, 'x')).ok());
    EXPECT_EQ(node.append(std::string(65'536, 'x')).error().kind, Error::Kind::too_large);
}

TEST(Ledger, tiles_and_bundles_give_the_tree_of_the_layout_example)
{
    Node node; // C2SP tlog-tiles: 70 000 entries are 273 full tiles and a partial one of 112
    node.append_many(70'000);
    auto const read = [&](auto const& work) { return node.store->read(work); };
    EXPECT_EQ(read([](Transaction& t) { return tile(t, 0, 272, 256); }).value().size(), 8192);
    EXPECT_EQ(read([](Transaction& t) { return tile(t, 0, 273, 112); }).value().size(), 112 * 32);
    EXPECT_FALSE(read([](Transaction& t) { return tile(t, 0, 273, 113); }).ok());
    EXPECT_EQ(read([](Transaction& t) { return tile(t, 1, 1, 17); }).value().size(), 17 * 32);
    EXPECT_FALSE(read([](Transaction& t) { return tile(t, 1, 1, 18); }).ok());
    EXPECT_EQ(read([](Transaction& t) { return tile(t, 2, 0, 1); }).value().size(), 32);
    auto const bundle = read([](Transaction& t) { return entry_bundle(t, 273, 112); }).value();
    auto const entries = read_bundle(bundle).value();
    ASSERT_EQ(entries.size(), 112);
    EXPECT_EQ(as_text(entries.back()), "entry 69999");
    EXPECT_FALSE(read_bundle(ByteView { bundle }.first(bundle.size() - 1)).ok());
}

TEST(Ledger, a_small_log_of_Tessera_gives_its_own_signed_roots)
{
    std::filesystem::path const log = "../shared/data/vectors/tlog_tessera";
    if (!std::filesystem::exists(log)) GTEST_SKIP() << "no vectors at " << log;
    for (std::uint64_t size = 1; size <= 15; ++size) {
        auto const note = read_file(log / fmt::format("checkpoint.{}", size)).value();
        auto const head = read_checkpoint(as_text(note)).value();
        ASSERT_EQ(head.size, size);
        auto const hashes = read_file(log / fmt::format("tile/0/000.p/{}", size)).value();
        auto const bundle
            = read_bundle(read_file(log / fmt::format("tile/entries/000.p/{}", size)).value());
        Edge edge;
        for (std::uint64_t i = 0; i < size; ++i) {
            auto const hash = to_digest(ByteView { hashes }.subspan(i * 32));
            EXPECT_EQ(leaf_hash(bundle.value()[i]), hash);
            ASSERT_TRUE(
                edge.append(hash,
                        [](unsigned, std::uint64_t, Digest const&) { return Result<void> {}; })
                    .ok());
        }
        EXPECT_EQ(edge.root(), head.root) << size;
    }
}

TEST(Checkpoint, survives_and_is_refused_when_altered_or_signed_by_another)
{
    auto const key = crypto::Key::generate(crypto::Key::Kind::ed25519);
    auto const other = crypto::Key::generate(crypto::Key::Kind::ed25519);
    Checkpoint const checkpoint { "ledger.test", 7, leaf_hash({}) };
    Verifier const verifier { "ledger.test", crypto::public_key_of(key) };
    auto const note = sign_checkpoint(checkpoint, key);
    EXPECT_EQ(open_checkpoint(note, verifier).value(), checkpoint);
    EXPECT_EQ(Verifier::read(verifier.text()).value(), verifier);
    for (std::size_t i = 0; i < note.size(); ++i) {
        auto altered = note;
        altered[i] = static_cast<char>(altered[i] ^ 1);
        EXPECT_FALSE(open_checkpoint(altered, verifier).ok()) << "byte " << i;
    }
    EXPECT_FALSE(open_checkpoint(sign_checkpoint(checkpoint, other), verifier).ok());
    auto const more = note + "— witness.test AAAAAAAAAAAA\n";
    EXPECT_EQ(open_checkpoint(more, verifier).value(), checkpoint);
}

} // namespace comity::ledger
