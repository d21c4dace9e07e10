#include "http/target.h"

#include <gtest/gtest.h>

namespace comity::http {
namespace {

bool holds(std::string_view text)
{
    return parse_target(text).ok();
}

} // namespace

TEST(Target, is_cut_into_decoded_segments_and_parameters)
{
    auto const target = parse_target("/cases/2026%2F0417/%D0%A1?limit=5&q=a+b%26c&empty=&x").take();
    EXPECT_EQ(target.path, "/cases/2026%2F0417/%D0%A1");
    EXPECT_EQ(target.segments, (std::vector<std::string> { "cases", "2026/0417", "С" }));
    ASSERT_EQ(target.query.size(), 4U);
    EXPECT_EQ(target.query[1].value, "a b&c");
    EXPECT_EQ(target.query[2].value, "");
    EXPECT_EQ(target.query[3].name, "x");
    EXPECT_TRUE(parse_target("/").value().segments.empty());
    EXPECT_EQ(parse_target("/a/").value().segments, (std::vector<std::string> { "a", "" }));
    EXPECT_EQ(parse_target("/a+b").value().segments[0], "a+b");
}

TEST(Target, of_another_form_is_refused)
{
    for (auto const* text : { "", "*", "x", "http://x/", "/ ", "/\t", "/#x", "/\x7f", "/\xd0\xa1" })
        EXPECT_FALSE(holds(text)) << text;
}

TEST(Target, with_dots_controls_or_broken_encoding_is_refused)
{
    for (auto const* text : { "/.", "/..", "/a/../b", "/%2e%2e/b", "/%2E", "/%00", "/%0a", "/%7f",
             "/%", "/%4", "/%zz", "/?q=%", "/%c3", "/%c3%28", "/%c0%af", "/%e0%80%af", "/%ed%a0%80",
             "/%f4%90%80%80", "/%f0%80%80%80", "/%ff", "/?q=%0d%0a" })
        EXPECT_FALSE(holds(text)) << text;
    for (auto const* text : { "/...", "/.a", "/%25", "/%f4%8f%bf%bf", "/%ed%9f%bf" })
        EXPECT_TRUE(holds(text)) << text;
}

TEST(Target, has_a_limit_on_its_length_and_on_its_parameters)
{
    EXPECT_TRUE(holds("/" + std::string(target_bytes_max - 1, 'x')));
    auto const over = parse_target("/" + std::string(target_bytes_max, 'x'));
    ASSERT_FALSE(over.ok());
    EXPECT_EQ(over.error().kind, Error::Kind::too_large);
    std::string query = "/?a=1";
    for (std::size_t i = 1; i < query_fields_max; ++i) query += "&a=1";
    EXPECT_TRUE(holds(query));
    EXPECT_FALSE(holds(query + "&a=1"));
}

TEST(Cookies, are_found_by_their_whole_name)
{
    constexpr std::string_view header = "acomity=1; comity-bg=2; comity=3; comity=4";
    EXPECT_EQ(cookie_value(header, "comity"), "3");
    EXPECT_EQ(cookie_value(header, "comity-bg"), "2");
    EXPECT_EQ(cookie_value("comity=", "comity"), "");
    EXPECT_FALSE(cookie_value("comity", "comity").has_value());
    EXPECT_FALSE(cookie_value("", "comity").has_value());
}

TEST(HostName, is_the_host_without_its_port)
{
    EXPECT_EQ(host_name("127.0.0.1:8101"), "127.0.0.1");
    EXPECT_EQ(host_name("localhost"), "localhost");
    EXPECT_EQ(host_name("[::1]:80"), "[::1]");
    EXPECT_EQ(host_name("[::1"), "[::1");
    EXPECT_EQ(host_name(""), "");
}

} // namespace comity::http
