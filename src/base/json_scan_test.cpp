#include "base/json_scan.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace comity::json {
namespace {

std::string told(std::string_view text)
{
    std::string out;
    auto const read = scan(text, [&](std::string_view name, Scalar const& value) {
        if (auto const* number = std::get_if<std::uint64_t>(&value))
            out += fmt::format("{}={};", name, *number);
        else
            out += fmt::format("{}='{}';", name, std::get<std::string_view>(value));
    });
    return read.ok() ? out : "error: " + read.error().what;
}

} // namespace

TEST(JsonScan, tells_texts_and_whole_numbers_of_the_outer_object_in_their_order)
{
    EXPECT_EQ(told(R"({"b":"one","a":2,"c":18446744073709551615})"),
        "b='one';a=2;c=18446744073709551615;");
    EXPECT_EQ(told(R"({"a":-1,"b":1.5,"c":true,"d":null,"e":"x"})"), "e='x';");
    EXPECT_EQ(told(R"({"in":{"a":"no","b":[1,{"c":2}]},"list":["no",3],"a":"yes"})"), "a='yes';");
    EXPECT_EQ(told("{}"), "");
}

TEST(JsonScan, gathers_what_comes_in_parts)
{
    EXPECT_EQ(
        told(R"({"na\u006de":"\u0410\"б\"\\","next":"plain"})"), "name='А\"б\"\\';next='plain';");
    std::string const longer(100'000, 'x');
    EXPECT_EQ(told("{\"a\":\"" + longer + "\\n\"}"), "a='" + longer + "\n';");
}

TEST(JsonScan, says_a_member_that_stands_twice_twice)
{
    EXPECT_EQ(told(R"({"a":1,"a":2})"), "a=1;a=2;");
}

TEST(JsonScan, refuses_what_is_no_object)
{
    for (auto const* text : { "", "[]", "\"a\"", "1", "{", "{}x", "{\"a\":}", "{\"a\":\"\xff\"}" })
        EXPECT_TRUE(told(text).starts_with("error: ")) << text;
}

} // namespace comity::json
