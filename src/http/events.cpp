#include "http/events.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::http {
namespace {

std::string to_text(std::uint64_t id, Event const& event)
{
    auto const one_line = [](std::string const& text) {
        return text.find_first_of(std::string_view { "\r\n\0", 3 }) == std::string::npos;
    };
    MUST(one_line(event.name) && one_line(event.data));
    return fmt::format("id: {}\nevent: {}\ndata: {}\n\n", id, event.name, event.data);
}

} // namespace

std::string EventStream::take()
{
    std::scoped_lock const hold { mutex_ };
    waiting_count_ = 0;
    return std::exchange(waiting_, {});
}

bool EventStream::ended() const
{
    std::scoped_lock const hold { mutex_ };
    return ended_;
}

void EventStream::end()
{
    std::scoped_lock const hold { mutex_ };
    if (ended_) return;
    ended_ = true;
    if (news_) news_();
}

void EventStream::on_news(std::function<void()> call)
{
    std::scoped_lock const hold { mutex_ };
    news_ = std::move(call);
}

void EventStream::add(std::string const& text, std::size_t queue_max)
{
    std::scoped_lock const hold { mutex_ };
    if (ended_) return;
    if (waiting_count_ == queue_max) {
        ended_ = true; // It comes back with the id of the last event that it saw.
    } else {
        waiting_ += text;
        ++waiting_count_;
    }
    if (news_) news_();
}

EventHub::EventHub(std::uint64_t first_id, Limits limits)
    : limits_(limits)
    , next_id_(first_id)
{
    MUST(first_id > 0);
}

void EventHub::publish(Event const& event)
{
    std::scoped_lock const hold { mutex_ };
    kept_.push_back({ next_id_, to_text(next_id_, event) });
    ++next_id_;
    if (kept_.size() > limits_.kept_max) kept_.pop_front();
    std::erase_if(followers_, [&](std::weak_ptr<EventStream> const& follower) {
        auto const stream = follower.lock();
        if (stream) stream->add(kept_.back().text, limits_.queue_max);
        return !stream || stream->ended();
    });
}

Result<std::shared_ptr<EventStream>> EventHub::follow(
    std::optional<std::uint64_t> last_id, std::vector<Event> const& if_lost)
{
    std::scoped_lock const hold { mutex_ };
    std::erase_if(followers_, [](auto const& follower) {
        auto const stream = follower.lock();
        return !stream || stream->ended();
    });
    if (followers_.size() >= limits_.followers_max)
        return Error { Error::Kind::unavailable,
            fmt::format("over {} follow the events already", limits_.followers_max) };
    auto stream = std::make_shared<EventStream>();
    auto const oldest = kept_.empty() ? next_id_ : kept_.front().id;
    bool const lost = last_id && (*last_id + 1 < oldest || *last_id >= next_id_);
    if (lost)
        for (auto const& event : if_lost) stream->waiting_ += to_text(next_id_ - 1, event);
    else if (last_id)
        for (auto const& kept : kept_)
            if (kept.id > *last_id) stream->waiting_ += kept.text;
    followers_.push_back(stream);
    return stream;
}

void EventHub::end_all()
{
    std::scoped_lock const hold { mutex_ };
    for (auto const& follower : followers_)
        if (auto const stream = follower.lock()) stream->end();
    followers_.clear();
}

} // namespace comity::http
