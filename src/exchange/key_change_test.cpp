#include "exchange/trial_node_test.h"

#include "exchange/evidence.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace comity::exchange {
namespace {

using namespace std::chrono_literals;
using crypto::Identity;
using crypto::Usage;
using store::Transaction;
using trial::founding;
using trial::Node;
using trial::refusal;
using trial::start;
using trial::waiting;

Identity renewed(std::size_t which, Usage usage, Instant at)
{
    auto const& keys = founding().states[which];
    auto const key = crypto::Key::generate(crypto::Key::Kind::p256);
    return { certify({ keys.of.unit, keys.of.state, key }, usage, "localhost", keys.root, at,
                 crypto::system_random()),
        key };
}

std::string print(Identity const& of)
{
    return to_hex(of.certificate.fingerprint());
}

/// The trust of both nodes, list after list; both States sign each.
struct Lists {
    TrustRules rules { founding().roots(), 1 };
    Trust trust = founding().trust(start);
    std::vector<Identity> seals { founding().states[0].seal, founding().states[1].seal };

    void change(auto const& how, Instant at = start)
    {
        auto list = trust.list();
        ++list.version;
        how(list);
        SignedTrustList next { json::to_text(list), {}, at };
        for (auto const& keys : founding().states)
            next.signatures.push_back(sign_trust_list(next.text, keys.of.state, keys.seal, start));
        for (std::size_t i = 0; i < seals.size(); ++i)
            next.signatures.push_back(
                sign_trust_list(next.text, founding().states[i].of.state, seals[i], at));
        auto followed = trust.followed_by(next, rules);
        ASSERT_TRUE(followed.ok()) << followed.error().what;
        trust = followed.take();
    }
    void tell(Node& node, Self self) const { node.exchange->use(trust, std::move(self)); }
    void tell(Node& node) const { tell(node, node.exchange->self()); }
};

/// Sofia has another seal, and the list names that one alone.
Identity replace_seal(Lists& lists, Instant at)
{
    auto const fresh = renewed(0, Usage::seal, at);
    lists.change([&](TrustList& list) { list.states[0].seals.push_back(fresh.certificate.pem()); });
    lists.seals[0] = fresh;
    lists.change([&](TrustList& list) { list.states[0].seals = { fresh.certificate.pem() }; }, at);
    return fresh;
}

} // namespace

TEST(KeyChange, a_new_seal_is_used_without_a_restart_and_what_is_under_way_arrives)
{
    Node sofia { 0 }, bucharest { 1 };
    Lists lists;
    ASSERT_TRUE(sofia.send("under the old seal", "RO").ok());
    auto const under_way = waiting(sofia, "RO");
    auto self = sofia.exchange->self();
    self.seal = replace_seal(lists, start);
    lists.tell(bucharest);
    lists.tell(sofia, self);
    auto const receipt = bucharest.exchange->receive(under_way.envelope, "BG").value();
    ASSERT_TRUE(sofia.exchange->acknowledge(under_way.id, receipt).ok());
    ASSERT_TRUE(sofia.send("under the new one", "RO").ok());
    auto const next = waiting(sofia, "RO");
    EXPECT_NE(as_text(next.envelope.manifest).find(print(self.seal)), std::string_view::npos);
    auto const second = bucharest.exchange->receive(next.envelope, "BG").value();
    EXPECT_TRUE(sofia.exchange->acknowledge(next.id, second).ok());
    EXPECT_EQ(bucharest.contents.size(), 2);
}

TEST(KeyChange, a_message_that_waited_longer_than_its_seal_lived_is_taken)
{
    Node sofia { 0 }, bucharest { 1 };
    Lists lists;
    auto const sent = sofia.send("patience", "RO").value();
    auto const message = waiting(sofia, "RO");
    // Until a second after its last day: then by its signing time.
    bucharest.now = start + 89 * 24h + 1s;
    lists.trust.find("BG").value();
    auto const fresh = renewed(1, Usage::seal, bucharest.now);
    lists.change([&](TrustList& list) { list.states[1].seals.push_back(fresh.certificate.pem()); });
    auto self = bucharest.exchange->self();
    self.seal = fresh;
    lists.tell(bucharest, self);
    lists.tell(sofia);
    sofia.now = bucharest.now;
    auto const receipt = bucharest.exchange->receive(message.envelope, "BG");
    ASSERT_TRUE(receipt.ok()) << receipt.error().what;
    EXPECT_TRUE(sofia.exchange->acknowledge(sent.id, receipt.value()).ok());
    EXPECT_EQ(sofia.stored(sent.id).state, "delivered");
}

