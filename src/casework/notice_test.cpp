#include "casework/trial_casework_test.h"

namespace comity::casework {
namespace {

using namespace trial;

/// The content of an example message, as an officer would have typed it.
json::Object example(std::string const& type)
{
    auto const text = read_file("tests/messages/" + type + ".json").value();
    auto content = json::parse(as_text(text)).value();
    without_files(content);
    content.as_object().erase("purpose");
    return content.as_object();
}

NoticeDraft notice(std::string const& type)
{
    NoticeDraft out { type, "RO", "prevention", "smuggling of firearms", "N-" + type };
    out.erase_by = parse_date("2027-04-17").value();
    out.content = example(type);
    out.facts = json::Object { { "personal-data", false } };
    if (type == "spontaneous-information") out.facts = json::Object { { "need-assumed", true } };
    if (type == "situation-report") (*out.facts)["last-joint-analysis"] = "2026-01-10";
    if (type == "migration-report") (*out.facts)["planned-measure-important"] = false;
    if (auto* period = out.content->if_contains("period"); period && type == "event-notice")
        *period = json::Object { { "from", "2026-04-17T09:14:00.000000Z" },
            { "until", "2026-04-18T09:14:00.000000Z" } };
    return out;
}

treaty::Verdict verdict(Node& node, NoticeDraft const& draft)
{
    return node.casework->try_notice(draft, "TEST").value().judged.at(0).decision.verdict;
}

} // namespace

TEST(Notices, every_kind_is_judged_sent_received_and_shown)
{
    Pair pair;
    for (auto const& kind : notice_kinds()) {
        auto const draft = notice(json::word(kind.type));
        auto const sent = pair.sofia.casework->send_notice(draft, "TEST");
        ASSERT_TRUE(sent.ok()) << draft.type << sent.error().what << sent.error().field;
        ASSERT_FALSE(sent.value().messages.empty())
            << draft.type
            << json::print(treaty::write(sent.value().composed.judged.at(0).decision));
    }
    carry(pair.both);
    for (auto const& kind : notice_kinds()) {
        auto const number = "BG/N-" + json::word(kind.type);
        auto const read = pair.bucharest.casework->open_case(number, "TEST");
        ASSERT_TRUE(read.ok()) << number << ": " << read.error().what;
        auto const& shown = read.value();
        EXPECT_EQ(shown.state, CaseState::informed);
        EXPECT_TRUE(shown.steps.empty());
        EXPECT_TRUE(shown.clocks.empty());
        EXPECT_TRUE(shown.request.at("content").is_object()) << number;
        EXPECT_EQ(pair.bucharest.acts(number).back(), json::word(kind.type) + "-received");
    }
}

TEST(Notices, information_without_a_request_rests_on_proven_facts_and_a_need)
{
    Node sofia { 0 };
    auto draft = notice("spontaneous-information");
    EXPECT_EQ(verdict(sofia, draft), treaty::Verdict::permitted);
    draft.content->erase("facts");
    EXPECT_EQ(verdict(sofia, draft), treaty::Verdict::incomplete);
    EXPECT_EQ(sofia.casework->try_notice(draft, "TEST").value().missing.front(), "content.facts");
    draft = notice("spontaneous-information");
    draft.facts = json::Object { { "need-assumed", false } };
    auto const decision = sofia.casework->try_notice(draft, "TEST").value().judged.at(0).decision;
    EXPECT_EQ(decision.verdict, treaty::Verdict::refused);
    EXPECT_TRUE(std::ranges::count(provisions_against(decision), "A6-1"));
}

TEST(Notices, of_events_and_for_planning_refuse_personal_data)
{
    Node sofia { 0 };
    for (auto const* type : { "event-notice", "planning-notice", "case-bulletin" }) {
        auto draft = notice(type);
        (*draft.facts)["personal-data"] = true;
        EXPECT_EQ(verdict(sofia, draft), treaty::Verdict::refused) << type;
        draft.facts.reset();
        EXPECT_EQ(verdict(sofia, draft), treaty::Verdict::incomplete) << type;
        (*draft.content)["persons"] = json::Array {};
        EXPECT_EQ(sofia.casework->try_notice(draft, "TEST").error().field, "content.persons")
            << type;
    }
}

TEST(Notices, an_event_that_has_begun_is_not_announced)
{
    Node sofia { 0 };
    auto draft = notice("event-notice");
    EXPECT_EQ(verdict(sofia, draft), treaty::Verdict::permitted); // this very moment
    sofia.now = start + 1s;
    EXPECT_EQ(verdict(sofia, draft), treaty::Verdict::refused);
}

TEST(Notices, a_number_in_use_is_not_taken_again)
{
    Pair pair;
    auto const draft = notice("planning-notice");
    ASSERT_TRUE(pair.sofia.casework->send_notice(draft, "TEST").ok());
    EXPECT_EQ(pair.sofia.casework->send_notice(draft, "TEST").error().field, "caseNumber");
    auto unknown = draft;
    unknown.type = "gossip";
    EXPECT_EQ(pair.sofia.casework->try_notice(unknown, "TEST").error().field, "type");
}

} // namespace comity::casework
