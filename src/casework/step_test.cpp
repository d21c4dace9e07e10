#include "casework/trial_casework_test.h"

namespace comity::casework {
namespace {

using namespace trial;

/// Sofia asks where a person lives; an officer of Bucharest has to answer.
RequestDraft residence()
{
    auto draft = lawful();
    draft.kind = "residence";
    draft.plate.reset();
    draft.need_ground.reset();
    draft.query = json::parse(R"({"person":{"identities":[{"kind":"lawful","familyName":)"
                              R"("Попов TEST","givenName":"Иван","nationalities":["BG"]}],)"
                              R"("documents":[]}})")
                      .value()
                      .as_object();
    draft.facts = json::Object { { "judicial-reserved", false } };
    return draft;
}

json::Object object(char const* text)
{
    return json::parse(text).value().as_object();
}

StepDraft answer(char const* content = R"({"result":"hit","text":"Lives in Bucharest, TEST."})")
{
    return { "answer", object(content),
        object(R"({"judicial-reserved":false,"pending-permit-listed":false})") };
}

/// What a State's node says of itself, past its own casework, about a case of that number.
std::string say(Node& liar, std::string const& to, std::string const& type, json::Value content,
    std::string const& number)
{
    without_files(content);
    exchange::Outgoing out { json::from_word<message::Type>(type).value(), to, { "RAW", number } };
    out.in_reply_to = { "019d9a12-921f-7cdc-a00a-10aa4d15abc6", std::string(64, 'a') };
    out.purpose = "investigation";
    out.personal_data = out.type != message::Type::forwarding_notice;
    if (out.personal_data)
        out.retention = message::Retention { parse_date("2027-04-17").value(), "TEST" };
    out.parts = { { type, message::schema_of(out.type), to_bytes(json::print(content)) } };
    auto const sealed = liar.exchange->seal(std::move(out)).value();
    return liar.store->write([&](Transaction& t) { return liar.exchange->submit(t, sealed); })
        .value();
}

/// What its sender wants of a message that has not left yet, as another State's node may say it.
void bear(Node& sender, std::string const& id, std::string const& code)
{
    auto const done = sender.store->write([&](Transaction& t) -> Result<void> {
        auto const stored = TRY(exchange::message_by_id(t, id));
        auto manifest = TRY(
            json::read_text<message::Manifest>(as_text(stored.manifest), json::Unknown::refuse));
        manifest.handling = { code };
        TRY(t.run("UPDATE exchange_message SET manifest = $1 WHERE id = $2",
            to_bytes(json::to_text(manifest)), id));
        return {};
    });
    ASSERT_TRUE(done.ok()) << done.error().what;
}

std::string receipt_of(Node& sender, std::string const& id)
{
    auto const sent = [&](Transaction& t) { return exchange::message_by_id(t, id); };
    return crypto::enclosed_content(sender.store->read(sent).value().receipt).value();
}

json::Value example(std::string const& type)
{
    auto const text = read_file("tests/messages/" + type + ".json").value();
    return json::parse(as_text(text)).value();
}

struct Asked : Pair {
    Asked()
    {
        EXPECT_TRUE(sofia.casework->send(residence(), "A. Officer TEST").value().message);
        carry(both);
    }
    std::string const ours = "2026-0417";
    std::string const theirs = "BG/2026-0417";

