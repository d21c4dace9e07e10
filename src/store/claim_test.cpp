#include "store/claim.h"

#include "base/scratch.h"
#include "store/store.h"
#include "store/trial_store_test.h"

#include <gtest/gtest.h>

namespace comity::store {
namespace {

using std::chrono::seconds;

constexpr Instant start { seconds { 1'000'000 } };

struct Claims {
    ScratchFolder folder;
    std::unique_ptr<Store> store
        = Store::open(trial::address(folder / "db"), {}, Writer::caller).take();

    bool take(std::int64_t process, Instant now, std::string_view what = "task/1")
    {
        return store
            ->write(
                [&](Transaction& t) { return claim(t, what, { process, now, seconds { 60 } }); })
            .value();
    }
};

} // namespace

TEST(Claim, is_one_process_s_until_its_last_second)
{
    Claims claims;
    EXPECT_TRUE(claims.take(1, start));
    EXPECT_FALSE(claims.take(2, start));
    EXPECT_FALSE(claims.take(2, start + seconds { 59 }));
    EXPECT_TRUE(claims.take(2, start + seconds { 60 }));
    EXPECT_FALSE(claims.take(1, start + seconds { 61 }));
    EXPECT_TRUE(claims.take(1, start, "task/2"));
}

TEST(Claim, is_prolonged_by_whoever_has_it)
{
    Claims claims;
    EXPECT_TRUE(claims.take(1, start));
    EXPECT_TRUE(claims.take(1, start + seconds { 30 }));
    EXPECT_FALSE(claims.take(2, start + seconds { 89 }));
    EXPECT_TRUE(claims.take(2, start + seconds { 90 }));
}

TEST(Claim, is_given_back_by_its_holder_alone)
{
    Claims claims;
    auto const give_back = [&](std::int64_t process) {
        ASSERT_TRUE(
            claims.store->write([&](Transaction& t) { return release(t, "task/1", process); })
                .ok());
    };
    EXPECT_TRUE(claims.take(1, start));
    give_back(2);
    EXPECT_FALSE(claims.take(2, start));
    give_back(1);
    EXPECT_TRUE(claims.take(2, start));
}

TEST(Claim, of_many_takes_as_many_as_asked_and_passes_over_what_another_has)
{
    Claims claims;
    ASSERT_TRUE(claims.take(1, start, "task/b"));
    std::vector<std::string> const wanted { "a", "b", "c", "d" };
    auto const got = claims.store->write([&](Transaction& t) {
        return claim_some(t, "task", wanted, 2, { 2, start, seconds { 60 } });
    });
    EXPECT_EQ(got.value(), (std::vector<std::string> { "a", "c" }));
}

TEST(Claim, every_opening_of_a_database_has_a_number_of_its_own)
{
    Claims claims;
    auto const first = claims.store->process();
    claims.store.reset();
    claims.store = Store::open(trial::address(claims.folder / "db"), {}, Writer::caller).take();
    EXPECT_NE(claims.store->process(), first);
}

TEST(Claim, of_a_process_that_died_is_free_when_the_next_one_opens)
{
    Claims claims;
    auto const first = claims.store->process();
    ASSERT_TRUE(claims.take(first, start));
    claims.store.reset();
    claims.store = Store::open(trial::address(claims.folder / "db"), {}, Writer::caller).take();
    EXPECT_NE(claims.store->process(), first);
    EXPECT_TRUE(claims.take(claims.store->process(), start));
}

TEST(Claim, of_a_process_that_lives_stays_when_another_opens)
{
    if (trial::postgres_address().empty()) GTEST_SKIP() << "a file is for one process";
    Claims claims;
    ASSERT_TRUE(claims.take(claims.store->process(), start));
    auto const second
        = Store::open(trial::address(claims.folder / "db"), {}, Writer::caller).take();
    EXPECT_FALSE(claims.take(second->process(), start));
}

} // namespace comity::store
