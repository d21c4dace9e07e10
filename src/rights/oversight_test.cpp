#include "rights/oversight.h"
#include "rights/trial_rights_test.h"

/// What a data protection officer sees of a node.
namespace comity::rights {

using namespace trial;

namespace {

constexpr auto ours = "2026-0417", theirs = "BG/2026-0417";

Oversight seen(Desk& desk)
{
    return oversee(*desk.store, *desk.vault, usual_patience, desk.now).value();
}

} // namespace

TEST(Oversight, shows_open_confirmations_with_their_age_until_they_come)
{
    Three states;
    states.answered();
    auto& bucharest = states.bucharest;
    ASSERT_TRUE(bucharest.rights
            .correct(theirs,
                { bucharest.message(theirs, 1), message::CorrectionGround::wrong,
                    { { "vehicles[0].colour", "green" } }, {} },
                "TEST")
            .ok());
    states.wait(std::chrono::hours { 30 });
    ASSERT_EQ(seen(bucharest).open.size(), 1U);
    EXPECT_EQ(seen(bucharest).open.at(0).age, 30 * 3600);
    states.carry();
    EXPECT_TRUE(seen(bucharest).open.empty());
    EXPECT_TRUE(seen(states.sofia).open.empty()) << "it confirmed";
}

TEST(Oversight, lists_what_is_destroyed_next_and_marks_the_day_that_has_come)
{
    Three states;
    states.answered();
    auto& sofia = states.sofia;
    auto const before = seen(sofia).due;
    ASSERT_EQ(before.size(), 2U);
    EXPECT_EQ(before.at(0).destroy_on, parse_date("2027-04-17").value());
    EXPECT_FALSE(before.at(0).overdue);
    sofia.go_to(parse_date("2027-04-16").value());
    EXPECT_FALSE(seen(sofia).due.at(0).overdue) << "the day before";
    sofia.go_to(parse_date("2027-04-17").value());
    EXPECT_TRUE(seen(sofia).due.at(0).overdue) << "on it";
    ASSERT_TRUE(sofia.casework->destroy_due().ok());
    EXPECT_TRUE(seen(sofia).due.empty());
}

TEST(Oversight, counts_refused_uses_by_what_refused_them)
{
    Three states;
    states.answered();
    auto& sofia = states.sofia;
    EXPECT_TRUE(seen(sofia).refusals.empty());
    auto const log_before = seen(sofia).operations;
    ASSERT_EQ(sofia.opened(ours, { .purpose = "prevention" }).size(), 2U);
    auto const after = seen(sofia);
    ASSERT_EQ(after.refusals.size(), 1U);
    EXPECT_EQ(after.refusals.at(0).provision, "A31(4)(a)-2");
    EXPECT_EQ(after.refusals.at(0).count, 2);
    EXPECT_EQ(after.operations, log_before + 2);
}

TEST(Sample, is_drawn_again_by_its_seed_and_another_seed_draws_another)
{
    Three states;
    states.answered();
    for (int i = 0; i < 40; ++i) ASSERT_EQ(states.sofia.opened(ours).size(), 2U);
    auto const drawn = [&](std::string const& seed, std::size_t count) {
        return draw_sample(*states.sofia.store, seed, count);
    };
    auto const first = drawn("2026-04", 5).value();
    ASSERT_EQ(first.drawn.size(), 5U);
    EXPECT_GT(first.of, 80U);
    auto const text = [](Sample const& sample) { return json::to_text(sample); };
    EXPECT_EQ(text(drawn("2026-04", 5).value()), text(first));
    EXPECT_NE(text(drawn("2026-05", 5).value()), text(first));
    EXPECT_EQ(drawn("", 5).error().field, "seed");
    EXPECT_EQ(drawn("x", 0).error().field, "count");
    EXPECT_EQ(drawn("x", sample_max).value().drawn.size(), std::min<std::uint64_t>(100, first.of));
    EXPECT_EQ(drawn("x", sample_max + 1).error().field, "count");
}

} // namespace comity::rights
