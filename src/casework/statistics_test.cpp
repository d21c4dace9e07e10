#include "casework/statistics.h"

#include "casework/trial_casework_test.h"

#include <algorithm>

namespace comity::casework {

using namespace trial;

namespace {

StatisticsView seen(Node& node, std::optional<std::string> const& from = {},
    std::optional<std::string> const& to = {})
{
    Statistics statistics { *node.store, node.keys.of.state, [&node] { return node.now; } };
    return statistics.of_period(from, to).value();
}

/// A timeline without messages, as long as the test wants it.
void told(Node& node, std::string_view number, std::string_view act, Instant at,
    json::Object const& facts = {}, std::string_view requesting = "BG")
{
    auto const written = node.store->write([&](Transaction& t) -> Result<void> {
        if (!TRY(find_case(t, number)))
            TRY(put_case(t,
                { std::string { number }, {}, "vehicle-owner", "investigation", {},
                    std::string { requesting }, requesting == "BG" ? "RO" : "BG",
                    CaseState::waiting, at, at + 24h, {} }));
        return insert_event(
            t, { std::string { number }, at, at, std::string { act }, "TEST", {}, {}, facts });
    });
    ASSERT_TRUE(written.ok()) << written.error().what;
}

} // namespace

TEST(Statistics, what_was_asked_and_answered_is_counted_on_both_sides_by_State_kind_and_article)
{
    Pair pair;
    add_vehicle(pair.bucharest, "B 123 ABC");
    ASSERT_TRUE(pair.sofia.casework->send(lawful(), "TEST").value().message);
    carry(pair.both);
    auto const asked = seen(pair.sofia);
    EXPECT_EQ(asked.from, "2025-05");
    EXPECT_EQ(asked.to, "2026-04");
    EXPECT_EQ(asked.out.asked, 1);
    EXPECT_EQ(asked.out.answered, 1);
    EXPECT_EQ(asked.out.late, 0);
    EXPECT_EQ(asked.out.median_seconds, 0);
    EXPECT_EQ(asked.in.asked, 0);
    EXPECT_EQ(asked.in.median_seconds, std::nullopt);
    ASSERT_EQ(asked.by_party.size(), 1);
    EXPECT_EQ(asked.by_party[0].party, "RO");
    ASSERT_EQ(asked.by_kind.size(), 1);
    EXPECT_EQ(asked.by_kind[0].provision, "A4(5)(a)-1");
    ASSERT_EQ(asked.by_month.size(), 24);
    EXPECT_EQ(std::ranges::count(asked.by_month, 1, &FiguresOfMonth::asked), 1);
    auto const was_asked = seen(pair.bucharest);
    EXPECT_EQ(was_asked.in.asked, 1);
    EXPECT_EQ(was_asked.in.answered, 1);
    EXPECT_EQ(was_asked.by_party.at(0).direction, "in");
}

TEST(Statistics, refusals_stand_by_their_ground)
{
    Node node { 0 };
    told(node, "1", "request-received", start, {}, "RO");
    told(node, "1", "refusal-sent", start + 1h, { { "ground", "sovereignty" } });
    told(node, "2", "request-received", start, {}, "RO");
    told(node, "2", "refusal-sent", start + 2h, { { "ground", "essential-interests" } });
    told(node, "3", "request-received", start, {}, "RO");
    told(node, "3", "refusal-sent", start + 2h, { { "ground", "sovereignty" } });
    auto const view = seen(node);
    EXPECT_EQ(view.in.refused, 3);
    ASSERT_EQ(view.refusals.size(), 2);
    EXPECT_EQ(view.refusals[0].ground, "essential-interests");
    EXPECT_EQ(view.refusals[1].count, 2);
}

TEST(Statistics, an_answer_is_late_from_the_first_moment_after_its_time)
{
    Node node { 0 };
    auto const number = [](int n) { return std::to_string(n); };
    Instant const ends[] { start + 24h - 1us, start + 24h, start + 24h + 1us };
    for (int n = 0; n < 3; ++n) {
        told(node, number(n), "request-sent", start);
        told(node, number(n), "answer-received", ends[n]);
    }
    EXPECT_EQ(seen(node).out.late, 1);
}

TEST(Statistics, median_and_ninetieth_hundredth_are_within_a_thirty_second)
{
    Node node { 0 };
    for (int n = 1; n <= 20; ++n) {
        told(node, std::to_string(n), "request-sent", start);
        told(node, std::to_string(n), "answer-received", start + n * 1h);
    }
    auto const view = seen(node);
    EXPECT_NEAR(static_cast<double>(*view.out.median_seconds), 36000, 36000 / 32.0);
    EXPECT_NEAR(static_cast<double>(*view.out.p90_seconds), 64800, 64800 / 32.0);
}

TEST(Statistics, every_time_lies_in_one_range_whose_middle_is_near_it)
{
    for (std::int64_t seconds = 0; seconds < 200'000; ++seconds) {
        auto const range = time_range(seconds);
        ASSERT_LE(std::abs(seconds_of(range) - seconds) * 32, seconds < 32 ? 0 : seconds)
            << seconds;
        ASSERT_LE(range - time_range(seconds - 1), 1) << seconds;
    }
    EXPECT_EQ(time_range(-5), 0);
}

TEST(Statistics, a_second_answer_counts_once_and_a_further_request_counts_anew)
{
    Node node { 0 };
    told(node, "1", "request-sent", start);
    told(node, "1", "answer-received", start + 1h);
    told(node, "1", "answer-received", start + 2h);
    EXPECT_EQ(seen(node).out.answered, 1);
    told(node, "1", "request-sent", start + 3h);
    told(node, "1", "answer-received", start + 4h);
    auto const view = seen(node);
    EXPECT_EQ(view.out.asked, 2);
    EXPECT_EQ(view.out.answered, 2);
}

TEST(Statistics, a_call_and_what_confirms_it_are_one_request_that_runs_from_the_call)
{
    Node node { 0 };
    told(node, "1", "oral-request-taken", start, {}, "RO");
    told(node, "1", "oral-request-confirmation-received", start + 1h);
    told(node, "1", "answer-sent", start + 2h);
    told(node, "2", "oral-request-confirmation-received", start, {}, "RO"); // nobody kept the call
    auto const view = seen(node);
    EXPECT_EQ(view.in.asked, 2);
    EXPECT_NEAR(static_cast<double>(*view.in.median_seconds), 7200, 7200 / 32.0);
}

TEST(Statistics, what_is_kept_and_what_is_counted_beside_it_make_the_same_figures)
{
    Node node { 0 };
    told(node, "1", "request-sent", start);
    told(node, "1", "answer-received", start + 1h);
    told(node, "2", "request-sent", start + 2h);
    auto const beside = json::to_text(seen(node));
    node.now = start + 2h + statistics_settle;
    Statistics statistics { *node.store, "BG", [&node] { return node.now; } };
    EXPECT_EQ(statistics.count_some().value(), 3);
    EXPECT_EQ(statistics.count_some().value(), 0);
    EXPECT_EQ(json::to_text(seen(node)), beside);
}

TEST(Statistics, an_entry_is_kept_in_the_totals_only_when_it_has_settled)
{
    Node node { 0 };
    told(node, "1", "request-sent", start);
    Statistics statistics { *node.store, "BG", [&node] { return node.now; } };
    node.now = start + statistics_settle - 1us;
    EXPECT_EQ(statistics.count_some().value(), 0);
    node.now = start + statistics_settle;
    EXPECT_EQ(statistics.count_some().value(), 1);
}

TEST(Statistics, a_month_counts_what_happened_in_it)
{
    Node node { 0 };
    auto const march = parse_instant("2026-03-31T23:59:59Z").value();
    told(node, "1", "request-sent", march);
    told(node, "1", "answer-received", march + 1s);
    auto const first = seen(node, "2026-03", "2026-03");
    EXPECT_EQ(first.out.asked, 1);
    EXPECT_EQ(first.out.answered, 0);
    auto const second = seen(node, "2026-04", "2026-04");
    EXPECT_EQ(second.out.asked, 0);
    EXPECT_EQ(second.out.answered, 1);
}

TEST(Statistics, a_period_is_refused_by_its_name_where_it_is_none_or_too_long)
{
    Node node { 0 };
    Statistics statistics { *node.store, "BG", [&node] { return node.now; } };
    EXPECT_EQ(statistics.of_period("March", {}).error().field, "from");
    EXPECT_EQ(statistics.of_period({}, "2026-13").error().field, "to");
    EXPECT_EQ(statistics.of_period("2026-05", "2026-04").error().field, "to");
    EXPECT_TRUE(statistics.of_period("2023-05", "2026-04").ok());
    EXPECT_EQ(statistics.of_period("2023-04", "2026-04").error().kind, Error::Kind::too_large);
}

TEST(Statistics, the_file_has_a_line_for_each_row_of_the_page)
{
    Node node { 0 };
    told(node, "1", "request-received", start, {}, "RO");
    told(node, "1", "refusal-sent", start + 1h, { { "ground", "sovereignty" } });
    auto const text = csv_of(seen(node, "2026-04", "2026-04"));
    EXPECT_EQ(std::ranges::count(text, '\n'), 1 + 2 + 1 + 1 + 1 + 2);
    EXPECT_NE(text.find("\r\nkind,vehicle-owner,A4(5)(a)-1,in,1,0,1,"), text.npos) << text;
    EXPECT_NE(text.find("\r\nrefusal-ground,sovereignty,A30(1),in,0,0,1,"), text.npos);
}

} // namespace comity::casework
