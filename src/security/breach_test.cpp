#include "security/trial_security_test.h"

/// Art. 32(6): a breach is told to the State that sent what was touched.
namespace comity::security {

using namespace trial;

TEST(Breach, is_told_to_the_sender_with_its_three_parts_and_recorded_on_both_sides)
{
    Three states;
    auto const item = states.asked();
    auto& bucharest = states.bucharest;
    auto& sofia = states.sofia;
    auto const told = bucharest.security.report_breach(states.breach(item), "Officer TEST");
    ASSERT_TRUE(told.ok()) << told.error().field << ": " << told.error().what;
    ASSERT_EQ(told.value().decision->verdict, treaty::Verdict::permitted);
    ASSERT_EQ(told.value().messages.size(), 1U);
    states.carry();
    auto const sent = bucharest.notices().at(0);
    EXPECT_TRUE(sent.sent);
    EXPECT_EQ(sent.state, NoticeState::noted);
    auto const received = sofia.notices().at(0);
    EXPECT_EQ(received.kind, "breach-report");
    EXPECT_EQ(received.item, item);
    EXPECT_EQ(received.level_after, secret);
    ASSERT_EQ(received.state, NoticeState::open);
    for (auto* desk : { &sofia, &bucharest }) {
        auto const text = desk->security.read_notice(desk->notices().at(0).place, Three::cleared());
        ASSERT_TRUE(text.ok()) << text.error().what;
        EXPECT_EQ(text.value().at("circumstances"), "A print was left in a car TEST");
        EXPECT_EQ(text.value().at("consequences"), "Who read it is not known TEST");
        EXPECT_EQ(text.value().at("measuresTaken").as_array().size(), 1U);
    }
    ASSERT_TRUE(sofia.security.settle(received.place, {}, "Officer TEST").ok());
    EXPECT_EQ(sofia.notices().at(0).state, NoticeState::noted);
    EXPECT_EQ(sofia.notices().at(0).settled_by, "Officer TEST");
}

TEST(Breach, is_as_classified_as_what_it_is_about_and_sent_again_until_it_is_taken)
{
    Three states;
    auto const item = states.asked();
    auto& bucharest = states.bucharest;
    auto const peer_of_item = [&](char const* peer) {
        return states.sofia.store->write([&](Transaction& t) {
            return t.run("UPDATE exchange_message SET peer = $1 WHERE id = $2", peer, item);
        });
    };
    states.rejects = true;
    ASSERT_TRUE(peer_of_item("RS").ok()) << "as if it never went to Bucharest: it rejects";
    auto const id
        = bucharest.security.report_breach(states.breach(item), "TEST").value().messages.at(0);
    EXPECT_EQ(bucharest.level(id), secret);
    EXPECT_EQ(bucharest.notices().at(0).state, NoticeState::open) << "nobody has it yet";
    states.wait(rights::usual_patience);
    EXPECT_EQ(bucharest.security.work().value(), 0U) << "it is still under way";
    states.carry();
    EXPECT_EQ(bucharest.acts(theirs).back(), "breach-report-sent") << "again, and rejected again";
    EXPECT_EQ(bucharest.notices().at(0).state, NoticeState::open);
    states.rejects = false;
    ASSERT_TRUE(peer_of_item("RO").ok());
    states.wait(rights::usual_patience - std::chrono::hours { 1 });
    states.carry();
    EXPECT_TRUE(states.sofia.notices().empty()) << "not before its time";
    states.wait(std::chrono::hours { 1 });
    states.carry();
    ASSERT_EQ(states.sofia.notices().size(), 1U);
    EXPECT_EQ(bucharest.notices().at(0).state, NoticeState::noted);
    states.wait(rights::usual_patience);
    EXPECT_EQ(bucharest.security.work().value(), 0U) << "it is taken";
}

TEST(Breach, without_one_of_its_parts_is_incomplete_and_nothing_leaves)
{
    Three states;
    auto const item = states.asked();
    auto& bucharest = states.bucharest;
    auto const without = [&](auto change) {
        auto draft = states.breach(item);
        change(draft);
        return bucharest.security.report_breach(draft, "TEST").value();
    };
    for (auto const& told : {
             without([](BreachDraft& draft) { draft.circumstances.clear(); }),
             without([](BreachDraft& draft) { draft.consequences.clear(); }),
             without([](BreachDraft& draft) { draft.measures_taken.clear(); }),
         }) {
        EXPECT_TRUE(told.messages.empty());
        ASSERT_TRUE(told.decision);
        EXPECT_NE(told.decision->verdict, treaty::Verdict::permitted);
        auto const against = casework::provisions_against(*told.decision);
        EXPECT_NE(std::ranges::find(against, "A32(6)"), against.end());
    }
    EXPECT_TRUE(bucharest.notices().empty());
}

TEST(Breach, concerns_what_came_and_what_is_classified)
{
    Three states;
    auto const item = states.asked();
    auto const own = states.sofia.security.report_breach(states.breach(item), "TEST").error();
    EXPECT_EQ(own.kind, Error::Kind::conflict);
    EXPECT_EQ(own.field, "item");
    EXPECT_EQ(states.bucharest.security.report_breach(states.breach("none"), "TEST").error().kind,
        Error::Kind::not_found);
    ASSERT_TRUE(states.sofia.security.change_level(states.lowered(item, 0), Three::cleared()).ok());
    states.carry();
    auto const lifted
        = states.bucharest.security.report_breach(states.breach(item), "TEST").error();
    EXPECT_NE(lifted.what.find("not classified"), std::string::npos) << lifted.what;
}

TEST(Breach, is_read_by_who_answers_for_it_and_the_reading_is_in_the_log)
{
    Three states;
    auto const item = states.asked();
    ASSERT_TRUE(states.bucharest.security.report_breach(states.breach(item), "TEST").ok());
    states.carry();
    auto& sofia = states.sofia;
    casework::Officer officer { "security.1", "Security officer TEST", secret };
    auto const notice = sofia.notices().at(0);
    ASSERT_TRUE(sofia.security.read_notice(notice.place, officer).ok());
    auto const log = sofia.store->read(
        [](Transaction& t) { return protection::operations_of(t, "security.1"); });
    ASSERT_EQ(log.value().size(), 1U);
    EXPECT_EQ(log.value().at(0).item, notice.message);
    EXPECT_TRUE(log.value().at(0).permitted);
    EXPECT_EQ(sofia.security.read_notice(notice.place + 1, officer).error().field, "place");
}

} // namespace comity::security
