#include "access/clearance.h"

#include <gtest/gtest.h>

namespace comity::access {
namespace {

std::string provision_of(Clearance const& held, Clearance const& needed)
{
    auto const found = refused(held, needed);
    return found ? found->provision : "";
}

} // namespace

TEST(Clearance, a_level_is_read_at_it_and_above_and_not_below)
{
    for (unsigned level = 0; level <= clearance_max; ++level)
        for (unsigned held = 0; held <= clearance_max; ++held)
            EXPECT_EQ(provision_of({ held }, { level }), held >= level ? "" : "A32(5)");
}

TEST(Clearance, a_compartment_is_read_by_those_named_for_it_whatever_their_level)
{
    using enum Compartment;
    EXPECT_EQ(provision_of({ 4 }, { 0, { witness_protection } }), "A10(1)");
    EXPECT_EQ(provision_of({ 4 }, { 0, { undercover } }), "A16(7)");
    EXPECT_EQ(provision_of({ 0, { undercover } }, { 0, { undercover } }), "");
    EXPECT_EQ(provision_of({ 0, { undercover } }, { 1, { undercover } }), "A32(5)");
    EXPECT_EQ(
        provision_of({ 4, { undercover } }, { 0, { undercover, witness_protection } }), "A10(1)");
}

TEST(Clearance, a_level_over_the_limit_and_a_compartment_twice_are_no_clearance)
{
    using enum Compartment;
    EXPECT_TRUE(check({ clearance_max, { undercover, witness_protection } }).ok());
    EXPECT_EQ(check({ clearance_max + 1 }).error().field, "level");
    EXPECT_EQ(check({ 0, { undercover, undercover } }).error().field, "compartments");
}

} // namespace comity::access
