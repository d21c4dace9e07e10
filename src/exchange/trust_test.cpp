#include "exchange/trust.h"

#include "exchange/trial_node_test.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace comity::exchange {
namespace {

using namespace std::chrono_literals;
using crypto::Usage;

Instant const start = trial::start;

/// Three States of which two must sign, and lists that follow the first.
struct World {
    Founding founding = make();
    TrustRules rules { founding.roots(), 1 };
    Trust trust = Trust::read({ founding.trust_list, founding.signatures, start }, rules).take();
    TrustList next = trust.list();

    World()
    {
        next.version = 2;
        next.issued_at = start + 1h;
    }
    static Founding make()
    {
        std::vector<FoundingState> const states {
            { "BG", "NCU Sofia TEST", "localhost", "127.0.0.1:1" },
            { "RO", "NCU Bucharest TEST", "localhost", "127.0.0.1:2" },
            { "RS", "NCU Belgrade TEST", "localhost", "127.0.0.1:3" },
        };
        return found(states, 2, start, crypto::system_random());
    }
    crypto::Identity renewed(std::size_t which, Usage usage, Instant at = start + 1h) const
    {
        auto const& keys = founding.states[which];
        auto const key = crypto::Key::generate(crypto::Key::Kind::p256);
        return { certify({ keys.of.unit, keys.of.state, key }, usage, "localhost", keys.root, at,
                     crypto::system_random()),
            key };
    }
    SignedTrustList signed_by(std::vector<std::size_t> const& which, Instant at = start + 1h) const
    {
        SignedTrustList out { json::to_text(next), {}, at };
        for (auto const each : which) {
            auto const& keys = founding.states[each];
            out.signatures.push_back(sign_trust_list(out.text, keys.of.state, keys.seal, at));
        }
        return out;
    }
    Error refusal(std::vector<std::size_t> const& which, Instant at = start + 1h) const
    {
        auto const followed = trust.followed_by(signed_by(which, at), rules);
        EXPECT_FALSE(followed.ok());
        return followed.ok() ? Error { Error::Kind::unavailable, "followed", {} }
                             : followed.error();
    }
    std::string fingerprint(crypto::Identity const& of) const
    {
        return to_hex(of.certificate.fingerprint());
    }
    void revoke(crypto::Identity const& what, Instant at)
    {
        if (!next.revoked) next.revoked.emplace();
        next.revoked->push_back({ fingerprint(what), at, "the key was copied TEST" });
    }
};

} // namespace

TEST(Trust, a_newer_list_that_enough_States_signed_follows_and_the_same_bytes_change_nothing)
{
    World world;
    world.next.states[0].address = "127.0.0.1:11";
    auto const followed = world.trust.followed_by(world.signed_by({ 0, 1 }), world.rules).value();
    EXPECT_EQ(followed.list().version, 2);
    EXPECT_EQ(followed.find("BG").value().address, "127.0.0.1:11");
    EXPECT_EQ(world.trust.find("BG").value().address, "127.0.0.1:1");
    SignedTrustList const same { world.founding.trust_list, {}, start + 2h };
    EXPECT_EQ(world.trust.followed_by(same, world.rules).value().list().version, 1);
}

TEST(Trust, an_older_list_and_another_one_of_the_same_version_are_refused)
{
    World world;
    world.next.version = 2;
    auto const second = world.trust.followed_by(world.signed_by({ 0, 1 }), world.rules).value();
    world.next.version = 1;
    auto const older = second.followed_by(world.signed_by({ 0, 1, 2 }), world.rules).error();
    EXPECT_EQ(older.kind, Error::Kind::conflict);
    EXPECT_EQ(older.field, "version");
    EXPECT_EQ(older.what, "trust list: version 1 is older than 2, which is in force");
    world.next.version = 2;
    world.next.states[0].address = "127.0.0.1:12";
    auto const other = second.followed_by(world.signed_by({ 0, 1, 2 }), world.rules).error();
    EXPECT_EQ(other.kind, Error::Kind::conflict);
    EXPECT_NE(other.what.find("two lists of one number"), std::string::npos);
    world.next.version = 3;
    EXPECT_TRUE(second.followed_by(world.signed_by({ 0, 1 }), world.rules).ok());
}

