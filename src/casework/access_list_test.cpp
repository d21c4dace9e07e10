#include "casework/trial_casework_test.h"

namespace comity::casework {

using namespace trial;

namespace {

Officer duty(std::string name)
{
    Officer out { "id-" + name, name + " TEST", 0 };
    out.keeps_desk = out.may_break_in = true;
    return out;
}

Officer plain(std::string name)
{
    return { "id-" + name, name + " TEST", 0 };
}

constexpr auto theirs = "BG/2026-0417"; ///< The number of Sofia's case in Bucharest.

/// A request of Sofia's for a person, which waits in Bucharest for an officer.
struct Asked : Pair {
    Asked()
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
        auto const sent = sofia.casework->send(draft, plain("maker"));
        EXPECT_TRUE(sent.ok() && sent.value().message);
        carry(both);
    }
    Casework& there() { return *bucharest.casework; }
    std::string refusal(std::string_view number, Officer const& officer)
    {
        auto const view = there().open_case(number, officer).value();
        return view.refused ? view.refused->provision : "";
    }
};

std::string provision(Result<std::optional<access::Refusal>> const& result)
{
    if (!result.ok()) return "error " + result.error().field;
    return result.value() ? result.value()->provision : "";
}

InboxItem item(Casework& casework, Officer const& officer)
{
    return casework.inbox(50, officer).value().at(0);
}

} // namespace

TEST(AccessList, a_new_request_lies_open_to_the_duty_officers_until_one_takes_it)
{
    Asked pair;
    EXPECT_EQ(pair.refusal(theirs, duty("first")), "");
    EXPECT_EQ(pair.refusal(theirs, duty("second")), "");
    EXPECT_EQ(pair.refusal(theirs, plain("case")), "A32(1)");
    EXPECT_EQ(provision(pair.there().take_case(theirs, duty("first"))), "");
    EXPECT_EQ(pair.refusal(theirs, duty("first")), "");
    EXPECT_EQ(pair.refusal(theirs, duty("second")), "A32(1)");
    EXPECT_EQ(pair.bucharest.acts(theirs).back(), "access-taken");
}

TEST(AccessList, who_does_not_need_to_know_sees_that_a_case_is_there_and_no_content)
{
    Asked pair;
    auto const shown = item(pair.there(), plain("case"));
    EXPECT_FALSE(shown.open);
    EXPECT_EQ(shown.case_number, theirs);
    EXPECT_EQ(shown.from, "BG");
    EXPECT_EQ(shown.title.kind, "residence");
    EXPECT_TRUE(shown.due_at.has_value());
    EXPECT_FALSE(shown.title.subject || shown.title.plate);
    EXPECT_TRUE(item(pair.there(), duty("first")).title.subject.has_value());

    auto const view = pair.there().open_case(theirs, plain("case")).value();
    EXPECT_EQ(view.number, theirs);
    EXPECT_TRUE(view.request.empty() && view.timeline.empty() && view.contents.empty());
    EXPECT_TRUE(view.decisions.empty() && view.stated.empty() && view.purpose.empty());
    EXPECT_EQ(pair.there()
                  .try_step(theirs, { "answer" }, plain("case"))
                  .value()
                  .closed->objections.at(0)
                  .provision,
        "A32(1)");
}

TEST(AccessList, an_opening_that_was_refused_stands_in_the_log_of_operations)
{
    Asked pair;
    EXPECT_EQ(pair.refusal(theirs, plain("curious")), "A32(1)");
    auto const log
        = pair.bucharest.store
              ->read([](Transaction& t) { return protection::operations_of(t, "id-curious"); })
              .value();
    ASSERT_EQ(log.size(), 1U);
    EXPECT_FALSE(log[0].permitted);
    EXPECT_EQ(log[0].need, theirs);
}

TEST(AccessList, who_makes_a_case_stands_on_it_and_names_others)
{
    Asked pair;
    auto& here = *pair.sofia.casework;
    auto const open
        = [&](Officer const& who) { return !here.open_case("2026-0417", who).value().refused; };
    EXPECT_TRUE(open(plain("maker")));
    EXPECT_FALSE(open(plain("other")));
    EXPECT_FALSE(open(duty("desk")));
    EXPECT_EQ(provision(here.add_to_case(
                  "2026-0417", { "id-other", "other TEST" }, "Knows Lom.", plain("maker"))),
        "");
    EXPECT_TRUE(open(plain("other")));
    auto const list = here.access_of("2026-0417", plain("other")).value();
    ASSERT_EQ(list.holders.size(), 2U);
    EXPECT_EQ(list.holders[1].by, "maker TEST");
    EXPECT_EQ(list.holders[1].reason, "Knows Lom.");
}

