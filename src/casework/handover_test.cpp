#include "casework/handover.h"
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

/// A request of "maker" waits in Bucharest for an officer.
struct Desks : Pair {
    Desks()
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
        EXPECT_TRUE(sofia.casework->send(draft, plain("maker")).value().message);
        carry(both);
    }
    static Handover of(Node& node)
    {
        return { *node.store, *node.vault, *node.casework,
            Settings { node.keys.of.state, node.keys.of.unit, true, 365 },
            [&node] { return node.now; } };
    }
    Handover here = of(sofia), there = of(bucharest);
};

std::string provision(Result<std::optional<access::Refusal>> const& result)
{
    if (!result.ok()) return "error " + result.error().field;
    return result.value() ? result.value()->provision : "";
}

} // namespace

TEST(Errands, are_for_those_who_need_to_know_the_case_and_come_back_on_their_date)
{
    Desks desks;
    auto const maker = plain("maker");
    NewErrand const call { "Call Bucharest again TEST", start + 2h };
    EXPECT_EQ(provision(desks.here.add_errand(ours, call, "id-maker", maker)), "");
    EXPECT_EQ(provision(desks.here.add_errand(ours, call, "id-other", maker)), "error officer");
    EXPECT_EQ(provision(desks.here.add_errand(ours, call, "id-maker", plain("other"))), "A32(1)");
    EXPECT_EQ(provision(desks.here.add_errand("none", call, "id-maker", maker)), "error number");
    auto const list = desks.here.errands(ours, maker).value();
    ASSERT_EQ(list.size(), 1U);
    EXPECT_EQ(list[0].text, "Call Bucharest again TEST");
    EXPECT_EQ(list[0].due_at, start + 2h);
    EXPECT_TRUE(desks.here.errands(ours, plain("other")).value().empty());
    EXPECT_EQ(desks.here.shift_of(maker).value().errands.at(0).text, "Call Bucharest again TEST");
}

TEST(Errands, say_something_within_their_limit_and_not_for_the_past)
{
    Desks desks;
    auto const maker = plain("maker");
    auto const add = [&](std::string text, std::optional<Instant> due = {}) {
        return provision(desks.here.add_errand(ours, { std::move(text), due }, "id-maker", maker));
    };
    EXPECT_EQ(add(" \n"), "error text");
    EXPECT_EQ(add(std::string(errand_text_bytes_max - 1, 'a')), "");
    EXPECT_EQ(add(std::string(errand_text_bytes_max, 'a')), "");
    EXPECT_EQ(add(std::string(errand_text_bytes_max + 1, 'a')), "error text");
    EXPECT_EQ(add("TEST", start - 1us), "error dueAt");
    EXPECT_EQ(add("TEST", start), "error dueAt");
    EXPECT_EQ(add("TEST", start + 1us), "");
}

TEST(Errands, are_done_once)
{
    Desks desks;
    auto const maker = plain("maker");
    ASSERT_EQ(provision(desks.here.add_errand(ours, { "TEST", {} }, "id-maker", maker)), "");
    EXPECT_EQ(provision(desks.here.finish_errand(ours, 1, plain("other"))), "A32(1)");
    EXPECT_EQ(provision(desks.here.finish_errand(ours, 2, maker)), "error place");
    EXPECT_EQ(provision(desks.here.finish_errand(ours, 1, maker)), "");
    EXPECT_EQ(provision(desks.here.finish_errand(ours, 1, maker)), "error place");
    EXPECT_TRUE(desks.here.shift_of(maker).value().errands.empty());
    EXPECT_EQ(desks.here.errands(ours, maker).value().at(0).done_by, "maker TEST");
}

TEST(Shift, shows_what_changed_in_ones_own_cases_since_it_began)
{
    Desks desks;
    auto const first = duty("first");
    auto& bucharest = desks.bucharest;
    ASSERT_FALSE(bucharest.casework->take_case(theirs, first).value());
    bucharest.now = start + 1h;
    ASSERT_TRUE(desks.there.begin_shift(first).ok());
    EXPECT_EQ(desks.there.begin_shift(first).error().kind, Error::Kind::conflict);
    auto view = desks.there.shift_of(first).value();
    EXPECT_TRUE(view.changes.empty()) << "what came before the shift is not news";
    ASSERT_EQ(view.open.size(), 1U);
    EXPECT_EQ(view.open[0].number, theirs);
    EXPECT_TRUE(view.open[0].due_at);

    bucharest.now = start + 2h;
    ASSERT_FALSE(
        bucharest.casework->add_to_case(theirs, { "id-case", "case TEST" }, "", first).value());
    view = desks.there.shift_of(first).value();
    ASSERT_EQ(view.changes.size(), 1U);
    EXPECT_EQ(view.changes[0].act, "access-added");
    EXPECT_TRUE(desks.there.shift_of(duty("second")).value().changes.empty());
}

