#include "casework/trial_casework_test.h"

#include <fmt/format.h>

namespace comity::casework {
namespace {

using namespace trial;

/// A request that Romania's node leaves to an officer.
struct Waiting : Pair {
    static constexpr auto here = "2026-0417", there = "BG/2026-0417";

    Waiting()
    {
        bucharest.use(silent_law());
        EXPECT_TRUE(sofia.casework->send(lawful(), "A. Officer TEST").value().message);
        carry(both);
    }
    /// What Romania has told Bulgaria's case: "durable 09:14".
    std::vector<std::string> told()
    {
        carry(both);
        auto const events
            = sofia.store->read([&](Transaction& t) { return events_of(t, here); }).value();
        std::vector<std::string> out;
        for (auto const& event : events)
            if (event.act == "receipt-received")
                out.push_back(fmt::format("{} {}", event.facts.at("receipt").as_string().c_str(),
                    to_text(event.at).substr(11, 5)));
        return out;
    }
    std::size_t waiting() { return bucharest.exchange->receipts_for("BG").value().size(); }
};

using Told = std::vector<std::string>;

TEST(Seen, the_sender_learns_when_his_request_is_before_its_unit_and_when_it_is_opened)
{
    Waiting pair;
    EXPECT_EQ(pair.told(), (Told { "durable 09:14" }));
    pair.bucharest.now += 5min;
    ASSERT_TRUE(pair.bucharest.casework->inbox(100, "TEST").ok());
    EXPECT_EQ(pair.told(), (Told { "durable 09:14", "delivered 09:19" }));
    pair.bucharest.now += 5min;
    pair.bucharest.view(pair.there);
    EXPECT_EQ(pair.told(), (Told { "durable 09:14", "delivered 09:19", "opened 09:24" }));
}

TEST(Seen, two_who_open_it_first_in_one_group_give_one_receipt)
{
    Waiting pair;
    auto const id = pair.bucharest.row(pair.there).request_message;
    auto const done = pair.bucharest.store->write([&](Transaction& t) -> Result<void> {
        auto& exchange = *pair.bucharest.exchange;
        TRY(exchange.give_receipt(t, id, message::ReceiptKind::opened));
        return exchange.give_receipt(t, id, message::ReceiptKind::opened);
    });
    ASSERT_TRUE(done.ok()) << done.error().what;
    EXPECT_EQ(pair.told(), (Told { "durable 09:14", "opened 09:14" }));
}

TEST(Seen, looking_again_tells_nothing_again)
{
    Waiting pair;
    for (int i = 0; i < 2; ++i) {
        pair.bucharest.view(pair.there);
        ASSERT_TRUE(pair.bucharest.casework->inbox(100, "TEST").ok());
    }
    EXPECT_EQ(pair.waiting(), 1) << "opened alone: whoever opened it had it before him";
    EXPECT_EQ(pair.told().size(), 2);
    pair.bucharest.view(pair.there);
    EXPECT_EQ(pair.waiting(), 0);
}

TEST(Seen, what_an_officer_may_not_read_was_not_opened)
{
    Waiting pair;
    Wanted wanted;
    wanted.purpose = "other";
    auto const view = pair.bucharest.casework->open_case(pair.there, "TEST", wanted).value();
    ASSERT_EQ(view.closed.size(), 1);
    EXPECT_EQ(pair.waiting(), 0);
}

TEST(Seen, one_s_own_messages_are_not_acknowledged_and_an_answer_is)
{
    Pair pair;
    ASSERT_TRUE(pair.sofia.casework->send(lawful(), "TEST").value().message);
    pair.sofia.view("2026-0417");
    EXPECT_TRUE(pair.sofia.exchange->receipts_for("RO").value().empty());
    carry(pair.both);
    pair.sofia.view("2026-0417");
    auto const given = pair.sofia.exchange->receipts_for("RO").value();
    ASSERT_EQ(given.size(), 1);
    EXPECT_EQ(given[0].kind, "opened");
    ASSERT_TRUE(pair.sofia.casework->inbox(100, "TEST").ok());
    EXPECT_EQ(pair.sofia.exchange->receipts_for("RO").value().size(), 1)
        << "an answered case waits for nobody";
}

} // namespace
} // namespace comity::casework
