#include "protection/trial_vault_test.h"

/// A vault that a former version of this program kept, under today's program.
namespace comity::protection {
namespace {

using namespace trial;
using store::Transaction;

std::vector<store::Migration> tables_of_version(int version)
{
    auto out = all_tables();
    std::erase_if(
        out, [&](auto const& each) { return each.room == "protection" && each.version > version; });
    return out;
}

/// In a work that is undone.
bool has_index(Node& node, char const* made_again)
{
    auto const made = node.store->write([&](Transaction& t) -> Result<void> {
        TRY(t.run(made_again));
        return Error { Error::Kind::conflict, "undone", "undone" };
    });
    return made.error().field != "undone";
}

} // namespace

TEST(FormerVault, keeps_its_items_their_days_and_their_log_when_its_indexes_go)
{
    constexpr auto by_day
        = "CREATE INDEX protection_sealed_due ON protection_sealed (destroy_on, item)";
    Node node;
    node.close();
    ScratchFolder const folder;
    auto const open = [&](std::vector<store::Migration> const& tables) {
        node.close();
        node.store = store::Store::open(
            store::trial::address(folder / "db"), tables, store::Writer::caller)
                         .take();
        node.ledger = ledger::Ledger::open(*node.store, "vault.test", node.register_key).take();
        node.vault = Vault::open(
            *node.store, *node.ledger, { { folder / "keys", {} }, "BG", "Europe/Sofia" },
            node.node_key, [&node] { return node.now; }, crypto::system_random())
                         .take();
    };
    open(tables_of_version(2));
    EXPECT_TRUE(has_index(node, by_day)) << "it is the former version";
    ASSERT_TRUE(node.put(item_of("first", day("2026-05-01"))).ok());
    auto labelled = item_of("second", day("2026-06-01"), "BG");
    labelled.label.handling.codes = { "H2" };
    ASSERT_TRUE(node.put(labelled).ok());
    ASSERT_TRUE(node.readable("first"));

    open(all_tables());
    EXPECT_FALSE(has_index(node, by_day));
    EXPECT_EQ(as_text(*node.read("first").value().content), "Persoana TEST");
    EXPECT_EQ(node.read("second").value().label.value().handling.codes,
        std::vector<std::string> { "H2" });
    EXPECT_EQ(
        node.store->read([&](Transaction& t) { return node.vault->verify_log(t); }).value(), 5U)
        << "two put, three read";
    node.go_to(day("2026-05-01"));
    auto const gone = node.destroy_due().value();
    ASSERT_EQ(gone.size(), 1U);
    EXPECT_EQ(gone[0].id, "first");
    EXPECT_TRUE(node.readable("second"));
}

} // namespace comity::protection
