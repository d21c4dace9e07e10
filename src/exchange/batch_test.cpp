#include "exchange/batch.h"

#include "exchange/multipart.h"
#include "exchange/trial_node_test.h"

namespace comity::exchange {
namespace {

UnderWay small(std::size_t parts = 1)
{
    return { { to_bytes("manifest"), to_bytes("signature"),
                 std::vector<Bytes>(parts, to_bytes("part")) },
        "id", 1 };
}

std::vector<UnderWay> several(std::size_t count)
{
    return std::vector<UnderWay>(count, small());
}

Bytes cut(Bytes body, std::size_t bytes)
{
    body.resize(body.size() - bytes);
    return body;
}

} // namespace

TEST(Batch, comes_back_as_it_was_written)
{
    std::vector<UnderWay> const messages { small(), small(0), small(64) };
    auto const body = write_batch(messages);
    std::size_t bytes = 0;
    for (auto const& each : messages) bytes += batch_bytes(each.envelope);
    EXPECT_EQ(body.size(), bytes);
    auto const read = read_batch(body).value();
    ASSERT_EQ(read.size(), 3);
    for (std::size_t i = 0; i < read.size(); ++i) {
        EXPECT_EQ(read[i].manifest, messages[i].envelope.manifest);
        EXPECT_EQ(read[i].signature, messages[i].envelope.signature);
        EXPECT_EQ(read[i].parts, messages[i].envelope.parts);
    }
}

TEST(Batch, is_lists_with_lengths_of_four_bytes)
{
    UnderWay const message { { { 'm' }, { 's', 's' }, {} }, {}, 0 };
    EXPECT_EQ(write_batch(std::span { &message, 1 }),
        (Bytes { 0, 0, 0, 11, 0, 0, 0, 1, 'm', 0, 0, 0, 2, 's', 's' }));
}

TEST(Batch, holds_so_many_messages_and_no_more)
{
    EXPECT_EQ(read_batch({}).error().kind, Error::Kind::malformed);
    EXPECT_EQ(read_batch(write_batch(several(batch_messages_max - 1))).value().size(),
        batch_messages_max - 1);
    auto body = write_batch(several(batch_messages_max));
    EXPECT_EQ(read_batch(body).value().size(), batch_messages_max);
    auto const one_more = write_batch(several(1));
    body.insert(body.end(), one_more.begin(), one_more.end());
    EXPECT_EQ(read_batch(body).error().kind, Error::Kind::too_large);
}

TEST(Batch, holds_so_many_bytes_and_no_more)
{
    auto message = small();
    auto const of_size = [&](std::size_t bytes) {
        message.envelope.parts[0].resize(
            bytes - (batch_bytes(message.envelope) - message.envelope.parts[0].size()));
        return read_batch(write_batch(std::span { &message, 1 }));
    };
    EXPECT_TRUE(of_size(batch_bytes_max - 1).ok());
    EXPECT_TRUE(of_size(batch_bytes_max).ok());
    EXPECT_EQ(of_size(batch_bytes_max + 1).error().kind, Error::Kind::too_large);
}

TEST(Batch, an_envelope_has_two_items_at_least_and_as_many_as_an_envelope_alone)
{
    EXPECT_TRUE(read_batch(write_batch(std::vector { small(parts_max - 2) })).ok());
    EXPECT_EQ(read_batch(write_batch(std::vector { small(parts_max - 1) })).error().kind,
        Error::Kind::too_large);
    auto const lone = read_batch(Bytes { 0, 0, 0, 5, 0, 0, 0, 1, 'm' });
    EXPECT_EQ(lone.error().kind, Error::Kind::malformed);
    EXPECT_EQ(lone.error().field, "[0]");
}

TEST(Batch, a_length_that_does_not_fit_is_refused_with_its_place)
{
    auto const body = write_batch(several(2));
    EXPECT_EQ(read_batch(cut(body, 1)).error().field, "[1]");
    EXPECT_EQ(read_batch(cut(body, body.size() / 2 - 3)).error().field, "[1]");
    auto wild = body;
    wild[0] = 0xff;
    EXPECT_EQ(read_batch(wild).error().field, "[0]");
}

TEST(Batch, answers_are_receipts_and_then_why_there_are_no_more)
{
    std::vector<Bytes> const receipts { { 0x30, 1 }, { 0x30, 2 } };
    auto const refusal = to_bytes(R"({"error":{"message":"a gap","expected":7}})");
    auto const all = read_answers(write_answers(receipts, {}), 2).value();
    EXPECT_EQ(all.receipts, receipts);
    EXPECT_FALSE(all.refused);
    auto const some = read_answers(write_answers(receipts, refusal), 3).value();
    EXPECT_EQ(some.receipts, receipts);
    EXPECT_EQ(some.refused->what, "the peer refused: \"a gap\"");
    EXPECT_EQ(some.expected, 7U);
    auto const none = read_answers(write_answers({}, refusal), 3).value();
    EXPECT_TRUE(none.receipts.empty());
    EXPECT_TRUE(none.refused);
}

TEST(Batch, answers_that_make_no_sense_are_refused)
{
    std::vector<Bytes> const receipts { { 0x30, 1 }, { 0x30, 2 } };
    auto const both = write_answers(receipts, {});
    EXPECT_EQ(read_answers({}, 1).error().kind, Error::Kind::malformed);
    EXPECT_EQ(read_answers(both, 1).error().what, "more answers than messages");
    EXPECT_EQ(read_answers(cut(both, 1), 2).error().field, "[1]");
    EXPECT_EQ(read_answers(Bytes { 0, 0, 0, 0 }, 1).error().what, "an empty answer");
    auto late = write_answers({}, as_view("{}"));
    late.insert(late.end(), both.begin(), both.end());
    EXPECT_EQ(read_answers(late, 5).error().what, "an answer after a refusal");
}

TEST(Batch, answers_over_their_limit_leave_the_last_receipts_out)
{
    auto const of_size = [](std::size_t bytes) {
        std::vector<Bytes> const receipts { Bytes(bytes / 2 - 4, 0x30),
            Bytes(bytes / 2 - 4, 0x30) };
        return read_answers(write_answers(receipts, {}), 2).value().receipts.size();
    };
    EXPECT_EQ(of_size(batch_answer_bytes_max - 2), 2);
    EXPECT_EQ(of_size(batch_answer_bytes_max), 2);
    EXPECT_EQ(of_size(batch_answer_bytes_max + 2), 1);
}

} // namespace comity::exchange