TEST(Trust, k_States_of_the_list_in_force_must_sign_whatever_the_new_one_asks)
{
    World world;
    world.next.required_signatures = 1;
    EXPECT_EQ(world.refusal({ 0 }).what, "trust list: 1 States signed it, 2 must");
    EXPECT_TRUE(world.trust.followed_by(world.signed_by({ 0, 1 }), world.rules).ok());
    world.next.required_signatures = 3;
    EXPECT_EQ(world.refusal({ 0, 1 }).what, "trust list: 2 States signed it, 3 must");
    EXPECT_TRUE(world.trust.followed_by(world.signed_by({ 0, 1, 2 }), world.rules).ok());
    world.next.required_signatures = 4;
    EXPECT_EQ(world.refusal({ 0, 1, 2 }).field, "requiredSignatures");
    world.next.required_signatures = 0;
    EXPECT_EQ(world.refusal({ 0, 1, 2 }).field, "requiredSignatures");
}

TEST(Trust, a_list_cannot_bring_in_the_keys_that_sign_it)
{
    World world;
    auto const fresh = world.renewed(1, Usage::seal);
    world.next.states[1].seals = { fresh.certificate.pem() };
    auto list = world.signed_by({ 0 });
    list.signatures.push_back(sign_trust_list(list.text, "RO", fresh, start + 1h));
    auto const error = world.trust.followed_by(list, world.rules).error();
    EXPECT_EQ(error.field, "signatures");
    EXPECT_EQ(error.what, "trust list: 1 States signed it, 2 must");
    list.signatures.push_back(
        sign_trust_list(list.text, "RS", world.founding.states[2].seal, start + 1h));
    EXPECT_TRUE(world.trust.followed_by(list, world.rules).ok());
}

TEST(Trust, the_keys_that_a_list_names_must_carry_it_too)
{
    World world;
    // Signed by two States, both of which it leaves out.
    world.next.states.erase(world.next.states.begin(), world.next.states.begin() + 2);
    world.next.required_signatures = 1;
    EXPECT_EQ(world.refusal({ 0, 1 }).what, "trust list: 0 States signed it, 1 must");
    EXPECT_TRUE(world.trust.followed_by(world.signed_by({ 0, 1, 2 }), world.rules).ok());
}

TEST(Trust, a_seal_signs_a_list_within_its_days_and_not_once_it_is_revoked)
{
    World world;
    auto const last = world.founding.states[0].seal.certificate.not_after();
    EXPECT_TRUE(world.trust.followed_by(world.signed_by({ 0, 1 }, last), world.rules).ok());
    EXPECT_EQ(world.refusal({ 0, 1 }, last + 1s).field, "signatures");
    world.revoke(world.founding.states[0].seal, start + 1h);
    EXPECT_EQ(world.refusal({ 0, 1 }).what, "trust list: 1 States signed it, 2 must");
    EXPECT_TRUE(world.trust.followed_by(world.signed_by({ 1, 2 }), world.rules).ok());
}

TEST(Trust, a_revoked_seal_holds_for_what_it_signed_before_and_for_nothing_after)
{
    World world;
    auto const& seal = world.founding.states[0].seal;
    auto const at = start + 30min;
    world.revoke(seal, at);
    auto const trust = world.trust.followed_by(world.signed_by({ 1, 2 }), world.rules).value();
    auto const sofia = trust.find("BG").value();
    EXPECT_TRUE(sofia.seal(world.fingerprint(seal), at - 1us).ok());
    EXPECT_FALSE(sofia.seal(world.fingerprint(seal), at).ok());
    auto const after = sofia.seal(world.fingerprint(seal), at + 1us).error();
    EXPECT_EQ(after.kind, Error::Kind::not_authentic);
    EXPECT_EQ(after.field, "from.certificate");
    EXPECT_NE(after.what.find("the key was copied TEST"), std::string::npos);
    EXPECT_TRUE(trust.seal_then("BG", world.fingerprint(seal), at - 1us).ok());
    EXPECT_FALSE(trust.seal_then("BG", world.fingerprint(seal), at).ok());
}

TEST(Trust, a_revoked_certificate_opens_no_pipe_even_before_its_instant)
{
    World world;
    auto const& transport = world.founding.states[0].transport;
    auto const digest = transport.certificate.fingerprint();
    EXPECT_EQ(world.trust.by_transport(digest, start).value().state, "BG");
    world.revoke(transport, start + 24h);
    auto const trust = world.trust.followed_by(world.signed_by({ 1, 2 }), world.rules).value();
    EXPECT_FALSE(trust.by_transport(digest, start).ok());
    EXPECT_TRUE(trust.find("BG").value().shown_in_tls().empty());
}

