#include "crypto/cms.h"

#include <gtest/gtest.h>

namespace comity::crypto {
namespace {

Instant const now = parse_instant("2026-04-17T09:14:00.5Z").value();

Identity identity(Usage usage)
{
    auto const key = Key::generate(Key::Kind::p256);
    auto const from = now - std::chrono::days { 1 };
    return { issue({ usage, "NCU Sofia TEST", "BG", {}, from, from + std::chrono::days { 90 } },
                 key, nullptr, key, system_random()),
        key };
}

} // namespace

TEST(CertificateRequest, says_who_asks_and_is_signed_by_the_key_it_asks_for)
{
    auto const key = Key::generate(Key::Kind::p256);
    auto const pem = request_certificate({ "NCU Sofia TEST seal", "BG", key });
    auto const read = read_request(pem).value();
    EXPECT_EQ(read.common_name, "NCU Sofia TEST seal");
    EXPECT_EQ(read.country, "BG");
    auto const root = Key::generate(Key::Kind::p384);
    auto const made = issue(
        { Usage::seal, read.common_name, read.country, {}, now, now + std::chrono::days { 90 } },
        read.key, nullptr, root, system_random());
    EXPECT_TRUE(made.belongs_to(key));
    EXPECT_EQ(made.country(), "BG");
}

TEST(CertificateRequest, another_form_another_kind_of_key_and_an_altered_one_are_refused)
{
    EXPECT_EQ(read_request("x").error().kind, Error::Kind::malformed);
    auto const large = Key::generate(Key::Kind::p384);
    EXPECT_EQ(read_request(request_certificate({ "x", "BG", large })).error().kind,
        Error::Kind::malformed);
    auto const pem = request_certificate({ "x", "BG", Key::generate(Key::Kind::p256) });
    auto const other = request_certificate({ "x", "RO", Key::generate(Key::Kind::p256) });
    for (std::size_t i = 60; i + 60 < pem.size(); i += 7) {
        auto altered = pem;
        altered[i] = altered[i] == 'A' ? 'B' : 'A';
        EXPECT_EQ(read_request(altered).ok(), altered == pem) << i;
    }
    EXPECT_TRUE(read_request(other).ok());
}

TEST(Cms, the_signing_time_is_what_the_signer_said)
{
    auto const seal = identity(Usage::seal);
    auto const signature = sign(as_view("x"), Content::detached, seal, now);
    EXPECT_EQ(signing_time(signature).value(), std::chrono::floor<std::chrono::seconds>(now));
    EXPECT_EQ(signing_time(as_view("x")).error().kind, Error::Kind::not_authentic);
}

TEST(Cms, a_sealed_part_says_to_whom_it_is_sealed)
{
    auto const one = identity(Usage::sealing), other = identity(Usage::sealing);
    auto const sealed = seal(as_view("part"), { &one.certificate, 1 });
    EXPECT_TRUE(sealed_to(sealed, one.certificate).value());
    EXPECT_FALSE(sealed_to(sealed, other.certificate).value());
    EXPECT_FALSE(sealed_to(as_view("x"), one.certificate).ok());
}

} // namespace comity::crypto
