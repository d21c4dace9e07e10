// Several messages of a pair in the air at once.
#include "exchange/batch.h"
#include "exchange/trial_node_test.h"

#include <gtest/gtest.h>

namespace comity::exchange {
namespace {

using store::Transaction;
using trial::Node;
using trial::start;

/// The messages that a node has numbered for Bucharest.
std::vector<UnderWay> numbered(Node& from, std::vector<std::string> const& contents)
{
    for (auto const& each : contents) EXPECT_TRUE(from.queue(each, "RO").ok());
    EXPECT_TRUE(from.exchange->number("RO").ok());
    auto const load = from.exchange->load("RO").value();
    return from.exchange->under_way("RO", load.first_under_way, load.last_numbered).value();
}

std::vector<Envelope> envelopes(std::span<UnderWay const> messages)
{
    std::vector<Envelope> out;
    for (auto const& each : messages) out.push_back(each.envelope);
    return out;
}

std::vector<std::string> const three { "one", "two", "three" };

message::Receipt read(Bytes const& receipt)
{
    return json::read_text<message::Receipt>(
        crypto::enclosed_content(receipt).value(), json::Unknown::keep)
        .value();
}

/// The head under which a receipt shows its entry.
std::string checkpoint_in(Bytes const& receipt)
{
    return read(receipt).register_entry.checkpoint;
}

Bytes signed_again(Node const& from, message::Receipt const& receipt)
{
    return crypto::sign(
        as_view(json::to_text(receipt)), crypto::Content::enclosed, from.keys.seal, from.now);
}

} // namespace

TEST(Exchange, several_messages_are_taken_in_one_commit_and_receipted_in_their_order)
{
    Node sofia { 0 }, bucharest { 1 };
    auto const messages = numbered(sofia, three);
    ASSERT_EQ(messages.size(), 3);
    auto const taken = bucharest.exchange->receive_batch(envelopes(messages), "BG");
    EXPECT_FALSE(taken.refused);
    EXPECT_EQ(bucharest.contents, three);
    EXPECT_EQ(bucharest.register_size(), 3);
    ASSERT_EQ(taken.receipts.size(), 3);
    for (auto const& each : taken.receipts)
        EXPECT_EQ(checkpoint_in(each), checkpoint_in(taken.receipts[0]));
    ASSERT_TRUE(sofia.exchange->acknowledge(messages, taken.receipts).ok());
    for (auto const& each : messages) EXPECT_EQ(sofia.stored(each.id).state, "delivered");
    EXPECT_EQ(sofia.receipts.size(), 3);
    EXPECT_EQ(sofia.exchange->load("RO").value().first_under_way, 0U);
}

TEST(Exchange, the_first_of_a_batch_that_does_not_hold_ends_it)
{
    Node sofia { 0 }, bucharest { 1 };
    auto const whole = envelopes(numbered(sofia, three));
    auto altered = whole;
    altered[1].parts[0].back() ^= 1U;
    auto const taken = bucharest.exchange->receive_batch(altered, "BG");
    EXPECT_EQ(taken.receipts.size(), 1);
    EXPECT_EQ(taken.refused->kind, Error::Kind::not_authentic);
    EXPECT_EQ(bucharest.contents, std::vector<std::string> { "one" });
    EXPECT_EQ(bucharest.exchange->expected_from("BG").value(), 2U);
    auto const again = bucharest.exchange->receive_batch(whole, "BG");
    EXPECT_FALSE(again.refused);
    EXPECT_EQ(again.receipts.size(), 3);
    EXPECT_EQ(again.receipts[0], taken.receipts[0]);
    EXPECT_EQ(bucharest.contents, three);
}

TEST(Exchange, a_gap_in_a_batch_ends_it_and_what_stands_before_is_taken)
{
    Node sofia { 0 }, bucharest { 1 };
    auto gapped = envelopes(numbered(sofia, three));
    gapped.erase(gapped.begin() + 1);
    auto const taken = bucharest.exchange->receive_batch(gapped, "BG");
    EXPECT_EQ(taken.receipts.size(), 1);
    EXPECT_EQ(taken.refused->kind, Error::Kind::conflict);
    EXPECT_EQ(taken.refused->field, "seq");
    EXPECT_EQ(bucharest.register_size(), 1);
    EXPECT_EQ(bucharest.exchange->expected_from("BG").value(), 2U);
    EXPECT_TRUE(bucharest.store->read([](Transaction& t) { return forks(t); }).value().empty());
}

TEST(Exchange, a_fork_in_a_batch_is_kept_and_ends_it)
{
    Node sofia { 0 }, twin { 0 }, bucharest { 1 };
    auto mixed = envelopes(numbered(sofia, three));
    mixed[1] = envelopes(numbered(twin, three))[1];
    auto const taken = bucharest.exchange->receive_batch(mixed, "BG");
    EXPECT_EQ(taken.receipts.size(), 1);
    EXPECT_EQ(taken.refused->field, "prevManifestSha256");
    auto const kept = bucharest.store->read([](Transaction& t) { return forks(t); }).value();
    ASSERT_EQ(kept.size(), 1);
    EXPECT_EQ(kept[0].manifest, mixed[1].manifest);
}

TEST(Exchange, what_casework_cannot_store_ends_a_batch_and_leaves_no_trace_of_itself)
{
    Node sofia { 0 }, bucharest { 1 };
    auto const messages = numbered(sofia, three);
    bool full = true;
    bucharest.exchange->set_receiver({ [&](Transaction&, Delivered const& delivered) {
        bool const fails = full && delivered.manifest.seq == 2;
        return fails ? Result<Disposition> { Error { Error::Kind::unavailable, "full" } }
                     : Disposition { "permitted", "law", {}, {}, {}, {} };
    } });
    auto const taken = bucharest.exchange->receive_batch(envelopes(messages), "BG");
    EXPECT_EQ(taken.receipts.size(), 1);
    EXPECT_EQ(taken.refused->kind, Error::Kind::unavailable);
    EXPECT_EQ(bucharest.register_size(), 1);
    full = false;
    EXPECT_EQ(bucharest.exchange->receive_batch(envelopes(messages), "BG").receipts.size(), 3);
    EXPECT_EQ(bucharest.register_size(), 3);
}

TEST(Exchange, a_message_that_stands_twice_in_a_batch_is_taken_once)
{
    Node sofia { 0 }, bucharest { 1 };
    auto twice = envelopes(numbered(sofia, { "once" }));
    twice.push_back(twice.front());
    auto const taken = bucharest.exchange->receive_batch(twice, "BG");
    ASSERT_EQ(taken.receipts.size(), 2);
    EXPECT_EQ(taken.receipts[0], taken.receipts[1]);
    EXPECT_EQ(bucharest.contents.size(), 1);
    EXPECT_EQ(bucharest.register_size(), 1);
}

TEST(Exchange, receipts_of_a_batch_count_up_to_the_first_that_proves_nothing)
{
    Node sofia { 0 }, bucharest { 1 };
    auto const messages = numbered(sofia, three);
    auto const right = bucharest.exchange->receive_batch(envelopes(messages), "BG").receipts;
    auto wrong = right;
    std::swap(wrong[1], wrong[2]);
    EXPECT_EQ(
        sofia.exchange->acknowledge(messages, wrong).error().kind, Error::Kind::not_authentic);
    EXPECT_EQ(sofia.stored(messages[0].id).state, "delivered");
    EXPECT_EQ(sofia.stored(messages[1].id).state, "sent");
    EXPECT_EQ(sofia.exchange->load("RO").value().first_under_way, 2U);
    wrong = right;
    wrong[0].back() ^= 1U;
    EXPECT_FALSE(sofia.exchange->acknowledge(messages, wrong).ok());
    EXPECT_EQ(sofia.receipts.size(), 1);
    EXPECT_TRUE(sofia.exchange->acknowledge(messages, right).ok());
    EXPECT_EQ(sofia.receipts.size(), 3);
}

TEST(Exchange, as_many_messages_travel_together_as_a_batch_may_hold_bytes)
{
    Node sofia { 0 };
    auto const bytes_of = [&](std::size_t content) {
        auto const sent = sofia.send(std::string(content, 'x'), "RO").value();
        return batch_bytes(sofia.exchange->under_way("RO", *sent.seq).value().envelope);
    };
    auto const half = batch_bytes_max / 2;
    auto const overhead = bytes_of(half) - half;
    // To a few bytes: signatures are of different lengths.
    constexpr std::size_t few = 64;
    bytes_of(half - overhead - few);
    bytes_of(half - overhead);
    bytes_of(half - overhead + few);
    auto const together
        = [&](std::uint64_t seq) { return sofia.exchange->under_way("RO", seq, 4).value().size(); };
    EXPECT_EQ(together(2), 2);
    EXPECT_EQ(together(3), 1);
    EXPECT_EQ(sofia.exchange->under_way("RO", 2, 2).value().size(), 1);
}

TEST(Exchange, messages_get_numbers_together_up_to_the_bytes_of_one_batch)
{
    Node sofia { 0 };
    auto const quarter = std::string(batch_bytes_max / 4, 'x');
    for (int i = 0; i < 4; ++i) ASSERT_TRUE(sofia.queue(quarter, "RO").ok());
    EXPECT_EQ(sofia.exchange->number("RO").value(), 3);
    EXPECT_EQ(sofia.exchange->under_way("RO", 1, 4).value().size(), 3);
    ASSERT_TRUE(sofia.queue(std::string(batch_bytes_max, 'x'), "RO").ok());
    EXPECT_EQ(sofia.exchange->number("RO").value(), 1);
    EXPECT_EQ(sofia.exchange->number("RO").value(), 1);
}

TEST(Exchange, a_receipt_shows_the_newest_head_that_others_have_cosigned)
{
    Node sofia { 0 }, bucharest { 1 };
    auto const one = numbered(sofia, { "one" });
    auto const first = bucharest.exchange->receive(one[0].envelope, "BG").value();
    EXPECT_FALSE(read(first).register_entry.cosigned);
    ASSERT_TRUE(sofia.exchange->acknowledge(one[0].id, first).ok());
    trial::ask_to_cosign(bucharest, sofia);
    auto const two = numbered(sofia, { "two" });
    auto const second = bucharest.exchange->receive(two[0].envelope, "BG").value();
    auto const cosigned = read(second).register_entry.cosigned.value();
    EXPECT_EQ(ledger::read_checkpoint(cosigned).value().size, 1);
    auto const witness = sofia.ledger->verifier();
    EXPECT_EQ(ledger::cosignatures(cosigned, std::span { &witness, 1 }).value().size(), 1);
    EXPECT_TRUE(sofia.exchange->acknowledge(two[0].id, second).ok());
}

TEST(Exchange, a_cosigned_head_in_a_receipt_must_be_signed_by_its_register_and_by_known_witnesses)
{
    Node sofia { 0 }, bucharest { 1 };
    auto const one = numbered(sofia, { "one" });
    ASSERT_TRUE(bucharest.exchange->receive(one[0].envelope, "BG").ok());
    trial::ask_to_cosign(bucharest, sofia);
    auto const two = numbered(sofia, { "two" }).back(); // The first waits for its receipt still.
    auto const taken = bucharest.exchange->receive(two.envelope, "BG").value();
    auto const& id = two.id;
    auto receipt = read(taken);
    auto const true_note = *receipt.register_entry.cosigned;
    auto const refused = [&](std::string const& note) {
        receipt.register_entry.cosigned = note;
        return sofia.exchange->acknowledge(id, signed_again(bucharest, receipt)).error().kind;
    };
    auto false_line = true_note;
    auto& in_line = false_line[false_line.size() - 12];
    in_line = in_line == 'A' ? 'B' : 'A';
    EXPECT_EQ(refused(false_line), Error::Kind::not_authentic);
    auto const others
        = sofia.store->read([](Transaction& t) { return ledger::newest_checkpoint(t); }).value();
    EXPECT_EQ(refused(others), Error::Kind::not_authentic);
    EXPECT_EQ(refused("no note"), Error::Kind::not_authentic);
    receipt.register_entry.cosigned = true_note + "— witness.unknown.test AAAAAAAAAAAAAAAAAAAA\n";
    EXPECT_TRUE(sofia.exchange->acknowledge(id, signed_again(bucharest, receipt)).ok());
}

TEST(Exchange, threads_beside_the_callers_own_change_nothing)
{
    Node sofia { 0 }, bucharest { 1 };
    auto const helped = [](Node& node) {
        node.exchange = std::make_unique<Exchange>(
            *node.store, *node.ledger, trial::founding().trust(start),
            Self { node.keys.of.state, node.keys.of.unit, node.keys.seal, node.keys.sealing },
            [&node] { return node.now; }, crypto::system_random(), AttachmentSettings {}, 3);
        node.exchange->set_receiver({ [&node](Transaction&, Delivered const& delivered) {
            node.contents.emplace_back(as_text(delivered.parts.at(0).content));
            return Result<Disposition> { Disposition { "permitted", "law", {}, {}, {}, {} } };
        } });
    };
    helped(sofia);
    helped(bucharest);
    std::vector<std::string> many;
    for (int i = 0; i < 20; ++i) many.push_back(std::to_string(i));
    auto const messages = numbered(sofia, many);
    auto const taken = bucharest.exchange->receive_batch(envelopes(messages), "BG");
    EXPECT_EQ(bucharest.contents, many);
    EXPECT_TRUE(sofia.exchange->acknowledge(messages, taken.receipts).ok());
}

} // namespace comity::exchange
