#include "base/crew.h"

#include <algorithm>
#include <atomic>

namespace comity {
namespace {

/// Some ten microseconds: what waking up takes.
constexpr int turns_before_sleep = 64;

} // namespace

struct Crew::Job {
    std::function<void(std::size_t)> const* work;
    std::size_t count;
    std::atomic<std::size_t> next = 0;
    std::atomic<std::size_t> helpers = 0; ///< Threads inside; changed under the crew's mutex.

    void take_turns()
    {
        for (auto i = next++; i < count; i = next++) (*work)(i);
    }
};

Crew::Crew(std::size_t threads)
{
    for (std::size_t i = 0; i < threads; ++i)
        threads_.emplace_back([this](std::stop_token const& stop) { help(stop); });
}

Crew::~Crew()
{
    for (auto& each : threads_) each.request_stop();
}

void Crew::each(std::size_t count, std::function<void(std::size_t)> const& work)
{
    if (threads_.empty() || count < 2) return comity::each(nullptr, count, work);
    Job job { &work, count };
    {
        std::scoped_lock const hold { mutex_ };
        jobs_.push_back(&job);
    }
    news_.notify_all();
    job.take_turns();
    wait_for(job);
}

/// Who is still inside has one piece in his hands: going to sleep for it takes longer than it does.
void Crew::wait_for(Job& job)
{
    {
        std::scoped_lock const hold { mutex_ };
        std::erase(jobs_, &job);
    }
    for (int turn = 0; turn < turns_before_sleep && job.helpers > 0; ++turn)
        std::this_thread::yield();
    std::unique_lock hold { mutex_ };
    finished_.wait(hold, [&] { return job.helpers == 0; });
}

void Crew::help(std::stop_token const& stop)
{
    std::unique_lock hold { mutex_ };
    while (news_.wait(hold, stop, [&] { return !jobs_.empty(); })) {
        auto* job = jobs_.front();
        ++job->helpers;
        hold.unlock();
        job->take_turns();
        hold.lock();
        std::erase(jobs_, job);
        if (--job->helpers == 0) finished_.notify_all();
    }
}

void each(Crew* crew, std::size_t count, std::function<void(std::size_t)> const& work)
{
    if (crew != nullptr) return crew->each(count, work);
    for (std::size_t i = 0; i < count; ++i) work(i);
}

} // namespace comity
