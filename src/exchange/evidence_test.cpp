#include "exchange/evidence.h"

#include "base/file.h"
#include "exchange/trial_node_test.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace comity::exchange {
namespace {

using store::Transaction;
using trial::Node;

bool script_holds(std::filesystem::path const& folder)
{
    auto const command = fmt::format("sh {}/verify.sh >/dev/null 2>&1", folder.string());
    return std::system(command.c_str()) == 0; // NOLINT: the point is that others can run it
}

/// Two exchanges, so that the trees have a path; the second one exported.
struct Exported {
    Node sofia { 0 }, bucharest { 1 };
    ScratchFolder folder;
    std::filesystem::path path = folder / "evidence";

    explicit Exported(bool cosigned = false)
    {
        for (int i = 0; i < 2; ++i) {
            if (i == 1 && cosigned) trial::ask_to_cosign(bucharest, sofia);
            auto const sent = sofia.send("who owns B 123 ABC?", "RO").value();
            auto const receipt
                = bucharest.exchange->receive(trial::waiting(sofia, "RO").envelope, "BG").value();
            EXPECT_TRUE(sofia.exchange->acknowledge(sent.id, receipt).ok());
            if (i == 0) continue;
            auto const done = sofia.store->read([&](Transaction& t) {
                return export_evidence(
                    t, *sofia.exchange, sofia.ledger->verifier(), sent.id, path, Opened::yes);
            });
            EXPECT_TRUE(done.ok()) << (done.ok() ? "" : done.error().what);
        }
    }
};

} // namespace

TEST(Evidence, holds_for_Comity_and_for_openssl_alone)
{
    Exported const exported;
    auto const holds = verify_evidence(exported.path);
    ASSERT_TRUE(holds.ok()) << holds.error().what;
    EXPECT_EQ(holds.value().size(), 8);
    EXPECT_TRUE(script_holds(exported.path));
}

TEST(Evidence, any_altered_file_is_found_and_named)
{
    Exported const exported;
    char const* const files[] = { "manifest.json", "manifest.p7s", "parts/1.p7m", "opened/1",
        "receipt.p7m", "receipt.json", "own-register/leaf", "own-register/checkpoint",
        "own-register/path/01", "peer-register/leaf", "peer-register/checkpoint",
        "peer-register/path/01", "own-register/key.pem", "sender-root.pem", "receiver-root.pem" };
    for (auto const* file : files) {
        auto const whole = read_file(exported.path / file).value();
        auto altered = whole;
        altered[altered.size() / 2] ^= 1U;
        ASSERT_TRUE(write_file(exported.path / file, altered).ok());
        auto const found = verify_evidence(exported.path);
        EXPECT_FALSE(found.ok()) << file;
        EXPECT_FALSE(script_holds(exported.path)) << file;
        ASSERT_TRUE(write_file(exported.path / file, whole).ok());
    }
    EXPECT_TRUE(verify_evidence(exported.path).ok());
}

TEST(Evidence, every_byte_of_manifest_signature_and_receipt_counts)
{
    Exported const exported;
    for (auto const* file : { "manifest.json", "manifest.p7s", "receipt.p7m" }) {
        auto const whole = read_file(exported.path / file).value();
        for (std::size_t i = 0; i < whole.size(); i += 17) {
            auto altered = whole;
            altered[i] ^= 1U;
            ASSERT_TRUE(write_file(exported.path / file, altered).ok());
            EXPECT_FALSE(verify_evidence(exported.path).ok()) << file << " byte " << i;
        }
        ASSERT_TRUE(write_file(exported.path / file, whole).ok());
    }
}

TEST(Evidence, the_lines_of_witnesses_under_the_receivers_register_count_too)
{
    Exported const exported { true };
    auto const holds = verify_evidence(exported.path);
    ASSERT_TRUE(holds.ok()) << holds.error().what;
    EXPECT_EQ(holds.value().size(), 9);
    EXPECT_TRUE(std::ranges::count(
        holds.value(), "peer-register: 1 entries cosigned by " + exported.sofia.keys.register_log));
    EXPECT_TRUE(script_holds(exported.path));
    for (auto const* file : { "cosigned", "witness/01/verifier", "witness/01/key.pem" }) {
        auto const whole = read_file(exported.path / "peer-register" / file).value();
        for (std::size_t i = 0; i < whole.size(); i += 11) {
            auto altered = whole;
            altered[i] ^= 1U;
            ASSERT_TRUE(write_file(exported.path / "peer-register" / file, altered).ok());
            EXPECT_FALSE(verify_evidence(exported.path).ok()) << file << " byte " << i;
        }
        auto altered = whole;
        altered[altered.size() - 20] ^= 1U;
        ASSERT_TRUE(write_file(exported.path / "peer-register" / file, altered).ok());
        EXPECT_FALSE(script_holds(exported.path)) << file;
        ASSERT_TRUE(write_file(exported.path / "peer-register" / file, whole).ok());
    }
}

TEST(Evidence, an_existing_folder_is_left_as_it_is)
{
    Exported exported;
    auto const done = exported.sofia.store->read([&](Transaction& t) {
        return export_evidence(t, *exported.sofia.exchange, exported.sofia.ledger->verifier(),
            messages(t, 1).value().at(0).id, exported.path, Opened::no);
    });
    EXPECT_EQ(done.error().kind, Error::Kind::conflict);
}

} // namespace comity::exchange
