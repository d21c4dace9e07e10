#include "rights/trial_rights_test.h"

/// Art. 31(4)(a)-2, (i), 27(12)(b): consent asked, given, withheld, taken back.
namespace comity::rights {

using namespace trial;
using message::ConsentSubject;

namespace {

constexpr auto ours = "2026-0417", theirs = "BG/2026-0417";

/// Sofia has an answer of Bucharest and wants it for prevention.
struct Asked : Three {
    std::string item;

    explicit Asked(ConsentSubject subject = ConsentSubject::other_purpose)
    {
        answered();
        item = sofia.message(ours, 1);
        ConsentDraft draft { item, subject, "prevention", {}, {}, "A series of thefts TEST", {} };
        if (subject == ConsentSubject::information_to_third_state) draft.recipient_state = "RS";
        auto const told = sofia.rights.ask_consent(ours, draft, "TEST");
        EXPECT_TRUE(told.ok()) << told.error().what;
        carry();
    }
    ConsentView there() { return bucharest.protection(theirs).consents.at(0); }
    ConsentView here() { return sofia.protection(ours).consents.at(0); }
    Result<Told> answer(ConsentAnswerDraft const& draft)
    {
        auto out = bucharest.rights.answer_consent(theirs, there().place, draft, "TEST");
        carry();
        return out;
    }
    protection::UseJudgement use(Wanted const& wanted, std::string_view of)
    {
        for (auto const& each : sofia.opened(ours, wanted))
            if (each.body.message == of) return each.judgement;
        return {};
    }
    protection::UseJudgement prevent() { return use({ .purpose = "prevention" }, item); }
};

} // namespace

TEST(Consent, given_opens_that_use_of_that_item_until_its_last_day_and_is_named)
{
    Asked states;
    EXPECT_FALSE(states.prevent().permitted());
    EXPECT_EQ(states.there().state, ConsentState::open);
    auto const last = parse_date("2026-05-01").value();
    ASSERT_TRUE(
        states.answer({ true, std::vector<std::string> { "Not in court TEST" }, last, {}, {} })
            .ok());
    auto const given = states.here();
    EXPECT_EQ(given.state, ConsentState::granted);
    EXPECT_EQ(given.number, states.there().number);
    EXPECT_EQ(states.prevent().consents, std::vector<std::string> { given.number });
    EXPECT_EQ(states.prevent().provisions.at(1), "A31(4)(a)-2");
    EXPECT_FALSE(states.use({ .purpose = "statistics" }, states.item).permitted());
    EXPECT_FALSE(
        states.use({ .purpose = "prevention", .onward_to = "RS" }, states.item).permitted());
    EXPECT_EQ(states.sofia.store
                  ->read([&](Transaction& t) { return states.sofia.vault->label(t, states.item); })
                  .value()
                  .consents.at(0)
                  .limits->at(0),
        "Not in court TEST");

    states.sofia.go_to(last - std::chrono::days { 1 });
    EXPECT_TRUE(states.prevent().permitted()) << "the day before";
    states.sofia.go_to(last);
    EXPECT_TRUE(states.prevent().permitted()) << "its last day";
    EXPECT_TRUE(states.here().holds);
    states.sofia.go_to(last + std::chrono::days { 1 });
    EXPECT_FALSE(states.prevent().permitted()) << "the day after";
    EXPECT_FALSE(states.here().holds);
}

TEST(Consent, withheld_opens_nothing_and_says_why)
{
    Asked states;
    EXPECT_EQ(states.answer({ false, {}, {}, {}, {} }).error().field, "withholdingGround");
    ASSERT_TRUE(states.answer({ false, {}, {}, "national-law", "TEST" }).ok());
    EXPECT_EQ(states.here().state, ConsentState::withheld);
    EXPECT_EQ(states.here().ground, "national-law");
    EXPECT_FALSE(states.prevent().permitted());
    EXPECT_EQ(states.answer({ true, {}, {}, {}, {} }).error().kind, Error::Kind::conflict)
        << "answered once";
}

TEST(Consent, taken_back_closes_the_use_again)
{
    Asked states;
    ASSERT_TRUE(states.answer({ true, {}, {}, {}, {} }).ok());
    EXPECT_TRUE(states.prevent().permitted());
    auto& there = states.bucharest.rights;
    auto const place = states.there().place;
    EXPECT_EQ(there.withdraw_consent(theirs, place, "", "TEST").error().field, "reason");
    ASSERT_TRUE(there.withdraw_consent(theirs, place, "Trial opened TEST", "TEST").ok());
    states.carry();
    EXPECT_FALSE(states.prevent().permitted());
    EXPECT_EQ(states.here().state, ConsentState::withdrawn);
    EXPECT_EQ(
        there.withdraw_consent(theirs, place, "TEST", "TEST").error().kind, Error::Kind::conflict)
        << "taken back once";
}

TEST(Consent, to_a_third_State_opens_the_way_to_that_State_alone)
{
    Asked states { ConsentSubject::information_to_third_state };
    EXPECT_FALSE(states.use({ .onward_to = "RS" }, states.item).permitted());
    ASSERT_TRUE(states.answer({ true, {}, {}, {}, {} }).ok());
    EXPECT_TRUE(states.use({ .onward_to = "RS" }, states.item).permitted());
    EXPECT_FALSE(states.use({ .onward_to = "ME" }, states.item).permitted());
    EXPECT_FALSE(states.prevent().permitted()) << "nor another purpose";
}

TEST(Consent, to_use_what_a_third_State_passed_on_is_asked_of_the_State_whose_it_is)
{
    Three states;
    auto& [sofia, bucharest, belgrade] = states;
    auto draft = lawful();
    draft.plate = "M 1 TEST"; // Romania knows no such plate, so an officer passes it on.
    ASSERT_TRUE(sofia.casework->send(draft, "TEST").value().message);
    casework::trial::carry_one(sofia, bucharest);
    auto const item_there = bucharest.message(theirs, 0);
    json::Object const to_belgrade { { "competentAuthority", "RS-MOI" },
        { "competentState", "RS" } };
    ASSERT_TRUE(
        bucharest.casework->take_step(theirs, { "forwarding-notice", to_belgrade }, "TEST").ok());
    states.carry();
    auto const item = belgrade.message(theirs, 0);
    ASSERT_NE(item, item_there);
    auto const permitted = [&] {
        return belgrade.opened(theirs, { .purpose = "prevention" }).at(0).judgement.permitted();
    };
    EXPECT_FALSE(permitted());
    ConsentDraft const wanted { item, ConsentSubject::other_purpose, "prevention", {}, {},
        "A series of thefts TEST", {} };
    ASSERT_TRUE(belgrade.rights.ask_consent(theirs, wanted, "TEST").ok());
    states.carry();
    EXPECT_TRUE(bucharest.protection(theirs).consents.empty()) << "it is not Romania's to give";
    auto const asked = sofia.protection(ours).consents.at(0);
    EXPECT_EQ(asked.party, "RS");
    EXPECT_EQ(asked.item, sofia.message(ours, 0)) << "as it left Bulgaria";
    ASSERT_TRUE(
        sofia.rights.answer_consent(ours, asked.place, { true, {}, {}, {}, {} }, "TEST").ok());
    states.carry();
    EXPECT_TRUE(permitted());
    ASSERT_TRUE(sofia.rights.withdraw_consent(ours, asked.place, "Trial opened TEST", "TEST").ok());
    states.carry();
    EXPECT_FALSE(permitted());
}

TEST(Consent, is_not_given_to_a_State_to_which_nothing_was_passed_on)
{
    Three states;
    states.answered();
    message::ConsentRequest const said { ConsentSubject::other_purpose,
        { { states.sofia.message(ours, 0), {} } }, "investigation", "prevention", {}, {}, "TEST",
        {} };
    EXPECT_EQ(send_letter(states, states.belgrade, message::Type::consent_request,
                  json::write(said).as_object(), true),
        "rejected");
    EXPECT_TRUE(states.sofia.protection(ours).consents.empty());
}

TEST(Consent, of_a_team_is_withheld_only_on_the_two_grounds_of_its_article)
{
    Asked states { ConsentSubject::other_offences };
    auto const withheld = [&](std::string ground) {
        return states.answer({ false, {}, {}, std::move(ground), {} });
    };
    EXPECT_EQ(withheld("security").error().kind, Error::Kind::not_permitted);
    EXPECT_EQ(withheld("national-law").error().field, "withholdingGround");
    ASSERT_TRUE(withheld("investigations-endangered").ok());
    Asked others { ConsentSubject::other_offences };
    ASSERT_TRUE(others.answer({ true, {}, {}, {}, {} }).ok());
    EXPECT_EQ(others.prevent().provisions.at(1), "A27(12)(b)");
}

TEST(Consent, is_asked_for_what_came_and_answered_by_whoever_was_asked)
{
    Asked states;
    auto const field = [&](ConsentDraft const& draft) {
        return states.sofia.rights.ask_consent(ours, draft, "TEST").error().field;
    };
    auto const own = states.sofia.message(ours, 0);
    using enum ConsentSubject;
    EXPECT_EQ(field({ own, other_purpose, "prevention", {}, {}, "TEST", {} }), "item");
    EXPECT_EQ(field({ states.item, other_purpose, "", {}, {}, "TEST", {} }), "purposeWanted");
    EXPECT_EQ(field({ states.item, other_purpose, "prevention", {}, {}, "", {} }), "justification");
    EXPECT_EQ(field({ states.item, information_to_third_state, "prevention", {}, {}, "TEST", {} }),
        "recipientState");
    EXPECT_EQ(
        field({ states.item, other_purpose, "prevention", {}, {}, "TEST", start }), "answerBy");
    EXPECT_EQ(states.sofia.rights
                  .answer_consent(ours, states.here().place, { true, {}, {}, {}, {} }, "TEST")
                  .error()
                  .kind,
        Error::Kind::conflict)
        << "it asked itself";
    auto const yesterday = parse_date("2026-04-16").value();
    EXPECT_EQ(states.answer({ true, {}, yesterday, {}, {} }).error().field, "validUntil");
}

} // namespace comity::rights
