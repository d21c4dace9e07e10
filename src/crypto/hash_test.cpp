#include "crypto/ed25519.h"
#include "crypto/hash.h"

#include <gtest/gtest.h>

namespace comity::crypto {

TEST(Hash, SHA_256_agrees_with_FIPS_180_and_parts_hash_as_their_join)
{
    EXPECT_EQ(to_hex(sha256(as_view("abc"))),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(to_hex(sha256(ByteView {})),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256({ as_view("a"), as_view("bc") }), sha256(as_view("abc")));
}

TEST(Hash, HMAC_agrees_with_RFC_4231_case_6_whose_key_is_longer_than_a_block)
{
    Bytes const key(131, 0xaa);
    EXPECT_EQ(
        to_hex(hmac_sha256(key, as_view("Test Using Larger Than Block-Size Key - Hash Key First"))),
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Hash, HMAC_agrees_with_RFC_4231_case_2)
{
    EXPECT_EQ(to_hex(hmac_sha256(as_view("Jefe"), as_view("what do ya want for nothing?"))),
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(Ed25519, a_signature_is_deterministic_and_holds_for_its_message_alone)
{
    auto const key = Key::generate(Key::Kind::ed25519);
    auto const message = to_bytes("checkpoint");
    auto signature = sign_ed25519(message, key).value();
    EXPECT_EQ(signature, sign_ed25519(message, key).value());
    EXPECT_TRUE(verify_ed25519(message, signature, public_key_of(key)));
    EXPECT_FALSE(verify_ed25519(as_view("checkpoinT"), signature, public_key_of(key)));
    signature[0] ^= 1U;
    EXPECT_FALSE(verify_ed25519(message, signature, public_key_of(key)));
}

TEST(Ed25519, agrees_with_RFC_8032_section_7_1_test_2)
{
    auto const bytes = [](char const* hex) { return from_hex(hex).value(); };
    Ed25519PublicKey key {};
    auto const raw = bytes("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    std::copy(raw.begin(), raw.end(), key.begin());
    auto const signature
        = bytes("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    EXPECT_TRUE(verify_ed25519(bytes("72"), signature, key));
    EXPECT_FALSE(verify_ed25519(bytes("73"), signature, key));
}

} // namespace comity::crypto
