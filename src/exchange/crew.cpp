#include "exchange/crew.h"

#include <algorithm>
#include <atomic>

namespace comity::exchange {

struct Crew::Job {
    std::function<void(std::size_t)> const* work;
    std::size_t count;
    std::atomic<std::size_t> next = 0;
    std::size_t helpers = 0; ///< Threads inside; under the crew's mutex.

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
    if (threads_.empty() || count < 2) {
        for (std::size_t i = 0; i < count; ++i) work(i);
        return;
    }
    Job job { &work, count };
    {
        std::scoped_lock const hold { mutex_ };
        jobs_.push_back(&job);
    }
    news_.notify_all();
    job.take_turns();
    std::unique_lock hold { mutex_ };
    std::erase(jobs_, &job);
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

} // namespace comity::exchange