    /// At Bucharest, or where `number` has no other State in front, at Sofia.
    void take(StepDraft const& draft, bool at_sofia = false)
    {
        auto& node = at_sofia ? sofia : bucharest;
        auto const taken = node.casework->take_step(at_sofia ? ours : theirs, draft, "TEST");
        ASSERT_TRUE(taken.ok()) << taken.error().what << " " << taken.error().field;
        for (auto const& each : taken.value().composed.judged)
            ASSERT_EQ(each.decision.verdict, treaty::Verdict::permitted)
                << each.what << json::print(treaty::write(each.decision));
        ASSERT_FALSE(taken.value().messages.empty());
        carry(both);
    }
    void both_are(CaseState at_sofia, CaseState at_bucharest)
    {
        EXPECT_EQ(sofia.row(ours).state, at_sofia);
        EXPECT_EQ(bucharest.row(theirs).state, at_bucharest);
    }
    json::Object last_content()
    {
        return json::parse(sofia.bodies(ours).back().text).value().as_object();
    }
};

} // namespace

TEST(Steps, an_officers_answer_closes_the_case_on_both_sides_with_both_decisions)
{
    Asked asked;
    asked.take(answer());
    asked.both_are(CaseState::answered, CaseState::answered);
    EXPECT_EQ(asked.last_content().at("text"), "Lives in Bucharest, TEST.");
    EXPECT_EQ(asked.last_content().at("requestDecision").at("verdict"), "permitted");
    EXPECT_EQ(asked.sofia.acts(asked.ours).back(), "answer-received");
    EXPECT_EQ(asked.bucharest.acts(asked.theirs).at(2), "answer-sent");
    EXPECT_EQ(asked.sofia.verified_entries(), 2);
    EXPECT_EQ(asked.bucharest.verified_entries(), 2);
    EXPECT_EQ(asked.sofia.casework->try_step(asked.ours, answer(), "TEST").error().kind,
        Error::Kind::conflict);
    EXPECT_EQ(
        asked.bucharest.casework->try_step(asked.theirs, answer(), "TEST").error().field, "type");
}

TEST(Steps, what_only_the_officer_knows_is_named_and_nothing_leaves_without_it)
{
    Asked asked;
    auto draft = answer();
    draft.facts.reset();
    auto const tried = asked.bucharest.casework->take_step(asked.theirs, draft, "TEST").value();
    EXPECT_TRUE(tried.messages.empty());
    EXPECT_TRUE(
        std::ranges::count(provisions_against(tried.composed.judged.at(0).decision), "A4(1)-1"));
    EXPECT_TRUE(
        std::ranges::count(provisions_against(tried.composed.judged.at(1).decision), "A2(e)"));
    asked.both_are(CaseState::waiting, CaseState::received);
    draft.facts = object(R"({"judicial-reserved":true,"pending-permit-listed":false})");
    EXPECT_EQ(asked.bucharest.casework->try_step(asked.theirs, draft, "TEST")
                  .value()
                  .judged.at(0)
                  .decision.verdict,
        treaty::Verdict::refused);
    draft.facts = object(R"({"channel-secure":true})");
    EXPECT_EQ(asked.bucharest.casework->try_step(asked.theirs, draft, "TEST").error().field,
        "facts.channel-secure");
}

TEST(Steps, what_an_answer_lacks_is_named_by_its_path_and_a_foreign_member_is_refused)
{
    Asked asked;
    auto draft = answer("{}");
    EXPECT_EQ(asked.bucharest.casework->try_step(asked.theirs, draft, "TEST").value().missing,
        std::vector<std::string> { "content.result" });
    EXPECT_EQ(asked.bucharest.casework->take_step(asked.theirs, draft, "TEST").error().field,
        "content.result");
    draft = answer(R"({"result":"perhaps"})");
    EXPECT_EQ(asked.bucharest.casework->try_step(asked.theirs, draft, "TEST").error().field,
        "content.result");
    draft = answer(R"({"result":"hit","decision":{}})");
    EXPECT_EQ(asked.bucharest.casework->try_step(asked.theirs, draft, "TEST").error().field,
        "content.decision");
    EXPECT_EQ(asked.bucharest.casework->try_step("none", draft, "TEST").error().kind,
        Error::Kind::not_found);
    EXPECT_EQ(asked.bucharest.casework->try_step(asked.theirs, { "gossip" }, "TEST").error().field,
        "type");
}

TEST(Steps, a_partial_answer_leaves_the_case_open_and_the_clock_running)
{
    Asked asked;
    StepDraft part { "partial-answer",
        object(R"({"answer":{"result":"hit","text":"An address, TEST."},)"
               R"("outstanding":["The permit"],"expectedBy":"2026-04-20T12:00:00Z"})"),
        answer().facts };
    asked.take(part);
    asked.both_are(CaseState::partly_answered, CaseState::partly_answered);
    EXPECT_EQ(asked.last_content().at("n"), 1);
    auto const clock = asked.sofia.view(asked.ours).clocks.at(0);
    EXPECT_TRUE(clock.due_at);
    EXPECT_FALSE(clock.elapsed);
    asked.take(part);
    EXPECT_EQ(asked.last_content().at("n"), 2);
    asked.take(answer());
    asked.both_are(CaseState::answered, CaseState::answered);
    part.content = object(R"({"answer":{"kind":"residence"}})");
    EXPECT_EQ(asked.bucharest.casework->try_step(asked.theirs, part, "TEST").error().kind,
        Error::Kind::conflict);
}

TEST(Steps, a_refusal_rests_on_one_of_three_grounds_and_says_why)
{
    for (auto const* ground : { "security", "other-important-interests", "national-law" }) {
        Asked asked;
        StepDraft draft { "refusal",
            json::Object { { "ground", ground }, { "text", "Reasons." } } };
        asked.take(draft);
        asked.both_are(CaseState::refused, CaseState::refused);
        EXPECT_EQ(asked.last_content().at("ground").as_string(), ground);
        auto const provisions = json::print(asked.last_content().at("provisions"));
        EXPECT_NE(provisions.find("A30(1)-1"), std::string::npos);
        EXPECT_NE(provisions.find("A30(1)-2"), std::string::npos);
    }
    Asked asked;
    auto const verdict = [&](char const* content) {
        return asked.bucharest.casework
            ->try_step(asked.theirs, { "refusal", object(content) }, "TEST")
            .value()
            .judged.at(0)
            .decision.verdict;
    };
    EXPECT_EQ(verdict(R"({"ground":"other","text":"Too much work."})"), treaty::Verdict::refused);
    EXPECT_EQ(verdict(R"({"ground":"security"})"), treaty::Verdict::incomplete);
    EXPECT_EQ(verdict(R"({"text":"Reasons."})"), treaty::Verdict::incomplete);
}

TEST(Steps, a_refusal_in_part_leaves_the_rest_open)
{
    Asked asked;
    asked.take({ "refusal", object(R"({"ground":"security","text":"Not all.","partial":true})") });
    asked.both_are(CaseState::partly_answered, CaseState::partly_answered);
}

TEST(Steps, a_refused_request_is_changed_and_passes_under_the_same_number)
{
    Asked asked;
    asked.take({ "refusal", object(R"({"ground":"national-law","text":"Name the offence."})") });
    auto changed = residence();
    changed.offence = "vehicle theft with violence";
    ASSERT_TRUE(asked.sofia.casework->send(changed, "TEST").value().message);
    carry(asked.both);
    asked.both_are(CaseState::waiting, CaseState::received);
    asked.take(answer());
    asked.both_are(CaseState::answered, CaseState::answered);
}

TEST(Steps, conditions_are_set_and_accepted_and_the_request_goes_on)
{
    Asked asked;
    StepDraft const conditions { "conditions",
        object(R"({"conditions":[{"text":"No use in court without consent."}]})"),
        object(R"({"refusal-ground":"national-law"})") };
    asked.take(conditions);
    asked.both_are(CaseState::conditions, CaseState::conditions);
    EXPECT_EQ(asked.last_content().at("conditions").at(0).at("n"), 1);
    asked.take(
        { "conditions-answer", object(R"({"accepted":true,"conditionsAccepted":[1]})") }, true);
    asked.both_are(CaseState::waiting, CaseState::received);
    asked.take(answer());
    asked.both_are(CaseState::answered, CaseState::answered);
}

TEST(Steps, conditions_that_are_declined_end_the_request)
{
    Asked asked;
    asked.take({ "conditions", object(R"({"conditions":[{"text":"One."}]})"),
        object(R"({"refusal-ground":"security"})") });
    auto const unsaid = asked.sofia.casework->try_step(asked.ours, { "conditions-answer" }, "TEST");
    EXPECT_EQ(unsaid.value().missing, std::vector<std::string> { "content.accepted" });
    asked.take(
        { "conditions-answer", object(R"({"accepted":false,"text":"Not in time."})") }, true);
    asked.both_are(CaseState::withdrawn, CaseState::withdrawn);
}

TEST(Steps, conditions_need_a_ground_as_a_refusal_does)
{
    Asked asked;
    StepDraft draft { "conditions", object(R"({"conditions":[{"text":"One."}]})") };
    auto const tried = asked.bucharest.casework->try_step(asked.theirs, draft, "TEST").value();
    EXPECT_FALSE(tried.permitted());
    draft.content = json::Object {};
    EXPECT_EQ(
        asked.bucharest.casework->try_step(asked.theirs, draft, "TEST").value().missing.front(),
        "content.conditions");
}

TEST(Steps, what_is_asked_back_is_answered_and_the_request_goes_on)
{
    Asked asked;
    asked.take({ "clarification-request", object(R"({"questions":["Which district?"]})"),
        object(R"({"personal-data":false})") });
    asked.both_are(CaseState::clarification, CaseState::clarification);
    asked.take({ "clarification", object(R"({"answers":["Lom."]})") }, true);
    asked.both_are(CaseState::waiting, CaseState::received);
    auto const bodies = asked.bucharest.bodies(asked.theirs);
    EXPECT_NE(bodies.back().text.find("Lom."), std::string::npos);
    EXPECT_EQ(asked.bucharest.acts(asked.theirs).back(), "clarification-received");
}

TEST(Steps, a_request_is_withdrawn_with_a_reason)
{
    Asked asked;
    asked.take({ "request-withdrawal", object(R"({"reason":"The person was found."})") }, true);
    asked.both_are(CaseState::withdrawn, CaseState::withdrawn);
}

TEST(Steps, a_misdirected_request_is_passed_on_to_another_Party_and_its_answer_comes_back)
{
    Node sofia { 0 }, bucharest { 1 }, belgrade { 2 };
    std::array<Node*, 3> const all { &sofia, &bucharest, &belgrade };
    ASSERT_TRUE(sofia.casework->send(residence(), "TEST").value().message);
    carry(all);
    StepDraft forward { "forwarding-notice",
        object(R"({"competentAuthority":"NCU Belgrade TEST","competentState":"RS"})"),
        object(R"({"judicial-reserved":false})") };
    auto const taken = bucharest.casework->take_step("BG/2026-0417", forward, "TEST");
    ASSERT_TRUE(taken.ok()) << taken.error().what;
    ASSERT_EQ(taken.value().messages.size(), 2)
        << json::print(treaty::write(taken.value().composed.judged.back().decision));
    carry(all);
    EXPECT_EQ(bucharest.row("BG/2026-0417").state, CaseState::forwarded);
    EXPECT_EQ(sofia.row("2026-0417").state, CaseState::waiting);
    EXPECT_EQ(sofia.row("2026-0417").requested, "RS");
    auto const notice = json::parse(sofia.bodies("2026-0417").back().text).value().as_object();
    EXPECT_EQ(notice.at("forwarded").at("id").as_string(), taken.value().messages.at(0));
    auto const row = belgrade.row("BG/2026-0417");
    EXPECT_EQ(row.requesting, "BG");
    EXPECT_EQ(row.state, CaseState::received);
    ASSERT_FALSE(
        belgrade.casework->take_step("BG/2026-0417", answer(), "TEST").value().messages.empty());
    carry(all);
    EXPECT_EQ(sofia.row("2026-0417").state, CaseState::answered);
    EXPECT_EQ(sofia.acts("2026-0417").back(), "answer-received");
    for (auto* node : all) EXPECT_TRUE(node->verified_entries() > 0);
}

TEST(Steps, a_request_that_bears_H2_is_passed_on_with_the_consent_of_who_asked_alone)
{
    for (std::string const code : { "H0", "H1", "H2" }) {
        Node sofia { 0 }, bucharest { 1 }, belgrade { 2 };
        std::array<Node*, 3> const all { &sofia, &bucharest, &belgrade };
        auto const id = sofia.casework->send(residence(), "TEST").value().message.value();
        bear(sofia, id, code);
        carry(all);
        StepDraft const forward { "forwarding-notice",
            object(R"({"competentAuthority":"NCU Belgrade TEST","competentState":"RS"})"),
            object(R"({"judicial-reserved":false})") };
        auto const pass_on
            = [&] { return bucharest.casework->take_step("BG/2026-0417", forward, "TEST").take(); };
        auto const taken = pass_on();
        EXPECT_EQ(taken.messages.size(), code == "H2" ? 0U : 2U) << code;
        if (code != "H2") continue;
        ASSERT_TRUE(taken.composed.closed);
        EXPECT_EQ(taken.composed.closed->objections.at(0).provision, "A31(4)(i)");
        carry(all);
        EXPECT_TRUE(belgrade.acts("BG/2026-0417").empty()) << "nothing of it went on";
        protection::Consent consent { message::ConsentSubject::information_to_third_state, "BG-C-1",
            "BG" };
        auto const consented = [&](std::string const& to) {
            consent.recipient_state = to;
            return bucharest.store->write([&](Transaction& t) {
                return bucharest.vault->add_consent(t, id, consent, { "TEST", "BG/2026-0417" });
            });
        };
        ASSERT_TRUE(consented("HU").ok());
        EXPECT_TRUE(pass_on().messages.empty()) << "a consent for another State is none";
        ASSERT_TRUE(consented("RS").ok());
        EXPECT_EQ(pass_on().messages.size(), 2U);
    }
}

TEST(Steps, an_answer_that_overtakes_the_notice_moves_the_case_when_the_notice_comes)
{
    Node sofia { 0 }, bucharest { 1 }, belgrade { 2 };
    std::array<Node*, 3> const all { &sofia, &bucharest, &belgrade };
    ASSERT_TRUE(sofia.casework->send(residence(), "TEST").value().message);
    carry(all);
    StepDraft const forward { "forwarding-notice",
        object(R"({"competentAuthority":"NCU Belgrade TEST","competentState":"RS"})"),
        object(R"({"judicial-reserved":false})") };
    ASSERT_TRUE(bucharest.casework->take_step("BG/2026-0417", forward, "TEST").ok());
    while (carry_one(bucharest, belgrade)) { }
    ASSERT_TRUE(belgrade.casework->take_step("BG/2026-0417", answer(), "TEST").ok());
    while (carry_one(belgrade, sofia)) { }
    EXPECT_EQ(sofia.row("2026-0417").state, CaseState::waiting);
    EXPECT_EQ(sofia.row("2026-0417").requested, "RO");
    EXPECT_EQ(sofia.acts("2026-0417").back(), "answer-received");
    carry(all);
    EXPECT_EQ(sofia.row("2026-0417").requested, "RS");
    EXPECT_EQ(sofia.row("2026-0417").state, CaseState::answered);
}

TEST(Steps, a_Party_that_was_not_asked_neither_settles_a_case_nor_sends_it_elsewhere)
{
    Node sofia { 0 }, bucharest { 1 }, belgrade { 2 };
    std::array<Node*, 3> const all { &sofia, &bucharest, &belgrade };
    ASSERT_TRUE(sofia.casework->send(residence(), "TEST").value().message);
    carry(all);
    for (auto const* type : { "answer", "refusal", "forwarding-notice" }) {
        auto const id = say(belgrade, "BG", type, example(type), "2026-0417");
        carry(all);
        EXPECT_TRUE(std::ranges::count(sofia.acts("2026-0417"), std::string { type } + "-received"))
            << receipt_of(belgrade, id);
        EXPECT_EQ(sofia.row("2026-0417").state, CaseState::waiting) << type;
        EXPECT_EQ(sofia.row("2026-0417").requested, "RO") << type;
    }
}

TEST(Steps, a_request_passed_on_never_takes_the_place_of_a_case_that_is_here)
{
    Node sofia { 0 }, bucharest { 1 }, belgrade { 2 };
    std::array<Node*, 3> const all { &sofia, &bucharest, &belgrade };
    auto direct = residence();
    direct.to = "RS";
    ASSERT_TRUE(sofia.casework->send(direct, "TEST").value().message);
    carry(all);
    auto const before = belgrade.row("BG/2026-0417");
    auto content = example("forwarded-request");
    content.at("originalFrom") = "BG";
    content.at("request").at("caseNumber") = "2026-0417";
    auto const id = say(bucharest, "RS", "forwarded-request", content, {});
    carry(all);
    EXPECT_EQ(belgrade.row("BG/2026-0417").request_message, before.request_message);
    EXPECT_NE(receipt_of(bucharest, id).find(R"("field":"request.caseNumber")"), std::string::npos)
        << receipt_of(bucharest, id);
}

TEST(Steps, a_request_passed_on_within_the_same_State_sends_the_notice_alone)
{
    Asked asked;
    asked.take({ "forwarding-notice",
        object(R"({"competentAuthority":"Border Police Inspectorate TEST"})"),
        object(R"({"judicial-reserved":false})") });
    asked.both_are(CaseState::waiting, CaseState::forwarded);
    EXPECT_EQ(asked.sofia.row(asked.ours).requested, "RO");
    auto const back = asked.bucharest.casework->try_step(asked.theirs,
        { "forwarding-notice", object(R"({"competentAuthority":"NCU","competentState":"BG"})") },
        "TEST");
    EXPECT_EQ(back.error().kind, Error::Kind::conflict); // It is gone already.
}

TEST(Steps, a_request_is_not_passed_back_nor_to_who_is_no_Party)
{
    Asked asked;
    auto const field = [&](char const* state) {
        StepDraft draft { "forwarding-notice",
            json::Object { { "competentAuthority", "X" }, { "competentState", state } } };
        return asked.bucharest.casework->try_step(asked.theirs, draft, "TEST").error().field;
    };
    EXPECT_EQ(field("BG"), "content.competentState");
    EXPECT_EQ(field("TR"), "content.competentState");
}

TEST(Steps, an_owner_passed_on_is_answered_by_the_other_register_straight_to_who_asked)
{
    Node sofia { 0 }, bucharest { 1 }, belgrade { 2 };
    std::array<Node*, 3> const all { &sofia, &bucharest, &belgrade };
    bucharest.use(silent_law());
    add_vehicle(belgrade, "BG 123 AA");
    auto draft = lawful();
    draft.plate = "BG 123 AA";
    ASSERT_TRUE(sofia.casework->send(draft, "TEST").value().message);
    carry(all);
    StepDraft const forward { "forwarding-notice",
        object(R"({"competentAuthority":"NCU Belgrade TEST","competentState":"RS"})"),
        object(R"({"judicial-reserved":false})") };
    ASSERT_EQ(
        bucharest.casework->take_step("BG/2026-0417", forward, "TEST").value().messages.size(), 2);
    carry(all);
    EXPECT_EQ(sofia.row("2026-0417").state, CaseState::answered);
    EXPECT_NE(sofia.bodies("2026-0417").back().text.find("\"hit\""), std::string::npos);
}

TEST(Steps, a_word_on_a_case_that_nobody_knows_is_rejected)
{
    Asked asked;
    asked.take(answer());
    // Bucharest answers a second time what it has answered; Sofia's case is settled and stays so.
    EXPECT_TRUE(asked.bucharest.store
            ->write([&](Transaction& t) { return set_state(t, asked.theirs, CaseState::received); })
            .ok());
    asked.take({ "refusal", object(R"({"ground":"security","text":"Late."})") });
    EXPECT_EQ(asked.sofia.row(asked.ours).state, CaseState::answered);
    EXPECT_EQ(asked.sofia.acts(asked.ours).back(), "refusal-received");
}

} // namespace comity::casework
