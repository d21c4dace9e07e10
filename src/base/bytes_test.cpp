#include "base/bytes.h"

#include <gtest/gtest.h>

using namespace comity;

TEST(Bytes, base64_agrees_with_the_vectors_of_RFC_4648_section_10)
{
    std::pair<char const*, char const*> const vectors[]
        = { { "", "" }, { "f", "Zg==" }, { "fo", "Zm8=" }, { "foo", "Zm9v" },
              { "foob", "Zm9vYg==" }, { "fooba", "Zm9vYmE=" }, { "foobar", "Zm9vYmFy" } };
    for (auto const& [plain, coded] : vectors) {
        EXPECT_EQ(to_base64(as_view(plain)), coded);
        EXPECT_EQ(as_text(from_base64(coded).value()), plain);
    }
}

TEST(Bytes, base64_refuses_a_second_spelling_of_the_same_bytes)
{
    for (char const* bad : { "Zg=", "Zh==", "Zg", "Z===", "====", "Zm9v\n", "Zm-_", "Zg==Zg==" })
        EXPECT_FALSE(from_base64(bad).ok()) << bad;
}

TEST(Bytes, hexadecimal_survives_and_upper_case_or_odd_text_is_refused)
{
    Bytes const all { 0, 1, 0x7f, 0x80, 0xff };
    EXPECT_EQ(to_hex(all), "00017f80ff");
    EXPECT_EQ(from_hex("00017f80ff").value(), all);
    for (char const* bad : { "0", "0G", "FF", " 0" }) EXPECT_FALSE(from_hex(bad).ok()) << bad;
}
