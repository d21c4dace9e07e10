#include "casework/trial_casework_test.h"

/// What another node does not take: a request has failed with it, of anything else only the
/// message has.
namespace comity::casework {
namespace {

using namespace trial;

json::Object object(char const* text)
{
    return json::parse(text).value().as_object();
}

StepDraft answer(char const* content = R"({"result":"hit","text":"Lives in Bucharest, TEST."})")
{
    return { "answer", object(content),
        object(R"({"judicial-reserved":false,"pending-permit-listed":false})") };
}

StepDraft withdrawal()
{
    return { "request-withdrawal", object(R"({"reason":"Found elsewhere TEST"})") };
}

/// An officer of Bucharest has to answer; each side may forget the case, so that it rejects what
/// comes in it.
struct Asked : Pair {
    Asked()
    {
        auto draft = lawful();
        draft.kind = "residence";
        draft.plate.reset();
        draft.need_ground.reset();
        draft.query = object(R"({"person":{"identities":[{"kind":"lawful","familyName":)"
                             R"("Попов TEST","nationalities":["BG"]}],"documents":[]}})");
        draft.facts = object(R"({"judicial-reserved":false})");
        EXPECT_TRUE(sofia.casework->send(draft, "A. Officer TEST").value().message);
        carry(both);
    }
    CaseRow forget(Node& node, std::string const& number)
    {
        auto const row = node.row(number);
        EXPECT_TRUE(node.store
                ->write([&](Transaction& t) {
                    return t.run("DELETE FROM casework_case WHERE number = $1", number);
                })
                .ok());
        return row;
    }
    void know_again(Node& node, CaseRow const& row)
    {
        EXPECT_TRUE(node.store->write([&](Transaction& t) { return put_case(t, row); }).ok());
    }
    std::string take(Node& node, StepDraft const& draft)
    {
        auto const taken
            = node.casework->take_step(node.keys.of.state == "BG" ? ours : theirs, draft, "TEST");
        EXPECT_TRUE(taken.ok()) << taken.error().what << " " << taken.error().field;
        EXPECT_FALSE(taken.value().messages.empty());
        return taken.value().messages.empty() ? "" : taken.value().messages.front();
    }
    std::string const ours = "2026-0417", theirs = "BG/2026-0417";
};

bool may(Node& node, std::string const& number, std::string const& step)
{
    auto const steps = node.view(number).steps;
    return std::ranges::find(steps, step) != steps.end();
}

} // namespace

TEST(NotTaken, an_answer_is_shown_with_the_reason_and_the_officer_sends_anew)
{
    Asked asked;
    auto const row = asked.forget(asked.sofia, asked.ours);
    asked.take(asked.bucharest, answer());
    EXPECT_EQ(asked.bucharest.row(asked.theirs).state, CaseState::answered);
    carry(asked.both);
    EXPECT_EQ(asked.bucharest.row(asked.theirs).state, CaseState::received);
    auto const shown = asked.bucharest.view(asked.theirs).timeline.back();
    EXPECT_EQ(shown.act, "message-not-taken");
    EXPECT_EQ(shown.facts.at("type"), "answer");
    EXPECT_EQ(shown.facts.at("receipt"), "rejected");
    EXPECT_NE(shown.facts.at("reason").as_string().find("no open request"), std::string::npos);
    ASSERT_TRUE(may(asked.bucharest, asked.theirs, "answer"));

    asked.know_again(asked.sofia, row);
    asked.take(asked.bucharest, answer());
    carry(asked.both);
    EXPECT_EQ(asked.bucharest.row(asked.theirs).state, CaseState::answered);
    EXPECT_EQ(asked.sofia.row(asked.ours).state, CaseState::answered);
}

TEST(NotTaken, a_withdrawal_lets_the_case_go_on_waiting)
{
    Asked asked;
    auto const row = asked.forget(asked.bucharest, asked.theirs);
    asked.take(asked.sofia, withdrawal());
    carry(asked.both);
    EXPECT_EQ(asked.sofia.row(asked.ours).state, CaseState::waiting);
    EXPECT_EQ(asked.sofia.acts(asked.ours).back(), "message-not-taken");
    asked.know_again(asked.bucharest, row);
    asked.take(asked.sofia, withdrawal());
    carry(asked.both);
    EXPECT_EQ(asked.sofia.row(asked.ours).state, CaseState::withdrawn);
    EXPECT_EQ(asked.bucharest.row(asked.theirs).state, CaseState::withdrawn);
}

TEST(NotTaken, a_message_undoes_nothing_that_was_said_after_it)
{
    Asked asked;
    StepDraft const part { "partial-answer",
        object(R"({"answer":{"result":"hit","text":"TEST"},"outstanding":[]})"), answer().facts };
    auto const row = asked.forget(asked.sofia, asked.ours);
    asked.take(asked.bucharest, part);
    asked.take(asked.bucharest, answer());
    carry_one(asked.bucharest, asked.sofia);
    EXPECT_EQ(asked.bucharest.acts(asked.theirs).back(), "message-not-taken");
    EXPECT_EQ(asked.bucharest.row(asked.theirs).state, CaseState::answered)
        << "the answer is under way";
    asked.know_again(asked.sofia, row);
    carry(asked.both);
    EXPECT_EQ(asked.sofia.row(asked.ours).state, CaseState::answered);
    EXPECT_EQ(asked.bucharest.row(asked.theirs).state, CaseState::answered);
}

/// A third State, to which Bucharest passes the request on.
struct PassedOnTo : Asked {
    Node belgrade { 2 };
    std::array<Node*, 3> const all { &sofia, &bucharest, &belgrade };
    StepDraft const forwarding { "forwarding-notice",
        object(R"({"competentAuthority":"NCU Belgrade TEST","competentState":"RS"})"),
        object(R"({"judicial-reserved":false})") };

