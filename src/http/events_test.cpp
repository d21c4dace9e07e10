#include "http/events.h"

#include <gtest/gtest.h>

namespace comity::http {
namespace {

std::vector<Event> const refresh { { "inbox", "{}" }, { "register", R"({"size":9})" } };

void publish(EventHub& hub, int count)
{
    for (int i = 0; i < count; ++i) hub.publish({ "case", "{}" });
}

std::string text_after(EventHub& hub, std::uint64_t last_id)
{
    return hub.follow(last_id, refresh).take()->take();
}

} // namespace

TEST(Events, reach_every_follower_from_the_moment_it_follows)
{
    EventHub hub { 1 };
    auto const early = hub.follow({}, refresh).take();
    publish(hub, 1);
    auto const late = hub.follow({}, refresh).take();
    hub.publish({ "register", R"({"size":2})" });
    EXPECT_EQ(early->take(),
        "id: 1\nevent: case\ndata: {}\n\nid: 2\nevent: register\ndata: {\"size\":2}\n\n");
    EXPECT_EQ(late->take(), "id: 2\nevent: register\ndata: {\"size\":2}\n\n");
    EXPECT_EQ(late->take(), "");
}

TEST(Events, are_resumed_after_the_last_one_seen)
{
    EventHub hub { 100, { .kept_max = 3 } };
    publish(hub, 4); // 100 to 103, of which 101 to 103 are kept.
    EXPECT_EQ(text_after(hub, 103), "");
    EXPECT_EQ(text_after(hub, 102), "id: 103\nevent: case\ndata: {}\n\n");
    EXPECT_TRUE(text_after(hub, 100).starts_with("id: 101\n"));
}

TEST(Events, that_are_lost_are_made_up_for)
{
    EventHub hub { 100, { .kept_max = 3 } };
    publish(hub, 4);
    constexpr auto all = "id: 103\nevent: inbox\ndata: {}\n\n"
                         "id: 103\nevent: register\ndata: {\"size\":9}\n\n";
    EXPECT_EQ(text_after(hub, 99), all);
    EXPECT_EQ(text_after(hub, 104), all); // An id that this process never gave.
    EXPECT_EQ(text_after(hub, UINT64_MAX), all);
    EventHub fresh { 100 };
    EXPECT_EQ(text_after(fresh, 99), "");
    EXPECT_TRUE(text_after(fresh, 98).starts_with("id: 99\nevent: inbox\n"));
}

TEST(Events, a_follower_that_does_not_keep_up_is_ended)
{
    EventHub hub { 1, { .queue_max = 2 } };
    auto const slow = hub.follow({}, {}).take();
    publish(hub, 2);
    EXPECT_FALSE(slow->ended());
    publish(hub, 1);
    EXPECT_TRUE(slow->ended());
    EXPECT_TRUE(slow->take().ends_with("id: 2\nevent: case\ndata: {}\n\n"));
    EXPECT_TRUE(text_after(hub, 2).starts_with("id: 3\n"));
}

TEST(Events, followers_are_limited_and_make_room_when_they_leave)
{
    EventHub hub { 1, { .followers_max = 2 } };
    auto first = hub.follow({}, {}).take();
    auto const second = hub.follow({}, {}).take();
    EXPECT_EQ(hub.follow({}, {}).error().kind, Error::Kind::unavailable);
    second->end();
    auto const third = hub.follow({}, {}).take();
    EXPECT_FALSE(hub.follow({}, {}).ok());
    first.reset();
    EXPECT_TRUE(hub.follow({}, {}).ok());
}

TEST(Events, news_are_called_for_until_they_are_taken_back)
{
    EventHub hub { 1 };
    auto const stream = hub.follow({}, {}).take();
    int calls = 0;
    stream->on_news([&] { ++calls; });
    publish(hub, 2);
    EXPECT_EQ(calls, 2);
    hub.end_all();
    EXPECT_EQ(calls, 3);
    EXPECT_TRUE(stream->ended());
    stream->on_news({});
    stream->end();
    EXPECT_EQ(calls, 3);
}

} // namespace comity::http
