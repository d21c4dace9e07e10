#include "security/overview.h"
#include "security/trial_security_test.h"

/// What a security officer sees.
namespace comity::security {

using namespace trial;

namespace {

Date const day = parse_date("2026-04-17").value();

Equivalent at(Mapping const& mapping, std::string_view party)
{
    return *std::ranges::find(mapping.equivalents, party, &Equivalent::party);
}

/// Row by row, how many contents of each level there are.
std::vector<std::int64_t> counted(Desk& desk)
{
    auto const of_level = [&](Transaction& t, std::size_t level) {
        return t.one(
            "SELECT count(*) FROM casework_content WHERE level = $1",
            [](store::Row const& row) { return row.integer(0); }, level);
    };
    std::vector<std::int64_t> out(protection::level_max + std::size_t { 1 });
    for (std::size_t level = 0; level < out.size(); ++level)
        out[level] = *desk.store->read([&](Transaction& t) { return of_level(t, level); }).value();
    return out;
}

} // namespace

TEST(Marking, is_mapped_by_its_level_and_never_by_its_word)
{
    auto const found = map_marking(law(), "MK", "TOP SECRET", day).value();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found.at(0).level, 3);
    EXPECT_EQ(at(found.at(0), "ME").marking, "SECRET");
    EXPECT_FALSE(at(found.at(0), "BG").beware);
    auto const secret_here = map_marking(law(), "RO", "SECRET", day).value();
    EXPECT_EQ(secret_here.at(0).level, 2);
    EXPECT_TRUE(at(secret_here.at(0), "ME").beware) << "there the word is level 3";
}

TEST(Marking, of_a_level_that_a_Party_lacks_has_no_equivalent_there)
{
    auto const found = map_marking(law(), "ME", "RESTRICTED", day).value();
    EXPECT_EQ(at(found.at(0), "AL").marking, std::nullopt);
    EXPECT_EQ(at(found.at(0), "MK").marking, "INTERNAL");
}

TEST(Marking, that_a_Party_does_not_have_is_refused_with_those_that_it_has)
{
    auto const error = [&](std::string_view party, std::string_view marking) {
        return map_marking(law(), party, marking, day).error();
    };
    EXPECT_EQ(error("XX", "SECRET").field, "party");
    EXPECT_EQ(error("RO", "").field, "marking");
    EXPECT_EQ(error("RO", std::string(marking_bytes_max + 1, 'x')).field, "marking");
    EXPECT_EQ(error("RO", std::string(marking_bytes_max, 'x')).kind, Error::Kind::not_found);
    EXPECT_NE(error("RO", "secret de stat").what.find("[STRICT SECRET]"), std::string::npos);
}

TEST(Rules, say_of_every_Party_its_markings_and_the_ways_that_are_open_on_a_day)
{
    auto const rules = rules_on(law(), "BG", day);
    auto const row = [&](std::string_view party) {
        return *std::ranges::find(rules.matrix, party, &PartyLevels::party);
    };
    EXPECT_EQ(row("RO").levels.at(2).to_them, "courier");
    EXPECT_EQ(row("RO").levels.at(3).to_them, "none");
    EXPECT_EQ(row("RO").levels.at(3).provision, "RES-BG(1)");
    EXPECT_EQ(row("BG").levels.at(2).to_them, "");
    EXPECT_EQ(row("AL").levels.at(0).marking, std::nullopt);
    auto const before = rules_on(law(), "BG", parse_date("2009-02-28").value());
    auto const of = [](Rules const& all) {
        return std::ranges::find_if(all.agreements, [](SecurityAgreement const& each) {
            return each.term == "security-level" && each.parties.back() == "RO";
        });
    };
    ASSERT_NE(of(rules), rules.agreements.end());
    EXPECT_TRUE(of(rules)->in_force);
    EXPECT_EQ(of(rules)->from, parse_date("2009-03-01").value());
    EXPECT_EQ(of(rules)->level, 3);
    EXPECT_FALSE(of(before)->in_force);
}

TEST(Overview, counts_items_by_level_and_lists_packets_with_their_receipts)
{
    Three states;
    auto const item = states.asked();
    auto const seen = [](Desk& desk) {
        auto out = oversee(*desk.store, desk.now).value();
        EXPECT_EQ(out.share, counted(desk));
        return out;
    };
    auto const sofia = seen(states.sofia);
    EXPECT_EQ(sofia.share.at(secret), 1);
    ASSERT_EQ(sofia.items.size(), 1U);
    EXPECT_EQ(sofia.items.at(0).item, item);
    EXPECT_EQ(sofia.items.at(0).party, "RO");
    ASSERT_EQ(sofia.packets.size(), 1U);
    EXPECT_EQ(sofia.packets.at(0).direction, "out");
    EXPECT_EQ(sofia.packets.at(0).state, "delivered");
    EXPECT_TRUE(sofia.packets.at(0).receipted);
    EXPECT_EQ(sofia.packets.at(0).level, secret);
    auto const bucharest = seen(states.bucharest);
    EXPECT_EQ(bucharest.packets.at(0).direction, "in");
    EXPECT_EQ(bucharest.items.at(0).direction, "in");
    ASSERT_TRUE(states.sofia.security.change_level(states.lowered(item, 0), Three::cleared()).ok());
    states.wait(std::chrono::hours { 5 });
    auto const open = seen(states.sofia).notices.at(0);
    EXPECT_EQ(open.state, NoticeState::open);
    EXPECT_EQ(open.age, 5 * 3600);
    EXPECT_TRUE(seen(states.sofia).items.empty()) << "lifted";
    auto const destroyed = states.sofia.store->write(
        [&](Transaction& t) { return states.sofia.casework->destroy(t, item); });
    ASSERT_TRUE(destroyed.ok());
    EXPECT_EQ(seen(states.sofia).share.at(secret), 0);
}

} // namespace comity::security
