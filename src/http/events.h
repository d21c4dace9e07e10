#pragma once

#include "base/result.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace comity::http {

/// Something that happened, for whoever looks on: a name and one line of JSON.
struct Event {
    std::string name, data;
};

/// The news of one follower until it is sent. Any thread may call.
class EventStream {
public:
    /// Everything that waits, as text/event-stream; empty where nothing does.
    std::string take();
    bool ended() const;
    /// No more news; what waits may still be taken.
    void end();
    /// Called, on whatever thread, each time there is something to take and once at the end.
    /// An empty function takes the former back; after that it is not called any more.
    void on_news(std::function<void()> call);

private:
    friend class EventHub;
    void add(std::string const& text, std::size_t queue_max);

    mutable std::mutex mutex_;
    std::string waiting_;
    std::size_t waiting_count_ = 0;
    bool ended_ = false;
    std::function<void()> news_;
};

/// Tells every follower what happens, as server-sent events. Keeps the last events so that a
/// follower whose line dropped resumes; one that does not keep up is ended and comes back. Any
/// thread may call.
class EventHub {
public:
    struct Limits {
        std::size_t kept_max = 1024; ///< Events to resume from.
        std::size_t queue_max = 256; ///< Events that wait for one follower.
        std::size_t followers_max = 256;
    };
    /// Ids count from `first_id`. To grow over a restart it is taken from the clock.
    explicit EventHub(std::uint64_t first_id)
        : EventHub(first_id, Limits {})
    {
    }
    EventHub(std::uint64_t first_id, Limits limits);

    void publish(Event const& event);
    /// From now on or, with the id of a Last-Event-ID header, from just after that event; where
    /// it cannot be resumed from, `if_lost` comes first. Error: unavailable over followers_max.
    Result<std::shared_ptr<EventStream>> follow(
        std::optional<std::uint64_t> last_id, std::vector<Event> const& if_lost);
    void end_all();

private:
    struct Kept {
        std::uint64_t id;
        std::string text;
    };
    std::mutex mutex_;
    Limits limits_;
    std::uint64_t next_id_;
    std::deque<Kept> kept_;
    std::vector<std::weak_ptr<EventStream>> followers_;
};

} // namespace comity::http
