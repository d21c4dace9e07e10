#include "base/json.h"

#include <gtest/gtest.h>

namespace comity {
namespace {

enum class Colour : std::uint8_t { dark_blue, red };
BOOST_DESCRIBE_ENUM(Colour, dark_blue, red)

struct Wheel {
    std::uint16_t size_cm;
};
BOOST_DESCRIBE_STRUCT(Wheel, (), (size_cm))

struct Car {
    std::string plate;
    Colour colour;
    std::optional<Date> sold;
    std::vector<Wheel> wheels;
};
BOOST_DESCRIBE_STRUCT(Car, (), (plate, colour, sold, wheels))

constexpr auto car_text = R"({"plate":"СА 1234 АВ","colour":"dark-blue","sold":"2024-02-29",)"
                          R"("wheels":[{"sizeCm":40}]})";

Error error_of(std::string_view bad, json::Unknown unknown = json::Unknown::refuse)
{
    return json::read_text<Car>(bad, unknown).error();
}

} // namespace

TEST(Json, a_described_struct_survives_reading_and_writing)
{
    EXPECT_EQ(
        json::to_text(json::read_text<Car>(car_text, json::Unknown::refuse).value()), car_text);
}

TEST(Json, text_is_the_same_bytes_whether_a_tree_was_built_or_not)
{
    std::vector<std::string> texts { "", "СА 1234 АВ", "a\"b\\c/d", "\b\f\n\r\t", "\x1f\x7f",
        "\x01" };
    for (auto const& text : texts) {
        Car const car { text, Colour::red, std::nullopt, { { 40 }, { 0 }, { 65535 } } };
        EXPECT_EQ(json::to_text(car), json::print(json::write(car))) << text;
    }
    Car const bare { "x", Colour::dark_blue, Date {}, {} };
    EXPECT_EQ(json::to_text(bare), json::print(json::write(bare)));
}

TEST(Json, an_error_names_the_member_by_its_path)
{
    EXPECT_EQ(error_of(R"({"plate":"x","colour":"red","wheels":[{"sizeCm":-1}]})").field,
        "wheels[0].sizeCm");
    EXPECT_EQ(error_of(R"({"plate":"x","colour":"red","wheels":[{"sizeCm":65536}]})").what,
        "wheels[0].sizeCm must be a whole number from 0 to 65535");
    EXPECT_EQ(error_of(R"({"plate":"x","wheels":[]})").what, "colour is missing");
    EXPECT_EQ(error_of(R"({"plate":"x","colour":"green","wheels":[]})").what,
        "colour is 'green', which is none of: dark-blue, red");
    EXPECT_EQ(
        error_of(R"({"plate":"x","colour":"red","wheels":[],"sold":"2023-02-29"})").field, "sold");
}

TEST(Json, an_unknown_member_is_refused_from_a_user_and_passed_over_from_a_newer_peer)
{
    auto const more = R"({"plate":"x","colour":"red","wheels":[],"roof":1})";
    EXPECT_EQ(error_of(more).what, "roof is not a known member");
    EXPECT_TRUE(json::read_text<Car>(more, json::Unknown::keep).ok());
}

TEST(Json, a_member_named_twice_is_refused_at_any_depth)
{
    EXPECT_FALSE(json::parse(R"({"a":1,"a":2})").ok());
    EXPECT_FALSE(json::parse(R"({"b":[{"a":1,"a":1}]})").ok());
    EXPECT_FALSE(json::parse(R"({"a":1,"\u0061":2})").ok());
    EXPECT_TRUE(json::parse(R"({"a":{"a":1},"b":{"a":1}})").ok());
}

TEST(Json, depth_is_limited_and_broken_UTF_8_refused)
{
    std::string const open(json::depth_max, '['), close(json::depth_max, ']');
    EXPECT_TRUE(json::parse(open + close).ok());
    EXPECT_FALSE(json::parse("[" + open + close + "]").ok());
    EXPECT_FALSE(json::parse("\"\xc3\x28\"").ok());
    EXPECT_FALSE(json::parse("{} x").ok());
}

TEST(Json, a_number_that_no_double_holds_is_refused_at_any_depth)
{
    EXPECT_TRUE(json::parse("-1.7e308").ok());
    EXPECT_FALSE(json::parse("-6616e616").ok());
    EXPECT_FALSE(json::parse(R"({"a":[6616e616]})").ok());
}

TEST(Json, a_fraction_is_read_to_its_last_bit_and_written_so_that_it_is_read_again)
{
    // The second lies half way between two doubles, and the even one is the nearer by rule.
    EXPECT_EQ(json::parse("0.1").value().as_double(), 0.1);
    EXPECT_EQ(json::parse("9007199254740993.0").value().as_double(), 9007199254740992.0);
    EXPECT_EQ(json::parse("2.2250738585072011e-308").value().as_double(), 2.2250738585072011e-308);
    EXPECT_EQ(json::parse("-1e-400").value().as_double(), 0.0);
    for (auto const* text : { "6666666666666666666666666666666666666666", "1.7976931348623157e308",
             "123456789.12345678e-20", "[-0.0,1e0,2.5E-7]" }) {
        auto const printed = json::print(json::parse(text).value());
        EXPECT_EQ(json::print(json::parse(printed).value()), printed) << text;
    }
}

TEST(Json, the_schema_comes_from_the_same_list)
{
    EXPECT_EQ(json::print(json::schema<Wheel>()),
        R"({"type":"object","properties":{"sizeCm":{"type":"integer"}},"required":["sizeCm"]})");
    auto const car = json::schema<Car>();
    EXPECT_EQ(json::print(car.at("required")), R"(["plate","colour","wheels"])");
}

} // namespace comity
