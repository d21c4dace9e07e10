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
