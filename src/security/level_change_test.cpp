#include "casework/exports.h"
#include "security/trial_security_test.h"

/// Art. 32(4): a level changed or lifted between two States and three.
namespace comity::security {

using namespace trial;

namespace {

bool said(std::vector<std::string> const& acts, std::string_view act)
{
    return std::ranges::find(acts, act) != acts.end();
}

void print_once(Desk& desk, std::string const& number)
{
    casework::Export fresh;
    fresh.case_number = number;
    fresh.piece = "file";
    fresh.format = "pdf";
    fresh.purpose = "hearing TEST";
    fresh.at = desk.now;
    ASSERT_TRUE(
        desk.store->write([&](Transaction& t) { return casework::insert_export(t, fresh); }).ok());
}

} // namespace

TEST(LevelChange, of_an_item_reaches_its_receiver_is_followed_there_and_confirmed)
{
    Three states;
    auto const item = states.asked();
    auto& sofia = states.sofia;
    auto& bucharest = states.bucharest;
    ASSERT_EQ(bucharest.level(item), secret);
    EXPECT_FALSE(bucharest.may_read(theirs, item, 1));
    auto const told = sofia.security.change_level(states.lowered(item), Three::cleared());
    ASSERT_TRUE(told.ok()) << told.error().field << ": " << told.error().what;
    ASSERT_EQ(told.value().messages.size(), 1U);
    EXPECT_EQ(sofia.level(item), 1) << "its own copy first";
    ASSERT_EQ(sofia.notices().at(0).state, NoticeState::open);
    states.wait(std::chrono::hours { 2 });
    states.carry();

    EXPECT_EQ(bucharest.level(item), 1);
    EXPECT_TRUE(bucharest.may_read(theirs, item, 1));
    EXPECT_FALSE(bucharest.may_read(theirs, item, 0));
    auto const here = sofia.notices().at(0);
    EXPECT_EQ(here.state, NoticeState::followed);
    EXPECT_EQ(here.copies_marked, 1);
    EXPECT_EQ(here.copies_missing, 0);
    auto const there = bucharest.notices().at(0);
    EXPECT_FALSE(there.sent);
    EXPECT_EQ(there.level_before, secret);
    EXPECT_EQ(there.answer, here.answer) << "one confirmation, known to both";
    EXPECT_TRUE(said(bucharest.acts(theirs), "level-change-received"));
    EXPECT_TRUE(said(sofia.acts(ours), "level-change-confirmation-received"));
}

TEST(LevelChange, raises_too_and_shuts_out_who_is_not_cleared_so_far)
{
    Three states;
    auto const item = states.asked();
    ASSERT_TRUE(states.bucharest.may_read(theirs, item, secret));
    ASSERT_TRUE(
        states.sofia.security.change_level(states.lowered(item, 4), Three::cleared(4)).ok());
    states.carry();
    EXPECT_FALSE(states.bucharest.may_read(theirs, item, secret));
    EXPECT_TRUE(states.bucharest.may_read(theirs, item, 4));
}

TEST(LevelChange, waits_for_an_officer_where_the_case_was_printed_and_counts_what_is_missing)
{
    Three states;
    auto const item = states.asked();
    auto& bucharest = states.bucharest;
    print_once(bucharest, theirs);
    ASSERT_TRUE(states.sofia.security.change_level(states.lowered(item, 0), Three::cleared()).ok());
    states.carry();
    EXPECT_EQ(bucharest.level(item), 0) << "what the node holds follows at once";
    auto const open = bucharest.notices().at(0);
    ASSERT_EQ(open.state, NoticeState::open);
    EXPECT_EQ(states.sofia.notices().at(0).state, NoticeState::open);
    auto const settle = [&](std::int64_t marked, std::int64_t missing) {
        return bucharest.security.settle(open.place, { marked, missing, {} }, "TEST");
    };
    EXPECT_EQ(settle(-1, 0).error().field, "copiesMarked");
    EXPECT_EQ(settle(0, copies_max + 1).error().field, "copiesMissing");
    EXPECT_EQ(
        bucharest.security
            .settle(open.place, { 0, 0, std::string(rights::text_bytes_max + 1, 'x') }, "TEST")
            .error()
            .field,
        "text");
    EXPECT_EQ(bucharest.security.settle(open.place + 9, {}, "TEST").error().field, "place");
    auto const done = settle(0, copies_max);
    ASSERT_TRUE(done.ok()) << done.error().what;
    EXPECT_EQ(done.value().messages.size(), 1U);
    EXPECT_EQ(settle(0, 1).error().kind, Error::Kind::conflict) << "once only";
    states.carry();
    auto const closed = states.sofia.notices().at(0);
    EXPECT_EQ(closed.state, NoticeState::followed);
    EXPECT_EQ(closed.copies_marked, 1);
    EXPECT_EQ(closed.copies_missing, copies_max);
}

TEST(LevelChange, bears_the_new_level_itself_where_a_way_is_open_for_it)
{
    Three states;
    auto const item = states.asked();
    auto& sofia = states.sofia;
    auto const sent = [&](std::uint8_t level) {
        auto const told
            = sofia.security.change_level(states.lowered(item, level), Three::cleared(4)).value();
        auto const id = told.messages.at(0);
        auto const stored
            = sofia.store->read([&](Transaction& t) { return exchange::message_by_id(t, id); });
        states.carry();
        return std::pair { sofia.level(id), stored.value().channel };
    };
    EXPECT_EQ(sent(2), (std::pair { std::uint8_t { 2 }, message::Channel::wire }));
    EXPECT_EQ(sent(3), (std::pair { secret, message::Channel::courier }));
    EXPECT_EQ(sent(4), (std::pair { std::uint8_t { 0 }, message::Channel::wire }))
        << "without a security agreement no way is open, and still it is told";
    EXPECT_EQ(sent(0), (std::pair { std::uint8_t { 0 }, message::Channel::wire }));
}

TEST(LevelChange, that_nobody_confirms_is_told_again_and_settled_once)
{
    Three states;
    auto const item = states.asked();
    auto& sofia = states.sofia;
    auto& bucharest = states.bucharest;
    print_once(bucharest, theirs);
    ASSERT_TRUE(sofia.security.change_level(states.lowered(item, 0), Three::cleared()).ok());
    auto const again = [&] {
        return sofia.store
            ->read([&](Transaction& t) { return chases_of(t, sofia.notices().at(0).place); })
            .value()
            .size();
    };
    states.wait(rights::usual_patience);
    ASSERT_TRUE(sofia.security.work().ok());
    EXPECT_EQ(again(), 0U) << "it is still under way";
    states.carry();
    EXPECT_EQ(again(), 1U) << "an officer there has not looked for the prints yet";
    states.wait(rights::usual_patience - std::chrono::hours { 1 });
    states.carry();
    EXPECT_EQ(again(), 1U);
    states.wait(std::chrono::hours { 1 });
    states.carry();
    EXPECT_EQ(again(), 2U);
    ASSERT_EQ(bucharest.notices().size(), 1U) << "one task, however often it is told";
    ASSERT_TRUE(
        bucharest.security.settle(bucharest.notices().at(0).place, { 1, 0, {} }, "TEST").ok());
    states.carry();
    EXPECT_EQ(sofia.notices().at(0).state, NoticeState::followed);
    states.wait(rights::usual_patience);
    states.carry();
    EXPECT_EQ(again(), 2U) << "it is confirmed";
}

TEST(LevelChange, goes_on_to_the_State_that_the_receiver_passed_the_request_to)
{
    Three states;
    auto draft = Three::classified();
    draft.plate = "M 1 TEST";
    ASSERT_TRUE(states.sofia.casework->send(draft, Three::cleared()).value().message);
    states.carry();
    auto& bucharest = states.bucharest;
    casework::Officer officer { "TEST" };
    officer.clearance = secret;
    auto const passed = bucharest.casework->take_step(theirs,
        { "forwarding-notice",
            json::Object { { "competentAuthority", "RS-MOI" }, { "competentState", "RS" } } },
        officer);
    ASSERT_TRUE(passed.ok()) << passed.error().field << ": " << passed.error().what;
    ASSERT_EQ(passed.value().messages.size(), 2U);
    states.carry();
    auto const item = states.sofia.message(ours, 0);
    ASSERT_TRUE(states.sofia.security.change_level(states.lowered(item), Three::cleared()).ok());
    states.carry();
    auto const onward = passed.value().messages.at(0);
    EXPECT_EQ(bucharest.level(onward), 1);
    EXPECT_EQ(states.belgrade.level(onward), 1);
    std::size_t followed = 0;
    for (auto const& each : bucharest.notices())
        followed += static_cast<std::size_t>(
            each.sent && each.party == "RS" && each.state == NoticeState::followed);
    EXPECT_EQ(followed, 1U);
}

TEST(LevelChange, is_refused_for_what_came_what_is_not_there_and_what_does_not_change)
{
    Three states;
    auto const item = states.asked();
    auto const by = [&](Desk& desk, LevelDraft const& draft) {
        return desk.security.change_level(draft, "TEST").error();
    };
    auto const received = by(states.bucharest, states.lowered(item));
    EXPECT_EQ(received.kind, Error::Kind::conflict);
    EXPECT_NE(received.what.find("A32(4)-1"), std::string::npos) << received.what;
    EXPECT_EQ(by(states.sofia, states.lowered(item, secret)).kind, Error::Kind::conflict);
    EXPECT_EQ(by(states.sofia, states.lowered("nothing")).kind, Error::Kind::not_found);
    EXPECT_EQ(by(states.sofia, states.lowered(item, 5)).field, "levelAfter");
    EXPECT_EQ(by(states.sofia, { item, 1, "" }).field, "reason");
    EXPECT_EQ(by(states.sofia, { item, 1, std::string(rights::text_bytes_max + 1, 'x') }).field,
        "reason");
}

TEST(LevelChange, is_refused_to_who_is_not_cleared_for_what_it_bears_or_is_to_bear)
{
    Three states;
    auto const item = states.asked();
    auto& sofia = states.sofia;
    auto const by = [&](std::uint8_t clearance, std::uint8_t level) {
        return sofia.security.change_level(states.lowered(item, level), Three::cleared(clearance))
            .value();
    };
    struct Refused {
        std::uint8_t clearance, level;
    };
    for (auto const& [clearance, level] : { Refused { secret - 1, 1 }, { secret - 1, 0 },
             { 0, secret - 1 }, { secret, secret + 1 }, { secret - 1, secret + 1 } }) {
        auto const told = by(clearance, level);
        ASSERT_TRUE(told.decision);
        EXPECT_EQ(told.decision->verdict, treaty::Verdict::refused) << int(clearance);
        EXPECT_TRUE(std::ranges::any_of(told.decision->findings,
            [](auto const& each) { return std::string_view { each.provision->id } == "A32(5)"; }));
        EXPECT_TRUE(told.messages.empty());
    }
    EXPECT_EQ(sofia.level(item), secret) << "nothing of it was done";
    EXPECT_TRUE(sofia.notices().empty());
    EXPECT_EQ(by(secret, 1).messages.size(), 1U) << "his own level is enough";
    EXPECT_EQ(sofia.level(item), 1);
    EXPECT_EQ(by(2, 2).messages.size(), 1U);
    EXPECT_EQ(by(secret, secret).messages.size(), 1U) << "as far as he is cleared himself";
    EXPECT_EQ(sofia.level(item), secret);
}

TEST(LevelChange, of_a_State_that_did_not_send_the_item_is_rejected_and_changes_nothing)
{
    Three states;
    auto const item = states.asked();
    message::LevelChange const said { { { item, {} } }, secret, 0, {},
        parse_date("2026-04-17").value(), "TEST" };
    exchange::Outgoing out { message::Type::level_change, "RO", { "X-1", {} } };
    out.legal_basis = { "PCC SEE", { "A32(4)-1" }, "" };
    out.verdict = "permitted";
    out.purpose = "investigation";
    out.personal_data = false;
    out.parts = { { "level-change", message::schema_of(message::Type::level_change),
        to_bytes(json::to_text(said)) } };
    auto& belgrade = states.belgrade;
    auto const sealed = belgrade.exchange->seal(std::move(out)).take();
    auto const id
        = belgrade.store->write(
                            [&](Transaction& t) { return belgrade.exchange->submit(t, sealed); })
              .value();
    states.carry();
    auto const stored
        = belgrade.store->read([&](Transaction& t) { return exchange::message_by_id(t, id); });
    EXPECT_EQ(stored.value().state, "rejected");
    EXPECT_EQ(states.bucharest.level(item), secret);
    EXPECT_TRUE(states.bucharest.notices().empty());
}

} // namespace comity::security
