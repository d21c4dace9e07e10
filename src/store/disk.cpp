#include "store/disk.h"

#include "base/check.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>

namespace comity::store {

Disk::~Disk()
{
    if (!thread_.joinable()) return;
    wait();
    thread_.request_stop();
    asked_.release();
}

void Disk::serve(Connection const& writer)
{
    MUST(writer_ == nullptr);
    writer_ = &writer;
    thread_ = std::jthread { [this](std::stop_token const& stop) { work_until_stopped(stop); } };
}

void Disk::begin()
{
    MUST(!owes_);
    owes_ = true;
    ++begun_;
}

/// The one before it first: groups become durable in order, so that counting them is enough.
void Disk::undone()
{
    wait();
    owes_ = false;
    note_durable();
}

void Disk::start()
{
    MUST(owes_ && !under_way_);
    owes_ = false;
    under_way_ = true;
    asked_.release();
}

void Disk::bring()
{
    MUST(owes_ && !under_way_);
    owes_ = false;
    sync();
}

void Disk::sync()
{
    if (auto const done = writer_->sync(); !done.ok()) {
        fmt::print(stderr, "stopped: {}\n", done.error().what);
        std::abort();
    }
    note_durable();
}

bool Disk::done()
{
    if (!under_way_ || !arrived_.try_acquire()) return false;
    under_way_ = false;
    return true;
}

void Disk::wait()
{
    if (!under_way_) return;
    arrived_.acquire();
    under_way_ = false;
}

void Disk::note_durable()
{
    ++durable_;
    durable_.notify_all();
}

void Disk::wait_for_all_begun() const
{
    auto const last = begun_.load();
    for (auto durable = durable_.load(); durable < last; durable = durable_.load())
        durable_.wait(durable);
}

void Disk::work_until_stopped(std::stop_token const& stop)
{
    for (;;) {
        asked_.acquire();
        if (stop.stop_requested()) return;
        sync();
        arrived_.release();
    }
}

} // namespace comity::store
