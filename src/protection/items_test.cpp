#include "protection/items.h"

#include "base/scratch.h"
#include "store/trial_store_test.h"

#include <gtest/gtest.h>

namespace comity::protection {
namespace {

using store::Store;
using store::Transaction;

Date const last_day = parse_date("2027-04-17").value();

std::size_t due_on(Store& store, Date today)
{
    return store.read([&](Transaction& t) { return due(t, today); }).value().size();
}

} // namespace

TEST(Items, are_due_on_their_last_day_and_not_the_day_before)
{
    ScratchFolder const folder;
    auto store
        = Store::open(store::trial::address(folder / "db"), migrations, store::Writer::caller)
              .take();
    ASSERT_TRUE(store
            ->write([](Transaction& t) {
                return keep(t, { "message", "BG", "investigation", last_day });
            })
            .ok());
    EXPECT_EQ(due_on(*store, last_day - std::chrono::days { 1 }), 0);
    EXPECT_EQ(due_on(*store, last_day), 1);
    EXPECT_EQ(due_on(*store, last_day + std::chrono::days { 1 }), 1);
    auto const forget_it = [](Transaction& t) { return forget(t, "message"); };
    EXPECT_TRUE(store->write(forget_it).value());
    EXPECT_FALSE(store->write(forget_it).value()) << "it is gone already";
    EXPECT_EQ(due_on(*store, last_day), 0);
}

TEST(Items, a_destruction_names_the_entry_that_it_fulfils_and_its_provisions)
{
    message::RegisterEntry received {};
    received.act = message::Act::received;
    received.message = "message";
    received.commitment = "commitment";
    auto const now = parse_instant("2027-04-17T00:00:00Z").value();
    auto const entry = destruction_of(received, 7, now);
    EXPECT_EQ(entry.act, message::Act::destroyed);
    EXPECT_EQ(entry.entry, 7);
    EXPECT_EQ(entry.at, now);
    EXPECT_EQ(entry.commitment, "commitment");
    EXPECT_EQ(entry.provisions.front(), "A31(4)(b)-1");
}

} // namespace comity::protection
