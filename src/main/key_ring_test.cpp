#include "main/key_ring.h"

#include "base/file.h"
#include "base/scratch.h"
#include "exchange/founding.h"
#include "main/trust_folder.h"

#include <gtest/gtest.h>

namespace comity::main {
namespace {

using namespace std::chrono_literals;
using crypto::Usage;

Instant const now = parse_instant("2026-04-17T09:14:00Z").value();

/// Sofia's folder, with what `comity found` writes into it.
struct Sofia {
    ScratchFolder folder;
    exchange::Founding founding = make();
    Config config;
    exchange::TrustList next;

    Sofia()
    {
        config.folder = folder.path();
        config.party = "BG";
        config.unit = "NCU Sofia TEST";
        std::filesystem::create_directories(folder / "keys");
        std::filesystem::create_directories(folder / "roots");
        auto const& keys = founding.states[0];
        put("seal", keys.seal);
        put("sealing", keys.sealing);
        put("transport", keys.transport);
        write("keys/register.key", keys.register_key.pem());
        for (auto const& each : founding.states)
            write("roots/" + each.of.state + ".pem", each.root.certificate.pem());
        EXPECT_TRUE(
            keep_trust_list(config, { founding.trust_list, founding.signatures, now }).ok());
        next = trust().list();
    }
    static exchange::Founding make()
    {
        std::vector<exchange::FoundingState> const states {
            { "BG", "NCU Sofia TEST", "localhost", "127.0.0.1:1" },
            { "RO", "NCU Bucharest TEST", "localhost", "127.0.0.1:2" },
        };
        return exchange::found(states, 2, now, crypto::system_random());
    }
    void write(std::string const& file, std::string const& text)
    {
        EXPECT_TRUE(write_file(folder / file, as_view(text)).ok());
    }
    void put(std::string const& name, crypto::Identity const& identity)
    {
        write("keys/" + name + ".crt", identity.certificate.pem());
        write("keys/" + name + ".key", identity.key.pem());
    }
    crypto::Identity renewed(Usage usage, Instant at = now)
    {
        auto const key = crypto::Key::generate(crypto::Key::Kind::p256);
        return { exchange::certify({ "NCU Sofia TEST", "BG", key }, usage, "localhost",
                     founding.states[0].root, at, crypto::system_random()),
            key };
    }
    exchange::Trust trust() { return read_trust(config, now).take(); }
    void install()
    {
        ++next.version;
        exchange::SignedTrustList list { json::to_text(next), {}, now };
        for (auto const& keys : founding.states)
            list.signatures.push_back(
                exchange::sign_trust_list(list.text, keys.of.state, keys.seal, now));
        auto const followed = trust().followed_by(list, read_trust_rules(config).value());
        ASSERT_TRUE(followed.ok()) << followed.error().what;
        ASSERT_TRUE(keep_trust_list(config, list).ok());
    }
    Standing standing(Instant at = now)
    {
        return standing_of(config, read_keys(config).value(), trust(), at).take();
    }
};

} // namespace

TEST(KeyRing, a_new_key_is_used_when_the_list_drops_the_old_one_and_not_before)
{
    Sofia sofia;
    auto const fresh = sofia.renewed(Usage::seal);
    sofia.put("seal-2", fresh);
    EXPECT_EQ(sofia.standing().seal.name, "seal");
    sofia.next.states[0].seals.push_back(fresh.certificate.pem());
    sofia.install();
    EXPECT_EQ(sofia.standing().seal.name, "seal");
    sofia.next.states[0].seals = { fresh.certificate.pem() };
    sofia.next.required_signatures = 1;
    sofia.install();
    EXPECT_EQ(sofia.standing().seal.name, "seal-2");
}

TEST(KeyRing, a_key_whose_days_are_over_gives_way_to_the_next_that_is_named)
{
    Sofia sofia;
    auto const fresh = sofia.renewed(Usage::transport, now + 24h);
    sofia.put("transport-2", fresh);
    sofia.next.states[0].transports.push_back(fresh.certificate.pem());
    sofia.install();
    auto const last = sofia.founding.states[0].transport.certificate.not_after();
    EXPECT_EQ(sofia.standing().until(), last);
    EXPECT_EQ(sofia.standing(last).transport.name, "transport");
    EXPECT_EQ(sofia.standing(last + 1us).transport.name, "transport-2");
    EXPECT_EQ(sofia.standing(last + 1000 * 24h).transport.name, "transport-2");
}

TEST(KeyRing, a_revoked_key_gives_way_at_once)
{
    Sofia sofia;
    auto const& old = sofia.founding.states[0].sealing;
    auto const fresh = sofia.renewed(Usage::sealing);
    sofia.put("sealing-2", fresh);
    sofia.next.states[0].sealings.push_back(fresh.certificate.pem());
    sofia.next.revoked = { { to_hex(old.certificate.fingerprint()), now + 24h, "copied TEST" } };
    sofia.install();
    auto const standing = sofia.standing();
    EXPECT_EQ(standing.sealing.name, "sealing-2");
    ASSERT_EQ(standing.self.further_sealings.size(), 1);
    EXPECT_EQ(standing.self.further_sealings[0].certificate, old.certificate);
}

TEST(KeyRing, the_register_signs_with_the_keys_that_the_list_names)
{
    Sofia sofia;
    auto const fresh = crypto::Key::generate(crypto::Key::Kind::ed25519);
    sofia.write("keys/register-2.key", fresh.pem());
    EXPECT_EQ(sofia.standing().register_keys.size(), 1);
    ledger::Verifier const next { sofia.founding.states[0].register_log,
        crypto::public_key_of(fresh) };
    sofia.next.states[0].next_register_key = next.text();
    sofia.install();
    ASSERT_EQ(sofia.standing().register_keys.size(), 2);
    EXPECT_EQ(sofia.standing().register_keys[0].name, "register");
    sofia.next.states[0].register_key = next.text();
    sofia.next.states[0].next_register_key.reset();
    sofia.install();
    ASSERT_EQ(sofia.standing().register_keys.size(), 1);
    EXPECT_EQ(sofia.standing().register_keys[0].name, "register-2");
    std::filesystem::remove(sofia.folder / "keys/register-2.key");
    auto const missing
        = standing_of(sofia.config, read_keys(sofia.config).value(), sofia.trust(), now).error();
    EXPECT_EQ(missing.kind, Error::Kind::conflict);
    EXPECT_EQ(missing.field, "register");
}

TEST(KeyRing, what_is_missing_or_does_not_fit_is_named)
{
    Sofia sofia;
    sofia.write("keys/seal-2.crt", sofia.renewed(Usage::seal).certificate.pem());
    EXPECT_EQ(read_keys(sofia.config).value().seals.size(), 1); // its key was destroyed
    sofia.write("keys/seal-2.key", crypto::Key::generate(crypto::Key::Kind::p256).pem());
    EXPECT_EQ(read_keys(sofia.config).error().field, "seal-2");
    std::filesystem::remove(sofia.folder / "keys/seal-2.key");
    std::filesystem::remove(sofia.folder / "keys/transport.key");
    EXPECT_EQ(read_keys(sofia.config).error().field, "transport");
    sofia.config.party = "RS";
    EXPECT_EQ(
        standing_of(sofia.config, {}, sofia.trust(), now).error().kind, Error::Kind::not_found);
}

TEST(TrustFolder, every_list_is_kept_and_the_highest_is_in_force)
{
    Sofia sofia;
    sofia.next.states[0].address = "127.0.0.1:11";
    sofia.install();
    sofia.next.states[0].address = "127.0.0.1:12";
    sofia.next.version = 9; // a number may be left out
    sofia.install();
    auto const trust = sofia.trust();
    EXPECT_EQ(trust.list().version, 10);
    EXPECT_EQ(trust.find("BG").value().address, "127.0.0.1:12");
    for (auto const* file : { "trust/1.json", "trust/2.json", "trust/10.json", "trust.json" })
        EXPECT_TRUE(std::filesystem::exists(sofia.folder / file)) << file;
    EXPECT_EQ(read_file(sofia.folder / "trust.json").value(),
        read_file(sofia.folder / "trust/10.json").value());
}

TEST(TrustFolder, a_list_alone_in_the_folder_counts_while_none_is_kept)
{
    Sofia sofia;
    std::filesystem::remove_all(sofia.folder / "trust");
    EXPECT_EQ(sofia.trust().list().version, 1);
    std::filesystem::remove(sofia.folder / "trust.signatures.json");
    EXPECT_EQ(read_trust(sofia.config, now).error().kind, Error::Kind::not_found);
}

TEST(TrustFolder, a_list_that_was_not_written_whole_is_not_in_force)
{
    Sofia sofia;
    sofia.install();
    std::filesystem::remove(sofia.folder / "trust/2.json"); // its signatures come first
    EXPECT_EQ(sofia.trust().list().version, 1);
}

TEST(TrustFolder, a_file_that_cannot_be_read_is_named)
{
    Sofia sofia;
    sofia.write("trust/1.signatures.json", "{");
    EXPECT_NE(
        read_trust(sofia.config, now).error().what.find("1.signatures.json"), std::string::npos);
    EXPECT_EQ(read_list_file(sofia.folder / "list.txt", now).error().field, "file");
    std::filesystem::remove_all(sofia.folder / "roots");
    EXPECT_EQ(read_trust_rules(sofia.config).error().kind, Error::Kind::not_found);
}

TEST(OuterKeys, are_read_from_their_files_and_a_wrong_one_is_named)
{
    Sofia sofia;
    sofia.config.outer_keys["RO"] = { sofia.folder / "a.key", sofia.folder / "b.key" };
    sofia.write("a.key", std::string(64, 'a') + "\n");
    sofia.write("b.key", std::string(64, 'b'));
    EXPECT_EQ(read_outer_keys(sofia.config).value().at("RO").size(), 2);
    sofia.write("b.key", "short");
    auto const wrong = read_outer_keys(sofia.config).error();
    EXPECT_EQ(wrong.field, "outer.RO");
    EXPECT_NE(wrong.what.find("b.key"), std::string::npos);
}

} // namespace comity::main
