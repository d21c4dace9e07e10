#include "access/common_password.h"

#include <gtest/gtest.h>

namespace comity::access {

TEST(CommonPassword, a_word_of_the_lists_stays_one_with_figures_and_signs_around_it)
{
    for (auto const* each : { "password1234", "PASSWORD2026!!", "Welcome12345", "!!administrator",
             "iloveyou2026", "Sofia2026Sofia", "letmein-letmein", "superman12345678" })
        EXPECT_TRUE(is_common_password(each, "officer")) << each;
}

TEST(CommonPassword, a_figure_for_a_letter_hides_nothing)
{
    for (auto const* each : { "P4$$w0rdP4$$w0rd", "4dm1n1strat0r", "w3lc0me-2026!" })
        EXPECT_TRUE(is_common_password(each, "officer")) << each;
}

TEST(CommonPassword, a_run_of_keyboard_alphabet_or_figures_is_one_there_and_back)
{
    for (auto const* each : { "123456789012", "qwertyuiop12", "abcdefghijkl", "lkjhgfdsapoiuytrewq",
             "qwertzuiop!!", "1qaz2wsx3edc", "20261123202611" })
        EXPECT_TRUE(is_common_password(each, "officer")) << each;
}

TEST(CommonPassword, one_thing_again_and_again_is_one)
{
    for (auto const* each : { "xxxxxxxxxxxx", "xkxkxkxkxkxk", "xkvxkvxkvxkv", "xkvgxkvgxkvg" })
        EXPECT_TRUE(is_common_password(each, "officer")) << each;
    EXPECT_FALSE(is_common_password("xkvgdxkvgdxkvgd", "officer"));
}

TEST(CommonPassword, the_own_name_counts_for_nothing)
{
    EXPECT_TRUE(is_common_password("zhelyazkov-kvgdt", "zhelyazkov"));
    EXPECT_FALSE(is_common_password("zhelyazkov-kvgdt", "officer"));
}

TEST(CommonPassword, so_many_letters_of_its_own_are_enough)
{
    EXPECT_TRUE(is_common_password("password-kvgdt", "officer")) << "five";
    EXPECT_FALSE(is_common_password("password-kvgdtl", "officer")) << "six";
}

TEST(CommonPassword, one_word_of_no_list_with_figures_and_signs_around_it_is_one_in_any_script)
{
    for (auto const* each : { "pumpkin12345", "2026!Zhelyazkov", "pumpk1n!2026", "тиквичка2026",
             "wheelbarrow1", "12pumpkin3456" })
        EXPECT_TRUE(is_common_password(each, "officer")) << each;
    EXPECT_TRUE(is_common_password("wheelbarrow!", "officer")) << "eleven letters";
    EXPECT_FALSE(is_common_password("wheelbarrows", "officer")) << "twelve";
    EXPECT_FALSE(is_common_password("pump-kin-12345-vault", "officer")) << "three words";
}

TEST(CommonPassword, rows_of_a_Cyrillic_keyboard_are_runs)
{
    for (auto const* each : { "йцукенгшщзхъ", "явертъуиоп12", "љњертзуиопшђ", "абвгдежзийкл" })
        EXPECT_TRUE(is_common_password(each, "officer")) << each;
}

TEST(CommonPassword, length_is_counted_in_signs_whatever_bytes_they_take)
{
    PasswordCost const cheap { 8192, 1 };
    EXPECT_EQ(keep_password_of("officer", "лозинка", cheap).error().field, "password");
    EXPECT_EQ(keep_password_of("officer", "седем круши", cheap).error().field, "password")
        << "eleven";
    EXPECT_TRUE(keep_password_of("officer", "седем крушки", cheap).ok()) << "twelve";
    EXPECT_EQ(keep_password_of("officer", std::string(257, 'x'), cheap).error().field, "password");
}

TEST(CommonPassword, a_sentence_in_any_script_is_none)
{
    for (auto const* each : { "correct horse battery staple", "sofia-bucharest-belgrade",
             "седем зелени круши", "trei capre cu iezi", "T7#kq9!vLm2&zR" })
        EXPECT_FALSE(is_common_password(each, "officer")) << each;
}

} // namespace comity::access
