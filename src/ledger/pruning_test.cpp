#include "ledger/ledger.h"

#include "base/scratch.h"
#include "store/trial_store_test.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

using store::Store;
using store::Transaction;

Instant const now = parse_instant("2029-04-17T09:14:00Z").value();

/// A log of so many entries.
struct Log {
    ScratchFolder folder;
    crypto::Key key = crypto::Key::generate(crypto::Key::Kind::ed25519);
    std::unique_ptr<Store> store;
    std::unique_ptr<Ledger> ledger;

    explicit Log(std::size_t count)
    {
        open();
        grow(count);
    }
    void open()
    {
        ledger.reset();
        store.reset();
        store = Store::open(store::trial::address(folder / "db"), migrations, store::Writer::caller)
                    .take();
        ledger = Ledger::open(*store, "ledger.test", key).take();
    }
    template <class Work> auto read(Work const& work) { return store->read(work); }
    void grow(std::size_t count)
    {
        ASSERT_TRUE(store
                ->write([&](Transaction& t) -> Result<void> {
                    for (std::size_t i = 0; i < count; ++i)
                        TRY(ledger->append(t, as_view(fmt::format("entry {}", i))));
                    return {};
                })
                .ok());
    }
    Result<std::uint64_t> prune(std::uint64_t minimum)
    {
        return store->write([&](Transaction& t) -> Result<std::uint64_t> {
            auto const entry = TRY(ledger->append(t, as_view("pruned")));
            return ledger->prune(t, minimum, entry, now);
        });
    }
    Checkpoint head()
    {
        auto const note = read([](Transaction& t) { return newest_checkpoint(t); }).value();
        return open_checkpoint(note, ledger->verifier()).value();
    }
    Result<std::uint64_t> verify_all()
    {
        return read([&](Transaction& t) { return verify(t, ledger->verifier()); });
    }
};

} // namespace

TEST(Pruning, whole_tiles_go_and_everything_from_the_minimum_on_stays_provable)
{
    Log log { 1000 };
    auto const before = log.head();
    auto const consistency
        = log.read([](Transaction& t) { return prove_consistency(t, 512, 1000); });
    EXPECT_EQ(log.prune(700).value(), 512);
    auto const head = log.head();
    EXPECT_EQ(head.size, 1001);
    EXPECT_EQ(log.verify_all().value(), 489);
    for (std::uint64_t const index : { 512U, 700U, 1000U }) {
        auto const proof = log.read([&](Transaction& t) { return prove(t, index); }).value();
        EXPECT_TRUE(
            verify_inclusion(leaf_hash(proof.leaf), index, head.size, proof.path, head.root));
    }
    EXPECT_EQ(log.read([](Transaction& t) { return prove_consistency(t, 512, 1000); }).value(),
        consistency.value());
    auto const path
        = log.read([](Transaction& t) { return prove_consistency(t, 1000, 1001); }).value();
    EXPECT_TRUE(verify_consistency(1000, 1001, before.root, head.root, path));
    EXPECT_TRUE(log.read([](Transaction& t) { return tile(t, 1, 0, 3); }).ok());
    log.open();
    log.grow(300);
    EXPECT_EQ(log.verify_all().value(), 789);
}

TEST(Pruning, what_is_asked_for_from_before_the_minimum_is_said_to_be_pruned)
{
    Log log { 600 };
    ASSERT_EQ(log.prune(512).value(), 512);
    constexpr auto words = "entry 511 was pruned at the end of its retention; the register is kept "
                           "from entry 512 on";
    EXPECT_EQ(log.read([](Transaction& t) { return prove(t, 511); }).error().what, words);
    EXPECT_TRUE(log.read([](Transaction& t) { return prove(t, 512); }).ok());
    for (auto const& error : { log.read([](Transaction& t) { return tile(t, 0, 1, 256); }).error(),
             log.read([](Transaction& t) { return entry_bundle(t, 1, 256); }).error(),
             log.read([](Transaction& t) { return prove_consistency(t, 257, 600); }).error() }) {
        EXPECT_EQ(error.kind, Error::Kind::not_found);
        EXPECT_NE(error.what.find("was pruned"), std::string::npos) << error.what;
    }
    EXPECT_TRUE(log.read([](Transaction& t) { return tile(t, 0, 2, 88); }).ok());
    EXPECT_TRUE(log.read([](Transaction& t) { return entry_bundle(t, 2, 88); }).ok());
}

TEST(Pruning, is_signed_and_a_statement_altered_by_one_byte_is_refused)
{
    Log log { 600 };
    auto const statement
        = [&] { return log.read([](Transaction& t) { return minimum_statement(t); }); };
    EXPECT_EQ(statement().error().kind, Error::Kind::not_found);
    ASSERT_EQ(log.prune(256).value(), 256);
    auto const text = statement().value();
    auto const said = open_minimum(text, log.ledger->verifier()).value();
    EXPECT_EQ(said.minimum, 256);
    EXPECT_EQ(said.entry, 600);
    EXPECT_EQ(said.at, now);
    EXPECT_FALSE(open_checkpoint(text, log.ledger->verifier()).ok());
    EXPECT_FALSE(open_minimum(sign_checkpoint(log.head(), log.key), log.ledger->verifier()).ok());
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto altered = text;
        altered[i] = static_cast<char>(altered[i] ^ 1);
        EXPECT_FALSE(open_minimum(altered, log.ledger->verifier()).ok()) << "byte " << i;
    }
}

TEST(Pruning, a_held_entry_is_never_pruned_nor_what_follows_it)
{
    Log log { 600 };
    auto const change = [&](auto const& work) { return log.store->write(work); };
    ASSERT_TRUE(
        change([](Transaction& t) { return hold(t, 300, "proceedings 12/2026 TEST"); }).ok());
    EXPECT_EQ(log.prune(300).value(), 256);
    EXPECT_EQ(log.prune(512).error().kind, Error::Kind::conflict);
    EXPECT_EQ(log.verify_all().value(), 345); // the refused work left no entry
    ASSERT_TRUE(change([](Transaction& t) { return release(t, 300); }).ok());
    EXPECT_FALSE(change([](Transaction& t) { return release(t, 300); }).ok());
    EXPECT_EQ(log.prune(512).value(), 512);
    EXPECT_FALSE(change([](Transaction& t) { return hold(t, 300, "late"); }).ok());
}

TEST(Pruning, never_goes_back_nor_past_the_signed_head_nor_too_far_at_once)
{
    Log log { 66'500 };
    EXPECT_EQ(log.prune(255).value(), 0);
    EXPECT_EQ(log.prune(66'304).value(), pruned_entries_max);
    EXPECT_EQ(log.prune(100).value(), pruned_entries_max);
    EXPECT_EQ(log.prune(1'000'000).error().kind, Error::Kind::conflict);
    EXPECT_EQ(log.prune(66'304).value(), 66'304);
    EXPECT_EQ(log.verify_all().value(), log.head().size - 66'304);
    auto const late = log.store->write([](Transaction& t) {
        return t.run("UPDATE ledger_node SET hash = (SELECT e.hash FROM ledger_entry AS e ORDER BY "
                     "position LIMIT 1) WHERE id = 2 * 72057594037927936 + 7");
    });
    ASSERT_TRUE(late.ok());
    EXPECT_EQ(log.verify_all().error().what, "tile hash 0 was changed");
}

} // namespace comity::ledger
