#include "casework/trial_casework_test.h"

namespace comity::casework {
namespace {

using namespace trial;

json::Object object(char const* text)
{
    return json::parse(text).value().as_object();
}

/// At night Sofia calls Bucharest about a car that has just crossed the bridge.
CallDraft call()
{
    CallDraft out;
    out.request = lawful();
    out.request.urgency = "flash";
    out.called_at = start - 10min;
    out.caller = "Duty officer TEST";
    out.callee = "Desk of Bucharest TEST";
    out.gist = "Whose car is B 123 ABC?";
    return out;
}

CallDraft call_taken()
{
    auto out = call();
    out.from = "BG";
    out.request.to = "RO";
    return out;
}

StepDraft const confirm { "oral-request-confirmation" };
StepDraft answer()
{
    return { "answer", object(R"({"result":"hit","text":"TEST"})"),
        object(R"({"judicial-reserved":false})") };
}

} // namespace

TEST(Calls, an_urgent_call_is_kept_with_the_time_it_was_said_and_sends_nothing)
{
    Pair pair;
    auto const kept = pair.sofia.casework->keep_call(call(), "TEST").value();
    EXPECT_EQ(kept.judged.at(0).decision.verdict, treaty::Verdict::permitted);
    auto const held = provisions_held(kept.judged.at(0).decision);
    EXPECT_TRUE(std::ranges::count(held, "A4(6)-3"));
    EXPECT_EQ(pair.sofia.verified_entries(), 0);
    auto const shown = pair.sofia.view("2026-0417");
    EXPECT_EQ(shown.timeline.at(0).act, "oral-request-made");
    EXPECT_EQ(shown.timeline.at(0).at, start - 10min);
    EXPECT_EQ(shown.timeline.at(0).recorded_at, start);
    EXPECT_EQ(shown.steps, std::vector<std::string> { "oral-request-confirmation" });
    EXPECT_EQ(shown.clocks.at(1).id, "confirmation");
    EXPECT_FALSE(shown.clocks.at(1).elapsed);
    EXPECT_EQ(pair.sofia.casework->keep_call(call(), "TEST").error().kind, Error::Kind::conflict);
}

TEST(Calls, a_call_that_is_not_urgent_is_refused_with_its_article)
{
    Node sofia { 0 };
    auto draft = call();
    draft.request.urgency = "routine";
    auto const tried = sofia.casework->keep_call(draft, "TEST").value();
    EXPECT_EQ(tried.judged.at(0).decision.verdict, treaty::Verdict::refused);
    EXPECT_TRUE(std::ranges::count(provisions_against(tried.judged.at(0).decision), "A4(6)-3"));
    EXPECT_FALSE(
        sofia.store->read([](Transaction& t) { return find_case(t, "2026-0417"); }).value());
}

TEST(Calls, the_written_answer_waits_for_the_written_confirmation)
{
    Pair pair;
    ASSERT_TRUE(pair.sofia.casework->keep_call(call(), "TEST").ok());
    ASSERT_TRUE(pair.bucharest.casework->keep_call(call_taken(), "TEST").ok());
    EXPECT_EQ(pair.bucharest.row("BG/2026-0417").state, CaseState::received);
    auto const blocked
        = pair.bucharest.casework->take_step("BG/2026-0417", answer(), "TEST").value();
    EXPECT_TRUE(blocked.messages.empty());
    EXPECT_TRUE(
        std::ranges::count(provisions_against(blocked.composed.judged.at(1).decision), "A4(6)-4"));
    auto const refused = pair.bucharest.casework->take_step(
        "BG/2026-0417", { "refusal", object(R"({"ground":"security","text":"No."})") }, "TEST");
    EXPECT_EQ(refused.error().kind, Error::Kind::conflict);

    pair.sofia.now = start + 5min;
    ASSERT_EQ(
        pair.sofia.casework->take_step("2026-0417", confirm, "TEST").value().messages.size(), 1);
    add_vehicle(pair.bucharest, "B 123 ABC");
    carry(pair.both);
    EXPECT_EQ(pair.sofia.row("2026-0417").state, CaseState::answered);
    EXPECT_EQ(pair.bucharest.row("BG/2026-0417").state, CaseState::answered);
    auto const shown = pair.sofia.view("2026-0417");
    EXPECT_EQ(shown.clocks.at(1).elapsed, 15 * 60);
    auto const acts = pair.bucharest.acts("BG/2026-0417");
    EXPECT_EQ(acts.front(), "oral-request-taken");
    EXPECT_TRUE(std::ranges::count(acts, "oral-request-confirmation-received"));
}

TEST(Calls, a_confirmation_of_a_call_that_nobody_kept_is_a_request)
{
    Pair pair;
    ASSERT_TRUE(pair.sofia.casework->keep_call(call(), "TEST").ok());
    ASSERT_FALSE(
        pair.sofia.casework->take_step("2026-0417", confirm, "TEST").value().messages.empty());
    carry(pair.both);
    EXPECT_EQ(pair.bucharest.row("BG/2026-0417").state, CaseState::answered);
    EXPECT_EQ(pair.sofia.row("2026-0417").state, CaseState::answered);
}

TEST(Calls, what_was_said_is_destroyed_on_its_day_even_where_no_confirmation_ever_came)
{
    Node bucharest { 1 };
    auto draft = call_taken();
    draft.request.erase_by = parse_date("2027-04-17").value();
    ASSERT_TRUE(bucharest.casework->keep_call(draft, "TEST").ok());
    auto const day = [](char const* text) { return parse_date(text).value(); };
    bucharest.go_to(day("2027-04-16"));
    EXPECT_EQ(bucharest.casework->destroy_due().value(), 0U);
    EXPECT_EQ(bucharest.bodies("BG/2026-0417").size(), 1U);
    bucharest.go_to(day("2027-04-17"));
    EXPECT_EQ(bucharest.casework->destroy_due().value(), 1U);
    EXPECT_TRUE(bucharest.bodies("BG/2026-0417").empty());
    EXPECT_FALSE(bucharest.title("BG/2026-0417").plate);
    EXPECT_FALSE(bucharest.title("BG/2026-0417").subject);
    EXPECT_EQ(bucharest.acts("BG/2026-0417").back(), "erased");
}

TEST(Calls, without_a_day_of_its_own_what_was_said_goes_on_the_States_usual_one)
{
    Node bucharest { 1 };
    auto draft = call_taken();
    draft.request.erase_by.reset();
    ASSERT_TRUE(bucharest.casework->keep_call(draft, "TEST").ok());
    auto const last
        = Date { std::chrono::floor<std::chrono::days>(start) } + std::chrono::days { 365 };
    bucharest.go_to(last - std::chrono::days { 1 });
    EXPECT_EQ(bucharest.casework->destroy_due().value(), 0U);
    bucharest.go_to(last);
    EXPECT_EQ(bucharest.casework->destroy_due().value(), 1U);
}

TEST(Calls, what_a_call_lacks_is_named)
{
    Node sofia { 0 };
    CallDraft draft;
    draft.request = lawful();
    draft.request.urgency = "urgent";
    EXPECT_EQ(sofia.casework->try_call(draft).value().missing,
        (std::vector<std::string> { "calledAt", "caller", "callee", "gist" }));
    EXPECT_EQ(sofia.casework->keep_call(draft, "TEST").error().field, "calledAt");
    draft.called_at = start + 1s;
    EXPECT_EQ(sofia.casework->try_call(draft).error().field, "calledAt");
    draft.called_at = start;
    EXPECT_TRUE(sofia.casework->try_call(draft).ok());
    draft.gist = std::string(4001, 'x');
    EXPECT_EQ(sofia.casework->try_call(draft).error().field, "gist");
    draft.gist = std::string(4000, 'x');
    EXPECT_TRUE(sofia.casework->try_call(draft).ok());
    draft.from = "TR";
    EXPECT_EQ(sofia.casework->try_call(draft).error().field, "from");
}

} // namespace comity::casework
