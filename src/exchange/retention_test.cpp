#include "exchange/retention.h"

#include "base/scratch.h"
#include "store/trial_store_test.h"

#include <gtest/gtest.h>

namespace comity::exchange {
namespace {

using message::Act;
using store::Transaction;

Instant const start = parse_instant("2026-04-17T09:14:00Z").value();

Date date(std::string_view text)
{
    return parse_date(text).value();
}

/// A register whose entries are made up.
struct Register {
    ScratchFolder folder;
    std::unique_ptr<store::Store> store = store::Store::open(
        store::trial::address(folder / "db"), ledger::migrations, store::Writer::caller)
                                              .take();
    std::unique_ptr<ledger::Ledger> ledger
        = ledger::Ledger::open(*store, "bg.test", crypto::Key::generate(crypto::Key::Kind::ed25519))
              .take();

    void enter(int count, Act act, std::optional<std::uint64_t> fulfils = {})
    {
        message::RegisterEntry entry {};
        entry.v = 1;
        entry.act = act;
        entry.at = start;
        entry.personal_data = act == Act::sent;
        if (act == Act::sent) entry.erase_by = date("2027-04-17");
        entry.entry = fulfils;
        auto const done = store->write([&](Transaction& t) -> Result<void> {
            for (int i = 0; i < count; ++i) TRY(ledger->append(t, as_view(json::to_text(entry))));
            return {};
        });
        ASSERT_TRUE(done.ok());
    }
    Result<Prunable> on(std::string_view day, int years = 3)
    {
        KeptUntil const until = [years](Instant at) -> Result<Date> {
            std::chrono::year_month_day const from { std::chrono::floor<std::chrono::days>(at) };
            return Date { from + std::chrono::years { years } };
        };
        return store->read([&](Transaction& t) { return prunable(t, until, date(day)); });
    }
    std::optional<std::uint64_t> prune(std::uint64_t until)
    {
        return store
            ->write([&](Transaction& t) {
                return prune_register(t, *ledger, "BG", until, start + std::chrono::years { 3 });
            })
            .value();
    }
};

} // namespace

TEST(Retention, an_entry_is_kept_for_three_years_to_the_day)
{
    Register bg;
    bg.enter(300, Act::received);
    EXPECT_EQ(bg.on("2029-04-16").value().until, 0);
    EXPECT_EQ(bg.on("2029-04-16").value().because, "entry 0 is kept until 2029-04-17");
    EXPECT_EQ(bg.on("2029-04-17").value().until, 300);
    EXPECT_EQ(bg.on("2029-04-17", 4).value().until, 0);
    EXPECT_EQ(bg.on("2029-04-17", 2).error().kind, Error::Kind::not_permitted);
}

TEST(Retention, an_entry_whose_data_were_not_destroyed_stays_and_all_after_it)
{
    Register bg;
    bg.enter(3, Act::received);
    bg.enter(1, Act::sent);
    bg.enter(300, Act::received);
    EXPECT_EQ(bg.on("2030-01-01").value().until, 3);
    EXPECT_EQ(bg.on("2030-01-01").value().because,
        "the data of entry 3 have no entry of their destruction");
    bg.enter(1, Act::destroyed, 3);
    EXPECT_EQ(bg.on("2030-01-01").value().until, 305);
}

TEST(Retention, a_held_entry_stays)
{
    Register bg;
    bg.enter(300, Act::received);
    ASSERT_TRUE(
        bg.store->write([](Transaction& t) { return ledger::hold(t, 280, "proceedings TEST"); })
            .ok());
    EXPECT_EQ(bg.on("2030-01-01").value().until, 280);
    EXPECT_EQ(bg.on("2030-01-01").value().because, "entry 280 is held");
    EXPECT_EQ(bg.prune(280), 256);
}

TEST(Retention, pruning_is_entered_with_its_provision_and_the_minimum_index)
{
    Register bg;
    bg.enter(255, Act::received);
    EXPECT_FALSE(bg.prune(255)); // no whole tile
    bg.enter(100, Act::received);
    EXPECT_EQ(bg.prune(355), 256);
    auto const leaf = bg.store->read([](Transaction& t) { return ledger::leaf(t, 355); }).value();
    auto const entry
        = json::read_text<message::RegisterEntry>(as_text(leaf), json::Unknown::refuse).value();
    EXPECT_EQ(entry.act, Act::pruned);
    EXPECT_EQ(entry.entry, 256);
    EXPECT_EQ(entry.provisions, std::vector<std::string> { "A31(4)(e)-3" });
    EXPECT_FALSE(bg.prune(355));
    EXPECT_EQ(bg.on("2030-01-01").value().until, 355); // that entry has its own three years
}

} // namespace comity::exchange
