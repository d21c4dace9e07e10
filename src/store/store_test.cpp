#include "store/store.h"

#include "base/scratch.h"

#include <gtest/gtest.h>

#include <thread>

namespace comity::store {
namespace {

constexpr Migration tables[] = {
    { "test", 1, "CREATE TABLE item (id BIGINT PRIMARY KEY, name TEXT, body BYTEA)" },
};

Result<std::int64_t> add(Store& store, std::int64_t id, std::string_view name)
{
    return store.write([&](Transaction& t) {
        return t.run("INSERT INTO item (id, name) VALUES ($1, $2)", id, name);
    });
}

std::int64_t count(Store& store)
{
    return store
        .read([](Transaction& t) {
            return t.one("SELECT count(*) FROM item", [](Row const& r) { return r.integer(0); });
        })
        .value()
        .value();
}

} // namespace

TEST(Store, what_was_written_is_there_after_opening_again)
{
    ScratchFolder const folder;
    Bytes const body { 0, 1, 255 };
    {
        auto store = Store::open(folder / "db", tables).take();
        ASSERT_TRUE(store
                ->write([&](Transaction& t) {
                    return t.run("INSERT INTO item VALUES ($1, $2, $3)", 7, "Ђорђе", body);
                })
                .ok());
    }
    auto store = Store::open(folder / "db", tables).take();
    auto const found = store->read([](Transaction& t) {
        return t.one(
            "SELECT name, body FROM item WHERE id = $1",
            [](Row const& r) { return std::pair { r.text(0), r.blob(1) }; }, 7);
    });
    EXPECT_EQ(found.value()->first, "Ђорђе");
    EXPECT_EQ(found.value()->second, body);
}

TEST(Store, an_error_undoes_its_own_work_and_leaves_the_group)
{
    ScratchFolder const folder;
    auto store = Store::open(folder / "db", tables).take();
    std::atomic<int> refused = 0;
    {
        std::vector<std::jthread> callers;
        for (int i = 0; i < 16; ++i)
            callers.emplace_back([&, i] {
                auto const done = store->write([&](Transaction& t) -> Result<void> {
                    TRY(t.run("INSERT INTO item (id) VALUES ($1)", i));
                    if (i % 2 == 1) return Error { Error::Kind::conflict, "odd" };
                    return {};
                });
                refused += !done.ok();
            });
    }
    EXPECT_EQ(refused, 8);
    EXPECT_EQ(count(*store), 8);
}

TEST(Store, a_finisher_sees_the_hook_and_its_error_undoes_the_group)
{
    ScratchFolder const folder;
    auto store = Store::open(folder / "db", tables, Writer::caller).take();
    int undone = 0;
    store->on_group([](Transaction& t) -> Result<void> {
        TRY(t.run("UPDATE item SET name = $1", "hooked"));
        return {};
    });
    store->on_undone([&] { ++undone; });
    std::string seen;
    bool told = false;
    auto const write = [&](std::int64_t id, bool fail) {
        return store->write([&, id, fail](Transaction& t) -> Result<void> {
            TRY(t.run("INSERT INTO item (id, name) VALUES ($1, $2)", id, "new"));
            t.before_commit([&, fail](Transaction& late) -> Result<void> {
                seen = TRY(late.one("SELECT name FROM item", [](Row const& r) {
                    return r.text(0);
                })).value();
                if (fail) return Error { Error::Kind::unavailable, "late" };
                return {};
            });
            t.after_commit([&] { told = true; });
            return {};
        });
    };
    EXPECT_FALSE(write(1, true).ok());
    EXPECT_FALSE(told);
    EXPECT_EQ(undone, 1);
    EXPECT_EQ(count(*store), 0);
    EXPECT_TRUE(write(2, false).ok());
    EXPECT_EQ(seen, "hooked");
    EXPECT_TRUE(told);
}

TEST(Store, a_database_of_a_newer_version_is_refused_with_both_versions_named)
{
    ScratchFolder const folder;
    constexpr Migration newer[] = { tables[0], { "test", 2, "ALTER TABLE item ADD extra TEXT" } };
    ASSERT_TRUE(Store::open(folder / "db", newer).ok());
    auto const old = Store::open(folder / "db", tables);
    ASSERT_FALSE(old.ok());
    EXPECT_EQ(old.error().kind, Error::Kind::conflict);
    EXPECT_NE(old.error().what.find("version 2, this program knows 1"), std::string::npos);
    EXPECT_FALSE(Store::open_for_reading(folder / "db", tables).ok());
}

TEST(Store, an_older_database_is_brought_up_to_date_and_keeps_its_rows)
{
    ScratchFolder const folder;
    constexpr Migration newer[] = { tables[0], { "test", 2, "ALTER TABLE item ADD extra TEXT" } };
    {
        auto store = Store::open(folder / "db", tables).take();
        ASSERT_TRUE(add(*store, 1, "kept").ok());
    }
    auto store = Store::open(folder / "db", newer).take();
    EXPECT_EQ(count(*store), 1);
}

TEST(Store, a_data_folder_serves_one_process_at_a_time)
{
    ScratchFolder const folder;
    auto first = Store::open(folder / "db", tables).take();
    auto const second = Store::open(folder / "db", tables);
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().kind, Error::Kind::conflict);
    EXPECT_TRUE(Store::open_for_reading(folder / "db", tables).ok());
    first.reset();
    EXPECT_TRUE(Store::open(folder / "db", tables).ok());
}

TEST(Store, a_full_disk_is_said_and_changes_nothing)
{
    ScratchFolder const folder;
    auto store = Store::open(folder / "db", tables, Writer::caller).take();
    ASSERT_TRUE(add(*store, 1, "before").ok());
    // The engine's own limit on pages stands in for the disk: the same error comes back.
    ASSERT_TRUE(store
            ->write([](Transaction& t) {
                return t.each(
                    "PRAGMA max_page_count = 8", [](Row const&) -> Result<void> { return {}; });
            })
            .ok());
    auto const large = std::string(100'000, 'x');
    auto const done = add(*store, 2, large);
    ASSERT_FALSE(done.ok());
    EXPECT_EQ(done.error().what, "the disk is full; nothing was changed");
    EXPECT_EQ(count(*store), 1);
    EXPECT_TRUE(add(*store, 3, "after").ok());
}

} // namespace comity::store