    std::vector<std::string> pass_on()
    {
        auto const taken = bucharest.casework->take_step(theirs, forwarding, "TEST");
        EXPECT_TRUE(taken.ok()) << taken.error().what;
        return taken.value().messages;
    }
};

TEST(NotTaken, the_notice_that_a_request_went_on_is_sent_anew_without_the_request)
{
    PassedOnTo it;
    auto const row = it.forget(it.sofia, it.ours);
    auto const first = it.pass_on();
    ASSERT_EQ(first.size(), 2);
    carry(it.all);
    auto const acts = it.bucharest.acts(it.theirs);
    EXPECT_EQ(std::ranges::count(acts, "message-not-taken"), 1);
    EXPECT_EQ(it.bucharest.row(it.theirs).state, CaseState::received);
    ASSERT_TRUE(may(it.bucharest, it.theirs, "forwarding-notice"));
    auto const there = it.belgrade.acts(it.theirs);

    it.know_again(it.sofia, row);
    auto const again = it.pass_on();
    ASSERT_EQ(again.size(), 1);
    carry(it.all);
    EXPECT_EQ(it.bucharest.row(it.theirs).state, CaseState::forwarded);
    EXPECT_EQ(it.belgrade.acts(it.theirs), there) << "the request is there already";
    EXPECT_EQ(it.sofia.row(it.ours).requested, "RS");
    auto const notice = json::parse(it.sofia.bodies(it.ours).back().text).value().as_object();
    EXPECT_EQ(notice.at("forwarded").at("id").as_string(), first.front());
}

TEST(NotTaken, a_request_that_did_not_go_on_goes_with_the_next_notice)
{
    PassedOnTo it;
    auto in_use = it.bucharest.row(it.theirs);
    in_use.requested = "RS";
    ASSERT_TRUE(it.belgrade.store->write([&](Transaction& t) { return put_case(t, in_use); }).ok());
    ASSERT_EQ(it.pass_on().size(), 2);
    carry(it.all);
    EXPECT_EQ(it.bucharest.row(it.theirs).state, CaseState::received);
    it.forget(it.belgrade, it.theirs);
    ASSERT_EQ(it.pass_on().size(), 2);
    carry(it.all);
    EXPECT_EQ(it.bucharest.row(it.theirs).state, CaseState::forwarded);
    EXPECT_EQ(it.belgrade.row(it.theirs).state, CaseState::received);
}

TEST(NotTaken, a_notice_has_not_arrived_and_its_case_says_so)
{
    Pair pair;
    auto const text = read_file("tests/messages/case-bulletin.json").value();
    NoticeDraft draft { "case-bulletin", "RO", "prevention", "smuggling TEST", "N-1" };
    draft.content = json::parse(as_text(text)).value().as_object();
    draft.facts = object(R"({"personal-data":false})");
    ASSERT_TRUE(pair.bucharest.store
            ->write([&](Transaction& t) { // its number is in use there
                return put_case(t,
                    { "BG/N-1", "N-1", "residence", "prevention", {}, "BG", "RO",
                        CaseState::received, start, {}, {} });
            })
            .ok());
    ASSERT_FALSE(pair.sofia.casework->send_notice(draft, "TEST").value().messages.empty());
    carry(pair.both);
    EXPECT_EQ(pair.sofia.row("N-1").state, CaseState::informed);
    EXPECT_EQ(pair.sofia.acts("N-1").back(), "message-not-taken");
}

TEST(NotTaken, the_writing_of_what_was_said_may_be_sent_anew)
{
    Pair pair;
    CallDraft call;
    call.request = lawful();
    call.request.urgency = "flash";
    call.request.plate = "---"; // names no vehicle: Bucharest rejects it in writing
    call.called_at = start - 10min;
    call.caller = "Duty officer TEST";
    call.callee = "Desk of Bucharest TEST";
    call.gist = "Whose car is it?";
    ASSERT_TRUE(pair.sofia.casework->keep_call(call, "TEST").ok());
    StepDraft const confirm { "oral-request-confirmation" };
    auto const taken = pair.sofia.casework->take_step("2026-0417", confirm, "TEST");
    ASSERT_TRUE(taken.ok()) << taken.error().what;
    ASSERT_FALSE(taken.value().messages.empty());
    carry(pair.both);
    EXPECT_EQ(pair.sofia.acts("2026-0417").back(), "message-not-taken");
    EXPECT_EQ(pair.sofia.row("2026-0417").state, CaseState::waiting);
    EXPECT_FALSE(pair.sofia.row("2026-0417").confirmed_at);
    EXPECT_EQ(pair.sofia.view("2026-0417").steps,
        std::vector<std::string> { "oral-request-confirmation" });
}

} // namespace comity::casework
