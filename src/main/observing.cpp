#include "main/observing.h"

#include "base/file.h"
#include "main/config.h"

#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <iostream>

namespace comity::main {
namespace {

using observe::Key;
using observe::Level;

/// Linux: proc(5), the second number of statm in pages. 0 where there is none.
std::uint64_t resident_bytes()
{
    auto const statm = read_file("/proc/self/statm", 4096);
    if (!statm.ok()) return 0;
    auto const text = as_text(statm.value());
    auto const second = text.substr(std::min(text.find(' ') + 1, text.size()));
    std::uint64_t pages = 0;
    std::from_chars(second.data(), second.data() + second.size(), pages);
    return pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
}

} // namespace

Observing::Observing(Clock clock)
    : clock_(std::move(clock))
    , log_(clock_, [](std::string const& line) { std::cerr << line << std::flush; })
{
    figures_.started_at = clock_();
    figures_.memory_bytes = resident_bytes;
}

void Observing::tell_line(std::string const& state, exchange::PeerStatus const& status) const
{
    if (status.reachable)
        log_.say(Level::info, "peer reached", {}, { { Key::peer, state } });
    else
        log_.say(Level::warning, "peer away", {},
            { { Key::peer, state }, { Key::reason, status.last_error } });
}

void Observing::tell(exchange::Event const& event)
{
    auto const of = "message " + json::word(event.what);
    auto const trace = observe::trace_of(event.message);
    std::vector<observe::Value> values { { Key::peer, event.peer },
        { Key::number, static_cast<std::int64_t>(event.seq) } };
    if (event.error) return log_.failed(of, trace, *event.error, std::move(values));
    values.push_back({ Key::type, event.type });
    if (event.receipt) values.push_back({ Key::kind, json::word(*event.receipt) });
    if (event.what == exchange::Happened::receipted) {
        using Milliseconds = std::chrono::duration<double, std::milli>;
        auto const lasted = Milliseconds { event.lasted }.count();
        values.insert(values.end(), { { Key::milliseconds, lasted } });
        if (event.clock_difference)
            figures_.lines.receipted(event.peer, { event.lasted, *event.clock_difference });
    }
    log_.say(Level::info, of, trace, values);
}

http::Handler Observing::timed(std::string listener, http::Handler handler)
{
    return [this, listener = std::move(listener), handler = std::move(handler)](
               http::Request request) {
        std::string const trace { observe::trace_in(request.header("traceparent")) };
        auto const from = clock_();
        auto response = handler(std::move(request));
        auto const taken = clock_() - from;
        figures_.requests.add(listener, response.status, taken);
        if (response.status >= 500)
            log_.say(Level::warning, "request failed", trace,
                { { Key::place, listener }, { Key::status, std::int64_t { response.status } },
                    { Key::milliseconds,
                        std::chrono::duration<double, std::milli> { taken }.count() } });
        return response;
    };
}

http::Listener Observing::listener(Config const& config, http::DeskRooms const& rooms)
{
    pages_ = std::make_unique<http::StatusPages>(rooms, figures_);
    http::Listener out;
    out.address = config.status.host;
    out.port = config.status.port;
    out.handler = [this](http::Request const& request) { return pages_->serve(request); };
    return out;
}

} // namespace comity::main