TEST(Trust, nothing_is_sealed_to_a_revoked_certificate)
{
    World world;
    auto const& old = world.founding.states[0].sealing;
    auto const fresh = world.renewed(0, Usage::sealing, start - 24h);
    world.next.states[0].sealings.push_back(fresh.certificate.pem());
    auto both = world.trust.followed_by(world.signed_by({ 1, 2 }), world.rules).value();
    EXPECT_EQ(both.find("BG").value().sealing(start).value(), old.certificate);
    world.revoke(old, start);
    auto const trust = world.trust.followed_by(world.signed_by({ 1, 2 }), world.rules).value();
    auto const sofia = trust.find("BG").value();
    EXPECT_EQ(sofia.sealing(start).value(), fresh.certificate);
    EXPECT_FALSE(sofia.can_open(world.fingerprint(old), start));
    EXPECT_TRUE(sofia.can_open(world.fingerprint(fresh), start));
}

TEST(Trust, a_revocation_is_never_taken_back_or_changed)
{
    World world;
    world.revoke(world.founding.states[0].transport, start);
    auto const second = world.trust.followed_by(world.signed_by({ 0, 1 }), world.rules).value();
    world.next.version = 3;
    EXPECT_TRUE(second.followed_by(world.signed_by({ 0, 1 }), world.rules).ok());
    world.next.revoked->front().at += 1us;
    EXPECT_EQ(second.followed_by(world.signed_by({ 0, 1 }), world.rules).error().field, "revoked");
    world.next.revoked.reset();
    EXPECT_EQ(second.followed_by(world.signed_by({ 0, 1 }), world.rules).error().field, "revoked");
}

TEST(Trust, what_was_signed_under_an_earlier_list_stays_signed)
{
    World world;
    auto const& old = world.founding.states[0].seal;
    auto const fresh = world.renewed(0, Usage::seal);
    world.next.states[0].seals = { fresh.certificate.pem() };
    auto const second = world.trust.followed_by(world.signed_by({ 1, 2 }), world.rules).value();
    auto const print = world.fingerprint(old);
    EXPECT_FALSE(second.find("BG").value().seal(print, start).ok());
    EXPECT_TRUE(second.seal_then("BG", print, start).ok());
    EXPECT_TRUE(second.seal_then("BG", print, old.certificate.not_after()).ok());
    EXPECT_FALSE(second.seal_then("BG", print, old.certificate.not_after() + 1s).ok());
    EXPECT_FALSE(second.seal_then("RO", print, start).ok());
    EXPECT_EQ(
        second.root_of("BG", old.certificate).value(), world.founding.states[0].root.certificate);
    EXPECT_FALSE(second.root_of("RO", old.certificate).ok());
    EXPECT_EQ(second.unnamed_since(print), start + 1h);
    EXPECT_FALSE(world.trust.unnamed_since(print).has_value());
}

TEST(Trust, lists_that_were_kept_are_read_again_with_the_instants_at_which_they_came)
{
    World world;
    world.next.states[0].seals = { world.renewed(0, Usage::seal).certificate.pem() };
    std::vector<SignedTrustList> const kept { world.trust.signed_list(),
        world.signed_by({ 1, 2 }) };
    auto const again = Trust::read(kept, world.rules).value();
    EXPECT_EQ(again.list().version, 2);
    auto const print = world.fingerprint(world.founding.states[0].seal);
    EXPECT_TRUE(again.seal_then("BG", print, start).ok());
    EXPECT_EQ(again.unnamed_since(print), start + 1h);
}

TEST(Trust, a_register_has_two_keys_while_one_replaces_the_other)
{
    World world;
    auto const& keys = world.founding.states[0];
    auto const fresh = crypto::Key::generate(crypto::Key::Kind::ed25519);
    ledger::Verifier const next { keys.register_log, crypto::public_key_of(fresh) };
    world.next.states[0].next_register_key = next.text();
    auto const trust = world.trust.followed_by(world.signed_by({ 1, 2 }), world.rules).value();
    auto const named = trust.find("BG").value().register_key;
    ledger::Checkpoint const head { keys.register_log, 0, ledger::empty_root() };
    for (auto const& key : { keys.register_key, fresh }) {
        auto const note = ledger::sign_checkpoint(head, key);
        EXPECT_EQ(ledger::open_checkpoint(note, named).value(), head);
        EXPECT_EQ(trust.register_key_of("BG", note).value().key, crypto::public_key_of(key));
    }
    auto const stranger = crypto::Key::generate(crypto::Key::Kind::ed25519);
    auto const note = ledger::sign_checkpoint(head, stranger);
    EXPECT_FALSE(ledger::open_checkpoint(note, named).ok());
    EXPECT_FALSE(trust.register_key_of("BG", note).ok());
    ledger::Verifier const renamed { "another.test", next.key };
    world.next.states[0].next_register_key = renamed.text();
    EXPECT_EQ(world.refusal({ 1, 2 }).field, "states[0].nextRegisterKey");
}

