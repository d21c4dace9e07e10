#include "base/scratch.h"
#include "store/disk.h"
#include "store/store.h"

#include <gtest/gtest.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <filesystem>
#include <future>

namespace comity::store {

/// Where a test wants it, bringing bytes to the disk waits until it is let.
struct Gate {
    std::binary_semaphore reached { 0 }, open { 0 };
};
static std::atomic<Gate*> gate = nullptr; // NOLINT: fdatasync has no other way to it.

namespace {

constexpr Migration tables[] = {
    { "test", 1, "CREATE TABLE item (id BIGINT PRIMARY KEY, body BYTEA)" },
};

Result<std::int64_t> add(Store& store, std::int64_t id, ByteView body = {})
{
    return store.write([&](Transaction& t) {
        return t.run("INSERT INTO item (id, body) VALUES ($1, $2)", id, body);
    });
}

std::int64_t count(Transaction& transaction)
{
    auto const one = [](Row const& row) { return row.integer(0); };
    return transaction.one("SELECT count(*) FROM item", one).value().value();
}

std::int64_t items_in(Store& store)
{
    return store.read([](Transaction& t) -> Result<std::int64_t> { return count(t); }).value();
}

} // namespace

TEST(Disk, tells_nobody_of_a_write_that_is_not_on_it)
{
    ScratchFolder const folder;
    auto const store = Store::open(folder / "db", tables).take();
    Gate held;
    gate = &held;
    std::atomic<bool> let = false;
    auto writer = std::async(std::launch::async, [&] {
        EXPECT_TRUE(add(*store, 1).ok());
        return let.load();
    });
    held.reached.acquire();
    gate = nullptr;
    // It is committed, so a reader sees it; he too hears of it only when it cannot be lost.
    std::binary_semaphore seen { 0 };
    auto reader = std::async(std::launch::async, [&] {
        auto const found = store->read([&](Transaction& t) -> Result<std::int64_t> {
            auto const items = count(t);
            seen.release();
            return items;
        });
        EXPECT_EQ(found.value(), 1);
        return let.load();
    });
    seen.acquire();
    let = true;
    held.open.release();
    EXPECT_TRUE(writer.get());
    EXPECT_TRUE(reader.get());
}

TEST(Disk, takes_a_group_while_the_next_one_is_worked_on)
{
    ScratchFolder const folder;
    Store::open(folder / "db", tables).take();
    auto const writer = Connection::open(folder / "db", Connection::Access::read_write).take();
    // The log begins with a head that SQLite brings to the disk itself.
    ASSERT_TRUE(writer->script("INSERT INTO item (id) VALUES (0)").ok());
    ASSERT_TRUE(writer->part_sync().value());
    Disk disk;
    disk.serve(*writer);
    ASSERT_TRUE(writer->begin().ok());
    ASSERT_TRUE(writer->script("INSERT INTO item (id) VALUES (1)").ok());
    Gate held;
    gate = &held;
    disk.begin();
    ASSERT_TRUE(writer->commit().ok());
    disk.start();
    held.reached.acquire();
    gate = nullptr;
    EXPECT_TRUE(writer->begin().ok());
    EXPECT_TRUE(writer->script("INSERT INTO item (id) VALUES (2)").ok());
    disk.begin();
    EXPECT_TRUE(writer->commit().ok());
    EXPECT_FALSE(disk.done());
    held.open.release();
    disk.wait();
    EXPECT_TRUE(disk.owes());
    disk.bring();
    disk.wait_for_all_begun();
}

TEST(Disk, owes_nothing_for_a_group_that_was_undone)
{
    ScratchFolder const folder;
    auto const store = Store::open(folder / "db", tables).take();
    EXPECT_TRUE(add(*store, 1).ok());
    EXPECT_FALSE(add(*store, 1).ok()); // its whole group with it
    EXPECT_EQ(items_in(*store), 1);
    EXPECT_TRUE(add(*store, 2).ok());
    EXPECT_EQ(items_in(*store), 2);
}

} // namespace comity::store

/// In the place of the C library's.
extern "C" int fdatasync(int descriptor)
{
    if (auto* held = comity::store::gate.load()) {
        held->reached.release();
        held->open.acquire();
    }
    return static_cast<int>(syscall(SYS_fdatasync, descriptor));
}
