#include "casework/trial_casework_test.h"

namespace comity::casework {

using namespace trial;

namespace {

constexpr auto ours = "2026-0417";
constexpr auto theirs = "BG/2026-0417";

Officer plain(std::string name)
{
    return { "id-" + name, name + " TEST", 0 };
}

Officer duty(std::string name)
{
    auto out = plain(std::move(name));
    out.keeps_desk = out.may_break_in = true;
    return out;
}

struct Guarded : Pair {
    explicit Guarded(FourEyes sofia_wants, FourEyes bucharest_wants = {})
    {
        sofia.use(law(), sofia_wants);
        bucharest.use(law(), bucharest_wants);
    }
    void name(Node& node, std::string_view number, Officer const& who, Officer const& by)
    {
        auto const named = node.casework->add_to_case(number, { who.account, who.name }, "", by);
        EXPECT_TRUE(named.ok() && !named.value());
    }
};

std::vector<Proposal> all_of(Node& node, std::string_view number, Officer const& who = "TEST")
{
    return node.casework->proposals(number, who).value();
}

StepDraft refusing()
{
    return { "refusal",
        json::parse(R"({"ground":"national-law","text":"Our law does not let us, TEST."})")
            .value()
            .as_object() };
}

/// The member of the fourth, sent by an officer of Sofia to an officer of Bucharest.
RequestDraft of_residence()
{
    auto draft = lawful();
    draft.kind = "residence";
    draft.plate = {};
    draft.need_ground = {};
    draft.query = json::parse(R"({"person":{"identities":[{"kind":"lawful",
        "familyName":"Popov TEST","givenName":"Ivan","nationalities":["BG"]}],
            "documents":[]}})")
                      .value()
                      .as_object();
    draft.facts = json::Object { { "judicial-reserved", false } };
    return draft;
}

} // namespace

TEST(FourEyes, are_asked_for_what_the_Party_sets_and_for_nothing_else)
{
    auto const hit = json::parse(R"({"result":"hit"})").value().as_object();
    auto const none = json::parse(R"({"result":"no-hit"})").value().as_object();
    auto const part = json::parse(R"({"answer":{"result":"hit"}})").value().as_object();
    for (auto const* type : { "request", "spontaneous-information", "refusal", "answer" })
        EXPECT_FALSE(guarded({}, type, hit)) << type;
    FourEyes const send { true, false, false }, refuse { false, true, false },
        release { false, false, true };
    EXPECT_EQ(guarded(send, "request", {}), GuardedAct::send);
    EXPECT_EQ(guarded(send, "spontaneous-information", {}), GuardedAct::send);
    EXPECT_EQ(guarded(send, "oral-request-confirmation", {}), GuardedAct::send);
    EXPECT_FALSE(guarded(send, "refusal", {}));
    EXPECT_FALSE(guarded(send, "clarification-request", {}));
    EXPECT_EQ(guarded(refuse, "refusal", {}), GuardedAct::refuse);
    EXPECT_FALSE(guarded(refuse, "request", {}));
    EXPECT_EQ(guarded(release, "answer", hit), GuardedAct::release_hit);
    EXPECT_EQ(guarded(release, "partial-answer", part), GuardedAct::release_hit);
    EXPECT_FALSE(guarded(release, "answer", none));
    EXPECT_FALSE(guarded(release, "answer", {}));
    EXPECT_FALSE(guarded(release, "request", hit));
    // Article 20: a sample that is asked for, and the hit of a comparison.
    EXPECT_EQ(guarded(send, "dna-sampling-request", {}), GuardedAct::send);
    EXPECT_EQ(guarded(release, "dna-result", hit), GuardedAct::release_hit);
    EXPECT_FALSE(guarded(release, "dna-result", none));
    EXPECT_FALSE(guarded(send, "dna-result", hit));
}