TEST(Trust, bad_input_names_its_member)
{
    World const whole;
    auto const field_after = [&](auto const& change) {
        World world = whole;
        change(world);
        return world.refusal({ 0, 1, 2 }).field;
    };
    EXPECT_EQ(field_after([](World& w) { w.next.states[1].seals.clear(); }), "states[1].seals");
    EXPECT_EQ(field_after([](World& w) {
        w.next.states[1].seals.resize(certificates_max + 1, w.next.states[1].seals[0]);
    }),
        "states[1].seals");
    EXPECT_EQ(
        field_after([](World& w) { w.next.states[2].sealings = { "x" }; }), "states[2].sealings");
    EXPECT_EQ(
        field_after([](World& w) { w.next.states[0].transports = w.next.states[1].transports; }),
        "states[0].transports");
    EXPECT_EQ(field_after([](World& w) { w.next.states[0].root = "x"; }), "states[0].root");
    EXPECT_EQ(field_after([](World& w) { w.next.states[0].register_key = "x"; }),
        "states[0].registerKey");
    EXPECT_EQ(field_after([](World& w) { w.next.states[1].state = "BG"; }), "states[1].state");
    EXPECT_EQ(field_after([](World& w) { w.next.v = 2; }), "v");
    EXPECT_EQ(field_after([](World& w) { w.next.states.clear(); }), "states");
    EXPECT_EQ(field_after([](World& w) { w.rules.pinned_roots.pop_back(); }), "states[2].root");
    EXPECT_EQ(field_after([](World& w) { w.revoke(w.founding.states[2].root, start); }),
        "states[2].root");
}

TEST(Trust, a_revocation_has_a_fingerprint_once_and_a_reason_within_its_limit)
{
    World const whole;
    auto const field_after = [&](std::vector<Revocation> revoked) {
        World world = whole;
        world.next.revoked = std::move(revoked);
        return world.refusal({ 0, 1, 2 }).field;
    };
    auto const print = std::string(64, 'a');
    EXPECT_EQ(field_after({ { "xyz", start, "lost" } }), "revoked[0].certificate");
    EXPECT_EQ(field_after({ { std::string(64, 'A'), start, "lost" } }), "revoked[0].certificate");
    EXPECT_EQ(field_after({ { print, start, "lost" }, { print, start, "again" } }),
        "revoked[1].certificate");
    EXPECT_EQ(field_after({ { print, start, "" } }), "revoked[0].reason");
    EXPECT_EQ(field_after({ { print, start, std::string(revocation_reason_bytes_max + 1, 'x') } }),
        "revoked[0].reason");
    World longest = whole;
    longest.next.revoked = { { { print, start, std::string(revocation_reason_bytes_max, 'x') } } };
    EXPECT_TRUE(longest.trust.followed_by(longest.signed_by({ 0, 1 }), longest.rules).ok());
    longest.next.revoked->clear();
    for (std::size_t i = 0; i <= revocations_max; ++i)
        longest.next.revoked->push_back({ fmt::format("{:064x}", i), start, "lost" });
    EXPECT_EQ(longest.refusal({ 0, 1 }).field, "revoked");
    longest.next.revoked->pop_back();
    EXPECT_TRUE(longest.trust.followed_by(longest.signed_by({ 0, 1 }), longest.rules).ok());
}

TEST(Trust, a_signer_is_told_what_changes)
{
    World world;
    auto const from = world.trust.list();
    EXPECT_TRUE(changes(from, from).empty());
    world.next.states[0].address = "127.0.0.1:11";
    world.next.states[1].seals.push_back(world.renewed(1, Usage::seal).certificate.pem());
    world.next.states.pop_back();
    world.next.required_signatures = 1;
    world.revoke(world.founding.states[0].transport, start);
    auto const said = changes(from, world.next);
    ASSERT_EQ(said.size(), 5);
    EXPECT_EQ(said[0], "1 States must sign a list, not 2");
    EXPECT_EQ(said[1], "BG address: 127.0.0.1:1 becomes 127.0.0.1:11");
    EXPECT_TRUE(said[2].starts_with("RO seal comes: "));
    EXPECT_EQ(said[3], "RS goes");
    EXPECT_NE(said[4].find("is revoked from"), std::string::npos);
}

} // namespace comity::exchange
