#include "rights/trial_person_test.h"

/// A31(4)(g)-3: no decision before the sender commented, waived, or the national deadline came.
namespace comity::rights {

using namespace trial;

TEST(Comment, is_waited_for_and_a_refusal_to_decide_names_who_has_not_commented)
{
    Answered states;
    auto const place = states.chosen(states.sofia, letter_of_stoyan());
    auto const blocked = [&] {
        auto const told = states.decide(states.sofia, place, ItemAnswer::full).value();
        EXPECT_EQ(told.not_heard, std::vector<std::string> { "RO" });
        EXPECT_EQ(told.decision->verdict, treaty::Verdict::refused);
        auto const cited = json::print(treaty::write(*told.decision));
        EXPECT_NE(cited.find("A31(4)(g)-3"), std::string::npos);
        return !told.done;
    };
    EXPECT_TRUE(blocked()) << "nobody was asked";
    EXPECT_EQ(states.item(states.sofia, place).heard, Heard::not_asked);
    ASSERT_TRUE(states.sofia.persons.ask_comments(place, "All of it TEST", officer).ok());
    states.carry();
    EXPECT_TRUE(blocked()) << "it did not answer";
    EXPECT_EQ(states.item(states.sofia, place).heard, Heard::waiting);
    EXPECT_EQ(states.sofia.persons.list().value().at(0).waiting, 1);
    EXPECT_FALSE(states.decide(states.sofia, place, ItemAnswer::refused, "TEST law").value().done)
        << "nor is anything refused before";
}

TEST(Comment, comes_with_its_position_and_ground_and_opens_the_decision)
{
    Answered states;
    auto const place = states.asked();
    auto const asked = states.bucharest.persons.asked_of_us().value().at(0);
    EXPECT_EQ(asked.party, "BG");
    EXPECT_EQ(asked.case_number, theirs);
    EXPECT_EQ(asked.answer_by, Instant { day("2026-05-17") });
    auto const opened = states.bucharest.persons.open_comment(asked.place, officer).value();
    EXPECT_EQ(opened.text, "We mean to tell him all TEST");
    EXPECT_EQ(states.comment(CommentPosition::objection).error().field, "text")
        << "who objects says why";
    ASSERT_TRUE(states.comment(CommentPosition::partial_objection, "Not the address TEST").ok());
    auto const view = states.sofia.persons.view(place, officer).value();
    EXPECT_EQ(view.items.at(0).heard, Heard::commented);
    EXPECT_EQ(view.comments.at(0).position, CommentPosition::partial_objection);
    EXPECT_EQ(view.comments.at(0).text, "Not the address TEST");
    EXPECT_TRUE(states.decide(states.sofia, place, ItemAnswer::partial, "TEST law", "A blue car")
            .value()
            .done);
    EXPECT_EQ(states.comment(CommentPosition::no_objection).error().kind, Error::Kind::conflict)
        << "answered once";
}

TEST(Comment, is_waived_without_a_word)
{
    Answered states;
    auto const place = states.asked();
    ASSERT_TRUE(states.comment(CommentPosition::no_objection).ok());
    EXPECT_EQ(states.item(states.sofia, place).heard, Heard::waived);
    EXPECT_TRUE(states.decide(states.sofia, place, ItemAnswer::full).value().done);
}

TEST(Comment, is_waited_for_until_the_national_deadline)
{
    Answered states;
    auto const place = states.asked();
    auto& now = states.sofia.now;
    now = Instant { day("2026-05-17") } - std::chrono::seconds { 1 };
    EXPECT_FALSE(states.decide(states.sofia, place, ItemAnswer::full).value().done) << "before";
    now = Instant { day("2026-05-17") };
    EXPECT_EQ(states.item(states.sofia, place).heard, Heard::expired);
    EXPECT_TRUE(states.decide(states.sofia, place, ItemAnswer::full).value().done) << "at it";
    Answered others;
    auto const later = others.asked();
    others.sofia.now = Instant { day("2026-05-18") };
    EXPECT_TRUE(others.decide(others.sofia, later, ItemAnswer::full).value().done) << "after it";
    others.bucharest.now = Instant { day("2026-05-17") };
    EXPECT_EQ(others.comment(CommentPosition::no_objection).error().kind, Error::Kind::conflict)
        << "its day is over";
}

TEST(Comment, is_asked_for_with_a_day_to_come_and_once)
{
    Answered states;
    auto& persons = states.sofia.persons;
    auto const place = persons.enter(letter_of_stoyan(), officer).value();
    EXPECT_EQ(persons.ask_comments(place, "", officer).error().field, "draft");
    EXPECT_EQ(persons.ask_comments(place, "TEST", officer).error().field, "deadline");
    ASSERT_TRUE(persons.set_deadline(place, { day("2026-05-17"), "TEST law" }, officer).ok());
    EXPECT_TRUE(persons.ask_comments(place, "TEST", officer).value().messages.empty())
        << "nothing was chosen";
    ASSERT_TRUE(persons.search(place, officer).ok());
    auto const item = states.item(states.sofia, place).item;
    EXPECT_EQ(persons.choose(place, { item, "other" }, officer).error().field, "items[1]");
    ASSERT_TRUE(persons.choose(place, { item }, officer).ok());
    EXPECT_EQ(persons.ask_comments(place, "TEST", officer).value().messages.size(), 1U);
    EXPECT_TRUE(persons.ask_comments(place, "TEST", officer).value().messages.empty());
    EXPECT_EQ(persons.set_deadline(place, { day("2026-05-01"), "TEST" }, officer).error().field,
        "deadline")
        << "the sender was told a later day";
    EXPECT_TRUE(persons.set_deadline(place, { day("2026-06-01"), "TEST" }, officer).ok());
    states.sofia.now = Instant { day("2026-06-01") };
    EXPECT_EQ(persons.ask_comments(place, "TEST", officer).error().field, "deadline");
}

TEST(Comment, that_nobody_asked_for_is_turned_down_and_a_doubt_is_still_answered)
{
    Answered states;
    EXPECT_EQ(states.bucharest.persons
                  .answer_comment(7, { CommentPosition::no_objection, {}, {} }, officer)
                  .error()
                  .kind,
        Error::Kind::not_found);
    auto const item = states.sofia.message(ours, 1);
    ASSERT_TRUE(states.sofia.rights.doubt(ours, { item, {}, "Seen elsewhere TEST" }, "TEST").ok());
    states.carry();
    auto const notice = states.bucharest.protection(theirs).notices.at(0);
    ASSERT_TRUE(states.bucharest.rights
            .settle(theirs, notice.place, { Settling::take_note, "It is right TEST" }, "TEST")
            .ok());
    states.carry();
    EXPECT_EQ(states.sofia.protection(ours).notices.at(0).state, NoticeState::answered);
}

} // namespace comity::rights
