#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace comity {

/// Threads that help a caller with many small pieces of work that do not touch each other: seals
/// of a batch, slices of a search. With no threads the caller does everything itself, in order.
class Crew {
public:
    explicit Crew(std::size_t threads);
    ~Crew();
    Crew(Crew const&) = delete;
    Crew& operator=(Crew const&) = delete;

    /// `work(i)` once for each i below `count`, on the caller's thread and on those that are free.
    /// Returns when all is done. Several callers at once share the threads.
    void each(std::size_t count, std::function<void(std::size_t)> const& work);

private:
    struct Job;
    void help(std::stop_token const& stop);
    void wait_for(Job& job);

    std::mutex mutex_;
    std::condition_variable_any news_, finished_;
    std::deque<Job*> jobs_;
    std::vector<std::jthread> threads_;
};

/// With whoever helps; with nobody on the caller's thread alone, in order.
void each(Crew* crew, std::size_t count, std::function<void(std::size_t)> const& work);

} // namespace comity
