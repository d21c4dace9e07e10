#include "exchange/trial_node_test.h"

#include <gtest/gtest.h>

namespace comity::exchange {
namespace {

using namespace std::chrono_literals;
using store::Transaction;
using trial::founding;
using trial::Node;
using trial::refusal;
using trial::start;
using trial::waiting;

} // namespace

TEST(Exchange, a_message_has_no_number_before_its_turn_and_a_flash_one_goes_first)
{
    Node sofia { 0 };
    auto const routine = sofia.queue("routine", "RO").value();
    auto urgent = sofia.outgoing("urgent", "RO");
    urgent.urgency = message::Urgency::urgent;
    auto const second = sofia.queue(urgent).value();
    auto flash = sofia.outgoing("flash", "RO");
    flash.urgency = message::Urgency::flash;
    auto const first = sofia.queue(flash).value();
    EXPECT_EQ(sofia.stored(routine).state, "queued");
    EXPECT_FALSE(sofia.stored(routine).seq.has_value());
    EXPECT_EQ(sofia.register_size(), 0);
    EXPECT_EQ(sofia.exchange->number("RO").value(), 3);
    EXPECT_EQ(sofia.stored(first).seq, 1U);
    EXPECT_EQ(sofia.stored(second).seq, 2U);
    EXPECT_EQ(sofia.stored(routine).seq, 3U);
    EXPECT_EQ(sofia.register_size(), 3);
    EXPECT_EQ(sofia.exchange->number("RO").value(), 0);
}

TEST(Exchange, so_many_messages_get_their_numbers_together_and_no_more)
{
    Node sofia { 0 };
    for (std::size_t i = 0; i < batch_messages_max + 1; ++i)
        ASSERT_TRUE(sofia.queue("x", "RO").ok());
    EXPECT_EQ(sofia.exchange->number("RO").value(), batch_messages_max);
    EXPECT_TRUE(sofia.exchange->load("RO").value().waiting);
    EXPECT_EQ(sofia.exchange->number("RO").value(), 1);
    EXPECT_FALSE(sofia.exchange->load("RO").value().waiting);
}

TEST(Exchange, what_waited_past_its_time_is_never_sent_and_leaves_no_gap)
{
    Node sofia { 0 };
    auto out = sofia.outgoing("until noon", "RO");
    out.expires_at = start + 1h;
    auto const due = sofia.queue(out).value();
    out.expires_at = start + 1h + 1us;
    auto const later = sofia.queue(out).value();
    sofia.now = start + 1h;
    out.expires_at = start + 1h;
    auto const at = sofia.queue(out).value();
    sofia.now = start + 1h + 1us;
    EXPECT_EQ(sofia.exchange->number("RO").value(), 1);
    EXPECT_EQ(sofia.expired, (std::vector { due, at }));
    EXPECT_EQ(sofia.stored(due).state, "expired");
    EXPECT_EQ(sofia.stored(later).seq, 1U);
}

TEST(Exchange, what_arrives_past_its_time_is_receipted_as_expired_and_reaches_nobody)
{
    Node sofia { 0 }, bucharest { 1 };
    auto out = sofia.outgoing("until noon", "RO");
    out.expires_at = start + 1h;
    auto const id = sofia.queue(out).value();
    ASSERT_TRUE(sofia.exchange->number("RO").ok());
    bucharest.now = start + 1h + clock_skew_max + 1us;
    auto const receipt = bucharest.exchange->receive(waiting(sofia, "RO").envelope, "BG").value();
    EXPECT_TRUE(bucharest.contents.empty());
    ASSERT_TRUE(sofia.exchange->acknowledge(id, receipt).ok());
    EXPECT_EQ(sofia.stored(id).state, "expired");

    ASSERT_TRUE(sofia.queue(out).ok());
    ASSERT_TRUE(sofia.exchange->number("RO").ok());
    bucharest.now = start + 1h + clock_skew_max;
    ASSERT_TRUE(bucharest.exchange->receive(waiting(sofia, "RO").envelope, "BG").ok());
    EXPECT_EQ(bucharest.contents.size(), 1);
}

TEST(Exchange, a_message_can_be_taken_back_until_it_has_its_number)
{
    Node sofia { 0 };
    auto const withdraw = [&](std::string const& id) {
        return sofia.store->write([&](Transaction& t) { return sofia.exchange->withdraw(t, id); })
            .value();
    };
    auto const one = sofia.queue("second thoughts", "RO").value();
    EXPECT_TRUE(withdraw(one));
    EXPECT_EQ(sofia.stored(one).state, "withdrawn");
    EXPECT_FALSE(withdraw(one));
    EXPECT_FALSE(withdraw(sofia.send("under way", "RO").value().id));
    EXPECT_EQ(sofia.stored(one).state, "withdrawn");
}

TEST(Exchange, a_receiver_that_was_restored_from_an_old_copy_gets_what_it_lost_again)
{
    Node sofia { 0 }, bucharest { 1 };
    for (auto const* text : { "one", "two", "three" }) {
        auto const sent = sofia.send(text, "RO").value();
        auto const receipt
            = bucharest.exchange->receive(waiting(sofia, "RO").envelope, "BG").value();
        ASSERT_TRUE(sofia.exchange->acknowledge(sent.id, receipt).ok());
    }
    Node restored { 1 };
    auto const four = sofia.send("four", "RO").value();
    EXPECT_EQ(refusal(restored, waiting(sofia, "RO").envelope).field, "seq");
    EXPECT_EQ(restored.exchange->expected_from("BG").value(), 1U);
    for (std::uint64_t seq = 1; seq <= 4; ++seq) {
        auto const again = sofia.exchange->under_way("RO", seq).value();
        auto const receipt = restored.exchange->receive(again.envelope, "BG").value();
        EXPECT_TRUE(sofia.exchange->acknowledge(again.id, receipt).ok());
    }
    EXPECT_EQ(restored.contents, (std::vector<std::string> { "one", "two", "three", "four" }));
    EXPECT_EQ(sofia.receipts.size(), 4);
    EXPECT_EQ(sofia.stored(four.id).state, "delivered");
}

TEST(Exchange, a_lost_message_whose_content_was_destroyed_cannot_be_filled_in)
{
    Node sofia { 0 };
    auto const one = sofia.send("one", "RO").value();
    ASSERT_TRUE(sofia.store->write([&](Transaction& t) { return destroy_parts(t, one.id); }).ok());
    EXPECT_EQ(sofia.exchange->under_way("RO", 1).error().kind, Error::Kind::conflict);
    EXPECT_EQ(sofia.exchange->under_way("RO", 2).error().kind, Error::Kind::not_found);
}

TEST(Exchange, a_fork_is_kept_once_as_evidence_and_a_gap_is_not)
{
    Node sofia { 0 }, twin { 0 }, bucharest { 1 };
    auto const kept
        = [&] { return bucharest.store->read([](Transaction& t) { return forks(t); }).value(); };
    ASSERT_TRUE(sofia.send("one", "RO").ok());
    ASSERT_TRUE(twin.send("another one", "RO").ok());
    ASSERT_TRUE(twin.send("and its next", "RO").ok());
    EXPECT_EQ(refusal(bucharest, twin.exchange->under_way("RO", 2).value().envelope).field, "seq");
    EXPECT_TRUE(kept().empty());
    ASSERT_TRUE(bucharest.exchange->receive(waiting(sofia, "RO").envelope, "BG").ok());
    auto const other = waiting(twin, "RO").envelope;
    for (int i = 0; i < 2; ++i) EXPECT_EQ(refusal(bucharest, other).kind, Error::Kind::conflict);
    EXPECT_EQ(refusal(bucharest, twin.exchange->under_way("RO", 2).value().envelope).field,
        "prevManifestSha256");
    ASSERT_EQ(kept().size(), 2);
    EXPECT_EQ(kept()[0].manifest, other.manifest);
    EXPECT_EQ(kept()[0].signature, other.signature);
    EXPECT_EQ(kept()[0].peer, "BG");
}

/// Signed again by its own sender.
Envelope resigned(Node const& from, Envelope envelope, message::Manifest const& manifest)
{
    envelope.manifest = to_bytes(json::to_text(manifest));
    envelope.signature
        = crypto::sign(envelope.manifest, crypto::Content::detached, from.keys.seal, from.now);
    return envelope;
}

TEST(Exchange, an_id_used_twice_is_a_fork_whatever_number_it_bears)
{
    Node sofia { 0 }, bucharest { 1 };
    ASSERT_TRUE(sofia.send("one", "RO").ok());
    auto const one = waiting(sofia, "RO").envelope;
    ASSERT_TRUE(bucharest.exchange->receive(one, "BG").ok());
    auto manifest = message::read_manifest(as_text(one.manifest)).value();
    manifest.seq = 1000;
    EXPECT_EQ(refusal(bucharest, resigned(sofia, one, manifest)).field, "id");
    EXPECT_EQ(bucharest.store->read([](Transaction& t) { return forks(t); }).value().size(), 1);
}

TEST(Exchange, what_came_too_late_and_cannot_be_opened_is_receipted_as_rejected)
{
    Node sofia { 0 }, bucharest { 1 };
    auto out = sofia.outgoing("until noon", "RO");
    out.expires_at = start + 1h;
    ASSERT_TRUE(sofia.queue(out).ok());
    ASSERT_TRUE(sofia.exchange->number("RO").ok());
    auto envelope = waiting(sofia, "RO").envelope;
    auto manifest = message::read_manifest(as_text(envelope.manifest)).value();
    manifest.parts[0].plain_sha256 = std::string(64, 'a');
    envelope = resigned(sofia, envelope, manifest);
    bucharest.now = start + 24h;
    auto const receipt = bucharest.exchange->receive(envelope, "BG").value();
    auto const read = json::read_text<message::Receipt>(
        crypto::enclosed_content(receipt).value(), json::Unknown::keep);
    EXPECT_EQ(read.value().kind, message::ReceiptKind::rejected);
    EXPECT_EQ(read.value().reason->code, "part");
}

TEST(Exchange, a_sender_whose_clock_is_more_than_five_minutes_ahead_is_told_to_wait)
{
    Node sofia { 0 }, bucharest { 1 };
    sofia.now = start + clock_skew_max + 1us;
    ASSERT_TRUE(sofia.send("from the future", "RO").ok());
    auto const envelope = waiting(sofia, "RO").envelope;
    auto const error = refusal(bucharest, envelope);
    EXPECT_EQ(error.kind, Error::Kind::unavailable);
    EXPECT_EQ(error.field, "createdAt");
    bucharest.now = start + 1us;
    EXPECT_TRUE(bucharest.exchange->receive(envelope, "BG").ok());
}

TEST(Exchange, what_is_not_understood_is_taken_and_said_in_the_signed_receipt)
{
    Node sofia { 0 }, bucharest { 1 };
    bucharest.not_understood = { "type" };
    auto const sent = sofia.send("from a newer node", "RO").value();
    auto const receipt = bucharest.exchange->receive(waiting(sofia, "RO").envelope, "BG").value();
    ASSERT_TRUE(sofia.exchange->acknowledge(sent.id, receipt).ok());
    EXPECT_EQ(sofia.receipts.at(0).kind, message::ReceiptKind::durable);
    EXPECT_EQ(sofia.receipts.at(0).not_understood,
        (std::vector<std::string> { "type", "parts[0].schema" }));
}

TEST(Exchange, a_content_that_breaks_its_schema_is_rejected_with_the_place_at_fault)
{
    Node sofia { 0 }, bucharest { 1 };
    auto out = sofia.outgoing(R"({"kind":"vehicle-owner"})", "RO");
    out.parts[0].schema = message::schema_of(message::Type::request);
    auto const id = sofia.queue(out).value();
    ASSERT_TRUE(sofia.exchange->number("RO").ok());
    auto const receipt = bucharest.exchange->receive(waiting(sofia, "RO").envelope, "BG").value();
    ASSERT_TRUE(sofia.exchange->acknowledge(id, receipt).ok());
    EXPECT_EQ(sofia.receipts.at(0).kind, message::ReceiptKind::rejected);
    EXPECT_EQ(sofia.receipts.at(0).reason->code, "schema");
    EXPECT_EQ(sofia.receipts.at(0).reason->field, "caseNumber");
    EXPECT_TRUE(bucharest.contents.empty());
}

TEST(Exchange, nothing_of_what_is_rejected_is_kept_and_the_register_says_so_at_once)
{
    Node sofia { 0 }, bucharest { 1 };
    auto out = sofia.outgoing(R"({"kind":"vehicle-owner"})", "RO");
    out.parts[0].schema = message::schema_of(message::Type::request);
    out.retention = message::Retention { parse_date("2027-04-17").value(), "TEST" };
    auto const id = sofia.queue(out).value();
    ASSERT_TRUE(sofia.exchange->number("RO").ok());
    auto const envelope = waiting(sofia, "RO").envelope;
    auto const receipt = bucharest.exchange->receive(envelope, "BG").value();
    auto const parts = [&](Transaction& t) { return parts_of(t, id); };
    EXPECT_TRUE(bucharest.store->read(parts).value().empty());
    EXPECT_FALSE(sofia.store->read(parts).value().empty()) << "its sender's own copy stands";
    auto const entry_at = [&](std::uint64_t index) {
        auto const leaf
            = bucharest.store->read([&](Transaction& t) { return ledger::leaf(t, index); }).value();
        return json::read_text<message::RegisterEntry>(as_text(leaf), json::Unknown::keep).value();
    };
    EXPECT_EQ(entry_at(0).act, message::Act::received);
    EXPECT_EQ(entry_at(1).act, message::Act::destroyed);
    EXPECT_EQ(entry_at(1).entry, 0U);
    EXPECT_EQ(entry_at(1).commitment, entry_at(0).commitment);
    EXPECT_EQ(bucharest.exchange->receive(envelope, "BG").value(), receipt);
    EXPECT_TRUE(sofia.exchange->acknowledge(id, receipt).ok());
}

TEST(Exchange, a_type_of_a_newer_node_is_kept_and_named)
{
    Node sofia { 0 }, bucharest { 1 };
    auto sealed = sofia.exchange->seal(sofia.outgoing("from a newer node", "RO")).take();
    sealed.manifest.type = "something-new";
    auto const id
        = sofia.store->write([&](Transaction& t) { return sofia.exchange->submit(t, sealed); })
              .value();
    ASSERT_TRUE(sofia.exchange->number("RO").ok());
    auto const receipt = bucharest.exchange->receive(waiting(sofia, "RO").envelope, "BG").value();
    ASSERT_TRUE(sofia.exchange->acknowledge(id, receipt).ok());
    EXPECT_EQ(sofia.receipts.at(0).not_understood, std::vector<std::string> { "type" });
    EXPECT_EQ(bucharest.contents.size(), 1);
    EXPECT_EQ(bucharest.stored(id).type, "something-new");
}

TEST(Exchange, later_receipts_are_given_once_checked_and_the_same_one_again_changes_nothing)
{
    Node sofia { 0 }, bucharest { 1 };
    auto const sent = sofia.send("one", "RO").value();
    auto const first = bucharest.exchange->receive(waiting(sofia, "RO").envelope, "BG").value();
    ASSERT_TRUE(sofia.exchange->acknowledge(sent.id, first).ok());
    for (auto const kind : { message::ReceiptKind::opened, message::ReceiptKind::opened,
             message::ReceiptKind::destroyed })
        ASSERT_TRUE(bucharest.store
                ->write([&](Transaction& t) {
                    return bucharest.exchange->give_receipt(t, sent.id, kind);
                })
                .ok());
    auto const waiting_there = bucharest.exchange->receipts_for("BG").value();
    ASSERT_EQ(waiting_there.size(), 2);
    EXPECT_TRUE(bucharest.exchange->load("BG").value().receipts);
    for (auto const& each : waiting_there) {
        for (std::size_t i = 0; i < each.bytes.size(); i += 13) {
            auto altered = each.bytes;
            altered[i] ^= 1U;
            EXPECT_FALSE(sofia.exchange->take_receipt(altered, "RO").ok()) << i;
        }
        EXPECT_TRUE(sofia.exchange->take_receipt(each.bytes, "RO").ok());
        EXPECT_TRUE(sofia.exchange->take_receipt(each.bytes, "RO").ok());
        EXPECT_TRUE(bucharest.exchange->receipt_taken(each).ok());
    }
    EXPECT_FALSE(bucharest.exchange->load("BG").value().receipts);
    ASSERT_EQ(sofia.receipts.size(), 3);
    EXPECT_EQ(sofia.receipts[1].kind, message::ReceiptKind::destroyed);
    EXPECT_EQ(sofia.receipts[2].kind, message::ReceiptKind::opened);
    EXPECT_EQ(sofia.stored(sent.id).state, "delivered");
    EXPECT_EQ(sofia.exchange->take_receipt(first, "RO").error().kind, Error::Kind::malformed);
}

TEST(Exchange, a_message_gets_no_number_while_no_certificate_of_its_receiver_is_valid)
{
    Node sofia { 0 };
    auto const id = sofia.queue("patience", "RO").value();
    sofia.now = start + 89 * 24h + 1s;
    EXPECT_EQ(sofia.exchange->number("RO").error().kind, Error::Kind::not_authentic);
    EXPECT_EQ(sofia.stored(id).state, "queued");
    EXPECT_EQ(sofia.exchange->load("RO").value().last_numbered, 0U);
}

} // namespace comity::exchange