TEST(KeyChange, nothing_signed_at_the_instant_of_revocation_or_later_is_taken)
{
    for (auto const& [at, taken] : { std::pair { start, false }, { start + 1s, true } }) {
        Node sofia { 0 }, bucharest { 1 };
        Lists lists;
        ASSERT_TRUE(sofia.send("signed at start", "RO").ok());
        auto const message = waiting(sofia, "RO");
        bucharest.now = start + 1h;
        // The other State alone could not carry the list: both sign with seals that still count.
        lists.seals[0] = renewed(0, Usage::seal, start);
        lists.change([&](TrustList& list) {
            list.states[0].seals.push_back(lists.seals[0].certificate.pem());
        });
        lists.change([&, revoked_at = at](TrustList& list) {
            list.revoked = { { print(founding().states[0].seal), revoked_at, "copied TEST" } };
        });
        lists.tell(bucharest);
        if (taken) {
            EXPECT_TRUE(bucharest.exchange->receive(message.envelope, "BG").ok());
            continue;
        }
        auto const error = refusal(bucharest, message.envelope);
        EXPECT_EQ(error.kind, Error::Kind::not_authentic);
        EXPECT_EQ(error.field, "from.certificate");
        EXPECT_NE(error.what.find("revoked"), std::string::npos);
        EXPECT_EQ(bucharest.register_size(), 0);
    }
}

TEST(KeyChange, a_receipt_that_waited_is_judged_when_it_was_given)
{
    Node sofia { 0 }, bucharest { 1 };
    Lists lists;
    auto const sent = sofia.send("receipt on the way", "RO").value();
    auto const receipt = bucharest.exchange->receive(waiting(sofia, "RO").envelope, "BG").value();
    auto const fresh = renewed(1, Usage::seal, start);
    lists.change([&](TrustList& list) { list.states[1].seals.push_back(fresh.certificate.pem()); });
    lists.seals[1] = fresh;
    lists.change([&](TrustList& list) { list.states[1].seals = { fresh.certificate.pem() }; });
    lists.tell(sofia);
    sofia.now = start + 100 * 24h;
    EXPECT_TRUE(sofia.exchange->acknowledge(sent.id, receipt).ok());
}

TEST(KeyChange, what_is_sealed_to_any_key_that_is_held_opens)
{
    Node sofia { 0 }, bucharest { 1 };
    Lists lists;
    ASSERT_TRUE(sofia.send("to the old key", "RO").ok());
    auto const old = waiting(sofia, "RO");
    auto self = bucharest.exchange->self();
    auto const fresh = renewed(1, Usage::sealing, start + 1h);
    lists.change([&](TrustList& list) { list.states[1].sealings = { fresh.certificate.pem() }; });
    self.further_sealings = { self.sealing };
    self.sealing = fresh;
    lists.tell(bucharest, self);
    lists.tell(sofia);
    auto const receipt = bucharest.exchange->receive(old.envelope, "BG").value();
    ASSERT_TRUE(sofia.exchange->acknowledge(old.id, receipt).ok());
    ASSERT_TRUE(sofia.send("to the new key", "RO").ok());
    ASSERT_TRUE(bucharest.exchange->receive(waiting(sofia, "RO").envelope, "BG").ok());
    EXPECT_EQ(
        bucharest.contents, (std::vector<std::string> { "to the old key", "to the new key" }));
    auto const count = [&](Identity const& key) {
        return bucharest.store->read([&](Transaction& t) { return sealed_to(t, key.certificate); })
            .value();
    };
    EXPECT_EQ(count(founding().states[1].sealing).kept, 1);
    EXPECT_EQ(count(fresh).kept, 1);
    EXPECT_EQ(count(fresh).under_way, 0);
    auto const own = sofia.store->read(
        [&](Transaction& t) { return sealed_to(t, founding().states[0].sealing.certificate); });
    EXPECT_EQ(own.value().under_way, 1);
    EXPECT_EQ(own.value().kept, 1);
}

TEST(KeyChange, evidence_of_before_verifies_years_later)
{
    Node sofia { 0 }, bucharest { 1 };
    Lists lists;
    auto const sent = sofia.send("who owns B 123 ABC?", "RO").value();
    auto const receipt = bucharest.exchange->receive(waiting(sofia, "RO").envelope, "BG").value();
    ASSERT_TRUE(sofia.exchange->acknowledge(sent.id, receipt).ok());
    auto const register_key = crypto::Key::generate(crypto::Key::Kind::ed25519);
    ledger::Verifier const fresh_log { founding().states[1].register_log,
        crypto::public_key_of(register_key) };
    auto self = sofia.exchange->self();
    self.seal = replace_seal(lists, start + 30 * 24h);
    lists.change(
        [&](TrustList& list) { list.states[1].register_key = fresh_log.text(); }, start + 30 * 24h);
    lists.tell(sofia, self);
    sofia.now = start + 3 * 365 * 24h;
    ScratchFolder const folder;
    auto const path = folder / "evidence";
    auto const done = sofia.store->read([&](Transaction& t) {
        return export_evidence(
            t, *sofia.exchange, sofia.ledger->verifier(), sent.id, path, Opened::yes);
    });
    ASSERT_TRUE(done.ok()) << done.error().what;
    auto const holds = verify_evidence(path);
    ASSERT_TRUE(holds.ok()) << holds.error().what;
    auto const script = fmt::format("sh {}/verify.sh >/dev/null 2>&1", path.string());
    EXPECT_EQ(std::system(script.c_str()), 0); // NOLINT: the point is that others can run it
}

} // namespace comity::exchange