TEST(FourEyes, a_request_waits_until_a_second_officer_confirms_it)
{
    Guarded pair { { true, false, false } };
    auto const first = plain("first"), second = plain("second");
    auto const proposed = pair.sofia.casework->send(lawful(), first).value();
    EXPECT_EQ(proposed.proposal, 1);
    EXPECT_FALSE(proposed.message);
    carry(pair.both);
    EXPECT_EQ(pair.sofia.row(ours).state, CaseState::proposed);
    EXPECT_FALSE(pair.bucharest.store->read([](Transaction& t) { return find_case(t, theirs); })
            .value()
            .has_value())
        << "nothing left";

    pair.name(pair.sofia, ours, second, first);
    auto const confirmed = pair.sofia.casework->confirm(ours, 1, second);
    ASSERT_TRUE(confirmed.ok()) << confirmed.error().what << " " << confirmed.error().field;
    ASSERT_EQ(confirmed.value().taken.messages.size(), 1U);
    EXPECT_EQ(pair.sofia.row(ours).state, CaseState::waiting);
    carry(pair.both);
    EXPECT_EQ(pair.sofia.row(ours).state, CaseState::answered);

    auto const list = all_of(pair.sofia, ours);
    ASSERT_EQ(list.size(), 1U);
    EXPECT_EQ(list[0].state, ProposalState::confirmed);
    EXPECT_EQ(list[0].name, "first TEST");
    EXPECT_EQ(list[0].decided_by, "second TEST");
    std::vector<std::string> said;
    for (auto const& each : pair.sofia.view(ours).timeline)
        said.push_back(each.act + " " + each.actor);
    for (auto const* line :
        { "proposal-made first TEST", "proposal-confirmed second TEST", "request-sent first TEST" })
        EXPECT_TRUE(std::ranges::count(said, line)) << line;
}

TEST(FourEyes, are_never_those_of_the_same_account_nor_of_who_does_not_know_the_case)
{
    Guarded pair { { true, false, false } };
    auto const first = plain("first");
    ASSERT_TRUE(pair.sofia.casework->send(lawful(), first).value().proposal);
    auto& here = *pair.sofia.casework;
    EXPECT_EQ(here.confirm(ours, 1, first).value().refused->provision, "A31(4)(d)");
    auto renamed = first;
    renamed.name = "Somebody else TEST";
    EXPECT_EQ(here.confirm(ours, 1, renamed).value().refused->provision, "A31(4)(d)");
    EXPECT_EQ(here.confirm(ours, 1, plain("other")).value().refused->provision, "A32(1)");
    EXPECT_EQ(here.confirm(ours, 1, duty("desk")).value().refused->provision, "A32(1)");
    EXPECT_EQ(here.confirm(ours, 1, "TEST").value().refused->provision, "A31(4)(d)");
    EXPECT_EQ(here.confirm(ours, 2, first).error().field, "proposal");
    EXPECT_EQ(all_of(pair.sofia, ours).at(0).state, ProposalState::waiting);
}

TEST(FourEyes, who_has_no_account_sends_nothing_that_needs_two)
{
    Guarded pair { { true, false, false } };
    EXPECT_EQ(pair.sofia.casework->send(lawful(), "TEST").error().kind, Error::Kind::not_permitted);
    EXPECT_FALSE(pair.sofia.store->read([](Transaction& t) { return find_case(t, ours); }).value());
}

TEST(FourEyes, what_is_sent_back_says_why_and_may_be_proposed_anew)
{
    Guarded pair { { true, false, false } };
    auto const first = plain("first"), second = plain("second");
    auto& here = *pair.sofia.casework;
    ASSERT_TRUE(here.send(lawful(), first).value().proposal);
    pair.name(pair.sofia, ours, second, first);
    EXPECT_EQ(here.send(lawful(), first).error().field, "proposal") << "one waits already";
    EXPECT_EQ(here.send_back(ours, 1, " ", second).error().field, "reason");
    EXPECT_EQ(here.send_back(ours, 1, std::string(access_reason_bytes_max + 1, 'a'), second)
                  .error()
                  .field,
        "reason");
    EXPECT_EQ(here.send_back(ours, 1, "Too wide.", plain("other")).value()->provision, "A32(1)");
    ASSERT_FALSE(here.send_back(ours, 1, "Too wide.", second).value());
    EXPECT_EQ(pair.sofia.row(ours).state, CaseState::sent_back);
    EXPECT_EQ(here.confirm(ours, 1, second).error().field, "proposal");
    EXPECT_EQ(here.send_back(ours, 1, "Again.", second).error().field, "proposal");
    auto const back = all_of(pair.sofia, ours, first).at(0);
    EXPECT_EQ(back.state, ProposalState::sent_back);
    EXPECT_EQ(back.reason, "Too wide.");
    EXPECT_EQ(back.draft->at("offence"), "vehicle theft") << "to begin from";

    EXPECT_EQ(here.send(lawful(), first).value().proposal, 2);
    EXPECT_EQ(pair.sofia.row(ours).state, CaseState::proposed);
    ASSERT_FALSE(here.send_back(ours, 2, "", first).value()) << "he takes it back himself";
    EXPECT_EQ(all_of(pair.sofia, ours).at(1).state, ProposalState::taken_back);
    EXPECT_EQ(pair.sofia.row(ours).state, CaseState::withdrawn);
}

