#include "http/health.h"

#include "http/trial_desk_test.h"

#include <gtest/gtest.h>

namespace comity::http {
namespace {

using namespace std::chrono_literals;
using namespace trial;

/// All is well: one peer, reached just now, and certificates that last.
NodeHealth well()
{
    NodeHealth out;
    out.at = now;
    out.started_at = now - 24h;
    out.certificates = { { "seal", now + 2160h, 90 } };
    PeerHealth peer;
    peer.party = "RO";
    peer.reachable = true;
    peer.last_contact_at = now;
    peer.certificates = { { "seal", now + 2160h, 90 } };
    peer.followed_size = 20'000;
    out.peers = { peer };
    out.register_ = { "register.bg.test", 20'000, "" };
    return out;
}

std::vector<AlarmWord> words_of(NodeHealth const& health, std::size_t forks = 0)
{
    std::vector<AlarmWord> out;
    for (auto const& each : alarms_of(health, forks)) out.push_back(each.word);
    return out;
}

/// The alarms after one change to what was well.
std::vector<AlarmWord> with(std::function<void(NodeHealth&, PeerHealth&)> const& change)
{
    auto health = well();
    change(health, health.peers[0]);
    return words_of(health);
}

using Words = std::vector<AlarmWord>;

struct Probe {
    Sofia sofia;
    Figures figures { now, {}, {}, [] { return std::uint64_t { 1 } << 26U; } };
    StatusPages pages { sofia.rooms, figures };

    Response get(std::string_view path) const
    {
        Request request;
        request.method = "GET";
        request.path = path;
        return pages.serve(request);
    }
};

} // namespace

TEST(Alarms, there_are_none_where_all_is_well)
{
    EXPECT_EQ(words_of(well()), Words {});
}

TEST(Alarms, a_State_is_away_after_a_quarter_of_an_hour_without_contact)
{
    auto const away = [](Instant last) {
        return with([&](NodeHealth&, PeerHealth& peer) {
            peer.reachable = false;
            peer.last_contact_at = last;
        });
    };
    EXPECT_EQ(away(now - 15min + 1us), Words {});
    EXPECT_EQ(away(now - 15min), Words { AlarmWord::peer_away });
    EXPECT_EQ(with([](NodeHealth& node, PeerHealth& peer) {
        peer.reachable = false;
        peer.last_contact_at = {};
        node.started_at = now - 14min;
    }),
        Words {});
}

TEST(Alarms, a_queue_a_clock_a_certificate_and_a_register_each_have_their_threshold)
{
    auto const queued = [](std::int64_t count) {
        return with([&](NodeHealth&, PeerHealth& peer) { peer.queued = count; });
    };
    EXPECT_EQ(queued(999), Words {});
    EXPECT_EQ(queued(1000), Words { AlarmWord::queue_long });
    auto const clock = [](std::chrono::microseconds ahead) {
        return with([&](NodeHealth&, PeerHealth& peer) {
            peer.clock_difference_microseconds = ahead.count();
        });
    };
    EXPECT_EQ(clock(1us - 60s), Words {});
    EXPECT_EQ(clock(-60s), Words { AlarmWord::clock_differs });
    EXPECT_EQ(clock(60s), Words { AlarmWord::clock_differs });
    auto const days = [](std::int64_t left) {
        return with([&](NodeHealth& node, PeerHealth&) { node.certificates[0].days_left = left; });
    };
    EXPECT_EQ(days(15), Words {});
    EXPECT_EQ(days(14), Words { AlarmWord::certificate_ends });
    EXPECT_EQ(days(-1), Words { AlarmWord::certificate_ends });
    auto const followed = [](std::uint64_t size) {
        return with([&](NodeHealth&, PeerHealth& peer) { peer.followed_size = size; });
    };
    EXPECT_EQ(followed(10'001), Words {});
    EXPECT_EQ(followed(10'000), Words { AlarmWord::not_witnessed });
    // A witness that knows more than we do is an alarm of its own, not of this sum.
    EXPECT_EQ(followed(30'000), Words {});
}

TEST(Alarms, contradicting_histories_come_first)
{
    auto health = well();
    health.peers[0].queued = 1000;
    health.peers[0].register_alarm = "split-view";
    EXPECT_EQ(words_of(health, 2),
        (Words { AlarmWord::fork, AlarmWord::register_contradicts, AlarmWord::queue_long }));
    EXPECT_EQ(alarms_of(health, 2)[0].value, 2);
}

TEST(Health, tells_of_the_register_the_lines_and_the_certificates)
{
    Probe probe;
    probe.figures.lines.receipted("RO", { 5ms, -20ms });
    auto const endpoints = health_endpoints(probe.sofia.rooms, probe.figures);
    auto const answer = endpoints.at(0).handle({}, &probe.sofia.session).value();
    auto const told = json::parse(as_text(answer.body)).value();
    EXPECT_EQ(told.at("register").at("size"), 0);
    EXPECT_EQ(told.at("memoryBytes"), 1U << 26U);
    ASSERT_EQ(told.at("peers").as_array().size(), 1);
    auto const& peer = told.at("peers").at(0);
    EXPECT_EQ(peer.at("party"), "RO");
    EXPECT_EQ(peer.at("halfMicroseconds"), 5000);
    EXPECT_EQ(peer.at("clockDifferenceMicroseconds"), -20000);
    EXPECT_EQ(peer.at("certificates").as_array().size(), 4);
    EXPECT_GT(peer.at("certificates").at(1).at("daysLeft").as_int64(), 14);
    EXPECT_TRUE(told.at("alarms").as_array().empty()) << json::print(told.at("alarms"));
}

TEST(StatusPages, say_whether_the_node_lives_and_whether_it_can_promise_anything)
{
    Probe const probe;
    EXPECT_EQ(as_text(probe.get("/health").body), R"({"alive":true})");
    EXPECT_EQ(as_text(probe.get("/ready").body), R"({"ready":true})");
    EXPECT_EQ(probe.get("/else").status, 404);
    Request post;
    post.method = "POST";
    post.path = "/metrics";
    EXPECT_EQ(probe.pages.serve(post).status, 405);
}

TEST(StatusPages, figures_are_in_the_text_format_of_Prometheus_and_name_nobody)
{
    Probe probe;
    probe.figures.lines.receipted("RO", { 5ms, -20ms });
    probe.figures.requests.add("desk", 200, 3ms);
    auto const page = probe.get("/metrics");
    EXPECT_EQ(page.headers.at(0).value, "text/plain; version=0.0.4; charset=utf-8");
    auto const text = as_text(page.body);
    for (auto const* line :
        { "comity_register_entries 0\n", "comity_queue_messages{peer=\"RO\"} 0\n",
            "comity_clock_difference_seconds{peer=\"RO\"} -0.02\n",
            "comity_certificate_days{party=\"BG\",usage=\"seal\"} ",
            "comity_delivery_seconds_count{peer=\"RO\"} 1\n",
            "comity_request_seconds_count{listener=\"desk\",status=\"2xx\"} 1\n",
            "process_resident_memory_bytes 67108864\n" })
        EXPECT_NE(text.find(line), text.npos) << line << text;
}

} // namespace comity::http
