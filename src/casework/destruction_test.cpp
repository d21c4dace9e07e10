#include "casework/trial_casework_test.h"

namespace comity::casework {

using namespace trial;

TEST(Casework, what_still_waits_on_its_last_day_is_destroyed_and_never_sent)
{
    Pair pair;
    auto draft = lawful();
    draft.erase_by = parse_date("2026-04-17").value();
    auto const id = pair.sofia.casework->send(draft, "TEST").value().message.value();
    EXPECT_EQ(pair.sofia.casework->destroy_due(*draft.erase_by).value(), 1);
    carry(pair.both);
    EXPECT_EQ(pair.sofia.row("2026-0417").state, CaseState::failed);
    EXPECT_TRUE(pair.sofia.bodies("2026-0417").empty());
    EXPECT_EQ(pair.sofia.verified_entries(), 0);
    EXPECT_EQ(pair.bucharest.verified_entries(), 0);
    auto const message
        = pair.sofia.store->read([&](Transaction& t) { return exchange::message_by_id(t, id); });
    EXPECT_EQ(message.value().state, "withdrawn");
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

TEST(Casework, what_is_still_under_way_is_destroyed_after_it_was_delivered)
{
    Pair pair;
    auto draft = lawful();
    draft.erase_by = parse_date("2026-04-17").value();
    ASSERT_TRUE(pair.sofia.casework->send(draft, "TEST").value().message);
    ASSERT_TRUE(pair.sofia.exchange->number("RO").ok());
    EXPECT_EQ(pair.sofia.casework->destroy_due(*draft.erase_by).value(), 0);
    carry(pair.both);
    EXPECT_EQ(pair.sofia.row("2026-0417").state, CaseState::answered);
    EXPECT_EQ(pair.sofia.casework->destroy_due(*draft.erase_by).value(), 1);
    // No trace of the plate but in the answer, which has a day of its own.
    EXPECT_EQ(pair.sofia.row("2026-0417").plate, "");
    auto const events
        = pair.sofia.store->read([](Transaction& t) { return events_of(t, "2026-0417"); }).value();
    for (auto const& event : events)
        EXPECT_EQ(json::to_text(event.facts).find("B 123 ABC"), std::string::npos);
}

TEST(Casework, on_the_day_of_erase_by_the_data_are_destroyed_and_the_register_says_so)
{
    Pair pair;
    add_vehicle(pair.bucharest, "B 123 ABC");
    ASSERT_TRUE(pair.sofia.casework->send(lawful(), "TEST").value().message);
    carry(pair.both);
    auto const day = parse_date("2027-04-17").value();
    EXPECT_EQ(pair.bucharest.casework->destroy_due(day - std::chrono::days { 1 }).value(), 0);
    pair.bucharest.now = start + 24h * 365;
    EXPECT_EQ(pair.bucharest.casework->destroy_due(day).value(), 2);
    EXPECT_TRUE(pair.bucharest.bodies("BG/2026-0417").empty());
    EXPECT_EQ(pair.bucharest.row("BG/2026-0417").plate, "");
    EXPECT_EQ(pair.bucharest.verified_entries(), 4);
    EXPECT_EQ(pair.bucharest.acts("BG/2026-0417").back(), "erased");
}

} // namespace comity::casework
