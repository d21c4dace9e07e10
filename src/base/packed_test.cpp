#include "base/packed.h"

#include <gtest/gtest.h>

namespace comity::packed {
namespace {

enum class Colour : std::uint8_t { red, dark_green };
BOOST_DESCRIBE_ENUM(Colour, red, dark_green)

struct Plate {
    std::string text;
    Colour colour {};
    std::optional<Date> until {};
};
BOOST_DESCRIBE_STRUCT(Plate, (), (text, colour, until))

struct Car {
    std::int32_t seats = 0;
    std::uint64_t built = 0;
    bool armoured = false;
    Instant seen;
    std::vector<Plate> plates {};
};
BOOST_DESCRIBE_STRUCT(Car, (), (seats, built, armoured, seen, plates))

/// The same, a year later.
struct NewerCar {
    std::int32_t seats = 0;
    std::uint64_t built = 0;
    bool armoured = false;
    Instant seen;
    std::vector<Plate> plates {};
    std::string owner = "nobody";
};
BOOST_DESCRIBE_STRUCT(NewerCar, (), (seats, built, armoured, seen, plates, owner))

Car car()
{
    return { -5, std::numeric_limits<std::uint64_t>::max(), true,
        parse_instant("2026-04-17T09:00:00Z").value(),
        { { "B 123 TEST", Colour::dark_green, parse_date("1969-12-31").value() },
            { "", Colour::red, std::nullopt } } };
}

} // namespace

TEST(Packed, gives_back_what_was_written)
{
    auto const bytes = write(car());
    EXPECT_EQ(json::to_text(read<Car>(bytes).value()), json::to_text(car()));
    EXPECT_LT(bytes.size() * 3, json::to_text(car()).size());
}

TEST(Packed, reads_a_struct_that_grew_at_its_end_and_refuses_one_of_a_newer_program)
{
    auto const grown = read<NewerCar>(write(car())).value();
    EXPECT_EQ(grown.plates.size(), 2);
    EXPECT_EQ(grown.owner, "nobody");
    EXPECT_EQ(read<Car>(write(grown)).error().kind, Error::Kind::malformed);
}

TEST(Packed, refuses_bytes_that_are_cut_off_anywhere_or_too_many)
{
    auto bytes = write(car());
    for (std::size_t size = 0; size < bytes.size(); ++size)
        EXPECT_FALSE(read<Car>(ByteView { bytes }.first(size)).ok()) << size;
    bytes.push_back(0);
    EXPECT_FALSE(read<Car>(bytes).ok());
}

TEST(Packed, refuses_a_list_longer_than_its_bytes)
{
    EXPECT_FALSE(read<std::vector<std::string>>(Bytes { 0xff, 0xff, 0xff, 0xff, 0x0f, 0 }).ok());
    EXPECT_FALSE(read<std::vector<std::string>>(Bytes(11, 0xff)).ok());
    EXPECT_TRUE(read<std::vector<std::string>>(Bytes { 0 }).value().empty());
}

} // namespace comity::packed
