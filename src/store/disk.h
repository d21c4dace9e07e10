#pragma once

#include "store/connection.h"

#include <atomic>
#include <semaphore>
#include <thread>

namespace comity::store {

/// Brings committed groups to the disk, one after the other, on a thread of its own while the
/// writer works on the next one. A disk that does not take them ends the process: what the tables
/// show is then ahead of what a restart would find, and nobody may act on it.
class Disk {
public:
    ~Disk();
    /// From then on the commits of that connection, which outlives this.
    void serve(Connection const& writer);

    /// The writer is about to commit a group, and others may see it from now on.
    void begin();
    /// That commit failed, so that there is nothing to bring.
    void undone();
    /// Whether a group was committed that nobody brings yet.
    bool owes() const { return owes_; }
    /// Brings the group there while the caller goes on; the one before must be there.
    void start();
    /// Brings it there on the caller's own thread.
    void bring();
    /// Whether what was started has arrived since; said once.
    bool done();
    /// Until what was started has arrived, if anything was.
    void wait();
    /// Until every group that was begun is there. For readers, on any thread.
    void wait_for_all_begun() const;

private:
    void work_until_stopped(std::stop_token const& stop);
    void sync();
    void note_durable();

    Connection const* writer_ = nullptr;
    std::atomic<std::uint64_t> begun_ = 0, durable_ = 0; ///< Groups.
    bool owes_ = false, under_way_ = false; // touched by the writer alone
    std::binary_semaphore asked_ { 0 }, arrived_ { 0 };
    std::jthread thread_;
};

} // namespace comity::store
