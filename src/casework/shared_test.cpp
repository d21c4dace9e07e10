#include "casework/trial_casework_test.h"

namespace comity::casework {

using namespace trial;

TEST(Casework, two_processes_of_one_State_share_what_waits_and_answer_each_request_once)
{
    if (store::trial::postgres_address().empty()) GTEST_SKIP() << "a file is for one process";
    Node sofia { 0 }, first { 1 }, second { 1, &first };
    constexpr std::size_t requests = 70; // more than one process claims at once
    for (std::size_t i = 0; i < requests; ++i) {
        auto draft = lawful();
        draft.case_number = "TEST-" + std::to_string(i);
        ASSERT_TRUE(sofia.casework->send(draft, "TEST").value().message);
        ASSERT_TRUE(sofia.exchange->number("RO").ok());
        auto const seq = sofia.exchange->load("RO").value().first_under_way;
        auto const message = sofia.exchange->under_way("RO", seq).value();
        auto& taker = i % 2 == 0 ? first : second;
        auto const receipt = taker.exchange->receive(message.envelope, "BG").value();
        ASSERT_TRUE(sofia.exchange->acknowledge(message.id, receipt).ok());
    }
    std::array<std::size_t, 2> looked_at {};
    {
        std::vector<std::jthread> workers;
        workers.reserve(2);
        for (std::size_t i = 0; i < 2; ++i)
            workers.emplace_back([&, i] {
                auto& casework = *(i == 0 ? first : second).casework;
                for (std::size_t count = 1; count > 0; looked_at[i] += count) {
                    auto const done = casework.work();
                    ASSERT_TRUE(done.ok()) << done.error().what;
                    count = done.value();
                }
            });
    }
    EXPECT_EQ(looked_at[0] + looked_at[1], requests);
    EXPECT_EQ(
        first.store->read([](Transaction& t) { return exchange::queued_for(t, "BG"); }).value(),
        requests);
    while (second.exchange->number("BG").value() > 0) { }
    EXPECT_EQ(second.verified_entries(), 2 * requests);
    std::array<Node*, 2> const both { &sofia, &first };
    carry(both);
    for (auto* node : { &first, &second }) node->go_to(parse_date("2030-01-01").value());
    EXPECT_EQ(first.casework->destroy_due().value(), 2 * requests);
    EXPECT_EQ(second.casework->destroy_due().value(), 0);
    EXPECT_EQ(second.verified_entries(), 4 * requests);
}

} // namespace comity::casework