TEST(AccessList, an_end_is_an_entry_and_nothing_goes)
{
    Asked pair;
    auto& here = *pair.sofia.casework;
    Colleague const other { "id-other", "other TEST" };
    ASSERT_EQ(provision(here.add_to_case("2026-0417", other, "", plain("maker"))), "");
    ASSERT_EQ(provision(here.end_on_case("2026-0417", "id-other", "Done.", plain("maker"))), "");
    EXPECT_TRUE(here.open_case("2026-0417", plain("other")).value().refused);
    auto const list = here.access_of("2026-0417", plain("maker")).value();
    EXPECT_EQ(list.holders.size(), 1U);
    ASSERT_EQ(list.entries.size(), 3U);
    EXPECT_EQ(list.entries[1].act, AccessAct::added);
    EXPECT_EQ(list.entries[2].act, AccessAct::ended);
    EXPECT_EQ(
        provision(here.end_on_case("2026-0417", "id-other", "", plain("maker"))), "error officer");
}

TEST(AccessList, a_case_that_nobody_has_any_more_lies_open_to_the_desk_again)
{
    Asked pair;
    auto& here = *pair.sofia.casework;
    ASSERT_EQ(provision(here.end_on_case("2026-0417", "id-maker", "", plain("maker"))), "");
    EXPECT_TRUE(here.open_case("2026-0417", plain("maker")).value().refused);
    EXPECT_FALSE(here.open_case("2026-0417", duty("desk")).value().refused);
}

TEST(AccessList, the_desk_names_others_but_nobody_names_himself)
{
    Asked pair;
    auto& here = *pair.sofia.casework;
    auto const desk = duty("desk");
    EXPECT_EQ(
        provision(here.add_to_case("2026-0417", { desk.account, desk.name }, "", desk)), "A32(1)");
    EXPECT_EQ(provision(here.take_case("2026-0417", desk)), "A32(1)");
    EXPECT_EQ(provision(here.add_to_case("2026-0417", { "id-case", "case TEST" }, "", desk)), "");
    EXPECT_EQ(provision(here.add_to_case("2026-0417", { "id-case", "case TEST" }, "", desk)),
        "error officer");
    auto const other = plain("stranger");
    EXPECT_EQ(
        provision(here.add_to_case("2026-0417", { "id-x", "x TEST" }, "", other)), "A31(4)(d)");
    EXPECT_EQ(provision(here.end_on_case("2026-0417", "id-maker", "", other)), "A31(4)(d)");
    EXPECT_EQ(provision(here.take_case("2026-0417", other)), "A31(4)(d)");
    EXPECT_EQ(provision(here.take_case("2026-0417", Officer { "TEST" })), "A31(4)(d)");
    EXPECT_EQ(provision(here.end_on_case("2026-0417", "id-case", "", desk)), "");
}

TEST(AccessList, the_same_case_is_not_taken_twice)
{
    Asked pair;
    ASSERT_EQ(provision(pair.there().take_case(theirs, duty("first"))), "");
    EXPECT_EQ(provision(pair.there().take_case(theirs, duty("first"))), "error number");
    EXPECT_EQ(provision(pair.there().take_case("nothing", duty("first"))), "error number");
}

TEST(AccessList, an_emergency_opening_states_its_reason_is_marked_and_ends_by_itself)
{
    Asked pair;
    auto& there = pair.there();
    ASSERT_EQ(provision(there.take_case(theirs, duty("first"))), "");
    auto const second = duty("second");
    EXPECT_EQ(provision(there.open_in_emergency(theirs, " ", second)), "error reason");
    EXPECT_EQ(provision(there.open_in_emergency(
                  theirs, std::string(access_reason_bytes_max + 1, 'a'), second)),
        "error reason");
    EXPECT_EQ(provision(there.open_in_emergency(theirs, "A child is missing TEST", second)), "");
    EXPECT_EQ(pair.refusal(theirs, second), "");
    EXPECT_TRUE(item(there, duty("first")).broken_in);
    auto const view = there.open_case(theirs, duty("first")).value();
    EXPECT_EQ(view.timeline.back().act, "access-emergency");
    EXPECT_EQ(view.timeline.back().facts.at("reason"), "A child is missing TEST");

    pair.bucharest.now = start + emergency_lasts - 1us;
    EXPECT_EQ(pair.refusal(theirs, second), "");
    pair.bucharest.now = start + emergency_lasts;
    EXPECT_EQ(pair.refusal(theirs, second), "A32(1)");
    EXPECT_FALSE(item(there, duty("first")).broken_in);
    pair.bucharest.now = start + emergency_lasts + 1us;
    EXPECT_EQ(pair.refusal(theirs, second), "A32(1)");
    EXPECT_EQ(there.access_of(theirs, second).value().entries.size(), 2U) << "it stays on record";
}

