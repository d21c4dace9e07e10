#pragma once

#include "exchange/outer.h"
#include "exchange/trust.h"
#include "http/server.h"

namespace comity::http {

/// Stands before the routes for other States: where a pair has keys of the outer layer, no body of
/// its exchange paths comes in or goes out without it. Refusals are the only words in clear.
class OuterGate {
public:
    /// `own`: this State. `trust`: the list in force whenever it is asked.
    OuterGate(std::string own, std::function<exchange::Trust()> trust,
        std::shared_ptr<exchange::OuterKeys const> keys, Clock clock, Random random)
        : own_(std::move(own))
        , trust_(std::move(trust))
        , keys_(std::move(keys))
        , clock_(std::move(clock))
        , random_(std::move(random))
    {
    }
    Response serve(Request request, Handler const& routes) const;

private:
    Result<Response> under_layer(Request request, std::string const& state,
        std::span<exchange::OuterKey const> keys, Handler const& routes) const;

    std::string own_;
    std::function<exchange::Trust()> trust_;
    std::shared_ptr<exchange::OuterKeys const> keys_;
    Clock clock_;
    Random random_;
};

} // namespace comity::http
