#include "crypto/timestamp.h"

#include "base/file.h"
#include "base/scratch.h"
#include "crypto/timestamp_authority.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>

namespace comity::crypto {
namespace {

Instant const start = parse_instant("2026-04-17T09:14:00Z").value();
auto const day = std::chrono::days { 1 };

struct Trial {
    TimestampAuthority authority { "Time-stamp authority TEST", start - day, start + 30 * day };
    Digest imprint = sha256(as_view("a checkpoint TEST"));
    Bytes response = authority.answer(timestamp_request(imprint, 7), start);

    Result<Timestamp> check(Bytes const& der, std::uint64_t nonce = 7)
    {
        return check_timestamp(der, imprint, nonce, std::span { &authority.certificate(), 1 });
    }
};

} // namespace

TEST(Timestamp, holds_for_its_imprint_its_nonce_and_its_authority_alone)
{
    Trial trial;
    auto const stamp = trial.check(trial.response).value();
    EXPECT_EQ(stamp.at, start);
    EXPECT_EQ(stamp.serial, "01");
    EXPECT_EQ(trial.check(trial.response, 8).error().kind, Error::Kind::not_authentic);
    auto const& authority = std::span { &trial.authority.certificate(), 1 };
    EXPECT_TRUE(check_timestamp(trial.response, trial.imprint, {}, authority).ok());
    EXPECT_EQ(check_timestamp(trial.response, sha256(as_view("other")), 7, authority).error().kind,
        Error::Kind::not_authentic);
    TimestampAuthority const other { "Time-stamp authority TEST", start - day, start + day };
    EXPECT_EQ(
        check_timestamp(trial.response, trial.imprint, 7, std::span { &other.certificate(), 1 })
            .error()
            .kind,
        Error::Kind::not_authentic);
    EXPECT_FALSE(check_timestamp(trial.response, trial.imprint, 7, {}).ok());
}

TEST(Timestamp, altered_by_one_byte_it_is_refused_or_proves_the_same_and_cut_it_is_refused)
{
    Trial trial;
    auto const true_one = trial.check(trial.response).value();
    std::size_t passed = 0;
    for (std::size_t i = 0; i < trial.response.size(); ++i) {
        auto altered = trial.response;
        altered[i] ^= 1;
        auto const read = trial.check(altered);
        if (!read.ok()) continue;
        ++passed; // what no authority signs: the status, names that nobody looks up
        EXPECT_EQ(read.value().at, true_one.at) << "byte " << i;
        EXPECT_EQ(read.value().serial, true_one.serial) << "byte " << i;
    }
    EXPECT_LT(passed, 20);
    auto longer = trial.response;
    longer.push_back(0);
    EXPECT_EQ(trial.check(longer).error().kind, Error::Kind::malformed);
    EXPECT_EQ(trial.check({}).error().kind, Error::Kind::malformed);
    EXPECT_EQ(trial.check(Bytes(timestamp_bytes_max + 1)).error().kind, Error::Kind::too_large);
}

TEST(Timestamp, of_an_authority_out_of_its_days_is_refused)
{
    Trial trial;
    auto const at = [&](Instant when) {
        return trial.check(trial.authority.answer(timestamp_request(trial.imprint, 7), when));
    };
    EXPECT_TRUE(at(start + 30 * day - std::chrono::seconds { 1 }).ok());
    EXPECT_FALSE(at(start + 30 * day).ok());
    EXPECT_FALSE(at(start - 2 * day).ok());
}

TEST(Timestamp, of_a_certificate_for_other_things_is_refused)
{
    Trial trial;
    auto const key = Key::generate(Key::Kind::p256);
    auto const seal = issue({ Usage::seal, "seal TEST", "BG", {}, start - day, start + day }, key,
        nullptr, key, system_random());
    EXPECT_FALSE(check_timestamp(trial.response, trial.imprint, 7, std::span { &seal, 1 }).ok());
}

TEST(Timestamp, a_refusal_of_the_authority_is_said_and_no_stamp)
{
    Trial trial;
    auto const refusal = trial.authority.answer(as_view("nonsense"), start);
    auto const error = trial.check(refusal).error();
    EXPECT_EQ(error.kind, Error::Kind::unavailable);
    EXPECT_EQ(error.what, "the time-stamp authority refused with status 2");
}

TEST(Timestamp, openssl_reads_our_request_and_verifies_the_answer)
{
    Trial trial;
    ScratchFolder const folder;
    auto const put = [&](char const* name, ByteView bytes) {
        ASSERT_TRUE(write_file(folder / name, bytes).ok());
    };
    put("request.tsq", timestamp_request(trial.imprint, 7));
    put("response.tsr", trial.response);
    put("authority.pem", as_view(trial.authority.certificate().pem()));
    put("data", as_view("a checkpoint TEST"));
    auto const run = [&](std::string const& words) {
        auto const at = folder.path().string();
        return std::system(fmt::format("cd {} && openssl ts {} >out 2>&1", at, words).c_str());
    };
    auto const at = "-CAfile authority.pem -partial_chain -attime 1776417240";
    EXPECT_EQ(run("-query -in request.tsq -text | grep -q 'Nonce: 0x07'"), 0);
    EXPECT_EQ(run(fmt::format("-verify -queryfile request.tsq -in response.tsr {}", at)), 0);
    EXPECT_EQ(run(fmt::format("-verify -data data -in response.tsr {}", at)), 0);
    put("data", as_view("another"));
    EXPECT_NE(run(fmt::format("-verify -data data -in response.tsr {}", at)), 0);
}

} // namespace comity::crypto
