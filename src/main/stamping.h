#pragma once

#include "main/rooms.h"
#include "observe/log.h"

#include <condition_variable>
#include <thread>

namespace comity::main {

/// The thread that puts heads of the register under time-stamps, where the node's settings name an
/// authority. What fails is logged, and tried again with the next head.
class Stamping {
public:
    /// Error: malformed for settings that cannot be read.
    static Result<std::unique_ptr<Stamping>> start(Rooms& rooms, observe::Log const& log);
    ~Stamping();

    explicit Stamping(std::jthread thread)
        : thread_(std::move(thread))
    {
    }

private:
    std::jthread thread_;
};

} // namespace comity::main
