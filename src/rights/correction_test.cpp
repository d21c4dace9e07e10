#include "rights/trial_rights_test.h"

/// Art. 31(4)(c) between two States and three.
namespace comity::rights {

using namespace trial;
using message::CorrectionGround;

namespace {

constexpr auto ours = "2026-0417", theirs = "BG/2026-0417";

CorrectionDraft wrong_colour(std::string item)
{
    return { std::move(item), CorrectionGround::wrong, { { "vehicles[0].colour", "green" } }, {} };
}

std::string colour(json::Value const& answer)
{
    return std::string { answer.at("vehicles").at(0).at("colour").as_string() };
}

std::size_t count(std::vector<std::string> const& acts, std::string_view act)
{
    return static_cast<std::size_t>(std::ranges::count(acts, act));
}

} // namespace

TEST(Correction, reaches_the_receiver_is_made_there_and_confirmed_with_a_signed_message)
{
    Three states;
    states.answered();
    auto& bucharest = states.bucharest;
    auto& sofia = states.sofia;
    auto const told
        = bucharest.rights.correct(theirs, wrong_colour(bucharest.message(theirs, 1)), "TEST");
    ASSERT_TRUE(told.ok()) << told.error().field << ": " << told.error().what;
    ASSERT_EQ(told.value().decision->verdict, treaty::Verdict::permitted);
    ASSERT_EQ(told.value().messages.size(), 1U);
    EXPECT_EQ(colour(bucharest.said(theirs, 1)), "green") << "its own copy first";
    auto const open = bucharest.protection(theirs).notices.at(0);
    EXPECT_EQ(open.state, NoticeState::open);
    states.wait(std::chrono::hours { 2 });
    states.carry();

    EXPECT_EQ(colour(sofia.said(ours, 1)), "green");
    auto const here = sofia.protection(ours);
    ASSERT_EQ(here.items.at(1).corrected.size(), 1U);
    EXPECT_EQ(here.items.at(1).corrected[0].by, "RO");
    EXPECT_EQ(
        here.items.at(1).corrected[0].paths, std::vector<std::string> { "vehicles[0].colour" });
    EXPECT_EQ(here.notices.at(0).state, NoticeState::corrected);
    EXPECT_EQ(count(sofia.acts(ours), "correction-received"), 1U);
    EXPECT_EQ(count(sofia.acts(ours), "destruction-confirmation-sent"), 1U);
    auto const closed = bucharest.protection(theirs).notices.at(0);
    EXPECT_EQ(closed.state, NoticeState::corrected);
    EXPECT_NEAR(static_cast<double>(closed.age), 2 * 3600, 1);
    EXPECT_FALSE(closed.answer.empty());
}

TEST(Correction, seals_away_what_was_said_before_and_destroys_it_with_the_item)
{
    Three states;
    states.answered();
    auto& sofia = states.sofia;
    ASSERT_TRUE(states.bucharest.rights
            .correct(theirs, wrong_colour(states.bucharest.message(theirs, 1)), "TEST")
            .ok());
    states.carry();
    auto const before = sofia.protection(ours).items.at(1).corrected.at(0).before;
    auto const label_of_before = [&] {
        return sofia.store->read([&](Transaction& t) { return sofia.vault->label(t, before); });
    };
    EXPECT_EQ(label_of_before().value().owner, "RO");
    for (auto const& body : sofia.bodies(ours))
        EXPECT_EQ(body.text.find("blue"), std::string::npos) << "no case shows it";
    sofia.go_to(parse_date("2027-04-18").value());
    ASSERT_GT(sofia.casework->destroy_due().value(), 0U);
    EXPECT_EQ(label_of_before().error().kind, Error::Kind::not_found);
}

TEST(Correction, of_what_was_sent_unlawfully_destroys_it_there_with_the_entry_of_the_register)
{
    Three states;
    states.answered();
    auto& bucharest = states.bucharest;
    auto const item = bucharest.message(theirs, 1);
    ASSERT_TRUE(bucharest.rights
            .correct(theirs, { item, CorrectionGround::unlawfully_sent, {}, {} }, "TEST")
            .ok());
    states.carry();
    for (auto const& each : states.sofia.opened(ours)) EXPECT_NE(each.body.message, item);
    auto const settled = bucharest.protection(theirs).notices.at(0);
    EXPECT_EQ(settled.state, NoticeState::destroyed);
    ASSERT_TRUE(settled.entry);
    auto const leaf
        = states.sofia.store->read([&](Transaction& t) { return ledger::leaf(t, *settled.entry); });
    auto const entry
        = json::read_text<message::RegisterEntry>(as_text(leaf.value()), json::Unknown::keep);
    EXPECT_EQ(entry.value().act, message::Act::destroyed);
    EXPECT_EQ(entry.value().message, item);
    EXPECT_GT(states.sofia.verified_entries(), 0U);
}

TEST(Correction, of_what_was_destroyed_meanwhile_is_confirmed_with_the_entry_that_says_so)
{
    Three states;
    states.answered();
    auto const item = states.sofia.message(ours, 1);
    ASSERT_TRUE(states.sofia.store
            ->write([&](Transaction& t) { return states.sofia.casework->destroy(t, item); })
            .ok());
    ASSERT_TRUE(states.bucharest.rights
            .correct(theirs, { item, CorrectionGround::unlawfully_sent, {}, {} }, "TEST")
            .ok());
    states.carry();
    auto const here = states.sofia.protection(ours).notices;
    ASSERT_EQ(here.size(), 1U) << "in the case that it was about";
    EXPECT_EQ(here.at(0).state, NoticeState::destroyed);
    auto const there = states.bucharest.protection(theirs).notices.at(0);
    EXPECT_EQ(there.state, NoticeState::destroyed);
    EXPECT_TRUE(there.entry);
    EXPECT_EQ(there.entry, here.at(0).entry);
}

TEST(Correction, is_filed_in_no_case_that_its_sender_only_named)
{
    Three states;
    states.answered();
    exchange::Outgoing out { message::Type::request_withdrawal, "BG", { "X-1", ours } };
    out.legal_basis = { "PCC SEE", { "A4(1)-1" }, "" };
    out.verdict = "permitted";
    out.purpose = "investigation";
    out.personal_data = false;
    message::RequestWithdrawal const said { "X-1", { states.sofia.message(ours, 0), {} }, "TEST",
        false };
    out.parts = { { json::word(message::Type::request_withdrawal),
        message::schema_of(message::Type::request_withdrawal), to_bytes(json::to_text(said)) } };
    auto const sealed = states.belgrade.exchange->seal(std::move(out)).take();
    auto const id
        = states.belgrade.store
              ->write([&](Transaction& t) { return states.belgrade.exchange->submit(t, sealed); })
              .value();
    states.carry();
    auto const taken
        = states.sofia.store->read([&](Transaction& t) { return exchange::message_by_id(t, id); });
    ASSERT_TRUE(taken.ok());
    ASSERT_EQ(taken.value().state, "rejected");
    EXPECT_EQ(send_correction(states, states.belgrade,
                  { { { id, {} } }, CorrectionGround::unlawfully_sent, {}, {} }),
        "delivered");
    EXPECT_TRUE(states.sofia.protection(ours).notices.empty()) << "it is Romania's and ours";
}

TEST(Correction, goes_to_every_State_that_the_same_data_went_to)
{
    Three states;
    auto& sofia = states.sofia;
    auto& bucharest = states.bucharest;
    auto draft = lawful();
    draft.kind = "vehicle-owner";
    draft.plate = "M 1 TEST"; // Romania knows no such plate, so an officer passes it on.
    ASSERT_TRUE(sofia.casework->send(draft, "TEST").value().message);
    casework::trial::carry_one(sofia, bucharest);
    auto const passed = bucharest.casework->take_step(theirs,
        { "forwarding-notice",
            json::Object { { "competentAuthority", "RS-MOI" }, { "competentState", "RS" } } },
        "TEST");
    ASSERT_TRUE(passed.ok()) << passed.error().field << ": " << passed.error().what;
    ASSERT_EQ(passed.value().messages.size(), 2U);
    states.carry();
    ASSERT_TRUE(sofia.rights
            .correct(ours,
                { sofia.message(ours, 0), CorrectionGround::wrong,
                    { { "vehicle.plate", "M 2 TEST" } }, {} },
                "TEST")
            .ok());
    states.carry();
    auto const there = bucharest.protection(theirs);
    EXPECT_EQ(bucharest.title(theirs).plate, "M 2 TEST");
    auto const onward = std::ranges::find(there.notices, true, &NoticeView::sent);
    ASSERT_NE(onward, there.notices.end());
    EXPECT_EQ(onward->party, "RS");
    EXPECT_EQ(onward->state, NoticeState::corrected);
    EXPECT_EQ(states.belgrade.title(theirs).plate, "M 2 TEST");
    EXPECT_EQ(sofia.protection(ours).notices.at(0).state, NoticeState::corrected);
}

TEST(Correction, of_a_request_leaves_the_answer_as_the_State_that_gave_it_said_it)
{
    Three states;
    states.answered();
    ASSERT_TRUE(states.sofia.rights
            .correct(ours,
                { states.sofia.message(ours, 0), CorrectionGround::wrong,
                    { { "vehicle.plate", "B 124 ABC" } }, {} },
                "TEST")
            .ok());
    states.carry();
    auto const plate_of_answer = [](json::Value const& answer) {
        return std::string { answer.at("vehicles").at(0).at("plate").as_string() };
    };
    EXPECT_EQ(states.bucharest.title(theirs).plate, "B 124 ABC");
    EXPECT_EQ(plate_of_answer(states.bucharest.said(theirs, 1)), "B 123 ABC") << "it is Romania's";
    EXPECT_EQ(plate_of_answer(states.sofia.said(ours, 1)), "B 123 ABC");
    EXPECT_EQ(states.bucharest.protection(theirs).notices.size(), 1U);
}

TEST(Correction, touches_nothing_that_did_not_come_from_the_State_that_sends_it)
{
    Three states;
    states.answered();
    auto const own = states.sofia.message(ours, 0), answer = states.sofia.message(ours, 1);
    auto const send = [&](Desk& from, std::vector<message::MessageReference> items) {
        return send_correction(
            states, from, { std::move(items), CorrectionGround::unlawfully_sent, {}, {} });
    };
    EXPECT_EQ(send(states.belgrade, { { answer } }), "rejected") << "it is Romania's";
    EXPECT_EQ(send(states.bucharest, { { own } }), "rejected") << "it is Bulgaria's own";
    EXPECT_EQ(states.sofia.opened(ours).size(), 2U);
    EXPECT_EQ(send(states.bucharest, { { own }, { answer } }), "delivered");
    auto const left = states.sofia.opened(ours);
    EXPECT_EQ(left.at(0).body.message, own);
    for (auto const& each : left) EXPECT_NE(each.body.message, answer);
}

TEST(Correction, that_the_node_cannot_make_waits_for_an_officer_who_keeps_with_a_reason_or_destroys)
{
    for (auto const act : { Settling::keep, Settling::destroy }) {
        Three states;
        states.answered();
        auto& sofia = states.sofia;
        auto const item = sofia.message(ours, 1);
        send_correction(states, states.bucharest,
            { { { item, {} } }, CorrectionGround::wrong, { { "vehicles[0].weight", "TEST" } },
                {} });
        auto const open = sofia.protection(ours).notices.at(0);
        ASSERT_EQ(open.state, NoticeState::open);
        auto const settled = [&](Settling how, std::optional<std::string> reason) {
            return sofia.rights.settle(ours, open.place, { how, std::move(reason) }, "TEST");
        };
        EXPECT_EQ(settled(Settling::keep, {}).error().field, "reason");
        EXPECT_EQ(settled(Settling::take_note, {}).error().field, "act");
        ASSERT_EQ(settled(act, "No such member TEST").value().messages.size(), 1U);
        EXPECT_EQ(settled(act, "TEST").error().kind, Error::Kind::conflict) << "settled once";
        auto const now = sofia.protection(ours).notices.at(0);
        bool const kept = act == Settling::keep;
        EXPECT_EQ(now.state, kept ? NoticeState::kept : NoticeState::destroyed);
        EXPECT_EQ(now.entry.has_value(), !kept);
        EXPECT_EQ(sofia.opened(ours).size(), kept ? 4U : 3U);
    }
}

TEST(Correction, of_what_a_court_still_needs_waits_for_an_officer)
{
    Three states;
    states.answered();
    auto& sofia = states.sofia;
    auto const item = sofia.message(ours, 1);
    ASSERT_TRUE(sofia.store
            ->write([&](Transaction& t) {
                return sofia.vault->set_hold(t, item,
                    protection::Hold { "Appeal TEST", parse_date("2027-06-01").value() },
                    { "TEST", ours });
            })
            .ok());
    send_correction(
        states, states.bucharest, { { { item, {} } }, CorrectionGround::unlawfully_sent, {}, {} });
    EXPECT_EQ(sofia.protection(ours).notices.at(0).state, NoticeState::open);
    EXPECT_EQ(sofia.opened(ours).at(1).body.message, item);
}

TEST(Correction, names_a_file_and_who_received_it_destroys_it_or_says_why_not)
{
    Three states;
    auto& sofia = states.sofia;
    auto& bucharest = states.bucharest;
    auto const& files = sofia.casework->files();
    auto const picture = to_bytes("\xFF\xD8\xFF TEST");
    auto const number = files.begin({ "wrong person TEST.jpg", picture.size() }, "TEST").value();
    ASSERT_TRUE(files.put(number.number, 1, picture, "TEST").ok());
    auto draft = lawful();
    draft.files = { number.number };
    ASSERT_TRUE(sofia.casework->send(draft, "TEST").value().message);
    states.carry();
    auto const item = sofia.message(ours, 0);
    auto const wrong = [&](std::string path, std::optional<std::string> value) {
        return CorrectionDraft { item, CorrectionGround::wrong,
            { { std::move(path), std::move(value) } }, "Somebody else is on it." };
    };
    EXPECT_EQ(sofia.rights.correct(ours, wrong("attachments[0]", "x"), "TEST").error().field,
        "members[0]")
        << "a file has no value";
    EXPECT_EQ(sofia.rights.correct(ours, wrong("offence", {}), "TEST").error().field, "members[0]")
        << "anything else is told right";
    ASSERT_TRUE(sofia.rights.correct(ours, wrong("attachments[0]", {}), "TEST").ok());
    states.carry();
    auto const there = bucharest.protection(theirs).notices.at(0);
    ASSERT_EQ(there.state, NoticeState::open) << "an officer looks at it";
    EXPECT_EQ(bucharest.protection(theirs).items.at(0).corrected.at(0).paths,
        std::vector<std::string> { "attachments[0]" });
    EXPECT_EQ(sofia.protection(ours).notices.at(0).state, NoticeState::open);
    ASSERT_TRUE(
        bucharest.rights.settle(theirs, there.place, { Settling::destroy, {} }, "TEST").ok());
    ASSERT_TRUE(bucharest.casework->destroy_due().ok()) << "its pieces go in small writes";
    states.carry();
    EXPECT_EQ(sofia.protection(ours).notices.at(0).state, NoticeState::destroyed);
}

TEST(Correction, that_nobody_confirms_is_chased_after_its_time_and_not_before)
{
    Three states;
    states.answered();
    auto& bucharest = states.bucharest;
    ASSERT_TRUE(
        bucharest.rights.correct(theirs, wrong_colour(bucharest.message(theirs, 1)), "TEST").ok());
    bucharest.now += usual_patience - std::chrono::seconds { 1 };
    EXPECT_EQ(bucharest.rights.work().value(), 0U);
    bucharest.now += std::chrono::seconds { 1 };
    EXPECT_EQ(bucharest.rights.work().value(), 1U);
    EXPECT_EQ(bucharest.rights.work().value(), 0U) << "once each time";
    EXPECT_EQ(bucharest.protection(theirs).notices.at(0).chases, 1);
    bucharest.now += usual_patience;
    EXPECT_EQ(bucharest.rights.work().value(), 1U);
    states.sofia.now = bucharest.now;
    states.carry();
    EXPECT_EQ(bucharest.protection(theirs).notices.at(0).state, NoticeState::corrected);
    EXPECT_EQ(states.sofia.protection(ours).items.at(1).corrected.size(), 1U)
        << "the same word three times corrects once";
}

TEST(Correction, is_refused_for_what_this_State_did_not_send_and_names_a_path_that_is_not_there)
{
    Three states;
    states.answered();
    auto const field = [&](Desk& desk, std::string_view number, CorrectionDraft const& draft) {
        auto const told = desk.rights.correct(number, draft, "TEST");
        return told.ok() ? std::string { "none" } : told.error().field;
    };
    auto const answer = states.bucharest.message(theirs, 1);
    EXPECT_EQ(field(states.sofia, ours, wrong_colour(answer)), "item");
    auto& there = states.bucharest;
    EXPECT_EQ(field(there, theirs, { answer, CorrectionGround::wrong, {}, {} }), "members");
    EXPECT_EQ(field(there, theirs,
                  { answer, CorrectionGround::unlawfully_sent, { { "result", "hit" } }, {} }),
        "members");
    EXPECT_EQ(field(there, theirs,
                  { answer, CorrectionGround::wrong, { { "vehicles[9].colour", "x" } }, {} }),
        "members[0]");
    EXPECT_EQ(field(there, theirs,
                  { answer, CorrectionGround::wrong, { { "vehicles[0].colour", {} } }, {} }),
        "members[0]");
    EXPECT_EQ(
        field(there, theirs, { "no-such", CorrectionGround::wrong, { { "a", "b" } }, {} }), "item");
    EXPECT_TRUE(there.protection(theirs).notices.empty()) << "nothing was half done";
}

TEST(Doubt, goes_to_the_sender_and_its_correction_settles_it)
{
    Three states;
    states.answered();
    auto& sofia = states.sofia;
    auto& bucharest = states.bucharest;
    auto const item = sofia.message(ours, 1);
    auto const told
        = sofia.rights.doubt(ours, { item, { "vehicles[0].colour" }, "It is green TEST" }, "TEST");
    ASSERT_EQ(told.value().messages.size(), 1U);
    states.carry();
    auto const there = bucharest.protection(theirs).notices.at(0);
    EXPECT_EQ(there.kind, "doubt-notice");
    EXPECT_EQ(there.state, NoticeState::open);
    ASSERT_TRUE(bucharest.rights.correct(theirs, wrong_colour(item), "TEST").ok());
    states.carry();
    EXPECT_EQ(bucharest.protection(theirs).notices.at(0).state, NoticeState::corrected);
    EXPECT_EQ(sofia.protection(ours).notices.at(0).state, NoticeState::corrected);
    EXPECT_EQ(bucharest.rights.doubt(theirs, { item, {}, "TEST" }, "TEST").error().field, "item")
        << "it is its own";
    EXPECT_EQ(sofia.rights.doubt(ours, { item, {}, "" }, "TEST").error().field, "reason");
}

TEST(Doubt, that_the_sender_does_not_share_is_answered_with_the_reason)
{
    Three states;
    states.answered();
    auto& bucharest = states.bucharest;
    ASSERT_TRUE(
        states.sofia.rights.doubt(ours, { states.sofia.message(ours, 1), {}, "TEST" }, "TEST")
            .ok());
    states.carry();
    auto const place = bucharest.protection(theirs).notices.at(0).place;
    auto const noted = [&](std::optional<std::string> reason) {
        return bucharest.rights.settle(
            theirs, place, { Settling::take_note, std::move(reason) }, "TEST");
    };
    EXPECT_EQ(noted({}).error().field, "reason");
    ASSERT_EQ(noted("Seen again, it is blue TEST").value().messages.size(), 1U);
    states.carry();
    auto const here = states.sofia.protection(ours).notices.at(0);
    EXPECT_EQ(here.state, NoticeState::answered);
    EXPECT_EQ(here.reason, "Seen again, it is blue TEST");
}

TEST(UnlawfulUse, is_reported_to_the_sender_who_takes_note_of_it)
{
    Three states;
    states.answered();
    auto& bucharest = states.bucharest;
    auto const told = states.sofia.rights.report_unlawful_use(ours,
        { states.sofia.message(ours, 1), { start, start }, "Looked up for a friend TEST",
            { "Account closed TEST" }, 1 },
        "TEST");
    ASSERT_EQ(told.value().messages.size(), 1U);
    EXPECT_EQ(states.sofia.protection(ours).notices.at(0).state, NoticeState::answered);
    states.carry();
    auto const notice = bucharest.protection(theirs).notices.at(0);
    EXPECT_EQ(notice.kind, "unlawful-use-report");
    EXPECT_EQ(bucharest.rights.settle(theirs, notice.place, { Settling::destroy, {} }, "TEST")
                  .error()
                  .field,
        "act");
    ASSERT_TRUE(
        bucharest.rights.settle(theirs, notice.place, { Settling::take_note, {} }, "TEST").ok());
    EXPECT_EQ(bucharest.protection(theirs).notices.at(0).state, NoticeState::answered);
}

} // namespace comity::rights
