#include "crypto/symmetric.h"

#include <gtest/gtest.h>

namespace comity::crypto {
namespace {

Bytes hex(std::string_view text)
{
    return from_hex(text).value();
}

Key256 key_of(std::string_view text)
{
    Key256 out {};
    std::ranges::copy(hex(text), out.begin());
    return out;
}

} // namespace

TEST(Hkdf, gives_the_values_of_RFC_5869)
{
    auto const key = Bytes(22, 0x0b);
    EXPECT_EQ(to_hex(hkdf_sha256(
                  key, hex("000102030405060708090a0b0c"), hex("f0f1f2f3f4f5f6f7f8f9"), 42)),
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
    EXPECT_EQ(to_hex(hkdf_sha256(key, {}, {}, 42)),
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
}

TEST(Gcm, gives_the_values_of_the_specification)
{
    Nonce96 nonce {};
    std::ranges::copy(hex("cafebabefacedbaddecaf888"), nonce.begin());
    auto const key = key_of("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
    auto const plain = hex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                           "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
    auto const beside = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
    auto const sealed = seal_aes256_gcm(key, nonce, beside, plain);
    EXPECT_EQ(to_hex(sealed),
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
        "76fc6ece0f4e1768cddf8853bb2d551b");
    EXPECT_EQ(open_aes256_gcm(key, nonce, beside, sealed).value(), plain);
}

TEST(Gcm, any_byte_altered_or_cut_does_not_open)
{
    auto const key = key_of(std::string(64, '1'));
    Nonce96 const nonce {};
    auto const beside = to_bytes("beside");
    auto const sealed = seal_aes256_gcm(key, nonce, beside, as_view("plain"));
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        auto altered = sealed;
        altered[i] ^= 1U;
        EXPECT_FALSE(open_aes256_gcm(key, nonce, beside, altered).ok()) << i;
        EXPECT_FALSE(open_aes256_gcm(key, nonce, beside, ByteView { sealed }.first(i)).ok()) << i;
    }
    EXPECT_FALSE(open_aes256_gcm(key, nonce, as_view("besides"), sealed).ok());
    EXPECT_FALSE(open_aes256_gcm(key_of(std::string(64, '2')), nonce, beside, sealed).ok());
    auto const empty = seal_aes256_gcm(key, nonce, {}, {});
    EXPECT_EQ(open_aes256_gcm(key, nonce, {}, empty).value(), Bytes {});
}

TEST(Symmetric, one_prepared_key_seals_and_opens_several_texts_in_any_order)
{
    Aes256Gcm const seals { Key256 { 7 } };
    auto const first = seals.seal(Nonce96 { 1 }, as_view("a"), as_view("Persoana TEST"));
    auto const empty = seals.seal(Nonce96 { 2 }, as_view("b"), {});
    EXPECT_EQ(as_text(seals.open(as_view("a"), first).value()), "Persoana TEST");
    EXPECT_TRUE(seals.open(as_view("b"), empty).value().empty());
    EXPECT_EQ(seals.open(as_view("b"), first).error().kind, Error::Kind::not_authentic);
    EXPECT_EQ(as_text(seals.open(as_view("a"), first).value()), "Persoana TEST")
        << "after one that did not open";
    EXPECT_EQ(seals.seal(Nonce96 { 1 }, as_view("a"), as_view("Persoana TEST")), first);
    EXPECT_EQ((Bytes { first.begin() + 12, first.end() }),
        seal_aes256_gcm(Key256 { 7 }, Nonce96 { 1 }, as_view("a"), as_view("Persoana TEST")));
    for (std::size_t at = 0; at < first.size(); ++at) {
        auto altered = first;
        altered[at] ^= 1U;
        EXPECT_FALSE(seals.open(as_view("a"), altered).ok()) << at;
    }
    for (std::size_t size = 0; size < first.size(); ++size)
        EXPECT_FALSE(seals.open(as_view("a"), ByteView { first }.first(size)).ok()) << size;
}

} // namespace comity::crypto
