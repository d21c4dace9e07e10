#pragma once

#include "http/health.h"
#include "http/server.h"
#include "observe/log.h"

namespace comity::main {

struct Config;

/// What a running node tells those who keep it: its log and its figures.
class Observing {
public:
    /// The log goes to standard error, a line of JSON each.
    explicit Observing(Clock clock);

    observe::Log const& log() const { return log_; }
    http::Figures& figures() { return figures_; }

    /// A State became reachable or stopped to be.
    void tell_line(std::string const& state, exchange::PeerStatus const& status) const;
    /// A message went a step further: its line in the log is under the same trace in both nodes.
    void tell(exchange::Event const& event);

    /// The same handler, its times counted under that name. What fails on our side is logged with
    /// the trace of the request.
    http::Handler timed(std::string listener, http::Handler handler);
    /// The listener of /health, /ready and /metrics.
    http::Listener listener(Config const& config, http::DeskRooms const& rooms);

private:
    Clock clock_;
    observe::Log log_;
    http::Figures figures_;
    std::unique_ptr<http::StatusPages> pages_;
};

} // namespace comity::main
