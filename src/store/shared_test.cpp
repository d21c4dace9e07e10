#include "store/store.h"

#include "base/scratch.h"
#include "store/trial_store_test.h"

#include <gtest/gtest.h>

#include <thread>

/// Several processes on one PostgreSQL database, each as a Store of its own.
namespace comity::store {
namespace {

constexpr Migration tables[] = {
    { "test", 1, "CREATE TABLE item (id BIGINT PRIMARY KEY, name TEXT)" },
};

class Shared : public ::testing::Test {
protected:
    void SetUp() override
    {
        if (trial::postgres_address().empty()) GTEST_SKIP() << "a file is for one process";
    }
    std::unique_ptr<Store> open(Writer writer = Writer::caller)
    {
        return Store::open(trial::address(folder / "db"), tables, writer).take();
    }

    ScratchFolder folder;
};

Result<std::int64_t> add(Store& store, std::int64_t id)
{
    return store.write(
        [&](Transaction& t) { return t.run("INSERT INTO item (id) VALUES ($1)", id); });
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

/// The server ends the session that runs this, as an administrator would or a restart does.
Result<void> end_own_session(Transaction& t)
{
    return t.each("SELECT pg_terminate_backend(pg_backend_pid())",
        [](Row const&) -> Result<void> { return {}; });
}

} // namespace

TEST_F(Shared, groups_of_two_processes_take_turns_and_each_sees_the_other)
{
    auto first = open(Writer::group_thread);
    auto second = open(Writer::group_thread);
    // Each adds one to the highest number it sees: two at once would take the same.
    auto const add_next = [](Store& store) {
        return store.write([](Transaction& t) {
            return t.run("INSERT INTO item (id) VALUES "
                         "((SELECT coalesce(max(id) + 1, 0) FROM item))");
        });
    };
    std::atomic<int> failed = 0;
    {
        std::vector<std::jthread> callers;
        callers.reserve(8);
        for (int i = 0; i < 8; ++i)
            callers.emplace_back([&, i] {
                for (int n = 0; n < 25; ++n)
                    failed += !add_next(i % 2 == 0 ? *first : *second).ok();
            });
    }
    EXPECT_EQ(failed, 0);
    EXPECT_EQ(count(*first), 200);
    EXPECT_EQ(count(*second), 200);
}

TEST_F(Shared, a_process_is_told_when_another_wrote_since_its_last_group)
{
    auto first = open();
    auto second = open();
    int moved = 0;
    first->on_undone([&] { ++moved; });
    ASSERT_TRUE(add(*first, 1).ok());
    EXPECT_EQ(moved, 1) << "what was there before it opened";
    ASSERT_TRUE(add(*first, 2).ok());
    EXPECT_EQ(moved, 1);
    ASSERT_TRUE(add(*second, 3).ok());
    ASSERT_TRUE(add(*first, 4).ok());
    EXPECT_EQ(moved, 2);
    ASSERT_FALSE(add(*first, 4).ok()) << "undone whole, and nobody wrote";
    ASSERT_TRUE(add(*first, 5).ok());
    EXPECT_EQ(moved, 2);
    EXPECT_NE(first->process(), second->process());
}

TEST_F(Shared, a_session_that_ends_in_the_middle_undoes_its_group_and_the_next_one_opens_another)
{
    auto store = open();
    ASSERT_TRUE(add(*store, 1).ok());
    auto const done = store->write([](Transaction& t) -> Result<void> {
        TRY(t.run("INSERT INTO item (id) VALUES (2)"));
        return end_own_session(t);
    });
    EXPECT_EQ(done.error().kind, Error::Kind::unavailable);
    EXPECT_TRUE(add(*store, 3).ok());
    EXPECT_EQ(count(*store), 2);
}

TEST_F(Shared, a_line_that_breaks_on_the_commit_is_asked_about_and_the_answer_told)
{
    auto store = open();
    ASSERT_TRUE(store
            ->write([](Transaction& t) -> Result<void> {
                TRY(t.run("CREATE FUNCTION end_session() RETURNS trigger LANGUAGE plpgsql AS "
                          "'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; "
                          "END'"));
                TRY(t.run("CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON item DEFERRABLE "
                          "INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.id = 13) "
                          "EXECUTE FUNCTION end_session()"));
                return {};
            })
            .ok());
    bool told = false;
    auto const done = store->write([&](Transaction& t) -> Result<void> {
        TRY(t.run("INSERT INTO item (id) VALUES (13)"));
        t.after_commit([&] { told = true; });
        return {};
    });
    EXPECT_EQ(done.error().kind, Error::Kind::unavailable);
    EXPECT_EQ(done.error().what.find("not known"), std::string::npos) << done.error().what;
    EXPECT_FALSE(told);
    EXPECT_TRUE(add(*store, 14).ok());
    EXPECT_EQ(count(*store), 1);
}

TEST_F(Shared, an_error_that_nobody_looked_at_undoes_its_work_all_the_same)
{
    auto store = open();
    ASSERT_TRUE(add(*store, 1).ok());
    auto const done = store->write([](Transaction& t) -> Result<void> {
        TRY(t.run("INSERT INTO item (id) VALUES (2)"));
        static_cast<void>(t.run("INSERT INTO item (id) VALUES (1)"));
        return {};
    });
    EXPECT_FALSE(done.ok());
    EXPECT_EQ(count(*store), 1);
}

TEST_F(Shared, a_reader_whose_session_ended_is_replaced)
{
    auto store = open();
    EXPECT_EQ(count(*store), 0);
    ASSERT_FALSE(store->read([](Transaction& t) { return end_own_session(t); }).ok());
    EXPECT_EQ(count(*store), 0);
    ASSERT_TRUE(store
            ->write([](Transaction& t) {
                return t.each("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE "
                              "application_name = current_setting('application_name') AND pid <> "
                              "pg_backend_pid() AND "
                              "backend_type = 'client backend'",
                    [](Row const&) -> Result<void> { return {}; });
            })
            .ok());
    EXPECT_EQ(count(*store), 0) << "an idle one, ended while nobody looked";
}

TEST_F(Shared, a_text_that_the_server_cannot_keep_is_malformed_and_undone_alone)
{
    auto store = open();
    using namespace std::string_view_literals;
    for (auto const text : { "a\0b"sv, "\xff"sv }) {
        auto const done = store->write([&](Transaction& t) {
            return t.run("INSERT INTO item (id, name) VALUES (1, $1)", text);
        });
        EXPECT_EQ(done.error().kind, Error::Kind::malformed);
    }
    EXPECT_TRUE(add(*store, 1).ok());
}

TEST_F(Shared, two_that_open_at_once_make_the_tables_once)
{
    auto const address = trial::address(folder / "db");
    std::atomic<int> failed = 0;
    {
        std::vector<std::jthread> starting;
        starting.reserve(4);
        for (int i = 0; i < 4; ++i)
            starting.emplace_back(
                [&] { failed += !Store::open(address, tables, Writer::caller).ok(); });
    }
    EXPECT_EQ(failed, 0);
}

TEST(Address, that_is_none_or_leads_nowhere_is_an_error_with_its_reason)
{
    auto const malformed = Store::open("postgresql://[::1", tables);
    EXPECT_EQ(malformed.error().kind, Error::Kind::malformed);
    EXPECT_EQ(malformed.error().field, "database");
    auto const nowhere = Store::open("postgresql:///x?host=/nonexistent", tables);
    EXPECT_EQ(nowhere.error().kind, Error::Kind::unavailable);
    EXPECT_NE(nowhere.error().what.find("/nonexistent"), std::string::npos);
}

} // namespace comity::store