TEST(Shift, tells_the_desk_what_nobody_has)
{
    Desks desks;
    EXPECT_EQ(desks.there.shift_of(duty("first")).value().untaken.size(), 1U);
    EXPECT_TRUE(desks.there.shift_of(plain("case")).value().untaken.empty());
    ASSERT_FALSE(desks.bucharest.casework->take_case(theirs, duty("first")).value());
    EXPECT_TRUE(desks.there.shift_of(duty("second")).value().untaken.empty());
    ASSERT_FALSE(
        desks.bucharest.casework->end_on_case(theirs, "id-first", "", duty("first")).value());
    EXPECT_EQ(desks.there.shift_of(duty("second")).value().untaken.size(), 1U);
}

TEST(Shift, is_taken_over_by_name_with_its_cases_and_errands)
{
    Desks desks;
    auto const first = duty("first"), second = duty("second");
    auto& casework = *desks.bucharest.casework;
    ASSERT_FALSE(casework.take_case(theirs, first).value());
    ASSERT_TRUE(desks.there.begin_shift(first).ok());
    ASSERT_EQ(
        provision(desks.there.add_errand(theirs, { "Ask Lom TEST", {} }, "id-first", first)), "");
    EXPECT_EQ(provision(desks.there.take_shift(1, second)), "error shift") << "not offered yet";
    ASSERT_TRUE(desks.there.offer_shift("Quiet night.", first).ok());
    auto const offered = desks.there.shift_of(second).value().offered;
    ASSERT_EQ(offered.size(), 1U);
    EXPECT_EQ(offered[0].note, "Quiet night.");
    auto const id = offered[0].id;
    EXPECT_EQ(provision(desks.there.take_shift(id, first)), "error shift") << "his own";
    EXPECT_EQ(provision(desks.there.take_shift(id, plain("case"))), "A31(4)(d)");
    EXPECT_EQ(provision(desks.there.take_shift(id + 1, second)), "error shift");
    ASSERT_EQ(provision(desks.there.take_shift(id, second)), "");
    EXPECT_EQ(provision(desks.there.take_shift(id, second)), "error shift") << "once";

    EXPECT_TRUE(casework.open_case(theirs, first).value().refused);
    EXPECT_FALSE(casework.open_case(theirs, second).value().refused);
    auto const view = desks.there.shift_of(second).value();
    EXPECT_TRUE(view.shift) << "his own has begun";
    ASSERT_EQ(view.errands.size(), 1U);
    EXPECT_EQ(view.errands[0].text, "Ask Lom TEST");
    EXPECT_TRUE(desks.there.shift_of(first).value().open.empty());
    auto const list = casework.access_of(theirs, second).value();
    EXPECT_EQ(list.entries.size(), 3U) << "taken, added, ended: nothing goes";
    EXPECT_EQ(list.holders.at(0).by, "first TEST");
}

TEST(Shift, is_offered_by_who_has_one_and_its_note_has_a_limit)
{
    Desks desks;
    auto const first = duty("first");
    EXPECT_EQ(desks.there.offer_shift("", first).error().kind, Error::Kind::conflict);
    ASSERT_TRUE(desks.there.begin_shift(first).ok());
    EXPECT_TRUE(desks.there.offer_shift(std::string(2000, 'a'), first).ok());
    EXPECT_EQ(desks.there.offer_shift(std::string(2001, 'a'), first).error().field, "note");
}

TEST(Shift, names_the_proposals_that_wait_in_ones_cases)
{
    Desks desks;
    desks.sofia.use(law(), { true, false, false });
    auto draft = lawful();
    draft.case_number = "2026-0500";
    auto const maker = plain("maker");
    ASSERT_TRUE(desks.sofia.casework->send(draft, maker).value().proposal);
    auto handover = Desks::of(desks.sofia);
    EXPECT_EQ(handover.shift_of(maker).value().proposals.at(0).case_number, "2026-0500");
    EXPECT_TRUE(handover.shift_of(plain("other")).value().proposals.empty());
}

} // namespace comity::casework
