#include "observe/line_figures.h"

#include <gtest/gtest.h>

namespace comity::observe {

using namespace std::chrono_literals;

TEST(Durations, a_bucket_holds_what_is_at_most_its_bound)
{
    Durations durations;
    durations.add(999us);
    durations.add(1ms);
    durations.add(1001us);
    durations.add(24h);
    durations.add(25h);
    durations.add(-1s);
    auto const told = durations.told();
    EXPECT_EQ(told.counts[0], 3);
    EXPECT_EQ(told.counts[1], 1);
    EXPECT_EQ(told.counts[Durations::bounds.size() - 1], 1);
    EXPECT_EQ(told.counts.back(), 1);
    EXPECT_EQ(told.count, 6);
}

TEST(Durations, a_quantile_is_one_of_the_last_thousand)
{
    Durations durations;
    EXPECT_FALSE(durations.quantile(0.5));
    durations.add(7ms);
    EXPECT_EQ(durations.quantile(0), 7ms);
    EXPECT_EQ(durations.quantile(1), 7ms);
    for (int i = 1; i <= 1000; ++i) durations.add(std::chrono::milliseconds { i });
    EXPECT_EQ(durations.quantile(0.5), 500ms);
    EXPECT_EQ(durations.quantile(0.99), 990ms);
    for (int i = 0; i < 1000; ++i) durations.add(1us);
    EXPECT_EQ(durations.quantile(1), 1us);
    EXPECT_EQ(durations.told().count, 2001);
}

TEST(MetricsPage, reads_as_the_text_format_of_Prometheus)
{
    MetricsPage page;
    page.family("comity_queue_messages", "gauge", "Messages that wait for a State.");
    page.sample(3, std::vector<MetricsPage::Label> { { "peer", "RO" } });
    page.sample(0.5, std::vector<MetricsPage::Label> { { "peer", "a\"b\\c\nd" } });
    page.sample(1);
    EXPECT_EQ(page.take(),
        "# HELP comity_queue_messages Messages that wait for a State.\n"
        "# TYPE comity_queue_messages gauge\n"
        "comity_queue_messages{peer=\"RO\"} 3\n"
        "comity_queue_messages{peer=\"a\\\"b\\\\c\\nd\"} 0.5\n"
        "comity_queue_messages 1\n");
}

TEST(MetricsPage, the_buckets_of_a_histogram_add_up)
{
    Durations durations;
    durations.add(2ms);
    durations.add(2h);
    MetricsPage page;
    page.family("comity_delivery_seconds", "histogram", "x");
    page.samples(durations, { { "peer", "RO" } });
    auto const text = page.take();
    auto const has = [&](std::string_view line) { return text.find(line) != text.npos; };
    EXPECT_TRUE(has("comity_delivery_seconds_bucket{peer=\"RO\",le=\"0.001\"} 0\n"));
    EXPECT_TRUE(has("comity_delivery_seconds_bucket{peer=\"RO\",le=\"0.0025\"} 1\n"));
    EXPECT_TRUE(has("comity_delivery_seconds_bucket{peer=\"RO\",le=\"3600\"} 1\n"));
    EXPECT_TRUE(has("comity_delivery_seconds_bucket{peer=\"RO\",le=\"86400\"} 2\n"));
    EXPECT_TRUE(has("comity_delivery_seconds_bucket{peer=\"RO\",le=\"+Inf\"} 2\n"));
    EXPECT_TRUE(has("comity_delivery_seconds_sum{peer=\"RO\"} 7200.002\n"));
    EXPECT_TRUE(has("comity_delivery_seconds_count{peer=\"RO\"} 2\n"));
}

TEST(LineFigures, each_State_has_its_own)
{
    LineFigures figures;
    figures.receipted("RO", { 4ms, 250ms });
    figures.receipted("RO", { 8ms, -30ms });
    figures.receipted("RS", { 1s, 0ms });
    auto const ro = figures.now("RO");
    EXPECT_EQ(ro.receipted, 2);
    EXPECT_EQ(ro.half, 4ms);
    EXPECT_EQ(ro.most, 8ms);
    EXPECT_EQ(ro.clock_difference, -30ms);
    EXPECT_FALSE(figures.now("AL").half);
    MetricsPage page;
    figures.write(page);
    EXPECT_NE(
        page.take().find("comity_delivery_seconds_count{peer=\"RS\"} 1\n"), std::string::npos);
}

TEST(RequestFigures, requests_are_told_apart_by_listener_and_outcome)
{
    RequestFigures figures;
    figures.add("desk", 200, 1ms);
    figures.add("desk", 201, 1ms);
    figures.add("desk", 403, 1ms);
    figures.add("peers", 200, 1ms);
    MetricsPage page;
    figures.write(page);
    auto const text = page.take();
    EXPECT_NE(text.find("_count{listener=\"desk\",status=\"2xx\"} 2\n"), text.npos);
    EXPECT_NE(text.find("_count{listener=\"desk\",status=\"4xx\"} 1\n"), text.npos);
    EXPECT_NE(text.find("_count{listener=\"peers\",status=\"2xx\"} 1\n"), text.npos);
}

} // namespace comity::observe
