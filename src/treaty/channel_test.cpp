#include "treaty/channel.h"
#include "treaty/test_law.h"

#include <gtest/gtest.h>

#include <set>

namespace comity::treaty {
namespace {

using test::day;
using test::party;

Instant at(std::string_view date)
{
    return Instant { day(date) } + std::chrono::hours { 12 };
}

ChannelFinding between(std::string_view from, std::string_view to, int level,
    std::string_view on = "2026-04-17", Law const& law = test::law())
{
    return channel_between(resolve(law, party(from), party(to), at(on)), level);
}

/// The same said a second way, row by row from the tables, without the Pair.
Channel from_the_tables(Law const& law, PartyCode from, PartyCode to, int level, Date on)
{
    if (level == 0) return Channel::wire;
    auto const& tables = law.tables();
    auto const marks = [&](PartyCode code) {
        auto const* row = law.marking(code, level, on);
        return row && !row->text.empty();
    };
    auto const agreed = [&](AgreementTerm term) {
        std::int64_t most = 0;
        for (auto const& row : tables.agreement_terms)
            if (row.term == term && row.is_public && row.validity.covers(on) && row.binds(from, to))
                most = row.number;
        return most >= level;
    };
    for (auto const code : { from, to })
        if (!law.party(code)->in_force(on).yes()) return Channel::none;
    if (!marks(from)) return Channel::none;
    bool const secured = agreed(AgreementTerm::security_level);
    auto const bulgaria = PartyCode::of("BG");
    if ((from == bulgaria || to == bulgaria) && !secured) return Channel::none;
    if (!marks(to) && !secured) return Channel::none;
    return agreed(AgreementTerm::wire_level) ? Channel::wire : Channel::courier;
}

} // namespace

TEST(Channel, of_every_pair_and_level_is_what_the_tables_say)
{
    auto const& law = test::law();
    std::set<std::string_view> provisions;
    std::size_t counts[3] = {};
    for (auto const* date :
        { "2007-01-01", "2008-06-01", "2009-06-01", "2012-06-01", "2026-04-17" })
        for (auto const& from : law.parties())
            for (auto const& to : law.parties()) {
                if (from.code == to.code) continue;
                auto const pair = resolve(law, from.code, to.code, at(date));
                for (int level = 0; level <= level_max; ++level) {
                    auto const found = channel_between(pair, level);
                    EXPECT_EQ(
                        found.channel, from_the_tables(law, from.code, to.code, level, day(date)))
                        << from.code.text() << " -> " << to.code.text() << " level " << level
                        << " on " << date;
                    EXPECT_FALSE(found.reason.empty());
                    provisions.insert(found.provision);
                    ++counts[static_cast<std::size_t>(found.channel)];
                }
            }
    for (auto const count : counts) EXPECT_GT(count, 0U);
    for (auto const* each : { "A32(1)", "A32(2)", "A32(7)", "A40(2)", "RES-BG(1)" })
        EXPECT_TRUE(provisions.contains(each)) << each;
}

TEST(Channel, a_security_agreement_opens_the_way_up_to_its_level)
{
    EXPECT_EQ(between("BG", "RO", 2).channel, Channel::wire);
    EXPECT_EQ(between("BG", "RO", 3).channel, Channel::courier);
    auto const closed = between("BG", "RO", 4);
    EXPECT_EQ(closed.channel, Channel::none);
    EXPECT_EQ(closed.provision, "RES-BG(1)");
    EXPECT_EQ(between("RO", "BG", 4).provision, "RES-BG(1)");
    EXPECT_EQ(between("BG", "RS", 1).provision, "RES-BG(1)");
}

TEST(Channel, the_wire_is_open_from_its_day_on)
{
    EXPECT_EQ(between("BG", "RO", 2, "2011-12-31").channel, Channel::courier);
    EXPECT_EQ(between("BG", "RO", 2, "2012-01-01").channel, Channel::wire);
    EXPECT_EQ(between("BG", "RO", 1, "2011-12-31").channel, Channel::wire);
    EXPECT_EQ(between("BG", "RO", 1, "2009-02-28").channel, Channel::none);
    EXPECT_EQ(between("BG", "RO", 1, "2009-03-01").channel, Channel::wire);
}

TEST(Channel, without_any_agreement_a_courier_may_go_where_both_have_a_marking)
{
    auto const finding = between("RO", "RS", 3);
    EXPECT_EQ(finding.channel, Channel::courier);
    EXPECT_EQ(finding.provision, "A32(7)");
    EXPECT_EQ(between("RS", "AL", 1).provision, "A32(2)"); // Albania has none of level 1
    EXPECT_EQ(between("AL", "RS", 1).provision, "A32(2)");
    EXPECT_EQ(between("RS", "AL", 2).channel, Channel::courier);
}

TEST(Channel, a_suspension_of_the_article_closes_every_way)
{
    auto files = test::law_files();
    for (auto& file : files)
        if (file.name == "suspensions.tsv")
            file.text += "RO\t32\t2026-01-01\t-\t2026-01-16\topen\tTEST\t-\n";
    auto const read = read_law(files, test::plain_hash);
    ASSERT_TRUE(read.ok()) << read.error().what;
    auto const finding = between("BG", "RO", 1, "2026-04-17", read.value());
    EXPECT_EQ(finding.channel, Channel::none);
    EXPECT_EQ(finding.provision, "A42(3)-1");
    EXPECT_EQ(between("BG", "RO", 1, "2026-01-15", read.value()).channel, Channel::wire);
    EXPECT_EQ(between("BG", "RO", 0, "2026-04-17", read.value()).channel, Channel::wire);
}

TEST(Channel, a_level_over_four_is_no_row)
{
    auto files = test::law_files();
    for (auto& file : files)
        if (file.name == "agreement_terms.tsv")
            file.text += "TEST-MD-RO\tboth\twire-level\t5\t2009-03-01\topen\tTEST\t-\n";
    EXPECT_FALSE(read_law(files, test::plain_hash).ok());
}

TEST(Channel, the_matrix_is_printed_whole_and_by_pair)
{
    auto const& law = test::law();
    auto const all = print_channels(law, {}, {}, day("2026-04-17")).value();
    EXPECT_EQ(std::ranges::count(all, '\n'), 2 + 12 * 11);
    EXPECT_NE(all.find("BG -> RO  wire A32(7) TEST      wire A32(7) TEST      courier A32(7) TEST"
                       "   none RES-BG(1)\n"),
        std::string::npos)
        << all;
    auto const one = print_channels(law, party("BG"), party("RO"), day("2026-04-17")).value();
    EXPECT_NE(one.find("level 4: none    RES-BG(1): No security agreement that covers level 4 is "
                       "in force.\n    source: reservation RES-BG(1)\n"),
        std::string::npos)
        << one;
    EXPECT_EQ(print_channels(law, party("XX"), {}, day("2026-04-17")).error().kind,
        Error::Kind::not_found);
}

} // namespace comity::treaty