TEST(AccessList, desks_hear_once_that_an_emergency_opening_has_ended_by_itself)
{
    Asked pair;
    auto& there = pair.there();
    ASSERT_EQ(provision(there.take_case(theirs, duty("first"))), "");
    ASSERT_EQ(provision(there.open_in_emergency(theirs, "TEST", duty("second"))), "");
    auto const marked = item(there, duty("first")).version;
    std::vector<Notice> heard;
    there.on_change([&](Notice const& notice) { heard.push_back(notice); });
    pair.bucharest.now = start + emergency_lasts - 1us;
    EXPECT_EQ(there.tell_emergencies_over().value(), 0U);
    pair.bucharest.now = start + emergency_lasts;
    EXPECT_EQ(there.tell_emergencies_over().value(), 1U);
    EXPECT_EQ(there.tell_emergencies_over().value(), 0U);
    ASSERT_EQ(heard.size(), 1U);
    EXPECT_EQ(heard[0].case_number, theirs);
    ASSERT_TRUE(heard[0].moved.has_value());
    EXPECT_NE(heard[0].moved->version, marked);
    EXPECT_EQ(heard[0].moved->version, item(there, duty("first")).version);
}

TEST(AccessList, an_emergency_gives_no_say_over_the_list)
{
    Asked pair;
    auto& there = pair.there();
    ASSERT_EQ(provision(there.take_case(theirs, duty("first"))), "");
    auto second = duty("second");
    ASSERT_EQ(provision(there.open_in_emergency(theirs, "TEST", second)), "");
    second.keeps_desk = false;
    EXPECT_EQ(provision(there.add_to_case(theirs, { "id-x", "x TEST" }, "", second)), "A31(4)(d)");
    EXPECT_EQ(provision(there.open_in_emergency(theirs, "TEST", second)), "error number");
    EXPECT_EQ(provision(there.open_in_emergency(theirs, "TEST", plain("case"))), "A31(4)(d)");
}

TEST(AccessList, a_supervisor_reads_without_being_named_and_changes_nothing)
{
    Asked pair;
    auto supervisor = plain("dpo");
    supervisor.sees_all = true;
    EXPECT_EQ(pair.refusal(theirs, supervisor), "");
    EXPECT_EQ(provision(pair.there().take_case(theirs, supervisor)), "A31(4)(d)");
    EXPECT_EQ(
        provision(pair.there().add_to_case(theirs, { "id-x", "x" }, "", supervisor)), "A31(4)(d)");
}

TEST(AccessList, a_request_under_the_number_of_a_case_of_others_opens_nothing)
{
    Asked pair;
    auto const again = pair.sofia.casework->send(lawful(), plain("other"));
    ASSERT_FALSE(again.ok());
    EXPECT_EQ(again.error().field, "caseNumber");
    EXPECT_TRUE(pair.sofia.casework->open_case("2026-0417", plain("other")).value().refused);
    EXPECT_TRUE(pair.sofia.casework->send(lawful(), plain("maker")).ok());
    EXPECT_EQ(pair.sofia.casework->access_of("2026-0417", "TEST").value().entries.size(), 1U);
}

TEST(AccessList, the_list_of_a_case_has_an_end)
{
    Asked pair;
    auto const enter = [&](Node& node, std::int64_t count) {
        return node.store->write([&](Transaction& t) -> Result<void> {
            for (std::int64_t i = 0; i < count; ++i)
                TRY(insert_access(t, theirs,
                    { i % 2 ? AccessAct::ended : AccessAct::added, "id-x", "x TEST", start,
                        "TEST" }));
            return {};
        });
    };
    EXPECT_TRUE(enter(pair.bucharest, access_entries_max).ok());
    EXPECT_EQ(enter(pair.bucharest, 1).error().kind, Error::Kind::too_large);
}

TEST(AccessList, an_officer_of_the_compartment_alone_reads_what_protects_a_witness)
{
    Settings const settings { "BG", "NCU Sofia TEST", true, 365 };
    Supplied const supplied { "RO", "investigation", { "A10(1)" }, parse_date("2027-01-01").value(),
        true, 0, {} };
    auto const label
        = label_of(settings, supplied, "request", { { "kind", "witness-protection" } }, start);
    CaseRow row {};
    row.number = theirs;
    row.purpose = "investigation";
    auto officer = plain("case");
    auto const judged = [&] {
        return protection::judge_use(
            label, use_of(row, officer, {}, true), std::chrono::floor<std::chrono::days>(start));
    };
    EXPECT_EQ(judged().objections.at(0).provision, "A10(1)");
    officer.compartments = { access::Compartment::undercover };
    EXPECT_EQ(judged().objections.at(0).provision, "A10(1)");
    officer.compartments = { access::Compartment::witness_protection };
    EXPECT_TRUE(judged().permitted());

    auto const covert = label_of(settings, supplied, "undercover-request", {}, start);
    EXPECT_EQ(protection::judge_use(covert, use_of(row, officer, {}, true),
                  std::chrono::floor<std::chrono::days>(start))
                  .objections.at(0)
                  .provision,
        "A16(7)");
}

} // namespace comity::casework
