#include "ledger/stamps.h"

#include "base/scratch.h"
#include "crypto/timestamp_authority.h"
#include "store/trial_store_test.h"

#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

using store::Transaction;

Instant const start = parse_instant("2026-04-17T09:14:00Z").value();
auto const second = std::chrono::seconds { 1 };

/// A log with an authority that may be away.
struct Log {
    Instant now = start;
    bool away = false;
    int asked = 0;
    crypto::TimestampAuthority authority { "Time-stamp authority TEST",
        start - std::chrono::days { 1 }, start + std::chrono::days { 30 } };
    ScratchFolder folder;
    std::unique_ptr<store::Store> store = store::Store::open(
        store::trial::address(folder / "db"), migrations, store::Writer::caller)
                                              .take();
    std::unique_ptr<Ledger> ledger
        = Ledger::open(*store, "ledger.test", crypto::Key::generate(crypto::Key::Kind::ed25519))
              .take();
    StampRules rules { 60 * second, 300 * second, { authority.certificate() } };
    Stamper stamper { *store, rules,
        [this](ByteView request) -> Result<Bytes> {
            ++asked;
            if (away) return Error { Error::Kind::unavailable, "nobody there" };
            return authority.answer(request, now);
        },
        [this] { return now; }, crypto::system_random() };

    void grow()
    {
        ASSERT_TRUE(
            store->write([&](Transaction& t) { return ledger->append(t, as_view("x")); }).ok());
    }
    std::vector<Stamp> all()
    {
        return store->read([](Transaction& t) { return stamps(t, 10); }).value();
    }
    Waiting in_queue()
    {
        return store->read([](Transaction& t) { return waiting(t); }).value();
    }
};

} // namespace

TEST(Stamps, one_head_a_minute_is_stamped_and_only_a_newer_one)
{
    Log log;
    EXPECT_EQ(log.stamper.turn().value(), 0); // an empty log
    log.grow();
    EXPECT_EQ(log.stamper.turn().value(), 1);
    log.grow();
    log.now += 59 * second;
    EXPECT_EQ(log.stamper.turn().value(), 0);
    log.now += second;
    EXPECT_EQ(log.stamper.turn().value(), 1);
    log.now += 60 * second;
    EXPECT_EQ(log.stamper.turn().value(), 0);
    EXPECT_EQ(log.asked, 2);
    auto const kept = log.all();
    ASSERT_EQ(kept.size(), 2);
    EXPECT_EQ(kept[0].batch.sizes, std::vector<std::uint64_t> { 2 });
    EXPECT_EQ(kept[0].at, start + 60 * second);
    EXPECT_EQ(kept[0].late, 0);
    EXPECT_TRUE(crypto::check_timestamp(
        kept[0].response, kept[0].batch.imprint(), {}, log.rules.authorities)
            .ok());
    EXPECT_EQ(read_checkpoint(kept[0].batch.text).value().size, 2);
}

TEST(Stamps, heads_wait_while_the_authority_is_away_and_say_that_they_were_late)
{
    Log log;
    log.away = true;
    for (int i = 0; i < 6; ++i) {
        log.grow();
        EXPECT_EQ(log.stamper.turn().error().kind, Error::Kind::unavailable);
        log.now += 61 * second;
    }
    EXPECT_EQ(log.in_queue().heads, 6);
    EXPECT_EQ(log.in_queue().since, start);
    log.away = false;
    EXPECT_EQ(log.stamper.turn().value(), 6);
    auto const kept = log.all();
    ASSERT_EQ(kept.size(), 1);
    EXPECT_EQ(kept[0].batch.sizes.size(), 6);
    EXPECT_EQ(kept[0].late, 2); // those of 366 and 305 seconds
    EXPECT_EQ(log.in_queue().heads, 0);
    EXPECT_FALSE(log.in_queue().since);
}

TEST(Stamps, an_answer_that_does_not_hold_is_not_kept)
{
    Log log;
    log.grow();
    crypto::TimestampAuthority stranger { "stranger TEST", start, start + std::chrono::days { 1 } };
    Stamper wrong { *log.store, log.rules,
        [&](ByteView request) -> Result<Bytes> { return stranger.answer(request, log.now); },
        [&] { return log.now; }, crypto::system_random() };
    EXPECT_EQ(wrong.turn().error().kind, Error::Kind::not_authentic);
    EXPECT_EQ(log.in_queue().heads, 1);
    EXPECT_TRUE(log.all().empty());
    EXPECT_EQ(log.stamper.turn().value(), 1);
}

TEST(Stamps, a_queue_of_a_thousand_keeps_the_first_and_the_newest_and_goes_in_hundreds)
{
    Log log;
    auto const filled = log.store->write([&](Transaction& t) -> Result<void> {
        for (std::uint64_t i = 1; i <= queued_heads_max; ++i)
            TRY(t.run("INSERT INTO ledger_stamped (size, note, queued_at, stamp, late) VALUES "
                      "($1, 'TEST', $2, NULL, 0)",
                i, to_text(start)));
        return {};
    });
    ASSERT_TRUE(filled.ok());
    ASSERT_TRUE(log.store
            ->write([&](Transaction& t) -> Result<void> {
                for (std::size_t i = 0; i < queued_heads_max + 5; ++i)
                    TRY(log.ledger->append(t, as_view("x")));
                return {};
            })
            .ok());
    log.now += 60 * second;
    EXPECT_EQ(log.stamper.turn().value(), batch_heads_max);
    EXPECT_EQ(log.in_queue().heads, queued_heads_max - batch_heads_max);
    std::size_t left = 0;
    while (auto const stamped = log.stamper.turn().value()) left += stamped;
    EXPECT_EQ(left, queued_heads_max - batch_heads_max);
    EXPECT_EQ(log.all()[0].batch.sizes.back(), queued_heads_max + 5);
}

} // namespace comity::ledger
