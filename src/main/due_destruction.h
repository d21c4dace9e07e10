#pragma once

#include "main/rooms.h"
#include "observe/log.h"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace comity::main {

/// Art. 31(4)(b): destroys what has reached its last day on a thread of its own, a few items at a
/// time, and rests much longer than it worked. Nobody reads them from midnight on, so a hundred
/// thousand may take a part of the night, and nobody at a desk waits for it.
class DueDestruction {
public:
    /// Both outlive it.
    DueDestruction(Rooms& rooms, observe::Log const& log)
        : rooms_(rooms)
        , log_(log)
        , thread_([this](std::stop_token const& stop) { run(stop); })
    {
    }

private:
    void run(std::stop_token const& stop);

    Rooms& rooms_;
    observe::Log const& log_;
    std::mutex mutex_;
    std::condition_variable_any stopped_;
    std::jthread thread_;
};

} // namespace comity::main
