#include "ledger/witness.h"

#include "base/scratch.h"
#include "store/trial_store_test.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace comity::ledger {
namespace {

using store::Store;
using store::Transaction;

Instant const start = parse_instant("2026-04-17T09:14:00Z").value();

crypto::Key new_key()
{
    return crypto::Key::generate(crypto::Key::Kind::ed25519);
}

struct Log {
    std::string origin;
    crypto::Key old = new_key(), fresh = new_key();
    ScratchFolder folder;
    std::unique_ptr<Store> store
        = Store::open(store::trial::address(folder / "db"), migrations, store::Writer::caller)
              .take();
    std::unique_ptr<Ledger> ledger = Ledger::open(*store, origin, old).take();

    explicit Log(std::string name)
        : origin(std::move(name))
    {
    }
    Verifier with_old() const { return { origin, crypto::public_key_of(old) }; }
    Verifier with_fresh() const { return { origin, crypto::public_key_of(fresh) }; }
    Verifier with_both() const
    {
        return { origin, crypto::public_key_of(old), crypto::public_key_of(fresh) };
    }
    void grow(int count)
    {
        ASSERT_TRUE(store
                ->write([&](Transaction& t) -> Result<void> {
                    for (int i = 0; i < count; ++i)
                        TRY(ledger->append(t, as_view(fmt::format("entry {}", i))));
                    return {};
                })
                .ok());
    }
    std::string note()
    {
        return store->read([](Transaction& t) { return newest_cosigned(t); }).value();
    }
    /// Who can open what the log shows now.
    std::string openers()
    {
        std::string out;
        if (open_checkpoint(note(), with_old()).ok()) out += "old ";
        if (open_checkpoint(note(), with_fresh()).ok()) out += "fresh ";
        if (open_checkpoint(note(), with_both()).ok()) out += "both";
        return out;
    }
    /// `witness` sets its line under this log's head.
    void be_cosigned_by(Log& witness, Verifier const& known_as)
    {
        auto const request
            = store->write([&](Transaction& t) { return cosign_request(t, witness.origin, start); })
                  .value();
        ASSERT_TRUE(request.has_value());
        Witness const judge { *witness.ledger, { with_both() }, [] { return start; } };
        auto const answer = witness.store->write(
            [&](Transaction& t) { return judge.add_checkpoint(t, *request); });
        ASSERT_TRUE(answer.ok());
        ASSERT_EQ(answer.value().status(), 200) << answer.value().body;
        ASSERT_TRUE(store
                ->write([&](Transaction& t) {
                    return take_cosignature(t, known_as, *request, 200, answer.value().body, start);
                })
                .ok());
    }
};

} // namespace

TEST(Ledger, while_its_key_changes_the_head_bears_a_line_of_each)
{
    Log log { "log.test" };
    log.grow(3);
    EXPECT_EQ(log.openers(), "old both");
    ASSERT_TRUE(log.ledger->sign_with({ log.old, log.fresh }).ok());
    EXPECT_EQ(log.openers(), "old fresh both");
    log.grow(1);
    EXPECT_EQ(log.openers(), "old fresh both");
    ASSERT_TRUE(log.ledger->sign_with({ log.fresh }).ok());
    EXPECT_EQ(log.ledger->verifier(), log.with_fresh());
    log.grow(1);
    EXPECT_EQ(log.openers(), "fresh both");
}

TEST(Ledger, a_line_of_either_key_that_does_not_hold_spoils_the_note)
{
    Log log { "log.test" };
    ASSERT_TRUE(log.ledger->sign_with({ log.old, log.fresh }).ok());
    log.grow(1);
    auto const note = log.note();
    auto const last = note.rfind('\n', note.size() - 2) + 1;
    auto const first = note.rfind('\n', last - 2) + 1;
    for (auto const line : { first, last }) {
        auto altered = note;
        auto& character = altered[altered.find('\n', line) - 8];
        character = character == 'A' ? 'B' : 'A';
        EXPECT_FALSE(open_checkpoint(altered, log.with_both()).ok());
    }
    auto const stranger = sign_note(note_text(note).value(), log.origin, new_key());
    EXPECT_FALSE(open_checkpoint(stranger, log.with_both()).ok());
}

TEST(Ledger, a_quiet_register_is_signed_again_with_what_others_have_set_under_it)
{
    Log log { "log.test" }, witness { "witness.test" };
    log.grow(5);
    log.be_cosigned_by(witness, witness.with_old());
    auto const lines = [&](Verifier const& of) {
        auto const read = cosignatures(log.note(), std::span { &of, 1 });
        EXPECT_TRUE(read.ok());
        return read.ok() ? read.value().size() : 0;
    };
    EXPECT_EQ(lines(witness.with_old()), 1);
    ASSERT_TRUE(log.ledger->sign_with({ log.fresh }).ok());
    EXPECT_EQ(log.openers(), "fresh both");
    EXPECT_EQ(lines(witness.with_old()), 1);
}

TEST(Ledger, a_witness_whose_key_changes_sets_two_lines_and_counts_once)
{
    Log log { "log.test" }, witness { "witness.test" };
    ASSERT_TRUE(witness.ledger->sign_with({ witness.old, witness.fresh }).ok());
    log.grow(5);
    log.be_cosigned_by(witness, witness.with_both());
    for (auto const& known : { witness.with_old(), witness.with_fresh(), witness.with_both() }) {
        auto const read = cosignatures(log.note(), std::span { &known, 1 }).value();
        EXPECT_EQ(read.size(), 1);
    }
}

TEST(Ledger, the_statement_of_a_pruning_is_signed_again_too)
{
    Log log { "log.test" };
    log.grow(300);
    ASSERT_TRUE(log.store
            ->write([&](Transaction& t) -> Result<void> {
                TRY(log.ledger->prune(t, 256, 299, start));
                return {};
            })
            .ok());
    ASSERT_TRUE(log.ledger->sign_with({ log.fresh }).ok());
    auto const statement
        = log.store->read([](Transaction& t) { return minimum_statement(t); }).value();
    EXPECT_EQ(open_minimum(statement, log.with_fresh()).value().minimum, 256);
}

} // namespace comity::ledger
