#include "crypto/cms.h"

#include "base/file.h"
#include "base/scratch.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>

namespace comity::crypto {
namespace {

using namespace std::chrono_literals;

Instant const now = parse_instant("2026-04-17T09:14:00Z").value();

/// One State's root with a seal and a sealing certificate, as a node has them.
struct State {
    Key root_key = Key::generate(Key::Kind::p384);
    Certificate root = order(Usage::root, root_key, nullptr, root_key);
    Identity seal = identity(Usage::seal);
    Identity sealing = identity(Usage::sealing);

    static Certificate order(
        Usage usage, Key const& subject, Certificate const* issuer, Key const& issuer_key)
    {
        return issue({ usage, "TEST NCU", "BG", "ncu.bg.test", now - 24h, now + 24h }, subject,
            issuer, issuer_key, system_random());
    }
    Identity identity(Usage usage) const
    {
        auto const key = Key::generate(Key::Kind::p256);
        return { order(usage, key, &root, root_key), key };
    }
};

State const& bulgaria()
{
    static State const state;
    return state;
}

State const& romania()
{
    static State const state;
    return state;
}

int shell(std::string const& command)
{
    return std::system((command + " >/dev/null 2>&1").c_str()); // NOLINT: a test of other code
}

Bytes const manifest = to_bytes(R"({"v":1,"id":"TEST"})");

} // namespace

TEST(Cms, a_detached_signature_holds_for_its_bytes_and_its_signer_alone)
{
    auto const signature = sign(manifest, Content::detached, bulgaria().seal, now);
    EXPECT_TRUE(verify_detached(signature, manifest, bulgaria().seal.certificate).ok());
    auto altered = manifest;
    altered.back() ^= 1U;
    EXPECT_EQ(verify_detached(signature, altered, bulgaria().seal.certificate).error().kind,
        Error::Kind::not_authentic);
    EXPECT_FALSE(verify_detached(signature, manifest, romania().seal.certificate).ok());
    EXPECT_EQ(claimed_signer(signature).value(), bulgaria().seal.certificate);
}

TEST(Cms, a_signature_with_any_one_byte_altered_is_refused)
{
    for (auto const form : { Content::detached, Content::enclosed }) {
        auto const signature = sign(manifest, form, bulgaria().seal, now);
        for (std::size_t i = 0; i < signature.size(); ++i)
            for (unsigned const flip : { 1U, 0x20U, 0x80U }) {
                auto altered = signature;
                altered[i] = static_cast<std::uint8_t>(altered[i] ^ flip);
                bool const holds = form == Content::detached
                    ? verify_detached(altered, manifest, bulgaria().seal.certificate).ok()
                    : verify_enclosed(altered, bulgaria().seal.certificate).ok();
                EXPECT_FALSE(holds) << "byte " << i << " of " << signature.size();
            }
    }
}

TEST(Cms, a_signature_cut_short_or_lengthened_is_refused)
{
    auto signature = sign(manifest, Content::enclosed, bulgaria().seal, now);
    for (std::size_t size = 0; size < signature.size(); size += 7)
        EXPECT_FALSE(
            verify_enclosed(ByteView { signature }.first(size), bulgaria().seal.certificate).ok());
    signature.push_back(0);
    EXPECT_FALSE(verify_enclosed(signature, bulgaria().seal.certificate).ok());
}

TEST(Cms, a_part_opens_for_each_recipient_and_for_nobody_else)
{
    std::vector<Certificate> const recipients { bulgaria().sealing.certificate,
        romania().sealing.certificate };
    auto const sealed = seal(manifest, recipients);
    EXPECT_EQ(open(sealed, bulgaria().sealing).value(), manifest);
    EXPECT_EQ(open(sealed, romania().sealing).value(), manifest);
    EXPECT_EQ(open(sealed, State {}.sealing).error().kind, Error::Kind::not_authentic);
}

TEST(Cms, an_enclosed_signature_gives_its_content_back)
{
    auto const receipt = sign(manifest, Content::enclosed, romania().seal, now);
    EXPECT_EQ(verify_enclosed(receipt, romania().seal.certificate).value(), manifest);
    EXPECT_FALSE(verify_detached(receipt, manifest, romania().seal.certificate).ok());
}

TEST(Cms, nothing_at_all_is_signed_sealed_and_opened_like_any_other_bytes)
{
    auto const signature = sign({}, Content::detached, bulgaria().seal, now);
    EXPECT_TRUE(verify_detached(signature, {}, bulgaria().seal.certificate).ok());
    EXPECT_FALSE(verify_detached(signature, manifest, bulgaria().seal.certificate).ok());
    auto const sealed = seal({}, std::vector { romania().sealing.certificate });
    EXPECT_TRUE(open(sealed, romania().sealing).value().empty());
    EXPECT_FALSE(open({}, romania().sealing).ok());
}

TEST(Cms, openssl_on_the_command_line_checks_and_opens_the_same_bytes)
{
    ScratchFolder const folder;
    auto const put = [&](char const* name, ByteView content) {
        ASSERT_TRUE(write_file(folder / name, content).ok());
    };
    put("root.pem", as_view(bulgaria().root.pem()));
    put("manifest.json", manifest);
    put("manifest.p7s", sign(manifest, Content::detached, bulgaria().seal, now));
    put("part.p7m", seal(manifest, { &romania().sealing.certificate, 1 }));
    put("ro.pem", as_view(romania().sealing.certificate.pem()));
    put("ro.key", as_view(romania().sealing.key.pem()));
    auto const in = fmt::format("cd {} && ", folder.path().string());
    EXPECT_EQ(shell(in
                  + "openssl cms -verify -binary -cades -inform DER -in manifest.p7s -content "
                    "manifest.json -CAfile root.pem -purpose any -attime 1776417240"),
        0);
    EXPECT_NE(shell(in
                  + "openssl cms -verify -binary -cades -inform DER -in manifest.p7s -content "
                    "ro.pem -CAfile root.pem -purpose any -attime 1776417240"),
        0);
    EXPECT_EQ(shell(in
                  + "openssl cms -decrypt -binary -inform DER -in part.p7m -recip ro.pem -inkey "
                    "ro.key -out opened && cmp opened manifest.json"),
        0);
}

TEST(Certificate, its_days_are_valid_to_the_second)
{
    auto const& certificate = bulgaria().seal.certificate;
    EXPECT_FALSE(certificate.valid_at(now - 24h - 1s));
    EXPECT_TRUE(certificate.valid_at(now - 24h));
    EXPECT_TRUE(certificate.valid_at(now + 24h));
    EXPECT_FALSE(certificate.valid_at(now + 24h + 1s));
}

TEST(Certificate, a_chain_holds_to_its_own_root_only)
{
    EXPECT_TRUE(bulgaria().seal.certificate.issued_by(bulgaria().root));
    EXPECT_FALSE(bulgaria().seal.certificate.issued_by(romania().root));
    EXPECT_FALSE(bulgaria().seal.certificate.issued_by(bulgaria().seal.certificate));
    EXPECT_TRUE(bulgaria().seal.certificate.belongs_to(bulgaria().seal.key));
    EXPECT_FALSE(bulgaria().seal.certificate.belongs_to(romania().seal.key));
}

TEST(Certificate, altered_by_one_byte_it_no_longer_chains)
{
    auto const der = bulgaria().seal.certificate.der();
    for (std::size_t i = 0; i < der.size(); ++i) {
        auto altered = der;
        altered[i] ^= 1U;
        auto const read = Certificate::read_der(altered);
        EXPECT_FALSE(read.ok() && read.value().issued_by(bulgaria().root)) << "byte " << i;
    }
}

TEST(Certificate, PEM_survives_for_certificates_and_keys)
{
    auto const& seal = bulgaria().seal;
    EXPECT_EQ(Certificate::read_pem(seal.certificate.pem()).value(), seal.certificate);
    EXPECT_TRUE(seal.certificate.belongs_to(Key::read_pem(seal.key.pem()).value()));
    EXPECT_FALSE(Certificate::read_pem(seal.key.pem()).ok());
    EXPECT_FALSE(Key::read_pem(seal.certificate.pem()).ok());
    EXPECT_EQ(seal.certificate.common_name(), "TEST NCU");
}

} // namespace comity::crypto