TEST(FourEyes, the_law_judges_again_at_the_confirmation)
{
    Guarded pair { { true, false, false } };
    auto const first = plain("first"), second = plain("second");
    ASSERT_TRUE(pair.sofia.casework->send(lawful(), first).value().proposal);
    pair.name(pair.sofia, ours, second, first);
    pair.sofia.use(silent_law(), { true, false, false });
    auto const judged = pair.sofia.casework->confirm(ours, 1, second).value();
    EXPECT_TRUE(judged.taken.messages.empty());
    EXPECT_NE(judged.taken.composed.judged.at(0).decision.verdict, treaty::Verdict::permitted);
    EXPECT_EQ(all_of(pair.sofia, ours).at(0).state, ProposalState::waiting) << "it still waits";
    pair.sofia.use(law(), { true, false, false });
    EXPECT_EQ(pair.sofia.casework->confirm(ours, 1, second).value().taken.messages.size(), 1U);
}

TEST(FourEyes, a_refusal_waits_and_the_case_stays_open_until_it_leaves)
{
    Guarded pair { {}, { false, true, false } };
    auto const first = duty("first"), second = plain("second");
    ASSERT_TRUE(pair.sofia.casework->send(of_residence(), plain("asks")).value().message);
    carry(pair.both);
    auto& there = *pair.bucharest.casework;
    ASSERT_FALSE(there.take_case(theirs, first).value());
    pair.name(pair.bucharest, theirs, second, first);
    auto const proposed = there.take_step(theirs, refusing(), first).value();
    EXPECT_EQ(proposed.proposal, 1);
    EXPECT_TRUE(proposed.messages.empty());
    EXPECT_EQ(pair.bucharest.row(theirs).state, CaseState::received);
    EXPECT_EQ(there.take_step(theirs, refusing(), first).error().field, "proposal");
    auto const confirmed = there.confirm(theirs, 1, second).value();
    EXPECT_EQ(confirmed.taken.messages.size(), 1U);
    EXPECT_EQ(pair.bucharest.row(theirs).state, CaseState::refused);
    carry(pair.both);
    EXPECT_EQ(pair.sofia.row(ours).state, CaseState::refused);
}

TEST(FourEyes, the_node_releases_no_hit_alone_but_says_that_there_is_none)
{
    for (bool const there_is : { true, false }) {
        Guarded pair { {}, { false, false, true } };
        if (there_is) add_vehicle(pair.bucharest, "B 123 ABC");
        ASSERT_TRUE(pair.sofia.casework->send(lawful(), "TEST").value().message);
        carry(pair.both);
        EXPECT_EQ(
            pair.bucharest.row(theirs).state, there_is ? CaseState::received : CaseState::answered);
    }
}

TEST(FourEyes, information_without_a_request_waits_too)
{
    Guarded pair { { true, false, false } };
    NoticeDraft draft { "planning-notice", "RO", "prevention", "smuggling of firearms", "E-1" };
    draft.erase_by = parse_date("2027-04-17").value();
    auto const text = read_file("tests/messages/planning-notice.json").value();
    auto content = json::parse(as_text(text)).value();
    without_files(content);
    content.as_object().erase("purpose");
    draft.content = content.as_object();
    draft.facts = json::Object { { "personal-data", false } };
    auto const first = plain("first"), second = plain("second");
    ASSERT_EQ(pair.sofia.casework->send_notice(draft, first).value().proposal, 1);
    EXPECT_EQ(pair.sofia.row("E-1").state, CaseState::proposed);
    pair.name(pair.sofia, "E-1", second, first);
    EXPECT_EQ(pair.sofia.casework->confirm("E-1", 1, second).value().taken.messages.size(), 1U);
    EXPECT_EQ(pair.sofia.row("E-1").state, CaseState::informed);
}

TEST(FourEyes, what_was_confirmed_lies_in_its_message_alone)
{
    Guarded pair { { true, false, false } };
    auto const first = plain("first"), second = plain("second");
    ASSERT_TRUE(pair.sofia.casework->send(lawful(), first).value().proposal);
    pair.name(pair.sofia, ours, second, first);
    auto const proposal = all_of(pair.sofia, ours, first).at(0);
    EXPECT_TRUE(proposal.draft);
    ASSERT_TRUE(pair.sofia.casework->confirm(ours, 1, second).ok());
    auto const log = pair.sofia.store
                         ->read([&](Transaction& t) {
                             return protection::operations_on(t, item_of(proposal));
                         })
                         .value();
    ASSERT_FALSE(log.empty());
    EXPECT_EQ(log[0].operation, protection::Operation::destroy);
    EXPECT_EQ(log[0].officer, "id-second") << "both stand in the log of operations";
    EXPECT_EQ(log.back().officer, "id-first");
}

} // namespace comity::casework
