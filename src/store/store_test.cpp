#include "store/store.h"

#include "base/scratch.h"
#include "store/trial_store_test.h"

#include <gtest/gtest.h>

#include <thread>

namespace comity::store {
namespace {

constexpr Migration tables[] = {
    { "test", 1, "CREATE TABLE item (id BIGINT PRIMARY KEY, name TEXT, body BYTEA)" },
};

std::string at(ScratchFolder const& folder)
{
    return trial::address(folder / "db");
}

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

TEST(Store, parameters_count_by_their_number_wherever_they_stand)
{
    ScratchFolder const folder;
    auto store = Store::open(at(folder), tables).take();
    ASSERT_TRUE(add(*store, 7, "old").ok());
    auto const changed = store->write([](Transaction& t) {
        return t.run("UPDATE item SET name = $2 WHERE id = $1 AND name <> $2", 7, "new");
    });
    EXPECT_EQ(changed.value(), 1);
}

TEST(Store, what_was_written_is_there_after_opening_again)
{
    ScratchFolder const folder;
    Bytes const body { 0, 1, 255 };
    {
        auto store = Store::open(at(folder), tables).take();
        ASSERT_TRUE(store
                ->write([&](Transaction& t) {
                    return t.run("INSERT INTO item VALUES ($1, $2, $3)", 7, "Ђорђе", body);
                })
                .ok());
    }
    auto store = Store::open(at(folder), tables).take();
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
    auto store = Store::open(at(folder), tables).take();
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

TEST(Store, a_moment_lasts_for_one_transaction)
{
    ScratchFolder const folder;
    auto store = Store::open(at(folder), tables, Writer::caller).take();
    Recalled<int> known;
    std::uint64_t first = 0;
    EXPECT_TRUE(store
            ->write([&](Transaction& t) -> Result<void> {
                first = t.moment();
                known.keep(t, 7);
                TRY(t.run("INSERT INTO item (id) VALUES ($1)", 1));
                EXPECT_EQ(t.moment(), first);
                EXPECT_EQ(*known.find(t), 7);
                t.before_commit([first](Transaction& later) -> Result<void> {
                    EXPECT_EQ(later.moment(), first);
                    return {};
                });
                return {};
            })
            .ok());
    EXPECT_TRUE(store
            ->write([&](Transaction& t) -> Result<void> {
                EXPECT_NE(t.moment(), first);
                EXPECT_EQ(known.find(t), nullptr);
                return {};
            })
            .ok());
}

TEST(Store, a_finisher_sees_the_hook_and_its_error_undoes_the_group)
{
    ScratchFolder const folder;
    auto store = Store::open(at(folder), tables, Writer::caller).take();
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
    EXPECT_GE(undone, 1); // at a server its first group also finds what was there before
    EXPECT_EQ(count(*store), 0);
    EXPECT_TRUE(write(2, false).ok());
    EXPECT_EQ(seen, "hooked");
    EXPECT_TRUE(told);
    undone = 0;
    EXPECT_TRUE(write(3, false).ok());
    EXPECT_EQ(undone, 0);
}

TEST(Store, a_statement_that_fails_undoes_its_own_work_alone)
{
    ScratchFolder const folder;
    auto store = Store::open(at(folder), tables, Writer::caller).take();
    ASSERT_TRUE(add(*store, 1, "first").ok());
    auto const done = store->write([](Transaction& t) -> Result<void> {
        TRY(t.run("INSERT INTO item (id, name) VALUES (2, 'second')"));
        auto const twice = t.run("INSERT INTO item (id) VALUES (1)");
        EXPECT_EQ(twice.error().kind, Error::Kind::conflict);
        return twice.error();
    });
    EXPECT_EQ(done.error().kind, Error::Kind::conflict);
    EXPECT_EQ(count(*store), 1);
    EXPECT_TRUE(add(*store, 2, "again").ok());
}

TEST(Store, every_kind_of_value_comes_back_as_it_went)
{
    ScratchFolder const folder;
    auto store = Store::open(at(folder), tables, Writer::caller).take();
    auto const least = std::numeric_limits<std::int64_t>::min();
    for (std::int64_t const id : { least, std::int64_t { -1 }, std::int64_t { 0 },
             std::numeric_limits<std::int64_t>::max() })
        ASSERT_TRUE(add(*store, id, "").ok());
    ASSERT_TRUE(store
            ->write([&](Transaction& t) {
                return t.run(
                    "UPDATE item SET name = $1, body = $2 WHERE id = $3", nullptr, Bytes {}, least);
            })
            .ok());
    auto const found = store->read([](Transaction& t) {
        return t.all("SELECT id, name, body FROM item ORDER BY id", [](Row const& r) {
            return std::tuple { r.integer(0), r.text_if(1), r.null(2), r.blob(2).size() };
        });
    });
    ASSERT_EQ(found.value().size(), 4);
    EXPECT_EQ(found.value()[0], std::tuple(least, std::nullopt, false, 0));
    EXPECT_EQ(found.value()[1], std::tuple(-1, std::optional<std::string> { "" }, true, 0));
    EXPECT_EQ(std::get<0>(found.value()[3]), std::numeric_limits<std::int64_t>::max());
}

TEST(Store, texts_sort_by_their_bytes_and_rows_without_a_key_are_numbered)
{
    ScratchFolder const folder;
    auto store = Store::open(at(folder), tables, Writer::caller).take();
    for (auto const* name : { "b", "Z", "a", "Ж" })
        ASSERT_TRUE(store
                ->write([&](Transaction& t) {
                    return t.run("INSERT INTO item (name) VALUES ($1)", std::string_view { name });
                })
                .ok());
    auto const names = [&](std::string_view sql) {
        return store
            ->read(
                [&](Transaction& t) { return t.all(sql, [](Row const& r) { return r.text(0); }); })
            .value();
    };
    EXPECT_EQ(names("SELECT name FROM item ORDER BY name"),
        (std::vector<std::string> { "Z", "a", "b", "Ж" }));
    EXPECT_EQ(names("SELECT name FROM item ORDER BY id"),
        (std::vector<std::string> { "b", "Z", "a", "Ж" }));
}

TEST(Store, a_snapshot_does_not_see_what_is_written_after_it_began)
{
    ScratchFolder const folder;
    auto store = Store::open(at(folder), tables, Writer::caller).take();
    auto const seen = store->read([&](Transaction& t) -> Result<std::pair<bool, bool>> {
        auto const any = [&]() -> Result<bool> {
            return TRY(t.one("SELECT 1 FROM item", [](Row const&) { return true; })).has_value();
        };
        auto const before = TRY(any());
        EXPECT_TRUE(add(*store, 1, "meanwhile").ok());
        auto const after = TRY(any());
        return std::pair { before, after };
    });
    EXPECT_EQ(seen.value(), (std::pair { false, false }));
    EXPECT_EQ(count(*store), 1);
}

TEST(Store, a_walk_over_many_rows_sees_each_once_and_may_ask_in_between)
{
    ScratchFolder const folder;
    auto store = Store::open(at(folder), tables, Writer::caller).take();
    for (std::int64_t const rows : { 999, 1000, 1001, 2500 }) {
        auto const seen = store->write([&](Transaction& t) -> Result<std::int64_t> {
            TRY(t.run("DELETE FROM item"));
            for (std::int64_t i = 0; i < rows; ++i)
                TRY(t.run("INSERT INTO item (id, name) VALUES ($1, 'x')", i));
            std::int64_t next = 0;
            TRY(t.each(
                "SELECT id FROM item WHERE name = $1 ORDER BY id",
                [&](Row const& row) -> Result<void> {
                    EXPECT_EQ(row.integer(0), next++);
                    if (next % 500 != 0) return {};
                    return t.each("SELECT 1", [](Row const&) -> Result<void> { return {}; });
                },
                "x"));
            return next;
        });
        EXPECT_EQ(seen.value(), rows);
    }
}

TEST(Store, a_walk_ends_with_the_error_of_its_row_and_the_work_goes_on)
{
    ScratchFolder const folder;
    auto store = Store::open(at(folder), tables, Writer::caller).take();
    ASSERT_TRUE(add(*store, 1, "one").ok());
    ASSERT_TRUE(add(*store, 2, "two").ok());
    auto const seen = store->read([](Transaction& t) -> Result<std::int64_t> {
        int rows = 0;
        auto const stopped = t.each("SELECT id FROM item", [&](Row const&) -> Result<void> {
            ++rows;
            return Error { Error::Kind::conflict, "enough" };
        });
        EXPECT_EQ(stopped.error().what, "enough");
        EXPECT_EQ(rows, 1);
        auto const all
            = TRY(t.all("SELECT id FROM item", [](Row const& row) { return row.integer(0); }));
        return std::ssize(all);
    });
    EXPECT_EQ(seen.value(), 2);
}

TEST(Store, a_read_that_failed_leaves_its_reader_of_use)
{
    ScratchFolder const folder;
    auto store = Store::open(at(folder), tables, Writer::caller).take();
    auto const wrong = store->read([](Transaction& t) {
        return t.all("SELECT nothing FROM nowhere", [](Row const&) { return 0; });
    });
    EXPECT_EQ(wrong.error().kind, Error::Kind::unavailable);
    EXPECT_EQ(count(*store), 0);
}

TEST(Store, a_database_of_a_newer_version_is_refused_with_both_versions_named)
{
    ScratchFolder const folder;
    constexpr Migration newer[] = { tables[0], { "test", 2, "ALTER TABLE item ADD extra TEXT" } };
    ASSERT_TRUE(Store::open(at(folder), newer).ok());
    auto const old = Store::open(at(folder), tables);
    ASSERT_FALSE(old.ok());
    EXPECT_EQ(old.error().kind, Error::Kind::conflict);
    EXPECT_NE(old.error().what.find("version 2, this program knows 1"), std::string::npos);
    EXPECT_FALSE(Store::open_for_reading(at(folder), tables).ok());
    auto const reader = Store::open_for_reading(at(folder), newer);
    ASSERT_TRUE(reader.ok()) << reader.error().what;
    EXPECT_EQ(count(*reader.value()), 0);
}

TEST(Store, an_older_database_is_brought_up_to_date_and_keeps_its_rows)
{
    ScratchFolder const folder;
    constexpr Migration newer[] = { tables[0], { "test", 2, "ALTER TABLE item ADD extra TEXT" } };
    {
        auto store = Store::open(at(folder), tables).take();
        ASSERT_TRUE(add(*store, 1, "kept").ok());
    }
    auto store = Store::open(at(folder), newer).take();
    EXPECT_EQ(count(*store), 1);
}

TEST(Store, a_data_folder_serves_one_process_at_a_time)
{
    if (!trial::postgres_address().empty()) GTEST_SKIP() << "a server serves many";
    ScratchFolder const folder;
    auto first = Store::open(at(folder), tables).take();
    auto const second = Store::open(at(folder), tables);
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().kind, Error::Kind::conflict);
    EXPECT_TRUE(Store::open_for_reading(at(folder), tables).ok());
    first.reset();
    EXPECT_TRUE(Store::open(at(folder), tables).ok());
}

TEST(Store, a_full_disk_is_said_and_changes_nothing)
{
    if (!trial::postgres_address().empty()) GTEST_SKIP() << "the limit is a word of SQLite";
    ScratchFolder const folder;
    auto store = Store::open(at(folder), tables, Writer::caller).take();
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
