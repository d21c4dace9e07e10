#include "exchange/trial_node_test.h"

#include <gtest/gtest.h>

namespace comity::exchange {
namespace {

using namespace std::chrono_literals;
using store::Transaction;
using trial::founding;
using trial::Node;
using trial::start;
using trial::waiting;

Error refusal(Node& node, Envelope const& envelope, std::string_view through = "BG")
{
    auto const answer = node.exchange->receive(envelope, through);
    EXPECT_FALSE(answer.ok());
    return answer.ok() ? Error { Error::Kind::unavailable, "taken" } : answer.error();
}

} // namespace

TEST(Exchange, a_message_is_taken_once_receipted_and_proved_on_both_sides)
{
    Node sofia { 0 }, bucharest { 1 };
    auto const sent = sofia.send("who owns B 123 ABC?", "RO").value();
    auto const message = waiting(sofia, "RO");
    auto const receipt = bucharest.exchange->receive(message.envelope, "BG").value();
    EXPECT_EQ(bucharest.contents, std::vector<std::string> { "who owns B 123 ABC?" });
    ASSERT_TRUE(sofia.exchange->acknowledge(sent.id, receipt).ok());
    EXPECT_EQ(sofia.stored(sent.id).state, "delivered");
    EXPECT_EQ(sofia.exchange->load("RO").value().first_under_way, 0);
    ASSERT_EQ(sofia.receipts.size(), 1);
    EXPECT_EQ(sofia.receipts[0].kind, message::ReceiptKind::durable);
    EXPECT_EQ(sofia.register_size(), 1);
    EXPECT_EQ(bucharest.register_size(), 1);
}

TEST(Exchange, both_registers_hold_the_same_commitment_and_no_content)
{
    Node sofia { 0 }, bucharest { 1 };
    ASSERT_TRUE(sofia.send("PLATE-TEST", "RO").ok());
    ASSERT_TRUE(bucharest.exchange->receive(waiting(sofia, "RO").envelope, "BG").ok());
    auto const entry = [](Node& node) {
        auto const leaf
            = node.store->read([](Transaction& t) { return ledger::leaf(t, 0); }).value();
        EXPECT_EQ(as_text(leaf).find("PLATE-TEST"), std::string::npos);
        return json::read_text<message::RegisterEntry>(as_text(leaf), json::Unknown::refuse)
            .value();
    };
    EXPECT_EQ(entry(sofia).commitment, entry(bucharest).commitment);
    EXPECT_EQ(entry(sofia).act, message::Act::sent);
    EXPECT_EQ(entry(bucharest).act, message::Act::received);
}

TEST(Exchange, a_duplicate_gets_the_same_bytes_and_changes_nothing)
{
    Node sofia { 0 }, bucharest { 1 };
    ASSERT_TRUE(sofia.send("once", "RO").ok());
    auto const message = waiting(sofia, "RO");
    auto const first = bucharest.exchange->receive(message.envelope, "BG").value();
    bucharest.open();
    bucharest.now += 24h;
    EXPECT_EQ(bucharest.exchange->receive(message.envelope, "BG").value(), first);
    EXPECT_EQ(bucharest.contents.size(), 1);
    EXPECT_EQ(bucharest.register_size(), 1);
}

TEST(Exchange, a_reordered_message_is_refused_and_names_the_number_expected)
{
    Node sofia { 0 }, bucharest { 1 };
    auto const first = sofia.send("one", "RO").value();
    auto const one = waiting(sofia, "RO").envelope;
    ASSERT_TRUE(sofia.send("two", "RO").ok());
    ASSERT_TRUE(
        sofia.exchange->acknowledge(first.id, Node { 1 }.exchange->receive(one, "BG").value())
            .ok());
    auto const two = waiting(sofia, "RO").envelope;
    auto const error = refusal(bucharest, two);
    EXPECT_EQ(error.kind, Error::Kind::conflict);
    EXPECT_EQ(error.field, "seq");
    EXPECT_EQ(error.what, "message 2 of BG -> RO came, 1 is expected: one before it is missing");
    EXPECT_EQ(bucharest.register_size(), 0);
    EXPECT_TRUE(bucharest.exchange->receive(one, "BG").ok());
    EXPECT_TRUE(bucharest.exchange->receive(two, "BG").ok());
}

TEST(Exchange, two_histories_of_one_sender_are_told_apart_as_a_fork)
{
    Node sofia { 0 }, twin { 0 }, bucharest { 1 };
    ASSERT_TRUE(sofia.send("one", "RO").ok());
    ASSERT_TRUE(twin.send("another one", "RO").ok());
    ASSERT_TRUE(bucharest.exchange->receive(waiting(sofia, "RO").envelope, "BG").ok());
    auto const error = refusal(bucharest, waiting(twin, "RO").envelope);
    EXPECT_EQ(error.kind, Error::Kind::conflict);
    EXPECT_NE(error.what.find("fork"), std::string::npos);
    EXPECT_EQ(judge_arrival({ 4, "aa" }, 5, "bb"), Arrival::fork);
    EXPECT_EQ(judge_arrival({ 4, "aa" }, 5, "aa"), Arrival::next);
    EXPECT_EQ(judge_arrival({ 4, "aa" }, 4, "aa"), Arrival::past);
    EXPECT_EQ(judge_arrival({ 4, "aa" }, 6, "aa"), Arrival::gap);
}

TEST(Exchange, manifest_signature_or_part_altered_by_one_byte_is_refused_and_leaves_no_trace)
{
    Node sofia { 0 }, bucharest { 1 };
    ASSERT_TRUE(sofia.send("content", "RO").ok());
    auto const whole = waiting(sofia, "RO").envelope;
    auto const try_all = [&](auto const& bytes_of) {
        auto const size = bytes_of(whole).size();
        for (std::size_t i = 0; i < size; i += 3) {
            auto altered = whole;
            auto copy = bytes_of(altered);
            copy[i] ^= 1U;
            const_cast<Bytes&>(bytes_of(altered)) = copy; // NOLINT: `altered` is ours
            EXPECT_FALSE(bucharest.exchange->receive(altered, "BG").ok()) << i;
        }
    };
    try_all([](Envelope const& e) -> Bytes const& { return e.manifest; });
    try_all([](Envelope const& e) -> Bytes const& { return e.signature; });
    try_all([](Envelope const& e) -> Bytes const& { return e.parts[0]; });
    EXPECT_EQ(bucharest.register_size(), 0);
    EXPECT_TRUE(bucharest.exchange->receive(whole, "BG").ok());
}

TEST(Exchange, the_reason_of_each_refusal_is_named)
{
    Node sofia { 0 }, bucharest { 1 };
    ASSERT_TRUE(sofia.send("content", "RO").ok());
    auto const whole = waiting(sofia, "RO").envelope;
    EXPECT_EQ(refusal(bucharest, whole, "RO").field, "from.state");
    EXPECT_EQ(refusal(sofia, whole).field, "to.state");
    auto missing = whole;
    missing.parts.clear();
    EXPECT_EQ(refusal(bucharest, missing).what, "the manifest names 1 parts, 0 came");
    auto altered = whole;
    altered.parts[0].back() ^= 1U;
    EXPECT_EQ(refusal(bucharest, altered).what,
        "part 1 is not the one that the manifest names: it was altered");
    bucharest.now = start + 89 * 24h;
    EXPECT_EQ(refusal(bucharest, { whole.manifest, {}, {} }).field, "signature");
    bucharest.now = start + 89 * 24h + 1s;
    auto const expired = refusal(bucharest, whole);
    EXPECT_EQ(expired.field, "from.certificate");
    EXPECT_NE(expired.what.find("not valid on"), std::string::npos);
}

TEST(Exchange, an_unknown_signer_is_refused)
{
    Node bucharest { 1 };
    std::vector<FoundingState> const states { founding().states[0].of, founding().states[1].of };
    auto const stranger = found(states, 2, start, crypto::system_random());
    Exchange const impostor { *bucharest.store, *bucharest.ledger, stranger.trust(start),
        { "BG", "NCU Sofia TEST", stranger.states[0].seal, stranger.states[0].sealing },
        [] { return start; }, crypto::system_random() };
    auto sealed = impostor.seal(bucharest.outgoing("x", "RO")).take();
    sealed.manifest.from.certificate = to_hex(stranger.states[0].seal.certificate.fingerprint());
    sealed.manifest.seq = 1;
    sealed.manifest.prev_manifest_sha256 = std::string(64, '0');
    sealed.manifest.personal_data = false;
    auto const text = to_bytes(json::to_text(sealed.manifest));
    Envelope const envelope { text,
        crypto::sign(text, crypto::Content::detached, stranger.states[0].seal, start),
        sealed.parts };
    EXPECT_EQ(
        refusal(bucharest, envelope).what, "unknown signer: no seal of BG has this certificate");
}

TEST(Exchange, a_message_that_casework_cannot_take_is_receipted_as_rejected)
{
    Node sofia { 0 }, bucharest { 1 };
    bucharest.reject = message::Reason { "schema", "kind", "kind is missing" };
    auto const sent = sofia.send("{}", "RO").value();
    auto const receipt = bucharest.exchange->receive(waiting(sofia, "RO").envelope, "BG").value();
    ASSERT_TRUE(sofia.exchange->acknowledge(sent.id, receipt).ok());
    EXPECT_EQ(sofia.stored(sent.id).state, "rejected");
    EXPECT_EQ(sofia.receipts[0].reason->text, "kind is missing");
    bucharest.reject.reset();
    ASSERT_TRUE(sofia.send("next", "RO").ok());
    EXPECT_TRUE(bucharest.exchange->receive(waiting(sofia, "RO").envelope, "BG").ok());
}

TEST(Exchange, a_receipt_altered_by_one_byte_or_of_another_message_is_refused)
{
    Node sofia { 0 }, bucharest { 1 };
    auto const one = sofia.send("one", "RO").value();
    auto const receipt = bucharest.exchange->receive(waiting(sofia, "RO").envelope, "BG").value();
    for (std::size_t i = 0; i < receipt.size(); i += 11) {
        auto altered = receipt;
        altered[i] ^= 1U;
        EXPECT_FALSE(sofia.exchange->acknowledge(one.id, altered).ok()) << i;
    }
    EXPECT_EQ(sofia.stored(one.id).state, "sent");
    ASSERT_TRUE(sofia.exchange->acknowledge(one.id, receipt).ok());
    auto const two = sofia.send("two", "RO").value();
    EXPECT_EQ(
        sofia.exchange->acknowledge(two.id, receipt).error().kind, Error::Kind::not_authentic);
}

TEST(Exchange, work_that_is_undone_sends_nothing)
{
    Node sofia { 0 };
    auto const undone = sofia.store->write([&](Transaction& t) -> Result<void> {
        auto const sealed = TRY(sofia.exchange->seal(sofia.outgoing("x", "RO")));
        TRY(sofia.exchange->submit(t, sealed));
        return Error { Error::Kind::conflict, "second thoughts" };
    });
    EXPECT_FALSE(undone.ok());
    EXPECT_FALSE(sofia.exchange->load("RO").value().waiting);
    EXPECT_EQ(sofia.register_size(), 0);
    EXPECT_EQ(sofia.send("first", "RO").value().seq, 1);
}

TEST(Exchange, a_State_without_a_node_cannot_be_written_to)
{
    Node sofia { 0 };
    EXPECT_EQ(sofia.send("x", "XX").error().kind, Error::Kind::not_found);
}

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
    for (std::size_t i = 0; i < numbered_together_max + 1; ++i)
        ASSERT_TRUE(sofia.queue("x", "RO").ok());
    EXPECT_EQ(sofia.exchange->number("RO").value(), numbered_together_max);
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

TEST(Trust, a_list_needs_enough_signatures_pinned_roots_and_unaltered_bytes)
{
    auto const& made = founding();
    auto const roots = made.roots();
    auto const read = [&](std::string_view list, std::span<TrustSignature const> signatures,
                          std::span<crypto::Digest const> pinned) {
        return Trust::read(list, signatures, pinned, 1, start);
    };
    std::span<TrustSignature const> const all { made.signatures };
    EXPECT_TRUE(read(made.trust_list, all, roots).ok());
    EXPECT_FALSE(read(made.trust_list, all.first(1), roots).ok());
    EXPECT_TRUE(Trust::read(made.trust_list, all, roots, 2, start).ok());
    EXPECT_FALSE(Trust::read(made.trust_list, all, roots, 3, start).ok());
    std::vector<TrustSignature> const twice { all[0], all[0] };
    EXPECT_FALSE(read(made.trust_list, twice, roots).ok());
    EXPECT_FALSE(read(made.trust_list, all, std::span { roots }.first(1)).ok());
    auto altered = made.trust_list;
    altered.replace(altered.find("127.0.0.1:1"), 11, "127.0.0.1:9");
    EXPECT_FALSE(read(altered, all, roots).ok());
}

} // namespace comity::exchange
