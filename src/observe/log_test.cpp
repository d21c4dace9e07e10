#include "observe/log.h"

#include <gtest/gtest.h>

namespace comity::observe {
namespace {

Clock const clock_of_test = [] { return parse_instant("2026-04-17T09:14:00Z").value(); };
constexpr std::string_view trace = "0196a3f4c1d27e1fb2a3c4d5e6f70819";

} // namespace

TEST(Log, a_line_is_one_JSON_object_with_its_trace)
{
    std::string out;
    Log const log { clock_of_test, [&](std::string const& line) { out += line; } };
    log.say(Level::info, "delivered", trace,
        { { Key::peer, "RO" }, { Key::number, 17 }, { Key::milliseconds, 4.25 } });
    EXPECT_EQ(out,
        R"({"at":"2026-04-17T09:14:00.000000Z","level":"info","event":"delivered",)"
        R"("trace":"0196a3f4c1d27e1fb2a3c4d5e6f70819","peer":"RO","number":17,)"
        R"("milliseconds":4.250})"
        "\n");
    EXPECT_TRUE(json::parse(out).ok());
}

TEST(Log, what_is_less_than_asked_for_is_not_written)
{
    int lines = 0;
    Log const log { clock_of_test, [&](std::string const&) { ++lines; }, Level::warning };
    log.say(Level::info, "looked", {});
    EXPECT_EQ(lines, 0);
    log.say(Level::warning, "late", {});
    EXPECT_EQ(lines, 1);
}

TEST(Log, of_an_error_it_tells_kind_and_place_and_never_the_sentence)
{
    std::string out;
    Log const log { clock_of_test, [&](std::string const& line) { out += line; } };
    log.failed(
        "refused", {}, { Error::Kind::malformed, "subject.name is 'TEST Ivanov'", "subject.name" });
    EXPECT_NE(out.find(R"("kind":"malformed","field":"subject.name")"), out.npos);
    EXPECT_EQ(out.find("Ivanov"), out.npos);
}

TEST(Log, a_text_is_cut_at_its_limit_and_never_inside_a_character)
{
    std::string out;
    Log const log { clock_of_test, [&](std::string const& line) { out += line; } };
    auto const told = [&](std::string const& text) {
        out.clear();
        log.say(Level::info, "x", {}, { { Key::reason, text } });
        return json::parse(out).value().at("reason").as_string().size();
    };
    EXPECT_EQ(told(std::string(499, 'a')), 499);
    EXPECT_EQ(told(std::string(500, 'a')), 500);
    EXPECT_EQ(told(std::string(501, 'a')), 500);
    EXPECT_EQ(told(std::string(499, 'a') + "\u0416"), 499);
}

TEST(Trace, a_message_is_followed_by_its_own_id)
{
    EXPECT_EQ(trace_of("0196a3f4-c1d2-7e1f-b2a3-c4d5e6f70819"), trace);
    EXPECT_EQ(trace_of("not an id"), "");
    auto const header = traceparent(trace, 0xb7);
    EXPECT_EQ(header, "00-0196a3f4c1d27e1fb2a3c4d5e6f70819-00000000000000b7-01");
    EXPECT_EQ(trace_in(header), trace);
}

TEST(Trace, a_header_of_another_form_names_no_trace)
{
    // The example of Trace Context 3.2.4 and what may go wrong with it.
    EXPECT_EQ(trace_in("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00"),
        "0af7651916cd43dd8448eb211c80319c");
    for (auto const* wrong : { "", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
             "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0",
             "00-00000000000000000000000000000000-b7ad6b7169203331-00",
             "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-00",
             "00-0af7651916cd43dd8448eb211c80319c+b7ad6b7169203331-00",
             "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00" })
        EXPECT_EQ(trace_in(wrong), "") << wrong;
}

} // namespace comity::observe
