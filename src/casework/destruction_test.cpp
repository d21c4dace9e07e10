#include "casework/trial_casework_test.h"

#include <fmt/format.h>

namespace comity::casework {

using namespace trial;

namespace {

Date const next_day = parse_date("2026-04-18").value();

RequestDraft due_tomorrow()
{
    auto draft = lawful();
    draft.erase_by = next_day;
    return draft;
}

std::size_t parts(Node& node, std::string_view id)
{
    return node.store->read([&](Transaction& t) { return exchange::parts_of(t, id); })
        .value()
        .size();
}

std::string state_of(Node& node, std::string_view id)
{
    return node.store->read([&](Transaction& t) { return exchange::message_by_id(t, id); })
        .value()
        .state;
}

} // namespace

TEST(Casework, what_still_waits_on_its_last_day_is_destroyed_and_never_sent)
{
    Pair pair;
    auto const id = pair.sofia.casework->send(due_tomorrow(), "TEST").value().message.value();
    pair.sofia.go_to(next_day);
    EXPECT_EQ(pair.sofia.casework->destroy_due().value(), 1);
    EXPECT_EQ(parts(pair.sofia, id), 0U) << "nor does the outbox hold it";
    carry(pair.both);
    EXPECT_EQ(pair.sofia.row("2026-0417").state, CaseState::failed);
    EXPECT_TRUE(pair.sofia.bodies("2026-0417").empty());
    EXPECT_EQ(pair.sofia.verified_entries(), 0);
    EXPECT_EQ(pair.bucharest.verified_entries(), 0);
    EXPECT_EQ(state_of(pair.sofia, id), "withdrawn");
}

TEST(Casework, what_is_due_goes_in_small_steps_until_nothing_is_left)
{
    Node sofia { 0 };
    for (int i = 0; i < 9; ++i) {
        auto draft = due_tomorrow();
        draft.case_number = fmt::format("2026-{}", i);
        ASSERT_TRUE(sofia.casework->send(draft, "TEST").value().message);
    }
    EXPECT_FALSE(sofia.casework->destroy_few().value()) << "not before its day";
    sofia.go_to(next_day);
    auto const left = [&] {
        return sofia.store->read([&](Transaction& t) { return sofia.vault->due(t, 100); })
            .value()
            .size();
    };
    EXPECT_TRUE(sofia.casework->destroy_few().value());
    EXPECT_EQ(left(), 7U);
    while (sofia.casework->destroy_few().value()) { }
    EXPECT_EQ(left(), 0U);
    EXPECT_EQ(sofia.casework->destroy_due().value(), 0U);
}

TEST(Casework, a_step_that_takes_what_hangs_on_the_due_with_it_is_not_the_last)
{
    Node sofia { 0 };
    for (int i = 0; i < 5; ++i) {
        auto due = due_tomorrow();
        auto kept = lawful();
        due.case_number = fmt::format("2026-{}", i);
        kept.case_number = fmt::format("2026-1{}", i);
        auto const item = sofia.casework->send(due, "TEST").value().message.value();
        auto const photo = sofia.casework->send(kept, "TEST").value().message.value();
        ASSERT_TRUE(sofia.store
                ->write([&](Transaction& t) {
                    return sofia.vault->add_copy(
                        t, item, { protection::CopyKind::attachment, photo });
                })
                .ok());
    }
    sofia.go_to(next_day);
    EXPECT_TRUE(sofia.casework->destroy_few().value()) << "two of five, and two hung on them";
    while (sofia.casework->destroy_few().value()) { }
    EXPECT_TRUE(sofia.store->read([&](Transaction& t) { return sofia.vault->due(t, 100); })
            .value()
            .empty());
    for (int i = 0; i < 5; ++i)
        EXPECT_TRUE(sofia.opened(fmt::format("2026-1{}", i)).empty()) << "went with its item";
}

TEST(Casework, what_waits_past_its_time_fails_its_case)
{
    Pair pair;
    auto const id = pair.sofia.casework->send(lawful(), "TEST").value().message.value();
    ASSERT_TRUE(pair.sofia.store
            ->write([&](Transaction& t) {
                return t.run("UPDATE exchange_outbox SET expires_at = $1 WHERE message = "
                             "$2",
                    "2000-01-01T00:00:00.000000Z", id);
            })
            .ok());
    carry(pair.both);
    EXPECT_EQ(pair.sofia.row("2026-0417").state, CaseState::failed);
    EXPECT_EQ(pair.sofia.acts("2026-0417").back(), "delivery-failed");
}

TEST(Casework, what_is_under_way_is_closed_on_its_day_and_its_sealed_parts_go_after_its_receipt)
{
    Pair pair;
    auto const id = pair.sofia.casework->send(due_tomorrow(), "TEST").value().message.value();
    ASSERT_TRUE(pair.sofia.exchange->number("RO").ok());
    pair.sofia.go_to(next_day);
    EXPECT_EQ(pair.sofia.casework->destroy_due().value(), 1);
    EXPECT_TRUE(pair.sofia.opened("2026-0417").empty()) << "nobody here reads it any more";
    EXPECT_FALSE(pair.sofia.title("2026-0417").plate);
    EXPECT_EQ(parts(pair.sofia, id), 1U)
        << "numbers have no gaps: its receiver still has to get it";
    EXPECT_EQ(pair.sofia.verified_entries(), 1U) << "the register does not say destroyed yet";
    carry(pair.both); // The receiver's day has not come.
    EXPECT_EQ(pair.sofia.row("2026-0417").state, CaseState::answered);
    EXPECT_EQ(pair.sofia.casework->destroy_due().value(), 0);
    EXPECT_EQ(parts(pair.sofia, id), 0U);
    EXPECT_EQ(pair.sofia.verified_entries(), 3U) << "sent, answer received, destroyed";
    EXPECT_EQ(pair.sofia.casework->destroy_due().value(), 0);
    EXPECT_EQ(pair.sofia.verified_entries(), 3U) << "once";
    auto const events
        = pair.sofia.store->read([](Transaction& t) { return events_of(t, "2026-0417"); }).value();
    for (auto const& event : events)
        EXPECT_EQ(json::to_text(event.facts).find("B 123 ABC"), std::string::npos);
}

TEST(Casework, what_comes_on_its_last_day_is_rejected_and_nothing_of_it_is_kept)
{
    Pair pair;
    auto const id = pair.sofia.casework->send(due_tomorrow(), "TEST").value().message.value();
    pair.bucharest.go_to(next_day);
    carry(pair.both);
    EXPECT_EQ(state_of(pair.bucharest, id), "rejected");
    EXPECT_EQ(parts(pair.bucharest, id), 0U);
    EXPECT_EQ(pair.sofia.row("2026-0417").state, CaseState::failed);
    EXPECT_EQ(pair.bucharest.verified_entries(), 2U) << "received, destroyed";
}

TEST(Casework, nothing_leaves_whose_last_day_has_come)
{
    Node sofia { 0 };
    auto draft = lawful();
    draft.erase_by = parse_date("2026-04-17").value();
    auto const sent = sofia.casework->send(draft, "TEST");
    ASSERT_FALSE(sent.ok());
    EXPECT_EQ(sent.error().field, "eraseBy");
    draft.erase_by = next_day;
    EXPECT_TRUE(sofia.casework->send(draft, "TEST").value().message);
}

TEST(Casework, on_the_day_of_erase_by_the_data_are_destroyed_and_the_register_says_so)
{
    Pair pair;
    add_vehicle(pair.bucharest, "B 123 ABC");
    ASSERT_TRUE(pair.sofia.casework->send(lawful(), "TEST").value().message);
    carry(pair.both);
    auto const day = parse_date("2027-04-17").value();
    pair.bucharest.go_to(day - std::chrono::days { 1 });
    EXPECT_EQ(pair.bucharest.casework->destroy_due().value(), 0);
    EXPECT_EQ(pair.bucharest.opened("BG/2026-0417").size(), 2U);
    pair.bucharest.go_to(day);
    for (auto const& each : pair.bucharest.opened("BG/2026-0417"))
        EXPECT_EQ(each.judgement.objections.at(0).provision, "A31(4)(b)-1") << "closed at midnight";
    EXPECT_EQ(pair.bucharest.casework->destroy_due().value(), 2);
    EXPECT_TRUE(pair.bucharest.opened("BG/2026-0417").empty());
    EXPECT_FALSE(pair.bucharest.title("BG/2026-0417").plate);
    EXPECT_EQ(pair.bucharest.verified_entries(), 4);
    EXPECT_EQ(pair.bucharest.acts("BG/2026-0417").back(), "erased");
    EXPECT_TRUE(pair.bucharest.view("BG/2026-0417").decisions.empty()) << "they tell of it too";
    auto const receipts = pair.bucharest.exchange->receipts_for("BG").value();
    ASSERT_EQ(receipts.size(), 1U);
    EXPECT_EQ(receipts[0].kind, "destroyed") << "the sender is told";
}

} // namespace comity::casework
