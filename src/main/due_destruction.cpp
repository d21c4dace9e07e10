#include "main/due_destruction.h"

#include <chrono>

namespace comity::main {
namespace {

constexpr std::chrono::minutes look_every { 1 };
/// Whoever works at a desk meets a step of some milliseconds this seldom (make bench-desk).
constexpr int rests_a_step = 30;

} // namespace

void DueDestruction::run(std::stop_token const& stop)
{
    using Steady = std::chrono::steady_clock;
    while (!stop.stop_requested()) {
        auto const begun = Steady::now();
        auto const more = rooms_.casework->destroy_few();
        if (!more.ok()) log_.failed("destroying failed", {}, more.error());
        bool const go_on = more.ok() && more.value();
        std::unique_lock hold { mutex_ };
        stopped_.wait_for(hold, stop,
            go_on ? rests_a_step * (Steady::now() - begun) : Steady::duration { look_every },
            [] { return false; });
    }
}

} // namespace comity::main
