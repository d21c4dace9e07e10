#include "claims/claims_store.h"

#include "base/scratch.h"
#include "store/trial_store_test.h"

#include <gtest/gtest.h>

/// Claims that a former version of this program kept, under today's program.
namespace comity::claims {
namespace {

using store::Transaction;

std::unique_ptr<store::Store> open(std::filesystem::path const& path, int version)
{
    std::vector<store::Migration> tables { migrations.begin(), migrations.end() };
    std::erase_if(tables, [&](auto const& each) { return each.version > version; });
    return store::Store::open(store::trial::address(path), tables, store::Writer::caller).take();
}

} // namespace

TEST(FormerClaims, are_read_with_entries_that_propose_nothing_and_take_new_ones)
{
    ScratchFolder const folder;
    auto former = open(folder / "db", 1);
    auto const kept = former->write([](Transaction& t) -> Result<void> {
        TRY(t.run("INSERT INTO claims_claim (number, creditor, debtor, case_number, cost, "
                  "provision, amount, currency, subject, opened_at) VALUES ('BG-1', 'BG', 'RO', "
                  "'2026-0417', 0, 'A31(5)-2', 120050, 'EUR', 'TEST', '2026-04-17T09:00:00Z')"));
        TRY(t.run("INSERT INTO claims_entry (claim, act, party, at, amount, message, answers, "
                  "recorded_at, actor, account, ground, words, reference, paid_on, owed, "
                  "under_way, waits) VALUES ('BG-1', 'claimed', 'BG', '2026-04-17T09:00:00Z', "
                  "120050, 'm-1', '', '2026-04-17T09:00:00Z', 'A. Officer TEST', 'a-1', '', "
                  "'TEST', '', NULL, 120050, 0, 1)"));
        return {};
    });
    ASSERT_TRUE(kept.ok()) << kept.error().what;
    former.reset();

    auto const today = open(folder / "db", 1000);
    auto const claim
        = today->read([](Transaction& t) { return find_claim(t, "BG-1"); }).value().value();
    EXPECT_EQ(claim.claim.amount, 120050);
    auto const entries
        = [&] { return today->read([](Transaction& t) { return entries_of(t, "BG-1"); }).value(); };
    ASSERT_EQ(entries().size(), 1U);
    auto fresh = entries()[0];
    EXPECT_EQ(json::word(fresh.entry.act), "claimed");
    EXPECT_EQ(fresh.effect.owed, 120050);
    EXPECT_TRUE(fresh.waits);
    EXPECT_FALSE(fresh.entry.proposes);
    fresh.entry.message = "m-2";
    ASSERT_TRUE(today->write([&](Transaction& t) { return insert_entry(t, fresh); }).ok());
    EXPECT_EQ(entries().size(), 2U);
    EXPECT_EQ(today->read([](Transaction& t) { return entries_waiting(t); }).value().size(), 2U);
}

} // namespace comity::claims
