#include "message/duty.h"

#include <gtest/gtest.h>

namespace comity::message {
namespace {

RegisterEntry example()
{
    RegisterEntry out {};
    out.v = 1;
    out.act = Act::received;
    out.at = parse_instant("2026-03-01T10:00:00.5Z").value();
    out.message = "01919191-7777-7abc-8def-0123456789ab";
    out.provisions = { "A5(1)-1" };
    out.case_number = "\"eraseBy\":\"1999-01-01\"";
    out.erase_by = parse_date("2027-03-01").value();
    out.commitment = std::string(64, 'a');
    return out;
}

bool same(Duty const& one, Duty const& other)
{
    return one.act == other.act && one.at == other.at && one.message == other.message
        && one.commitment == other.commitment && one.erase_by == other.erase_by
        && one.entry == other.entry;
}

} // namespace

TEST(Duty, read_from_a_leaf_is_that_of_the_whole_entry)
{
    auto entry = example();
    EXPECT_TRUE(same(read_duty(json::to_text(entry)).value(), duty_of(entry)));
    entry.act = Act::destroyed;
    entry.erase_by.reset();
    entry.entry = 7;
    EXPECT_TRUE(same(read_duty(json::to_text(entry)).value(), duty_of(entry)));
}

TEST(Duty, is_not_read_from_what_is_no_entry)
{
    auto const whole = json::to_text(example());
    auto const without = [&](std::string const& name) {
        auto value = json::parse(whole).value();
        value.as_object().erase(name);
        return json::print(value);
    };
    for (auto const* name : { "act", "at", "message", "commitment" }) {
        auto const read = read_duty(without(name));
        ASSERT_FALSE(read.ok()) << name;
        EXPECT_EQ(read.error().field, name);
    }
    EXPECT_FALSE(read_duty("[]").ok());
    auto twice = whole;
    twice.insert(1, R"("eraseBy":"2099-01-01",)");
    EXPECT_FALSE(read_duty(twice).ok());
    EXPECT_TRUE(read_duty(without("eraseBy")).ok());
}

TEST(RegisterEntry, of_a_newer_node_with_an_act_of_its_own_is_read_and_concludes_nothing)
{
    auto value = json::parse(json::to_text(example())).value();
    value.as_object()["act"] = "lent";
    value.as_object()["lentTo"] = "nobody TEST";
    auto const leaf = json::print(value);
    auto const entry = read_entry(leaf).value();
    EXPECT_EQ(entry.act, Act::other);
    EXPECT_EQ(entry.message, example().message);
    EXPECT_TRUE(same(read_duty(leaf).value(), duty_of(entry)));
    EXPECT_EQ(read_entry(json::to_text(example())).value().act, Act::received);
    value.as_object()["act"] = 7;
    EXPECT_FALSE(read_entry(json::print(value)).ok());
    EXPECT_FALSE(read_entry("[]").ok());
}

} // namespace comity::message
