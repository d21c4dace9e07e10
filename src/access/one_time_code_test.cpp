#include "access/one_time_code.h"

#include <gtest/gtest.h>

namespace comity::access {
namespace {

auto const secret = to_bytes("12345678901234567890");

Instant at(std::int64_t seconds)
{
    return Instant { std::chrono::seconds { seconds } };
}

} // namespace

TEST(OneTimeCode, agrees_with_the_SHA_1_vectors_of_RFC_6238_appendix_B)
{
    std::pair<std::int64_t, char const*> const vectors[] = { { 59, "94287082" },
        { 1'111'111'109, "07081804" }, { 1'111'111'111, "14050471" }, { 1'234'567'890, "89005924" },
        { 2'000'000'000, "69279037" }, { 20'000'000'000, "65353130" } };
    for (auto const& [seconds, code] : vectors)
        EXPECT_EQ(one_time_code(secret, step_of(at(seconds)), 8), code) << seconds;
}

TEST(OneTimeCode, agrees_with_the_six_digits_of_RFC_4226_appendix_D)
{
    char const* const codes[] = { "755224", "287082", "359152", "969429", "338314", "254676",
        "287922", "162583", "399871", "520489" };
    for (std::int64_t step = 0; step < 10; ++step)
        EXPECT_EQ(one_time_code(secret, step), codes[step]);
}

TEST(OneTimeCode, a_clock_one_step_off_is_borne_and_two_are_not)
{
    auto const code = one_time_code(secret, 1000);
    auto const step
        = [&](std::int64_t seconds) { return step_of_code(secret, code, at(seconds), 0); };
    EXPECT_EQ(step(999 * 30 - 1), std::nullopt);
    EXPECT_EQ(step(999 * 30), 1000);
    EXPECT_EQ(step(1000 * 30), 1000);
    EXPECT_EQ(step(1001 * 30), 1000);
    EXPECT_EQ(step(1002 * 30 - 1), 1000);
    EXPECT_EQ(step(1002 * 30), std::nullopt);
}

TEST(OneTimeCode, a_code_counts_once_and_an_older_one_not_after_it)
{
    auto const now = at(1000 * 30);
    EXPECT_EQ(step_of_code(secret, one_time_code(secret, 1000), now, 999), 1000);
    EXPECT_EQ(step_of_code(secret, one_time_code(secret, 1000), now, 1000), std::nullopt);
    EXPECT_EQ(step_of_code(secret, one_time_code(secret, 999), now, 1000), std::nullopt);
    EXPECT_EQ(step_of_code(secret, one_time_code(secret, 1001), now, 1000), 1001);
}

TEST(OneTimeCode, what_is_not_six_digits_is_none)
{
    auto const now = at(1000 * 30);
    auto const code = one_time_code(secret, 1000);
    EXPECT_FALSE(step_of_code(secret, code.substr(1), now, 0));
    EXPECT_FALSE(step_of_code(secret, code + "0", now, 0));
    EXPECT_FALSE(step_of_code(secret, "", now, 0));
    EXPECT_FALSE(step_of_code(secret, "      ", now, 0));
}

TEST(OneTimeCode, base32_agrees_with_RFC_4648_section_10)
{
    std::pair<char const*, char const*> const vectors[]
        = { { "", "" }, { "f", "MY" }, { "fo", "MZXQ" }, { "foo", "MZXW6" }, { "foob", "MZXW6YQ" },
              { "fooba", "MZXW6YTB" }, { "foobar", "MZXW6YTBOI" } };
    for (auto const& [text, coded] : vectors) EXPECT_EQ(to_base32(as_view(text)), coded);
}

TEST(OneTimeCode, the_address_for_a_device_names_issuer_account_and_secret)
{
    EXPECT_EQ(otpauth_uri("Comity NCU Sofia TEST", "duty.sofia", secret),
        "otpauth://totp/Comity%20NCU%20Sofia%20TEST:duty.sofia?secret="
        "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Comity%20NCU%20Sofia%20TEST&algorithm=SHA1"
        "&digits=6&period=30");
}

} // namespace comity::access
