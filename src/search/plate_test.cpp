#include "search/plate.h"

#include <gtest/gtest.h>

namespace comity::search {

TEST(Plate, every_way_of_writing_a_plate_has_one_key)
{
    for (char const* plate :
        { "CA 1234 AB", "СА 1234 АВ", "ca1234ab", " СА-1234-ав ", "CA.1234.AB" })
        EXPECT_EQ(plate_key(plate), "CA1234AB") << plate;
    EXPECT_EQ(plate_key("Šabac ŠA 123-ČĆ"), "SABACSA123CC");
    EXPECT_EQ(plate_key("B 123 ABC"), "B123ABC");
    EXPECT_EQ(plate_key(""), "");
    EXPECT_EQ(plate_key("東京"), "");
}

TEST(Plate, the_usual_shapes_of_a_State_are_known_and_others_only_unusual)
{
    EXPECT_EQ(plate_fit("RO", "B 123 ABC"), PlateFit::usual);
    EXPECT_EQ(plate_fit("RO", "CJ 12 ABC"), PlateFit::usual);
    EXPECT_EQ(plate_fit("RO", "CJ 1234 ABC"), PlateFit::unusual);
    EXPECT_EQ(plate_fit("BG", "СА 1234 АВ"), PlateFit::usual);
    EXPECT_EQ(plate_fit("BG", "C 1234 AB"), PlateFit::usual);
    EXPECT_EQ(plate_fit("BG", "CA 1234 AF"), PlateFit::unusual); // F is in no Cyrillic plate
    EXPECT_EQ(plate_fit("RS", "BG 123-ŠĐ"), PlateFit::usual);
    EXPECT_EQ(plate_fit("SI", "LJ AB-123"), PlateFit::usual);
    EXPECT_EQ(plate_fit("RS", ""), PlateFit::unusual);
    EXPECT_EQ(plate_fit("XX", "B 123 ABC"), PlateFit::unusual);
}

TEST(Vin, the_letters_that_no_VIN_has_are_read_as_digits)
{
    EXPECT_EQ(vin_key("wvwzzz1jzxwOOQI23"), "WVWZZZ1JZXW000123");
}

} // namespace comity::search
