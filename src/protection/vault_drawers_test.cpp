#include "protection/trial_vault_test.h"
#include "protection/vault_kept.h"

#include <fmt/format.h>

#include <thread>

/// What the vault knows without asking its tables again, and what it finds through its drawers.
namespace comity::protection {
namespace {

using namespace trial;
using store::Transaction;

std::vector<std::string> ids_of(std::vector<Found> const& found)
{
    std::vector<std::string> out;
    for (auto const& each : found) out.push_back(each.id);
    return out;
}

std::vector<std::string> next_due(Node& node, std::size_t count_max)
{
    return ids_of(
        node.store->read([&](Transaction& t) { return node.vault->next_due(t, count_max); })
            .value());
}

} // namespace

TEST(VaultDrawers, an_undone_work_between_others_of_its_group_harms_neither_items_nor_log)
{
    ScratchFolder const folder;
    auto const now = parse_instant("2026-04-17T09:00:00Z").value();
    auto const tables = all_tables();
    auto const store = store::Store::open(store::trial::address(folder / "db"), tables).take();
    auto const ledger = ledger::Ledger::open(
        *store, "vault.test", crypto::Key::generate(crypto::Key::Kind::ed25519))
                            .take();
    auto const vault = Vault::open(
        *store, *ledger, { { folder / "keys", {} }, "BG", "Europe/Sofia" }, crypto::Key256 { 7 },
        [now] { return now; }, crypto::system_random())
                           .take();
    constexpr int writers = 6, each = 30;
    auto const id_of = [](int writer, int i) { return fmt::format("{}/{}", writer, i); };
    auto const undone = [](int writer, int i) { return (i + writer) % 3 == 0; };
    std::vector<std::jthread> threads;
    for (int writer = 0; writer < writers; ++writer)
        threads.emplace_back([&, writer] {
            for (int i = 0; i < each; ++i) {
                auto const done = store->write([&](Transaction& t) -> Result<void> {
                    auto const item = item_of(id_of(writer, i), day("2027-04-17"));
                    TRY(vault->put(t, item, actor));
                    TRY(vault->read(t, item.id, officer_of()));
                    if (undone(writer, i)) return Error { Error::Kind::conflict, "undone" };
                    return {};
                });
                EXPECT_NE(done.ok(), undone(writer, i));
            }
        });
    threads.clear();
    EXPECT_EQ(store->read([&](Transaction& t) { return vault->verify_log(t); }).value(),
        2U * writers * each * 2 / 3);
    for (int writer = 0; writer < writers; ++writer)
        for (int i = 0; i < each; ++i) {
            auto const read = store->write(
                [&](Transaction& t) { return vault->read(t, id_of(writer, i), officer_of()); });
            EXPECT_NE(read.ok(), undone(writer, i)) << id_of(writer, i);
        }
}

TEST(VaultDrawers, what_is_next_comes_by_its_day_whatever_its_State_and_when_it_was_kept)
{
    Node node;
    ASSERT_TRUE(node.put(item_of("late", day("2027-04-19"), "BG")).ok());
    ASSERT_TRUE(node.put(item_of("first", day("2027-04-17"), "RO")).ok());
    ASSERT_TRUE(node.put(item_of("second", day("2027-04-18"), "BG")).ok());
    ASSERT_TRUE(node.put(item_of("first too", day("2027-04-17"), "RO")).ok());
    std::vector<std::string> const all { "first", "first too", "second", "late" };
    EXPECT_EQ(next_due(node, 10), all);
    EXPECT_EQ(next_due(node, 4), all);
    EXPECT_EQ(next_due(node, 3), (std::vector<std::string> { "first", "first too", "second" }));
    EXPECT_TRUE(next_due(node, 0).empty());
    node.go_to(day("2027-04-18"));
    node.vault->confirm_day(day("2027-04-18"));
    EXPECT_EQ(node.destroy_due(2).value().size(), 2U);
    EXPECT_EQ(node.destroy_due(2).value().size(), 1U);
    EXPECT_EQ(next_due(node, 10), (std::vector<std::string> { "late" }));
    EXPECT_EQ(node.destroy_due().value().size(), 0U);
}

TEST(VaultDrawers, a_row_whose_key_is_gone_is_swept_on_its_day_and_not_before)
{
    Node node;
    ASSERT_TRUE(node.put(item_of("gone", day("2026-05-01"))).ok());
    ASSERT_TRUE(node.put(item_of("stays", day("2026-05-10"))).ok());
    // As a backup brings it back: its drawer is one whose key died.
    ASSERT_TRUE(node.store
            ->write([](Transaction& t) {
                return t.run("UPDATE protection_key SET drawer = 77 WHERE item = 1");
            })
            .ok());
    ASSERT_EQ(node.read("gone").error().kind, Error::Kind::not_found);
    EXPECT_EQ(next_due(node, 10), (std::vector<std::string> { "stays", "gone" }));
    node.go_to(day("2026-04-30"));
    EXPECT_TRUE(node.destroy_due().value().empty());
    node.go_to(day("2026-05-01"));
    auto const swept = node.destroy_due().value();
    ASSERT_EQ(swept.size(), 1U);
    EXPECT_EQ(swept[0].id, "gone");
    EXPECT_EQ(next_due(node, 10), (std::vector<std::string> { "stays" }));
    EXPECT_TRUE(node.readable("stays"));
}

TEST(VaultDrawers, a_State_that_leaves_takes_rows_whose_key_is_gone_with_it)
{
    Node node;
    ASSERT_TRUE(node.put(item_of("theirs", day("2027-04-17"))).ok());
    ASSERT_TRUE(node.put(item_of("ours", day("2027-04-17"), "BG")).ok());
    ASSERT_TRUE(node.store
            ->write([](Transaction& t) { return t.run("UPDATE protection_key SET drawer = 77"); })
            .ok());
    EXPECT_EQ(node.vault->end_party("RO", day("2026-04-17")).value().items, 1U);
    EXPECT_EQ(next_due(node, 10), (std::vector<std::string> { "ours" }));
}

TEST(VaultDrawers, a_label_that_an_earlier_version_kept_as_JSON_is_read)
{
    Inside inside { label_of("RO", day("2027-04-17")), { { TermKind::plate, "B123ABC" } }, "TEST" };
    inside.label.categories = { Category::witness, Category::protected_person };
    inside.label.hold = Hold { "court TEST", day("2027-05-01") };
    auto const json = json::to_text(inside);
    EXPECT_EQ(json::to_text(inside_of(as_view(json)).value()), json);
    EXPECT_EQ(json::to_text(inside_of(pack(inside)).value()), json);
    EXPECT_LT(pack(inside).size() * 3, json.size());
}

} // namespace comity::protection
